"""The language of letter templates, which has fields of the case and conditions only.

A template is HTML. An element may have ``t-out`` (it shows the value of a field, or its own
content if the field is empty), ``t-if`` (it is shown if a field is filled or, with ``not``,
empty) and ``t-else``. The other directives of QWeb do not exist: a template has no calls, no
loops and no variables, so it cannot run code.

A value is ``object.field``, also through related records: ``object.unit_id.project_id.name``.
Alternatives follow after ``or``; the last one may be a text: ``object.unit_id.name or 'none'``.
One-line texts, such as a subject, contain ``{{ object.name }}`` or, with a text for an empty
field, ``{{ object.name ||| text }}``.

Templates are checked when they are saved, and again when they are rendered.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree
from markupsafe import Markup, escape

from .letter_markup import parse

# Kinds of problems.
CALL = "call"  # a function is called
CLOSED = "closed"  # a field that no letter prints
CODE = "code"  # any other expression
DENIED = "denied"  # a field that the user may not read
DIRECTIVE = "directive"  # of QWeb, that letters do not know
ELEMENT = "element"  # that a letter cannot have
FIELD = "field"  # does not exist
INLINE = "inline"  # {{ }} outside of one-line texts
LIST = "list"  # of records, where one value is asked for
LOOP = "loop"  # over records
ORPHAN = "orphan"  # t-else that follows no t-if
PRIVATE = "private"  # a name that begins with _
SHAPELESS = "shapeless"  # a field that is no text, number, date or record
UNCLOSED = "unclosed"  # {{ without }}

PATH = re.compile(r"object(\.[a-z][a-z0-9_]*)+")
# Odoo's dynamic placeholder of a moment; only its field is used.
ASSISTED = re.compile(r"format_datetime\((object[\w.]*)(, tz=object[\w.]*)?\)")
TEXT = re.compile(r"'[^'\\]*'|\"[^\"\\]*\"")
PRIVATE_NAME = re.compile(r"(^|\.)\s*_")
INLINE_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
DIRECTIVES = {"t-out", "t-if", "t-else"}
LOOPS = {"t-foreach", "t-as"}
FORBIDDEN = {
    "applet", "audio", "base", "embed", "form", "frame", "iframe", "input", "link", "meta",
    "object", "script", "source", "style", "svg", "video",
}  # fmt: skip
VOID = {"area", "br", "col", "hr", "img", "wbr"}


class Problem(NamedTuple):
    """A problem in a template.

    :param line: line number, from 1
    :param kind: one of the constants above
    :param words: the part of the template that is wrong
    """

    line: int
    kind: str
    words: str


class LetterValue(NamedTuple):
    """A value as a letter shows it.

    :param text: safe markup
    :param filled: whether a condition on the value is true
    """

    text: Markup
    filled: bool


EMPTY = LetterValue(Markup(""), False)
# Function of a path, without "object.", and its line, which returns the value. The caller of
# the renderer handles its errors.
ValueReader = Callable[[str, int], LetterValue]
# Function of a path, without "object.", which returns the kind of its problem or None.
PathCheck = Callable[[str], str | None]


def expression_problem(expression: str) -> str | None:
    """The kind of problem of an expression, None if it is a valid value.

    >>> expression_problem("object.partner_id.name or 'customer'")
    >>> expression_problem("object.write({'active': False})")
    'call'
    >>> expression_problem("object._table"), expression_problem("object.__class__")
    ('private', 'private')
    >>> expression_problem("user.login"), expression_problem("1 + 1"), expression_problem("")
    ('code', 'code', 'code')
    """
    if all(PATH.fullmatch(part) for part in _paths(expression)) and _paths(expression):
        return None
    bare = TEXT.sub("", expression)
    if PRIVATE_NAME.search(bare):
        return PRIVATE
    return CALL if "(" in bare else CODE


def template_problems(source: str, check_path: PathCheck = lambda path: None) -> list[Problem]:
    """The problems in the HTML of a template, in order of their lines.

    :param check_path: checks each field path

    >>> template_problems('<p t-out="object.name"/>')
    []
    >>> template_problems('<p>One</p>\\n<t t-foreach="object.note_ids" t-as="note"/>')
    [Problem(line=2, kind='loop', words='t-foreach="object.note_ids"')]
    >>> template_problems('<p>{{ object.name }}</p>')
    [Problem(line=1, kind='inline', words='{{ object.name }}')]
    """
    problems = []
    for node in _nodes(parse(source)):
        problems += _node_problems(node, check_path)
    return sorted(dict.fromkeys(problems))


def inline_problems(source: str, check_path: PathCheck = lambda path: None) -> list[Problem]:
    """The problems in a one-line text.

    :param check_path: checks each field path

    >>> inline_problems("{{ object.name }} · {{ object.unit_id.name ||| no unit }}")
    []
    >>> inline_problems("{{ object.name.upper() }}")
    [Problem(line=1, kind='call', words='object.name.upper()')]
    """
    problems = []
    for place in INLINE_PLACE.finditer(source):
        expression = place[1].partition("|||")[0].strip()
        line = 1 + source.count("\n", 0, place.start())
        problems += _value_problems(expression, line, check_path)
    if "{{" in INLINE_PLACE.sub("", source):
        problems.append(Problem(1, UNCLOSED, "{{"))
    return problems


def render_template(source: str, read: ValueReader) -> Markup:
    """Render a template that has no problems.

    :param read: returns the value of each field path
    """
    return Markup("").join(_render_content(parse(source), read))


def render_inline(source: str, read: ValueReader) -> str:
    """Render a one-line text that has no problems, as plain text.

    :param read: returns the value of each field path

    >>> render_inline("No. {{ object.name ||| none }}", lambda path, line: EMPTY)
    'No. none'
    """

    def replace(place):
        expression, _bars, default = (part.strip() for part in place[1].partition("|||"))
        return _evaluate(expression, 1, read).text.striptags() or default

    return INLINE_PLACE.sub(replace, source)


def _nodes(root) -> Iterator:
    return root.iter(etree.Element)


def _paths(expression):
    """The field paths of an expression, without a text at its end."""
    plain = ASSISTED.sub(r"\1", expression)
    parts = [part.strip() for part in re.split(r"\sor\s", plain)]
    if len(parts) > 1 and TEXT.fullmatch(parts[-1]):
        parts.pop()
    return parts


def _literal(expression):
    last = re.split(r"\sor\s", expression)[-1].strip()
    return last[1:-1] if TEXT.fullmatch(last) else ""


def _line(node):
    return node.sourceline or 1


def _node_problems(node, check_path):
    line = _line(node)
    if node.tag in FORBIDDEN:
        yield Problem(line, ELEMENT, f"<{node.tag}>")
    for text in (node.text, *(child.tail for child in node)):
        for place in INLINE_PLACE.finditer(text or ""):
            yield Problem(line, INLINE, place[0])
    for name, value in node.attrib.items():
        if name.startswith("t-"):
            yield from _directive_problems(node, name, value, check_path)


def _directive_problems(node, name, value, check_path):
    line = _line(node)
    written = f'{name}="{value}"'
    if name in LOOPS:
        if name == "t-foreach":
            yield Problem(line, LOOP, written)
    elif name not in DIRECTIVES:
        yield Problem(line, DIRECTIVE, written)
    elif name == "t-else":
        before = node.getprevious()
        if before is None or "t-if" not in before.attrib:
            yield Problem(line, ORPHAN, name)
    else:
        expression = value.strip()
        if name == "t-if":
            expression = expression.removeprefix("not ").strip()
        yield from _value_problems(expression, line, check_path)


def _value_problems(expression, line, check_path):
    kind = expression_problem(expression)
    if kind:
        yield Problem(line, kind, expression)
        return
    for path in _paths(expression):
        kind = check_path(path.removeprefix("object."))
        if kind:
            yield Problem(line, kind, path)


def _evaluate(expression, line, read) -> LetterValue:
    for path in _paths(expression):
        value = read(path.removeprefix("object."), line)
        if value.text:
            return value
    text = escape(_literal(expression))
    return LetterValue(text, bool(text))


def _render_content(node, read):
    yield escape(node.text or "")
    shown = True
    for child in node:
        if isinstance(child.tag, str):
            if "t-else" not in child.attrib:
                shown = _is_shown(child, read)
                hidden = not shown
            else:
                hidden = shown
            if not hidden:
                yield from _render_node(child, read)
        yield escape(child.tail or "")


def _is_shown(node, read):
    condition = node.get("t-if")
    if condition is None:
        return True
    negated = condition.strip().startswith("not ")
    expression = condition.strip().removeprefix("not ").strip()
    return _evaluate(expression, _line(node), read).filled != negated


def _render_node(node, read):
    content = Markup("")
    if "t-out" in node.attrib:
        content = _evaluate(node.get("t-out").strip(), _line(node), read).text
    content = content or Markup("").join(_render_content(node, read))
    if node.tag == "t":
        yield content
        return
    attributes = Markup("").join(
        Markup(' {}="{}"').format(name, value)
        for name, value in node.attrib.items()
        if not name.startswith("t-")
    )
    if node.tag in VOID:
        yield Markup("<%s%s/>") % (node.tag, attributes)
    else:
        yield Markup("<%s%s>%s</%s>") % (node.tag, attributes, content, node.tag)
