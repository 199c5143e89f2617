from odoo import api, fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    atencion_unit_id = fields.Many2one(related="product_id.atencion_unit_id")

    @api.constrains("order_id", "product_id", "product_uom_qty")
    def _check_atencion_units(self):
        orders = self.filtered("atencion_unit_id").order_id
        if not orders:
            return
        orders._check_atencion_units()
        # sudo: the user may have no rights on contracts.
        for order in orders.sudo().filtered(lambda order: order.state == "sale"):
            if order.atencion_unit_ids - order.atencion_contract_id.unit_ids:
                order._refuse_change_of_sale()

    def write(self, vals):
        if not vals.keys().isdisjoint({"product_id", "order_id"}):
            self._refuse_to_unsell(vals)
        return super().write(vals)

    def _refuse_to_unsell(self, vals):
        """Refuse values that take a unit out of a confirmed order.

        :raise UserError: a line would lose its unit
        """
        # sudo: the user may have no rights on units.
        sold = self.sudo().filtered(
            lambda line: line.state == "sale" and line.atencion_unit_id and line.product_uom_qty
        )
        for line in sold:
            product = line.product_id.browse(vals.get("product_id", line.product_id.id))
            stays = (
                product.atencion_unit_id == line.atencion_unit_id
                and vals.get("order_id", line.order_id.id) == line.order_id.id
            )
            if not stays:
                line.order_id._refuse_change_of_sale()

    def _update_line_quantity(self, values):
        for order in self.filtered("atencion_unit_id").order_id:
            order._refuse_change_of_sale()
        return super()._update_line_quantity(values)
