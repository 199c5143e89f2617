"""The tables of the example agree with each other, and have both languages."""

import pytest
from tools import starter, starter_lists
from tools.starter import Text

CATEGORIES = [
    (group.name, category)
    for group in starter_lists.GROUPS.values()
    for category in group.categories.values()
]


def texts(value):
    """All texts in a table."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)


TABLES = {
    "areas": list(starter.AREAS.values()),
    "types": [row.name for row in starter.TYPES.values()],
    "roles": list(starter.ROLES.values()),
    "rules": [row.name for row in starter.RULES.values()],
    "groups": [group.name for group in starter_lists.GROUPS.values()],
    "categories": [category.name for _group, category in CATEGORIES],
    "places": list(starter_lists.PLACES.values()),
    "claim types": list(starter_lists.CLAIM_TYPES.values()),
    "request types": list(starter_lists.REQUEST_TYPES.values()),
    "request details": list(starter_lists.REQUEST_DETAILS.values()),
}


def test_sizes():
    assert (len(starter.AREAS), len(starter.TYPES)) == (6, 10)


@pytest.mark.parametrize("name", TABLES)
def test_a_name_is_there_once(name):
    """A second record of a name would be taken for the first one."""
    for language in ("es", "en"):
        names = [text.in_language(language).casefold() for text in TABLES[name]]
        assert len(set(names)) == len(names)


def test_every_text_has_both_languages():
    for module in (starter, starter_lists):
        for name in dir(module):
            for text in texts(getattr(module, name)) if name.isupper() else ():
                assert text.spanish.strip() and text.english.strip()
                assert "%" not in text.spanish + text.english, "names are searched with ilike"


def test_rows_name_rows_that_exist():
    assert {row.area for row in starter.TYPES.values()} == set(starter.AREAS) - {"legal"}
    for rule in starter.RULES.values():
        assert rule.role in {"", *starter.ROLES}
        assert rule.case_type in {"", *starter.TYPES}


def test_every_rule_does_something():
    for rule in starter.RULES.values():
        assert bool(rule.role) == bool(rule.channels)
        assert rule.channels or rule.new_stage
        assert bool(rule.note) == (rule.new_stage == "REJ")


def test_each_kind_of_case_has_a_type():
    assert {row.form for row in starter.TYPES.values()} == {"attention", "claim", "request"}


def test_every_category_has_customers_words():
    for _group, category in CATEGORIES:
        for language in ("es", "en"):
            words = category.words.in_language(language).split(", ")
            assert len(words) >= 4
            assert len(set(words)) == len(words)
