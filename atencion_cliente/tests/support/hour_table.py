"""The truth table of limits in hours. It imports nothing: the pure rule and Odoo read it.

Clocks of Lima are 5 hours behind UTC all year. Those of Santiago are 3 hours behind in summer
and 4 in winter: at midnight of 5 April 2025 they go back to 23:00 of the day before, which has
25 hours, and at midnight of 7 September 2025 they go on to 1:00, on a day of 23 hours.

Work is done from Monday to Friday, 8 to 12 and 13 to 17.
"""

from dataclasses import dataclass

LIMA, SANTIAGO = "America/Lima", "America/Santiago"
NATURAL, WORKING = "calendar", "working"
OPENS_AND_CLOSES = ((8, 12), (13, 17))
HOLIDAYS = {LIMA: ("2025-07-28", "2025-07-29"), SANTIAGO: ("2025-09-18", "2025-09-19")}
LATE, TODAY, ON_TIME = "overdue", "due_today", "on_time"
WAS_ON_TIME, WAS_LATE = "attended_on_time", "attended_late"


@dataclass(frozen=True)
class HourRow:
    """One case. Moments are in UTC, without seconds; days and labels as people read them.

    ``waits``: moments from which, and until which, the case waited for documents. ``attended``:
    when the day was written, and the day if it is another one. ``days``: the maximum days of
    the priority. ``reopened``: closed an hour before that moment.
    """

    name: str
    zone: str
    mode: str
    hours: int
    received: str
    due: str
    day: str
    now: str
    state: str
    label: str
    delay_hours: int = 0
    delay_days: int = 0
    waits: tuple = ()
    attended: tuple = ()
    days: int | None = None
    reopened: str | None = None
    in_hours: bool = True


def _rows(zone, mode, *rows):
    return tuple(
        HourRow(name, zone, mode, hours, *moments, **more) for name, hours, *moments, more in rows
    )


