from datetime import datetime

from odoo import Command
from odoo.modules.neutralize import neutralize_database

from .support.escalation import START, EscalationCommon


class TestNeutralize(EscalationCommon):
    """A copy of the database, neutralized by Odoo, mails and escalates nothing."""

    def setUp(self):
        super().setUp()
        self.repairs.ack_template_id = self.env.ref(
            "atencion_cliente.mail_template_case_acknowledgement"
        )
        self.stages["CLO"].customer_template_id = self.env.ref(
            "atencion_cliente.mail_template_case_answer"
        )
        self.repairs.notification_ids = [
            Command.create({"user_id": self.ana.id, "notify_email": True, "on_create": True})
        ]

    def neutralize(self):
        """As ``odoo neutralize`` does, and the option of copying a database."""
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def mails(self):
        return self.env["mail.mail"].sudo().search([("state", "=", "outgoing")])

    def live(self):
        """Register a case and close it, with all that follows from it at once."""
        case = self.create_case(partner_id=self.holder.id, resolution="<p>Seal changed</p>")
        self.env.cr.flush()
        self.move(case, "CLO")
        self.env.cr.flush()
        return case

    def test_due_rule_does_nothing(self):
        rule = self.rule(notify_email=True, role_id=self.ana_role.id)
        case = self.case_at_start()
        self.env.cr.flush()
        self.neutralize()
        before = self.mails()
        self.run_after(48)
        self.assertFalse(self.fired(case))
        self.assertEqual(self.mails(), before)
        # The rule was due: where escalation is on again, it fires.
        self.lima.atencion_escalation_mode = "active"
        self.run_after(49)
        self.assertEqual(self.fired(case), rule)

    def test_nobody_is_asked_how_it_was(self):
        case = self.live()
        self.assertTrue(case.rating_pending)
        self.neutralize()
        self.lima.atencion_rating_wait_hours = 0
        with self.enter_registry_test_mode():
            self.env.ref("atencion_cliente.ir_cron_ask_for_ratings").method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(case.rating_asked_at)

    def test_every_company(self):
        self.env["res.company"].create({"name": "Former company", "active": False})
        self.neutralize()
        companies = self.env["res.company"].with_context(active_test=False).search([])
        self.assertEqual(set(companies.mapped("atencion_escalation_mode")), {"off"})

    def test_no_scheduled_action_of_ours_runs(self):
        crons = self.env["ir.cron"].search([("model_id.model", "=like", "atencion.%")])
        self.assertTrue(crons)
        self.neutralize()
        self.assertFalse(any(crons.mapped("active")))

    def test_nobody_is_mailed(self):
        before = self.mails()
        self.live()
        self.assertTrue(self.mails() - before, "customers and areas are told")
        self.neutralize()
        before = self.mails()
        self.live()
        self.assertEqual(self.mails(), before)

    def test_customers_are_not_reminded(self):
        self.type_documents.write({"reminder_days": 1, "max_reminders": 3})
        with self.after(0):
            self.create_case(
                type_id=self.type_documents.id, partner_id=self.holder.id, received_at=START
            )
            self.env.flush_all()
        self.neutralize()
        before = self.mails()
        with self.after(24 * 5):
            self.assertFalse(self.env["atencion.case"]._search_document_reminders())
        self.assertEqual(self.mails(), before)

    def test_what_waits_is_not_sent(self):
        case = self.live()
        waiting = self.mails().filtered(lambda mail: mail.model == "atencion.case")
        other = self.env["mail.mail"].create({"subject": "Of another application"})
        scheduled = self.env["mail.scheduled.message"].create(
            {
                "model": "atencion.case",
                "res_id": case.id,
                "scheduled_date": datetime(2030, 1, 1),
                "body": "Later",
                "author_id": self.env.user.partner_id.id,
            }
        )
        self.assertTrue(waiting)
        self.neutralize()
        self.assertEqual(set(waiting.mapped("state")), {"cancel"})
        self.assertEqual(other.state, "outgoing", "Odoo's own rule holds for it")
        self.assertFalse(scheduled.exists())
