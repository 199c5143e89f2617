"""What the numbers of cases and sheets begin with, by company: “LH” of LH-2026-00001.

Odoo's sequences store it as ``LH-%(year)s-``. An administrator may write another pattern there:
such a one is shown as it is.
"""

import re
from collections.abc import Collection

from .mail_text import plain

MAX_LENGTH = 12
# What customers write by telephone, in subjects and in file names: no accents and no signs.
_PREFIX = re.compile(r"[A-Z]{2}[A-Z0-9]*(?:-[A-Z0-9]+)*")
_YEAR = "-%(year)s-"
_PLACEHOLDER = re.compile(r"%\(\w+\)s")
_SMALL_WORDS = frozenset("A AND D DE DEL E EL EN LA LAS LO LOS OF THE Y".split())
_LEGAL_FORMS = frozenset(
    "CA CIA EIRL INC LLC LTD LTDA SA SAC SAA SAPI SAS SCA SPA SRL CV RL DECV".split()
)
# Letters of the proposal for a name; the prefix where a name gives none.
_MOST_LETTERS = 4
DEFAULT = "AC"


def cleaned(text: str | None) -> str:
    """A typed prefix, without the signs before the year.

    >>> cleaned(" lh- "), cleaned(None)
    ('LH', '')
    """
    return "".join((text or "").split()).upper().strip("-/")


def is_valid(prefix: str) -> bool:
    """Whether numbers may begin with a prefix: two letters or more, then digits and hyphens, too.

    >>> [is_valid(one) for one in ("LH", "PL-LH", "LH2", "L", "2LH", "LÑ", "LH/", "L" * 13)]
    [True, True, True, False, False, False, False, False]
    """
    return len(prefix) <= MAX_LENGTH and bool(_PREFIX.fullmatch(prefix))


def letters(pattern: str | None) -> int:
    """How many letters a pattern of Odoo has, outside its dates.

    >>> letters("LH-%(year)s-"), letters("%(year)s/")
    (2, 0)
    """
    return sum(map(str.isalpha, _PLACEHOLDER.sub("", pattern or "")))


def to_pattern(prefix: str) -> str:
    """The pattern of Odoo with a prefix.

    >>> to_pattern("LH")
    'LH-%(year)s-'
    """
    return prefix + _YEAR


def of_pattern(pattern: str | None) -> str:
    """The prefix of a pattern of Odoo; one of another form as it is.

    >>> of_pattern("LH-%(year)s-"), of_pattern("CASO/")
    ('LH', 'CASO/')
    """
    return (pattern or "").removesuffix(_YEAR)


def proposed(name: str | None, taken: Collection[str] = (), before: str = "") -> str:
    """A prefix for a company: the initials of its name that no other one has.

    :param taken: prefixes that are in use, in capitals
    :param before: what stands before it in other numbers, which must be free, too

    >>> proposed("Inmobiliaria Los Jardines S.A.C."), proposed("Fideicomiso de Ñuñoa")
    ('IJ', 'FN')
    >>> proposed("Viva"), proposed("Viva", {"VIV", "VIV2"}), proposed("3"), proposed("3", {"AC"})
    ('VIV', 'VIV3', 'AC', 'AC2')
    """
    base = _initials(name or "")
    number, prefix = 1, base
    while prefix in taken or (before and before + prefix in taken):
        number += 1
        prefix = f"{base}{number}"
    return prefix


def _initials(name: str) -> str:
    words = re.findall(r"[A-Z]+", plain(name.replace(".", "")).upper())
    words = [word for word in words if word not in _SMALL_WORDS] or words
    telling = [word for word in words if word not in _LEGAL_FORMS] or words
    if len(telling) == 1:
        initials = telling[0][:3]
    else:
        initials = "".join(word[0] for word in telling)[:_MOST_LETTERS]
    return initials if len(initials) > 1 else DEFAULT
