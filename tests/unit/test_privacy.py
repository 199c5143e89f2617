import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.privacy import MASK, redact

texts = st.text(st.characters(codec="utf-8"), max_size=80)


@pytest.mark.parametrize(
    "number",
    [
        "987654321",
        "987 654 321",
        "+51 987 654 321",
        "(01) 445-1234",
        "70000101",
        "20000001016",
        "V-12.345.678",
        "V-00000101-1",
        "1000005-K",
        "0102-0123-45-1234567890",
    ],
)
def test_telephones_and_identity_numbers_are_masked(number):
    masked = redact(f"Llame al {number}, gracias", [])
    assert not any(digit in masked for digit in "0123456789"), masked
    assert masked.startswith("Llame al") and masked.endswith(", gracias")


@pytest.mark.parametrize(
    "text",
    [
        "Interruptor de 20 A, 220 V",
        "Prueba de 24 h y de 48 h",
        "Departamento A-101, piso 3",
        "Del 12/03/2026 al 15/03/2026",
        "Cuesta S/ 1 500.00",
        "4 piezas de 60 x 60 cm",
    ],
)
def test_text_about_the_solution_stays(text):
    assert redact(text, ["Rosa Quispe"]) == text


def test_names_are_masked_whole_and_in_parts():
    people = ["Rosa María Quispe de la Cruz"]
    assert redact("ROSA MARÍA QUISPE DE LA CRUZ pide", people) == f"{MASK} pide"
    assert redact("la Sra. Quispe y Rosa María", people) == f"la Sra. {MASK} y {MASK}"
    assert redact("flor rosa en cruz", people) == "flor rosa en cruz"


def test_companies_are_masked_whole_only():
    others = ["Inmobiliaria Los Jardines SAC"]
    text = "INMOBILIARIA LOS JARDINES SAC riega los Jardines"
    assert redact(text, [], others) == f"{MASK} riega los Jardines"


@pytest.mark.parametrize("name", ["", "a", "(", "[a-z]+", "\\", ".*"])
def test_odd_names_cause_no_error(name):
    assert redact("agua en el baño", [name], [name]) == "agua en el baño"


@given(texts, st.lists(texts, max_size=3))
def test_masking_twice_is_masking_once(text, people):
    once = redact(text, people)
    assert redact(once, people) == once


@given(st.text("abcdefgh", min_size=3, max_size=8), texts)
def test_a_name_in_title_case_is_masked(name, text):
    name = name.title()
    assert name not in redact(f"{text} {name} {text}", [name]).split()
