from odoo import models


class SaleOrderCancellation(models.Model):
    """Cancels the contract with its order, and says before and after what happens to it.

    Contracts are written with ``sudo``, as on confirmation.
    """

    _inherit = "sale.order"

    def _action_cancel(self):
        sold = self.filtered(lambda order: order.state == "sale" and order.atencion_contract_id)
        if not sold:
            return super()._action_cancel()
        consequences = sold._consequences_of_cancelling()
        result = super()._action_cancel()
        # sudo: the user has just cancelled these orders, and so may change their contracts.
        sold.sudo()._give_up_contracts(consequences)
        return result

    def _consequences_of_cancelling(self):
        """What happens to the contracts if these orders are cancelled.

        :rtype: dict
        :return: texts by contract
        :raise AccessError: the user may not read the orders
        """
        self.check_access("read")
        # sudo: users who read the order may have no rights on its contract.
        contracts = self.sudo().filtered(lambda order: order.state == "sale").atencion_contract_id
        open_cases = dict(
            self.env["atencion.case"]
            .sudo()
            ._read_group(
                [("contract_id", "in", contracts.ids), ("closed_at", "=", False)],
                ["contract_id"],
                ["__count"],
            )
        )
        texts = {}
        for contract in contracts:
            texts[contract] = contract._consequence_of_cancelling(self)
            if contract in open_cases:
                cases = self.env._("Open cases that stay open: %s.", open_cases[contract])
                texts[contract] += f" {cases}"
        return texts

    def _give_up_contracts(self, consequences):
        """Terminate the contracts that end with the orders, and plan a to-do for the others.

        :param dict consequences: texts by contract
        """
        for order in self:
            contract = order.atencion_contract_id
            if contract._ends_with(self):
                contract.write({"state": "terminated", "ended_with_order": True})
            elif contract.state != "terminated":
                order._plan_to_resolve(contract, consequences[contract])
        self._message_log_batch(
            bodies={order.id: consequences[order.atencion_contract_id] for order in self}
        )
        contracts = self.atencion_contract_id
        contracts._message_log_batch(
            bodies={
                contract.id: self.env._(
                    "Cancelled orders: %(orders)s. %(consequence)s",
                    orders=", ".join((contract.sale_order_ids & self).mapped("name")),
                    consequence=consequences[contract],
                )
                for contract in contracts
            }
        )

    def _plan_to_resolve(self, contract, consequence):
        """Plan a to-do on the order, which its salesperson can open, unlike the contract."""
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Contract %s stays in force", contract.name),
            note=consequence,
            user_id=(self.user_id or self.env.user).id,
        )
