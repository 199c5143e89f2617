import re
from pathlib import Path

from odoo.tests import tagged

from ..tools.audience import EMAIL
from .support.incoming import STRANGER, RulesCommon

SAMPLES = Path(__file__).parent / "mail_samples"
TYPED = "diego@example.com"


@tagged("post_install", "-at_install")
class TestIncomingMail(RulesCommon):
    """How mails are filed by their sender and by what they answer (rules R1 to R3)."""

    # -------------------------------------------------------------------------
    # R1: who is a party
    # -------------------------------------------------------------------------

    def test_parties(self):
        follower = self.env["res.partner"].create({"name": "Proxy", "email": "proxy@example.com"})
        self.case.message_subscribe(follower.ids)
        self.case.requester_email = f"Diego <{TYPED.upper()}>"
        for sender in (
            self.customer.email,
            f"Rosa <{self.holder.email.upper()}>",
            self.coholder.email,
            follower.email,
            TYPED,
        ):
            with self.subTest(sender=sender):
                self.assertTrue(self.is_public(sender))
        self.assertFalse(self.is_public(STRANGER))

    def test_partner_with_several_addresses(self):
        self.holder.email = "rosa@example.com, rosa.work@example.com"
        self.assertTrue(self.is_public("rosa.work@example.com"))

    def test_people_of_a_company_that_holds_the_case(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        self.env["res.partner"].create(
            {"name": "Buyer", "email": "buyer@example.com", "parent_id": firm.id}
        )
        self.case.write({"contract_id": False, "partner_id": firm.id})
        message, _written = self.answer(self.public_message, "buyer@example.com", "I buy")
        self.assertPublic(message, self.case)

    def test_former_and_later_coholders_are_no_parties(self):
        line = self.contract.holder_ids.filtered(lambda one: one.partner_id == self.coholder)
        for dates in ({"date_to": "2025-01-01"}, {"date_from": "2035-01-01", "date_to": False}):
            with self.subTest(**dates):
                line.write({"date_from": False, "date_to": False} | dates)
                text = f"I was {dates}"
                message, written = self.answer(self.public_message, self.coholder.email, text)
                self.assertInternal(message, written, text, self.case)

    def test_confidential_case_has_requester_and_holder_only(self):
        self.case.write({"is_confidential": True, "legal_user_id": self.agent.id})
        follower = self.env["res.partner"].create({"name": "Proxy", "email": "proxy@example.com"})
        self.case.message_subscribe(follower.ids)
        for sender, public in (
            (self.customer.email, True),
            (self.holder.email, True),
            (self.coholder.email, False),
            (follower.email, False),
        ):
            with self.subTest(sender=sender):
                message, _written = self.answer(self.public_message, sender, f"I, {sender}")
                self.assertEqual(not message.is_internal, public)

    def test_the_partner_of_the_case_is_the_author(self):
        self.env["res.partner"].create({"name": "Namesake", "email": self.holder.email})
        message, _written = self.answer(self.public_message, self.holder.email, "I")
        self.assertEqual(message.author_id, self.holder)

    # -------------------------------------------------------------------------
    # R2, R3: internal users
    # -------------------------------------------------------------------------

    def test_colleagues_answer_public_messages_in_public(self):
        for user in (self.agent, self.ana, self.outsider, self.supervisor):
            with self.subTest(user=user.login):
                self.assertTrue(self.is_public(user.email))
                self.assertFalse(self.is_public(user.email, self.note))

    def test_answer_of_an_answer(self):
        """Its parent is the colleague's mail, and it is filed like that one."""
        first, _written = self.answer(self.note, self.agent.email, "He owes them")
        self.assertFalse(self.is_public(self.ana.email, first))

    def test_address_of_a_colleague_typed_on_the_case_is_theirs(self):
        self.case.requester_email = self.carla.email
        self.assertFalse(self.is_public(self.carla.email, self.note))
        self.assertTrue(self.is_public(self.carla.email))

    def test_contact_with_the_address_of_a_colleague_is_the_colleague(self):
        double = self.env["res.partner"].create({"name": "Ana", "email": self.carla.email})
        self.case.message_subscribe(double.ids)
        message, written = self.answer(self.note, self.carla.email, "Between us")
        self.assertInternal(message, written, "Between us", self.case)
        self.assertEqual(message.author_id, self.carla.partner_id)

    def test_former_colleague_is_a_stranger(self):
        self.carla.active = False
        self.assertFalse(self.is_public(self.carla.email))

    def test_colleague_who_may_not_know_writes_a_note(self):
        self.case.write({"is_confidential": True, "legal_user_id": self.agent.id})
        for user, public in ((self.ana, False), (self.agent_chile, False), (self.agent, True)):
            message, _written = self.answer(self.public_message, user.email, f"By {user.login}")
            self.assertEqual(not message.is_internal, public, user.login)

    def test_answer_by_mail_makes_no_follower_who_could_not_read(self):
        for user in (self.deeds_agent, self.outsider, self.agent_chile):
            self.answer(self.public_message, user.email, f"By {user.login}")
            self.assertNotIn(user.partner_id, self.case.message_partner_ids)
        self.answer(self.public_message, self.ana.email, "I work here")
        self.assertNotIn(self.ana.partner_id, self.case.message_partner_ids, "not hers to read")
        self.answer(self.public_message, self.area_user.email, "I work here")
        self.assertIn(self.area_user.partner_id, self.case.message_partner_ids)

    def test_answer_reaches_a_customer_who_is_no_contact(self):
        self.case.requester_email = TYPED
        question, _written = self.answer(self.public_message, TYPED, "When?")
        _message, written = self.answer(question, self.agent.email, "On Monday")
        self.assertIn(TYPED, self.mailed(written, "On Monday"))
        _message, written = self.answer(question, self.agent.email, "At nine", Cc=TYPED)
        self.assertNotIn(TYPED, self.mailed(written, "At nine"), "they have it already")

    # -------------------------------------------------------------------------
    # What is answered
    # -------------------------------------------------------------------------

    def test_in_reply_to_is_what_is_answered(self):
        note, public = self.note.message_id, self.public_message.message_id
        table = [
            ({"In_Reply_To": public, "References": f"{note} {public}"}, True),
            ({"In_Reply_To": note, "References": f"{public} {note}"}, False),
            ({"In_Reply_To": note, "References": f"{note} {public}"}, False),
            ({"In_Reply_To": "<rewritten@ses>", "References": f"{public} {note}"}, False),
            ({"In_Reply_To": "<rewritten@ses>", "References": f"{note} {public}"}, True),
        ]
        for headers, public_answer in table:
            with self.subTest(**headers):
                self.assertEqual(self.is_public(self.agent.email, **headers), public_answer)

    def test_message_of_another_case_is_no_parent(self):
        """A note stays a note if a public message of another case is named, too."""
        other = self.followed_case()
        elsewhere = other.message_post(
            body="Public there", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        message, _written = self.answer(
            self.note,
            self.agent.email,
            "Between us",
            References=elsewhere.message_id,
        )
        self.assertEqual(message.res_id, self.case.id)
        self.assertTrue(message.is_internal)

    # -------------------------------------------------------------------------
    # Nobody else is notified
    # -------------------------------------------------------------------------

    def test_people_in_copy_get_nothing(self):
        for sender in (self.agent.email, STRANGER):
            with self.subTest(sender=sender):
                text = f"Copy of {sender}"
                message, written = self.answer(
                    self.note, sender, text, Cc=f"{self.holder.email}, {self.coholder.email}"
                )
                self.assertInternal(message, written, text, self.case)
                for mail in written:
                    self.assertNotIn("X-Msg-To-Add", mail.headers or "")
        self.assertNotIn(self.coholder, self.case.message_partner_ids)

    def test_out_of_office_answer_quotes_nothing_internal(self):
        self.agent.write(
            {
                "out_of_office_from": "2020-01-01 00:00:00",
                "out_of_office_to": "2040-01-01 00:00:00",
                "out_of_office_message": "<p>Back on Monday</p>",
            }
        )
        for sender in (self.carla.email, STRANGER):
            self.answer(self.note, sender, f"Secret of {sender}")
        self.on(self.carla, self.case).sudo().message_post(
            body="Secret by hand", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        sent = self.case.message_ids.filtered(lambda one: one.message_type == "out_of_office")
        self.assertFalse(sent)
        self.answer(self.public_message, self.customer.email, "And now?")
        sent = self.case.message_ids.filtered(lambda one: one.message_type == "out_of_office")
        self.assertTrue(sent, "the customer is notified")

    # -------------------------------------------------------------------------
    # Samples
    # -------------------------------------------------------------------------

    def sample(self, name, **values):
        """A raw mail of the shared samples, as the gateway gets it."""
        raw = next(SAMPLES.glob(f"{name}_*.eml")).read_bytes()
        values |= {"NUMBER": self.case.name, "REPLY_TO": self.lima.catchall_email}
        for key, value in values.items():
            raw = raw.replace(f"@@{key}@@".encode(), value.encode())
        message_id = re.search(rb"^Message-ID: (\S+)", raw, re.MULTILINE)[1].decode()
        return self.process(raw, message_id)

    def test_sample_of_the_requester(self):
        self.holder.email = "rosa.quispe@example.com"
        message, _written = self.sample("03", MESSAGE_ID=self.public_message.message_id)
        self.assertPublic(message, self.case)
        self.assertEqual(message.author_id, self.holder)

    def test_sample_of_another_person(self):
        message, written = self.sample("06", MESSAGE_ID=self.public_message.message_id)
        self.assertInternal(message, written, "Soy el esposo de Rosa", self.case)
        self.assertReaders({"Soy el esposo de Rosa": False})

    def test_sample_of_an_agent_who_answers_a_notice(self):
        self.add_recipient(self.carla, EMAIL)
        mails, _done = self.sent_by(lambda: self.case.write({"priority": "3"}))
        notice = next(mail for mail in mails if self.carla.email in mail["To"])
        message, written = self.sample("22", NOTICE_ID=notice["Message-Id"], AGENT=self.carla.email)
        self.assertInternal(message, written, "Ojo, este cliente", self.case)
        self.assertReaders({"Ojo, este cliente": False})
        self.assertEqual(message.author_id, self.carla.partner_id)

    def test_other_applications_keep_their_mail(self):
        """Odoo files the same mail to a contact as without this addon."""
        partner = self.env["res.partner"].create({"name": "Shop", "email": "shop@example.com"})
        message = partner.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        answer, _written = self.answer(message, STRANGER, "Hello back")
        self.assertEqual((answer.model, answer.res_id), ("res.partner", partner.id))
        self.assertFalse(answer.is_internal)
        self.assertNotIn("Another person", answer.body)
