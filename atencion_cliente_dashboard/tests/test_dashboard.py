import json

from odoo.tests import tagged

from odoo.addons.atencion_cliente.tests.support.common import AtencionCommon
from odoo.addons.atencion_cliente.tests.support.many_cases import ManyCases

PANELS = ("open_cases", "compliance", "origins")
FEW, MANY = 1_000, 10_000
# Most statements that the figures of a panel take (measured: see the test).
STATEMENTS = 93


@tagged("post_install", "-at_install")
class TestDashboard(ManyCases, AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(contract_id=cls.contract.id)
        cls.panels = cls.env["spreadsheet.dashboard"].concat(
            *(
                cls.env.ref(f"atencion_cliente_dashboard.spreadsheet_dashboard_{name}")
                for name in PANELS
            )
        )

    def _pivots(self, panels):
        for panel in panels:
            yield from json.loads(panel.spreadsheet_data)["pivots"].values()

    def _figures(self, user, pivot, *terms):
        """The groups of a pivot, as the web client asks for them."""
        rows, columns = (
            [
                ":".join(filter(None, (one["fieldName"], one.get("granularity"))))
                for one in pivot[side]
            ]
            for side in ("rows", "columns")
        )
        sets = [[], rows, columns, rows + columns] if rows and columns else [[], rows or columns]
        return self.on(user, self.env[pivot["model"]]).formatted_read_grouping_sets(
            [*pivot["domain"], *terms],
            list(dict.fromkeys(map(tuple, sets))),
            [one["id"] for one in pivot["measures"]],
        )

    def _total(self, user, pivot, *terms):
        [[whole]] = self._figures(user, pivot | {"rows": [], "columns": []}, *terms)
        return whole[pivot["measures"][0]["id"]]

    def test_figures_of_all_panels_are_found(self):
        for user in (self.supervisor, self.manager):
            for pivot in self._pivots(self.panels):
                with self.subTest(user=user.name, pivot=pivot["name"], domain=pivot["domain"]):
                    self.assertTrue(self._figures(user, pivot))

    def test_filters_look_at_fields_that_are_there(self):
        for pivot in self._pivots(self.panels):
            for match in pivot["fieldMatching"].values():
                model = self.env[pivot["model"]]
                *links, name = match["chain"].split(".")
                for link in links:
                    model = model[link]
                with self.subTest(model=pivot["model"], **match):
                    self.assertEqual(model._fields[name].type, match["type"])

    def _labels(self, panel, lang):
        """The words of a panel that are in no cell: of its filters, and above its figures."""
        panel = panel.with_context(lang=lang)
        snapshot = json.loads(panel._get_serialized_readonly_dashboard())["snapshot"]
        return [
            *(one["label"] for one in snapshot["globalFilters"]),
            *(
                figure["data"]["title"]["text"]
                for sheet in snapshot["sheets"]
                for figure in sheet["figures"]
            ),
        ]

    def test_filters_and_titles_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("es_PE")
        panel = self.panels[0]
        spanish, english = (self._labels(panel, lang) for lang in ("es_PE", "en_US"))
        self.assertLessEqual({"Company", "Project", "Service area", "Overdue"}, {*english})
        self.assertLessEqual({"Compañía", "Proyecto", "Área Resolutoria"}, {*spanish})
        self.assertFalse({"Company", "Project", "Service area", "Overdue"} & {*spanish})

    def test_panels_of_others_are_left_as_they_are(self):
        self.env["res.lang"]._activate_lang("es_PE")
        panel = self.panels[0].copy()
        self.assertEqual(self._labels(panel, "es_PE"), self._labels(panel, "en_US"))

    def test_supervisors_and_administrators_read_them(self):
        for user, reads in (
            (self.supervisor, True),
            (self.manager, True),
            (self.area_user, False),
            (self.agent, False),
            (self.outsider, False),
        ):
            with self.subTest(user.name):
                found = self.on(user, self.panels.browse()).search([("id", "in", self.panels.ids)])
                self.assertEqual(found, self.panels if reads else found.browse())

    def test_figures_are_of_the_cases_that_the_reader_may_see(self):
        pivot = next(self._pivots(self.panels))
        readers = (self.agent, self.area_user, self.supervisor)
        before = [self._total(user, pivot) for user in readers]
        self.create_case(user_id=self.agent.id)
        self.create_case(user_id=self.agent2.id)
        self.create_case(type_id=self.type_chile.id)
        self.create_case(exclude_from_kpi=True, user_id=self.agent.id)
        after = [self._total(user, pivot) for user in readers]
        self.assertEqual([now - then for now, then in zip(after, before, strict=True)], [1, 2, 3])

    def test_statements_do_not_grow_with_the_table(self):
        # Measured: 90 statements for 27 sources. The first time at a size is not counted: the names
        # of those who appear with it are read once.
        counts = {}
        for total in (FEW, FEW, MANY, MANY):
            self.fill_to(total)
            self.begin_anew()
            start = self.cr.sql_log_count
            for pivot in self._pivots(self.panels):
                self._figures(self.supervisor, pivot)
            counts[total] = self.cr.sql_log_count - start
        self.assertEqual(counts[FEW], counts[MANY])
        self.assertLessEqual(counts[MANY], STATEMENTS)
