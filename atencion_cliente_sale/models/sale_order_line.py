from odoo import api, fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    atencion_unit_id = fields.Many2one(related="product_id.atencion_unit_id")

    @api.constrains("order_id", "product_id", "product_uom_qty")
    def _check_atencion_units(self):
        orders = self.filtered("atencion_unit_id").order_id
        orders._check_atencion_units()
        # The contract is read for whoever writes its order, whatever he may read.
        for order in orders.sudo().filtered(lambda order: order.state == "sale"):
            if order.atencion_unit_ids - order.atencion_contract_id.unit_ids:
                order._refuse_change_of_sale()

    def _update_line_quantity(self, values):
        for order in self.filtered("atencion_unit_id").order_id:
            order._refuse_change_of_sale()
        return super()._update_line_quantity(values)
