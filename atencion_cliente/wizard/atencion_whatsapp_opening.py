from odoo import api, fields, models

from ..models.base.public_method import public
from ..tools import audience


class AtencionWhatsappOpening(models.TransientModel):
    """The dialog in which an agent chooses what a chat with the customer begins with."""

    _name = "atencion.whatsapp.opening"
    _description = "Write by WhatsApp"
    _inherit = ["atencion.input", "atencion.dialog"]

    case_id = fields.Many2one("atencion.case", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", related_sudo=False)
    addressee = fields.Selection(
        [(audience.REQUESTER, "Requester"), (audience.HOLDER, "Holder")],
        "To",
        required=True,
        default=audience.REQUESTER,
    )
    text_id = fields.Many2one(
        "atencion.whatsapp.text",
        string="Template",
        domain="[('company_id', 'in', (False, company_id))]",
        ondelete="set null",
    )
    body = fields.Text(
        "Text",
        required=True,
        compute="_compute_body",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        help="The address of the case opens it without a login once the chat is open.",
    )

    @api.depends("case_id", "addressee", "text_id")
    def _compute_body(self):
        for opening in self:
            case = opening.case_id
            opening.body = case and case._chat_text(opening.text_id, opening.addressee)

    @public(one=True)
    def action_open(self):
        """Open the chat in a window of its own."""
        return {
            "type": "ir.actions.act_url",
            "url": self.case_id._open_chat(self.addressee, self.body),
            "target": "new",
            "close": True,
        }
