"""Where each unit stands in the grid of a project: on which floor, in which column.

Floors run from the top down. Units whose codes differ only by the floor in them, as
A-101 and A-201, stand above each other; where one is missing, a hole stays.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from . import alert
from .spanish import fold

# The alerts of open cases, the worst first; whatever else is open presses nobody.
WORST_FIRST = (alert.OVERDUE, alert.DUE_TODAY, alert.ON_TIME)
# Units without a floor stand in rows of so many.
ROW_LENGTH = 10
# Above every floor that has a number.
ROOF = 1000

# Python refuses to read numbers of thousands of digits.
DIGITS = r"\d{1,18}"
TOKEN = re.compile(rf"{DIGITS}|[^\W\d_]+")
# A hyphen is a minus where nothing stands before it: "-1" and "Nivel -1", not "S-1".
NUMBER = re.compile(rf"(?:(?<!\S)-)?{DIGITS}")
# The floor that a word means: where it starts, and what the number beside it adds.
NAMED_FLOORS = {
    name: (start, step)
    for names, start, step in (
        ("azotea terraza techo roof", 2 * ROOF, 1),
        ("ph penthouse pent-house atico", ROOF, 1),
        ("m mz mezzanine mezzanina mezanine entrepiso", 0.5, 0),
        ("pb planta-baja bajo lobby g gf ground ground-floor", 0, 0),
        ("ss semisotano", -0.5, 0),
        ("s st sotano subsuelo b basement", 0, -1),
    )
    for name in names.split()
}


@dataclass(frozen=True)
class Place:
    """A unit, and what says where it stands."""

    unit: int
    code: str
    floor: str = ""


@dataclass(frozen=True)
class Row:
    """A floor, or units without one; ``None`` is a hole."""

    floor: str
    units: tuple[int | None, ...]


def natural(text: str) -> tuple:
    """A key that sorts numbers in a text by their value.

    >>> sorted(["Torre 10", "Torre 9", "Torre B"], key=natural)
    ['Torre 9', 'Torre 10', 'Torre B']
    """
    return tuple(
        (0, int(token), "") if token.isdecimal() else (1, 0, _word(token))
        for token in TOKEN.findall(text)
    )


# Codes and floors repeat the same few words.
@lru_cache(maxsize=1024)
def _word(token: str) -> str:
    return fold(token)


@lru_cache(maxsize=1024)
def level(floor: str) -> float | None:
    """How high a floor is; None where its name says nothing.

    >>> [level(floor) for floor in ("12", "Piso 3", "PB", "Sótano 2", "-1")]
    [12, 3, 0, -2, -1]
    """
    name = "-".join(token for token in TOKEN.findall(fold(floor)) if not token.isdecimal())
    number = NUMBER.search(floor)
    if name in NAMED_FLOORS:
        start, step = NAMED_FLOORS[name]
        return start + step * (abs(int(number[0])) if number else 1)
    return int(number[0]) if number else None


def worst_alert(states) -> str:
    """The alert that presses most, of the states of open cases.

    >>> worst_alert(["on_time", "overdue", "none"]), worst_alert(["attended"])
    ('overdue', 'none')
    """
    return next((state for state in WORST_FIRST if state in states), alert.NONE)


def arrange(places: list[Place]) -> list[Row]:
    """The rows of a block: its floors from the top down, then the units without one.

    >>> for row in arrange([Place(1, "A-101", "1"), Place(2, "A-102", "1"),
    ...                     Place(3, "A-202", "2"), Place(4, "Lobby")]):
    ...     print(row)
    Row(floor='2', units=(None, 3))
    Row(floor='1', units=(1, 2))
    Row(floor='', units=(4,))
    """
    places = sorted(places, key=lambda place: (natural(place.code), place.code))
    on_floors = [place for place in places if _floor_key(place.floor)]
    loose = [place.unit for place in places if not _floor_key(place.floor)]
    return [
        *_floors(on_floors),
        *(
            Row("", tuple(loose[start : start + ROW_LENGTH]))
            for start in range(0, len(loose), ROW_LENGTH)
        ),
    ]


@lru_cache(maxsize=1024)
def _floor_key(floor: str) -> tuple:
    """What tells floors apart and sorts them; "1" and "Piso 1" are one. Empty: no floor."""
    height = level(floor)
    if height is not None:
        return (0, -height)
    return (1, natural(floor)) if natural(floor) else ()


def _floors(places: list[Place]) -> list[Row]:
    columns = _columns(places)
    order = sorted(set(columns.values()))
    floors = {}
    for place in places:
        floors.setdefault(_floor_key(place.floor), []).append(place)
    rows = []
    for _key, on_floor in sorted(floors.items()):
        units = {columns[place]: place.unit for place in on_floor}
        rows.append(Row(on_floor[0].floor, tuple(units.get(column) for column in order)))
    return rows


def _columns(places: list[Place]) -> dict[Place, tuple]:
    """The column of each unit.

    Codes are written in many ways. Of those known, the one fits in which no two units of
    a floor share a column, and which needs the fewest. Where codes do not tell (half as
    many columns again as the widest floor has units), units stand in their order.
    """
    if not places:
        return {}
    readings = [
        {place: _column(place, read, whole) for place in places}
        for whole in (False, True)
        for read in (_after_floor, _beside_floor, list)
    ]
    width = max(Counter(_floor_key(place.floor) for place in places).values())
    apart = [
        columns
        for columns in readings
        if len({(_floor_key(place.floor), column) for place, column in columns.items()})
        == len(places)
    ]
    best = min(apart, key=lambda columns: len(set(columns.values())), default=None)
    if best and len(set(best.values())) <= 1.5 * width:
        return best
    return _in_order(places)


def _in_order(places: list[Place]) -> dict[Place, tuple]:
    count = Counter()
    columns = {}
    for place in places:
        key = _floor_key(place.floor)
        columns[place] = (count[key],)
        count[key] += 1
    return columns


def _column(place: Place, read, whole: bool) -> tuple:
    """The natural key of a code without its floor; not ``whole``, without what is before."""
    tokens = TOKEN.findall(place.code)
    number = max((i for i, token in enumerate(tokens) if token.isdecimal()), default=0)
    after = len(tokens) - number
    height = level(place.floor)
    # The numbers of basements and roofs are in no code.
    if read is not list and height in range(ROOF):
        tokens = read(tokens, number, str(height), place.floor)
    return natural(" ".join(tokens if whole else tokens[-after:]))


def _after_floor(tokens: list[str], number: int, height: str, _floor: str) -> list[str]:
    """101 is 01 on floor 1; 1A is A."""
    found = re.fullmatch(rf"0*{height}(\d*)", tokens[number]) if tokens else None
    if not found:
        return tokens
    return [*tokens[:number], found[1], *tokens[number + 1 :]]


def _beside_floor(tokens: list[str], number: int, height: str, floor: str) -> list[str]:
    """A-1-01 is A-01 on floor 1, and PB-01 is 01."""
    before = tokens[number - 1] if number else ""
    if before and (before.lstrip("0") == height or _word(before) == _word(floor)):
        return [*tokens[: number - 1], *tokens[number:]]
    return tokens
