from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize, formataddr
from odoo.tools.mail import email_split_tuples

from ...tools.mail_mentions import mentioned_ids, without_mentions

# Messages of these kinds have no author who speaks to the customer.
NOTIFICATION = "user_notification"
SILENT = ("out_of_office", NOTIFICATION)
# Whom a mail was sent to, as Odoo shows it to all of its readers.
ADDRESSED = ("incoming_email_to", "incoming_email_cc")


class AtencionCaseSpokesperson(models.Model):
    """Where an area does not show its agents, what they say to customers is said by the area.

    The message has the contact of the area as its author, on every way on which it is written;
    who wrote it is known to the staff alone: by a line of the log, and for the correction.
    """

    _inherit = "atencion.case"

    def _speak_for_areas(self, written):
        """Put the contact of the area in the place of the agent who wrote a public message.

        :param dict written: the id of the case by ``mail.message``, in ``sudo``; they were just
            created
        """
        said = {
            message: case_id
            for message, case_id in written.items()
            if case_id and (message.message_type == NOTIFICATION or self._is_public(message))
        }
        # sudo: who writes on a case may not read the settings of its area.
        cases = self.sudo().browse(set(said.values()))
        hiding = {case.id: case for case in cases if case._hides_agents()}
        for message, case_id in said.items():
            case = hiding.get(case_id)
            if not case or not (self._is_public(message) or self._invites(message)):
                continue
            if writer := case._agent_who_wrote(message):
                case._speak_for(message, writer)

    def _is_public(self, message):
        return message.message_type not in SILENT and self._is_read_outside(message)

    def _invites(self, message):
        """Whether an agent sends a notification to somebody outside, as to follow the case."""
        return (
            message.message_type == NOTIFICATION
            and any(message.partner_ids.mapped("partner_share"))
            and not message.author_id.partner_share
        )

    def _hides_agents(self):
        return bool(self.area_id) and not self.area_id.show_agent_name

    def _agent_who_wrote(self, message):
        """The user who wrote a message, if it is one of the staff.

        What a template says is of the company, and who sent it into the conversation created it.
        """
        author = message.author_id
        of_company = message.subtype_id and author == self.company_id.partner_id
        users = message.create_uid if of_company else author.user_ids
        return users.filtered(lambda one: not one.share and one.id != self._bot_id())[:1]

    def _is_read_outside(self, message):
        """Whether customers read a message: in the portal, or by a mail that has no subtype."""
        subtype = message.subtype_id
        sent = message.message_type == "email_outgoing"
        return not (message.is_internal or subtype.internal) and (bool(subtype) or sent)

    def _speaker(self):
        """The contact in whose name the area speaks where it does not show its agents."""
        return self.area_id.partner_id or self.company_id.partner_id

    def _speak_for(self, message, writer):
        speaker, area = self._speaker(), self._speaking(self.company_id).area_id
        address = area.alias_email or self.company_id.partner_id.email_normalized
        name = area._sender_name()
        if hidden := self._staff_among(mentioned_ids(message.body)):
            message.body = without_mentions(message.body, hidden, name)
        for field in ADDRESSED:
            message[field] = self._without_staff(message[field])
        message.flush_recordset()
        # Customers may read who created a message and its files: only the database writes it.
        self.env.cr.execute(
            SQL(
                """UPDATE mail_message SET author_id = %s, email_from = %s, create_uid = %s,
                    write_uid = %s, atencion_writer_id = %s WHERE id = %s""",
                *(speaker.id, formataddr((name, address)) if address else name),
                *(self._bot_id(), self._bot_id(), writer.id, message.id),
            )
        )
        message.invalidate_recordset()
        self._hide_uploader(message.attachment_ids, writer)
        self._message_log(
            body=self.env._("The message to the customer was written by %s.", writer.name),
            author_id=writer.partner_id.id,
        )

    def _hide_corrector(self, message):
        """Leave who corrected a message out of what customers may read of it."""
        message.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE mail_message SET write_uid = %s WHERE id = %s",
                *(self._bot_id(), message.id),
            )
        )
        message.invalidate_recordset(["write_uid"])
        self._hide_uploader(message.attachment_ids, message.atencion_writer_id)

    def _hide_uploader(self, files, writer):
        files = files.filtered(lambda file: file.create_uid == writer)
        if files:
            files.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "UPDATE ir_attachment SET create_uid = %s, write_uid = %s WHERE id IN %s",
                    *(self._bot_id(), self._bot_id(), files._ids),
                )
            )
            files.invalidate_recordset()

    def _bot_id(self):
        return self.env["ir.model.data"]._xmlid_to_res_id("base.user_root")

    def _staff_among(self, partner_ids):
        """Those of some contacts who are internal users.

        :rtype: set[int]
        """
        if not partner_ids:
            return set()
        users = self.env["res.users"].sudo().with_context(active_test=False)
        domain = Domain("partner_id", "in", list(partner_ids)) & Domain("share", "=", False)
        return set(users.search(domain).partner_id.ids)

    def _without_staff(self, text):
        """Addresses in a text, without those of internal users."""
        found = email_split_tuples(text or "")
        people = [self._people_at(email_normalize(address)) for _name, address in found]
        kept = [
            formataddr(pair)
            for pair, partners in zip(found, people, strict=True)
            if not self._internal_users_of(partners, self.browse())
        ]
        return text if len(kept) == len(found) else ", ".join(kept) or False

    # -------------------------------------------------------------------------
    # Ways on which Odoo shows an author
    # -------------------------------------------------------------------------

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Notify people of the message as it is now, and leave colleagues out of what is shown."""
        # sudo: the customer who posts may not read who wrote.
        written, hides = message.sudo(), len(self) == 1 and self.sudo()._hides_agents()
        if not written.atencion_writer_id:
            result = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
            if hides:
                self._hide_notified(written)
            return result
        shown = {name: written[name] for name in ("body", "email_from", *ADDRESSED)} | {
            "author_id": written.author_id.id
        }
        values = dict(msg_vals, **shown) if msg_vals else msg_vals
        result = super()._notify_thread(message, msg_vals=values, **kwargs)
        if not kwargs.get("scheduled_date"):
            staff = self._staff_among(written.partner_ids.ids)
            # Whom it reached is kept by the notifications.
            written.partner_ids = written.partner_ids.filtered(lambda one: one.id not in staff)
            self._hide_corrector(written)
        return result

    def _hide_notified(self, message):
        """Customers read the notifications of what they write, and of what they get.

        So these do not name an agent on the other side.
        """
        rows = message.notification_ids.filtered("author_id")
        crossing = rows.filtered(
            lambda one: one.author_id.partner_share != one.res_partner_id.partner_share
        )
        if crossing:
            crossing.author_id = False

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Whoever wrote the message does not get it, as with a message in their own name."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        # sudo: which user wrote it is decided by the system.
        writer = message.sudo().atencion_writer_id.partner_id
        if not writer or kwargs.get("notify_author"):
            return recipients
        return [one for one in recipients if one["id"] != writer.id]

    def _notify_thread_with_out_of_office(self, message, recipients_data, msg_vals=False, **kwargs):
        """No agent answers in their own name that they are out of office."""
        if len(self) == 1 and self.sudo()._hides_agents():
            return self.env["mail.message"]
        return super()._notify_thread_with_out_of_office(
            message, recipients_data, msg_vals=msg_vals, **kwargs
        )

    def _message_update_content(self, message, /, *, body, **kwargs):
        # sudo: Odoo's route has checked that the message is of the user.
        written = message.sudo()
        if not written.atencion_writer_id:
            return super()._message_update_content(message, body=body, **kwargs)
        if hidden := self._staff_among(mentioned_ids(body)):
            name = self.sudo()._speaking(self.company_id).area_id._sender_name()
            body = type(body)(without_mentions(body, hidden, name))
        result = super()._message_update_content(message, body=body, **kwargs)
        staff = self._staff_among(written.partner_ids.ids)
        written.partner_ids = written.partner_ids.filtered(lambda one: one.id not in staff)
        self._hide_corrector(written)
        return result

    def _message_get_suggested_recipients_batch(
        self,
        reply_discussion=False,
        reply_message=None,
        no_create=True,
        primary_email=False,
        additional_partners=None,
    ):
        """Whoever speaks for us is not proposed as a recipient of what we write."""
        suggested = super()._message_get_suggested_recipients_batch(
            reply_discussion=reply_discussion,
            reply_message=reply_message,
            no_create=no_create,
            primary_email=primary_email,
            additional_partners=additional_partners,
        )
        for case in self.sudo():
            ours = {case._speaker().id, case.company_id.partner_id.id}
            suggested[case.id] = [
                one for one in suggested[case.id] if one["partner_id"] not in ours
            ]
        return suggested

    def _rating_get_operator(self):
        """Customers rate the area, where it does not show its agents."""
        case = self.sudo()
        if case._hides_agents():
            return case._speaker()
        return super()._rating_get_operator()
