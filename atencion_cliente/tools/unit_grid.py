"""Arranges the units of a project in a grid of floors and columns.

Floors run from the top down. Units whose codes differ only by their floor, such as A-101 and
A-201, are in the same column. If a unit is missing on a floor, its cell is empty.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from . import alert
from .spanish import fold

# Alert states of open cases, the most urgent first. Other states are not urgent.
WORST_FIRST = (alert.OVERDUE, alert.DUE_TODAY, alert.ON_TIME)
# Number of units in each row of units without a floor.
ROW_LENGTH = 10
# Level above all numbered floors; penthouses and roofs come after it.
MAX_FLOOR = 1000

# Python refuses to read numbers of thousands of digits.
DIGITS = r"\d{1,18}"
TOKEN = re.compile(rf"{DIGITS}|[^\W\d_]+")
# A hyphen is a minus where nothing stands before it: "-1" and "Nivel -1", not "S-1".
NUMBER = re.compile(rf"(?:(?<!\S)-)?{DIGITS}")
# Level of floors with a name, as pairs: the base level, and the step for each number after the
# name. “Sótano 2” is 0 - 1 × 2.
NAMED_FLOORS = {
    name: (start, step)
    for names, start, step in (
        ("azotea terraza techo roof", 2 * MAX_FLOOR, 1),
        ("ph penthouse pent-house atico", MAX_FLOOR, 1),
        ("m mz mezzanine mezzanina mezanine entrepiso", 0.5, 0),
        ("pb planta-baja bajo lobby g gf ground ground-floor", 0, 0),
        ("ss semisotano", -0.5, 0),
        ("s st sotano subsuelo b basement", 0, -1),
    )
    for name in names.split()
}


@dataclass(frozen=True)
class GridUnit:
    """A unit with the data that decide its place: its code and its floor."""

    id: int
    code: str
    floor: str = ""


@dataclass(frozen=True)
class GridRow:
    """A row of the grid: the ids of its units; ``None`` is an empty cell.

    ``floor`` is empty for units without a floor.
    """

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
    """The level of a floor by its name, None if it is not known. Ground floor: 0.

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
    """The most urgent of the alert states of open cases.

    >>> worst_alert(["on_time", "overdue", "none"]), worst_alert(["attended"])
    ('overdue', 'none')
    """
    return next((state for state in WORST_FIRST if state in states), alert.NONE)


def arrange(units: list[GridUnit]) -> list[GridRow]:
    """The rows of a block: its floors from the top down, then the units without one.

    >>> for row in arrange([GridUnit(1, "A-101", "1"), GridUnit(2, "A-102", "1"),
    ...                     GridUnit(3, "A-202", "2"), GridUnit(4, "Lobby")]):
    ...     print(row)
    GridRow(floor='2', units=(None, 3))
    GridRow(floor='1', units=(1, 2))
    GridRow(floor='', units=(4,))
    """
    units = sorted(units, key=lambda unit: (natural(unit.code), unit.code))
    on_floors = [unit for unit in units if _floor_key(unit.floor)]
    loose = [unit.id for unit in units if not _floor_key(unit.floor)]
    return [
        *_floors(on_floors),
        *(
            GridRow("", tuple(loose[start : start + ROW_LENGTH]))
            for start in range(0, len(loose), ROW_LENGTH)
        ),
    ]


@lru_cache(maxsize=1024)
def _floor_key(floor: str) -> tuple:
    """A key that identifies and sorts floors: "1" and "Piso 1" are the same. Empty: no floor."""
    height = level(floor)
    if height is not None:
        return (0, -height)
    return (1, natural(floor)) if natural(floor) else ()


def _floors(units: list[GridUnit]) -> list[GridRow]:
    columns = _columns(units)
    order = sorted(set(columns.values()))
    floors = {}
    for unit in units:
        floors.setdefault(_floor_key(unit.floor), []).append(unit)
    rows = []
    for _key, on_floor in sorted(floors.items()):
        ids = {columns[unit]: unit.id for unit in on_floor}
        rows.append(GridRow(on_floor[0].floor, tuple(ids.get(column) for column in order)))
    return rows


def _columns(units: list[GridUnit]) -> dict[GridUnit, tuple]:
    """The column of each unit.

    Codes are read in each of the known ways. Ways in which two units of one floor have the
    same column are discarded; of the others, the one with the fewest columns is chosen. If it
    needs more than 1.5 times as many columns as the largest floor has units, the codes do not
    say the column, and the units of each floor are numbered in their order.
    """
    if not units:
        return {}
    readings = [
        {unit: _column(unit, read, whole) for unit in units}
        for whole in (False, True)
        for read in (_after_floor, _beside_floor, list)
    ]
    width = max(Counter(_floor_key(unit.floor) for unit in units).values())
    apart = [
        columns
        for columns in readings
        if len({(_floor_key(unit.floor), column) for unit, column in columns.items()}) == len(units)
    ]
    best = min(apart, key=lambda columns: len(set(columns.values())), default=None)
    if best and len(set(best.values())) <= 1.5 * width:
        return best
    return _in_order(units)


def _in_order(units: list[GridUnit]) -> dict[GridUnit, tuple]:
    count = Counter()
    columns = {}
    for unit in units:
        key = _floor_key(unit.floor)
        columns[unit] = (count[key],)
        count[key] += 1
    return columns


def _column(unit: GridUnit, read, whole: bool) -> tuple:
    """The natural key of a code without its floor.

    :param read: function that removes the floor from the tokens of the code; ``list`` keeps it
    :param whole: whether the tokens before the last number belong to the key
    """
    tokens = TOKEN.findall(unit.code)
    number = max((i for i, token in enumerate(tokens) if token.isdecimal()), default=0)
    after = len(tokens) - number
    height = level(unit.floor)
    # The levels of basements and roofs do not occur in codes.
    if read is not list and height in range(MAX_FLOOR):
        tokens = read(tokens, number, str(height), unit.floor)
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
