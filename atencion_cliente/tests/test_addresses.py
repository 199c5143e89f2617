from odoo.tests import Form, tagged

from .support.incoming import IncomingCommon
from .support.notices import SPANISH

TWO = "Diego <diego@example.com>; ANA@example.com"


@tagged("post_install", "-at_install")
class TestAddresses(IncomingCommon):
    """The addresses that are typed on a case: each is written to, or somebody is told."""

    def test_each_is_written_to(self):
        self.create_case(requester_firstname="Diego", requester_email=TWO)
        self.end_transaction()
        mail = self.queue()
        self.assertEqual(len(mail), 1)
        with self.mock_mail_gateway():
            mail.send()
        reached = {address for sent in self._mails for address in sent["email_to"]}
        self.assertEqual(reached, {"diego@example.com", "ana@example.com"})

    def test_holder_with_one_of_them_gets_it_once(self):
        self.holder.email = "ana@example.com"
        self.create_case(requester_email=TWO, partner_id=self.holder.id)
        self.end_transaction()
        self.assertEqual(len(self.queue()), 1)

    def test_an_alias_of_ours_among_them_is_left_out(self):
        catchall = self.lima.catchall_email
        case = self.create_case(requester_email=f"{TWO}, {catchall}")
        self.end_transaction()
        self.assertEqual(self.queue().email_to, "diego@example.com, ana@example.com")
        self.assertIn(f"{catchall} is an address of this system", case.customer_warning)

    def test_each_is_a_party(self):
        case = self.known_case(requester_email=TWO)
        question = case.message_post(
            body="When?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        for sender in ("diego@example.com", "ana@example.com"):
            message, _written = self.answer(question, sender, f"By {sender}")
            self.assertPublic(message, case)

    def test_composer_writes_to_each(self):
        case = self.known_case(requester_firstname="Diego", requester_email=TWO)
        action = self.on(self.agent, case).action_send_email()
        composer = self.on(self.agent, self.env["mail.compose.message"]).with_context(
            **action["context"]
        )
        composer = composer.create({"body": "On Monday", "subject": "Visit"})
        with self.mock_mail_gateway():
            composer._action_send_mail()
            self.end_transaction()
            self._new_mails.filtered(lambda mail: mail.state == "outgoing").send()
        reached = {address for sent in self._mails for address in sent["email_to"]}
        self.assertEqual(reached, {"diego@example.com", "ana@example.com"})

    def test_a_typed_requester_becomes_a_contact_with_both(self):
        case = self.known_case(requester_firstname="Diego", requester_email=TWO)
        values = case._prepare_requester_partner_values()
        self.assertEqual(values["email"], "diego@example.com, ana@example.com")

    def test_what_is_no_address_is_told_when_it_is_typed(self):
        with Form(self.on(self.agent, self.env["atencion.case"])) as form:
            form.subject = "Water"
            form.type_id = self.type_two_days
            form.requester_lastname = "Torres"
            form.requester_email = "diego@example.com; ana@example"
            self.assertIn("ana@example is no e-mail address", form.customer_warning)
            self.assertNotIn("diego", form.customer_warning)
            form.requester_email = TWO
            self.assertFalse(form.customer_warning)

    def test_the_contacts_address_is_checked_too(self):
        self.holder.email = "rosa@example,com"
        case = self.known_case(partner_id=self.holder.id)
        self.assertIn("rosa@example is no e-mail address", case.customer_warning)

    def test_invitation_is_in_the_language_of_its_reader(self):
        template = self.env.ref("calendar.calendar_template_meeting_invitation")
        template.with_context(lang=SPANISH).subject = "Visita: {{ object.event_id.name }}"
        template.with_context(lang="en_US").subject = "Visit: {{ object.event_id.name }}"
        table = [
            # Of the guest, of the company; what the guest reads.
            (SPANISH, "en_US", "Visita:"),
            ("en_US", SPANISH, "Visit:"),
            (False, SPANISH, "Visita:"),
            (False, "en_US", "Visit:"),
        ]
        for of_guest, of_company, said in table:
            with self.subTest(guest=of_guest, company=of_company):
                self.customer.partner_id.lang = of_guest
                self.lima.partner_id.lang = of_company
                case = self.followed_case()
                guests = self.customer.partner_id | self.carla.partner_id
                mails = self.invite(case, guests)
                subjects = {
                    user: mail["Subject"]
                    for mail in mails
                    for user in (self.customer, self.carla)
                    if user.email in mail["To"]
                }
                self.assertIn(said, subjects[self.customer])
                self.assertIn("Visit:", subjects[self.carla])

    def invite(self, case, guests):
        """Plan a visit as an agent who reads English; return the mails that are sent."""
        context = self.on(self.agent, case).action_new_event()["context"]
        events = self.on(self.agent, self.env["calendar.event"])
        mails, _event = self.sent_by(
            lambda: events.with_context(lang="en_US", **context).create(
                {
                    "start": "2035-01-02 15:00:00",
                    "stop": "2035-01-02 16:00:00",
                    "partner_ids": [(6, 0, guests.ids)],
                }
            )
        )
        return mails
