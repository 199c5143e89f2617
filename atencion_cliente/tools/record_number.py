"""Numbers and codes by which people know contracts, units and projects.

“CT 1”, “ct  1 ” and “CT 1” with a hard blank of a spreadsheet are one number.
"""

import re

# Blanks that PostgreSQL does not count as such in every locale.
HARD_BLANKS = r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def cleaned(number: str) -> str:
    """A number without blanks around it, with single blanks inside, and without what is unseen.

    >>> cleaned("  CT\\u00a0 1\\u200b ")
    'CT 1'
    """
    return " ".join(_INVISIBLE.sub("", number).split())


def key(number: str | None) -> str:
    """The text by which a number is compared.

    >>> key("CT 1") == key(" ct\\u00a01"), key("CT1") == key("CT 1"), key(None)
    (True, False, '')
    """
    return cleaned(number or "").lower()


def sql_key(column: str) -> str:
    """The same text in SQL, of numbers that are stored without unseen characters.

    :param str column: of SQL, quoted where it must be
    """
    return f"lower(btrim(regexp_replace({column}, '[\\s{HARD_BLANKS}]+', ' ', 'g')))"
