from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.atencion_cliente.models.base.public_method import public
from odoo.addons.atencion_cliente.models.property.atencion_contract_holding import SIGNED


class AtencionContract(models.Model):
    _inherit = "atencion.contract"

    sale_order_ids = fields.One2many(
        "sale.order",
        "atencion_contract_id",
        string="Orders",
        groups="sales_team.group_sale_salesman",
    )
    sale_order_count = fields.Integer(
        "Order count",
        compute="_compute_sale_order_count",
        groups="sales_team.group_sale_salesman",
    )
    salesperson_id = fields.Many2one(
        "res.users",
        compute="_compute_salesperson_id",
        store=True,
        index="btree_not_null",
        help="Of the order that was confirmed last.",
    )
    origin_order_id = fields.Many2one(
        "sale.order",
        string="Created by order",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    ended_with_order = fields.Boolean(
        "Terminated with its order",
        readonly=True,
        copy=False,
        help="Confirming the order again puts the contract in force again.",
    )

    def _compute_sale_order_count(self):
        counts = dict(
            self.env["sale.order"]._read_group(
                [("atencion_contract_id", "in", self.ids)],
                ["atencion_contract_id"],
                ["__count"],
            )
        )
        for contract in self:
            contract.sale_order_count = counts.get(contract, 0)

    @api.depends("sale_order_ids.state", "sale_order_ids.user_id", "sale_order_ids.date_order")
    def _compute_salesperson_id(self):
        for contract in self:
            orders = contract._confirmed_orders()
            contract.salesperson_id = orders.sorted("date_order")[-1:].user_id

    def write(self, vals):
        # A contract that a user terminates by hand stays so when its order is confirmed again.
        if "state" in vals:
            vals = {"ended_with_order": False} | vals
        return super().write(vals)

    @public(one=True)
    def action_open_sale_orders(self):
        return self.sale_order_ids._get_records_action(name=self.env._("Orders"))

    def _confirmed_orders(self):
        return self.sale_order_ids.filtered(lambda order: order.state == "sale")

    # -------------------------------------------------------------------------
    # An order is confirmed
    # -------------------------------------------------------------------------

    def _is_sale_of(self, order):
        """Whether it is in force, held by the customer, and has exactly the units of the order."""
        return (
            self.state != "terminated"
            and self.unit_ids == order.atencion_unit_ids
            and order._contract_holder() in self._holders_on().partner_id
        )

    def _refuse_sale(self, order):
        """Refuse an order that this contract cannot belong to.

        :raise UserError: the contract is terminated or archived, the customer does not
            hold it, or the units do not fit
        """
        names = {"order": order.name, "contract": self.name}
        if not self.active or (self.state == "terminated" and not self.ended_with_order):
            raise UserError(
                self.env._(
                    "Order %(order)s: contract %(contract)s is terminated or archived. Choose "
                    "another contract, or write another contract number.",
                    **names,
                )
            )
        holders = self._holders_on().partner_id
        is_other = holders and order._contract_holder() not in holders
        if is_other and not self._comes_back_with(order):
            raise UserError(
                self.env._(
                    "Order %(order)s: contract %(contract)s is not held by %(customer)s. "
                    "Choose a contract of the customer, or correct the holders of this one.",
                    customer=order._contract_holder().display_name,
                    **names,
                )
            )
        self._refuse_units(order)

    def _comes_back_with(self, order):
        """Whether it was terminated with this order, which alone it comes from."""
        return (
            self.state == "terminated"
            and self.ended_with_order
            and self.origin_order_id == order == self.sale_order_ids
        )

    def _refuse_buyers(self, order):
        """Refuse an order whose buyers are not the holders of this contract.

        :raise UserError: names both
        """
        held = {line.partner_id: line.share for line in self._holders_on()}
        wanted = order._contract_shares()
        if not held or not order.atencion_buyer_ids or held == wanted:
            return
        if not self._comes_back_with(order):
            raise UserError(
                self.env._(
                    "Order %(order)s is of %(buyers)s, and contract %(contract)s is held by "
                    "%(holders)s. Correct the buyers of the order, or the holders of the contract.",
                    order=order.name,
                    contract=self.name,
                    buyers=_as_text(wanted),
                    holders=_as_text(held),
                )
            )

    def _refuse_units(self, order):
        """Refuse units that cannot be sold with this contract.

        :raise UserError: they are of another project, or the contract is signed without
            them
        """
        units, names = order.atencion_unit_ids, {"order": order.name, "contract": self.name}
        others = units.project_id - self.project_id
        if others:
            raise UserError(
                self.env._(
                    "Order %(order)s sells units of %(others)s, and contract %(contract)s is of "
                    "%(project)s. Choose a contract of the project of the units.",
                    others=", ".join(others.mapped("name")),
                    project=self.project_id.name,
                    **names,
                )
            )
        missing = units - self.unit_ids
        if missing and self.state in SIGNED:
            raise UserError(
                self.env._(
                    "Order %(order)s: contract %(contract)s is signed, and %(units)s is not in "
                    "it. Add it to the contract by hand first, or write another contract number.",
                    units=", ".join(missing.mapped("display_name")),
                    **names,
                )
            )

    def _complete_with(self, order):
        """Add the data of the order that the contract does not have yet."""
        sale = order._prepare_contract_values()
        values = {
            name: sale[name]
            for name in ("quotation_number", "sale_date", "holder_ids")
            if not self[name]
        }
        if self._comes_back_with(order):
            # It only has the units and buyers of that order, which may have changed since.
            values["unit_ids"] = sale["unit_ids"]
            values["holder_ids"] = [Command.clear(), *sale["holder_ids"]]
        else:
            missing = order.atencion_unit_ids - self.unit_ids
            values["unit_ids"] = [Command.link(unit.id) for unit in missing]
        if self.state in ("quotation", "terminated"):
            values["state"] = sale["state"]
        self.write(values)

    # -------------------------------------------------------------------------
    # Orders are cancelled
    # -------------------------------------------------------------------------

    def _ends_with(self, orders):
        """Whether cancelling the orders terminates it.

        It does so before the deed, if no other confirmed order sells it.
        """
        return self.state in ("quotation", "draft_deed") and not (self._confirmed_orders() - orders)

    def _consequence_of_cancelling(self, orders):
        """What happens to the contract if the orders are cancelled, as a text."""
        state = dict(self._fields["state"]._description_selection(self.env))[self.state]
        names = {"contract": self.name, "state": state}
        if self.state == "terminated":
            return self.env._("Contract %(contract)s is terminated already.", **names)
        if self._ends_with(orders):
            return self.env._(
                "Contract %(contract)s (%(state)s) is terminated, and its units are free.", **names
            )
        others = self._confirmed_orders() - orders
        if others:
            return self.env._(
                "Contract %(contract)s (%(state)s) stays in force, as %(others)s sells it too. "
                "Take the units that are not sold any more out of it by hand.",
                others=", ".join(others.mapped("name")),
                **names,
            )
        return self.env._(
            "Contract %(contract)s (%(state)s) stays in force. Terminate it by hand if the sale is "
            "undone.",
            **names,
        )


def _as_text(shares):
    """Shares as text: "Rosa Quispe (60 %), Luis Paredes (40 %)"."""
    return ", ".join(f"{partner.name} ({share:g} %)" for partner, share in shares.items())
