from odoo import api, fields, models

from ...tools import alert

# The stored columns that the live ones are computed from.
FACTS = (
    "request_date",
    "attention_date",
    "attended_at",
    "deadline_date",
    "deadline_at",
    "deadline_unit",
    "paused_since",
    "count_mode",
    "exclude_from_kpi",
    "company_id",
)


class AtencionCaseAlert(models.Model):
    """The live columns: days elapsed, days and hours of delay, alert.

    They depend on today and on now, so they are not stored. They filter, sort and group
    nevertheless, because the rule of ``tools.alert`` is written a second time in SQL
    (``atencion_case_alert_sql.py``). Tests compare both with the same tables.
    """

    _inherit = "atencion.case"

    elapsed_days = fields.Integer(
        "Days elapsed",
        compute="_compute_live_columns",
        search="_search_elapsed_days",
        aggregator="avg",
    )
    delay_days = fields.Integer(
        "Days of delay",
        compute="_compute_live_columns",
        search="_search_delay_days",
        aggregator="avg",
    )
    delay_hours = fields.Integer(
        "Hours of delay",
        compute="_compute_live_columns",
        search="_search_delay_hours",
        aggregator="avg",
        help="Whole hours that have passed since the moment of the deadline, by the clock. Of a "
        "limit in days it is the end of the day.",
    )
    alert_state = fields.Selection(
        [
            (alert.OVERDUE, "Overdue"),
            (alert.DUE_TODAY, "Due today"),
            (alert.ON_TIME, "On time"),
            (alert.ATTENDED_LATE, "Attended late"),
            (alert.ATTENDED_ON_TIME, "Attended on time"),
            (alert.ATTENDED, "Attended"),
            (alert.NONE, "No deadline"),
        ],
        compute="_compute_live_columns",
        search="_search_alert_state",
    )
    alert_label = fields.Char(
        "Alert", compute="_compute_live_columns", search="_search_alert_label"
    )

    @api.depends(*FACTS)
    @api.depends_context("lang")
    def _compute_live_columns(self):
        texts = self._alert_texts()
        for company, cases in self.grouped("company_id").items():
            cases._set_live_columns(company, texts)

    def _set_live_columns(self, company, texts):
        """Set the live columns of cases of one company."""
        now = fields.Datetime.now()
        today = company._day_of(now)
        # sudo: who may read the columns was asked; what they are computed from, 80 times a list.
        every = self.sudo()
        counted = company._working_days() if "working" in every.mapped("count_mode") else None
        # Many of a list have the same dates: they are judged, and their columns set, at once.
        alike = every.grouped(lambda case: tuple(case[name] for name in FACTS))
        for cases in alike.values():
            case = cases[0]
            if not case.request_date or not company:
                cases.elapsed_days = cases.delay_days = cases.delay_hours = 0
                cases.alert_state, cases.alert_label = alert.NONE, ""
                continue
            dates = case._alert_dates()
            state = alert.alert_state(dates, today, now)
            working_days = counted if case.count_mode == "working" else None
            delay = alert.delay_days(dates, today, working_days, now)
            hours = alert.delay_hours(dates, today, now)
            cases.elapsed_days = alert.elapsed_days(dates, today)
            cases.delay_days, cases.delay_hours, cases.alert_state = delay, hours, state
            in_hours = alert.tells_hours(dates, today, hours)
            told = ("hours", hours) if in_hours else ("days", delay)
            is_paused = dates.paused_on and not dates.attention_date
            cases.alert_label = self._alert_label(texts, state, *told, is_paused)

    def _alert_dates(self):
        """What decides the alert of the case.

        :rtype: alert.CaseDates
        """
        paused_at = self.paused_since or None
        return alert.CaseDates(
            request_date=self.request_date,
            deadline=self.deadline_date or None,
            attention_date=self.attention_date or None,
            paused_on=paused_at and self.company_id._day_of(paused_at),
            excluded=self.exclude_from_kpi,
            deadline_at=self.deadline_at or None,
            attended_at=self.attended_at or None,
            paused_at=paused_at,
            in_hours=self.deadline_unit == "hours",
        )

    def _alert_texts(self):
        """The label of each state of the alert, in the user's language.

        Of a delay they are those of none, of one, and of more days or hours.
        """
        return {
            alert.ON_TIME: self.env._("On time"),
            alert.DUE_TODAY: self.env._("Due today"),
            # No day late: the deadline has passed, and no working day since.
            "days": (
                self.env._("Past due"),
                self.env._("1 day late"),
                self.env._("%s days late"),
            ),
            "hours": (
                self.env._("Less than 1 h late"),
                self.env._("1 h late"),
                self.env._("%s h late"),
            ),
            alert.ATTENDED: self.env._("Attended"),
            alert.ATTENDED_ON_TIME: self.env._("Attended on time"),
            alert.ATTENDED_LATE: self.env._("Attended late"),
            alert.NONE: "",
            "paused": " " + self.env._("(paused)"),
        }

    @api.model
    def _alert_label(self, texts, state, unit, delay, is_paused):
        if state == alert.OVERDUE:
            label = texts[unit][min(delay, 2)]
            label = label % delay if delay > 1 else label
        else:
            label = texts[state]
        return label + texts["paused"] if label and is_paused else label
