from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import ageing
from .atencion_case_alert_sql import sql_array


class AtencionCaseAge(models.Model):
    """The age of a case, in buckets: a live column, as those of the alert."""

    _inherit = "atencion.case"

    age_bucket = fields.Selection(
        [
            (ageing.BUCKETS[0], "0 to 7 days"),
            (ageing.BUCKETS[1], "8 to 15 days"),
            (ageing.BUCKETS[2], "16 to 30 days"),
            (ageing.BUCKETS[3], "31 to 60 days"),
            (ageing.BUCKETS[4], "More than 60 days"),
        ],
        "Age",
        compute="_compute_age_bucket",
        search="_search_age_bucket",
        help="Days from the request to the attention, or else to today.",
    )

    @api.depends("elapsed_days")
    def _compute_age_bucket(self):
        for case in self:
            case.age_bucket = ageing.age_bucket(case.elapsed_days)

    def _search_age_bucket(self, operator, value):
        return self._search_live("age_bucket", operator, value)

    def _sql_age_bucket(self, alias):
        """``ageing.age_bucket``; width_bucket counts the first days that have come."""
        return SQL(
            "(%s::text[])[1 + width_bucket(%s, %s::int[])]",
            sql_array(ageing.BUCKETS),
            self._sql_elapsed_days(alias),
            sql_array(ageing.FIRST_DAYS),
        )
