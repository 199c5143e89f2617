"""The shares of the holders of a contract by day, and changes of holders.

A share is held from its first to its last day, both included. Without a first day it was
always held; without a last day it is held until further notice. A change of holders ends the
changed shares on the day before and begins new ones, so that past shares are kept.
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
    """The share of one holder in a contract.

    :param holder: any value that identifies the person
    :param share: in percent
    :param begin: first day, None if it was always held
    :param end: last day, None if it has no end
    """

    holder: object
    share: float
    begin: date | None = None
    end: date | None = None


class HolderChange(NamedTuple):
    """A change of holders: the shares that end, with their last day, and the new shares."""

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
    """The total share today and on each later day on which shares begin or end.

    :return: pairs of a day and the total in percent, in order of the days

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
    """Whether a total in percent exceeds the whole contract, apart from rounding."""
    return total > WHOLE + TOLERANCE


def is_whole(total: float) -> bool:
    """Whether a total in percent is the whole contract, apart from rounding.

    >>> is_whole(33.33 * 3), is_whole(99)
    (True, False)
    """
    return abs(total - WHOLE) <= TOLERANCE


def change(holdings: Iterable[Holding], wanted: Iterable[Holding], day: date) -> HolderChange:
    """The change after which the wanted shares, and no others, are held from a day on.

    Shares that stay equal do not change.

    :param holdings: the shares that are held on the day
    :param wanted: the new holders and shares; their days are ignored
    :param day: first day of the new shares
    :raise ValueError: a share that changes began on that day or later; its holder is the
        argument of the error

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
        ending.append(holding._replace(end=day_before(day)))
    beginning = [
        Holding(holder, share, day) for holder, share in shares.items() if holder not in kept
    ]
    return HolderChange(ending, beginning)


def change_days(holdings: Iterable[Holding]) -> list[date]:
    """The days on which the holders change, in order; the first day of all is no change.

    >>> rosa = Holding("Rosa", 100, date(2024, 1, 1), date(2025, 3, 31))
    >>> change_days([rosa, Holding("Luis", 100, date(2025, 4, 1))])
    [datetime.date(2025, 4, 1)]
    >>> change_days([rosa._replace(end=None)])
    []
    """
    holdings = list(holdings)
    days = {holding.begin for holding in holdings if holding.begin}
    days |= {days_later(holding.end, 1) for holding in holdings if holding.end}
    return sorted(days - {min(map(_first_day, holdings), default=None)})


def day_before(day: date) -> date:
    """The last day of the shares that end when others begin on a day."""
    return day - timedelta(days=1)


def overlap(holdings: Iterable[Holding]) -> bool:
    """Whether any two of the shares are held on the same day.

    >>> first = Holding("Rosa", 60, None, date(2025, 3, 31))
    >>> overlap([first, Holding("Rosa", 40, date(2025, 4, 1))])
    False
    >>> overlap([first, Holding("Rosa", 40, date(2025, 3, 31))])
    True
    """
    periods = sorted((_first_day(holding), _day_after(holding)) for holding in holdings)
    return any(begin < last_end for (_, last_end), (begin, _) in pairwise(periods))


def added_up(holdings: Iterable[Holding]) -> list[Holding]:
    """The shares of one person, added up for each period, the earliest first.

    A total is limited to 100 %: a person who is recorded twice as the only holder holds 100 %.

    >>> for holding in added_up([Holding("Rosa", 60), Holding("Rosa", 30, date(2025, 4, 1))]):
    ...     print(holding.share, holding.begin, holding.end)
    60 None 2025-03-31
    90 2025-04-01 None
    """
    holdings = list(holdings)
    days = {day for holding in holdings for day in (_first_day(holding), _day_after(holding))}
    added = []
    for first, after in pairwise(sorted(days)):
        current = [
            holding
            for holding in holdings
            if _first_day(holding) <= first and after <= _day_after(holding)
        ]
        if current:
            share = min(WHOLE, sum(holding.share for holding in current))
            begin = None if first == date.min else first
            end = None if after == date.max else after - timedelta(days=1)
            added.append(Holding(current[0].holder, share, begin, end))
    return added


def _first_day(holding: Holding) -> date:
    return holding.begin or date.min


def _day_after(holding: Holding) -> date:
    """The day after the last day of a share; ``date.max`` if it has no end."""
    if holding.end is None or holding.end == date.max:
        return date.max
    return holding.end + timedelta(days=1)
