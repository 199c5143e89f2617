from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .support.common import AtencionCommon

# A Monday morning in Lima, where the week of Odoo begins on Sunday.
MONDAY = "2025-03-17 14:00:00"
# Moments in UTC by days in Lima: Sunday 9, Monday 10, Sunday 16 at 22:00, Monday 17.
BEFORE, FIRST, LAST, TODAY = (
    "2025-03-09 17:00:00",
    "2025-03-10 17:00:00",
    "2025-03-17 03:00:00",
    "2025-03-17 13:00:00",
)


@tagged("post_install", "-at_install")
class TestCaseLastWeek(AtencionCommon):
    """Who reports on Monday finds the cases of the week from Monday to Sunday that has ended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["atencion.case"]
        for moment in (BEFORE, FIRST, LAST, TODAY):
            with freeze_time(moment):
                cls.cases |= cls.create_case()
                cls.move(cls.cases[-1], "REJ")
                cls.env.flush_all()
        _before, cls.first, cls.last, _today = cls.cases
        cls.supervisor.tz = "America/Lima"

    def found(self, name, now=MONDAY):
        view = self.env["atencion.case"].get_view(view_type="search")["arch"]
        [domain] = etree.fromstring(view).xpath(f"//filter[@name='{name}']/@domain")
        with freeze_time(now):
            cases = self.on(self.supervisor, self.cases).with_context(tz="America/Lima")
            return cases.search([("id", "in", self.cases.ids), *safe_eval(domain)])

    def test_last_week_is_from_monday_to_sunday(self):
        for name in ("request_date", "attention_date", "closed_at"):
            with self.subTest(name):
                self.assertEqual(self.found(f"{name}_last_week"), self.first | self.last)
                # On Sunday the week has not ended.
                sunday = self.found(f"{name}_last_week", "2025-03-16 17:00:00")
                self.assertEqual(sunday, self.cases[0])

    def test_what_was_attended_on_time(self):
        """Of a type of two days."""
        with freeze_time(BEFORE):
            late = self.create_case()
            self.env.flush_all()
        with freeze_time(TODAY):
            self.move(late, "REJ")
        self.cases |= late
        self.assertEqual(self.found("attended_on_time"), self.cases - late)
