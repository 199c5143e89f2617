from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, format_datetime, is_html_empty

from ...tools import transitions


class AtencionCaseHistoryCheck(models.Model):
    """What an imported history must be: its moments, its areas, its steps and its end."""

    _inherit = "atencion.case"

    @api.model
    def _check_moments(self, vals, received, history):
        """Refuse steps before the request or the step before, and in the future."""
        before = received
        company, name = self._company_in(vals), self._new_name(vals)
        for moment in (received, *(step.moment for step in history.steps)):
            self._refuse_early(company, moment, name)
        for step in history.steps:
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
    def _check_areas(self, vals, history):
        """Refuse areas of another company: Odoo checks only where the case is in the end."""
        company = self._company_in(vals)
        for step in history.steps:
            if step.area and step.area.company_id != company:
                raise ValidationError(
                    self.env._(
                        "%(case)s: area %(area)s is of another company.",
                        case=self._new_name(vals),
                        area=step.area.name,
                    )
                )

    @api.model
    def _check_end(self, vals, standing, last, history):
        """Refuse a case whose own area or closing day differ from where its history ends."""
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
        given_day, computed_day = (
            moment and company._day_of(moment) for moment in (history.closed_at, standing.closed_at)
        )
        if given_day and given_day != computed_day:
            raise ValidationError(
                self.env._(
                    "%(case)s: it was closed on %(day)s, and its states do not say so. Write "
                    "the state that closed it, entered on that day.",
                    case=self._new_name(vals),
                    day=format_date(self.env, given_day),
                )
            )

    @api.model
    def _is_forced(self, vals, last, step):
        """Whether a step is one that only a supervisor may make.

        :raise ValidationError: a condition fails that a supervisor cannot force either
        """
        origin = self.env["atencion.case.stage"].browse(last["stage_id"])
        codes = transitions.refusals(
            transitions.Move(
                origin=origin._as_rule(),
                target=step.stage._as_rule(),
                allowed=step.stage in origin.next_stage_ids,
                has_note=bool(step.note),
                has_resolution=not is_html_empty(vals.get("resolution")),
                changes_area=step.area.id != last["area_id"],
                has_pending_document=True,
            )
        )
        not_forceable = [code for code in codes if code != transitions.NOT_ALLOWED]
        if not_forceable:
            case = self.new({"name": self._new_name(vals), "stage_id": origin.id})
            raise ValidationError(
                "\n".join(case._refusal_message(code, step.stage, None) for code in not_forceable)
            )
        return bool(codes)

    @api.model
    def _new_name(self, vals):
        """What a case without a number yet is called in a message."""
        return vals.get("external_ref") or vals.get("subject") or self.env._("New case")
