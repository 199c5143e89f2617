from markupsafe import Markup

from odoo import models
from odoo.fields import Domain
from odoo.tools import email_normalize, formataddr, hmac, is_html_empty
from odoo.tools.mail import email_split_tuples

from ...tools.incoming_mail import WRITTEN_BY_PEOPLE, references
from ...tools.mail_history import MAX_MESSAGES, Quoted, quoted_history
from ...tools.mail_kind import OWN_HEADER
from ...tools.mail_sender import sender_address, sender_name
from ...tools.mail_subject import with_number
from ..base.moment_text import moment_text

MARK_SCOPE = "atencion_cliente-own-mail"
# The messages that customers read.
PUBLIC = (
    Domain("is_internal", "=", False)
    & Domain("subtype_id", "!=", False)
    & Domain("subtype_id.internal", "=", False)
)


class AtencionCaseMailReply(models.Model):
    """How the mails of a case look: who they are from, where answers go, what they belong to."""

    _inherit = "atencion.case"

    # -------------------------------------------------------------------------
    # Addresses
    # -------------------------------------------------------------------------

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        """Answers go to the address of the area; without one, to that of the company as ever."""
        # sudo: who writes on a case may not read the settings of its area.
        areas = {case.id: case.area_id for case in self.sudo()}
        ours = self.filtered(lambda case: areas[case.id].alias_email)
        rest = self - ours
        replies = {
            case.id: _formatted(areas[case.id]._sender_name(), areas[case.id].alias_email)
            for case in ours
        }
        if rest or not ours:
            replies |= super(AtencionCaseMailReply, rest)._notify_get_reply_to_batch(
                _of(rest, defaults), _of(rest, author_ids)
            )
        return replies

    def _outgoing_sender(self, mail):
        """The name and the addresses of which a mail says to be; no addresses: Odoo decides.

        :param mail: ``mail.mail``
        :return: the name, and addresses in the order in which they are preferred
        """
        self.ensure_one()
        area, company = self._speaking(self.company_id).area_id, self.company_id
        of_customer = self._is_of_customer(mail)
        hides = self._hides_writer(mail)
        if not (area.alias_email or of_customer or hides or area.mail_server_id):
            return "", []
        written, address = next(iter(email_split_tuples(mail.email_from or "")), ("", ""))
        own = "" if of_customer or hides else email_normalize(address)
        others = (company.alias_domain_id.default_from_email, company.partner_id.email_normalized)
        addresses = [one for one in (area.alias_email or own, *others) if one]
        person = "" if hides or self._is_of_system(mail) else mail.author_id.name or written
        name = sender_name(person, area.name) if person else area._sender_name()
        return name, addresses

    def _outgoing_sender_at(self, mail, server):
        """The formatted sender of a mail that goes by a server, or None if Odoo decides."""
        name, addresses = self._outgoing_sender(mail)
        if not addresses:
            return None
        servers = self.env["ir.mail_server"]
        allowed = server.sudo().from_filter if server else servers._get_default_from_filter()
        return formataddr((name, sender_address(addresses, allowed)))

    def _is_of_system(self, mail):
        """Whether a mail is no person's: of the company, of the area, or of OdooBot."""
        bot = self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
        system = self.company_id.partner_id | self.area_id.partner_id
        author = mail.author_id
        return author in system or author.id == bot or not (author or mail.email_from)

    def _is_of_customer(self, mail):
        """Whether a mail passes on what a customer wrote, or somebody else from outside."""
        if self._is_of_system(mail):
            return False
        return mail.author_id.partner_share if mail.author_id else mail.message_type == "email"

    def _hides_writer(self, mail):
        """Whether a mail to somebody outside may not name the agent who wrote it."""
        outside = bool(mail.email_to) or any(mail.recipient_ids.mapped("partner_share"))
        return outside and self._hides_agents() and not self._is_of_customer(mail)

    def _shown_reply_to(self, mail, reply_to):
        """Where answers to a mail go; not to an agent whose name its readers may not know."""
        if not self._hides_writer(mail):
            return reply_to
        people = self._people_at(email_normalize(reply_to))
        if not self._internal_users_of(people, self.browse()):
            return reply_to
        name, addresses = self._outgoing_sender(mail)
        sender = {self.id: formataddr((name, addresses[0]))} if addresses else None
        return self._notify_get_reply_to_batch(sender)[self.id]

    # -------------------------------------------------------------------------
    # What the mail belongs to
    # -------------------------------------------------------------------------

    def _subject_of(self, subject):
        return with_number(subject, self.name)

    def _threading(self, mail):
        """The references of a mail, and the headers by which programs keep a thread together.

        :rtype: dict
        """
        own = mail.message_id
        earlier = self._earlier_message_ids(mail)
        if self._is_internal_note(mail.mail_message_id) or not earlier:
            known = references("", mail.references)[::-1]
            earlier = [one for one in known if one != own] or earlier
        headers = {OWN_HEADER: f"{self.name}; {self._own_mark()}"}
        if earlier:
            headers["In-Reply-To"] = earlier[-1]
        return {"references": " ".join(filter(None, [*earlier, own])), "headers": headers}

    def _own_mark(self):
        """What tells our own mails from those of another company with this product."""
        # sudo: the database has one secret for all its users.
        return hmac(self.env(su=True), MARK_SCOPE, OWN_HEADER)[:16]

    def _earlier_message_ids(self, mail):
        """The Message-IDs of the conversation before a mail, the last one at the end."""
        written = Domain("message_type", "in", WRITTEN_BY_PEOPLE) & PUBLIC
        sent = Domain("message_type", "=", "email_outgoing") & Domain("is_internal", "=", False)
        found = self._messages_before(mail, written | sent)
        return [one.message_id for one in found.sorted("id") if one.message_id]

    def _messages_before(self, mail, condition):
        messages = self.env["mail.message"].sudo()
        return messages.search(
            Domain("model", "=", self._name)
            & Domain("res_id", "=", self.id)
            & Domain("id", "<", mail.mail_message_id.id)
            & condition,
            order="id desc",
            limit=MAX_MESSAGES,
        )

    def _history_below(self, mail):
        """The conversation that a person's mail to the customer quotes; it may be empty."""
        message = mail.mail_message_id
        spoken = message.message_type in (*WRITTEN_BY_PEOPLE, "email_outgoing")
        automatic = "Auto-Submitted" in (mail.headers or "")
        if not spoken or automatic or self._is_internal_note(message):
            return Markup()
        if self._is_of_customer(mail):
            # Their own program has quoted what they answer.
            return Markup()
        written = Domain("message_type", "in", WRITTEN_BY_PEOPLE) & PUBLIC
        earlier = self._messages_before(mail, written)
        case = self.with_context(lang=self.addressee_lang, tz=str(self.company_id._zone()))
        return quoted_history(Quoted(case._title_of_quoted(one), one.body or "") for one in earlier)

    def _title_of_quoted(self, message):
        name = message.author_id.name or sender_name(message.email_from)
        if self._hides_agents() and not message.author_id.partner_share:
            name = self.area_id._sender_name()
        return self.env._(
            "On %(moment)s, %(name)s wrote:", moment=moment_text(self.env, message.date), name=name
        )

    # -------------------------------------------------------------------------
    # Signature
    # -------------------------------------------------------------------------

    def _notify_by_email_prepare_rendering_context(
        self,
        message,
        msg_vals=False,
        model_description=False,
        force_email_company=False,
        force_email_lang=False,
        force_record_name=False,
    ):
        """What the staff write to customers ends with the signature of the area, if it has one.

        What a person has written ends with ``_mail_closing_line``, too.
        """
        rendered = super()._notify_by_email_prepare_rendering_context(
            message,
            msg_vals=msg_vals,
            model_description=model_description,
            force_email_company=force_email_company,
            force_email_lang=force_email_lang,
            force_record_name=force_record_name,
        )
        # sudo: who writes on a case may not read the settings of its area.
        case, mail = self.sudo(), message.sudo()
        if len(case) != 1 or case._is_internal_note(mail) or case._is_of_customer(mail):
            return rendered
        written = mail.message_type in WRITTEN_BY_PEOPLE
        signature = case.area_id.mail_signature
        if not is_html_empty(signature):
            rendered["signature"] = Markup("<div>-- <br/>%s</div>") % signature
            # The composer leaves out the signature of the user where there is a template.
            rendered["email_add_signature"] = written or mail.email_add_signature
        if written and (line := case._mail_closing_line()):
            signature = rendered["signature"] if rendered["email_add_signature"] else ""
            rendered["signature"] = Markup(signature or "") + line
            rendered["email_add_signature"] = True
        return rendered

    def _mail_closing_line(self):
        """The last line of what a person writes to a customer by mail.

        :rtype: Markup
        """
        return Markup()


def _of(records, values):
    return {one: values[one] for one in records.ids or [False]} if values is not None else None


def _formatted(name, address):
    """A sender that Odoo writes in one line of a header; a long one is the address alone."""
    text = formataddr((name, address))
    return text if len(text) <= 68 else address
