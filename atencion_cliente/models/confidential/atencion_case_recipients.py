from odoo import models


class AtencionCaseRecipients(models.Model):
    """Messages of a case are sent only to people who may know of it.

    ``_notify_get_recipients`` sees all recipients: followers, people who are mentioned or
    addressed, and those whom Odoo notifies by itself.
    """

    _inherit = "atencion.case"

    def _message_followers_to_store(self, *args, **kwargs):
        """Show the followers only to users who may read the case; Odoo checks nothing."""
        self.check_access("read")
        return super()._message_followers_to_store(*args, **kwargs)

    def _message_create(self, values_list):
        """Create messages without the recipients who may not know of the case; log their names."""
        allowed_values, left_out = [], {}
        for values in values_list:
            case = self.browse(values.get("res_id") or ()).sudo()
            if case.is_confidential and values.get("partner_ids"):
                partners = self.env["res.partner"].sudo().browse(values["partner_ids"])
                allowed = case._allowed_recipients(partners, self._is_internal(values))
                if partners - allowed:
                    left_out[case] = partners - allowed
                    values = values | {"partner_ids": allowed.ids}
            allowed_values.append(values)
        messages = super()._message_create(allowed_values)
        for case, partners in left_out.items():
            case._log_left_out(partners)
        return messages

    def _message_mail_after_hook(self, mails):
        """The same for mails that a user writes on many cases at once."""
        result = super()._message_mail_after_hook(mails)
        for mail in mails.sudo():
            case = self.browse(mail.res_id or ()).sudo()
            if case.is_confidential:
                allowed = case._allowed_recipients(mail.recipient_ids, mail.is_internal)
                if mail.recipient_ids - allowed:
                    case._log_left_out(mail.recipient_ids - allowed)
                    case._limit_mail_to(mail, allowed)
        return result

    @staticmethod
    def _limit_mail_to(mail, allowed):
        """Limit a waiting mail to allowed recipients; cancel it if none is left."""
        mail.recipient_ids = allowed
        if not allowed and not mail.email_to:
            mail.cancel()

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        case = self.sudo()
        if not recipients or not case.is_confidential:
            return recipients
        values = msg_vals or {}
        sudo_message = message.sudo()
        partners = case.env["res.partner"].browse(one["id"] for one in recipients if one["id"])
        addressed = values.get("partner_ids") or sudo_message.partner_ids.ids
        internal = self._is_internal(
            {
                "is_internal": values.get("is_internal", sudo_message.is_internal),
                "subtype_id": values.get("subtype_id", sudo_message.subtype_id.id),
            }
        )
        allowed = case._who_may_know(partners, internal)[case.id]
        allowed |= case._allowed_recipients(partners & partners.browse(addressed), internal)
        # Recipients without an id are typed addresses.
        return [one for one in recipients if not one["id"] or one["id"] in allowed.ids]

    def _is_internal(self, values):
        """Whether a message is internal: a note, or a notice."""
        subtype = self.env["mail.message.subtype"].browse(values.get("subtype_id") or ())
        return bool(values.get("is_internal") or not subtype or subtype.sudo().internal)

    def _log_left_out(self, partners):
        self._message_log(
            body=self.env._(
                "Not notified, because the case is confidential: %s. Only its assignee, its legal "
                "adviser and supervisors read it, and its requester and its holder what is "
                "written to them.",
                ", ".join(partners.mapped("name")),
            )
        )
