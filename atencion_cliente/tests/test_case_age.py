from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.live_columns import LiveColumnsCase

NOW = "2025-06-30 17:00:00"  # noon in Lima
# Days since the request, days until the attention (None: open), bucket.
TABLE = (
    (0, None, "00_07"),
    (7, None, "00_07"),
    (8, None, "08_15"),
    (15, None, "08_15"),
    (16, None, "16_30"),
    (30, None, "16_30"),
    (31, None, "31_60"),
    (60, None, "31_60"),
    (61, None, "61_up"),
    (170, None, "61_up"),
    (170, 7, "00_07"),
    (170, 16, "16_30"),
)


@tagged("post_install", "-at_install")
class TestCaseAge(LiveColumnsCase, AtencionCommon):
    @classmethod
    @freeze_time(NOW)
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["atencion.case"]
        for days, attended, _bucket in TABLE:
            received = fields.Datetime.now() - timedelta(days=days)
            case = cls.create_case(received_at=received)
            if attended is not None:
                case.attention_date = case.request_date + timedelta(days=attended)
            cls.cases |= case

    @freeze_time(NOW)
    def test_python_and_sql_agree_on_every_bucket(self):
        self.env.invalidate_all()
        self.assertEqual(self.cases.mapped("age_bucket"), [row[2] for row in TABLE])
        self.assertLiveColumnsAgree(self.cases)

    @freeze_time(NOW)
    def test_groups_are_in_the_order_of_their_age(self):
        groups = self.cases.formatted_read_group(
            [("id", "in", self.cases.ids)], ["age_bucket"], ["__count"]
        )
        names = [name for name, _label in self.cases._fields["age_bucket"].selection]
        self.assertEqual([group["age_bucket"] for group in groups], names)
