"""People and records that have nothing to do with the application."""

from datetime import datetime, timedelta

from odoo.tests import TransactionCase, new_test_user

START = datetime(2031, 5, 6, 15)
STOP = START + timedelta(hours=1)
LATER = {"start": START + timedelta(days=1), "stop": STOP + timedelta(days=1)}


class CoreRecords(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = new_test_user(cls.env, "core.outsider", "base.group_user")
        groups = "base.group_user,base.group_partner_manager"
        if "account.move" in cls.env:
            # With accounting, only who reads entries deletes messages.
            groups += ",account.group_account_readonly"
        cls.clerk = new_test_user(cls.env, "core.clerk", groups)
        cls.partner = cls.env["res.partner"].create({"name": "Somebody"})

    def events(self, count=1, user=None, **vals):
        values = {"name": "Meeting", "start": START, "stop": STOP} | vals
        return self.of(user or self.outsider, "calendar.event").create(
            [dict(values) for _index in range(count)]
        )

    def activities(self, count=1):
        values = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.partner.id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "summary": "Call",
            "user_id": self.clerk.id,
        }
        return self.of(self.clerk, "mail.activity").create(
            [dict(values) for _index in range(count)]
        )

    def partners(self, count=1):
        return self.of(self.clerk, "res.partner").create(
            [{"name": f"Person {index}", "vat": "9999999999999"} for index in range(count)]
        )

    def messages(self, count=1):
        partner = self.partner.with_user(self.clerk)
        return self.of(self.clerk, "mail.message").union(
            *(partner.message_post(body=str(index)) for index in range(count))
        )

    def of(self, user, model):
        context = dict(self.env.context, no_mail_to_attendees=True)
        return self.env(user=user, context=context)[model]
