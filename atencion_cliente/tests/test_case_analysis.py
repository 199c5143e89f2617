from datetime import timedelta

from lxml import etree

from odoo.tests import tagged

from .support.common import AtencionCommon

NUMBERS = ("integer", "float", "monetary")
# What a user may add up or average, besides the number of cases.
MEASURES = {
    "elapsed_days": "Average days",
    "delay_days": "Average days of delay",
    "delay_hours": "Average hours of delay",
    "reopen_count": "Times reopened",
    "satisfaction": "Satisfaction",
}


@tagged("post_install", "-at_install")
class TestCaseAnalysis(AtencionCommon):
    """What the analysis of cases offers, as Odoo's pivot and graph read it from the view."""

    def view(self, kind):
        cases = self.env["atencion.case"].with_user(self.supervisor)
        return etree.fromstring(cases.get_view(view_type=kind)["arch"])

    def measures(self, kind):
        """The numbers that a view offers, by name: each with its label."""
        labels = {node.get("name"): node.get("string") for node in self.view(kind).iter("field")}
        known = self.env["atencion.case"].with_user(self.supervisor).fields_get()
        return {
            name: labels.get(name) or field["string"]
            for name, field in known.items()
            if field["type"] in NUMBERS and field.get("aggregator")
        }

    def test_measures_of_the_pivot_mean_something(self):
        self.assertEqual(self.measures("pivot"), MEASURES)

    def test_the_graph_has_the_same(self):
        self.assertEqual(self.measures("graph").keys(), MEASURES.keys())

    def test_areas_by_alert_with_their_number_and_days(self):
        pivot = self.view("pivot")
        kinds = {node.get("type"): node.get("name") for node in pivot.iter("field")}
        self.assertEqual(
            (kinds["row"], kinds["col"], kinds["measure"]),
            ("area_id", "alert_state", "elapsed_days"),
        )
        self.assertEqual(pivot.get("display_quantity"), "1")

    def test_it_begins_with_open_cases(self):
        action = self.env.ref("atencion_cliente.atencion_case_action_analysis")
        self.assertIn("search_default_open", action.context)

    def test_what_is_late_comes_first(self):
        today = self.lima._today()
        for days, case_type in (
            (9, self.type_two_days),
            (2, self.type_two_days),
            (0, self.type_no_limit),
        ):
            self.create_case(type_id=case_type.id, request_date=today - timedelta(days=days))
        self.create_case(type_id=self.type_two_days.id)
        cases = self.on(self.supervisor, self.env["atencion.case"])
        ours = [("company_id", "=", self.lima.id)]
        first = ["overdue", "due_today", "on_time", "none"]
        for groups in (["alert_state"], ["alert_state", "area_id"], ["area_id", "alert_state"]):
            [found] = cases.formatted_read_grouping_sets(ours, [groups], ["__count"])
            with self.subTest(groups):
                self.assertEqual([group["alert_state"] for group in found], first)
        found = cases._read_group(ours, ["alert_state"], ["__count"], order="alert_state desc")
        self.assertEqual([state for state, _count in found], first[::-1])
