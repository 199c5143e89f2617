from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.atencion_cliente.models.base.server_context import server_value
from odoo.addons.atencion_cliente.models.base.unique_in_words import unique_in_words


class AtencionOrderBuyer(models.Model):
    """One of several buyers of the units of an order, with their share of the contract."""

    _name = "atencion.order.buyer"
    _description = "Buyer of property units"
    _inherit = ["atencion.input", "atencion.readable.links"]
    _order = "order_id, sequence, id"
    _rec_name = "partner_id"

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    # No child contacts: Odoo copies the identity number of a child contact to its company.
    partner_id = fields.Many2one(
        "res.partner",
        string="Buyer",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("parent_id", "=", False)],
    )
    share = fields.Float("Share (%)", digits=(5, 2), required=True, default=100)

    _partner_unique = models.UniqueIndex(
        "(order_id, partner_id)", "A person is once among the buyers: add up their shares."
    )
    _share_range = models.Constraint(
        "CHECK (share > 0 AND share <= 100)", "The share of a buyer is above 0 %, up to 100 %."
    )

    @api.constrains("order_id", "partner_id", "share")
    def _check_order(self):
        self._refuse_change_of_sale()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sold(self):
        self._refuse_change_of_sale()

    @api.model_create_multi
    def create(self, vals_list):
        with unique_in_words(self, self._listed_twice_message):
            return super().create(vals_list)

    def write(self, vals):
        if "order_id" in vals:
            # They would leave a confirmed order.
            self._refuse_change_of_sale()
        with unique_in_words(self, self._listed_twice_message):
            result = super().write(vals)
            self.flush_recordset(vals.keys() & {"order_id", "partner_id"})
            return result

    def _listed_twice_message(self, _values):
        return self.env._("A person is listed twice among the buyers. Add up their shares.")

    def _refuse_change_of_sale(self):
        """Refuse a change of the buyers of a confirmed order: its contract has them.

        :raise UserError: names the order
        """
        # Contacts are merged: who buys remains the same person.
        if server_value(self.env, "atencion_holders"):
            return
        for order in self.order_id.filtered(lambda order: order.state == "sale"):
            order._refuse_change_of_sale()

    @api.constrains("partner_id")
    def _check_partner(self):
        for buyer in self.filtered("partner_id.parent_id"):
            raise ValidationError(
                self.env._(
                    "%(person)s is a contact of %(company)s. Choose the company, or a person who "
                    "is registered on their own.",
                    person=buyer.partner_id.name,
                    company=buyer.partner_id.parent_id.name,
                )
            )
