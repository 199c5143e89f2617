"""What a case lacks: who asks and, for a claim, what the law wants to be written down.

Somebody asks if the case has a holder or a registered requester, if a name was typed with a
telephone or an e-mail address, or if the company itself asks (internal). A claim also has a
description, a good (a unit, or what the claim names as the good), a claim type, and the
identity number of who asks.

Nothing refuses a case for it. It is listed, and asked for when its state is changed by hand.
"""

import re
from typing import NamedTuple

REQUESTER = "requester"
DESCRIPTION = "description"
GOOD = "good"
CLAIM_TYPE = "claim_type"
IDENTITY = "identity"

# What a text in HTML has around and between its words, as a pattern that Python and PostgreSQL
# understand alike. A picture or a table counts as content.
EMPTY_MARKUP = (
    r"</?(?:p|div|section|span|br|b|strong|i|em|u|font|ul|ol|li|h[1-6])(?:\s[^>]*)?/?>|&nbsp;|\s|"
    "\u00a0|\u200b|\ufeff"
)
# Stands for a number that a contact does not have.
NO_NUMBER = "/"


class Facts(NamedTuple):
    """What a case has."""

    is_claim: bool = False
    has_contact: bool = False  # a holder, or a registered requester
    has_name: bool = False  # typed
    has_reach: bool = False  # a typed telephone or e-mail address
    is_internal: bool = False
    has_description: bool = False
    has_good: bool = False
    has_claim_type: bool = False
    has_identity: bool = False


def missing(facts: Facts) -> tuple[str, ...]:
    """What is missing, in the order of the form.

    >>> missing(Facts(has_name=True, has_reach=True)), missing(Facts(has_name=True))
    ((), ('requester',))
    >>> missing(Facts(is_claim=True, is_internal=True, has_description=True, has_good=True))
    ('claim_type', 'identity')
    """
    asks = facts.has_contact or facts.is_internal or (facts.has_name and facts.has_reach)
    has = {REQUESTER: asks}
    if facts.is_claim:
        has |= {
            DESCRIPTION: facts.has_description,
            GOOD: facts.has_good,
            CLAIM_TYPE: facts.has_claim_type,
            IDENTITY: facts.has_identity,
        }
    return tuple(code for code, is_there in has.items() if not is_there)


def is_blank(markup: str | None) -> bool:
    """Whether a text in HTML says nothing.

    >>> is_blank("<p><br></p>"), is_blank("<p>Leak</p>"), is_blank('<img src="/leak.png">')
    (True, False, False)
    """
    return not re.sub(EMPTY_MARKUP, "", markup or "")


def is_number(number: str | None) -> bool:
    """Whether an identity number is one.

    >>> is_number("70000101"), is_number("/"), is_number(None)
    (True, False, False)
    """
    return bool(number) and number != NO_NUMBER
