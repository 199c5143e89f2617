from odoo import api, fields, models


class SaleMassCancelOrders(models.TransientModel):
    """Shows what happens to the contracts before the orders are cancelled."""

    _inherit = "sale.mass.cancel.orders"

    atencion_consequences = fields.Text(
        "What becomes of their contracts", compute="_compute_atencion_consequences"
    )

    @api.depends("sale_order_ids")
    def _compute_atencion_consequences(self):
        for wizard in self:
            texts = wizard.sale_order_ids._origin._consequences_of_cancelling()
            wizard.atencion_consequences = "\n".join(texts.values())
