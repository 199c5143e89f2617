"""Whether a case is on time: days elapsed, state of the alert, days of delay.

A case without a deadline has no alert until it is attended. A case is on time until its
deadline, due on that day, and overdue afterwards. Once the customer was attended, the alert
says for good whether that was in time. A paused case is judged as of the day on which it was
paused, and a case excluded from the indicators has no alert. All dates are days in the
company's zone.
"""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class CaseDates:
    """The dates of a case that decide its alert.

    ``excluded``: the case is excluded from the indicators.
    """

    request_date: date
    deadline: date | None = None
    attention_date: date | None = None
    paused_on: date | None = None
    excluded: bool = False


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


def alert_state(dates: CaseDates, today: date) -> str:
    """The state of the alert, one of ``STATES``.

    >>> alert_state(CaseDates(date(2025, 1, 1), deadline=date(2025, 1, 3)),
    ...             today=date(2025, 1, 6))
    'overdue'
    """
    if dates.excluded:
        return NONE
    if dates.deadline is None:
        return ATTENDED if dates.attention_date else NONE
    day = judged_on(dates, today)
    if dates.attention_date:
        return ATTENDED_ON_TIME if day <= dates.deadline else ATTENDED_LATE
    if day == dates.deadline:
        return DUE_TODAY
    return ON_TIME if day < dates.deadline else OVERDUE


def delay_days(dates: CaseDates, today: date, working_days: WorkingDays | None = None) -> int:
    """Days after the deadline; 0 if it has not passed.

    :param working_days: count working days only; without it, calendar days

    >>> delay_days(CaseDates(date(2025, 1, 1), deadline=date(2025, 1, 3)),
    ...            today=date(2025, 1, 6))
    3
    """
    if alert_state(dates, today) not in (OVERDUE, ATTENDED_LATE):
        return 0
    day = judged_on(dates, today)
    if working_days:
        return working_days.after(dates.deadline, day)
    return (day - dates.deadline).days
