"""How old a case is, in buckets of days elapsed: the ageing of what is open."""

from bisect import bisect_right

# Their names sort by age, as text in a database does.
BUCKETS = ("00_07", "08_15", "16_30", "31_60", "61_up")
# The first day of each bucket but the youngest.
FIRST_DAYS = (8, 16, 31, 61)


def age_bucket(elapsed_days: int) -> str:
    """The bucket of a number of days, one of ``BUCKETS``.

    >>> age_bucket(7), age_bucket(8)
    ('00_07', '08_15')
    """
    return BUCKETS[bisect_right(FIRST_DAYS, elapsed_days)]
