"""Where cases come from."""

from ..cards import Card, Cards
from ..charts import Chart, Series
from ..formulas import Count
from ..panel import Panel
from ..sheet import DECIMAL
from ..sources import OF_UNITS, Source
from ..tables import Column, Table
from .alerts import PLAIN_COLOR, RECEIVED, RIGHT, columns_of

IN_PERIOD = "Cases received in the period."
BY_MONTH = (
    "Cases received in the period, the newest month first. "
    "The first and the last may be incomplete."
)
# Those of 90 days.
MONTHS = 4


def _received(title, label, row, *, right=False, is_set=False):
    """The table of the cases that were received, by one of their fields."""
    source = Source(
        domain=((row, "!=", False),) if is_set else (),
        row=row,
        column="alert_state",
        period="request_date",
    )
    columns = Column("Cases", Count(source)), *columns_of(source, RECEIVED)
    return Table(title, IN_PERIOD, label, source, columns, place=RIGHT if right else 0)


def _by_month(title, label, row, *, right=False):
    """The table of the newest months of what was received, by one of its fields."""
    month = "request_date:month"
    source = Source(row=row, column=month, period="request_date")
    columns = tuple(
        Column((month, place), Count(source, (f"#{month}", place)))
        for place in range(1, MONTHS + 1)
    )
    return Table(title, BY_MONTH, label, source, columns, place=RIGHT if right else 0)


per_unit = Source(
    "atencion.unit.case.report",
    row="project_id",
    measures=("case_count", "delivered_count"),
    fields=OF_UNITS,
)
cases, delivered = Count(per_unit), Count(per_unit, measure=1)
unit_table = Table(
    "Cases per delivered unit",
    "All cases of the project, also without a unit or before the delivery. "
    "Neither the period nor the area changes it. Parking and storage count with their unit.",
    "Project",
    per_unit,
    (
        Column("Cases", cases),
        Column("Delivered units", delivered),
        Column("Cases per unit", ("Cases", "Delivered units"), DECIMAL),
    ),
    # Room for the note.
    span=2,
)
projects = _received("Busiest projects", "Project", "project_id", is_set=True)
ORIGINS = Panel(
    "origins",
    (
        (
            Cards(
                (
                    Card("Received", Count(Source(period="request_date"))),
                    Card("Cases, all years", cases),
                    Card("Delivered units", delivered),
                    Card("Cases per unit", cases, delivered, DECIMAL),
                )
            ),
        ),
        (projects, _received("Busiest units", "Unit", "unit_id", right=True, is_set=True)),
        (
            _received("Types", "Type", "type_id"),
            _received("Categories", "Category", "category_id", right=True),
        ),
        (
            _by_month("Types by month", "Type", "type_id"),
            _by_month("Categories by month", "Category", "category_id", right=True),
        ),
        (unit_table, Chart(unit_table, (Series("Cases per unit", PLAIN_COLOR),), place=RIGHT)),
    ),
    period="last_90_days",
    # Two tables beside each other; categories have long names.
    widths=(196, 75, 75, 75, 75, 18, 325, 75, 75, 75, 75),
)
