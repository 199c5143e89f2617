"""Widgets have names of their own, and end what they began, whenever their form is closed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(ROOT.glob("*/static/src/**/*.js"))
# None is called for what was closed before it was drawn, nor are the helpers built on it.
CALLED_TOO_LATE = re.compile(r"\b(onWillUnmount|useDebounced|useThrottleForAnimation|useBus)\b")
# What a form waits for may arrive after it was closed: see while_open.js.
UNGUARDED = re.compile(r"await (?:this\.orm|this\.props|record)\b.*")

# The registries are shared by all addons: a name that is ours alone replaces nobody else's.
REGISTERED = re.compile(r"registry\s*\.category\([^)]*\)\s*\.add\(\s*\"([^\"]*)\"")


VIEWS = sorted(ROOT.glob("atencion*/**/*.xml"))
ASKED_FOR = re.compile(
    r'(?:js_class|widget|<widget\s+name|<field\s+name="tag)(?:="|">)(atencion_[^"<]*)["<]'
)
# An action of the client is asked for by a record, or by the answer of a method.
MODELS = sorted(ROOT.glob("atencion*/models/**/*.py"))
ANSWERED = re.compile(r'"tag": "(atencion_[^"]*)"')


def code(source):
    """The source without its comments."""
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", source.read_text(), flags=re.DOTALL)


def test_there_are_widgets():
    assert SOURCES


def test_views_and_answers_ask_for_what_is_registered_under_names_of_ours():
    names = [name for source in SOURCES for name in REGISTERED.findall(code(source))]
    assert names
    assert [name for name in names if not name.startswith("atencion_")] == []
    asked_for = {name for view in VIEWS for name in ASKED_FOR.findall(view.read_text())}
    asked_for |= {tag for model in MODELS for tag in ANSWERED.findall(model.read_text())}
    assert asked_for == set(names)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_widget_ends_what_it_began_in_on_will_destroy(source):
    assert CALLED_TOO_LATE.findall(code(source)) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_widget_waits_while_it_is_there(source):
    assert UNGUARDED.findall(code(source)) == []
