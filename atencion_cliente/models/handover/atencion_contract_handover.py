from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..base.public_method import public


class AtencionContractHandover(models.Model):
    """The handover of a contract: its date, its documents, and its checklist."""

    _inherit = "atencion.contract"

    handover_date = fields.Date(copy=False, tracking=True)
    handover_attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Handover documents",
        copy=False,
        help="The handover certificate and what goes with it.",
    )
    handover_check_ids = fields.One2many(
        "atencion.handover.check", "contract_id", string="Handover checklist"
    )
    handover_check_count = fields.Integer("Handover checks", compute="_compute_handover_counts")
    handover_pending_count = fields.Integer("Items not checked", compute="_compute_handover_counts")
    handover_observed_count = fields.Integer(
        "Observations without a case", compute="_compute_handover_counts"
    )

    handover_warning = fields.Char(compute="_compute_handover_warning")

    @api.depends("state", "handover_date")
    def _compute_handover_warning(self):
        for contract in self:
            # Old portfolios do not have it, so it is not refused.
            lacks_day = contract.state == "delivered" and not contract.handover_date
            contract.handover_warning = lacks_day and self.env._(
                "Delivered, and the day of the handover is missing. Warranties begin on it."
            )

    @api.constrains("state", "handover_date")
    def _check_handover_day(self):
        for contract in self.filtered(lambda c: c.state == "delivered" and c.handover_date):
            if contract.handover_date > contract.company_id._today():
                raise ValidationError(
                    self.env._(
                        "Contract %(contract)s cannot be delivered yet: its handover is on "
                        "%(day)s. Correct the day, or leave the state until then.",
                        contract=contract.name,
                        day=format_date(self.env, contract.handover_date),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        contracts = super().create(vals_list)
        contracts.filtered("handover_date")._refuse_handover()
        return contracts

    def write(self, vals):
        if not vals.get("handover_date"):
            return super().write(vals)
        days = {contract: contract.handover_date for contract in self}
        result = super().write(vals)
        # The state may be written together with the day: what holds afterwards counts.
        self.filtered(lambda contract: contract.handover_date != days[contract])._refuse_handover()
        return result

    def _terminated(self):
        return self.filtered(lambda contract: contract.state == "terminated")

    def _refuse_handover(self):
        """Refuse a handover of contracts that are terminated.

        :raise UserError: names the first terminated contract
        """
        for contract in self._terminated():
            raise UserError(
                self.env._(
                    "Contract %s is terminated: nothing is handed over with it. Put it in force "
                    "again first, or hand the unit over with its present contract.",
                    contract.name,
                )
            )

    def _refuse_to_archive(self):
        observed = Domain("result", "=", "observed") & Domain("case_id", "=", False)
        unfinished = Domain("result", "=", "pending") | observed
        left = self.env["atencion.handover.check"].search_count(
            Domain("contract_id", "=", self.id) & unfinished
        )
        # Nothing is handed over with a terminated contract.
        if left and self.state != "terminated":
            raise UserError(
                self.env._(
                    "Contract %(contract)s has handover checks that are not finished: %(checks)s. "
                    "Finish them, and create the cases of what was observed, or delete them, "
                    "before you archive it.",
                    contract=self.name,
                    checks=left,
                )
            )
        return super()._refuse_to_archive()

    def _uses_of(self, unit):
        domain = [("contract_id", "=", self.id), ("unit_id", "=", unit.id), ("case_id", "=", False)]
        # Those that became a case are closed with it.
        checks = self.env["atencion.handover.check"].search_count(domain)
        uses = super()._uses_of(unit)
        return [*uses, self.env._("handover checks: %s", checks)] if checks else uses

    def _compute_handover_counts(self):
        counts = defaultdict(Counter)
        groups = self.env["atencion.handover.check"]._read_group(
            [("contract_id", "in", self.ids)], ["contract_id", "result", "case_id"], ["__count"]
        )
        for contract, result, case, count in groups:
            counts[contract]["all"] += count
            if result == "pending" or result == "observed" and not case:
                counts[contract][result] += count
        for contract in self:
            found = counts[contract]
            contract.handover_check_count = found["all"]
            contract.handover_pending_count = found["pending"]
            contract.handover_observed_count = found["observed"]

    @public(one=True)
    def action_load_handover_checklist(self):
        """Add to the checklist the items of each unit that are not in it yet, and open it.

        :raise UserError: the contract has no units, or no item applies to them
        """
        self._refuse_handover()
        Check = self.env["atencion.handover.check"]
        existing = {(check.unit_id, check.item_id) for check in self.handover_check_ids}
        items = self.env["atencion.handover.item"].search(
            Domain("company_id", "in", (False, self.company_id.id))
        )
        wanted = [(unit, item) for unit in self.unit_ids for item in items._for_unit(unit)]
        if not wanted:
            raise UserError(
                self.env._(
                    "There is nothing to check: add the units of contract %s, or let an "
                    "administrator define the handover checklist.",
                    self.name,
                )
            )
        Check.create(
            [
                {
                    "contract_id": self.id,
                    "unit_id": unit.id,
                    "item_id": item.id,
                    "sequence": item.sequence,
                    "name": item.name,
                    "category_id": item.category_id.filtered("active").id,
                }
                for unit, item in wanted
                if (unit, item) not in existing
            ]
        )
        return self.action_open_handover_checks()

    @public(one=True)
    def action_open_handover_checks(self):
        """Open the checklist of the contract."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_handover_check_action"
        )
        return action | {
            "domain": [("contract_id", "=", self.id)],
            "context": {"default_contract_id": self.id, "search_default_group_unit": 1},
        }

    @public(one=True)
    def action_create_handover_cases(self):
        """Create a case for each observation without one, and open the new cases.

        :raise UserError: every observation has a case
        """
        self._refuse_handover()
        cases = self.handover_check_ids._create_cases()
        if not cases:
            raise UserError(
                self.env._(
                    "Contract %s has no observation without a case. Mark what was observed "
                    "in its handover checklist.",
                    self.name,
                )
            )
        self._message_log(
            body=self.env._(
                "Cases of what was observed at the handover: %s.", ", ".join(cases.mapped("name"))
            )
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_case_action"
        )
        return action | {"domain": [("id", "in", cases.ids)], "context": {}}
