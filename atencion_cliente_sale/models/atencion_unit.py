from odoo import fields, models

from odoo.addons.atencion_cliente.models.base.public_method import public


class AtencionUnit(models.Model):
    _inherit = "atencion.unit"

    # At most one, including archived products.
    product_tmpl_ids = fields.One2many(
        "product.template",
        "atencion_unit_id",
        string="Products",
        context={"active_test": False},
    )

    @public()
    def action_create_products(self):
        """Create a product for each unit without one, and open the products of all units.

        :raise AccessError: the user may not read the units, or not create products
        """
        self.check_access("read")
        without = self.filtered(lambda unit: not unit.product_tmpl_ids)
        self.env["product.template"].create([unit._prepare_product_values() for unit in without])
        return self.action_open_products()

    @public()
    def action_open_products(self):
        return self.product_tmpl_ids._get_records_action(name=self.env._("Products"))

    def _prepare_product_values(self):
        """The values of the product that sells the unit; its price is entered in the order."""
        self.ensure_one()
        return {
            "name": f"{self.name} · {self.project_id.name}",
            "default_code": self.code,
            "atencion_unit_id": self.id,
            "company_id": self.company_id.id,
            "type": "service",
            "sale_ok": True,
            "purchase_ok": False,
            "list_price": 0,
        }
