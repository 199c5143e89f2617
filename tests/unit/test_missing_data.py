from itertools import product

import pytest
from tools.missing_data import (
    CLAIM_TYPE,
    DESCRIPTION,
    GOOD,
    IDENTITY,
    REQUESTER,
    Facts,
    is_blank,
    is_number,
    missing,
)

# contact, name, reach, internal: does somebody ask?
ASKS = {
    (False, False, False, False): False,
    (False, False, False, True): True,
    (False, False, True, False): False,
    (False, False, True, True): True,
    (False, True, False, False): False,
    (False, True, False, True): True,
    (False, True, True, False): True,
    (False, True, True, True): True,
    (True, False, False, False): True,
    (True, False, False, True): True,
    (True, False, True, False): True,
    (True, False, True, True): True,
    (True, True, False, False): True,
    (True, True, False, True): True,
    (True, True, True, False): True,
    (True, True, True, True): True,
}
OF_A_CLAIM = (DESCRIPTION, GOOD, CLAIM_TYPE, IDENTITY)


@pytest.mark.parametrize("is_claim", [False, True])
@pytest.mark.parametrize(("who", "asks"), ASKS.items())
def test_who_asks(who, asks, is_claim):
    contact, name, reach, internal = who
    facts = Facts(
        is_claim=is_claim,
        has_contact=contact,
        has_name=name,
        has_reach=reach,
        is_internal=internal,
    )
    assert (REQUESTER not in missing(facts)) is asks


@pytest.mark.parametrize("has", product((False, True), repeat=len(OF_A_CLAIM)))
def test_a_claim_has_four_things_more(has):
    facts = Facts(True, True, False, False, False, *has)
    expected = tuple(code for code, there in zip(OF_A_CLAIM, has, strict=True) if not there)
    assert missing(facts) == expected
    assert missing(facts._replace(is_claim=False)) == ()


@pytest.mark.parametrize(
    "markup",
    [
        *(None, "", " \n", "<p></p>", "<p><br></p>", "<p><br/></p>", "<p>&nbsp;</p>"),
        *("<p>\u00a0</p>", '<div class="o"><p style="x"> </p></div>', "<ul><li></li></ul>"),
        "<p>\u200b</p>",
    ],
)
def test_a_text_that_says_nothing(markup):
    assert is_blank(markup)


@pytest.mark.parametrize(
    "markup", ["x", "<p>x</p>", '<p><img src="x"></p>', "<table></table>", "<p>&lt;</p>", "0"]
)
def test_a_text_that_says_something(markup):
    assert not is_blank(markup)


def test_an_identity_number():
    assert is_number("1") and is_number("0")
    assert not any(map(is_number, (None, False, "", "/")))
