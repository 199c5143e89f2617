from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.atencion_cliente.models.base.public_method import public


class SaleOrder(models.Model):
    """An order that sells property units, with the contract that confirming it creates."""

    _name = "sale.order"
    _inherit = [
        "atencion.readable.links",
        "sale.order",
    ]
    _checked_links = frozenset({"atencion_contract_id"})

    atencion_unit_ids = fields.Many2many(
        "atencion.unit",
        string="Property units",
        compute="_compute_atencion_unit_ids",
        compute_sudo=True,
        context={"active_test": False},
    )
    atencion_contract_id = fields.Many2one(
        "atencion.contract",
        string="Property contract",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        check_company=True,
        domain=[("state", "!=", "terminated")],
        help="Without one, confirming the order finds the contract or creates it.",
    )
    atencion_contract_number = fields.Char(
        "Contract number",
        copy=False,
        help="The number of the contract that confirming the order completes or creates. "
        "Without one, it is the number of the order.",
    )
    atencion_case_count = fields.Integer(
        "Case count",
        compute="_compute_atencion_case_count",
        groups="atencion_cliente.group_user",
    )

    @api.depends("order_line.atencion_unit_id", "order_line.product_uom_qty")
    def _compute_atencion_unit_ids(self):
        for order in self:
            # Optional lines have no quantity until the customer adds them.
            order.atencion_unit_ids = self.env["atencion.unit"].union(
                *(line.atencion_unit_id for line in order.order_line if line.product_uom_qty)
            )

    @api.depends("atencion_contract_id")
    def _compute_atencion_case_count(self):
        counts = dict(
            self.env["atencion.case"]._read_group(
                [
                    ("contract_id", "in", self.atencion_contract_id.ids),
                    ("exclude_from_kpi", "=", False),
                ],
                ["contract_id"],
                ["__count"],
            )
        )
        for order in self:
            order.atencion_case_count = counts.get(order.atencion_contract_id, 0)

    def write(self, vals):
        if "atencion_contract_id" in vals and not self.env.su:
            self._refuse_another_contract(vals["atencion_contract_id"])
        return super().write(vals)

    def _refuse_another_contract(self, contract_id):
        for order in self.filtered(lambda order: order.state == "sale"):
            if order.atencion_contract_id.id not in (False, contract_id):
                order._refuse_change_of_sale()

    def _refuse_change_of_sale(self):
        """Refuse a change of a confirmed order that would contradict its contract.

        :raise UserError: always
        """
        raise UserError(
            self.env._(
                "Order %s is confirmed: its units and its contract stay as they are. To change "
                "them, cancel the order, set it to quotation, correct it and confirm it again.",
                self.name,
            )
        )

    @api.constrains("atencion_contract_id", "partner_id")
    def _check_atencion_contract(self):
        # sudo: the user may have no rights on contracts.
        for order in self.sudo().filtered("atencion_contract_id"):
            order.atencion_contract_id._refuse_sale(order)

    def _check_atencion_units(self):
        """Check that each unit is sold once, and by its own company.

        :raise ValidationError: a unit is of another company, in two lines, or in another
            quantity than 1
        """
        # sudo: the user may have no rights on units.
        for order in self.sudo():
            for unit in order.atencion_unit_ids:
                order._check_atencion_unit(unit)

    def _check_atencion_unit(self, unit):
        names = {"order": self.name, "unit": unit.display_name}
        if unit.company_id != self.company_id:
            raise ValidationError(
                self.env._(
                    "Order %(order)s: unit %(unit)s is of %(company)s. Sell it in an order of "
                    "that company.",
                    company=unit.company_id.name,
                    **names,
                )
            )
        lines = self.order_line.filtered(
            lambda line: line.atencion_unit_id == unit and line.product_uom_qty
        )
        if len(lines) > 1:
            raise ValidationError(
                self.env._(
                    "Order %(order)s: unit %(unit)s is in two lines. Remove one of them.", **names
                )
            )
        if lines.product_uom_qty != 1:
            raise ValidationError(
                self.env._(
                    "Order %(order)s: there is only one unit %(unit)s. Write the quantity 1.",
                    **names,
                )
            )

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    @public()
    def action_open_atencion_contract(self):
        return self.atencion_contract_id._get_records_action()
