from datetime import time

from odoo import api, fields, models

from .atencion_refused_rows import import_run


class AtencionCaseHistoryDays(models.Model):
    """Days without an hour in the history of an imported case.

    A file brings such a day as the user's midnight. It counts as the earliest moment of the
    day at which the case can have changed: not before it was received.
    """

    _inherit = "atencion.case"

    @api.model
    def _with_hours(self, vals, moments):
        """When a case was received, and the moments of its history.

        :param dict vals: values of the new case
        :param list moments: of its steps, the oldest first, and of its closing, if it is known
        :return: the reception, and the same moments, none of its day before it
        """
        company = self._company_in(vals)
        received = self._reception_before(vals, moments)
        day = company._day_of(received)
        return [
            received,
            *(
                max(moment, received)
                if moment and self._is_day_only(moment) and company._day_of(moment) == day
                else moment
                for moment in moments
            ),
        ]

    @api.model
    def _reception_before(self, vals, moments):
        """When a case with this history was received.

        If no hour is given for it: at the hour of its first step, if that is of the same day,
        or else by the day alone, but never after what is known to have happened.
        """
        company, first = self._company_in(vals), moments[0] if len(moments) > 1 else None
        day = fields.Date.to_date(vals.get("request_date")) or first and company._day_of(first)
        if vals.get("received_at") or not day:
            return self._with_reception(vals)["received_at"]
        hours = [
            moment
            for moment in moments
            if moment and company._day_of(moment) == day and not self._is_day_only(moment)
        ]
        if first in hours:
            return first
        received = self._with_reception(vals | {"request_date": day})["received_at"]
        return min([received, *hours])

    @api.model
    def _is_day_only(self, moment):
        """Whether a file gave a day without an hour."""
        local = fields.Datetime.context_timestamp(self, moment)
        return bool(import_run(self.env)) and local.time() == time.min
