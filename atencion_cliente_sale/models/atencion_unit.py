from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.atencion_cliente.models.base.public_method import public


class AtencionUnit(models.Model):
    _inherit = "atencion.unit"

    # At most one: a product that was archived is still the unit's.
    product_tmpl_ids = fields.One2many(
        "product.template",
        "atencion_unit_id",
        string="Products",
        context={"active_test": False},
    )

    @public()
    def action_create_products(self):
        """Make the units that are no product yet one, and open the products of all.

        The rights on products are those of the user.
        """
        self.check_access("read")
        without = self.filtered(lambda unit: not unit.product_tmpl_ids)
        self.env["product.template"].create([unit._prepare_product_values() for unit in without])
        return self.action_open_products()

    @public()
    def action_open_products(self):
        return self.product_tmpl_ids._get_records_action(name=self.env._("Products"))

    def _prepare_product_values(self):
        """A unit is sold once and not bought; its price is left to whoever sells it."""
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

    def _lock_for_sale(self):
        """Let one confirmation at a time sell a unit.

        The row is written and not only locked: whoever waited for it and had read the
        contracts before is then sent back by PostgreSQL, and tried anew by Odoo.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE atencion_unit SET write_date = write_date WHERE id = ANY(%s)", self.ids)
        )
