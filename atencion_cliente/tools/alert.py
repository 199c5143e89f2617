"""Whether a case is on time: days elapsed, state of the alert, days of delay.

A case without a deadline has no alert until it is attended. A case is on time until its
deadline, due on that day, and overdue afterwards. Once the customer was attended, the alert
says for good whether that was in time. A paused case is judged as of the day on which it was
paused, and a case excluded from the indicators has no alert. All dates are days in the
company's zone.

Where hours decide the deadline (``tools.hour_limit``), the case is overdue on the day of the
deadline already, as soon as its moment has passed; and it is judged as of the moment at which
it was paused or attended. All moments are naive and in UTC.

The delay in hours is the time that has passed since the deadline, in whole hours, rounded
down, also for a limit in days: whoever waits, waits by the clock, at night, too.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .working_days import WorkingDays

NONE = "none"
ATTENDED = "attended"
ON_TIME = "on_time"
DUE_TODAY = "due_today"
OVERDUE = "overdue"
ATTENDED_ON_TIME = "attended_on_time"
ATTENDED_LATE = "attended_late"
STATES = (
    OVERDUE,
    DUE_TODAY,
    ON_TIME,
    ATTENDED_LATE,
    ATTENDED_ON_TIME,
    ATTENDED,
    NONE,
)
HOUR = timedelta(hours=1)
# From so many hours on, a delay is told in days.
HOURS_TOLD = 24


@dataclass(frozen=True)
class CaseDates:
    """The dates of a case that decide its alert, and their moments.

    ``excluded``: the case is excluded from the indicators. ``in_hours``: hours decide the
    deadline, so that its moment counts beside its day.
    """

    request_date: date
    deadline: date | None = None
    attention_date: date | None = None
    paused_on: date | None = None
    excluded: bool = False
    deadline_at: datetime | None = None
    attended_at: datetime | None = None
    paused_at: datetime | None = None
    in_hours: bool = False


def elapsed_days(dates: CaseDates, today: date) -> int:
    """Calendar days from the request to the attention, or else to ``today``; at least 0.

    >>> elapsed_days(CaseDates(date(2025, 1, 1), attention_date=date(2025, 1, 6)),
    ...              today=date(2030, 1, 1))
    5
    """
    return max(0, ((dates.attention_date or today) - dates.request_date).days)


def judged_on(dates: CaseDates, today: date) -> date:
    """The day on which to judge a case: when it was attended, else paused, else ``today``."""
    return dates.attention_date or dates.paused_on or today


def judged_at(dates: CaseDates, now: datetime) -> datetime:
    """The moment at which to judge a case: when it was attended, else paused, else ``now``."""
    return dates.attended_at or dates.paused_at or now


def is_late(dates: CaseDates, today: date, now: datetime) -> bool:
    """Whether a case with a deadline is, or was attended, after it."""
    day = judged_on(dates, today)
    if day == dates.deadline and dates.in_hours:
        return judged_at(dates, now) > dates.deadline_at
    return day > dates.deadline


def alert_state(dates: CaseDates, today: date, now: datetime = datetime.min) -> str:
    """The state of the alert, one of ``STATES``.

    :param now: only needed where hours decide the deadline

    >>> alert_state(CaseDates(date(2025, 1, 1), deadline=date(2025, 1, 3)),
    ...             today=date(2025, 1, 6))
    'overdue'
    """
    if dates.excluded:
        return NONE
    if dates.deadline is None:
        return ATTENDED if dates.attention_date else NONE
    late = is_late(dates, today, now)
    if dates.attention_date:
        return ATTENDED_LATE if late else ATTENDED_ON_TIME
    if late:
        return OVERDUE
    return DUE_TODAY if judged_on(dates, today) == dates.deadline else ON_TIME


def delay_days(
    dates: CaseDates,
    today: date,
    working_days: WorkingDays | None = None,
    now: datetime = datetime.min,
) -> int:
    """Days after the day of the deadline; 0 if it has not passed.

    :param working_days: count working days only; without it, calendar days
    :param now: as in ``alert_state``

    >>> delay_days(CaseDates(date(2025, 1, 1), deadline=date(2025, 1, 3)),
    ...            today=date(2025, 1, 6))
    3
    """
    if alert_state(dates, today, now) not in (OVERDUE, ATTENDED_LATE):
        return 0
    day = judged_on(dates, today)
    if working_days:
        return working_days.after(dates.deadline, day)
    return (day - dates.deadline).days


def delay_hours(dates: CaseDates, today: date, now: datetime) -> int:
    """Whole hours that have passed since the moment of the deadline; 0 if it has not passed.

    >>> noon = datetime(2025, 1, 3, 12)
    >>> case = CaseDates(date(2025, 1, 3), noon.date(), deadline_at=noon, in_hours=True)
    >>> delay_hours(case, noon.date(), datetime(2025, 1, 3, 14, 59))
    2
    """
    if alert_state(dates, today, now) not in (OVERDUE, ATTENDED_LATE) or not dates.deadline_at:
        return 0
    return max(0, (judged_at(dates, now) - dates.deadline_at) // HOUR)


def tells_hours(dates: CaseDates, today: date, hours: int) -> bool:
    """Whether a delay is told in hours: where hours decide the deadline, below a day of them.

    On the day of the deadline, too, when the clocks went back: it has 25 hours, and no day is late.

    >>> dates = CaseDates(date(2025, 1, 1), deadline=date(2025, 1, 3), in_hours=True)
    >>> tells_hours(dates, date(2025, 1, 4), 23), tells_hours(dates, date(2025, 1, 4), 24)
    (True, False)
    >>> tells_hours(dates, date(2025, 1, 3), 24)
    True
    """
    same_day = judged_on(dates, today) == dates.deadline
    return dates.in_hours and (same_day or hours < HOURS_TOLD)
