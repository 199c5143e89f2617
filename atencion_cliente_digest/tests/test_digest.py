from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.atencion_cliente.tests.support.common import AtencionCommon

FIGURES = ("received", "closed", "on_time", "overdue", "reopened")
# Monday, at noon in Lima.
NOW = datetime(2026, 3, 9, 17)
WEEK = timedelta(days=7)


@tagged("post_install", "-at_install")
class TestDigest(AtencionCommon):
    """Last week and the week before, by a table made by hand; limits are of two days::

    case    received     closed       reopened
    late    6 days ago   1 day ago
    good    6 days ago   5 days ago   2 days ago: its two days begin anew
    old     12 days ago  11 days ago
    open    1 day ago
    """

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(NOW))
        super().setUpClass()
        cls.digest = cls.env["digest.digest"].create(
            {"name": "Week", "company_id": cls.lima.id}
            | {f"kpi_atencion_{figure}": True for figure in FIGURES}
        )

    def figures(self, user, weeks_ago=0, digest=None):
        """The figures of a week that ended so many weeks ago, as a user's digest has them."""
        end = NOW - weeks_ago * WEEK
        digest = self.on(user, digest or self.digest)
        digest = digest.with_context(start_datetime=end - WEEK, end_datetime=end)
        return {figure: digest[f"kpi_atencion_{figure}_value"] for figure in FIGURES}

    def assertFigures(self, expected, *args, **kwargs):
        zeros = dict.fromkeys(FIGURES, 0)
        self.assertEqual(self.figures(*args, **kwargs), zeros | expected)

    def case_of(self, days, **vals):
        """A case with a limit of two days that was received so many days ago."""
        return self.create_case(received_at=NOW - timedelta(days=days), **vals)

    def close(self, case, days):
        with freeze_time(NOW - timedelta(days=days)):
            self.move(case, "CLO", resolution="Mended")

    def test_week_of_flow(self):
        late, good, old, _open = (self.case_of(days) for days in (6, 6, 12, 1))
        self.close(old, 11)
        self.close(good, 5)
        self.close(late, 1)
        with freeze_time(NOW - timedelta(days=2)):
            self.move(good, "REA")
        self.assertFigures(
            {"received": 3, "closed": 1, "overdue": 1, "reopened": 1}, self.supervisor
        )
        self.assertFigures({"received": 1, "closed": 1, "on_time": 1}, self.supervisor, weeks_ago=1)

    def test_day_on_which_a_case_becomes_overdue_is_of_its_company(self):
        """Its last day ends at midnight in Lima, five hours after midnight in UTC."""
        case = self.case_of(6)
        ended = self.lima._start_of(fields.Date.add(case.deadline_date, days=1))
        digest = self.on(self.supervisor, self.digest)
        for begun, counted in ((-60, 1), (0, 1), (60, 0)):
            start = ended + timedelta(minutes=begun)
            period = {"start_datetime": start, "end_datetime": start + timedelta(days=1)}
            found = digest.with_context(**period).kpi_atencion_overdue_value
            digest.invalidate_model()
            with self.subTest(begun):
                self.assertEqual(found, counted)

    def test_hour_at_which_a_case_becomes_overdue_is_of_a_period(self):
        two_hours = {"limit_unit": "hours", "max_hours": 2, "name": "Gas"}
        case = self.case_of(6, type_id=self.type_two_days.copy(two_hours).id)
        digest = self.on(self.supervisor, self.digest)
        for begun, counted in ((-1, 1), (0, 1), (1, 0)):
            start = case.deadline_at + timedelta(minutes=begun, seconds=1)
            period = {"start_datetime": start, "end_datetime": start + timedelta(hours=3)}
            found = digest.with_context(**period).kpi_atencion_overdue_value
            digest.invalidate_model()
            with self.subTest(begun):
                self.assertEqual(found, counted)

    def test_reader_counts_what_they_see(self):
        self.case_of(1, user_id=self.agent2.id)
        self.case_of(1, user_id=self.agent.id)
        self.assertFigures({"received": 1}, self.agent)
        self.assertFigures({"received": 2}, self.area_user)
        with self.assertRaises(AccessError):
            self.figures(self.outsider)

    def test_other_companies_and_excluded_cases_are_not_counted(self):
        self.case_of(1, type_id=self.type_chile.id)
        self.case_of(1, exclude_from_kpi=True)
        self.assertFigures({}, self.supervisor)

    def test_mail_shows_them_and_leaves_them_out(self):
        # As the scheduled action sends it, which has no companies of a user.
        digest = self.digest.with_context(allowed_company_ids=[])
        shown = {kpi["kpi_name"]: kpi for kpi in digest._compute_kpis(self.lima, self.agent)}
        self.assertLessEqual({f"kpi_atencion_{figure}" for figure in FIGURES}, shown.keys())
        action = shown["kpi_atencion_received"]["kpi_action"]
        self.assertEqual(self.env.ref(action).res_model, "atencion.case")
        shown = digest._compute_kpis(self.lima, self.outsider)
        self.assertFalse([kpi for kpi in shown if "atencion" in kpi["kpi_name"]])
