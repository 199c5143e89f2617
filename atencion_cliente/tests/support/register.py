# Texts of customers are not translated.
# pylint: disable=translation-required
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import make_msgid

from psycopg2 import OperationalError

from odoo.tools import mute_logger

from .incoming import STRANGER, IncomingCommon

ALIAS = "postventa@homes.example"
GATE = "odoo.addons.atencion_cliente.models.mail"
FAILURES = f"{GATE}.atencion_incoming_mail_failures"
CASE = "atencion.case"


class RegisterCommon(IncomingCommon):
    """Mails to an address of an area, and what the register knows of them.

    ::

        postventa@homes.example: Repairs (Lima)
        case: of customer, with a public message that was mailed to them
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.lima.alias_domain_id
        cls.address(cls.repairs, "postventa")
        cls.register = cls.env["atencion.incoming.mail"]
        cls.case = cls.followed_case()
        cls.sent_message = cls.say_in_public(cls.case)

    @classmethod
    def address(cls, area, name, **values):
        """Give an area an address."""
        area.write({"mail_type_id": cls.type_two_days.id, "alias_name": name} | values)

    def mail(self, sender=STRANGER, text="Hello", **headers):
        """A mail to the area as bytes; headers with a value of None are left out."""
        mail = EmailMessage()
        values = {
            "From": sender,
            "To": ALIAS,
            "Subject": "The door",
            "Message-ID": make_msgid(domain="example.org"),
        }
        values |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in values.items():
            if value is not None:
                mail[name] = value
        mail.set_content(text)
        return mail.as_bytes()

    def receive(self, raw, model=False):
        """Give a mail to the gateway.

        :return: its row in the register, which may be empty
        """
        last = self.register.search([], limit=1).id or 0
        gateway = self.env["mail.thread"].with_user(self.env.ref("base.user_root"))
        with self.mock_mail_gateway():
            self.result = gateway.message_process(model, raw)
            self.end_transaction()
            self.mails = self._new_mails
        return self.register.search([("id", ">", last)])

    def to_customers(self):
        """The addresses outside of the staff to which the last mail caused mails."""
        partners = self.mails.recipient_ids.filtered("partner_share")
        typed = filter(None, self.mails.mapped("email_to"))
        return sorted(partners.mapped("email")) + sorted(typed)

    def cases(self):
        return self.env[CASE].with_context(active_test=False).search([], order="id")

    @contextmanager
    def failing(self, error, method="message_update"):
        """Let a method of cases fail: there is no mail that does it surely."""

        def fail(case, *args, **kwargs):
            raise error

        with (
            mute_logger(FAILURES, "odoo.sql_db"),
            self._patched(method, fail),
        ):
            yield

    @contextmanager
    def _patched(self, method, function):
        model = self.registry[CASE]
        setattr(model, method, function)
        try:
            yield
        finally:
            delattr(model, method)

    def broken(self):
        """An error as the database raises it if transactions disturb one another."""
        return OperationalError("could not serialize access")
