from odoo import models


class SaleOrderCancellation(models.Model):
    """Cancelling an order says what becomes of the contract, before it and after it.

    Contracts are written with ``sudo``, as when the order was confirmed.
    """

    _inherit = "sale.order"

    def _action_cancel(self):
        sold = self.filtered(lambda order: order.state == "sale" and order.atencion_contract_id)
        if not sold:
            return super()._action_cancel()
        consequences = sold._consequences_of_cancelling()
        result = super()._action_cancel()
        # The user has cancelled these orders by now: he may.
        sold.sudo()._give_up_contracts(consequences)
        return result

    def _consequences_of_cancelling(self):
        """What becomes of the contracts if these orders are cancelled, in words.

        :return: a dict of texts by contract
        """
        self.check_access("read")
        # Whoever reads the order is told of its contract, whatever his rights on it.
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
        """Terminate the contracts that end with the orders; somebody looks at the others.

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
        """A task on the order, which its salesperson can open."""
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Contract %s stays in force", contract.name),
            note=consequence,
            user_id=(self.user_id or self.env.user).id,
        )
