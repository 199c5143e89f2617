from odoo.tests import BaseCase

NUMBERS = ("elapsed_days", "delay_days", "delay_hours")
LIVE = (*NUMBERS, "alert_state", "alert_label", "age_bucket")
MODEL = "atencion.case"
# Of as many days of delay, hours decide.
SORTED_BY = {name: (name,) for name in LIVE} | {"delay_days": ("delay_days", "delay_hours")}


class LiveColumnsCase(BaseCase):
    """Holds the two writings of the live columns, Python and SQL, to each other."""

    def assertLiveColumnsAgree(self, cases):
        """Filter, group and sort give for each column what reading it gives."""
        cases.env.flush_all()
        cases.env.invalidate_all()
        read = {name: {case.id: case[name] for case in cases} for name in LIVE}
        for name in LIVE:
            self._assert_filter(cases, name, read[name])
            self._assert_group(cases, name, read[name])
            self._assert_sort(cases, name, read)
        for name in NUMBERS:
            self._assert_compare(cases, name, read[name])

    def _found(self, cases, *terms):
        model = cases.env[MODEL]
        return set(model.search([("id", "in", cases.ids), *terms]).ids)

    def _assert_filter(self, cases, name, values):
        for value in {*values.values()}:
            expected = {id_ for id_, other in values.items() if other == value}
            self.assertEqual(self._found(cases, (name, "=", value)), expected, (name, value))
            self.assertEqual(
                self._found(cases, (name, "!=", value)),
                set(cases.ids) - expected,
                (name, "!=", value),
            )
            self.assertEqual(set(cases.filtered_domain([(name, "=", value)]).ids), expected)

    def _assert_compare(self, cases, name, values):
        bound = sorted(values.values())[len(values) // 2]
        for operator, compare in (
            (">", lambda value: value > bound),
            (">=", lambda value: value >= bound),
            ("<", lambda value: value < bound),
            ("<=", lambda value: value <= bound),
        ):
            expected = {id_ for id_, value in values.items() if compare(value)}
            self.assertEqual(
                self._found(cases, (name, operator, bound)), expected, (name, operator, bound)
            )

    def _assert_group(self, cases, name, values):
        domain = [("id", "in", cases.ids)]
        expected = {}
        for value in values.values():
            # An empty text is no value to a client.
            expected[value or False] = expected.get(value or False, 0) + 1
        model = cases.env[MODEL]
        groups = model._read_group(domain, [name], ["__count"])
        self.assertEqual({value or False: count for value, count in groups}, expected, name)
        counted = [*domain, ("exclude_from_kpi", "=", False)]
        for group in model.formatted_read_group(domain, [name], ["__count"]):
            inside = model.search_count([*counted, *group["__extra_domain"]])
            self.assertEqual(inside, group["__count"], (name, group))

    def _assert_sort(self, cases, name, read):
        values = {id_: tuple(read[column][id_] for column in SORTED_BY[name]) for id_ in cases.ids}
        model = cases.env[MODEL]
        domain = [("id", "in", cases.ids)]
        rising = model.search(domain, order=f"{name}, id").ids
        falling = model.search(domain, order=f"{name} desc, id desc").ids
        self.assertEqual(rising, falling[::-1], name)
        if name in NUMBERS:
            self.assertEqual(rising, sorted(rising, key=lambda id_: (values[id_], id_)), name)
        else:
            # Texts sort by the database's collation: equal ones are together.
            runs = [values[id_] for id_ in rising]
            starts = [
                value for before, value in zip([None, *runs], runs, strict=False) if value != before
            ]
            self.assertEqual(len(starts), len(set(starts)), name)
