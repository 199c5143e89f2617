import warnings

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestFigures(AtencionCommon):
    """No figure counts a case that is excluded from indicators; lists show it, marked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {
            "partner_id": cls.holder.id,
            "contract_id": cls.contract.id,
            "unit_id": cls.flat.id,
            "request_date": "2026-01-05",
        }
        cls.counted = cls.create_case(**values)
        cls.excluded = cls.create_case(**values | {"request_date": "2025-01-05"})
        cls.excluded.exclude_from_kpi = True
        cls.both = cls.counted | cls.excluded
        cls.domain = [("id", "in", cls.both.ids)]
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_graph_and_pivot_leave_it_out(self):
        lines = [("case_id", "in", self.both.ids)]
        for model, domain in (("atencion.case", self.domain), ("atencion.case.history", lines)):
            records = self.on(self.supervisor, self.env[model])
            with self.subTest(model=model):
                groups = records.formatted_read_group(domain, ["area_id"], ["__count"])
                self.assertEqual([group["__count"] for group in groups], [1])
                pivot = records.formatted_read_grouping_sets(domain, [[], ["area_id"]], ["__count"])
                self.assertEqual([group["__count"] for (group,) in pivot], [1, 1])

    def test_calls_of_other_programs_leave_it_out(self):
        lines = [("case_id", "in", self.both.ids)]
        for model, domain in (("atencion.case", self.domain), ("atencion.case.history", lines)):
            records = self.on(self.supervisor, self.env[model])
            with self.subTest(model=model), warnings.catch_warnings():
                # Odoo still serves this method by RPC, and says that it will go.
                warnings.simplefilter("ignore", DeprecationWarning)
                groups = records.read_group(domain, ["area_id"], ["area_id"])
                self.assertEqual([group["area_id_count"] for group in groups], [1])
                groups = records.read_group(
                    domain=domain, fields=["__count"], groupby=["area_id", "stage_id"], lazy=False
                )
                self.assertEqual([group["__count"] for group in groups], [1])

    def test_context_of_a_client_brings_nothing_back(self):
        cases = self.env["atencion.case"].with_context(atencion_listed=True)
        (group,) = cases.formatted_read_group(self.domain, ["area_id"], ["__count"])
        self.assertEqual(group["__count"], 1)

    def test_groups_of_a_list_show_it_and_average_without_it(self):
        cases = self.on(self.supervisor, self.env["atencion.case"])
        answer = cases.web_read_group(
            self.domain, ["area_id"], ["elapsed_days:avg", "elapsed_days:sum"]
        )
        (group,) = answer["groups"]
        self.assertEqual(group["__count"], 2)
        self.assertEqual(group["elapsed_days:avg"], self.counted.elapsed_days)
        self.assertEqual(group["elapsed_days:sum"], self.counted.elapsed_days)

    def test_counts_of_other_records_leave_it_out(self):
        self.assertEqual(self.flat.case_count, 1)
        self.assertEqual(self.contract.case_count, 1)
        self.assertEqual(self.tower.case_count, 1)
        self.assertEqual(self.project.case_count, 1)
        self.assertEqual(self.holder.atencion_case_count, 1)
        self.assertEqual(self.repairs.open_case_count, 1)
        self.assertEqual(self.project._grid_open_cases()[self.flat]["overdue"][0], 1)
        self.assertNotIn("none", self.project._grid_open_cases()[self.flat])
        other = self.create_case(unit_id=self.flat.id)
        self.assertEqual(other.previous_case_count, 1)
        self.assertEqual(other.previous_case_ids, self.both)

    def test_supervisors_exclude_it(self):
        self.counted.user_id = self.agent
        mine = self.on(self.agent, self.counted)
        for change in (
            lambda: mine.write({"exclude_from_kpi": True}),
            lambda: self.on(self.agent, self.excluded).write({"exclude_from_kpi": False}),
            lambda: mine.create(self.case_values(exclude_from_kpi=True)),
        ):
            with self.assertRaisesRegex(AccessError, "supervisor"):
                change()
        mine.write({"exclude_from_kpi": False, "priority": "2"})
        self.on(self.supervisor, self.counted).write({"exclude_from_kpi": True})
        self.assertTrue(self.counted.exclude_from_kpi)

    def test_list_marks_it(self):
        self.assertEqual(self.excluded.exclusion_label, "Excluded")
        self.assertFalse(self.counted.exclusion_label)
        view = self.env["atencion.case"].get_view(view_type="list")["arch"]
        self.assertIn('name="exclusion_label"', view)
