from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import float_compare

from ...tools import holding
from ...tools.holding import Holding, is_current
from ..base.unique_in_words import unique_in_words

SHARE_DIGITS = (5, 2)


class AtencionContractHolder(models.Model):
    """The share of one holder in a contract, from a first to a last day of the company.

    Past shares are kept, as the history of who held the contract.
    """

    _name = "atencion.contract.holder"
    _description = "Contract holder"
    _inherit = [
        "atencion.input",
        "atencion.bounds",
        "atencion.readable.links",
        "atencion.contract.person",
    ]
    _order = "contract_id, sequence, id"
    _rec_name = "partner_id"

    contract_id = fields.Many2one(
        "atencion.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    # No child contacts: Odoo copies the identity number of a child contact to its company.
    partner_id = fields.Many2one(
        "res.partner",
        string="Holder",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("parent_id", "=", False)],
    )
    share = fields.Float("Share (%)", digits=SHARE_DIGITS, default=100)
    date_from = fields.Date("From", copy=False, help="First day; empty if it was always held.")
    date_to = fields.Date("Until", copy=False, help="Last day; empty while it goes on.")
    is_current = fields.Boolean(
        "Holds now",
        compute="_compute_is_current",
        search="_search_is_current",
        help="Whether the share is held today, in the company's time zone.",
    )

    _partner_unique = models.UniqueIndex(
        "(contract_id, partner_id) WHERE date_to IS NULL",
        "The person already is a holder of this contract.",
    )
    _share_range = models.Constraint(
        "CHECK (share >= 0 AND share <= 100)", "A share is between 0 and 100 %."
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A holder cannot leave a contract before entering it.",
    )

    @api.depends("date_from", "date_to", "company_id")
    def _compute_is_current(self):
        for holder in self:
            company = holder.company_id or holder.contract_id.company_id or self.env.company
            holder.is_current = is_current(holder._as_holding(), company._today())

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = Domain.OR(
            Domain("company_id", "in", companies.ids) & self._domain_held_on(day)
            for day, companies in self.env["res.company"]._by_today().items()
        )
        return current if True in value else ~current

    @api.model
    def _domain_held_on(self, day):
        """The domain of the shares that are held on a day.

        :param datetime.date day: of the company
        :rtype: Domain
        """
        begun = Domain("date_from", "=", False) | Domain("date_from", "<=", day)
        return begun & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))

    def _as_holding(self):
        self.ensure_one()
        return Holding(self.partner_id.id, self.share, self.date_from or None, self.date_to or None)

    def _as_text(self):
        """Holders and shares as text: "Rosa Quispe (60 %), Luis Paredes (40 %)"."""
        return ", ".join(f"{line.partner_id.name} ({line.share:g} %)" for line in self)

    @api.constrains("contract_id", "share", "date_from", "date_to")
    def _check_share(self):
        for holder in self:
            if float_compare(holder.share, 0, precision_digits=SHARE_DIGITS[1]) <= 0:
                raise ValidationError(
                    self.env._(
                        "Contract %(contract)s: the share of %(holder)s is %(share)s %%. Write "
                        "one above 0 %%, or remove the line.",
                        contract=holder.contract_id.name,
                        holder=holder.partner_id.name,
                        share=f"{holder.share:g}",
                    )
                )
        self._check_shares_of(self.contract_id)

    @api.constrains("contract_id", "date_from", "date_to")
    def _check_not_before_sale(self):
        for holder in self.filtered(lambda line: line.date_from or line.date_to):
            # Lines that are written with their contract are checked with it.
            if not holder.contract_id._defers_share_check() and holder.contract_id.sale_date:
                own = set(holding.change_days([holder._as_holding()])) | {holder.date_from}
                changes = holder.contract_id._holder_changes()
                holder.contract_id._refuse_changes_before_sale(changes & own)

    @api.model_create_multi
    def create(self, vals_list):
        with unique_in_words(self, self._held_twice_message):
            return super().create(vals_list)

    def write(self, vals):
        with unique_in_words(self, self._held_twice_message):
            result = super().write(vals)
            if not self.contract_id._defers_share_check():
                self.flush_recordset(vals.keys() & {"partner_id", "date_to"})
            return result

    def _held_twice_message(self, _values):
        return self.env._(
            "The person already is a holder of this contract: write their share in one line."
        )

    def unlink(self):
        contracts = self.contract_id
        result = super().unlink()
        self._check_shares_of(contracts)
        return result

    @api.model
    def _check_shares_of(self, contracts):
        """Check the total share of contracts, unless the check is deferred."""
        if not contracts._defers_share_check():
            contracts._check_shares()
            contracts._check_held()
