from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.base.public_method import public


class AtencionContractHolderChange(models.TransientModel):
    """The dialog of a change of holders: the complete list of holders from a day on."""

    _name = "atencion.contract.holder.change"
    _description = "Change of holder"
    _inherit = ["atencion.input", "atencion.bounds", "atencion.dialog"]

    contract_id = fields.Many2one("atencion.contract", required=True, ondelete="cascade")
    effective_date = fields.Date(
        required=True,
        compute="_compute_effective_date",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        help="The first day of the new holders. It may be in the future.",
    )
    line_ids = fields.One2many(
        "atencion.contract.holder.change.line",
        "change_id",
        string="Holders from that day on",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    note = fields.Text(help="Why: a sale, an inheritance, and the document that proves it.")
    open_case_count = fields.Integer(compute="_compute_open_case_count")

    @api.depends("contract_id")
    def _compute_effective_date(self):
        for change in self:
            company = change.contract_id.company_id or self.env.company
            change.effective_date = company._today()

    @api.depends("contract_id", "effective_date")
    def _compute_line_ids(self):
        """Fill the list with the holders of the effective date, as planned changes leave them."""
        for change in self:
            contract, day = change.contract_id, change.effective_date
            holders = contract._holders_on(day) if contract else contract.holder_ids
            change.line_ids = [fields.Command.clear()] + [
                fields.Command.create({"partner_id": line.partner_id.id, "share": line.share})
                for line in holders
            ]

    @api.depends("contract_id")
    def _compute_open_case_count(self):
        for change in self:
            change.open_case_count = self.env["atencion.case"].search_count(
                [("contract_id", "=", change.contract_id.id), ("closed_at", "=", False)]
            )

    @public(one=True)
    def action_apply(self):
        """Change the holders of the contract.

        :raise UserError: the list is empty, or has a person twice
        """
        shares = {line.partner_id: line.share for line in self.line_ids}
        if not shares:
            raise UserError(self.env._("Say who holds the contract from that day on."))
        if len(shares) < len(self.line_ids):
            raise UserError(self.env._("A person is listed twice. Add up the shares in one line."))
        self.contract_id._change_holders(shares, self.effective_date, self.note)
        return {"type": "ir.actions.act_window_close"}
