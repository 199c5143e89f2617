"""Cases get the moments of their deadline and their attention, by the rule, in SQL.

Odoo would compute them for all cases, and with them their deadlines: those of attended cases, too.
Until now every limit was in days: a deadline is the last second of its day in the zone of the
company. When a customer was attended is known as a day, and by a closing on that day.
"""

from odoo.tools import SQL, sql

CASE = "atencion_case"
COLUMNS = {
    "deadline_at": "timestamp",
    "deadline_unit": "varchar",
    "attended_at": "timestamp",
    "has_max_days": "boolean",
    "limit_hours": "integer",
}
# The last second of a day, as ``res.company._end_of``: Python has no day after the last one.
END_OF_DAY = """
    CASE WHEN %(day)s IS NOT NULL THEN
        LEAST((%(day)s + 1)::timestamp, timestamp '9999-12-31')
        AT TIME ZONE zone.name AT TIME ZONE 'UTC' - interval '1 second'
    END"""


def migrate(cr, _version):
    missing = [name for name in COLUMNS if not sql.column_exists(cr, CASE, name)]
    for name in missing:
        sql.create_column(cr, CASE, name, COLUMNS[name])
    if missing:
        _fill(cr)


def _fill(cr):
    cr.execute(
        SQL(
            """
            WITH zone AS (
                SELECT company.id, COALESCE(calendar.tz, 'UTC') AS name
                FROM res_company company
                LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
            )
            UPDATE atencion_case AS own SET
                deadline_at = %(due)s,
                deadline_unit = CASE WHEN deadline_date IS NOT NULL THEN 'days' END,
                attended_at = CASE
                    WHEN attention_date = (
                        closed_at AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date
                    THEN closed_at ELSE %(attended)s END,
                has_max_days = has_limit,
                limit_hours = 0
            FROM zone WHERE zone.id = own.company_id""",
            due=SQL(END_OF_DAY, day=SQL("deadline_date")),
            attended=SQL(END_OF_DAY, day=SQL("attention_date")),
        )
    )
