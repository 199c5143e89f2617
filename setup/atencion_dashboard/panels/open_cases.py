"""What is open today."""

from ..cards import WARNING, Card, Cards
from ..charts import Chart, Series
from ..formulas import Count
from ..panel import Panel
from ..sources import Source
from ..tables import Column, Table
from .alerts import OPEN, chart_of, columns_of

IS_OPEN = ("closed_at", "=", False)
AGES = {
    "00_07": "0 to 7 days",
    "08_15": "8 to 15 days",
    "16_30": "16 to 30 days",
    "31_60": "31 to 60 days",
    "61_up": "More than 60 days",
}
# The older, the darker.
AGE_COLORS = ("#F2CE96", "#EBAE63", "#DC8244", "#B9503F", "#832A2A")
BY_ALERT = "As of today. Cases that were attended and are still open are in the total alone."


def _open(*terms, **options):
    return Source(domain=(IS_OPEN, *terms), **options)


def _open_by_alert(title, label, row):
    source = _open(row=row, column="alert_state")
    columns = Column("Total", Count(source)), *columns_of(source, OPEN)
    return Table(title, BY_ALERT, label, source, columns)


area_table = _open_by_alert("Open cases by area and alert", "Service area", "area_id")
type_table = _open_by_alert("Open cases by type and alert", "Type", "type_id")
open_alerts = area_table.source
open_ages = _open(row="area_id", column="age_bucket")
age_table = Table(
    "Age of open cases by area",
    "Calendar days since the request; until the attention, where the customer was attended.",
    "Service area",
    open_ages,
    (
        Column("Total", Count(open_ages)),
        *(Column(title, Count(open_ages, ("age_bucket", key))) for key, title in AGES.items()),
    ),
)
OPEN_CASES = Panel(
    "open_cases",
    (
        (
            Cards(
                (
                    Card("Open", Count(open_alerts)),
                    Card("Overdue", Count(open_alerts, ("alert_state", "overdue")), color=WARNING),
                    Card("Due today", Count(open_alerts, ("alert_state", "due_today"))),
                    Card("Unassigned", Count(_open(("user_id", "=", False)))),
                    Card("Waiting for the customer", Count(_open(("paused_since", "!=", False)))),
                )
            ),
        ),
        (area_table, chart_of(area_table, OPEN, 7)),
        (type_table, chart_of(type_table, OPEN, 7)),
        (
            age_table,
            Chart(
                age_table,
                tuple(map(Series, AGES.values(), AGE_COLORS)),
                place=8,
                horizontal=True,
            ),
        ),
    ),
)
