from markupsafe import Markup

from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools.evidence import is_emptied, is_ours, quoted
from ..base.moment_text import moment_text
from ..base.server_context import with_server_value
from .mail_message_origin import TRACKING


class MailThread(models.AbstractModel):
    """A message of a record of ours may be corrected, and its former text stays readable.

    This is behind “Edit” and “Delete” of the conversation, of users and of customers.
    """

    _inherit = "mail.thread"

    def _message_track(self, fields_iter, initial_values_dict):
        if is_ours(self._name):
            self = with_server_value(self, TRACKING, True)
        return super()._message_track(fields_iter, initial_values_dict)

    def _notify_thread_with_out_of_office(self, message, recipients_data, msg_vals=False, **kwargs):
        # sudo: the answer is in the name of who is out of office.
        thread = self.sudo() if is_ours(self._name) else self
        return super(MailThread, thread)._notify_thread_with_out_of_office(
            message, recipients_data, msg_vals=msg_vals, **kwargs
        )

    def _message_update_content(
        self, message, /, *, body, attachment_ids=None, partner_ids=None, strict=True, **kwargs
    ):
        ours = is_ours(self._name)
        if ours:
            if not (self.env.su or message.is_current_user_or_guest_author):
                raise AccessError(self.env._("Only the author corrects a message."))
            self._refuse_loss_of(message, body, attachment_ids)
            # sudo: Odoo's route has checked that the message is of the user.
            former, files = message.sudo().body, message.sudo().attachment_ids
            attachment_ids = attachment_ids or None
            if partner_ids is not None:
                # Who was addressed stays so; a correction may mention more people.
                partner_ids = [*{*map(int, partner_ids), *message.sudo().partner_ids.ids}]
        result = super()._message_update_content(
            message,
            body=body,
            attachment_ids=attachment_ids,
            partner_ids=partner_ids,
            strict=strict,
            **kwargs,
        )
        if ours:
            self._log_correction(message.sudo(), former, files)
        return result

    def _refuse_loss_of(self, message, body, attachment_ids):
        """Refuse a correction that leaves no text where there was some, or takes files away.

        :param body: the new text; None leaves the text
        :param attachment_ids: the ids of files that are added; None leaves the files
        :raise UserError: says what to do instead
        """
        message = message.sudo()
        if body is not None and is_emptied(message.body, body):
            raise UserError(
                self.env._(
                    "A message is not emptied or deleted: it is part of the record. Correct its "
                    "text with “Edit”, and the former text stays readable."
                )
            )
        # Odoo adds the files of a list, and takes all away by an empty one.
        if attachment_ids is not None and not attachment_ids and message.attachment_ids:
            raise UserError(
                self.env._("The files of a message stay with it. Attach the right one as well.")
            )

    def _log_correction(self, message, former, files):
        """Log what a message said before it was corrected, and which files were added.

        :param message: in ``sudo``, after the correction
        :param former: its text before
        :param files: its files before
        """
        lines = []
        # Not only the text: a style can hide it or strike it through.
        if (former or "") != (message.body or ""):
            said = moment_text(self.env, message.date)
            text = self.env._("Message of %s corrected. It said:", said)
            lines.append(Markup("<p>%s</p>%s") % (text, quoted(former)))
        added = message.attachment_ids - files
        if added:
            names = ", ".join(added.mapped("name"))
            lines.append(Markup("<p>%s</p>") % self.env._("Files added to the message: %s.", names))
        if lines:
            # Without a login, it is the author who corrects: Odoo's route has checked it.
            public = self.env.user._is_public()
            author = message.author_id if public else self.env.user.partner_id
            # sudo: customers may not write the log.
            self.sudo()._message_log(body=Markup().join(lines), author_id=author.id)
