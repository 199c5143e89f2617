"""When a case with a limit in hours is due, counted minute by minute from what was done to it.

It knows nothing of the rules of the addon but the truth table's hours and holidays.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from .hour_table import HOLIDAYS, LATE, ON_TIME, OPENS_AND_CLOSES, TODAY, WAS_LATE, WAS_ON_TIME

MINUTE = timedelta(minutes=1)
UTC = ZoneInfo("UTC")


@cache
def local(zone: str, moment: datetime) -> datetime:
    """What the clocks of a zone show at a moment in UTC."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))


@cache
def is_worked(zone: str, moment: datetime) -> bool:
    """Whether the minute that begins at a moment is one of working time."""
    here = local(zone, moment)
    is_open = any(opens <= here.hour < closes for opens, closes in OPENS_AND_CLOSES)
    return is_open and here.weekday() < 5 and str(here.date()) not in HOLIDAYS[zone]


@dataclass
class Life:
    """What was done to a case since it was received or last reactivated; moments are minutes."""

    zone: str
    hours: int
    is_working: bool
    start: datetime
    pauses: list = field(default_factory=list)
    attended: datetime | None = None
    is_closed: bool = False

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    def pause(self, now: datetime):
        self.pauses.append((now, None))

    def resume(self, now: datetime):
        if self.is_paused:
            self.pauses[-1] = (self.pauses[-1][0], now)

    def close(self, now: datetime):
        self.resume(now)
        self.attended = self.attended or now
        self.is_closed = True

    def reopen(self, now: datetime):
        self.start, self.pauses, self.attended, self.is_closed = now, [], None, False

    def due(self) -> datetime:
        left = 60 * self.hours + sum(map(self._minutes_of, self.pauses))
        at = self.start
        while left:
            left -= self._counts(at)
            at += MINUTE
        return at

    def alert(self, now: datetime) -> tuple[str, int]:
        """The state of the alert, and the whole hours of delay."""
        due = self.due()
        paused_at = self.pauses[-1][0] if self.is_paused else None
        judged = self.attended or paused_at or now
        if judged > due:
            state = WAS_LATE if self.attended else LATE
            return state, (judged - due) // timedelta(hours=1)
        if self.attended:
            return WAS_ON_TIME, 0
        return (TODAY if self.day_of(judged) == self.day_of(due) else ON_TIME), 0

    def day_of(self, moment: datetime) -> date:
        return local(self.zone, moment).date()

    def _counts(self, moment):
        return not self.is_working or is_worked(self.zone, moment)

    def _minutes_of(self, pause):
        """The minutes that a pause adds: none after the answer, and none while it lasts."""
        start, end = pause
        end = min(filter(None, (end, self.attended)), default=start)
        count = max(0, (end - start) // MINUTE)
        return sum(self._counts(start + number * MINUTE) for number in range(count))
