from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..tools import audience
from .support.incoming import STRANGER, IncomingCommon

TYPED = "diego@example.com"


@tagged("post_install", "-at_install")
class TestCustomerLink(HttpCase, IncomingCommon):
    """Customers open their case from each mail, and nobody else does."""

    def to(self, mails, address):
        """The texts of the mails to an address, as it gets them."""
        found = [mail for mail in mails if address in mail["To"]]
        self.assertTrue(found)
        return [
            part.get_content()
            for mail in found
            for part in mail.walk()
            if part.get_content_maintype() == "text"
        ]

    def opens(self, token, case):
        self.env.flush_all()
        self.authenticate(None, None)
        page = self.url_open(f"{case.access_url}?access_token={token}")
        return case.subject in page.text

    def assertLinked(self, case, mails, address, partner=None):
        """Each part of the mails has the link, which knows the partner by whom it is opened."""
        for text in self.to(mails, address):
            plain = text.replace("&amp;", "&").replace("=\n", "")
            self.assertIn(f"/my/cases/{case.id}?access_token={case.access_token}", plain)
            self.assertEqual("pid=" in plain, bool(partner))
            if partner:
                self.assertIn(f"pid={partner.id}&hash={case._sign_token(partner.id)}", plain)

    # -------------------------------------------------------------------------
    # Who gets it
    # -------------------------------------------------------------------------

    def test_every_mail_of_the_system(self):
        visitor = self.env["res.partner"].create({"name": "Eva", "email": "eva@example.com"})
        case = self.followed_case(requester_id=visitor.id)
        for name in ("acknowledgement", "state", "answer", "document_reminder"):
            template = self.env.ref(f"atencion_cliente.mail_template_case_{name}")
            mails, _done = self.sent_by(lambda wanted=template: case._write_to_customers(wanted))
            with self.subTest(name):
                self.assertLinked(case, mails, visitor.email, visitor)
                self.assertLinked(case, mails, self.holder.email, self.holder)

    def test_typed_requesters(self):
        mails, case = self.sent_by(
            lambda: self.create_case(requester_firstname="Diego", requester_email=TYPED)
        )
        self.assertLinked(case, mails, TYPED)
        self.assertTrue(self.opens(case.access_token, case))

    def test_what_agents_write(self):
        case = self.known_case(
            requester_firstname="Diego", requester_email=TYPED, user_id=self.agent.id
        )
        action = self.on(self.agent, case).action_send_email()
        composer = self.on(self.agent, self.env["mail.compose.message"])
        composer = composer.with_context(**action["context"]).create({"atencion_email_to": TYPED})
        mails, _done = self.sent_by(composer.action_send_mail)
        self.assertLinked(case, mails, TYPED)

    def test_other_recipients_get_the_plain_address(self):
        case = self.followed_case(
            requester_id=False, requester_firstname="Diego", requester_email=TYPED
        )
        mail = self.env["mail.mail"].create(
            {
                "model": case._name,
                "res_id": case.id,
                "body_html": f'<a href="{case._customer_url()}">Case</a>',
                "email_to": STRANGER,
                "email_cc": TYPED,
                "recipient_ids": [(4, self.coholder.id), (4, self.holder.id)],
            }
        )
        with self.mock_mail_gateway():
            mail.send()
            found = [one["EmailMessage"] for one in self._mails]
        linked = [one for one in found if "access_token" in one.as_string()]
        self.assertEqual((len(found), len(linked)), (4, 2))
        self.assertIn(self.holder.email, str([one["To"] for one in linked]))
        self.assertNotIn(self.coholder.email, str([one["To"] for one in linked]))

    def test_nothing_that_stays_has_the_token(self):
        self.sent_by(lambda: self.create_case(requester_firstname="Diego", requester_email=TYPED))
        case = self.env["atencion.case"].search([("requester_email", "=", TYPED)])
        self.assertTrue(case.access_token)
        for text in case.message_ids.mapped("body"):
            self.assertNotIn(case.access_token, text)

    def test_who_is_no_customer_when_the_mail_leaves(self):
        case = self.followed_case(
            requester_id=False, requester_firstname="Diego", requester_email=TYPED
        )
        template = self.env.ref("atencion_cliente.mail_template_case_state")

        def work():
            case._write_to_customers(template)
            case.requester_email = "ana@example.com"

        mails, _done = self.sent_by(work)
        for text in self.to(mails, TYPED):
            self.assertIn(f"/my/cases/{case.id}", text)
            self.assertNotIn("access_token", text)

    # -------------------------------------------------------------------------
    # Whom it leaves
    # -------------------------------------------------------------------------

    def test_each_door_by_which_a_customer_changes(self):
        visitor = self.env["res.partner"].create(
            {"name": "Eva", "email": "eva@example.com", "phone": "+51 987 654 321"}
        )
        typed = {
            "requester_firstname": "Diego",
            "requester_email": TYPED,
            "requester_phone": "+51912345678",
        }
        contact = {"requester_id": visitor.id}
        doors = [
            (typed, lambda case: case.write({"requester_email": "ana@example.com"}), True),
            (typed, lambda case: case.write({"requester_email": f"{TYPED}, b@example.com"}), False),
            (typed, lambda case: case.write({"requester_email": TYPED.upper()}), False),
            (typed, lambda case: case.write({"requester_phone": "+51999888777"}), True),
            (typed, lambda case: case.write({"requester_phone": "912 345 678"}), False),
            (typed, lambda case: case.write({"requester_id": visitor.id}), True),
            (typed, lambda case: case.write({"subject": "Other"}), False),
            (contact, lambda case: case.write({"requester_id": self.coholder.id}), True),
            (contact, lambda case: case.write({"partner_id": self.coholder.id}), False),
            (contact, lambda case: visitor.write({"email": "other@example.com"}), True),
            (contact, lambda case: visitor.write({"phone": "+51999888777"}), True),
            (contact, lambda case: visitor.write({"name": "Eve", "function": "x"}), False),
            (contact, lambda case: visitor.write({"email": visitor.email}), False),
        ]
        for place, (values, change, is_dropped) in enumerate(doors):
            with self.subTest(place):
                case = self.create_case(**values)
                token = case.access_token
                change(case)
                self.assertEqual(case.access_token != token, is_dropped)
                self.assertEqual(self.opens(token, case), not is_dropped)

    def test_no_client_chooses_a_token(self):
        case = self.create_case(user_id=self.agent.id)
        with self.assertRaises(AccessError):
            self.on(self.agent, case).write({"access_token": "known"})
        with self.assertRaises(AccessError):
            self.on(self.agent, self.env["atencion.case"]).create(
                self.case_values(access_token="known")
            )
        tokens = self.create_cases(20).mapped("access_token")
        self.assertEqual(len({token for token in tokens if len(token) == 36}), 20)

    def test_tokens_of_earlier_cases(self):
        case = self.create_case(requester_firstname="Diego", requester_email=TYPED)
        case._write_checked({"access_token": False})
        template = self.env.ref("atencion_cliente.mail_template_case_state")
        mails, _done = self.sent_by(lambda: case._write_to_customers(template))
        self.assertTrue(case.access_token)
        self.assertLinked(case, mails, TYPED)

    def test_customers_are_those_of_mails(self):
        case = self.followed_case()
        self.assertEqual(
            set(case._customers_by_address()), {self.customer.email, self.holder.email}
        )
        self.assertEqual(case._written_addresses()[audience.HOLDER], [self.holder.email])

    # -------------------------------------------------------------------------
    # As whom it writes
    # -------------------------------------------------------------------------

    def write_by(self, case, body="By the link", **access):
        self.env.flush_all()
        self.authenticate(None, None)
        self.posted = self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": case._name,
                "thread_id": case.id,
                "post_data": {"body": body, "subtype_xmlid": "mail.mt_comment"},
                **access,
            },
        )
        return self.env["mail.message"].browse(self.posted["message_id"])

    def test_typed_requesters_do_not_write_as_the_holder(self):
        case = self.followed_case(
            requester_id=False, requester_firstname="Diego", requester_email=TYPED
        )
        self.assertTrue(case.partner_id)
        message = self.write_by(case, token=case.access_token)
        self.assertFalse(message.author_id)
        self.assertEqual(message.email_from, f'"Diego" <{TYPED}>')
        [shown] = self.posted["store_data"]["mail.message"]
        self.assertEqual(shown["email_from"], "Diego", "the page shows the name at once")
        self.assertTrue(case.customer_unread)
        of_holder = {"pid": self.holder.id, "hash": case._sign_token(self.holder.id)}
        theirs = self.write_by(case, token=case.access_token, **of_holder)
        self.assertEqual(theirs.author_id, self.holder)
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.make_jsonrpc_request(
                "/mail/message/update_content",
                {
                    "message_id": theirs.id,
                    "update_data": {"body": "I take it back"},
                    "token": case.access_token,
                },
            )

    def test_contacts_write_as_themselves(self):
        case = self.followed_case()
        signed = {"pid": self.holder.id, "hash": case._sign_token(self.holder.id)}
        by_holder = self.write_by(case, token=case.access_token, **signed)
        self.assertEqual(by_holder.author_id, self.holder)
        by_token = self.write_by(case, token=case.access_token)
        self.assertEqual(by_token.author_id, self.customer.partner_id)
