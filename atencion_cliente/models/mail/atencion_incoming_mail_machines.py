import email
import logging
from email import policy

from psycopg2 import OperationalError

from odoo import models

from ...tools.delivery_report import delivery_report
from ...tools.mail_digest import kept
from ...tools.mail_kind import MailKind, Setting, kind_of
from ...tools.mail_text import mail_text
from ..base.contained import contained

_logger = logging.getLogger(__name__)

REPORTS = (MailKind.BOUNCE, MailKind.COMPLAINT, MailKind.DELAY)
# Kinds of which the log of the case has a line.
LOGGED = (MailKind.AUTO, MailKind.DELAY)
MAX_QUOTED = 200


class AtencionIncomingMailMachines(models.Model):
    """Mails of machines: they make no case, change none, and are answered by none."""

    _inherit = "atencion.incoming.mail"

    def _reason_in_words(self, reason):
        """Why a mail is of its kind: facts in words, headers as they stand in it.

        :param str reason: of ``tools.mail_kind``
        """
        model = self._in_words()
        words = {
            "From without an address": model.env._("It names no address of a sender."),
            "Return-Path and subject of a failure": model.env._(
                "It came from a mail server, and its subject says that a mail was not delivered."
            ),
            "disposition-notification": model.env._("It only says that a mail was read."),
            "report of a mail server": model.env._("It is the report of a mail server."),
            "subject of a complaint": model.env._("Its subject says that a mail is abuse."),
            "subject of a delay": model.env._("Its subject says that a mail is delivered later."),
            "subject of an automatic answer": model.env._("Its subject is of automatic answers."),
            "unsubscribing": model.env._("A mail program unsubscribes somebody."),
        }
        return words.get(reason, reason)

    def _end_machine(self, arrived, received, file):
        """Let those know whom the mail of a machine concerns; it is not filed.

        :return: what Odoo did with the mail for other applications, or False
        """
        self.ensure_one()
        is_held = received.kind is MailKind.ADMIN or self._is_of_company(received)
        received.outcome = "held" if is_held else "dropped"
        received.case_id = next((one.case_id for one in arrived.named.answered), 0)
        if received.kind in REPORTS:
            self._report(arrived, received)
        if received.kind in LOGGED and received.case_id:
            self._log_machine(received)
        # Other applications, to whose addresses it was sent too, get what is theirs.
        return file(received) if arrived.named.others else False

    def _is_of_company(self, received):
        """Whether a person seems to write from the address of a company: somebody decides."""
        if received.kind is not MailKind.OWN:
            return False
        # Without addresses of ours, what is left are the headers of automatic mails.
        if kind_of(received.part, Setting()).kind is not MailKind.PERSON:
            return False
        domains, companies = self.env["mail.alias.domain"], self.env["res.company"]
        address = received.sender_address
        return not domains._find_aliases([address]) and bool(
            companies.search_count([("partner_id.email_normalized", "=", address)], limit=1)
        )

    def _report(self, arrived, received):
        """Tell Odoo and the case that a mail was not delivered."""
        ours = frozenset(one.address for one in arrived.named.addresses)
        if received.kind is MailKind.BOUNCE:
            self._guarded(lambda: self._bounce_of_odoo(received))
        if received.kind is not MailKind.DELAY:
            report = delivery_report(received.part, self._number_formats(), ours)
            cases = self.env["atencion.case"]
            self._guarded(lambda: cases._receive_delivery_report(report, received))

    def _guarded(self, work):
        """Do something that a malformed report must not spoil for the rest."""
        try:
            with contained(self.env):
                work()
        except OperationalError:
            raise
        except Exception:
            _logger.info("The report in mail %s cannot be used", self.message_id, exc_info=True)

    def _bounce_of_odoo(self, received):
        """Let Odoo mark the notification, and the addresses of other applications."""
        gateway = self.env["mail.thread"]
        message = email.message_from_bytes(received.source, policy=policy.SMTP)
        values = gateway.message_parse(message)
        if values["is_bounce"]:
            gateway._routing_handle_bounce(message, values)

    def _log_machine(self, received):
        """A line in the log of the case, which notifies nobody."""
        case = self.env["atencion.case"].browse(received.case_id).exists()
        if not case:
            return
        case = case.with_user(self.env.ref("base.user_root")).sudo()
        model = self._in_words(case.company_id)
        text = kept(mail_text(received.part), MAX_QUOTED)
        title = (
            model.env._("Automatic answer of %s:", self.email_from)
            if received.kind is MailKind.AUTO
            else model.env._("A mail of ours is delivered later:")
        )
        case._message_log(body=f"{title} {text}")
