"""The states of the alert, as panels name and color them."""

from ..charts import Chart, Series
from ..formulas import Count
from ..tables import Column

# What is late is darker, too, for those who do not tell red from green.
LATE_COLOR, ON_TIME_COLOR, PLAIN_COLOR = "#C03A37", "#66B88D", "#4A7BA6"
DUE_COLOR, NO_COLOR = "#F0AD4E", "#BDBDBD"
# The place at which something on the right begins.
RIGHT = 6
# States of the alert, with their words beside each figure of a table, and their colors.
OPEN = {
    "overdue": ("Overdue", LATE_COLOR),
    "due_today": ("Due today", DUE_COLOR),
    "on_time": ("On time", ON_TIME_COLOR),
    "none": ("No deadline", NO_COLOR),
}
RATED = {
    "attended_on_time": ("On time", ON_TIME_COLOR),
    "attended_late": ("Late", LATE_COLOR),
}
CLOSED = {
    "attended_on_time": ("Closed on time", ON_TIME_COLOR),
    "attended_late": ("Closed late", LATE_COLOR),
}
RECEIVED = {
    "overdue": ("Overdue", LATE_COLOR),
    "attended_late": ("Attended late", LATE_COLOR),
    "attended_on_time": ("Attended on time", ON_TIME_COLOR),
}


def columns_of(source, alerts):
    """The columns of the cases in states of the alert."""
    return tuple(
        Column(title, Count(source, ("alert_state", name)))
        for name, (title, _color) in alerts.items()
    )


def chart_of(table, alerts, place):
    """The bars of the columns of states of the alert."""
    series = tuple(Series(title, color) for title, color in alerts.values())
    return Chart(table, series, place, horizontal=True)
