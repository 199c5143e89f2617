from odoo import fields, models

from ...tools.mail_sender import sender_name


class AtencionAreaMail(models.Model):
    """The address of an area, and how it writes to customers."""

    _name = "atencion.area"
    _inherit = ["atencion.area", "mail.alias.mixin.optional"]

    mail_type_id = fields.Many2one(
        "atencion.case.type",
        "Type of cases by mail",
        domain=[("form", "!=", "claim")],
        check_company=True,
        tracking=True,
    )
    reopen_policy = fields.Selection(
        [
            ("always", "Always reopen the case"),
            ("days", "Reopen it within some days"),
            ("never", "Never: make a new case"),
        ],
        "Answers to closed cases",
        required=True,
        default="always",
        tracking=True,
    )
    reopen_days = fields.Integer("Days to reopen", default=30, tracking=True)
    show_agent_name = fields.Boolean(default=True, tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Sender of messages",
        help="Author of what the customer reads if the agents' names are not shown.",
        check_company=True,
        tracking=True,
    )
    mail_server_id = fields.Many2one("ir.mail_server", "Outgoing mail server", tracking=True)
    form_senders = fields.Text(
        help="Addresses of web forms, one per line: the customer is who stands in Reply-To.",
        tracking=True,
    )
    mail_signature = fields.Html(
        "Signature of mails",
        help="Stands below what the agents write to customers. Empty: the signature of each "
        "agent.",
        translate=True,
    )

    def _sender_name(self):
        """Who mails of the area are from, if no person is: the contact of the area, or its name.

        :rtype: str
        """
        return sender_name(self.partner_id.name) or sender_name(self.company_id.name, self.name)
