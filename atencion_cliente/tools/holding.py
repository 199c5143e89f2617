"""Who holds a contract on which day, and how a change of holders is written down.

A share is held from its first day to its last one, both included; without a first day it
was always held, without a last one it goes on. A change ends the shares that it changes on
the day before, and begins the new ones: what was held stays on record.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from .working_days import days_later

WHOLE = 100.0
# Thirds are written as 33.33 %.
TOLERANCE = 0.05


class Holding(NamedTuple):
    """A share of a contract.

    :param holder: whose it is, any value that tells people apart
    :param share: in percent
    :param begin: the first day, None if it was always held
    :param end: the last day, None if it goes on
    """

    holder: object
    share: float
    begin: date | None = None
    end: date | None = None


class Change(NamedTuple):
    """What a change of holders writes: the shares that end, and those that begin."""

    ending: list[Holding]
    beginning: list[Holding]


def is_current(holding: Holding, day: date) -> bool:
    """Whether a share is held on a day.

    >>> sold = Holding("Rosa", 100, date(2024, 1, 1), date(2025, 3, 31))
    >>> is_current(sold, date(2025, 3, 31)), is_current(sold, date(2025, 4, 1))
    (True, False)
    """
    return (holding.begin is None or holding.begin <= day) and (
        holding.end is None or day <= holding.end
    )


def totals_from(holdings: Iterable[Holding], today: date) -> list[tuple[date, float]]:
    """The sum of the shares today, and on each later day on which it changes.

    >>> line = [Holding("Rosa", 60), Holding("Luis", 40, None, date(2025, 3, 31))]
    >>> totals_from(line, date(2025, 1, 1))
    [(datetime.date(2025, 1, 1), 100), (datetime.date(2025, 4, 1), 60)]
    """
    holdings = list(holdings)
    days = {today}
    for holding in holdings:
        changes = (holding.begin, holding.end and days_later(holding.end, 1))
        days.update(day for day in changes if day and day > today)
    return [
        (day, sum(holding.share for holding in holdings if is_current(holding, day)))
        for day in sorted(days)
    ]


def is_too_much(total: float) -> bool:
    return total > WHOLE + TOLERANCE


def is_whole(total: float) -> bool:
    """Whether shares add up to the whole contract.

    >>> is_whole(33.33 * 3), is_whole(99)
    (True, False)
    """
    return abs(total - WHOLE) <= TOLERANCE


def change(holdings: Iterable[Holding], wanted: Iterable[Holding], day: date) -> Change:
    """What to write so that from a day on the wanted shares are held, and no others.

    A share that stays as it is is not touched.

    :param holdings: the shares that are held on the day
    :param wanted: who shall hold how much; their days do not count
    :raise ValueError: a share that changes began on that day or later; the holder is
        the argument

    >>> rosa, luis = Holding("Rosa", 60, date(2024, 1, 1)), Holding("Luis", 40)
    >>> ending, beginning = change([rosa, luis], [luis, Holding("Ana", 60)], date(2025, 4, 1))
    >>> ending == [rosa._replace(end=date(2025, 3, 31))]
    True
    >>> beginning == [Holding("Ana", 60, date(2025, 4, 1))]
    True
    """
    shares = {holding.holder: holding.share for holding in wanted}
    kept, ending = set(), []
    for holding in holdings:
        if shares.get(holding.holder) == holding.share:
            kept.add(holding.holder)
            continue
        if holding.begin and holding.begin >= day:
            raise ValueError(holding.holder)
        ending.append(holding._replace(end=day - timedelta(days=1)))
    beginning = [
        Holding(holder, share, day) for holder, share in shares.items() if holder not in kept
    ]
    return Change(ending, beginning)


def overlap(holdings: Iterable[Holding]) -> bool:
    """Whether two of some shares are held on the same day.

    >>> first = Holding("Rosa", 60, None, date(2025, 3, 31))
    >>> overlap([first, Holding("Rosa", 40, date(2025, 4, 1))])
    False
    >>> overlap([first, Holding("Rosa", 40, date(2025, 3, 31))])
    True
    """
    periods = sorted((_first_day(holding), _day_after(holding)) for holding in holdings)
    return any(begin < last_end for (_, last_end), (begin, _) in pairwise(periods))


def added_up(holdings: Iterable[Holding]) -> list[Holding]:
    """The shares of one person, added up day by day, the earliest first.

    Nobody holds more than the whole: who was on record twice with all of it held it once.

    >>> for holding in added_up([Holding("Rosa", 60), Holding("Rosa", 30, date(2025, 4, 1))]):
    ...     print(holding.share, holding.begin, holding.end)
    60 None 2025-03-31
    90 2025-04-01 None
    """
    holdings = list(holdings)
    days = {day for holding in holdings for day in (_first_day(holding), _day_after(holding))}
    pieces = []
    for first, after in pairwise(sorted(days)):
        held = [
            holding
            for holding in holdings
            if _first_day(holding) <= first and after <= _day_after(holding)
        ]
        if held:
            share = min(WHOLE, sum(holding.share for holding in held))
            begin = None if first == date.min else first
            end = None if after == date.max else after - timedelta(days=1)
            pieces.append(Holding(held[0].holder, share, begin, end))
    return pieces


def _first_day(holding: Holding) -> date:
    return holding.begin or date.min


def _day_after(holding: Holding) -> date:
    """The day on which a share is held no more; the last of all days if it goes on."""
    if holding.end is None or holding.end == date.max:
        return date.max
    return holding.end + timedelta(days=1)
