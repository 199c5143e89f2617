from odoo import fields, models


class AtencionContractHolderChangeLine(models.TransientModel):
    _name = "atencion.contract.holder.change.line"
    _description = "Holder after a change"
    _inherit = ["atencion.input", "atencion.dialog"]
    _order = "sequence, id"

    change_id = fields.Many2one(
        "atencion.contract.holder.change", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner",
        string="Holder",
        required=True,
        domain=[("parent_id", "=", False)],
        ondelete="cascade",
    )
    share = fields.Float("Share (%)", digits=(5, 2), default=100)
