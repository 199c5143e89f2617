from odoo import api, fields, models
from odoo.tools import format_date

from ...tools import warranty
from .atencion_case_warranty import VERDICT_FIELDS


class AtencionCaseWarrantyText(models.Model):
    """The explanation of the verdict of a case, in the language of the user."""

    _inherit = "atencion.case"

    warranty_explanation = fields.Char(
        "Why this warranty",
        compute="_compute_warranty_explanation",
        groups="base.group_user",
    )

    @api.depends(*VERDICT_FIELDS)
    @api.depends_context("lang")
    def _compute_warranty_explanation(self):
        for case in self:
            case.warranty_explanation = case.warranty_state and case._warranty_sentence()

    def _warranty_text(self):
        """The warranty element and the explanation of the verdict."""
        if not self.warranty_state:
            return self.env._("No warranty term applies.")
        return f"{self.warranty_element_id.name}. {self.warranty_explanation}"

    def _warranty_sentence(self):
        self.ensure_one()
        event = self._fields["warranty_start_event"].convert_to_export(
            self.warranty_start_event, self
        )
        if not self.warranty_start:
            return self.env._(
                "%(event)s + %(term)s. %(missing)s",
                event=event,
                term=self._warranty_term_text(),
                missing=self._warranty_missing_text(),
            )
        steps = [f"{event} {format_date(self.env, self.warranty_start)}"]
        steps.append(self._warranty_term_text())
        if self.warranty_repair_days:
            steps.append(self._warranty_repair_text())
        return self.env._(
            "%(sum)s = %(end)s. Requested on %(asked)s: %(verdict)s.",
            sum=" + ".join(steps),
            end=format_date(self.env, self.warranty_end),
            asked=format_date(self.env, self.warranty_judged_on),
            verdict=self._warranty_verdict_text(),
        )

    def _warranty_term_text(self):
        count = self.warranty_duration
        if self.warranty_unit == "years":
            return self.env._("1 year") if count == 1 else self.env._("%s years", count)
        return self.env._("1 month") if count == 1 else self.env._("%s months", count)

    def _warranty_repair_text(self):
        count = self.warranty_repair_days
        if count == 1:
            return self.env._("1 day of repair")
        return self.env._("%s days of repair", count)

    def _warranty_missing_text(self):
        """Which date was missing when the verdict was computed."""
        return {
            "handover": self.env._(
                "Without start date: the handover date of the contract was not known."
            ),
            "registration": self.env._(
                "Without start date: the registration date of the contract was not known."
            ),
            "reception": self.env._(
                "Without start date: the municipal reception of the project was not known."
            ),
        }[self.warranty_start_event]

    def _warranty_verdict_text(self):
        if self.warranty_state == warranty.EXPIRED:
            return self.env._("out of warranty")
        if self.warranty_judged_on == self.warranty_end:
            return self.env._("in warranty (last day)")
        if self.warranty_judged_on < self.warranty_start:
            return self.env._("in warranty (before it starts)")
        return self.env._("in warranty")
