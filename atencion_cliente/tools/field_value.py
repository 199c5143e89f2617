"""Checks whether a value that a client sends can be stored in a field of some type.

It does not check whether linked records exist and may be read.
"""

from datetime import date, datetime

# Largest INTEGER of PostgreSQL.
MAX_INTEGER = 2**31 - 1
# Largest BIGINT of PostgreSQL, the type of the ids of database views.
MAX_BIGINT = 2**63 - 1
DELETE, UNLINK, LINK, CLEAR, SET = 2, 3, 4, 5, 6
CREATE, UPDATE = 0, 1
# Floats with a larger absolute value cannot be rounded to the digits of a field.
MAX_FLOAT = 1e15


def is_id(value: object, greatest: int = MAX_INTEGER) -> bool:
    """Whether a value can be the id of a record.

    >>> [is_id(value) for value in (7, 0, -1, True, "7", 2**31, None)]
    [True, False, False, False, False, False, False]
    """
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= greatest


def written_id(text: str) -> int:
    """The id that a text from outside writes in digits; 0 if it writes none.

    >>> [written_id(text) for text in ("7", "007", "0", "-1", " 7", "7.5", "9" * 5000, "")]
    [7, 7, 0, 0, 0, 0, 0, 0]
    """
    is_short = text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_INTEGER))
    number = int(text) if is_short else 0
    return number if is_id(number) else 0


def is_storable(field_type: str, value: object) -> bool:
    """Whether a field of a type can store a value. Empty values can always be stored.

    >>> [is_storable("integer", value) for value in ("12", "twelve", 2**40)]
    [True, False, False]
    >>> [is_storable("float", value) for value in ("80.5", 1e308, float("nan"))]
    [True, False, False]
    >>> [is_storable("date", value) for value in ("2026-02-28", "2026-02-30", 5)]
    [True, False, False]
    >>> [is_storable("many2one", value) for value in (3, "3", [3])]
    [True, False, False]
    >>> [is_storable("one2many", value) for value in ([[0, 0, {}], [6, 0, [1]], (5,)], [[1, "x"]])]
    [True, False]
    """
    check = _CHECKS.get(field_type)
    return value is None or value is False or check is None or check(value)


def is_displayable(field_type: str, value: object) -> bool:
    """Whether an onchange can take a value of a field: as ``is_storable``, also without ids.

    Forms send unsaved records with their values, or with virtual ids, instead of ids.

    >>> [is_displayable("many2one", value) for value in ({"name": "A"}, "7", float("nan"))]
    [True, True, False]
    >>> is_displayable("one2many", [[0, "virtual_1", {}], [1, "virtual_2", {}], [4, 7]])
    True
    >>> is_displayable("one2many", "2026-13-45"), is_displayable("one2many", [[1]])
    (False, False)
    """
    if field_type == "many2one":
        return not value or isinstance(value, (dict, int, str)) or _is_record(value)
    if field_type in ("one2many", "many2many"):
        return not value or _is_lines(value) or _is_shape_of_lines(value)
    return is_storable(field_type, value)


def _is_shape_of_lines(value):
    """Whether a value is a list of commands with known codes and enough elements."""
    return isinstance(value, (list, tuple)) and all(
        isinstance(line, (list, tuple))
        and line
        and type(line[0]) is int
        and len(line)
        >= {CREATE: 3, UPDATE: 3, DELETE: 2, UNLINK: 2, LINK: 2, CLEAR: 1, SET: 3}.get(line[0], 9)
        for line in value
    )


def _is_text(value):
    return not isinstance(value, (list, tuple, dict, set, bytes)) and not _is_recordset(value)


def _is_integer(value):
    try:
        return abs(int(value)) <= MAX_INTEGER
    except (TypeError, ValueError, OverflowError):
        return False


def _is_number(value):
    try:
        return abs(float(value)) <= MAX_FLOAT
    except (TypeError, ValueError, OverflowError):
        return False


def _is_day(value):
    if isinstance(value, date):
        return True
    return isinstance(value, str) and (not value or _parses(value[:10], "%Y-%m-%d"))


def _is_moment(value):
    if isinstance(value, date):
        return getattr(value, "tzinfo", None) is None
    if not isinstance(value, str):
        return False
    return not value or _parses(value[:19].replace("T", " "), "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")


def _parses(text, *patterns):
    for pattern in patterns:
        try:
            datetime.strptime(text, pattern)
        except ValueError:
            continue
        return True
    return False


def _is_recordset(value):
    return hasattr(value, "_ids") and hasattr(value, "_name")


def _is_record(value):
    if _is_recordset(value) or is_id(value):
        return True
    # Odoo's ``NewId`` of an unsaved record, which comes from the server only.
    return hasattr(value, "origin") and hasattr(value, "ref")


def _is_lines(value):
    if _is_recordset(value):
        return True
    return isinstance(value, (list, tuple)) and all(map(_is_line, value))


def _is_line(line):
    if is_id(line):
        return True
    if not isinstance(line, (list, tuple)) or not line or type(line[0]) is bool:
        return False
    code, *rest = line
    if code == CLEAR:
        return True
    if code == CREATE:
        return len(rest) == 2 and isinstance(rest[1], dict)
    if code == UPDATE:
        return len(rest) == 2 and is_id(rest[0]) and isinstance(rest[1], dict)
    if code in (DELETE, UNLINK, LINK):
        return len(rest) > 0 and is_id(rest[0])
    return code == SET and len(rest) == 2 and _are_ids(rest[1])


def _are_ids(value):
    return isinstance(value, (list, tuple)) and all(map(is_id, value)) or value in (False, None)


_CHECKS = {
    "boolean": lambda value: isinstance(value, (bool, int, str)),
    "char": _is_text,
    "text": _is_text,
    "html": _is_text,
    "integer": _is_integer,
    "float": _is_number,
    "monetary": _is_number,
    "date": _is_day,
    "datetime": _is_moment,
    "selection": lambda value: isinstance(value, (str, int)),
    "many2one": _is_record,
    "one2many": _is_lines,
    "many2many": _is_lines,
}
