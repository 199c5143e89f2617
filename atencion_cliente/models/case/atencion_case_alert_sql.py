from odoo import fields, models
from odoo.tools import SQL

from ...tools import alert
from .atencion_case_alert import FACTS

LIVE_COLUMNS = (
    "elapsed_days",
    "delay_days",
    "delay_hours",
    "alert_state",
    "alert_label",
    "age_bucket",
)


class AtencionCaseAlertSql(models.Model):
    """The live columns in SQL, by the rule of ``tools.alert``.

    Each is an expression of columns of the case and of constants: what time it is, and what day
    in each company. Within one expression it is the same moment everywhere.
    """

    _inherit = "atencion.case"

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr in LIVE_COLUMNS:
            self._check_field_access(self._fields[field_expr], "read")
            return getattr(self, f"_sql_{field_expr}")(alias)
        return super()._field_to_sql(alias, field_expr, query)

    def _sql_columns(self, alias):
        """The stored columns that the live ones are computed from, and ``now``, in UTC."""
        now = {"now": fields.Datetime.now()}
        return now | {name: self._field_to_sql(alias, name) for name in FACTS}

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
            columns["company_id"],
            lambda company: SQL("%s::date", company._day_of(columns["now"])),
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

    def _sql_open_at(self, columns):
        """``alert.judged_at`` of a case that was not attended: paused, else now."""
        return SQL("COALESCE(%s, %s::timestamp)", columns["paused_since"], columns["now"])

    def _sql_elapsed_days(self, alias):
        columns = self._sql_columns(alias)
        return SQL(
            "GREATEST(0, COALESCE(%s, %s) - %s)",
            columns["attention_date"],
            self._sql_today(columns),
            columns["request_date"],
        )

    def _sql_alert_state(self, alias):
        return self._sql_state_of(self._sql_columns(alias))

    def _sql_state_of(self, columns):
        # The moment is asked for on the day of the deadline only.
        return SQL(
            """CASE
                WHEN %(excluded)s THEN 'none'
                WHEN %(attended)s IS NULL THEN CASE
                    WHEN %(deadline)s > %(day)s THEN 'on_time'
                    WHEN %(deadline)s < %(day)s THEN 'overdue'
                    WHEN %(deadline)s IS NULL THEN 'none'
                    WHEN %(unit)s = 'hours' AND %(due)s < %(open_at)s THEN 'overdue'
                    ELSE 'due_today' END
                WHEN %(attended)s < %(deadline)s THEN 'attended_on_time'
                WHEN %(attended)s > %(deadline)s THEN 'attended_late'
                WHEN %(deadline)s IS NULL THEN 'attended'
                WHEN %(unit)s = 'hours' AND %(due)s < %(attended_at)s THEN 'attended_late'
                ELSE 'attended_on_time' END""",
            excluded=columns["exclude_from_kpi"],
            deadline=columns["deadline_date"],
            due=columns["deadline_at"],
            unit=columns["deadline_unit"],
            attended=columns["attention_date"],
            attended_at=columns["attended_at"],
            day=self._sql_open_on(columns),
            open_at=self._sql_open_at(columns),
        )

    def _sql_delay_days(self, alias):
        return self._sql_days_of(self._sql_columns(alias))

    def _sql_days_of(self, columns):
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

    def _sql_delay_hours(self, alias):
        return self._sql_hours_of(self._sql_columns(alias))

    def _sql_hours_of(self, columns):
        return SQL(
            """CASE WHEN %s IN ('overdue', 'attended_late') THEN
                GREATEST(0, floor(extract(epoch FROM COALESCE(%s, %s) - %s) / 3600)::int)
            ELSE 0 END""",
            self._sql_state_of(columns),
            columns["attended_at"],
            self._sql_open_at(columns),
            columns["deadline_at"],
        )

    def _sql_alert_label(self, alias):
        columns = self._sql_columns(alias)
        texts = self._alert_texts()
        plain = SQL(" ").join(
            SQL("WHEN %s THEN %s", name, texts[name])
            for name in alert.STATES
            if name not in (alert.OVERDUE, alert.NONE)
        )
        return SQL(
            "CASE %(state)s WHEN 'overdue' THEN %(overdue)s %(plain)s ELSE '' END"
            " || CASE WHEN %(paused)s IS NOT NULL AND %(attended)s IS NULL"
            " AND %(state)s <> 'none' THEN %(pause)s ELSE '' END",
            state=self._sql_state_of(columns),
            overdue=self._sql_overdue_label(columns, texts),
            plain=plain,
            paused=columns["paused_since"],
            attended=columns["attention_date"],
            pause=texts["paused"],
        )

    def _sql_overdue_label(self, columns, texts):
        """How late an overdue case is, by ``alert.tells_hours`` in hours or in days."""
        hours = self._sql_hours_of(columns)
        return SQL(
            "CASE WHEN %s = 'hours' AND (%s = %s OR %s < %s) THEN %s ELSE %s END",
            columns["deadline_unit"],
            columns["deadline_date"],
            self._sql_open_on(columns),
            hours,
            alert.HOURS_TOLD,
            _sql_late(hours, texts["hours"]),
            _sql_late(self._sql_days_of(columns), texts["days"]),
        )


def _sql_late(delay, texts):
    """A delay in words: none, one, or more of its unit."""
    none, one, many = texts
    return SQL(
        "CASE %(delay)s WHEN 0 THEN %(none)s WHEN 1 THEN %(one)s"
        " ELSE replace(%(many)s, %(token)s, (%(delay)s)::text) END",
        delay=delay,
        none=none,
        one=one,
        many=many,
        token="%s",
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
