"""How late a case is: days elapsed, state of the alert, days of delay.

The rule is design section 6; the worked examples are in the tests. All dates
are days in the company's zone.
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
class Facts:
    """What the alert of a case is judged on."""

    request_date: date
    deadline: date | None = None
    attention_date: date | None = None
    paused_on: date | None = None
    excluded: bool = False


def elapsed_days(facts: Facts, today: date) -> int:
    """Calendar days from the request to the attention, or to today; never below 0.

    >>> elapsed_days(Facts(date(2025, 1, 1), attention_date=date(2025, 1, 6)),
    ...              today=date(2030, 1, 1))
    5
    """
    return max(0, ((facts.attention_date or today) - facts.request_date).days)


def judged_on(facts: Facts, today: date) -> date:
    """The day as of which a case is judged: attended, else paused, else today."""
    return facts.attention_date or facts.paused_on or today


def alert_state(facts: Facts, today: date) -> str:
    """The state of the alert, one of ``STATES``.

    >>> alert_state(Facts(date(2025, 1, 1), deadline=date(2025, 1, 3)),
    ...             today=date(2025, 1, 6))
    'overdue'
    """
    if facts.excluded:
        return NONE
    if facts.deadline is None:
        return ATTENDED if facts.attention_date else NONE
    day = judged_on(facts, today)
    if facts.attention_date:
        return ATTENDED_ON_TIME if day <= facts.deadline else ATTENDED_LATE
    if day == facts.deadline:
        return DUE_TODAY
    return ON_TIME if day < facts.deadline else OVERDUE


def delay_days(facts: Facts, today: date, working_days: WorkingDays | None = None) -> int:
    """Days after the deadline, 0 while it has not passed.

    :param working_days: count these days only; calendar days without it

    >>> delay_days(Facts(date(2025, 1, 1), deadline=date(2025, 1, 3)),
    ...            today=date(2025, 1, 6))
    3
    """
    if alert_state(facts, today) not in (OVERDUE, ATTENDED_LATE):
        return 0
    day = judged_on(facts, today)
    if working_days:
        return working_days.after(facts.deadline, day)
    return (day - facts.deadline).days
