from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import holding
from ..base.public_method import public
from ..base.server_context import server_value, with_server_value

# From here on the contract binds, and somebody holds the whole of it.
SIGNED = ("deed", "delivered")


class AtencionContractHolding(models.Model):
    """Who holds a contract, on which day, and how that changes.

    Who holds it is read on the day it is asked for, so nothing has to happen on the day
    that a change takes effect.
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
        """Contracts that a person holds today, as the first or not."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        current = Domain("is_current", "=", True)
        found = Domain("holder_ids", "any", current & Domain("partner_id", operator, value))
        if operator == "in" and False in value:
            found |= ~Domain("holder_ids", "any", current)
        return found

    def _holders_on(self, day=None):
        """The lines of who holds the contract on a day, in their order.

        :param datetime.date day: of the company; today without it
        """
        self.ensure_one()
        day = day or (self.company_id or self.env.company)._today()
        return self.holder_ids.filtered(
            lambda line: holding.is_current(line._as_holding(), day)
        ).sorted("sequence")

    # -------------------------------------------------------------------------
    # Shares
    # -------------------------------------------------------------------------

    def copy_data(self, default=None):
        """A duplicate has the holders of today: who left never held it."""
        vals_list = super().copy_data(default)
        if "holder_ids" not in (default or {}):
            for contract, vals in zip(self, vals_list, strict=True):
                lines = contract._holders_on().copy_data()
                vals["holder_ids"] = [fields.Command.create(line) for line in lines]
        return vals_list

    def write(self, vals):
        if "holder_ids" not in vals:
            return super().write(vals)
        # One line after the other, their sum is wrong in between: it is checked at the end.
        together = self._changing_holders_together()
        return super(AtencionContractHolding, together).write(vals)

    def _changing_holders_together(self):
        """The contracts, with holders whose shares are not checked one by one."""
        return with_server_value(self, "atencion_holders", True)

    def _holders_change_together(self):
        return bool(server_value(self.env, "atencion_holders"))

    @api.constrains("holder_ids", "state")
    def _check_shares(self):
        """Shares never exceed the whole, today and later; once signed they make it up."""
        for contract in self.filtered(lambda c: c.holder_ids and c.state != "terminated"):
            totals = holding.totals_from(
                [line._as_holding() for line in contract.holder_ids],
                contract.company_id._today(),
            )
            for day, total in totals:
                contract._refuse_wrong_total(day, total)

    def _refuse_wrong_total(self, day, total):
        """Refuse a sum of shares.

        :param datetime.date day: of the company, for the message
        :param float total: of the shares on that day, in percent
        :raise ValidationError: it exceeds the whole, or does not make it up
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

    # -------------------------------------------------------------------------
    # Change of holder
    # -------------------------------------------------------------------------

    @public(one=True)
    def action_change_holders(self):
        """Ask who holds the contract from which day on."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change of holder"),
            "res_model": "atencion.contract.holder.change",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contract_id": self.id},
        }

    def _change_holders(self, shares, day, note):
        """Let others hold the contract from a day on; what was held stays on record.

        Cases registered from that day on are the new holder's, and so is the portal:
        both read who holds the contract on their day.

        :param dict shares: percent by ``res.partner``, the first holder first
        :param datetime.date day: of the company, the first one of the new holders
        :param str note: why, for the log
        :raise UserError: the contract is terminated, a later change is planned, nothing
            changes, or a share that changes began on that day
        """
        self.ensure_one()
        self._refuse_change_of_holders(day)
        before = self._holders_on(day)
        wanted = [holding.Holding(partner.id, share) for partner, share in shares.items()]
        try:
            change = holding.change([line._as_holding() for line in before], wanted, day)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(holder)s holds contract %(contract)s since %(day)s. Choose a later "
                    "day, or correct the line of the holder.",
                    holder=self.env["res.partner"].browse(error.args[0]).name,
                    contract=self.name,
                    day=format_date(self.env, day),
                )
            ) from error
        if not change.ending and not change.beginning:
            raise UserError(
                self.env._(
                    "Contract %s: these are its holders already. Change a holder or a share.",
                    self.name,
                )
            )
        self._write_change(before, change, shares)
        self._log_change(before, day, note)

    def _refuse_change_of_holders(self, day):
        if self.state == "terminated":
            raise UserError(
                self.env._("Contract %s is terminated: its holders do not change.", self.name)
            )
        later = self.holder_ids.filtered(lambda line: line.date_from and line.date_from > day)
        if later:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: a change is planned for %(day)s. Choose a later "
                    "day, or remove the lines of that change.",
                    contract=self.name,
                    day=format_date(self.env, min(later.mapped("date_from"))),
                )
            )

    def _write_change(self, before, change, shares):
        """Write what a change of holders ends and begins."""
        ended = {ending.holder: ending.end for ending in change.ending}
        leaving = before.filtered(lambda line: line.partner_id.id in ended)
        for line in leaving:
            with_server_value(line, "atencion_holders", True).date_to = ended[line.partner_id.id]
        # The index that lets a person hold a contract once sees the database only.
        leaving.flush_recordset(["date_to"])
        order = {partner.id: 10 * place for place, partner in enumerate(shares, start=1)}
        self.write(
            {
                "holder_ids": [
                    fields.Command.create(
                        {
                            "partner_id": line.holder,
                            "share": line.share,
                            "date_from": line.begin,
                            "sequence": order[line.holder],
                        }
                    )
                    for line in change.beginning
                ]
                + [
                    fields.Command.update(line.id, {"sequence": order[line.partner_id.id]})
                    for line in before - leaving
                ]
            }
        )

    def _log_change(self, before, day, note):
        self._message_log(
            body=Markup("<p><b>%s</b></p><p>%s → %s</p><p>%s</p>")
            % (
                self.env._("Holders change on %s", format_date(self.env, day)),
                before._as_text(),
                self._holders_on(day)._as_text(),
                note or "",
            )
        )
