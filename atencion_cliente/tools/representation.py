"""What a representative (apoderado) of a holder may do, and which cases they see.

A power is in force from its first to its last day, both included, as long as the person whom it
represents holds the contract: it ends with the holding. It reaches the requests of the
represented person about this contract that were made from its first day on.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .holding import Holding, is_current

# Each includes those before it: to read, to register and answer, to sign.
SEE, ACT, SIGN = RIGHTS = ("see", "act", "sign")


class Power(NamedTuple):
    """A power to represent one holder of one contract.

    :param begin: first day
    :param end: last day, None if it has no end
    :param right: one of ``RIGHTS``
    """

    begin: date
    end: date | None = None
    right: str = SEE


def includes(right: str, wanted: str) -> bool:
    """Whether one of ``RIGHTS`` includes another.

    >>> includes(SIGN, ACT), includes(SEE, ACT)
    (True, False)
    """
    return RIGHTS.index(right) >= RIGHTS.index(wanted)


def is_in_force(power: Power, shares: Iterable[Holding], day: date) -> bool:
    """Whether somebody may use a power on a day.

    :param shares: in the contract, of the represented person alone

    >>> sold = [Holding("Rosa", 100, None, date(2025, 3, 31))]
    >>> power = Power(date(2025, 1, 1))
    >>> is_in_force(power, sold, date(2025, 3, 31)), is_in_force(power, sold, date(2025, 4, 1))
    (True, False)
    """
    return _lasts(power, day) and any(is_current(share, day) for share in shares)


def reaches(power: Power, shares: Iterable[Holding], is_named: bool, requested: date) -> bool:
    """Whether a case about the contract is one that a power in force is about.

    That are the cases that the represented person sees, requested from its first day on.

    :param shares: in the contract, of the represented person alone
    :param is_named: whether that person is the requester or the holder of the case
    :param requested: day of the request

    >>> rosa = [Holding("Rosa", 50, date(2025, 2, 1))]
    >>> reaches(Power(date(2025, 1, 1)), rosa, False, date(2025, 1, 31))
    False
    >>> reaches(Power(date(2025, 1, 1)), rosa, True, date(2025, 1, 31))
    True
    """
    held = is_named or any(is_current(share, requested) for share in shares)
    return power.begin <= requested and held


def overlaps(power: Power, shares: Iterable[Holding]) -> bool:
    """Whether the represented person holds the contract on some day of a power.

    >>> overlaps(Power(date(2025, 4, 1)), [Holding("Rosa", 100, None, date(2025, 3, 31))])
    False
    """
    return any(
        (share.end is None or power.begin <= share.end)
        and (share.begin is None or power.end is None or share.begin <= power.end)
        for share in shares
    )


def reached_periods(power: Power, shares: Iterable[Holding]) -> list[tuple[date, date | None]]:
    """The days whose cases a power reaches because the contract was held, as first and last day.

    >>> reached_periods(Power(date(2025, 1, 1)), [Holding("Rosa", 50, date(2025, 2, 1))])
    [(datetime.date(2025, 2, 1), None)]
    """
    periods = {
        (max(power.begin, share.begin or power.begin), share.end)
        for share in shares
        if share.end is None or power.begin <= share.end
    }
    return sorted(periods, key=lambda period: (period[0], period[1] or date.max))


def _lasts(power, day):
    return power.begin <= day and (power.end is None or day <= power.end)
