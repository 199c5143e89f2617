from datetime import datetime
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.whatsapp_chat import Said, read_chat


def at(*moment):
    return datetime(2026, 11, 23, *moment)


SAID = Said(at(10, 15), "Rosa", "Hay una fuga")
# A line as a telephone or a browser writes it, and what it says.
FORMS = {
    "[23/11/26, 10:15:00] Rosa: Hay una fuga": SAID,
    "[23/11/26 10:15:00] Rosa: Hay una fuga": SAID,
    "[23/11/2026, 10:15:00 a.\u00a0m.] Rosa: Hay una fuga": SAID,
    "\u200e[23/11/26, 10:15:00\u202fa.\u00a0m.] \u200eRosa: \u200eHay una fuga": SAID,
    "[11/23/26, 10:15:00\u202fAM] Rosa: Hay una fuga": SAID,
    "[2026-11-23, 10:15:00] Rosa: Hay una fuga": SAID,
    "23/11/26, 10:15 - Rosa: Hay una fuga": SAID,
    "23/11/2026 10:15 - Rosa: Hay una fuga": SAID,
    "23-11-26 10:15 - Rosa: Hay una fuga": SAID,
    "23.11.26, 10:15 - Rosa: Hay una fuga": SAID,
    "23/11/2026, 10:15\u202fa. m. - Rosa: Hay una fuga": SAID,
    "11/23/26, 10:15 am - Rosa: Hay una fuga": SAID,
    "[10:15, 23/11/2026] Rosa: Hay una fuga": SAID,
    "[10:15 a. m., 23/11/2026] Rosa: Hay una fuga": SAID,
    "23/11/26, 12:05 a. m. - Rosa: x": Said(at(0, 5), "Rosa", "x"),
    "23/11/26, 12:05 p. m. - Rosa: x": Said(at(12, 5), "Rosa", "x"),
    "[23/11/26, 9:15:00 p. m.] +51 987 654 321: a: b\nc\n\nd": Said(
        at(21, 15), "+51 987 654 321", "a: b\nc\n\nd"
    ),
    "23/11/26, 10:15 - Los mensajes y las llamadas están cifrados.": Said(
        at(10, 15), "", "Los mensajes y las llamadas están cifrados."
    ),
    "23/11/26, 10:15 - Rosa: <Multimedia omitido>": Said(
        at(10, 15), "Rosa", "<Multimedia omitido>"
    ),
    "23/11/26, 10:15 - Rosa: IMG-20261123-WA0001.jpg (archivo adjunto)\nLa cocina": Said(
        at(10, 15), "Rosa", "La cocina", "IMG-20261123-WA0001.jpg"
    ),
    "23/11/26, 10:15 - Rosa: \u200eIMG 1.jpg (file attached)": Said(
        at(10, 15), "Rosa", "", "IMG 1.jpg"
    ),
    "[23/11/26, 10:15:00] Rosa: \u200e<adjunto: 00000012-PHOTO-2026.jpg>": Said(
        at(10, 15), "Rosa", "", "00000012-PHOTO-2026.jpg"
    ),
    "[23/11/26, 10:15:00] Rosa: Mire \u200e<attached: 1.mp4>": Said(
        at(10, 15), "Rosa", "Mire", "1.mp4"
    ),
    "[23/11/26, 10:15:00] Rosa:": Said(at(10, 15), "Rosa", ""),
}
# Text that is none of these.
PLAIN = (
    "Hola, buenos días",
    "10:15 Rosa: hola",
    "[99/99/26, 10:15:00] Rosa: x",
    "[23/11/26, 25:15:00] Rosa: x",
    "23/11/26 visita a las 10:15 - Rosa: x",
    "- Rosa: hola",
)


@pytest.mark.parametrize("line", FORMS)
def test_each_form_is_read(line):
    assert read_chat(line) == [FORMS[line]]


@pytest.mark.parametrize("line", PLAIN)
def test_what_is_not_understood_stays(line):
    assert read_chat(line) == [Said(None, "", line)]


def test_what_stands_before_the_first_message_stays():
    said = read_chat("Conversación con Rosa\n\n23/11/26, 10:15 - Rosa: Hay una fuga\n")
    assert said == [Said(None, "", "Conversación con Rosa"), SAID]


def days(text, day_first):
    return [(said.moment.day, said.moment.month) for said in read_chat(text, day_first)]


def chat(*written):
    return "\n".join(f"{day}/26, 10:15 - Rosa: x" for day in written)


def test_one_day_that_is_clear_decides_for_all():
    assert days(chat("05/11", "06/11", "13/11"), False) == [(5, 11), (6, 11), (13, 11)]
    assert days(chat("11/05", "11/06", "11/13"), True) == [(5, 11), (6, 11), (13, 11)]


def test_else_the_days_follow_each_other():
    # Read with the month first, 2 December would come before 1 January.
    assert days(chat("12/01", "02/02"), False) == [(12, 1), (2, 2)]
    assert days(chat("01/12", "02/02"), True) == [(12, 1), (2, 2)]


def test_else_they_are_read_as_usual():
    assert days(chat("05/11", "06/12"), True) == [(5, 11), (6, 12)]
    assert days(chat("05/11", "06/12"), False) == [(11, 5), (12, 6)]


def test_of_two_chats_in_one_no_message_is_lost():
    assert days(chat("23/11", "24/11", "12/25"), True) == [(23, 11), (24, 11), (25, 12)]


@given(st.text(st.sampled_from("[]/-:., \n\u200e\u202fapm0123456789Ros<>()"), max_size=200))
def test_no_letter_is_lost(text):
    kept = "".join(f"{said.author}{said.text}{said.file}" for said in read_chat(text))
    spoken = [letter for letter in text if letter in "Ros"]
    assert [letter for letter in kept if letter in "Ros"] == spoken


@pytest.mark.parametrize(
    "text",
    [
        "23/11/26, 10:15 - Rosa: x\n" * 50_000,
        "a" * 3_000_000,
        "[" * 2_000_000,
        "23/11/26, 10:15 - a: " + "<adjunto: " * 200_000,
        "23/11/26, 10:15 - a: " + "x" * 2_000_000 + " (archivo adjunto",
        "23/11/26, 10:15 - a: " + " (" * 500_000,
    ],
    ids=["long", "line", "brackets", "open", "name", "spaces"],
)
def test_hostile_text_takes_no_time(text):
    begun = monotonic()
    read_chat(text)
    assert monotonic() - begun < 5
