"""The warranty of an element of a unit: its last day, and whether a request is within it.

A term runs for months or years from the day of an event: handover, reception, registration.
Its last day, which is in warranty, is the same day of the last month, or the last day of a
shorter month. All dates are days in the company's time zone.
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
    """The duration of the warranty of an element."""

    duration: int
    unit: str  # "months" or "years"


@dataclass(frozen=True)
class Repair:
    """An upheld repair, from the day of its request to the day on which it was done.

    The day on which it was done does not count as a day of repair.
    """

    begin: date
    end: date


@dataclass(frozen=True)
class Warranty:
    """The warranty of an element: its first and last day, and the days that repairs added."""

    start: date
    end: date
    repair_days: int = 0

    def state(self, asked: date) -> str:
        """``COVERED`` up to the last day, also before the first one; then ``EXPIRED``."""
        return COVERED if asked <= self.end else EXPIRED


def warranty(
    start: date, term: Term, repairs: Iterable[Repair] = (), asked: date | None = None
) -> Warranty:
    """The warranty of a term, extended by repairs.

    A repair extends the warranty by its days (Mexico: NOM-247-SE-2021) if it was requested
    within the warranty, as extended by earlier repairs, and done by the day of the request.
    Days on which several repairs overlap count once.

    :param start: first day of the warranty; days of repair before it do not count
    :param repairs: of the same unit and element, in any order; none if the scheme does not
        extend warranties
    :param asked: day of the request; None counts all repairs

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
    """The last day of a term, at most ``date.max``."""
    try:
        return start + relativedelta(**{term.unit: term.duration})
    except (OverflowError, ValueError):
        return date.max
