from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import holding
from ..base.server_context import server_value, with_server_value
from ..base.unique_in_words import unique_in_words

# States in which the contract is signed, so that the shares must add up to 100 %.
SIGNED = ("deed", "delivered")


class AtencionContractHolding(models.Model):
    """The holders of a contract on each day.

    The holders of a day are computed from the dates of the shares when they are read, so no
    scheduled action is needed on the day a change takes effect.
    """

    _inherit = "atencion.contract"

    holder_ids = fields.One2many("atencion.contract.holder", "contract_id", string="Holders")
    partner_id = fields.Many2one(
        "res.partner",
        string="First holder",
        compute="_compute_partner_id",
        search="_search_partner_id",
        help="The first of those who hold the contract today.",
    )

    @api.depends("holder_ids.partner_id", "holder_ids.sequence", "holder_ids.is_current")
    def _compute_partner_id(self):
        for contract in self:
            contract.partner_id = contract._holders_on()[:1].partner_id

    def _search_partner_id(self, operator, value):
        """Search contracts by any of the holders of today, not only by the first."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        current = Domain("is_current", "=", True)
        found = Domain("holder_ids", "any", current & Domain("partner_id", operator, value))
        if operator == "in" and False in value:
            found |= ~Domain("holder_ids", "any", current)
        return found

    def _holders_on(self, day=None):
        """The shares that are held on a day, in the order of the holders.

        :param datetime.date day: of the company; None for today
        :rtype: atencion.contract.holder
        """
        self.ensure_one()
        day = day or (self.company_id or self.env.company)._today()
        return self.holder_ids.filtered(
            lambda line: holding.is_current(line._as_holding(), day)
        ).sorted("sequence")

    @api.model
    def _held_by(self, partner, company=None):
        """The contracts in force that a person holds today, themselves or as one of a firm.

        :param company: only its contracts; None for those of all companies
        :rtype: atencion.contract
        """
        shares = self.env["atencion.contract.holder"]
        owners = (partner | partner.commercial_partner_id).ids
        held = Domain("is_current", "=", True)
        if company:
            held = Domain("company_id", "=", company.id) & shares._domain_held_on(company._today())
        found = shares.search_fetch(Domain("partner_id", "in", owners) & held)
        return found.contract_id.filtered(lambda one: one.active and one.state != "terminated")

    def _relation_of(self, partner):
        """What a person of the contract is to its units: a value of ``requester_relation``.

        None for who neither holds it today nor represents a holder.
        """
        holders = self._holders_on().partner_id
        if partner not in holders:
            powers = self.representative_ids.filtered("is_in_force")
            people = partner | partner.commercial_partner_id
            return "proxy" if powers.partner_id & people else None
        return "holder" if partner == holders[:1] else "coowner"

    # -------------------------------------------------------------------------
    # Shares
    # -------------------------------------------------------------------------

    def copy_data(self, default=None):
        """Copy the holders of today only, without former holders."""
        vals_list = super().copy_data(default)
        if "holder_ids" not in (default or {}):
            for contract, vals in zip(self, vals_list, strict=True):
                lines = contract._holders_on().copy_data()
                vals["holder_ids"] = [fields.Command.create(line) for line in lines]
        return vals_list

    def write(self, vals):
        if "holder_ids" not in vals:
            return super().write(vals)
        # While lines are written one by one, their total is wrong: it is checked at the end.
        together, lines = self._with_deferred_share_check(), self.env["atencion.contract.holder"]
        with unique_in_words(lines, lines._held_twice_message):
            result = super(AtencionContractHolding, together).write(vals)
            lines.flush_model(["partner_id", "date_to"])
            return result

    def _with_deferred_share_check(self):
        """The contracts in a context that defers the check of shares until all are written."""
        return with_server_value(self, "atencion_holders", True)

    def _defers_share_check(self):
        return bool(server_value(self.env, "atencion_holders"))

    @api.constrains("holder_ids", "state")
    def _check_shares(self):
        """Check that shares do not exceed 100 % from today on, and are 100 % once signed.

        :raise ValidationError: names the contract, the first wrong day and its total
        """
        for contract in self.filtered(lambda c: c.holder_ids and c.state != "terminated"):
            totals = holding.totals_from(
                [line._as_holding() for line in contract.holder_ids],
                contract.company_id._today(),
            )
            for day, total in totals:
                contract._refuse_wrong_total(day, total)

    def _refuse_wrong_total(self, day, total):
        """Refuse a total of shares that is wrong for the state of the contract.

        :param datetime.date day: of the company, for the message
        :param float total: of the shares on that day, in percent
        :raise ValidationError: the total exceeds 100 %, or the contract is signed and the total
            is below 100 %
        """
        self.ensure_one()
        too_much = holding.is_too_much(total)
        if not too_much and (self.state not in SIGNED or holding.is_whole(total)):
            return
        names = {
            "contract": self.name,
            "day": format_date(self.env, day),
            "total": f"{total:g}",
        }
        if too_much:
            raise ValidationError(
                self.env._(
                    "Contract %(contract)s: on %(day)s the shares of its holders add up to "
                    "%(total)s %%. They cannot exceed 100 %%.",
                    **names,
                )
            )
        raise ValidationError(
            self.env._(
                "Contract %(contract)s is signed, and on %(day)s the shares of its "
                "holders add up to %(total)s %%. Complete them to 100 %%.",
                **names,
            )
        )
