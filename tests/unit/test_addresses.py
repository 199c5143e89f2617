import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.addresses import addresses, not_writable

# Text, the addresses in it, what is none.
TABLE = [
    (None, [], []),
    ("", [], []),
    (" ; , ", [], []),
    ("rosa@example.com", ["rosa@example.com"], []),
    ("Rosa@EXAMPLE.com;rosa@example.com", ["rosa@example.com"], []),
    ("rosa@example.com, luis@example.pe", ["rosa@example.com", "luis@example.pe"], []),
    ("rosa@example.com ; luis@example", ["rosa@example.com"], ["luis@example"]),
    ("rosa@example,com", [], ["rosa@example", "com"]),
    ('"Quispe, Rosa" <rosa@example.com>, b@x.pe', ["rosa@example.com", "b@x.pe"], []),
    ("Rosa <rosa@example.com>", ["rosa@example.com"], []),
    ("rosa @example.com", [], ["rosa @example.com"]),
    ("rosa.example.com", [], ["rosa.example.com"]),
    ("rosa@example..com", [], ["rosa@example..com"]),
    ("rosa..q@example.com", [], ["rosa..q@example.com"]),
    (".rosa@example.com", [], [".rosa@example.com"]),
    ("rosa@example.c", [], ["rosa@example.c"]),
    ("rosa@-example.com", [], ["rosa@-example.com"]),
    ("rosa@@example.com", [], ["rosa@@example.com"]),
    ("o'brien+casa@sub.example.co", ["o'brien+casa@sub.example.co"], []),
    ("peña@compañía.pe", ["peña@compañía.pe"], []),
]


@pytest.mark.parametrize(("text", "found", "none"), TABLE)
def test_addresses_of_a_text(text, found, none):
    assert addresses(text) == found
    assert not_writable(text) == none


@given(st.text(alphabet='ab@.,;<>" \n', max_size=30))
def test_every_part_is_an_address_or_none(text):
    assert len(addresses(text)) == len(set(addresses(text)))
    for address in addresses(text):
        assert addresses(address) == [address]
        assert address.count("@") == 1
    for part in not_writable(text):
        assert addresses(part) == []
