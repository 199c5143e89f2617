from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .support.common import AtencionCommon

MODEL = "atencion.unit.case.report"
MEASURES = ["case_count:sum", "delivered_count:sum", "cases_per_unit:avg"]


@tagged("post_install", "-at_install")
class TestUnitCaseReport(AtencionCommon):
    """A table worked by hand. Terraces' unit of an unknown day was always delivered.

    ::

                      Gardens              Terraces             Patios
        units         2024: 2, 2025: 1     ?: 1, 2025: 1        none
        cases 2024    3 leaks              1 door
        cases 2025    1 leak, 2 doors,     4 doors              1 door
                      1 without category
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaks, cls.doors, cls.unused = cls.env["atencion.case.category"].create(
            [{"name": "Leaks"}, {"name": "Doors"}, {"name": "Unused"}]
        )
        cls.terraces, cls.patios = cls.env["atencion.project"].create(
            [{"name": name, "company_id": cls.lima.id} for name in ("Terraces", "Patios")]
        )
        cls._create_contracts()
        cls._create_cases()

    @classmethod
    def _create_contracts(cls):
        cls.contract2.unit_ids = cls.flat2
        cls._deliver(cls.contract | cls.contract2, "2024-05-01")
        cls._deliver(cls._contract("CT-3", cls.parking, {cls.holder: 100}), "2025-05-01")
        homes = [cls._unit(cls.terraces, f"H-{number}") for number in range(3)]
        cls._deliver(cls._contract("CT-4", homes[0], {cls.holder: 100}), False)
        cls._deliver(cls._contract("CT-5", homes[1], {cls.holder: 100}), "2025-12-31")
        cls._contract("CT-6", homes[2], {cls.holder: 100}, state="deed")
        # Its storage is one with the flat.
        storage = cls._unit(cls.project, "D-1")
        storage.write({"kind": "storage", "main_unit_id": cls.flat.id})
        cls.contract.unit_ids |= storage
        # Neither a unit that is gone nor a contract that is over counts.
        gone, sold_back = (cls._unit(cls.project, code) for code in ("G-1", "G-2"))
        over = cls._contract("CT-8", sold_back, {cls.holder: 100})
        cls._deliver(cls._contract("CT-7", gone, {cls.holder: 100}) | over, "2024-01-01")
        gone.active = False
        over.state = "terminated"

    @classmethod
    def _create_cases(cls):
        for project, category, year, count in (
            (cls.project, cls.leaks, 2024, 3),
            (cls.project, cls.leaks, 2025, 1),
            (cls.project, cls.doors, 2025, 2),
            (cls.project, cls.leaks.browse(), 2025, 1),
            (cls.terraces, cls.doors, 2024, 1),
            (cls.terraces, cls.doors, 2025, 4),
            (cls.patios, cls.doors, 2025, 1),
        ):
            cls._cases(count, project, category, year)
        cls._cases(1, cls.project, cls.unused, 2025, exclude_from_kpi=True)
        cls._cases(1, cls.project, cls.leaks, 2025).active = False

    @classmethod
    def _deliver(cls, contracts, day):
        contracts.write({"state": "delivered", "handover_date": day})

    @classmethod
    def _unit(cls, project, code):
        return cls.env["atencion.unit"].create(
            {"name": code, "code": code, "project_id": project.id}
        )

    @classmethod
    def _cases(cls, count, project, category, year, **vals):
        return cls.create_cases(
            count,
            project_id=project.id,
            category_id=category.id,
            request_date=date(year, 6, 1),
            **vals,
        )

    def table(self, *groupby, domain=(), user=None):
        """The figures of the report by group: cases, units and cases per unit."""
        groups = self.on(user or self.supervisor, self.env[MODEL])._read_group(
            [("company_id", "=", self.lima.id), *domain], groupby, MEASURES
        )
        return {
            tuple(
                (value.display_name or "-") if hasattr(value, "_name") else value
                for value in group[: len(groupby)]
            ): (*group[-3:-1], group[-1] and round(group[-1], 2))
            for group in groups
        }

    def test_total(self):
        self.assertEqual(self.table(), {(): (13, 5, 2.6)})

    def test_by_project(self):
        self.assertEqual(
            self.table("project_id"),
            {("Gardens",): (7, 3, 2.33), ("Terraces",): (5, 2, 2.5), ("Patios",): (1, 0, False)},
        )

    def test_by_category_the_units_of_every_project_count(self):
        self.assertEqual(
            self.table("category_id"),
            {("Leaks",): (4, 5, 0.8), ("Doors",): (8, 5, 1.6), ("-",): (1, 5, 0.2)},
        )

    def test_by_project_and_category_also_where_there_is_none(self):
        self.assertEqual(
            self.table("project_id", "category_id"),
            {
                ("Gardens", "Leaks"): (4, 3, 1.33),
                ("Gardens", "Doors"): (2, 3, 0.67),
                ("Gardens", "-"): (1, 3, 0.33),
                ("Terraces", "Leaks"): (0, 2, 0.0),
                ("Terraces", "Doors"): (5, 2, 2.5),
                ("Terraces", "-"): (0, 2, 0.0),
                ("Patios", "Leaks"): (0, 0, False),
                ("Patios", "Doors"): (1, 0, False),
                ("Patios", "-"): (0, 0, False),
            },
        )

    def test_a_year_is_set_against_the_units_handed_over_by_its_end(self):
        self.assertEqual(self.table("year"), {("2024",): (4, 3, 1.33), ("2025",): (9, 5, 1.8)})
        self.assertEqual(
            self.table("project_id", "year"),
            {
                ("Gardens", "2024"): (3, 2, 1.5),
                ("Gardens", "2025"): (4, 3, 1.33),
                ("Terraces", "2024"): (1, 1, 1.0),
                ("Terraces", "2025"): (4, 2, 2.0),
                ("Patios", "2024"): (0, 0, False),
                ("Patios", "2025"): (1, 0, False),
            },
        )
        self.assertEqual(self.table(domain=[("year", "=", "2024")]), {(): (4, 3, 1.33)})

    def test_a_filter_of_categories_leaves_the_units_as_they_are(self):
        leaks = [("category_id", "=", self.leaks.id)]
        self.assertEqual(self.table(domain=leaks), {(): (4, 5, 0.8)})
        self.assertEqual(
            self.table(domain=[("project_id", "=", self.terraces.id), *leaks]), {(): (0, 2, 0.0)}
        )

    def test_the_pivot_asks_for_all_its_totals_at_once(self):
        sets = self.on(self.supervisor, self.env[MODEL])._read_grouping_sets(
            [("company_id", "=", self.lima.id)], [[], ["project_id"], ["category_id"]], MEASURES
        )
        self.assertEqual([row[-3:] for row in sets[0]], [(13, 5, 2.6)])
        self.assertEqual({row[-2] for row in sets[1]}, {3, 2, 0})
        self.assertEqual({row[-2] for row in sets[2]}, {5})

    def test_a_row_tells_its_own_figures(self):
        row = self.on(self.supervisor, self.env[MODEL]).search(
            [
                ("project_id", "=", self.terraces.id),
                ("category_id", "=", self.doors.id),
                ("year", "=", "2025"),
            ]
        )
        self.assertEqual((row.case_count, row.delivered_count, row.cases_per_unit), (4, 2, 2.0))

    def test_companies_are_apart_and_add_up(self):
        home = self._unit(self.project_chile, "C-1")
        self._deliver(self._contract("CT-9", home, {self.holder: 100}), "2023-01-01")
        self._cases(2, self.project_chile, self.leaks, 2023, type_id=self.type_chile.id)
        self.assertEqual(self.table(), {(): (13, 5, 2.6)})
        model = self.on(self.supervisor, self.env[MODEL])
        # The unit of Santiago counts in the years and the categories without cases of it.
        self.assertEqual(
            model._read_group([], ["year"], MEASURES[:2]),
            [("2023", 2, 2), ("2024", 4, 4), ("2025", 9, 6)],
        )
        self.assertEqual(
            model._read_group([("category_id", "=", self.doors.id)], [], MEASURES[:2]), [(8, 6)]
        )
        lima = model.with_context(allowed_company_ids=self.lima.ids)
        self.assertFalse(lima.search([("project_id", "=", self.project_chile.id)]))

    def test_categories_of_another_company_do_not_show(self):
        self.leaks.company_id = self.lima
        rows = self.on(self.supervisor, self.env[MODEL]).search(
            [("project_id", "=", self.project_chile.id)]
        )
        self.assertEqual(rows.category_id, self.doors)

    def test_only_who_may_read_every_case_reads_their_number(self):
        for user in (self.agent, self.area_user, self.outsider, self.customer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.table(user=user)
        menu = self.env.ref("atencion_cliente.atencion_unit_case_report_menu")
        Menu = self.env["ir.ui.menu"]
        self.assertIn(menu.id, self.on(self.supervisor, Menu)._visible_menu_ids())
        self.assertNotIn(menu.id, self.on(self.area_user, Menu)._visible_menu_ids())
