"""What the three panels show."""

from .cards import WARNING, Card, Cards, on_time_rate
from .charts import Chart, Series
from .formulas import Count
from .panel import Panel
from .sheet import DECIMAL, PERCENT
from .sources import OF_ENTRIES, OF_UNITS, Source
from .tables import Column, Table

LATE_COLOR, ON_TIME_COLOR, PLAIN_COLOR = "#DC6965", "#4EA87B", "#4A7BA6"
# The place at which something on the right begins.
RIGHT = 6
ALERTS = {
    "overdue": ("Overdue", LATE_COLOR),
    "due_today": ("Due today", "#F0AD4E"),
    "on_time": ("On time", ON_TIME_COLOR),
    "attended_late": ("Attended late", "#E8A9A6"),
    "attended_on_time": ("Attended on time", "#9CCFB5"),
    "attended": ("Attended", "#A8C5DA"),
    "none": ("No deadline", "#CCCCCC"),
}
AGES = {
    "00_07": "0 to 7 days",
    "08_15": "8 to 15 days",
    "16_30": "16 to 30 days",
    "31_60": "31 to 60 days",
    "61_up": "More than 60 days",
}
AGE_COLORS = ("#9CCFB5", "#C9DDA6", "#F3D58C", "#EBA873", LATE_COLOR)


def _alert(source, name):
    """The column of cases in a state of the alert."""
    return Column(ALERTS[name][0], Count(source, ("alert_state", name)))


# ---------------------------------------------------------------------------------------------
# What is open today
# ---------------------------------------------------------------------------------------------

OPEN = ("closed_at", "=", False)


def _open(*terms, **options):
    return Source(domain=(OPEN, *terms), period="request_date", **options)


open_alerts = _open(row="area_id", column="alert_state")
open_ages = _open(row="area_id", column="age_bucket")
alert_table = Table(
    "Open cases by area and alert",
    "As of today.",
    "Service area",
    open_alerts,
    (Column("Total", Count(open_alerts)), *(_alert(open_alerts, name) for name in ALERTS)),
)
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
        (
            alert_table,
            Chart(
                alert_table,
                tuple(Series(title, color) for title, color in ALERTS.values()),
                place=9,
                horizontal=True,
            ),
        ),
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

# ---------------------------------------------------------------------------------------------
# Whether the period was kept up with
# ---------------------------------------------------------------------------------------------

WITH_DEADLINE = ("alert_state", "in", ["attended_on_time", "attended_late"])
ENTRY = "atencion.case.history"
STATES = 11


def _attended(row=None):
    return Source(domain=(WITH_DEADLINE,), row=row, column="alert_state", period="attention_date")


def _rate_columns(source):
    """All with a deadline, on time, late, and the rate."""
    return (
        Column("With deadline", Count(source)),
        Column("On time", Count(source, ("alert_state", "attended_on_time"))),
        Column("Late", Count(source, ("alert_state", "attended_late"))),
        Column("On-time rate", ("On time", "With deadline"), PERCENT),
    )


weeks, areas = _attended("attention_date:week"), _attended("area_id")
reopenings = Source(
    ENTRY,
    (("closed", "=", True), ("left_at", "!=", False)),
    row="area_id",
    fields=OF_ENTRIES,
    period="left_at",
)
hours = Source(
    ENTRY,
    (("closed", "=", False),),
    row="area_id",
    column="stage_id",
    measures=("duration_hours",),
    fields=OF_ENTRIES,
    period="entered_at",
)
week_table = Table(
    "On-time rate by week",
    "Cases attended in the period that had a deadline. The newest weeks first.",
    "Week of the attention",
    weeks,
    _rate_columns(weeks),
    rows=14,
)
COMPLIANCE = Panel(
    "compliance",
    (
        (
            Cards(
                (
                    Card("Received", Count(Source(period="request_date"))),
                    Card(
                        "Closed",
                        Count(Source(domain=(("closed_at", "!=", False),), period="closed_at")),
                    ),
                    Card("Attended with a deadline", Count(areas)),
                    on_time_rate("On-time rate", areas),
                    Card(
                        "Reopenings",
                        Count(reopenings),
                        color=WARNING,
                        menu="atencion_cliente.atencion_case_history_menu",
                    ),
                )
            ),
        ),
        (
            week_table,
            Chart(
                week_table,
                (
                    Series("With deadline", PLAIN_COLOR),
                    Series("On-time rate", ON_TIME_COLOR, "line"),
                ),
                place=RIGHT,
                reverse=True,
            ),
        ),
        (
            Table(
                "On-time rate by area",
                "Cases attended in the period that had a deadline.",
                "Service area",
                areas,
                _rate_columns(areas),
            ),
            Table(
                "Reopenings by area",
                "Closed cases that were reopened in the period.",
                "Service area",
                reopenings,
                (Column("Reopenings", Count(reopenings)),),
                place=RIGHT,
                span=3,
            ),
        ),
        (
            Table(
                "Hours in each state and area",
                "Of times that began in the period, until now if they last. None of closed cases.",
                "Service area",
                hours,
                (
                    Column("Total", Count(hours)),
                    *(
                        Column(("stage_id", place), Count(hours, ("#stage_id", place)))
                        for place in range(1, STATES + 1)
                    ),
                ),
            ),
        ),
    ),
    period="last_90_days",
)

# ---------------------------------------------------------------------------------------------
# Where cases come from
# ---------------------------------------------------------------------------------------------

IN_PERIOD = "Cases received in the period."


def _received(title, label, row, *, right=False, is_set=False):
    """The table of the cases that were received, by one of their fields."""
    source = Source(
        domain=((row, "!=", False),) if is_set else (),
        row=row,
        column="alert_state",
        period="request_date",
    )
    columns = (
        Column("Cases", Count(source)),
        _alert(source, "overdue"),
        _alert(source, "attended_late"),
        _alert(source, "attended_on_time"),
    )
    return Table(title, IN_PERIOD, label, source, columns, place=RIGHT if right else 0)


per_unit = Source(
    "atencion.unit.case.report",
    row="project_id",
    measures=("case_count", "delivered_count"),
    fields=OF_UNITS,
)
cases, delivered = Count(per_unit), Count(per_unit, measure=1)
unit_table = Table(
    "Cases per delivered unit",
    "Of all years. Parking and storage count with their unit.",
    "Project",
    per_unit,
    (
        Column("Cases", cases),
        Column("Delivered units", delivered),
        Column("Cases per unit", ("Cases", "Delivered units"), DECIMAL),
    ),
)
projects = _received("Busiest projects", "Project", "project_id", is_set=True)
REPORT = "atencion_cliente.atencion_unit_case_report_menu"
ORIGINS = Panel(
    "origins",
    (
        (
            Cards(
                (
                    Card("Received", Count(Source(period="request_date"))),
                    Card("Cases, all years", cases, menu=REPORT),
                    Card("Delivered units", delivered, menu=REPORT),
                    Card("Cases per delivered unit", cases, delivered, DECIMAL, menu=REPORT),
                )
            ),
        ),
        (projects, _received("Busiest units", "Unit", "unit_id", right=True, is_set=True)),
        (
            _received("Types", "Type", "type_id"),
            _received("Categories", "Category", "category_id", right=True),
        ),
        (unit_table, Chart(unit_table, (Series("Cases per unit", PLAIN_COLOR),), place=RIGHT)),
    ),
    period="last_90_days",
    # Two tables beside each other; categories have long names.
    widths=(196, 75, 75, 75, 75, 18, 325, 75, 75, 75, 75),
)

PANELS = (OPEN_CASES, COMPLIANCE, ORIGINS)
