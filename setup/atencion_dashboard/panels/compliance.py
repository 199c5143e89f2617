"""Whether the period was kept up with."""

from ..cards import WARNING, Card, Cards, on_time_rate
from ..charts import Chart, Series
from ..formulas import Count, difference
from ..panel import Panel
from ..sheet import DECIMAL, PERCENT
from ..sources import COUNT, OF_ENTRIES, Source
from ..tables import Column, Table
from .alerts import (
    CLOSED,
    DUE_COLOR,
    LATE_COLOR,
    ON_TIME_COLOR,
    OPEN,
    PLAIN_COLOR,
    RATED,
    RIGHT,
    chart_of,
    columns_of,
)
from .open_cases import IS_OPEN

IS_CLOSED = ("closed_at", "!=", False)
WITH_DEADLINE = ("alert_state", "in", ["attended_on_time", "attended_late"])
ENTRY = "atencion.case.history"
STATES = 11
OF_STAYS = "Of times that began in the period, until now if they last. None of closed cases."
ATTENDED, RATE = "Attended with a deadline", "% attended on time"
OF_ATTENDED = "Cases with a deadline attended in the period; pending ones do not count."


def _rates(title, label, row, *, note=OF_ATTENDED, rows=10):
    """The table of what was attended: all with a deadline, on time, late, and the rate."""
    source = Source(domain=(WITH_DEADLINE,), row=row, column="alert_state", period="attention_date")
    columns = (
        Column(ATTENDED, Count(source)),
        *columns_of(source, RATED),
        Column(RATE, ("On time", ATTENDED), PERCENT),
    )
    return Table(title, note, label, source, columns, rows)


def _by_person():
    """The table of who has what: open today, and closed in the period.

    It lists who has open cases or closed one in the last year, the busiest first.
    """
    is_assigned = ("user_id", "!=", False)
    is_recent = ("|", IS_OPEN, ("closed_at", ">=", "-1y"))
    by = {"row": "user_id", "column": "alert_state"}
    open_ = Source(domain=(is_assigned, IS_OPEN), **by)
    closed = Source(domain=(is_assigned, IS_CLOSED), **by, period="closed_at")
    on_time, late = (title for title, _color in CLOSED.values())
    return Table(
        "Cases by person",
        "Assigned cases: open and overdue today; closed in the period and not reopened since.",
        "Assigned to",
        Source(domain=(is_assigned, *is_recent), row="user_id", is_keyed=True),
        (
            Column("Open", Count(open_)),
            *columns_of(open_, {"overdue": OPEN["overdue"]}),
            Column("Closed", Count(closed)),
            *columns_of(closed, CLOSED),
            Column("% closed on time", (on_time, on_time, late), PERCENT),
        ),
        rows=15,
    )


def _hours_of(row, **options):
    """The times in states that are not closed, and how many they are."""
    return Source(
        ENTRY,
        (("closed", "=", False),),
        row=row,
        measures=("duration_hours", COUNT),
        fields=OF_ENTRIES,
        period="entered_at",
        **options,
    )


def _stays(title, label, row, **options):
    """The table of the times in states: their hours, how many they are, and hours of one."""
    source = _hours_of(row)
    columns = (
        Column("Hours", Count(source)),
        Column("Stays", Count(source, measure=1)),
        Column("Hours per stay", ("Hours", "Stays"), DECIMAL),
    )
    return Table(title, OF_STAYS, label, source, columns, **options)


def _flow():
    """The table of what came in and what went out, week by week."""
    received = Source(row="request_date:week", period="request_date", is_keyed=True)
    closed = Source(domain=(IS_CLOSED,), row="closed_at:week", period="closed_at")
    return Table(
        "Received and closed by week",
        "Where more is received than closed, the backlog grows. The newest weeks first.",
        "Week",
        received,
        (
            Column("Received", Count(received)),
            Column("Closed", Count(closed)),
            Column("Difference", ("Received", "Closed"), made=difference),
        ),
        rows=14,
    )


flow_table = _flow()
week_table = _rates(
    "On-time rate by week",
    "Week of the attention",
    "attention_date:week",
    note=f"{OF_ATTENDED} The newest weeks first.",
    rows=14,
)
person_table = _by_person()
type_rates = _rates("On-time rate by type", "Type", "type_id")
area_rates = _rates("On-time rate by area", "Service area", "area_id")
reopenings = Source(
    ENTRY,
    (("closed", "=", True), ("left_at", "!=", False)),
    row="area_id",
    fields=OF_ENTRIES,
    period="left_at",
)
hours = _hours_of("area_id", column="stage_id")
COMPLIANCE = Panel(
    "compliance",
    (
        (
            Cards(
                (
                    Card("Received", Count(Source(period="request_date"))),
                    Card(
                        "Closed",
                        Count(Source(domain=(IS_CLOSED,), period="closed_at")),
                    ),
                    Card(ATTENDED, Count(area_rates.source)),
                    on_time_rate(RATE, area_rates.source),
                    Card("Reopenings", Count(reopenings), color=WARNING),
                )
            ),
        ),
        (
            flow_table,
            Chart(
                flow_table,
                (Series("Received", PLAIN_COLOR), Series("Closed", ON_TIME_COLOR)),
                place=RIGHT,
                is_stacked=False,
                reverse=True,
                label_end=7,
            ),
        ),
        (
            week_table,
            Chart(
                week_table,
                (Series(ATTENDED, PLAIN_COLOR), Series(RATE, DUE_COLOR, "line")),
                place=RIGHT,
                reverse=True,
                label_end=7,
            ),
        ),
        (
            person_table,
            Chart(
                person_table,
                (
                    Series("Open", PLAIN_COLOR),
                    Series("Overdue", LATE_COLOR),
                    Series("Closed", ON_TIME_COLOR),
                ),
                place=8,
                horizontal=True,
                is_stacked=False,
            ),
        ),
        (type_rates, chart_of(type_rates, RATED, RIGHT)),
        (
            area_rates,
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
            _stays("Hours in each state", "State", "stage_id", rows=STATES),
            _stays("Hours in each area", "Service area", "area_id", place=RIGHT, span=3),
        ),
        (
            Table(
                "Hours in each state and area",
                OF_STAYS,
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
