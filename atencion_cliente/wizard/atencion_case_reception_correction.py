from datetime import datetime, timedelta

from odoo import api, fields, models

from ..models.base.public_method import public


class AtencionCaseReceptionCorrection(models.TransientModel):
    """The dialog in which a supervisor corrects the request date of a case, with a reason."""

    _name = "atencion.case.reception.correction"
    _description = "Correct request date"
    _inherit = ["atencion.input", "atencion.bounds", "atencion.dialog"]
    _max_values = {"hour": 24}

    case_id = fields.Many2one("atencion.case", required=True, ondelete="cascade")
    request_date = fields.Date(
        "Request date",
        required=True,
        compute="_compute_request_date",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    has_hour = fields.Boolean("The hour is known")
    hour = fields.Float(help="In the time zone of the company.")
    reason = fields.Text(required=True)

    @api.depends("case_id")
    def _compute_request_date(self):
        for correction in self:
            correction.request_date = correction.case_id.request_date

    @public(one=True)
    def action_apply(self):
        """Correct the request date, with the rights of the user."""
        self.case_id._correct_reception(self._reception(), self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _reception(self):
        """The moment that was chosen: without an hour, the one that is certain of the day.

        :return: naive, in UTC
        :rtype: datetime.datetime
        """
        if not self.has_hour:
            return self.case_id._reception_of(self.request_date)
        # 24:00 is the last minute of the day.
        minutes = min(round(self.hour * 60), 24 * 60 - 1)
        clock = (datetime.min + timedelta(minutes=minutes)).time()
        return self.case_id.company_id._moment_of(self.request_date, clock)
