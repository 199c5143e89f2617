from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, format_datetime


class AtencionCasePastCheck(models.Model):
    """What a past must be to be registered: its moments, its areas and its end."""

    _inherit = "atencion.case"

    @api.model
    def _check_moments(self, vals, received, past):
        """Refuse steps before the request or the step before, and in the future."""
        before = received
        company, name = self._company_in(vals), self._new_name(vals)
        for moment in (received, *(step.moment for step in past.steps)):
            self._refuse_early(company, moment, name)
        for step in past.steps:
            if before <= step.moment <= fields.Datetime.now():
                before = step.moment
                continue
            raise ValidationError(
                self.env._(
                    "%(case)s: it cannot have entered “%(stage)s” on %(moment)s, which is in the "
                    "future, or before its request or its state before. Correct the date.",
                    case=self._new_name(vals),
                    stage=step.stage.name,
                    moment=format_datetime(self.env, step.moment),
                )
            )

    @api.model
    def _check_areas(self, vals, past):
        """Refuse areas of another company: Odoo checks where the case is in the end only."""
        for step in past.steps:
            if step.area and step.area.company_id.id != vals["company_id"]:
                raise ValidationError(
                    self.env._(
                        "%(case)s: area %(area)s is of another company.",
                        case=self._new_name(vals),
                        area=step.area.name,
                    )
                )

    @api.model
    def _check_end(self, vals, standing, last, past):
        """Refuse a case that says of itself that it stands otherwise than its past ends."""
        company = self._company_in(vals)
        area = self.env["atencion.area"].browse(last["area_id"])
        if vals.get("area_id") not in (None, False, area.id):
            raise ValidationError(
                self.env._(
                    "%(case)s: its state history ends in area %(area)s. Write that area, or "
                    "add the line of the transfer.",
                    case=self._new_name(vals),
                    area=area.name,
                )
            )
        said, known = (
            moment and company._day_of(moment) for moment in (past.closed_at, standing.closed_at)
        )
        if said and said != known:
            raise ValidationError(
                self.env._(
                    "%(case)s: it was closed on %(day)s, and its states do not say so. Write "
                    "the state that closed it, entered on that day.",
                    case=self._new_name(vals),
                    day=format_date(self.env, said),
                )
            )

    @api.model
    def _company_in(self, vals):
        return self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)

    @api.model
    def _new_name(self, vals):
        """What a case without a number yet is called in a message."""
        return vals.get("external_ref") or vals.get("subject") or self.env._("New case")
