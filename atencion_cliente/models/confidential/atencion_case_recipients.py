from odoo import models


class AtencionCaseRecipients(models.Model):
    """Nobody who may not know of a case is sent a message of it.

    Followers, people who are mentioned or addressed, whoever Odoo notifies by itself:
    all of them pass ``_notify_get_recipients``.
    """

    _inherit = "atencion.case"

    def _message_followers_to_store(self, *args, **kwargs):
        """Odoo names the followers of any record to any user; here, to who may read it."""
        self.check_access("read")
        return super()._message_followers_to_store(*args, **kwargs)

    def _message_create(self, values_list):
        """Create messages without the recipients who may not know, and log that."""
        kept, left_out = [], {}
        for values in values_list:
            case = self.browse(values.get("res_id") or ()).sudo()
            if case.is_confidential and values.get("partner_ids"):
                partners = self.env["res.partner"].sudo().browse(values["partner_ids"])
                reached = case._may_be_written_to(partners, self._is_internal(values))
                if partners - reached:
                    left_out[case] = partners - reached
                    values = values | {"partner_ids": reached.ids}
            kept.append(values)
        messages = super()._message_create(kept)
        for case, partners in left_out.items():
            case._log_left_out(partners)
        return messages

    def _message_mail_after_hook(self, mails):
        """The same of the mails that somebody writes on many cases at once."""
        result = super()._message_mail_after_hook(mails)
        for mail in mails.sudo():
            case = self.browse(mail.res_id or ()).sudo()
            if case.is_confidential:
                reached = case._may_be_written_to(mail.recipient_ids, mail.is_internal)
                if mail.recipient_ids - reached:
                    case._log_left_out(mail.recipient_ids - reached)
                    case._take_from_mail(mail, reached)
        return result

    @staticmethod
    def _take_from_mail(mail, reached):
        """Leave a mail that waits to those whom it may reach; without any, cancel it."""
        mail.recipient_ids = reached
        if not reached and not mail.email_to:
            mail.cancel()

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        case = self.sudo()
        if not recipients or not case.is_confidential:
            return recipients
        values = msg_vals or {}
        sudo_message = message.sudo()
        told = case.env["res.partner"].browse(one["id"] for one in recipients if one["id"])
        addressed = values.get("partner_ids") or sudo_message.partner_ids.ids
        internal = self._is_internal(
            {
                "is_internal": values.get("is_internal", sudo_message.is_internal),
                "subtype_id": values.get("subtype_id", sudo_message.subtype_id.id),
            }
        )
        reached = case._who_may_know(told, internal)[case.id]
        reached |= case._may_be_written_to(told & told.browse(addressed), internal)
        # Those without an id are addresses that somebody typed.
        return [one for one in recipients if not one["id"] or one["id"] in reached.ids]

    def _is_internal(self, values):
        """Whether a message is among the staff: a note, a notice."""
        subtype = self.env["mail.message.subtype"].browse(values.get("subtype_id") or ())
        return bool(values.get("is_internal") or not subtype or subtype.sudo().internal)

    def _log_left_out(self, partners):
        self._message_log(
            body=self.env._(
                "Not told, because the case is confidential: %s. Only its assignee, its legal "
                "adviser and supervisors read it, and its requester and its holder what is "
                "written to them.",
                ", ".join(partners.mapped("name")),
            )
        )
