"""How long a case was where: totals of its ledger, and durations in two units."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

UNITS = (
    ("days", timedelta(days=1)),
    ("hours", timedelta(hours=1)),
    ("minutes", timedelta(minutes=1)),
)


@dataclass(frozen=True)
class LedgerEntry:
    """The time that a case was in one state and area; the last entry has no end yet.

    ``closed``: the case was closed in it. That is no time that anybody took.
    """

    start: datetime
    end: datetime | None
    stage: Hashable
    area: Hashable
    paused: bool = False
    closed: bool = False

    def lasts(self, now: datetime) -> timedelta:
        """The time consumed: none while closed, nor before a clock that was set back."""
        if self.closed:
            return timedelta()
        return max((self.end or now) - self.start, timedelta())


@dataclass(frozen=True)
class Total:
    """The time spent under one key, and its share of all, from 0 to 1."""

    key: Hashable
    time: timedelta
    share: float


def totals(
    entries: Iterable[LedgerEntry], key: Callable[[LedgerEntry], Hashable], now: datetime
) -> list[Total]:
    """The time consumed by key, the longest first; equal ones as they came.

    What a case only had while it was closed is left out.

    >>> one, two = datetime(2026, 1, 1), datetime(2026, 1, 2)
    >>> entries = [
    ...     LedgerEntry(one, two, "PRO", "Legal"), LedgerEntry(two, None, "WRC", "Legal")]
    >>> [(total.key, total.share) for total in
    ...  totals(entries, lambda entry: entry.stage, datetime(2026, 1, 5))]
    [('WRC', 0.75), ('PRO', 0.25)]
    """
    times = {}
    for entry in entries:
        if entry.closed:
            continue
        times[key(entry)] = times.get(key(entry), timedelta()) + entry.lasts(now)
    whole = sum(times.values(), timedelta())
    return sorted(
        (Total(name, time, time / whole if whole else 0) for name, time in times.items()),
        key=lambda total: -total.time,
    )


def paused_time(entries: Iterable[LedgerEntry], now: datetime) -> timedelta:
    """How long the clock was paused."""
    return sum((entry.lasts(now) for entry in entries if entry.paused), timedelta())


def two_units(time: timedelta) -> list[tuple[str, int]]:
    """A duration in its greatest unit and the next, without units that are 0.

    Smaller units are cut off, so that no duration reads longer than it was.

    >>> two_units(timedelta(days=2, hours=3, minutes=59))
    [('days', 2), ('hours', 3)]
    >>> two_units(timedelta(days=2, minutes=59))
    [('days', 2)]
    >>> two_units(timedelta(seconds=59))
    []
    """
    counts = []
    for name, unit in UNITS:
        count, time = divmod(time, unit)
        counts.append((name, count))
    first = next((place for place, (_name, count) in enumerate(counts) if count), len(counts))
    return [(name, count) for name, count in counts[first : first + 2] if count]
