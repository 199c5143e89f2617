"""Whether what a customer asks for is in warranty, and until when.

A term runs from a day (handover, reception, registration) for months or years. Its last
day is the same day of the last month, or that month's last one, and still is in warranty.
All dates are days in the company's zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .working_days import days_later

COVERED = "covered"
EXPIRED = "expired"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Term:
    """How long an element is in warranty."""

    duration: int
    unit: str  # "months" or "years"


@dataclass(frozen=True)
class Repair:
    """A repair that was due: from the day it was asked for, until the day it was done.

    The day it was done does not count any more.
    """

    begin: date
    end: date


@dataclass(frozen=True)
class Warranty:
    """A term on a unit: its first and last day, and the days that repairs added."""

    start: date
    end: date
    repair_days: int = 0

    def state(self, asked: date) -> str:
        """``COVERED`` up to the last day, also before the first one; then ``EXPIRED``."""
        return COVERED if asked <= self.end else EXPIRED


def warranty(
    start: date, term: Term, repairs: Iterable[Repair] = (), asked: date | None = None
) -> Warranty:
    """The warranty that a term gives, as of a day.

    The repairs given are those whose time does not count (Mexico: NOM-247-SE-2021, the
    time that a repair takes is no part of the warranty). They lengthen it if they were
    asked for within it, as it was by then, and were done by the day it is judged on.
    Days on which several went on count once.

    :param start: first day; nothing that happened before it counts
    :param repairs: of the same unit and element, in any order
    :param asked: the day it is judged on; without it, every repair is done

    >>> warranty(date(2024, 2, 29), Term(1, "years")).end
    datetime.date(2025, 2, 28)
    >>> a_week = Repair(date(2023, 8, 1), date(2023, 8, 8))
    >>> mexican = warranty(date(2023, 3, 10), Term(1, "years"), [a_week])
    >>> mexican.end, mexican.state(date(2024, 3, 17))
    (datetime.date(2024, 3, 17), 'covered')
    """
    end = _end_of(start, term)
    last_day, repaired_until = end, start
    done = (repair for repair in repairs if asked is None or repair.end <= asked)
    for repair in sorted(done, key=lambda repair: (repair.begin, repair.end)):
        if repair.begin > last_day:
            break
        first = max(repair.begin, repaired_until)
        if repair.end > first:
            last_day = days_later(last_day, (repair.end - first).days)
            repaired_until = repair.end
    return Warranty(start, last_day, (last_day - end) // timedelta(days=1))


def _end_of(start: date, term: Term) -> date:
    """The last day of a term; the last that there is, if it is too far."""
    try:
        return start + relativedelta(**{term.unit: term.duration})
    except (OverflowError, ValueError):
        return date.max
