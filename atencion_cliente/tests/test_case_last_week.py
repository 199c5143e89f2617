from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .support.common import AtencionCommon

# A Monday morning in Lima, and the day before.
MONDAY, SUNDAY = "2025-03-17 14:00:00", "2025-03-16 17:00:00"
# Moments in UTC by days in Lima: Saturday 8 at 22:00, Sunday 9, Monday 10, Saturday 15 at 22:00,
# Sunday 16 at 22:00, Monday 17.
MOMENTS = (
    "2025-03-09 03:00:00",
    "2025-03-09 17:00:00",
    "2025-03-10 17:00:00",
    "2025-03-16 03:00:00",
    "2025-03-17 03:00:00",
    "2025-03-17 13:00:00",
)
BEFORE, TODAY = MOMENTS[1], MOMENTS[-1]


@tagged("post_install", "-at_install")
class TestCaseLastWeek(AtencionCommon):
    """Who reports on Monday finds the cases of the week that has ended.

    Weeks begin on the day that the user's language says, as where Odoo groups by weeks.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["atencion.case"]
        for moment in MOMENTS:
            with freeze_time(moment):
                cls.cases |= cls.create_case()
                cls.move(cls.cases[-1], "REJ")
                cls.env.flush_all()
        cls.supervisor.tz = "America/Lima"

    def found(self, name, now=MONDAY):
        view = self.env["atencion.case"].get_view(view_type="search")["arch"]
        [domain] = etree.fromstring(view).xpath(f"//filter[@name='{name}']/@domain")
        with freeze_time(now):
            cases = self.on(self.supervisor, self.cases).with_context(tz="America/Lima")
            return cases.search([("id", "in", self.cases.ids), *safe_eval(domain)])

    def test_last_week_begins_on_the_day_of_the_language(self):
        language = self.env.ref("base.lang_en")
        for day, on_monday, on_sunday in (
            # On Sunday the week has not ended.
            ("1", self.cases[2:5], self.cases[:2]),
            ("7", self.cases[1:4], self.cases[1:4]),
        ):
            language.week_start = day
            for name in ("request_date", "attention_date", "closed_at"):
                with self.subTest(name, day=day):
                    self.assertEqual(self.found(f"{name}_last_week"), on_monday)
                    self.assertEqual(self.found(f"{name}_last_week", SUNDAY), on_sunday)

    def test_last_week_is_a_group_of_the_pivot(self):
        """What is grouped by weeks has the same weeks."""
        language = self.env.ref("base.lang_en")
        for day in ("1", "7"):
            language.week_start = day
            groups = self.on(self.supervisor, self.cases)._read_group(
                [("id", "in", self.cases.ids)], ["attention_date:week"], ["id:recordset"]
            )
            with self.subTest(day):
                weeks = [cases for _week, cases in groups]
                self.assertIn(self.found("attention_date_last_week"), weeks)

    def test_what_was_attended_on_time(self):
        """Of a type of two days."""
        with freeze_time(BEFORE):
            late = self.create_case()
            self.env.flush_all()
        with freeze_time(TODAY):
            self.move(late, "REJ")
        self.cases |= late
        self.assertEqual(self.found("attended_on_time"), self.cases - late)
