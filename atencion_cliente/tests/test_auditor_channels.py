from odoo.exceptions import UserError
from odoo.tests import tagged

from .support.row_counts import RowCounts
from .test_forged_messages import ForgedCommon


@tagged("post_install", "-at_install")
class TestAuditorChannels(ForgedCommon, RowCounts):
    """An auditor sends nothing, gives out no link, and sets nothing up for others."""

    def on_auditor(self, model):
        return self.on(self.auditor, self.env[model])

    def test_an_auditor_sends_nothing(self):
        mine = self.on(self.auditor, self.case)
        to = self.agent.partner_id.ids
        composed = {"model": "atencion.case", "res_ids": repr(self.case.ids), "body": "Hello"}
        template = self.on(self.auditor, self.template)
        doors = {
            "template": lambda: template.send_mail(self.case.id),
            "template, many": lambda: template.send_mail_batch(self.case.ids),
            "notify": lambda: mine.message_notify(body="Hello", partner_ids=to),
            "notify of a record": lambda: self.on_auditor("mail.thread").message_notify(
                body="Hello", partner_ids=to, model="atencion.case", res_id=self.case.id
            ),
            "template, posted": lambda: mine.message_post_with_source(self.template),
            "template, mailed": lambda: mine.message_mail_with_source(self.template),
            "record": lambda: self.on_auditor("mail.message").create(
                {"model": "atencion.case", "res_id": self.case.id, "body": "Hello"}
            ),
        }
        for mode in ("comment", "mass_mail"):
            doors[mode] = lambda mode=mode: (
                self.on_auditor("mail.compose.message")
                .create(composed | {"composition_mode": mode, "subject": "Hello"})
                ._action_send_mail()
            )
        for name, door in doors.items():
            self.assertRefused(door, name)

    def test_an_auditor_gives_out_no_link(self):
        for token in (False, True):
            if token:
                self.case._portal_ensure_token()
                self.env.flush_all()
            before = self.case.access_token
            for door in (
                lambda: self.on(self.auditor, self.case).get_portal_url(),
                lambda: self.on(self.auditor, self.case)._get_share_url(),
            ):
                with self.subTest(token=token):
                    with self.assertRaises(UserError), self.cr.savepoint():
                        door()
                    self.env.invalidate_all()
                    self.assertEqual(self.case.access_token, before)
        self.assertIn("access_token", self.on(self.agent, self.case).get_portal_url())

    def test_an_auditor_keeps_filters_of_their_own_alone(self):
        filters = self.on_auditor("ir.filters")
        new = {"name": "All", "model_id": "atencion.case"}
        everybody = self.env["ir.filters"].create(new | {"user_ids": False})
        own = filters.create(new | {"name": "Mine", "user_ids": self.auditor.ids})
        self.assertEqual(own.user_ids, self.auditor)
        for door in (
            lambda: filters.create(new),
            lambda: filters.create_filter(new | {"user_ids": False}),
            lambda: filters.create(new | {"user_ids": self.agent.ids}),
            lambda: filters.create(new | {"user_ids": (self.agent | self.auditor).ids}),
            lambda: own.write({"user_ids": False}),
            lambda: own.write({"user_ids": [(4, self.agent.id)]}),
            lambda: filters.create(
                {"name": "x", "model_id": "res.partner", "user_ids": False}
            ).write({"model_id": "atencion.case"}),
            lambda: self.on(self.auditor, everybody).write({"domain": "[(0, '=', 1)]"}),
            lambda: self.on(self.auditor, everybody).unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                door()
                self.env.flush_all()
        own.write({"domain": "[]"})
        own.unlink()
        filters.create({"name": "Others", "model_id": "res.partner", "user_ids": False})
        self.on(self.agent, self.env["ir.filters"]).create(new | {"name": "Of agents"})
