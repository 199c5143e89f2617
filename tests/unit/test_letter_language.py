import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from tools import letter_language as language
from tools.letter_language import (
    EMPTY,
    LetterValue,
    expression_problem,
    inline_problems,
    render_inline,
    render_template,
    template_problems,
)

VALUES = {"name": "AC-1", "subject": "Water <b>", "unit_id.name": "", "empty": ""}
names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
paths = st.lists(names, min_size=1, max_size=4).map(lambda parts: "object." + ".".join(parts))
texts = st.text(st.characters(exclude_characters="'\\\r\n", exclude_categories=["C"]), max_size=12)


def read(path, line):
    text = escape(VALUES[path])
    return LetterValue(text, bool(text))


def kinds(source):
    return [problem.kind for problem in template_problems(source)]


@given(st.lists(paths, min_size=1, max_size=3), st.none() | texts)
def test_fields_with_a_text_are_values(alternatives, text):
    expression = " or ".join(alternatives) + (f" or '{text}'" if text is not None else "")
    assert expression_problem(expression) is None


@given(st.text(max_size=40))
def test_only_fields_are_values(expression):
    """Whatever passes is built of fields and quoted texts alone."""
    if expression_problem(expression) is None:
        bare = language.TEXT.sub("object.x", language.ASSISTED.sub("object.x", expression))
        assert re.fullmatch(r"\s*object[\w.]*(\s+or\s+object[\w.]*)*\s*", bare)


HOSTILE = {
    "object.write({'active': 0})": language.CALL,
    "object.env['res.users'].search([])": language.CALL,
    "object['name']": language.CODE,
    "object.__class__": language.PRIVATE,
    "object._cr": language.PRIVATE,
    "object.partner_id._table": language.PRIVATE,
    "object.name or object.__class__": language.PRIVATE,
    "user.login": language.CODE,
    "object": language.CODE,
    "object.name or ''.join(x)": language.CALL,
    "object.name if 1 else 2": language.CODE,
    "object.Name": language.CODE,
    "lambda: 0": language.CODE,
    "object.name or 'a' or object.name": language.CODE,
    "'text'": language.CODE,
    "object.name; import os": language.CODE,
    "(object.name)": language.CALL,
    "": language.CODE,
}


@pytest.mark.parametrize(("expression", "kind"), HOSTILE.items())
def test_code_is_refused_wherever_it_is_written(expression, kind):
    quoted = escape(expression)
    assert expression_problem(expression) == kind
    assert kinds(f'<t t-out="{quoted}"/>') == [kind]
    assert kinds(f'<p t-if="{quoted}">x</p>') == [kind]
    assert [one.kind for one in inline_problems(f"{{{{ {expression} }}}}")] == [kind]


@pytest.mark.parametrize(
    ("attribute", "kind"),
    [
        ('t-foreach="object.note_ids" t-as="note"', language.LOOP),
        ('t-call="web.layout"', language.DIRECTIVE),
        ('t-set="x" t-value="1"', language.DIRECTIVE),
        ('t-att-href="object.name"', language.DIRECTIVE),
        ('t-attf-style="{{ object.name }}"', language.DIRECTIVE),
        ('t-esc="object.name"', language.DIRECTIVE),
        ('t-raw="object.name"', language.DIRECTIVE),
        ('t-field="object.name"', language.DIRECTIVE),
        ('t-options="{}"', language.DIRECTIVE),
        ('T-FOREACH="object.note_ids"', language.LOOP),
    ],
)
def test_the_rest_of_qweb_is_refused(attribute, kind):
    assert set(kinds(f"<p {attribute}>x</p>")) == {kind}


def test_problems_have_the_line_where_they_are():
    source = '<p>One</p>\n<p>\n  <b t-out="object.x()"/>\n</p>\n<script>1</script>\n<i t-else=""/>'
    problems = template_problems(source, lambda path: None)
    assert [(one.line, one.kind) for one in problems] == [
        (3, language.CALL),
        (5, language.ELEMENT),
        (6, language.ORPHAN),
    ]
    assert inline_problems("{{ object.a }}\n{{ b }}")[0].line == 2


def test_fields_are_judged_by_who_knows_them():
    def check_path(path):
        return language.FIELD if path == "nothing" else None

    assert template_problems('<p>a</p>\n<p t-out="object.nothing"/>', check_path) == [
        (2, language.FIELD, "object.nothing")
    ]
    assert inline_problems("{{ object.name }}{{ object.nothing }}", check_path) == [
        (1, language.FIELD, "object.nothing")
    ]


def test_values_are_shown_and_escaped():
    source = '<p class="a">No. <b t-out="object.name"/>: <t t-out="object.subject">none</t>!</p>'
    assert render_template(source, read) == '<p class="a">No. <b>AC-1</b>: Water &lt;b&gt;!</p>'
    assert render_inline("{{ object.name }} · {{ object.empty ||| no unit }}", read) == (
        "AC-1 · no unit"
    )


def test_empty_fields_show_what_stands_for_them():
    assert render_template('<b t-out="object.empty">no <i>unit</i></b>', read) == (
        "<b>no <i>unit</i></b>"
    )
    for expression in ("object.empty or object.name", "object.empty or 'AC-1'"):
        assert render_template(f'<t t-out="{expression}"/>', read) == "AC-1"


def test_conditions_show_one_side():
    source = '<p t-if="{}">yes</p>\n<p t-else="">no</p> end'
    for condition, shown in {
        "object.name": "yes",
        "object.empty": "no",
        "not object.name": "no",
        "not object.empty": "yes",
        "object.empty or object.name": "yes",
    }.items():
        rendered = render_template(source.format(condition), read)
        assert rendered.split() == [f"<p>{shown}</p>", "end"]


def test_hidden_values_are_not_read():
    def only_empty(path, line):
        assert path == "empty"
        return EMPTY

    assert render_template('<p t-if="object.empty" t-out="object.x"/>', only_empty) == ""


@given(st.text())
def test_any_text_is_checked_and_what_passes_renders(source):
    if not template_problems(source):
        render_template(source, lambda path, line: EMPTY)
    if not inline_problems(source):
        render_inline(source, lambda path, line: EMPTY)


@given(texts)
def test_a_value_is_never_markup(text):
    def value(path, line):
        return LetterValue(escape(text), True)

    shown = render_template('<p t-out="object.name">-</p>', value)
    assert shown == Markup("<p>%s</p>") % (text or Markup("-"))
