from dataclasses import dataclass

from markupsafe import Markup

from odoo import fields, models
from odoo.tools.mail import email_normalize, email_normalize_all, email_split_tuples

from ...tools.incoming_mail import FilingRule, Parent, Sender, references, rule_of
from ...tools.mail_quote_marks import mark_quote
from ..base.server_context import server_value


@dataclass(frozen=True)
class Arrival:
    """A mail that is being filed on a case.

    ``may_follow``: its author becomes a follower, as Odoo does with answers.
    """

    rule: FilingRule
    address: str
    name: str
    may_follow: bool


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

    # -------------------------------------------------------------------------
    # Decision
    # -------------------------------------------------------------------------

    def _receive_mail(self, values):
        """Decide how a mail is filed on the case, and prepare its message.

        :param dict values: the values of the message that Odoo read from the mail; they are
            changed in place
        :rtype: Arrival
        """
        self.ensure_one()
        if body := values.get("body"):
            values["body"] = type(body)(mark_quote(body))
        name, address = self._mail_sender(values)
        users = self._internal_users_at(address)
        is_party, partner = self._party_at(address)
        parent = self._mail_parent(values)
        sender = Sender(bool(users), is_party, self._may_any_know(users))
        rule = rule_of(sender, self._as_parent(parent))
        author = users[:1].partner_id or partner
        values.update(
            author_id=author.id or values.get("author_id"),
            is_internal=not rule.is_public,
            parent_id=parent.id,
        )
        if not rule.is_public:
            # People in To and Cc have the mail anyway, and are not added to the case by it.
            values["partner_ids"] = []
        if rule is FilingRule.OTHER:
            values["body"] = self._mark_other_writer(values)
        if rule is FilingRule.ANSWER:
            values["outgoing_email_to"] = self._unregistered_author(parent, values)
        return Arrival(rule, address, name, self._may_follow_by_mail(users[:1]))

    def _mail_sender(self, values):
        """The name and the normalized address of the sender; empty if the mail has none."""
        name, address = next(iter(email_split_tuples(values.get("email_from") or "")), ("", ""))
        return name, email_normalize(address, strict=False) or ""

    def _mail_parent(self, values):
        """The message of this case that the mail answers; it may be empty."""
        names = references(values.get("in_reply_to"), values.get("references"))
        messages = self.env["mail.message"].sudo()
        found = messages.search(
            [("message_id", "in", names), ("model", "=", self._name), ("res_id", "=", self.id)]
        )
        by_name = {message.message_id: message for message in found.sorted("id")}
        return next((by_name[name] for name in names if name in by_name), messages)

    def _as_parent(self, message):
        subtype = message.subtype_id
        public = bool(subtype) and not (message.is_internal or subtype.internal)
        return Parent(message.message_type or "", public)

    # -------------------------------------------------------------------------
    # People
    # -------------------------------------------------------------------------

    def _internal_users_at(self, address):
        """The internal users with an address, those who may know of the case first."""
        users = self.env["res.users"].sudo()
        if not address:
            return users
        found = users.search([("email_normalized", "=", address), ("share", "=", False)])
        return found.sorted(lambda user: not self._may_any_know(user))

    def _may_any_know(self, users):
        """Whether one of the users may know of the case."""
        known = self._who_may_know(users, internal=True)[self.id]
        return any(self.company_id in user.company_ids for user in known)

    def _may_follow_by_mail(self, user):
        """Whether a user becomes a follower by answering by mail, as in Odoo.

        Followers see the case, so only users who see it already may become one.
        """
        companies = user.company_ids.ids
        case = self.with_user(user).with_context(allowed_company_ids=companies)
        return bool(user) and case.has_access("read")

    def _party_at(self, address):
        """Whether an address is of a party of the case, and the partner with that address.

        Parties are the people who see the case in the portal (including contacts of a
        company that holds it), the typed address of the requester, followers, and people
        whom an agent accepted. Of a confidential case they are only requester and holder.
        """
        if not address:
            return False, self.env["res.partner"]
        parties = self._mail_parties()
        found = parties.filtered(lambda one: address in email_normalize_all(one.email or ""))
        if not (found or self.is_confidential):
            people = self.env["res.partner"].sudo().search([("email_normalized", "=", address)])
            found = people.filtered(lambda one: one.commercial_partner_id in parties)
        typed = email_normalize_all((self.requester_email or "").replace(";", ","))
        return bool(found) or address in [*typed, *self._accepted_addresses()], found[:1]

    def _mail_parties(self):
        """The partners who are parties of the case: first requester and holder."""
        asked = self.requester_id | self.partner_id
        if self.is_confidential:
            return asked
        followers = self.message_partner_ids.filtered("partner_share")
        return asked | self._coholders() | followers

    def _coholders(self):
        """The partners who hold the contract today, and held it on the day of the request."""
        lines, day = self.contract_id.holder_ids, self.request_date
        then = lines.filtered(
            lambda line: (
                (not line.date_from or line.date_from <= day)
                and (not line.date_to or day <= line.date_to)
            )
        )
        return lines.filtered("is_current").partner_id & then.partner_id

    def _accepted_addresses(self):
        if self.is_confidential:
            return []
        return self.writer_ids.filtered(lambda one: one.state == "accepted").mapped("email")

    def _unregistered_author(self, parent, values):
        """The address to add to an answer if the customer who wrote is no contact.

        Odoo sends answers to contacts only.

        :param parent: the message of the customer
        :return: the address, or False
        """
        addressed = email_normalize_all(f"{values.get('to') or ''},{values.get('cc') or ''}")
        _name, address = self._mail_sender({"email_from": parent.email_from})
        is_customer = parent.message_type == "email" and not parent.author_id
        return address if is_customer and address not in addressed else False

    # -------------------------------------------------------------------------
    # Message
    # -------------------------------------------------------------------------

    def _arrival(self):
        """The mail that is being filed, or None."""
        return server_value(self.env, "atencion_arrival")

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Do not make the author of a mail a follower if they may not see the case."""
        arrival = self._arrival()
        if arrival and not arrival.may_follow:
            return True
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _message_post_after_hook(self, message, msg_values):
        """Remove customers from the recipients of an internal mail, before Odoo notifies them."""
        arrival = self._arrival()
        if arrival and not arrival.rule.is_public and message.message_type == "email":
            recipients = message.partner_ids
            if arrival.rule is FilingRule.OTHER:
                recipients |= self._other_mail_decider()
                self.env["atencion.case.writer"]._record_mail(self, arrival, message)
            message.partner_ids = recipients.filtered(lambda one: not one.partner_share)
            msg_values["partner_ids"] = message.partner_ids.ids
        return super()._message_post_after_hook(message, msg_values)

    def _mark_other_writer(self, values):
        """The text of a mail, below a line that says which other person writes."""
        title = self._for_company().env._(
            "Another person writes: %s", values.get("email_from") or "?"
        )
        return Markup("<p><b>%s</b></p>%s") % (title, values.get("body") or "")

    def _for_company(self):
        """The case in the language of its company, for texts that no user writes."""
        return self.with_context(lang=self.company_id.partner_id.lang)

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
        mails = messages.sudo().filtered(
            lambda one: one.model == self._name and one.res_id == self.id
        )
        mails.write({"is_internal": False, "subtype_id": self.env.ref("mail.mt_comment").id})
        # As OdooBot, like the mail gateway: the author is the sender, not who accepts.
        case = self.with_user(self.env.ref("base.user_root"))
        for mail in mails.sorted("id"):
            case._notify_thread(mail, {"partner_ids": []}, skip_existing=True)
