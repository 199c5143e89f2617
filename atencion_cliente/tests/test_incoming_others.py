from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .support.incoming import STRANGER, RulesCommon


@tagged("post_install", "-at_install")
class TestIncomingOthers(RulesCommon):
    """Mails of people who are no party are internal until an agent decides (rule R4)."""

    def a_stranger_writes(self, text="I am the husband"):
        return self.answer(self.public_message, f"Husband of Rosa <{STRANGER}>", text)

    def writer(self, user=None):
        return self.on(user or self.agent, self.case).pending_writer_ids

    def test_the_assignee_is_notified_of_another_person(self):
        partners = self.env["res.partner"].search_count([])
        message, written = self.a_stranger_writes()
        self.assertIn("Another person writes: ", message.body)
        self.assertIn(STRANGER, message.body)
        self.assertEqual(message.partner_ids, self.agent.partner_id)
        self.assertNotIn(STRANGER, self.mailed(written, ""), "no acknowledgement")
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        self.assertEqual((self.writer().name, self.writer().email), ("Husband of Rosa", STRANGER))

    def test_the_manager_is_notified_without_an_assignee(self):
        self.case.user_id = False
        message, _written = self.a_stranger_writes()
        self.assertIn(self.area_user.partner_id, message.partner_ids)

    def test_accepted_with_one_click(self):
        self.a_stranger_writes("First")
        self.a_stranger_writes("Second")
        followers = self.case.message_partner_ids
        mails, _done = self.sent_by(self.writer().action_accept)
        self.assertReaders({"First": True, "Second": True})
        self.assertTrue([mail for mail in mails if self.holder.email in mail["To"]])
        self.assertFalse([mail for mail in mails if STRANGER in mail["To"]])
        self.assertEqual(self.case.message_partner_ids, followers)
        self.assertFalse(self.writer())
        labelled = self.case.message_ids.filtered(lambda one: "Another person" in (one.body or ""))
        self.assertFalse(labelled, "what is said of them to agents is not said to the customer")
        self.assertTrue(self.is_public(STRANGER), "what they write from then on")

    def test_dismissed_stays_internal(self):
        self.a_stranger_writes("First")
        self.writer().action_dismiss()
        self.assertFalse(self.is_public(STRANGER))
        self.assertFalse(self.writer(), "nobody is asked again")

    def test_only_users_who_may_change_the_case_accept(self):
        self.a_stranger_writes("First")
        writer = self.case.pending_writer_ids
        for user in (self.deeds_agent, self.outsider, self.customer, self.agent_chile):
            for button in ("action_accept", "action_dismiss"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(self.on(user, writer), button)()
        for values in ({"state": "accepted"}, {"message_ids": [Command.clear()]}):
            with self.assertRaises(AccessError):
                self.on(self.agent, writer).write(values)
        with self.assertRaises(AccessError):
            self.on(self.agent, self.case).write({"writer_ids": [Command.delete(writer.id)]})
        with self.assertRaises(AccessError):
            self.on(self.manager, writer).create(
                {"case_id": self.case.id, "name": "x", "email": "x@example.com"}
            )
        self.assertReaders({"First": False})

    def test_other_writers_are_shown_to_readers_of_the_case(self):
        self.a_stranger_writes("First")
        writer = self.case.pending_writer_ids
        others = (self.ana, self.deeds_agent, self.agent_chile, self.outsider, self.customer)
        for user in others:
            self.assertFalse(self.on(user, writer).has_access("read"), user.login)
        self.assertTrue(self.on(self.area_user, writer).has_access("read"))
        self.case.write({"is_confidential": True, "legal_user_id": self.agent.id})
        self.assertTrue(self.on(self.agent, writer).has_access("read"))
        self.assertFalse(self.on(self.area_user, writer).has_access("read"))

    def test_each_mail_about_a_confidential_case_is_decided(self):
        self.a_stranger_writes("First")
        self.writer().action_accept()
        self.case.write({"is_confidential": True, "legal_user_id": self.agent.id})
        message, _written = self.a_stranger_writes("Second")
        self.assertTrue(message.is_internal)
        self.assertTrue(self.writer())

    def test_context_of_a_client_is_ignored(self):
        case = self.on(self.agent, self.case).with_context(
            atencion_arrival={"rule": "R4", "address": STRANGER}
        )
        message = case.message_post(
            body="By hand", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertFalse(message.sudo().is_internal)
        self.assertFalse(self.case.writer_ids)

    def test_mail_without_a_sender_is_not_filed(self):
        message, _written = self.answer(self.public_message, "", "Who am I?")
        self.assertFalse(message)
        self.assertFalse(self.case.writer_ids)
