from odoo import fields, models

from ..models.base.public_method import public
from ..models.mail.received_mail import Resubmission


class AtencionIncomingMailFiling(models.TransientModel):
    """The dialog that asks in which area a mail becomes a case, which names none."""

    _name = "atencion.incoming.mail.filing"
    _description = "Create a case of a mail"
    _inherit = ["atencion.input", "atencion.dialog"]

    mail_id = fields.Many2one("atencion.incoming.mail", required=True, readonly=True)
    email_from = fields.Char(related="mail_id.email_from", related_sudo=False)
    text = fields.Text(related="mail_id.text", related_sudo=False)
    area_id = fields.Many2one(
        "atencion.area",
        "Service area",
        required=True,
        domain=[("alias_id.alias_name", "!=", False)],
    )

    @public(one=True)
    def action_file(self):
        """File the mail in the area, as an administrator."""
        self.check_access("write")
        self.mail_id._check_decision()
        address = self.area_id.alias_id.sudo().alias_full_name
        return self.mail_id._decided(Resubmission(self.mail_id.id, True, address))


class AtencionIncomingMailDismissal(models.TransientModel):
    """The dialog that asks why received mails are not filed."""

    _name = "atencion.incoming.mail.dismissal"
    _description = "Dismiss received mails"
    _inherit = ["atencion.input", "atencion.dialog"]

    mail_ids = fields.Many2many("atencion.incoming.mail", string="Mails", required=True)
    reason = fields.Text(required=True)

    @public(one=True)
    def action_dismiss(self):
        """Dismiss the mails, as an administrator."""
        self.check_access("write")
        self.mail_ids._dismiss(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
