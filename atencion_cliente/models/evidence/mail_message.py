from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from ...tools.evidence import HARMLESS, OWN_TYPES, is_ours
from ..base.server_context import server_value

# Context key: the system logs which values of a record have changed.
TRACKING = "atencion_tracking"


class MailMessage(models.Model):
    """What was said in a record of ours stays as it was said.

    Odoo lets authors rewrite and empty their messages, and agents delete them. On a desk,
    messages from and to customers and the log are evidence: no user changes or deletes them,
    whatever their rights. The edition in the conversation goes another way and keeps the former
    text (see ``mail_thread.py``). Deleting a record deletes its messages as ever.

    And whoever writes one, writes it now and in their own name: Odoo lets the staff choose the
    author, the date and the type. The system itself (``sudo``), as the mail gateway, is free.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self.env.user._is_public():
            default = self.env.context.get("default_model")
            for vals in vals_list:
                if is_ours(vals.get("model", default)):
                    self._make_own(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and not HARMLESS.issuperset(vals):
            self._refuse_evidence()
            if is_ours(vals.get("model")):
                raise AccessError(
                    self.env._("A message stays where it was written. Write another one here.")
                )
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self._refuse_evidence()
        return super().unlink()

    @api.model
    def _make_own(self, vals):
        """Let a message of a record of ours be that of the user, written now.

        :param dict vals: of the message, changed in place
        :raise AccessError: it brings changes of values, which only the system logs
        """
        if vals.get("tracking_value_ids") and not server_value(self.env, TRACKING):
            raise AccessError(self.env._("Only the system logs which values have changed."))
        user = self.env.user
        vals["author_id"], vals["date"] = user.partner_id.id, fields.Datetime.now()
        vals.pop("author_guest_id", None)
        if not self._is_address_of_company(vals):
            vals["email_from"] = user.email_formatted
        if vals.get("message_type") not in OWN_TYPES:
            vals["message_type"] = "comment"

    @api.model
    def _is_address_of_company(self, vals):
        """Whether a message is sent from the address of the company, as by its templates."""
        sender = vals.get("email_from")
        if not sender or sender == self.env.user.email_formatted or not self.env.user._is_internal():
            return False
        # sudo: the message has the right to its record checked; a company may not be readable.
        record = self.env[vals["model"]].sudo().browse(vals.get("res_id") or ())
        company = record.company_id if "company_id" in record._fields else self.env.company
        address = email_normalize(company.sudo().email)
        return bool(address) and email_normalize(sender) == address

    def _refuse_evidence(self):
        """Refuse to change or delete messages of records of ours.

        :raise AccessError: says what to do instead
        """
        # sudo: whose message it is counts for users who may not read it, too.
        if any(is_ours(message.model) for message in self.sudo()):
            raise AccessError(
                self.env._(
                    "Messages and the log are kept as they are: they are neither deleted nor "
                    "rewritten. The author may correct the text with “Edit” in the conversation, "
                    "and the former text stays readable. Or write another message."
                )
            )
