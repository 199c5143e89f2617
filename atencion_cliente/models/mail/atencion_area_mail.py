from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.addresses import addresses, not_writable
from ...tools.bounds import MAX_DAYS
from ...tools.mail_sender import sender_name


class AtencionAreaMail(models.Model):
    """How an area receives mail and writes to customers."""

    _name = "atencion.area"
    _inherit = ["atencion.area", "atencion.bounds", "mail.alias.mixin.optional"]
    _max_values = {"reopen_days": MAX_DAYS}

    mail_type_id = fields.Many2one(
        "atencion.case.type",
        "Type of cases by mail",
        domain=[("form", "!=", "claim")],
        check_company=True,
        help="The type of the cases that mails to the address of the area make.",
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
        help="What an answer of the customer does to a case that is closed. Who only thanks "
        "reopens nothing.",
        tracking=True,
    )
    reopen_days = fields.Integer(
        "Days to reopen",
        default=30,
        help="Days after the closing. Later answers make a new case, linked to the closed one.",
        tracking=True,
    )
    show_agent_name = fields.Boolean(
        "Show the agent's name",
        default=True,
        help="Off: customers read the messages of the area under the name of its sender. Who "
        "wrote them stays known inside.",
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Sender of messages",
        domain=[("user_ids", "=", False)],
        check_company=True,
        ondelete="restrict",
        help="The contact in whose name the area writes to customers: the company, or a contact "
        "with the name of the area. It needs no e-mail.",
        tracking=True,
    )
    mail_signature = fields.Html(
        "Signature",
        translate=True,
        help="Stands below what the agents write to customers. Empty: the signature of each agent.",
    )
    mail_server_id = fields.Many2one(
        "ir.mail_server",
        "Outgoing mail server",
        domain=[("owner_user_id", "=", False)],
        ondelete="restrict",
        # Odoo copies no record with a value that the user may not read.
        copy=False,
        groups="base.group_system",
        help="Empty: Odoo chooses the server by the address of the area.",
        tracking=True,
    )
    mail_server_warning = fields.Char(
        "About the server", compute="_compute_mail_server_warning", groups="base.group_system"
    )
    form_senders = fields.Text(
        "Senders of web forms",
        help="Addresses from which a form of a web page or a portal of properties writes to the "
        "area, one per line. Of their mails, the customer is who stands in “Reply to”.",
        tracking=True,
    )

    @api.depends("mail_server_id.from_filter", "company_id.alias_domain_id.name", "alias_name")
    def _compute_mail_server_warning(self):
        for area in self:
            server, address = area.mail_server_id, area.alias_email
            fits = not address or server._match_from_filter(address, server.from_filter)
            area.mail_server_warning = not fits and self.env._(
                "The server “%(server)s” is for %(filter)s, and the area writes as %(address)s: "
                "the server may refuse its mails. Choose another server, or add the address to "
                "its filter.",
                server=server.name,
                filter=server.from_filter,
                address=address,
            )

    @api.onchange("show_agent_name")
    def _onchange_show_agent_name(self):
        if not self.show_agent_name and not self.partner_id:
            self.partner_id = self.company_id.partner_id

    # -------------------------------------------------------------------------
    # Checks
    # -------------------------------------------------------------------------

    @api.constrains("reopen_days")
    def _check_reopen_days(self):
        if any(area.reopen_days < 1 for area in self):
            raise ValidationError(self.env._("A case is reopened within one day at least."))

    @api.constrains("mail_type_id", "company_id")
    def _check_mail_type(self):
        for area in self:
            case_type = area.mail_type_id
            if case_type.form == "claim":
                raise ValidationError(
                    self.env._(
                        "“%(type)s” is a type of claims, and no claim is filed by a mail alone. "
                        "Choose another type for the mails to the area “%(area)s”.",
                        type=case_type.display_name,
                        area=area.display_name,
                    )
                )
            if case_type.company_id and case_type.company_id != area.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(type)s” is a type of another company. Choose one of %(company)s for "
                        "the mails to the area “%(area)s”.",
                        type=case_type.display_name,
                        company=area.company_id.name,
                        area=area.display_name,
                    )
                )

    @api.constrains("show_agent_name", "partner_id")
    def _check_sender(self):
        for area in self:
            # sudo: whether a contact is a user is no secret.
            sender = area.partner_id.sudo().with_context(active_test=False)
            if not area.show_agent_name and not sender:
                raise ValidationError(
                    self.env._(
                        "The area “%s” does not show the names of its agents: choose the sender "
                        "of its messages.",
                        area.display_name,
                    )
                )
            if sender.user_ids:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a user, who would seem to have written all messages of "
                        "the area “%(area)s”. Choose the company, or create a contact with the "
                        "name of the area.",
                        contact=sender.name,
                        area=area.display_name,
                    )
                )

    @api.constrains("mail_server_id")
    def _check_mail_server(self):
        # sudo: whoever changes other values of the area may not read its server.
        for area in self.sudo().filtered("mail_server_id.owner_user_id"):
            raise ValidationError(
                self.env._(
                    "“%(server)s” is the personal server of %(user)s. Choose another one.",
                    server=area.mail_server_id.name,
                    user=area.mail_server_id.owner_user_id.name,
                )
            )

    @api.constrains("form_senders")
    def _check_form_senders(self):
        for area in self:
            refused = not_writable(area.form_senders)
            if refused:
                raise ValidationError(
                    self.env._(
                        "Senders of web forms: “%s” is no e-mail address. Write one address per "
                        "line.",
                        refused[0][:60],
                    )
                )

    def _form_sender_addresses(self):
        """The addresses of web forms that write to the area, in lower case.

        :rtype: list[str]
        """
        self.ensure_one()
        return addresses(self.form_senders)

    def _sender_name(self):
        """Who mails of the area are from, if no person is: the contact of the area, or its name.

        :rtype: str
        """
        return sender_name(self.partner_id.name) or sender_name(self.company_id.name, self.name)
