"""When a mail that could not be filed, or not be sent, is tried again."""

from datetime import timedelta

# Short at first, for servers that are restarted and greylisting, but longer than the attempts of
# whoever brought a mail; in all nearly two days, for a server that is down over a night.
PAUSES = tuple(timedelta(minutes=one) for one in (5, 15, 60, 240, 720, 1440))


def pause_after(attempts: int) -> timedelta | None:
    """The pause after so many attempts; None if there is no other one.

    >>> pause_after(1).seconds // 60, pause_after(3).seconds // 60, pause_after(7)
    (5, 60, None)
    """
    return PAUSES[attempts - 1] if 1 <= attempts <= len(PAUSES) else None
