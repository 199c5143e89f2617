from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["atencion.readable.links", "product.template"]
    _checked_links = frozenset({"atencion_unit_id"})

    atencion_unit_id = fields.Many2one(
        "atencion.unit",
        string="Property unit",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        domain="[('company_id', '=?', company_id)]",
        help="The unit that this product sells. Confirming its order makes the contract.",
    )

    _atencion_unit_unique = models.UniqueIndex(
        "(atencion_unit_id) WHERE atencion_unit_id IS NOT NULL",
        "Another product, perhaps an archived one, sells this unit.",
    )

    def write(self, vals):
        if "atencion_unit_id" in vals:
            self._refuse_another_unit(vals["atencion_unit_id"])
        return super().write(vals)

    def _refuse_another_unit(self, unit_id):
        """Refuse to change the unit of products that confirmed orders have sold.

        :raise UserError: a confirmed order has sold one of the products
        """
        changed = self.filtered(lambda product: product.atencion_unit_id.id != (unit_id or False))
        sold = changed.filtered("atencion_unit_id")
        if not sold:
            return
        # sudo: orders of other salespeople count, too.
        line = (
            self.env["sale.order.line"]
            .sudo()
            .search(
                [("product_id.product_tmpl_id", "in", sold.ids), ("state", "=", "sale")],
                limit=1,
            )
        )
        if line:
            raise UserError(
                self.env._(
                    "Order %(order)s has sold %(product)s. Create another product for the "
                    "other unit, or cancel the order first.",
                    order=line.order_id.name,
                    product=line.product_id.display_name,
                )
            )

    @api.constrains("atencion_unit_id", "company_id")
    def _check_atencion_unit_company(self):
        # sudo: salespeople may have no rights on units.
        for product in self.sudo().filtered(lambda p: p.atencion_unit_id and p.company_id):
            unit = product.atencion_unit_id
            if unit.company_id != product.company_id:
                raise ValidationError(
                    self.env._(
                        "Product %(product)s: unit %(unit)s is of %(company)s. Choose a unit "
                        "of the product's company, or change the company of the product.",
                        product=product.name,
                        unit=unit.display_name,
                        company=unit.company_id.name,
                    )
                )
