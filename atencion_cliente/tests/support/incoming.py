# Texts of customers are not translated.
# pylint: disable=translation-required
from email.message import EmailMessage
from email.utils import make_msgid

from odoo.addons.mail.tests.common import MockEmail

from .notices import NoticesCommon

SAID = "We come on Monday"
STRANGER = "esposo@example.org"
FILE = "plano.txt"
CASE = "atencion.case"


class IncomingCommon(NoticesCommon, MockEmail):
    """Mails to a case through Odoo's gateway, and what its customers see of them.

    ::

        case of CT-1 (holder, coholder), requested by customer, assigned to agent in Repairs
        followers: customer and holder
        carla: of another area, gets her notifications by e-mail
        outsider: an internal user without rights on cases
        esposo@example.org: an unknown address
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lima.alias_domain_id = cls.env["mail.alias.domain"].create({"name": "homes.example"})
        cls.parties = (cls.customer, cls.portal_holder, cls.portal_coholder)

    @classmethod
    def followed_case(cls, **vals):
        values = {
            "contract_id": cls.contract.id,
            "requester_id": cls.customer.partner_id.id,
            "user_id": cls.agent.id,
        }
        case = cls.known_case(**(values | vals))
        case.message_subscribe((cls.customer.partner_id | cls.holder).ids)
        return case

    @classmethod
    def say_in_public(cls, case):
        """A message of the agent that the customer reads."""
        return case.message_post(
            body=SAID,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=cls.agent.partner_id.id,
        )

    def sent_by(self, work):
        """The mails that some work sends, as e-mail messages, and what the work returned."""
        waiting = self.env["mail.mail"].search([])
        with self.mock_mail_gateway(mail_unlink_sent=True):
            result = work()
            self.end_transaction()
            (self.env["mail.mail"].search([("state", "=", "outgoing")]) - waiting).send()
            mails = [mail["EmailMessage"] for mail in self._mails]
        return mails, result

    def answer(self, mail, sender, text, **headers):
        """Answer a mail as a mail program does, with an attached file.

        :param mail: what is answered: an ``EmailMessage``, or a ``mail.message``
        :return: the ``mail.message`` of the answer, and the ``mail.mail`` that it caused
        """
        if hasattr(mail, "message_id"):
            known, replies, subject = mail.message_id, mail.reply_to, mail.subject
            earlier = ""
        else:
            known, replies, subject = mail["Message-Id"], mail["Reply-To"], mail["Subject"]
            earlier = mail["References"] or ""
        raw = EmailMessage()
        raw["From"] = sender
        raw["To"] = replies or "catchall@homes.example"
        raw["Subject"] = f"Re: {subject or ''}".splitlines()[0]
        raw["Message-ID"] = make_msgid(domain="example.org")
        raw["In-Reply-To"] = known
        raw["References"] = f"{earlier} {known}".strip()
        for name, value in headers.items():
            del raw[name.replace("_", "-")]
            raw[name.replace("_", "-")] = value
        raw.set_content(text)
        raw.add_attachment(f"File: {text}".encode(), "text", "plain", filename=FILE)
        return self.process(raw.as_bytes(), raw["Message-ID"])

    def process(self, raw, message_id):
        """Give a raw mail to the gateway; ``self.sent`` are the e-mail messages that it sends.

        :return: the ``mail.message`` of the mail, and the ``mail.mail`` that it caused
        """
        with self.mock_mail_gateway():
            self.env["mail.thread"].with_user(self.env.ref("base.user_root")).message_process(
                False, raw
            )
            self.end_transaction()
            written = self._new_mails
            written.filtered(lambda mail: mail.state == "outgoing").send()
            self.sent = [mail["EmailMessage"] for mail in self._mails]
        return self.env["mail.message"].search([("message_id", "=", message_id)]), written

    def readers(self, text):
        """The customers who can read a text of any message through Odoo's API."""
        return [user for user, bodies in self.read_by_customers().items() if text in bodies]

    def read_by_customers(self):
        """By customer, the texts of all messages of cases that Odoo's API returns."""
        found = {}
        for user in (*self.parties, self.portal_stranger):
            messages = self.on(user, self.env["mail.message"]).search([("model", "=", CASE)])
            found[user] = " ".join(messages.mapped("body"))
        return found

    def mailed(self, mails, text):
        """The e-mail addresses of customers, and of people without a contact, that get a text."""
        found = mails.filtered(lambda mail: text in (mail.body_html or ""))
        partners = found.recipient_ids.filtered("partner_share")
        return sorted(partners.mapped("email") + [one for one in found.mapped("email_to") if one])

    def assertInternal(self, message, written, text, case):
        """Assert that a mail is an internal message of a case, and that no customer got it."""
        self.assertEqual((message.model, message.res_id), (case._name, case.id))
        self.assertTrue(message.is_internal)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertFalse(message.notified_partner_ids.filtered("partner_share"))
        self.assertFalse(message.partner_ids.filtered("partner_share"))
        self.assertEqual(self.mailed(written, text), [])

    def assertPublic(self, message, case):
        """Assert that a mail is a public message of a case."""
        self.assertEqual((message.model, message.res_id), (case._name, case.id))
        self.assertFalse(message.is_internal)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))

    def assertReaders(self, texts):
        """Assert that parties read the public texts, and that nobody reads more.

        :param dict texts: by text, whether it is public
        """
        for user, bodies in self.read_by_customers().items():
            for text, public in texts.items():
                with self.subTest(reader=user.login, text=text):
                    self.assertEqual(text in bodies, public and user in self.parties)


class RulesCommon(IncomingCommon):
    """A case with a public message and a note, to be answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.followed_case()
        cls.public_message = cls.say_in_public(cls.case)
        cls.note = cls.case.message_post(
            body="He owes two payments",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            author_id=cls.agent.partner_id.id,
        )

    def is_public(self, sender, mail=None, **headers):
        """Whether a mail to the case becomes a public message."""
        text = f"Text {self.env['mail.message'].search([], limit=1, order='id desc').id}"
        message, written = self.answer(mail or self.public_message, sender, text, **headers)
        self.assertEqual(len(message), 1)
        if message.is_internal:
            self.assertInternal(message, written, text, self.case)
        else:
            self.assertPublic(message, self.case)
        self.assertReaders({text: not message.is_internal})
        return not message.is_internal
