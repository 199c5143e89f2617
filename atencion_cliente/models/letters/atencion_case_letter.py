from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import audience
from ..base.public_method import public


class AtencionCaseLetter(models.Model):
    """What letters and e-mails that an agent writes say of a case."""

    _inherit = "atencion.case"

    # For the templates, which have no loops: each is one value, in the letter's language.
    letter_date = fields.Char(
        "Today, in words",
        compute="_compute_letter_date",
        groups="base.group_user",
        exportable=False,
    )
    letter_property = fields.Char(
        "Unit, block and project",
        compute="_compute_letter_property",
        groups="base.group_user",
        exportable=False,
    )
    letter_holders = fields.Char(
        "Holders of the contract",
        compute="_compute_letter_holders",
        groups="base.group_user",
        exportable=False,
    )
    letter_identity = fields.Char(
        "Addressee's identity number",
        compute="_compute_letter_identity",
        groups="base.group_user",
        exportable=False,
    )
    letter_missing_documents = fields.Html(
        "List of missing documents",
        compute="_compute_letter_missing_documents",
        groups="base.group_user",
        exportable=False,
    )

    @api.depends_context("lang")
    @api.depends("company_id")
    def _compute_letter_date(self):
        for case in self:
            today = case.company_id._today()
            case.letter_date = format_date(self.env, today, date_format="long")

    @api.depends("unit_id", "block_id", "project_id")
    def _compute_letter_property(self):
        for case in self:
            places = (case.unit_id.display_name, case.block_id.name, case.project_id.name)
            case.letter_property = ", ".join(filter(None, places))

    @api.depends_context("lang")
    @api.depends("contract_id.holder_ids.share", "contract_id.holder_ids.is_current")
    def _compute_letter_holders(self):
        for case in self:
            holders = case.contract_id.holder_ids.filtered("is_current")
            case.letter_holders = holders._as_text()

    @api.depends("requester_id.vat", "requester_identity", "partner_id.vat")
    def _compute_letter_identity(self):
        for case in self:
            partner = case.requester_id or case.partner_id
            typed = case.requester_firstname or case.requester_lastname
            number = case.requester_identity if typed else partner.vat
            case.letter_identity = number if number != "/" else False

    @api.depends_context("lang")
    @api.depends("document_ids.state", "document_ids.reason", "document_ids.due_date")
    def _compute_letter_missing_documents(self):
        for case in self:
            case.letter_missing_documents = case._awaited_list()

    # -------------------------------------------------------------------------
    # Buttons
    # -------------------------------------------------------------------------

    @public(one=True)
    def action_generate_document(self):
        """Choose a template for a letter of the case."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Generate document"),
            "res_model": "atencion.document.generate",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_id": self.id, "dialog_size": "extra-large"},
        }

    @public(one=True)
    def action_send_email(self):
        """Write an e-mail to who asked, registered or not."""
        self.check_access("write")
        return self._open_composer("atencion_cliente.mail_template_case_message")

    def _open_composer(self, template, attachments=None):
        """Odoo's composer, addressed to who asked and in his language.

        He who is not registered is written to at the address that he gave, without
        making a partner of him. The holder, if he has another address, may be added.

        :param str template: XML id of the mail template
        """
        addresses = self._customer_addresses()[self.id]
        to_requester = addresses.get(audience.REQUESTER)
        partner = self._requesting_partner()
        registered = partner if partner.email_normalized == to_requester else partner[:0]
        holder = self.partner_id if audience.HOLDER in addresses else self.partner_id[:0]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("E-mail to the customer"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": self.env.ref(template).id,
                "default_partner_ids": registered.ids,
                "default_atencion_email_to": "" if registered else to_requester,
                "default_atencion_holder_id": holder.id,
                "default_attachment_ids": (attachments or self.env["ir.attachment"]).ids,
                "atencion_addressed": True,
                # Odoo's own: the addressee may be one who is no partner.
                "clicked_on_full_composer": True,
            },
        }

    def _fitting_templates(self):
        """The document templates for the type, form and company of the case."""
        self.ensure_one()
        templates = self.env["atencion.document.template"]
        return templates.search(
            Domain("company_id", "in", [False, self.company_id.id])
            & Domain("form", "in", [False, self.form])
            & (Domain("type_ids", "=", False) | Domain("type_ids", "in", self.type_id.ids))
        )
