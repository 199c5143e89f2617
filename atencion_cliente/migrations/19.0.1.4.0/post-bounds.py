import logging

from odoo.tools import SQL

_logger = logging.getLogger(__name__)

MOST_DAYS = 3650
# Former versions accepted any number. More than ten years overflowed, or meant “never”.
LIMITS = (
    ("atencion_case_type", ("max_days", "warn_days", "reminder_days", "max_reminders")),
    ("atencion_document_requirement", ("due_days",)),
    (
        "res_company",
        (
            "atencion_max_days_low",
            "atencion_max_days_normal",
            "atencion_max_days_high",
            "atencion_max_days_urgent",
            "atencion_log_retention_days",
        ),
    ),
)


def migrate(cr, version):
    """Reduce limits of more than ten years to ten years. The deadlines of cases are kept."""
    for table, columns in LIMITS:
        for column in columns:
            cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = %(most)s"
                    " WHERE %(column)s > %(most)s RETURNING id",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    most=MOST_DAYS,
                )
            )
            ids = [row[0] for row in cr.fetchall()]
            if ids:
                _logger.warning("%s.%s was more than %s: ids %s", table, column, MOST_DAYS, ids)
