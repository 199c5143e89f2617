import json

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail

from ..models.notices.atencion_case_notice_sender import BURST
from ..tools import audience
from .support.notices import SPANISH, NoticesCommon

ALERT, TASK, EMAIL = audience.CHANNELS
HOSTILE = '<img src="x" onerror="alert(1)"><script>alert(2)</script>'
FEW, MANY = 5, 50
# SQL statements that 45 more cases may add: batches of the same inserts.
MORE = 12


@tagged("post_install", "-at_install")
class TestNoticeDelivery(NoticesCommon, MockEmail):
    """What a notice says in each medium, and what it costs."""

    def test_alert_shows_in_the_inbox_and_in_the_open_window(self):
        self.add_recipient(self.ana, ALERT)
        case = self.create_case()
        self.end_transaction()
        message = self.notified(self.ana)
        self.assertEqual(message.subject, case.display_name)
        self.assertEqual(message.record_company_id, self.lima)
        self.assertTrue(self.on(self.ana, message).needaction)
        self.assertFalse(self.mails_to(self.ana.partner_id))
        (payload,) = self._window_events(self.ana, "mail.message/inbox")
        self.assertEqual(payload["message_id"], message.id)
        (shown,) = payload["store_data"]["mail.message"]
        self.assertTrue(shown["needaction"])
        self.assertEqual(shown["thread"], {"id": case.id, "model": "atencion.case"})

    def test_many_alerts_at_once_are_a_number_in_the_window(self):
        self.add_recipient(self.ana, ALERT)
        self.create_cases(BURST + 1)
        self.end_transaction()
        self.assertEqual(len(self.notified(self.ana)), BURST + 1)
        self.assertFalse(self._window_events(self.ana, "mail.message/inbox"))
        (payload,) = self._window_events(self.ana, "mail.message/mark_as_read")
        self.assertEqual(payload["needaction_inbox_counter"], BURST + 1)

    def _window_events(self, user, event):
        rows = self.env["bus.bus"].search([("message", "like", event)])
        channel = [self.cr.dbname, "res.partner", user.partner_id.id]
        return [
            json.loads(row.message)["payload"] for row in rows if json.loads(row.channel) == channel
        ]

    def test_mail_has_what_the_case_is_about(self):
        self.add_recipient(self.carla, EMAIL)
        case = self.known_case(description="<p>Water under the sink</p>")
        self.add_note(case, "<p>The seal is old</p>")
        self.move(case, "WCE", note="Sent to the notary")
        self.end_transaction()
        mail = self.mails_to(self.carla.partner_id)
        self.assertEqual(len(mail), 1)
        for said in (
            case.name,
            "Water under the sink",
            "The seal is old",
            "Sent to the notary",
            f"/mail/view?model=atencion.case&amp;res_id={case.id}",
        ):
            self.assertIn(said, mail.body_html)
        self.assertIn(case.name, mail.subject)
        self.assertIn("'Auto-Submitted': 'auto-generated'", mail.headers)
        self.assertEqual(mail.state, "outgoing", "nothing is sent inside the save")

    def test_a_mail_that_fails_shows_on_the_case(self):
        self.add_recipient(self.carla, EMAIL)
        case = self.create_case()
        self.end_transaction()
        mail = self.mails_to(self.carla.partner_id)
        notification = self.env["mail.notification"].search([("mail_mail_id", "=", mail.id)])
        self.assertEqual(notification.notification_status, "ready")
        self.assertEqual(notification.res_partner_id, self.carla.partner_id)
        self.assertEqual(notification.mail_message_id.res_id, case.id)
        mail._postprocess_sent_message([], [], failure_type="mail_smtp", failure_reason="No route")
        self.assertEqual(notification.notification_status, "exception")

    def test_queue_is_woken_up(self):
        cron = self.env.ref("mail.ir_cron_mail_scheduler_action")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.add_recipient(self.carla, EMAIL)
        self.create_cases(3)
        self.end_transaction()
        woken = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]) - triggers
        self.assertEqual(len(woken), 1)

    def test_what_an_agent_writes_by_hand_is_not_automatic(self):
        case = self.known_case(partner_id=self.holder.id)
        case.message_post(
            body="Good morning",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.holder.ids,
        )
        self.assertNotIn("Auto-Submitted", self.mails_to(self.holder).headers or "")

    def test_nobody_waits_until_the_assignment_mail_is_sent(self):
        case = self.known_case(partner_id=self.holder.id)
        with self.mock_mail_gateway():
            case.user_id = self.carla
            self.end_transaction()
            self.assertEqual(self._mails, [])
            case.message_post(
                body="Good morning",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.holder.ids,
            )
            self.assertTrue(self._mails, "what an agent writes, Odoo sends at once")

    # -------------------------------------------------------------------------
    # Languages
    # -------------------------------------------------------------------------

    def test_each_recipient_reads_their_language(self):
        self.carla.lang = SPANISH
        template = self.env.ref("atencion_cliente.mail_template_case_notice")
        template.with_context(lang=SPANISH).subject = "Aviso: {{ object.name }}"
        self.stages["WCE"].name = "In formalities"
        for user, channels in ((self.ana, (ALERT,)), (self.bruno, (ALERT, TASK))):
            self.add_recipient(user, *channels)
        self.add_recipient(self.carla, EMAIL)
        self.add_recipient(self.supervisor, EMAIL)
        case = self.known_case()
        # The language of the author does not matter.
        self.on(self.agent, case).with_context(lang=SPANISH).write(
            {"stage_id": self.stages["WCE"].id, "stage_note": "Nota"}
        )
        self.end_transaction()
        spanish = (
            self.notified(self.bruno).body,
            self.tasks_of(self.bruno).summary,
            self.mails_to(self.carla.partner_id).body_html,
        )
        english = (
            self.notified(self.ana).body,
            self.mails_to(self.supervisor.partner_id).body_html,
        )
        for texts, said, not_said in (
            (spanish, "Tramitación", "In formalities"),
            (english, "In formalities", "Tramitación"),
        ):
            for text in texts:
                self.assertIn(said, text)
                self.assertNotIn(not_said, text)
        self.assertIn("Aviso", self.mails_to(self.carla.partner_id).subject)
        self.assertNotIn("Aviso", self.mails_to(self.supervisor.partner_id).subject)

    def test_what_a_case_changed_to_is_said(self):
        self.add_recipient(self.ana, ALERT)
        case = self.known_case(user_id=self.agent.id)
        case.write({"priority": "3", "user_id": False, "resolution": "<p>Secret</p>"})
        self.end_transaction()
        body = self.notified(self.ana).body
        self.assertIn("Priority: Urgent", body)
        self.assertIn("Assigned to: none", body)
        self.assertIn("Resolution", body)
        self.assertNotIn("Secret", body)

    def test_two_reasons_for_two_recipients_are_two_mails(self):
        case = self.known_case()
        case._queue_notices(self.carla, (EMAIL,), ("warning", {"deadline": "2026-01-31"}))
        case._queue_notices(self.supervisor, (EMAIL,), ("created", {}))
        self.end_transaction()
        self.assertIn("01/31/2026", self.mails_to(self.carla.partner_id).body_html)
        other = self.mails_to(self.supervisor.partner_id).body_html
        self.assertIn("New case", other)
        self.assertNotIn("01/31/2026", other)

    # -------------------------------------------------------------------------
    # Hostile text
    # -------------------------------------------------------------------------

    def test_hostile_text_does_nothing(self):
        self.add_recipient(self.ana, ALERT, TASK)
        self.add_recipient(self.carla, EMAIL)
        self.repairs.name = f"Repairs {HOSTILE}"
        case = self.create_case(
            subject=f"Water {HOSTILE}",
            description=f"<p>It drips {HOSTILE}</p>",
            requester_firstname=HOSTILE,
        )
        self.end_transaction()
        self.add_note(case, f"<p>Visit {HOSTILE}</p>")
        self.move(case, "WCE", note=HOSTILE)
        self.end_transaction()
        texts = [mail.body_html for mail in self.mails_to(self.carla.partner_id)]
        texts += self.notified(self.ana).mapped("body") + self.tasks_of(self.ana).mapped("note")
        self.assertGreaterEqual(len(texts), 5)
        for text in texts:
            self.assertNotIn("<script", text)
            self.assertNotRegex(text, "<img[^>]*onerror")

    # -------------------------------------------------------------------------
    # Cost
    # -------------------------------------------------------------------------

    def test_many_cases_cost_hardly_more_statements_than_few(self):
        # Measured for 5 and 50 cases: see the counts that a failure shows.
        for user, channel in (
            (self.ana, ALERT),
            (self.carla, ALERT),
            (self.ana, TASK),
            (self.carla, EMAIL),
        ):
            counts = {}
            # The first count also fills the caches.
            for total in (FEW, FEW, MANY):
                cases = self.create_cases(total)
                reason = ("created", {})
                counts[total] = self.statements(
                    lambda cases=cases, user=user, channel=channel, reason=reason: (
                        cases._queue_notices(user, (channel,), reason)
                    )
                )
            with self.subTest(channel=channel, counts=counts):
                self.assertLessEqual(counts[MANY], counts[FEW] + MORE)

    def test_areas_without_recipients_cost_no_statement(self):
        self.repairs.ack_template_id = False
        case = self.known_case()
        other = self.known_case()
        case.priority = "2"
        silent = self.statements(lambda: case.write({"priority": "3"}))
        self.add_recipient(self.ana, ALERT, on_create=False)
        other.priority = "2"
        notifying = self.statements(lambda: other.write({"priority": "3"}))
        self.assertLess(silent, notifying)
        quiet = case.with_context(tracking_disable=True)
        untracked = self.statements(lambda: quiet.write({"priority": "1"}))
        self.assertLessEqual(silent - untracked, 6, "what Odoo's own tracking takes")
