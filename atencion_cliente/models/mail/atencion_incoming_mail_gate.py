import logging
from dataclasses import replace

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from ...tools.authentication_results import is_forged, verdict
from ...tools.mail_digest import content_digest, kept, source_digest
from ...tools.mail_form import as_of_customer, form_customer
from ...tools.mail_kind import MailKind, Setting, kind_of, sender
from ...tools.mail_list import header_of_author, is_own_list
from ...tools.mail_parts import read_mail
from ...tools.mail_repair import TOO_MANY, repaired
from ...tools.mail_text import mail_text
from ..base.contained import contained
from .atencion_incoming_mail_recognition import HEAD, with_address
from .received_mail import ReceivedMail

_logger = logging.getLogger(__name__)

# Whoever brought the mail repeats the transaction, or it fails for a reason that passes.
REPEATED = (OperationalError, ConcurrencyError)
MAX_DETAIL = 2_000
FLOOD = "R16"
# Originals of mails of machines and of floods are kept up to this size.
MAX_DROPPED = 2_000_000


class AtencionIncomingMailGate(models.Model):
    """Judges each mail of the service, and lets what people write be filed.

    What Odoo does with a mail is undone if it fails, and the mail is kept.
    """

    _inherit = "atencion.incoming.mail"

    @api.model
    def _receive(self, arrived, file):
        """Judge a mail, file it, and write down what became of it.

        :param Arrived arrived: the mail
        :param file: a function that lets Odoo file a ``ReceivedMail``
        :return: the id of the record, or False if it was not filed
        """
        try:
            with contained(self.env):
                return self._judge(arrived, file)
        except REPEATED as error:
            self._keep_open(arrived, error)
            raise
        except UniqueViolation as error:
            if "atencion_incoming_mail" not in (error.diag.constraint_name or ""):
                self._keep_failed(arrived, error)
            return False  # another process files the same mail
        except Exception as error:
            self._keep_failed(arrived, error)
            return False

    def _judge(self, arrived, file):
        settings = self._mail_settings()
        arrived = self._as_of_customer(arrived)
        ours = frozenset(one.address for one in arrived.named.addresses)
        mended = repaired(
            arrived.mail.source, fields.Date.context_today(self), ours, settings.size_limit
        )
        mail = read_mail(mended.source)
        author = sender(mail)
        values = self._row_values(arrived, mail, author)
        past = self._past(values, settings)
        if self._is_done(past, arrived):
            return False
        by_colleague = any(one.by_colleague for one in arrived.named.answered)
        own = frozenset({author.address} if past.is_own else ())
        mark = self.env["atencion.case"]._own_mark()
        by_list = is_own_list(mail.headers, ours)
        found = kind_of(mail, Setting(own, settings.spam_header, mark, by_list), by_colleague)
        kind = self._kind(found.kind, arrived)
        row = self._open_row(past, values | {"kind": kind.value})
        received = ReceivedMail(
            source=mended.source,
            part=mail,
            kind=kind,
            register_id=row.id,
            sender_name=author.name,
            sender_address=author.address,
            area_ids=_areas(arrived),
            hint=mended.hint,
            is_forged=self._is_forged(arrived, author, settings),
            is_for_others=bool(arrived.named.others),
            answered_ids=tuple(one.case_id for one in arrived.named.answered),
            # What answers a message says something, even if it says the same.
            repeated_case_id=0 if arrived.named.answered else past.repeated_case_id,
            as_person=bool(arrived.again and arrived.again.as_person),
            is_cut=TOO_MANY in mended.repairs,
            detail=kept(row._reason_in_words(found.reason)),
        )
        if refusal := row._refusal(arrived, received, past, settings):
            received.outcome, received.rule, received.detail = refusal
            result = False
        elif not kind.is_ordinary:
            result = row._end_machine(arrived, received, file)
        else:
            received.detail = ""
            result = row._file(arrived, received, file)
            row._tell_left_out(received, mended.left_out)
            row._tell_cut(received)
        row._end(arrived, received, settings)
        received.release()
        return result

    # -------------------------------------------------------------------------
    # Facts
    # -------------------------------------------------------------------------

    @api.model
    def _as_of_customer(self, arrived):
        """The mail of a form or a list, as if the customer had sent it; others as they are."""
        mail = read_mail(with_address(arrived.source, arrived.again))
        forms = frozenset().union(*(one.form_senders for one in arrived.named.addresses))
        ours = frozenset(one.address for one in arrived.named.addresses)
        is_form = bool(form_customer(mail, forms))
        header = "Reply-To" if is_form else header_of_author(mail, ours)
        if header:
            mail = read_mail(as_of_customer(mail, header))
        return replace(arrived, mail=mail, is_form=is_form, is_by_list=bool(header) and not is_form)

    @api.model
    def _row_values(self, arrived, mail, author):
        headers = mail.headers
        named, answered = arrived.named.addresses, arrived.named.answered
        subject = kept(headers.text("Subject"))
        companies = [one.company_id for one in (*named, *answered) if one.company_id]
        return {
            "digest": self._digest(arrived),
            "content_digest": content_digest(
                author.address, subject, mail_text(mail), _files(arrived.mail)
            ),
            "email_from": kept(headers.text("From")),
            "email_normalized": kept(author.address) or False,
            "email_to": kept(headers.text("To") or ", ".join(one.address for one in named)),
            "subject": subject,
            "message_id": kept(headers.text("Message-ID")) or False,
            "company_id": next(iter(companies), False),
            "area_id": next((one.area_id for one in named if one.area_id), False),
            "size": len(arrived.source),
            "brought_for_cases": arrived.brought_for_cases,
        }

    @api.model
    def _digest(self, arrived):
        """The digest of a mail as it arrived: its original may be kept without its files."""
        if arrived.again:
            return self.browse(arrived.again.register_id).digest
        return source_digest(arrived.source)

    @api.model
    def _is_done(self, past, arrived):
        """Whether the same bytes have been filed, or wait for a decision."""
        if not past.row_id:
            return False
        if arrived.again:
            return arrived.again.register_id != past.row_id
        return past.row_outcome != "open"

    @api.model
    def _kind(self, kind, arrived):
        """The kind of a mail, if an administrator says that a person wrote it, or a form."""
        by_program = (MailKind.AUTO, MailKind.LIST, MailKind.QUIET)
        if arrived.again and arrived.again.as_person:
            return kind if kind.is_ordinary else MailKind.QUIET
        if arrived.is_form and kind in by_program:
            # The program of the form wrote these headers; they say nothing of the customer.
            return MailKind.PERSON
        return kind

    @api.model
    def _is_forged(self, arrived, author, settings):
        """Whether our mail server says that the sender is another one (R13)."""
        is_changed = arrived.is_form or arrived.is_by_list
        said = sender(read_mail(arrived.source[:HEAD])) if is_changed else author
        found = verdict(arrived.mail.headers, settings.trusted_servers)
        if is_forged(found, said.domain, arrived.named.domains):
            return True
        # Everybody may write a colleague's address into a form, or into a header.
        return is_changed and bool(self._colleagues_at(author.address))

    @api.model
    def _colleagues_at(self, address):
        """The internal users with an address."""
        users = self.env["res.users"]
        if not address:
            return users
        return users.search([("email_normalized", "=", address), ("share", "=", False)])

    # -------------------------------------------------------------------------
    # Row
    # -------------------------------------------------------------------------

    @api.model
    def _open_row(self, past, values):
        if past.row_id:
            row = self.browse(past.row_id)
            row.write(values)
            return row
        return self.create(values)

    def _refusal(self, arrived, received, past, settings):
        """Outcome, rule and reason if a person's mail is not filed; None if it is."""
        if arrived.again and arrived.again.as_person:
            return None
        same = past.namesake == (self.email_normalized or "", self.content_digest)
        if same or (past.is_filed and not past.namesake):
            return "dropped", "R15", self._in_words().env._("It was received before.")
        if not received.kind.is_ordinary:
            return None
        if past.is_filed or past.namesake:
            return "held", "R15", self._in_words().env._("Another mail had its Message-ID.")
        if received.is_forged and self._is_of_ours(arrived, received):
            return "held", "R13", self._in_words().env._("The sender is not verified.")
        if self._writes_too_much(arrived, received, past, settings):
            self._tell_manager(past)
            return "held", FLOOD, self._in_words().env._("Too many mails of this sender.")
        return None

    @api.model
    def _is_of_ours(self, arrived, received):
        """Whether a mail says that it is of a colleague, or of a domain of ours."""
        domain = received.sender_address.rpartition("@")[2]
        domains = {one.lower() for one in arrived.named.domains}
        return domain in domains or bool(self._colleagues_at(received.sender_address))

    def _file(self, arrived, received, file):
        """Let Odoo file a mail; what it leaves out waits for a decision."""
        result = file(received)
        if received.outcome:
            return result
        if result:
            answers = result in {one.case_id for one in arrived.named.answered}
            received.outcome = "message" if answers else "case"
            received.case_id = received.case_id or result
        else:
            received.outcome = "held"
            received.detail = self._in_words().env._("Odoo did not file it.")
        return result

    @api.model
    def _original(self, arrived, received, settings):
        """The original to keep; without large files if many such mails may come."""
        few = received.outcome != "dropped" and received.rule != FLOOD
        if few or settings.keep_originals or len(arrived.source) <= MAX_DROPPED:
            return arrived.source
        today = fields.Date.context_today(self)
        return repaired(arrived.source, today, limit=MAX_DROPPED).source

    def _end(self, arrived, received, settings):
        """Write down what became of a mail."""
        values = {
            "outcome": received.outcome,
            "rule": received.rule or False,
            "detail": (received.detail or "").replace("\0", "")[:MAX_DETAIL] or False,
            "case_id": received.case_id or False,
            "next_attempt_at": False,
        }
        if received.case_id and not self.company_id:
            values["company_id"] = self.env["atencion.case"].browse(received.case_id).company_id.id
        self.write(values)
        if received.outcome in ("dropped", "held") or received.is_cut or settings.keep_originals:
            self._keep_source(self._original(arrived, received, settings))
        if received.outcome == "held" and received.rule != FLOOD:
            self._ask_administrator()
        _logger.info(
            "Mail %s from %s: %s (%s)",
            self.message_id,
            self.email_normalized,
            received.outcome,
            received.kind.value,
        )


def _files(mail):
    """The files of a mail, and the mails that are attached: their names and what is in them."""
    for part in mail.walk():
        if part.is_file or part.main_type == "message":
            yield part.filename, part.source[part.body : part.end]


def _areas(arrived):
    """The areas that a mail is sent to, in their order."""
    found = (one.area_id for one in arrived.named.addresses if one.area_id)
    return tuple(dict.fromkeys(found))
