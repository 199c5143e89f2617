from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.unit_grid import ROW_LENGTH, GridUnit, arrange, level, worst_alert

codes = st.text(st.sampled_from("Aa01-9 ñ²"), max_size=6) | st.text(max_size=6)
floors = st.sampled_from(("", "1", "01", "Piso 1", "2", "12", "PB", "Sótano", "-1", "PH", "Ω", "-"))


def grid_units(*codes_by_floor):
    units = [(code, floor) for floor, codes in codes_by_floor for code in codes.split()]
    return [GridUnit(number, code, floor) for number, (code, floor) in enumerate(units)]


def drawn(placed):
    """The grid as text: a floor a line, a dot a hole."""
    code_of = {unit.id: unit.code for unit in placed}
    return [
        (row.floor, " ".join(code_of.get(unit, ".") for unit in row.units))
        for row in arrange(placed)
    ]


@pytest.mark.parametrize(
    "floors",
    [
        # The floor begins the number, and stands in it once only.
        [("12", "A-1201 A-1202 A-1211"), ("1", "A-101 A-102 A-111"), ("PB", "A-001 . A-011")],
        # It stands beside the number, the tower's own number before it.
        [("2", "T1-2-01 T1-2-02 T1-2-11"), ("1", "T1-1-01 T1-1-02 T1-1-11")],
        [("2", "T2-201 T2-211"), ("1", "T2-101 .")],
        # A letter tells the units of a floor apart, after the number or before it.
        [("10", "10A 10B 10C"), ("2", "2A . 2C")],
        [("10", "A10 B10 C10"), ("2", "A2 . C2")],
        # Two wings on one floor.
        [("2", "A-201 . B-201 B-202"), ("1", "A-101 A-102 B-101 .")],
        # Numbers that run on from floor to floor: units stand in their order.
        [("2", "U6 U7 U8 U9 U10"), ("1", "U1 U2 U3 U4 U5")],
        # Parking units below a tower, the penthouse on top of it.
        [
            ("PH", "PH-1 . ."),
            ("2", "A-201 A-202 A-203"),
            ("1", "A-101 A-102 A-103"),
            ("Sótano 1", "E-01 E-02 E-03"),
        ],
    ],
)
def test_units_stand_above_each_other(floors):
    placed = grid_units(*((floor, codes.replace(".", "")) for floor, codes in reversed(floors)))
    assert drawn(placed) == floors


def test_floors_run_from_the_top_down():
    names = ["Azotea", "PH", "Piso 10", "9", "Mezanine", "PB", "SS", "Sótano", "S2", "-3", "Jardín"]
    placed = grid_units(*((name, f"U-{number}") for number, name in enumerate(sorted(names))))
    assert [row.floor for row in arrange(placed)] == names


def test_one_floor_may_be_written_in_several_ways():
    assert drawn(grid_units(("1", "A-101"), ("Piso 1", "A-102"), ("01", "A-103"))) == [
        ("1", "A-101 A-102 A-103")
    ]
    assert level("Planta baja") == level("pb") == 0


def test_units_without_a_floor_come_last_in_rows():
    placed = grid_units(("1", "A-101"), ("", " ".join(f"C-{number}" for number in range(12))))
    rows = arrange(placed)
    assert [(row.floor, len(row.units)) for row in rows] == [("1", 1), ("", ROW_LENGTH), ("", 2)]
    assert [row.units for row in rows[1:]] == [tuple(range(1, 11)), (11, 12)]


def test_codes_and_floors_of_any_length():
    digits = "1" * 5000
    assert [
        row.units for row in arrange([GridUnit(1, digits, digits), GridUnit(2, "", digits)])
    ] == [(2, 1)]


@given(st.lists(st.tuples(codes, floors), unique_by=lambda unit: unit[0], max_size=20))
def test_every_unit_stands_in_one_place(units):
    rows = arrange([GridUnit(number, *unit) for number, unit in enumerate(units)])
    placed = [unit for row in rows for unit in row.units if unit is not None]
    assert sorted(placed) == list(range(len(units)))
    on_floors = [row for row in rows if row.floor]
    assert len({len(row.units) for row in on_floors}) <= 1
    heights = [level(row.floor) for row in on_floors]
    known = [height for height in heights if height is not None]
    assert heights[: len(known)] == known, "floors whose name says nothing come last"
    assert all(above > below for above, below in pairwise(known))
    width = max((sum(unit is not None for unit in row.units) for row in on_floors), default=0)
    assert all(len(row.units) <= 1.5 * width for row in on_floors)


@pytest.mark.parametrize(
    ("states", "worst"),
    [
        ({"none", "on_time", "due_today", "overdue"}, "overdue"),
        ({"on_time", "due_today"}, "due_today"),
        ({"none", "on_time"}, "on_time"),
        ({"attended_late", "none"}, "none"),
        ((), "none"),
    ],
)
def test_the_worst_alert_of_a_unit(states, worst):
    assert worst_alert(states) == worst
