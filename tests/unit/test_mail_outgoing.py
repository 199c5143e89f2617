"""What the mails of a case say of themselves: sender, subject, quoted conversation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atencion_cliente.tools.mail_history import MAX_MESSAGES, MAX_WORDS, Quoted, quoted_history
from atencion_cliente.tools.mail_mentions import mentioned_ids, without_mentions
from atencion_cliente.tools.mail_sender import MAX_NAME, sender_address, sender_name
from atencion_cliente.tools.mail_subject import with_number

ALIAS, NOTIFICATIONS = "postventa@homes.pe", "avisos@mail.pe"
NUMBER = "AC-2026-00012"


@pytest.mark.parametrize(
    ("sender_filter", "address"),
    [
        ("", ALIAS),
        (None, ALIAS),
        ("homes.pe", ALIAS),
        (" HOMES.PE ,", ALIAS),
        (ALIAS, ALIAS),
        ("mail.pe", NOTIFICATIONS),
        ("relay.pe, service@relay.pe", "service@relay.pe"),
        ("relay.pe", "postventa@relay.pe"),
        ("shomes.pe", "postventa@shomes.pe"),
    ],
)
def test_address_that_a_server_may_send(sender_filter, address):
    assert sender_address([ALIAS, NOTIFICATIONS], sender_filter) == address


@given(st.text(), st.text())
def test_names_are_short_and_in_one_line(first, second):
    name = sender_name(first, second)
    assert len(name) <= MAX_NAME
    assert name.isprintable()


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("Filtración", f"{NUMBER} · Filtración"),
        (f"{NUMBER} · Filtración", f"{NUMBER} · Filtración"),
        (f"Re: {NUMBER} {NUMBER.lower()}", f"Re: {NUMBER}"),
        (f"[{NUMBER}] Re: [{NUMBER}] A", f"[{NUMBER}] Re: A"),
        ("AC-2026-000123", f"{NUMBER} · AC-2026-000123"),
        ("a\r\nBcc: x@y.pe", f"{NUMBER} · a Bcc: x@y.pe"),
        (None, NUMBER),
    ],
)
def test_number_stands_once_in_a_subject(subject, found):
    assert with_number(subject, NUMBER) == found


@given(st.text(max_size=200))
def test_a_subject_gets_its_number_once(subject):
    once = with_number(subject, NUMBER)
    assert once.count(NUMBER) == 1
    assert with_number(once, NUMBER) == once
    assert "\n" not in once


def test_few_and_short_messages_are_quoted():
    many = [Quoted(f"Rosa {place}", f"<p>{'palabra ' * 500}</p>") for place in range(9)]
    history = quoted_history(many)
    assert history.count("<blockquote") == MAX_MESSAGES
    assert len(history.striptags()) < MAX_MESSAGES * (MAX_WORDS + 50)


def test_quotes_of_quotes_and_markup_are_left_out():
    body = (
        '<p onclick="x()">Sí <script>alert(1)</script><img src="http://x/y"></p>'
        "<p>El lun, 23 nov 2026, Ana &lt;a@x.pe&gt; escribió:</p><blockquote>Antes</blockquote>"
    )
    history = quoted_history([Quoted("<b>Rosa</b>", body)])
    assert "Sí" in history
    assert not any(word in history for word in ("Antes", "script", "img", "onclick", "<b>"))


def test_mentions():
    body = (
        '<p><a data-oe-id="7" data-oe-model="res.partner">@Ana</a> '
        "<a data-oe-model='res.partner' data-oe-id='8'>@Rosa</a> "
        '<a data-oe-id="7" data-oe-model="discuss.channel">#x</a></p>'
    )
    assert mentioned_ids(body) == {7, 8}
    shown = without_mentions(body, {7}, "<Postventa>")
    assert "@&lt;Postventa&gt;" in shown
    assert "@Ana" not in shown
    assert "@Rosa" in shown
    assert "#x" in shown
