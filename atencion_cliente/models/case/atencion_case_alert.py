from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import alert

LIVE_COLUMNS = ("elapsed_days", "delay_days", "alert_state", "alert_label", "age_bucket")
# The stored columns that the live ones are computed from.
FACTS = (
    "request_date",
    "attention_date",
    "deadline_date",
    "paused_since",
    "count_mode",
    "exclude_from_kpi",
    "company_id",
)


class AtencionCaseAlert(models.Model):
    """The live columns: days elapsed, days of delay, alert.

    They depend on today, so they are not stored. They filter, sort and group nevertheless,
    because the rule of ``tools.alert`` is written a second time in SQL. A test compares both
    with the same table.
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
        today = company._today()
        # sudo: who may read the columns was asked; what they are computed from, 80 times a list.
        every = self.sudo()
        counted = company._working_days() if "working" in every.mapped("count_mode") else None
        # Many of a list have the same dates: they are judged, and their columns set, at once.
        alike = every.grouped(lambda case: tuple(case[name] for name in FACTS))
        for cases in alike.values():
            case = cases[0]
            if not case.request_date or not company:
                cases.elapsed_days = cases.delay_days = 0
                cases.alert_state, cases.alert_label = alert.NONE, ""
                continue
            dates = alert.CaseDates(
                request_date=case.request_date,
                deadline=case.deadline_date or None,
                attention_date=case.attention_date or None,
                paused_on=company._day_of(case.paused_since) if case.paused_since else None,
                excluded=case.exclude_from_kpi,
            )
            state = alert.alert_state(dates, today)
            working_days = counted if case.count_mode == "working" else None
            delay = alert.delay_days(dates, today, working_days)
            cases.elapsed_days = alert.elapsed_days(dates, today)
            cases.delay_days, cases.alert_state = delay, state
            is_paused = dates.paused_on and not dates.attention_date
            cases.alert_label = self._alert_label(texts, state, delay, is_paused)

    def _alert_texts(self):
        """The label of each state of the alert, in the user's language."""
        return {
            alert.ON_TIME: self.env._("On time"),
            alert.DUE_TODAY: self.env._("Due today"),
            alert.OVERDUE: self.env._("%s days late"),
            "overdue_one": self.env._("1 day late"),
            # The deadline has passed, and no working day since.
            "overdue_none": self.env._("Past due"),
            alert.ATTENDED: self.env._("Attended"),
            alert.ATTENDED_ON_TIME: self.env._("Attended on time"),
            alert.ATTENDED_LATE: self.env._("Attended late"),
            alert.NONE: "",
            "paused": " " + self.env._("(paused)"),
        }

    @api.model
    def _alert_label(self, texts, state, delay_days, is_paused):
        if state == alert.OVERDUE:
            rare = {0: texts["overdue_none"], 1: texts["overdue_one"]}
            label = rare.get(delay_days) or texts[state] % delay_days
        else:
            label = texts[state]
        return label + texts["paused"] if label and is_paused else label

    # -------------------------------------------------------------------------
    # SQL
    # -------------------------------------------------------------------------

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr in LIVE_COLUMNS:
            self._check_field_access(self._fields[field_expr], "read")
            return getattr(self, f"_sql_{field_expr}")(alias)
        return super()._field_to_sql(alias, field_expr, query)

    def _sql_columns(self, alias):
        """The stored columns that the live ones are computed from."""
        return {name: self._field_to_sql(alias, name) for name in FACTS}

    def _sql_by_company(self, company_id, value_of):
        """A constant per company, as one CASE on the values that differ.

        :param company_id: the SQL of the column
        :param value_of: function from a company to a SQL constant
        """
        companies = self.env["res.company"].browse(self.env["res.company"]._zone_names())
        by_value = {}
        for company in companies:
            by_value.setdefault(value_of(company), []).append(company.id)
        *others, (last, _ids) = by_value.items()
        branches = [
            SQL("WHEN %s IN %s THEN %s", company_id, tuple(ids), value) for value, ids in others
        ]
        if not branches:
            return last
        return SQL("CASE %s ELSE %s END", SQL(" ").join(branches), last)

    def _sql_today(self, columns):
        return self._sql_by_company(
            columns["company_id"], lambda company: SQL("%s::date", company._today())
        )

    def _sql_open_on(self, columns):
        """``alert.judged_on`` of a case that was not attended: paused, else today."""
        paused_on = SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            columns["paused_since"],
            self._sql_by_company(
                columns["company_id"], lambda company: SQL("%s", company._zone().key)
            ),
        )
        return SQL("COALESCE(%s, %s)", paused_on, self._sql_today(columns))

    def _sql_elapsed_days(self, alias):
        columns = self._sql_columns(alias)
        return SQL(
            "GREATEST(0, COALESCE(%s, %s) - %s)",
            columns["attention_date"],
            self._sql_today(columns),
            columns["request_date"],
        )

    def _sql_alert_state(self, alias):
        columns = self._sql_columns(alias)
        return SQL(
            """CASE
                WHEN %(excluded)s THEN 'none'
                WHEN %(attended)s IS NULL THEN CASE
                    WHEN %(deadline)s > %(day)s THEN 'on_time'
                    WHEN %(deadline)s < %(day)s THEN 'overdue'
                    WHEN %(deadline)s IS NULL THEN 'none'
                    ELSE 'due_today' END
                WHEN %(attended)s <= %(deadline)s THEN 'attended_on_time'
                WHEN %(attended)s > %(deadline)s THEN 'attended_late'
                ELSE 'attended' END""",
            excluded=columns["exclude_from_kpi"],
            deadline=columns["deadline_date"],
            attended=columns["attention_date"],
            day=self._sql_open_on(columns),
        )

    def _sql_delay_days(self, alias):
        columns = self._sql_columns(alias)
        deadline = columns["deadline_date"]
        day = SQL("COALESCE(%s, %s)", columns["attention_date"], self._sql_open_on(columns))
        late = SQL(
            "CASE WHEN %s = 'working' THEN %s ELSE %s - %s END",
            columns["count_mode"],
            self._sql_by_company(
                columns["company_id"],
                lambda company: _sql_days_after(company._working_days(), deadline, day),
            ),
            day,
            deadline,
        )
        return SQL(
            "CASE WHEN %s IS NOT TRUE AND %s > %s THEN %s ELSE 0 END",
            columns["exclude_from_kpi"],
            day,
            deadline,
            late,
        )

    def _sql_alert_label(self, alias):
        columns = self._sql_columns(alias)
        texts = self._alert_texts()
        state, delay = self._sql_alert_state(alias), self._sql_delay_days(alias)
        overdue = SQL(
            "CASE %(delay)s WHEN 0 THEN %(none)s WHEN 1 THEN %(one)s"
            " ELSE replace(%(many)s, %(token)s, (%(delay)s)::text) END",
            delay=delay,
            none=texts["overdue_none"],
            one=texts["overdue_one"],
            many=texts[alert.OVERDUE],
            token="%s",
        )
        plain = SQL(" ").join(
            SQL("WHEN %s THEN %s", name, texts[name])
            for name in alert.STATES
            if name not in (alert.OVERDUE, alert.NONE)
        )
        return SQL(
            "CASE %(state)s WHEN 'overdue' THEN %(overdue)s %(plain)s ELSE '' END"
            " || CASE WHEN %(paused)s IS NOT NULL AND %(attended)s IS NULL"
            " AND %(state)s <> 'none' THEN %(pause)s ELSE '' END",
            state=state,
            overdue=overdue,
            plain=plain,
            paused=columns["paused_since"],
            attended=columns["attention_date"],
            pause=texts["paused"],
        )


def _sql_days_after(working_days, start, end):
    """``WorkingDays.after`` of two days that are expressions."""
    if working_days.works_every_day:
        return SQL("%s - %s", end, start)
    return SQL("%s - %s", _sql_days_until(working_days, end), _sql_days_until(working_days, start))


def _sql_days_until(working_days, day):
    """The days worked until a day: those of usual weeks less the holidays.

    width_bucket counts, by binary search, the holidays until a day.
    """
    usual = SQL(
        "(%(day)s - date '0001-01-01') / 14 * %(each)s"
        " + (%(days)s::int[])[(%(day)s - date '0001-01-01') %% 14 + 1]",
        day=day,
        each=working_days.worked_up_to[-1],
        days=sql_array(working_days.worked_up_to),
    )
    if not working_days.holidays:
        return SQL("(%s)", usual)
    holidays = sql_array(working_days.holidays)
    return SQL("(%s - width_bucket(%s, %s::date[]))", usual, day, holidays)


def sql_array(values):
    """Values as PostgreSQL reads an array: Odoo's ``SQL`` does not accept lists."""
    return f"{{{','.join(map(str, values))}}}"