# Wednesday 4 June 2025 is a day as any other. 14:00 in UTC is 9:00 in Lima.
LIMA_NATURAL = _rows(
    LIMA,
    NATURAL,
    (
        "an hour after it was received",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-04 15:00"),
        *(TODAY, "Due today", {}),
    ),
    (
        "at the very moment",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-04 16:00"),
        *(TODAY, "Due today", {}),
    ),
    (
        "a minute late",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-04 16:01"),
        *(LATE, "Less than 1 h late", {}),
    ),
    (
        "an hour late",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-04 17:00"),
        *(LATE, "1 h late", {"delay_hours": 1}),
    ),
    (
        "nearly three hours late",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-04 18:59"),
        *(LATE, "2 h late", {"delay_hours": 2}),
    ),
    (
        "23 hours late, on the next day",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-05 15:59"),
        *(LATE, "23 h late", {"delay_hours": 23, "delay_days": 1}),
    ),
    (
        "a day late",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-05 16:00"),
        *(LATE, "1 day late", {"delay_hours": 24, "delay_days": 1}),
    ),
    (
        "three days late",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-07 20:00"),
        *(LATE, "3 days late", {"delay_hours": 76, "delay_days": 3}),
    ),
    (
        "at night: due on the next day",
        *(2, "2025-06-05 04:30", "2025-06-05 06:30", "2025-06-05", "2025-06-05 04:45"),
        *(ON_TIME, "On time", {}),
    ),
    (
        "48 hours over a weekend",
        *(48, "2025-06-06 20:00", "2025-06-08 20:00", "2025-06-08", "2025-06-07 20:00"),
        *(ON_TIME, "On time", {}),
    ),
    (
        "holidays count",
        *(24, "2025-07-28 14:00", "2025-07-29 14:00", "2025-07-29", "2025-07-29 15:30"),
        *(LATE, "1 h late", {"delay_hours": 1}),
    ),
    (
        "the clocks of Lima do not change",
        *(4, "2025-04-06 02:00", "2025-04-06 06:00", "2025-04-06", "2025-04-06 05:30"),
        *(TODAY, "Due today", {}),
    ),
    (
        "paused over night, then resumed",
        *(4, "2025-06-04 20:00", "2025-06-05 14:00", "2025-06-05", "2025-06-05 13:30"),
        *(TODAY, "Due today", {"waits": ("2025-06-04 22:00", "2025-06-05 12:00")}),
    ),
    (
        "two pauses, to the minute",
        *(2, "2025-06-04 14:00", "2025-06-04 16:37", "2025-06-04", "2025-06-04 16:38"),
        LATE,
        "Less than 1 h late",
        {"waits": ("2025-06-04 14:10", "2025-06-04 14:17", "2025-06-04 15:00", "2025-06-04 15:30")},
    ),
    (
        "paused in time, and judged as of then",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-09 14:00"),
        *(TODAY, "Due today (paused)", {"waits": ("2025-06-04 15:00",)}),
    ),
    (
        "paused when it was late",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-09 14:00"),
        LATE,
        "3 h late (paused)",
        {"waits": ("2025-06-04 19:00",), "delay_hours": 3},
    ),
    (
        "attended in time",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-09 14:00"),
        *(WAS_ON_TIME, "Attended on time", {"attended": ("2025-06-04 15:50",)}),
    ),
    (
        "attended late, on the same day",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-09 14:00"),
        WAS_LATE,
        "Attended late",
        {"attended": ("2025-06-04 18:00",), "delay_hours": 2},
    ),
    (
        "the day is written on the next one: its last second counts",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-09 14:00"),
        WAS_LATE,
        "Attended late",
        {"attended": ("2025-06-05 13:00", "2025-06-04"), "delay_hours": 12},
    ),
    (
        "a day before that of the deadline is in time, whenever it is written",
        *(24, "2025-06-04 14:00", "2025-06-05 14:00", "2025-06-05", "2025-06-09 14:00"),
        *(WAS_ON_TIME, "Attended on time", {"attended": ("2025-06-07 13:00", "2025-06-04")}),
    ),
    (
        "attended while it was paused: the pause counts until then",
        *(2, "2025-06-04 14:00", "2025-06-04 19:00", "2025-06-04", "2025-06-09 14:00"),
        WAS_ON_TIME,
        "Attended on time",
        {"waits": ("2025-06-04 15:00",), "attended": ("2025-06-04 18:00",)},
    ),
    (
        "priority of 0 days: the end of the day is earlier",
        *(2, "2025-06-05 04:00", "2025-06-05 04:59", "2025-06-04", "2025-06-05 05:30"),
        LATE,
        "1 day late",
        {"days": 0, "in_hours": False, "delay_days": 1},
    ),
    (
        "priority of 0 days: the hours are earlier",
        *(2, "2025-06-04 14:00", "2025-06-04 16:00", "2025-06-04", "2025-06-04 18:00"),
        *(LATE, "2 h late", {"days": 0, "delay_hours": 2}),
    ),
    (
        "reopened: the hours start again",
        *(2, "2025-06-04 14:00", "2025-06-05 17:30", "2025-06-05", "2025-06-05 17:30"),
        *(TODAY, "Due today", {"reopened": "2025-06-05 15:30"}),
    ),
)
LIMA_WORKING = _rows(
    LIMA,
    WORKING,
    (
        "within a day, over lunch",
        *(4, "2025-06-04 15:00", "2025-06-04 20:00", "2025-06-04", "2025-06-04 20:00"),
        *(TODAY, "Due today", {}),
    ),
    (
        "from the evening to the next morning",
        *(4, "2025-06-04 20:00", "2025-06-05 15:00", "2025-06-05", "2025-06-04 23:00"),
        *(ON_TIME, "On time", {}),
    ),
    (
        "over a weekend, late on Monday",
        *(4, "2025-06-06 20:00", "2025-06-09 15:00", "2025-06-09", "2025-06-09 17:00"),
        *(LATE, "2 h late", {"delay_hours": 2}),
    ),
    (
        "received at night: from the opening on",
        *(2, "2025-06-05 04:30", "2025-06-05 15:00", "2025-06-05", "2025-06-05 05:30"),
        *(TODAY, "Due today", {}),
    ),
    (
        "over two holidays",
        *(2, "2025-07-25 21:00", "2025-07-30 14:00", "2025-07-30", "2025-07-28 15:00"),
        *(ON_TIME, "On time", {}),
    ),
    (
        "late at closing time: the delay goes on by the clock",
        *(8, "2025-06-04 13:00", "2025-06-04 22:00", "2025-06-04", "2025-06-05 12:00"),
        *(LATE, "14 h late", {"delay_hours": 14, "delay_days": 1}),
    ),
    (
        "late on Friday, seen on Sunday: no working day late",
        *(8, "2025-06-06 13:00", "2025-06-06 22:00", "2025-06-06", "2025-06-08 23:00"),
        *(LATE, "Past due", {"delay_hours": 49}),
    ),
    (
        "paused over night: working time alone is added",
        *(4, "2025-06-04 20:00", "2025-06-05 17:00", "2025-06-05", "2025-06-05 17:30"),
        LATE,
        "Less than 1 h late",
        {"waits": ("2025-06-04 21:00", "2025-06-05 14:00")},
    ),
    (
        "paused on a Sunday: nothing is added",
        *(4, "2025-06-06 20:00", "2025-06-09 15:00", "2025-06-09", "2025-06-09 15:00"),
        *(TODAY, "Due today", {"waits": ("2025-06-08 14:00", "2025-06-08 20:00")}),
    ),
)
SANTIAGO_NATURAL = _rows(
    SANTIAGO,
    NATURAL,
    (
        "over the hour that comes twice: two hours that have passed",
        *(2, "2025-04-06 02:30", "2025-04-06 04:30", "2025-04-06", "2025-04-06 02:45"),
        *(ON_TIME, "On time", {}),
    ),
    (
        "in the second of the two hours from 23:00",
        *(1, "2025-04-06 02:30", "2025-04-06 03:30", "2025-04-05", "2025-04-06 03:45"),
        *(LATE, "Less than 1 h late", {}),
    ),
    (
        "24 hours on a day of 25: the same day",
        *(1, "2025-04-05 02:05", "2025-04-05 03:05", "2025-04-05", "2025-04-06 03:10"),
        *(LATE, "24 h late", {"delay_hours": 24}),
    ),
    (
        "over the hour that is left out: two hours that have passed",
        *(2, "2025-09-07 03:30", "2025-09-07 05:30", "2025-09-07", "2025-09-07 05:00"),
        *(TODAY, "Due today", {}),
    ),
    (
        "a whole day of 23 hours late",
        *(1, "2025-09-07 02:00", "2025-09-07 03:00", "2025-09-06", "2025-09-08 02:30"),
        *(LATE, "23 h late", {"delay_hours": 23, "delay_days": 1}),
    ),
    (
        "a pause over the change: its seconds",
        *(2, "2025-09-07 03:00", "2025-09-07 06:30", "2025-09-07", "2025-09-07 06:31"),
        *(LATE, "Less than 1 h late", {"waits": ("2025-09-07 03:30", "2025-09-07 05:00")}),
    ),
    (
        "the last second of the day before the clocks go on",
        *(48, "2025-09-06 14:00", "2025-09-07 03:59", "2025-09-06", "2025-09-07 03:59"),
        *(TODAY, "Due today", {"days": 0, "in_hours": False}),
    ),
    (
        "the last second of the day of 25 hours",
        *(48, "2025-04-05 14:00", "2025-04-06 03:59", "2025-04-05", "2025-04-06 04:00"),
        *(LATE, "1 day late", {"days": 0, "in_hours": False, "delay_days": 1}),
    ),
)
SANTIAGO_WORKING = _rows(
    SANTIAGO,
    WORKING,
    (
        "Friday to Monday over the clocks that go back",
        *(4, "2025-04-04 18:00", "2025-04-07 14:00", "2025-04-07", "2025-04-07 14:00"),
        *(TODAY, "Due today", {}),
    ),
    (
        "Friday to Monday over the clocks that go on",
        *(4, "2025-09-05 19:00", "2025-09-08 13:00", "2025-09-08", "2025-09-08 15:00"),
        *(LATE, "2 h late", {"delay_hours": 2}),
    ),
    (
        "over the national holidays",
        *(2, "2025-09-17 19:00", "2025-09-22 12:00", "2025-09-22", "2025-09-19 15:00"),
        *(ON_TIME, "On time", {}),
    ),
    (
        "paused over night, over the clocks that go on",
        *(3, "2025-09-05 20:00", "2025-09-08 14:00", "2025-09-08", "2025-09-08 14:00"),
        *(TODAY, "Due today", {"waits": ("2025-09-05 20:00", "2025-09-08 11:00")}),
    ),
)
HOUR_TABLE = LIMA_NATURAL + LIMA_WORKING + SANTIAGO_NATURAL + SANTIAGO_WORKING
