import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.mail import email_normalize_all, formataddr

from ...tools.incoming_mail import FilingRule, Parent, references
from ...tools.mail_body import message_text
from ..base.server_context import server_value, with_server_value
from .person_mail import PersonMail

# What `_mark_other_writer` puts above a mail, for agents alone.
OTHER_WRITER = re.compile(r"^\s*<p><b>[^<]*</b></p>")


class AtencionCaseMailIn(models.Model):
    """Files mails that answer a message of a case: who reads them, and who is notified.

    The rules are in ``tools.incoming_mail``. This model collects what they need, and applies
    what they decide.
    """

    _inherit = "atencion.case"

    writer_ids = fields.One2many(
        "atencion.case.writer", "case_id", groups="base.group_user", copy=False
    )
    pending_writer_ids = fields.One2many(
        "atencion.case.writer",
        "case_id",
        string="Other people who write",
        domain=[("state", "=", "pending")],
        groups="base.group_user",
        copy=False,
    )

    has_unverified_writer = fields.Boolean(
        compute="_compute_has_unverified_writer", groups="base.group_user"
    )

    @api.depends("pending_writer_ids.is_unverified")
    def _compute_has_unverified_writer(self):
        for case in self:
            case.has_unverified_writer = any(case.pending_writer_ids.mapped("is_unverified"))

    # -------------------------------------------------------------------------
    # What a mail becomes
    # -------------------------------------------------------------------------

    def _prepare_message(self, values, arrival):
        """Change the values of the message of a mail, as it was decided.

        People in To and Cc have the mail anyway: it shows them, and does not add them.

        :param dict values: of the message that Odoo makes of the mail; changed in place
        :param Arrival arrival: what was decided
        """
        filing, mail = arrival.filing, arrival.mail
        if body := values.get("body"):
            values["body"] = type(body)(message_text(body))
        values.update(
            author_id=arrival.author.id,
            is_internal=not filing.is_public,
            parent_id=arrival.parent.id,
            partner_ids=[],
        )
        if mail.received and mail.received.sender_address:
            values["email_from"] = formataddr((mail.name, mail.address))
        if filing.is_undecided:
            values["body"] = self._mark_other_writer(arrival, values)
        if filing is FilingRule.ANSWER:
            values["outgoing_email_to"] = self._unregistered_author(arrival.parent, values)

    def _mail_parent(self, values):
        """The message of this case that the mail answers; it may be empty."""
        names = references(values.get("in_reply_to"), values.get("references"))
        messages = self.env["mail.message"].sudo()
        if not self or not names:
            return messages
        known = messages.browse(values.get("parent_id") or ())
        if known and known.message_id in names[:1] and self._is_own_message(known):
            return known
        found = messages.search(
            [("message_id", "in", names), ("model", "=", self._name), ("res_id", "=", self.id)]
        )
        by_name = {message.message_id: message for message in found.sorted("id")}
        return next((by_name[name] for name in names if name in by_name), messages)

    def _is_own_message(self, message):
        return (message.model, message.res_id) == (self._name, self.id)

    def _as_parent(self, message):
        subtype = message.subtype_id
        public = bool(subtype) and not (message.is_internal or subtype.internal)
        return Parent(message.message_type or "", public)

    # -------------------------------------------------------------------------
    # People
    # -------------------------------------------------------------------------

    def _unregistered_author(self, parent, values):
        """The address to add to an answer if the customer who wrote is no contact.

        Odoo sends answers to contacts only.

        :param parent: the message of the customer
        :return: the address, or False
        """
        addressed = email_normalize_all(f"{values.get('to') or ''},{values.get('cc') or ''}")
        _name, address = PersonMail.sender({"email_from": parent.email_from})
        is_customer = parent.message_type == "email" and not parent.author_id
        return address if is_customer and address not in addressed else False

    # -------------------------------------------------------------------------
    # Message
    # -------------------------------------------------------------------------

    def _arrival(self):
        """The mail that is being filed, or None."""
        return server_value(self.env, "atencion_arrival")

    def _message_compute_parent_id(self, parent_id):
        """The parent of a mail was found with its case; a new case has no other message."""
        arrival = self._arrival()
        return arrival.parent.id if arrival else super()._message_compute_parent_id(parent_id)

    def _message_compute_real_author(self, author_id):
        """Who really wrote a mail is its author: the gateway only brings it."""
        arrival = self._arrival()
        if arrival and author_id == arrival.author.id:
            return arrival.author.filtered("active")
        return super()._message_compute_real_author(author_id)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        if self._arrives_silently() and message.message_type == "email":
            return []
        return super()._notify_thread(message, msg_vals, **kwargs)

    def message_update(self, msg_dict, update_vals=None):
        arrival = self._arrival()
        if arrival and arrival.decision.reopens:
            self._reopen_by_mail(arrival.mail)
        return super().message_update(msg_dict, update_vals)

    def _reopen_by_mail(self, mail):
        """Reopen a closed case; its customer hears of it unless nothing may answer the mail."""
        case = with_server_value(self, "atencion_unannounced", True) if mail.is_quiet else self
        case._reopen_for_customer(mail.own_words or mail.raw_subject)

    def _arrives_silently(self):
        """Whether nobody is notified of the message of a mail: there is a notice of its case."""
        arrival = self._arrival()
        return bool(arrival) and arrival.decision.is_silent

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Do not make the author of a mail a follower if they may not see the case."""
        arrival = self._arrival()
        if arrival and not self._may_follow_by_mail(arrival.users[:1]):
            return True
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _message_post_after_hook(self, message, msg_values):
        """Remove customers from the recipients of an internal mail, before Odoo notifies them."""
        arrival = self._arrival()
        if arrival and not arrival.filing.is_public and message.message_type == "email":
            recipients = message.partner_ids
            if arrival.filing.is_undecided:
                recipients |= self._other_mail_decider()
                self.env["atencion.case.writer"]._record_mail(self, arrival, message)
            message.partner_ids = recipients.filtered(lambda one: not one.partner_share)
            msg_values["partner_ids"] = message.partner_ids.ids
        return super()._message_post_after_hook(message, msg_values)

    def _mark_other_writer(self, arrival, values):
        """The text of a mail, below a line that says which other person writes."""
        env = self._speaking(arrival.company).env
        sender = values.get("email_from") or "?"
        if arrival.filing is FilingRule.UNVERIFIED:
            title = env._("Sender not verified: %s", sender)
        else:
            title = env._("Another person writes: %s", sender)
        return Markup("<p><b>%s</b></p>%s") % (title, values.get("body") or "")

    def _speaking(self, company):
        """The cases in the language of a company, for texts that no user writes."""
        return self.with_context(lang=company.partner_id.lang)

    def _other_mail_decider(self):
        """The partner who decides about a mail of another person.

        It is the assignee, or else the manager of the area. If they may not know of the
        confidential case, it is the user who takes its to-dos (``_fallback_assignee``).
        """
        user = self.user_id or self.area_id.manager_id
        return (user.filtered(self._may_any_know) or self._fallback_assignee()).partner_id

    def _publish_mails(self, messages):
        """Make internal mails public, and notify the followers of them.

        :param messages: ``mail.message``; those of other records are ignored
        """
        # sudo: users who may change the case decide about the mails of others on it.
        mails = messages.sudo().filtered(self._is_own_message)
        mails.write({"is_internal": False, "subtype_id": self.env.ref("mail.mt_comment").id})
        for mail in mails:
            mail.body = OTHER_WRITER.sub("", mail.body, count=1)
        # As OdooBot, like the mail gateway: the author is the sender, not who accepts.
        case = self.with_user(self.env.ref("base.user_root"))
        for mail in mails.sorted("id"):
            case._notify_thread(mail, {"partner_ids": []}, skip_existing=True)
