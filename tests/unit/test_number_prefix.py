"""The prefix of a company's numbers is valid, and no other company's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.number_prefix import is_valid, of_pattern, proposed, to_pattern

NAMES = {
    "Inmobiliaria Los Jardines S.A.C.": "IJ",
    "Los Portales S.A.": "POR",
    "Constructora e Inmobiliaria Ñuñoa SpA": "CIN",
    "C.A. Metro de Caracas": "MC",
    "Grupo 3 Torres": "GT",
    "S.A.C.": "SAC",
    "La": "LA",
    "中国": "AC",
    "": "AC",
}


@pytest.mark.parametrize("name", NAMES)
def test_initials(name):
    assert proposed(name) == NAMES[name]


@given(st.text(max_size=30), st.sets(st.sampled_from(["AC", "AC2", "LH", "PL-LH", "A", "IJ"])))
def test_a_proposal_is_valid_and_free(name, taken):
    prefix = proposed(name, taken, "PL-")
    assert is_valid(prefix)
    assert prefix not in taken
    assert f"PL-{prefix}" not in taken
    assert is_valid(f"PL-{prefix}")


def test_a_company_of_many_has_its_own():
    taken = set()
    for _company in range(200):
        taken.add(proposed("Lima Homes", taken))
    assert len(taken) == 200
    assert all(map(is_valid, taken))


@given(st.from_regex(r"[A-Z]{2}[A-Z0-9]{0,6}", fullmatch=True))
def test_a_pattern_has_its_prefix(prefix):
    assert of_pattern(to_pattern(prefix)) == prefix
