from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import holding
from ..base.public_method import public
from ..base.server_context import with_server_value


class AtencionContractChange(models.Model):
    """The change of holders of a contract: applied from a day on, planned, or cancelled."""

    _inherit = "atencion.contract"

    planned_holder_change = fields.Date(
        "Planned change of holder",
        compute="_compute_planned_holder_change",
        help="The last day to come on which the holders change.",
    )

    @api.depends("holder_ids.date_from", "holder_ids.date_to", "holder_ids.is_current")
    def _compute_planned_holder_change(self):
        for contract in self:
            today = (contract.company_id or self.env.company)._today()
            days = holding.change_days(line._as_holding() for line in contract.holder_ids)
            contract.planned_holder_change = max((day for day in days if day > today), default=None)

    @public(one=True)
    def action_change_holders(self):
        """Open the dialog that asks for the new holders and their first day."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change of holder"),
            "res_model": "atencion.contract.holder.change",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contract_id": self.id},
        }

    def _change_holders(self, shares, day, note):
        """Change the holders of the contract from a day on, and keep the past shares.

        Cases that are registered from that day on, and the portal, follow the new holders.

        :param dict shares: share in percent by ``res.partner``, in the order of the holders
        :param datetime.date day: of the company, the first day of the new holders
        :param str note: the reason, for the log
        :raise UserError: the contract is terminated, a later change is planned, nothing
            changes, or a share that changes began on that day or later
        """
        self.ensure_one()
        self._refuse_change_of_holders(day)
        self._refuse_changes_before_sale([day])
        before = self._holders_on(day)
        wanted = [holding.Holding(partner.id, share) for partner, share in shares.items()]
        try:
            change = holding.change([line._as_holding() for line in before], wanted, day)
        except ValueError as error:
            self._refuse_planned_day(day)
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
        self._write_holder_change(before, change, shares)
        self._log_change_of_holders(
            self.env._("Holders change on %s", format_date(self.env, day)),
            before._as_text(),
            self._holders_on(day)._as_text(),
            note,
        )

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
                    "day, or cancel that change.",
                    contract=self.name,
                    day=format_date(self.env, min(later.mapped("date_from"))),
                )
            )

    def _refuse_planned_day(self, day):
        if day > (self.company_id or self.env.company)._today():
            raise UserError(
                self.env._(
                    "Contract %(contract)s: a change of holder is planned for %(day)s already. "
                    "Cancel the planned change first, or choose a later day.",
                    contract=self.name,
                    day=format_date(self.env, day),
                )
            )

    @public(one=True)
    def action_cancel_holder_change(self):
        """Cancel the last planned change: the holders before it go on holding the contract.

        :raise UserError: no change is planned
        """
        self.check_access("write")
        day = self.planned_holder_change
        if not day:
            raise UserError(
                self.env._("Contract %s has no planned change of its holders.", self.name)
            )
        planned = self._holders_on(day)._as_text()
        # sudo: supervisors delete no shares, and these were never held.
        lines = self.sudo()._with_deferred_share_check().holder_ids
        beginning = lines.filtered(lambda line: line.date_from == day)
        leaving = lines.filtered(lambda line: line.date_to == holding.day_before(day))
        # The unique index of open shares is checked in the database: these go first.
        beginning.unlink()
        (leaving - beginning).write({"date_to": False})
        self._check_shares()
        self._log_change_of_holders(
            self.env._(
                "The change of holders planned for %s is cancelled", format_date(self.env, day)
            ),
            planned,
            self._holders_on(day)._as_text(),
        )

    def _write_holder_change(self, before, change, shares):
        """Write the end of the shares that change, and the new shares.

        :param before: the lines that are held on the day of the change
        :param holding.HolderChange change: what ends and what begins
        :param dict shares: share in percent by ``res.partner``, in the order of the holders
        """
        ended = {ending.holder: ending.end for ending in change.ending}
        leaving = before.filtered(lambda line: line.partner_id.id in ended)
        for line in leaving:
            with_server_value(line, "atencion_holders", True).date_to = ended[line.partner_id.id]
        # The unique index of open shares is checked in the database.
        leaving.flush_recordset(["date_to"])
        order = {partner.id: 10 * place for place, partner in enumerate(shares, start=1)}
        with_server_value(self, "atencion_holders_told", True).write(
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

    def _log_change_of_holders(self, title, before, after, note=""):
        self._message_log(
            body=Markup("<p><b>%s</b></p><p>%s → %s</p><p>%s</p>")
            % (title, before, after, note or "")
        )

    # -------------------------------------------------------------------------
    # Not before the sale
    # -------------------------------------------------------------------------

    def write(self, vals):
        if vals.keys().isdisjoint({"holder_ids", "sale_date"}):
            return super().write(vals)
        # Reservations are ceded: what changed before there was a day of sale stays.
        known = {contract: contract._holder_changes(until=contract.sale_date) for contract in self}
        result = super().write(vals)
        for contract, days in known.items():
            contract._refuse_changes_before_sale(contract._holder_changes() - days)
        return result

    def _holder_changes(self, until=False):
        """The days on which the holders change.

        :param until: only the days before this one; all of them if it is empty
        :rtype: set[datetime.date]
        """
        self.ensure_one()
        days = holding.change_days(line._as_holding() for line in self.holder_ids)
        return {day for day in days if not until or day < until}

    def _refuse_changes_before_sale(self, days):
        """Refuse changes of holders before the sale.

        :param days: on which the holders change
        :raise ValidationError: names the first of them that is before the sale
        """
        self.ensure_one()
        early = [day for day in days if self.sale_date and day < self.sale_date]
        if early:
            raise ValidationError(
                self.env._(
                    "Contract %(contract)s was sold on %(sale)s: its holders cannot change "
                    "before, on %(day)s. Correct one of the two days.",
                    contract=self.name,
                    sale=format_date(self.env, self.sale_date),
                    day=format_date(self.env, min(early)),
                )
            )
