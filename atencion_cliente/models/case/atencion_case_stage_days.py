from odoo import api, fields, models


class AtencionCaseStageDays(models.Model):
    """How long a case has been in its state, as days of the calendar."""

    _inherit = "atencion.case"

    stage_days = fields.Integer(
        "Days in the state",
        compute="_compute_stage_days",
        aggregator=None,
        help="Days since the case entered its state, in the company's time zone.",
    )

    @api.depends("stage_since", "company_id")
    def _compute_stage_days(self):
        for company, cases in self.grouped("company_id").items():
            today = company._today()
            for case in cases:
                entered = company and case.stage_since and company._day_of(case.stage_since)
                case.stage_days = max(0, (today - entered).days) if entered else 0
