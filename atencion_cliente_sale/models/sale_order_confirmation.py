from markupsafe import Markup

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.atencion_cliente.tools import record_number


class SaleOrderConfirmation(models.Model):
    """Confirming an order that sells units completes their contract, or creates it.

    Contracts are written with ``sudo``: users who may confirm the order create its contract
    without rights on contracts, just as Odoo creates other documents of an order.
    """

    _inherit = "sale.order"

    def _action_confirm(self):
        # sudo: Odoo has checked that the user may confirm these orders.
        self.sudo().filtered("atencion_unit_ids")._sell_atencion_units()
        return super()._action_confirm()

    def _sell_atencion_units(self):
        """Link each order to its contract.

        :raise UserError: an order cannot have a contract
        :raise ValidationError: an order does not sell each of its units exactly once
        """
        if not self:
            return
        self._check_atencion_units()
        self._check_atencion_buyers()
        self._refuse_several_projects()
        self.atencion_unit_ids._lock_for_sale()
        contracts = self._find_contracts()
        self._refuse_sold_units(contracts)
        for order, contract in contracts.items():
            contract._complete_with(order)
        without = self.filtered(lambda order: order not in contracts)
        # Salespeople do not become followers: they may not read contracts.
        Contract = self.env["atencion.contract"].with_context(mail_create_nosubscribe=True)
        created = Contract.create([order._prepare_contract_values() for order in without])
        contracts |= dict(zip(without, created, strict=True))
        for order, contract in contracts.items():
            order.atencion_contract_id = contract
        self._log_contracts(created)

    def _refuse_several_projects(self):
        """Refuse orders with units of several projects: a contract is of one project.

        :raise UserError: an order has units of several projects
        """
        for order in self:
            projects = order.atencion_unit_ids.project_id
            if len(projects) > 1:
                raise UserError(
                    self.env._(
                        "Order %(order)s sells units of several projects (%(projects)s), and "
                        "a contract is of one. Make an order for each project.",
                        order=order.name,
                        projects=", ".join(projects.mapped("name")),
                    )
                )

    def _find_contracts(self):
        """The existing contract that each order completes.

        It is the chosen one; else the one with the number that is written in the order; else
        the one whose quotation number is that of the order; else the one of the same
        customer and the same units.

        :rtype: dict
        :return: contracts by order, without orders that have none
        :raise UserError: an order cannot belong to the contract
        """
        numbered, quoted = self._contracts_by_number()
        found = {}
        for order in self:
            contract = (
                order.atencion_contract_id
                or numbered.get((order.company_id, record_number.key(order._contract_number())))
                or quoted.get((order.company_id, record_number.key(order.name)))
                or order.atencion_unit_ids.contract_ids.filtered(
                    lambda contract, order=order: contract._is_sale_of(order)
                )[:1]
            )
            if contract:
                contract._refuse_sale(order)
                contract._refuse_buyers(order)
                found[order] = contract
        return found

    def _contracts_by_number(self):
        """The contracts with a number of an order, and those with its quotation number.

        :return: two dicts of contracts, by company and key of the contract number, and by
            company and key of the quotation number
        """
        # Numbers of archived contracts are taken, too.
        Contract = self.env["atencion.contract"].with_context(active_test=False)
        wanted = Contract._domain_numbered([order._contract_number() for order in self])
        wanted |= Contract._domain_numbered(self.mapped("name"), "quotation_number")
        contracts = Contract.search(Domain("company_id", "in", self.company_id.ids) & wanted)
        current = contracts.filtered(lambda c: c.active and c.state != "terminated")
        return (
            {(c.company_id, record_number.key(c.name)): c for c in contracts},
            {(c.company_id, record_number.key(c.quotation_number)): c for c in current},
        )

    def _contract_number(self):
        return record_number.cleaned(self.atencion_contract_number or "") or self.name

    def _refuse_sold_units(self, contracts):
        """Refuse units that another contract in force has, or that another order sells.

        :param dict contracts: contracts by order
        :raise UserError: another contract or order has a unit
        """
        sellers = {}
        for contract in contracts.values():
            for order in contract._confirmed_orders() - self:
                sellers.update(dict.fromkeys(order.atencion_unit_ids, order))
        in_force = self.atencion_unit_ids._sellers()
        for order in self:
            own = contracts.get(order, self.env["atencion.contract"])
            for unit in order.atencion_unit_ids:
                others = in_force[unit] - own
                if others:
                    order._refuse_unit_of_contract(unit, others[0])
                seller = sellers.setdefault(unit, order)
                if seller != order:
                    order._refuse_unit_of_order(unit, seller)

    def _refuse_unit_of_contract(self, unit, contract):
        raise UserError(
            self.env._(
                "Order %(order)s: unit %(unit)s is in contract %(contract)s. If that is this "
                "sale, write the contract in the order; else sell another unit, or terminate "
                "that contract first.",
                order=self.name,
                unit=unit.display_name,
                contract=contract.name,
            )
        )

    def _refuse_unit_of_order(self, unit, seller):
        raise UserError(
            self.env._(
                "Orders %(seller)s and %(order)s both sell unit %(unit)s. Only one of them "
                "can be confirmed: cancel the other, or remove the unit from it.",
                seller=seller.name,
                order=self.name,
                unit=unit.display_name,
            )
        )

    def _prepare_contract_values(self):
        self.ensure_one()
        sale_day = self.company_id._day_of(self.date_order)
        return {
            "name": self._contract_number(),
            "quotation_number": self.name,
            "company_id": self.company_id.id,
            "project_id": self.atencion_unit_ids.project_id.id,
            "unit_ids": [Command.set(self.atencion_unit_ids.ids)],
            "holder_ids": self._prepare_contract_holders(sale_day),
            "sale_date": sale_day,
            "state": "draft_deed",
            "origin_order_id": self.id,
        }

    def _log_contracts(self, created):
        """Log on the orders and on their contracts what the confirmation did.

        :param created: the contracts that were created, and not only completed
        """
        on_orders, on_contracts = {}, {}
        for order in self:
            contract = order.atencion_contract_id
            links = {"order": order._get_html_link(), "contract": contract._get_html_link()}
            if contract in created:
                on_order = self.env._("Contract %(contract)s was created.", **links)
                on_contract = self.env._("Created by order %(order)s.", **links)
            else:
                on_order = self.env._("Sold with contract %(contract)s.", **links)
                on_contract = self.env._(
                    "Order %(order)s was confirmed. It sells: %(units)s.",
                    units=", ".join(order.atencion_unit_ids.mapped("display_name")),
                    **links,
                )
            on_orders[order.id] = on_order
            on_contracts.setdefault(contract.id, []).append(on_contract)
        self._message_log_batch(bodies=on_orders)
        self.atencion_contract_id._message_log_batch(
            bodies={key: Markup("<br/>").join(lines) for key, lines in on_contracts.items()}
        )
