from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.atencion_cliente.tools import holding

# States of an order that is being made.
MADE = ("draft", "sent")


class SaleOrderBuyers(models.Model):
    """The buyers of the units of an order: the customer, or several people with their shares."""

    _inherit = "sale.order"

    atencion_buyer_ids = fields.One2many(
        "atencion.order.buyer",
        "order_id",
        string="Buyers",
        copy=True,
        groups="sales_team.group_sale_salesman",
        help="Who holds the contract, and with which share. Empty: the customer alone.",
    )

    atencion_may_sell_units = fields.Boolean(
        "May sell property units",
        compute="_compute_atencion_may_sell_units",
        help="It sells units, or it is being made in a company that sells them.",
    )

    @api.depends("atencion_unit_ids", "company_id", "state")
    def _compute_atencion_may_sell_units(self):
        # sudo: salespeople may have no rights on units; they learn that there are some.
        products = self.env["product.template"].sudo()
        sells = {
            company: bool(
                products.search_count([("atencion_unit_id.company_id", "=", company.id)], limit=1)
            )
            for company in self.filtered(lambda order: order.state in MADE).company_id
        }
        for order in self:
            order.atencion_may_sell_units = bool(order.atencion_unit_ids) or (
                order.state in MADE and sells.get(order.company_id, False)
            )

    def _contract_holder(self):
        """The customer as a holder: their topmost company, or the customer."""
        partner = self.partner_id.commercial_partner_id
        while partner.parent_id:
            partner = partner.parent_id
        return partner

    def _contract_shares(self):
        """The share in percent of each holder of the contract, in their order.

        :rtype: dict[models.Model, float]
        """
        self.ensure_one()
        buyers = {buyer.partner_id: buyer.share for buyer in self.atencion_buyer_ids}
        return buyers or {self._contract_holder(): 100}

    def _prepare_contract_holders(self, day):
        """The commands that create the holders of the contract from a day on."""
        return [
            Command.create(
                {
                    "partner_id": partner.id,
                    "share": share,
                    "date_from": day,
                    "sequence": 10 * place,
                }
            )
            for place, (partner, share) in enumerate(self._contract_shares().items(), start=1)
        ]

    def _check_atencion_buyers(self):
        """Check that the buyers of each order hold all of it, and that the customer is one.

        :raise UserError: names the order, and says what to correct
        """
        for order in self.filtered("atencion_buyer_ids"):
            shares = order._contract_shares()
            total = sum(shares.values())
            if not holding.is_whole(total):
                raise UserError(
                    self.env._(
                        "Order %(order)s: the shares of its buyers add up to %(total)s %%. "
                        "Complete them to 100 %%.",
                        order=order.name,
                        total=f"{total:g}",
                    )
                )
            if order._contract_holder() not in shares:
                raise UserError(
                    self.env._(
                        "Order %(order)s: its customer, %(customer)s, is not among its buyers. "
                        "Add them, or choose one of the buyers as the customer.",
                        order=order.name,
                        customer=order._contract_holder().display_name,
                    )
                )
