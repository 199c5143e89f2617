"""Settings of mail: whatever stands in a parameter, mail can be filed with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.mail_settings import (
    MEGABYTE,
    MOST_SERVERS,
    NUMBERS,
    TEXTS,
    MailSettings,
    header,
    mail_settings,
    servers,
)


def test_without_parameters_the_defaults_hold():
    assert mail_settings({}) == MailSettings(
        size_limit=25 * MEGABYTE,
        mail_limit=20,
        case_limit=10,
        window_minutes=60,
        trusted_servers=(),
        spam_header="",
        retention_days=30,
        keep_originals=False,
    )


def test_parameters_are_read():
    found = mail_settings(
        {
            "size_limit_mb": "40",
            "limit": " 5 ",
            "case_limit": "3",
            "window_minutes": "10",
            "trusted_servers": "mx.example.net",
            "spam_header": "X-Spam-Status",
            "retention_days": "0",
            "keep_originals": "True",
        }
    )
    assert found == MailSettings(
        40 * MEGABYTE, 5, 3, 10, ("mx.example.net",), "X-Spam-Status", 0, True
    )


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("text", ["-1", "1.5", "x", "²", "1e3", "9" * 5000, "True", "\x00", "٣"])
def test_a_number_that_cannot_be_used_has_its_default(name, text):
    assert mail_settings({name: text}) == MailSettings()


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_keeps_its_bounds(name):
    default, minimum, maximum = NUMBERS[name]
    for number in (minimum - 1, maximum + 1):
        assert mail_settings({name: str(number)}) == MailSettings()
    for number in {minimum, maximum} - {default}:
        assert mail_settings({name: str(number)}) != MailSettings()


def test_what_is_no_server_is_told():
    assert servers("mx.example.net\n*.x, mx.example.net") == (("mx.example.net",), ("*.x",))
    many = [f"mx{number}.example.net" for number in range(MOST_SERVERS + 1)]
    assert servers(" ".join(many)) == (tuple(many[:-1]), (many[-1],))


@pytest.mark.parametrize("text", ["X Spam", "X-Spam: YES", "ñ", "x" * 101, "X\r\nY"])
def test_what_cannot_be_a_header_is_told(text):
    assert header(text) is None
    assert mail_settings({"spam_header": text}) == MailSettings()


@pytest.mark.parametrize("text", ["False", "0", "", "no", " off "])
def test_originals_are_not_kept_if_the_parameter_denies_it(text):
    assert not mail_settings({"keep_originals": text}).keep_originals


@given(st.dictionaries(st.sampled_from([*NUMBERS, *TEXTS]), st.text()))
def test_any_text_gives_settings_within_bounds(texts):
    found = mail_settings(texts)
    assert MEGABYTE <= found.size_limit <= NUMBERS["size_limit_mb"][2] * MEGABYTE
    assert found.mail_limit >= 1 and found.case_limit >= 1 and found.window_minutes >= 1
    assert len(found.trusted_servers) <= MOST_SERVERS
