"""Finds what a template leaves for the writer of a letter to write, and is not written yet."""

import re

from lxml import etree

from .letter_markup import parse

BRACKET = re.compile(r"\[([^\[\]]*)\]")
LETTER = re.compile(r"[^\W\d_]")
EDGE = re.compile(r"[\[\]]")
# So many characters at its beginning tell that a bracket comes from a template.
BEGINNING = 5
# Characters of a template before an answer, by which its place in the letter is found.
ANCHOR_LEAST, ANCHOR_MOST = 10, 30
# Characters of a text, and texts, that are told.
SHOWN_MOST, TOLD_MOST = 60, 20
# Characters without width, which the editor puts beside others.
NO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
ANSWER, VALUE, PICTURE = "\ue000", "\ue001", "\ue002"
MARKS = re.compile(f"[{ANSWER}{VALUE}]")
BLOCKS = {"address", "blockquote", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6",
          "hr", "li", "p", "pre", "section", "table", "td", "th", "tr"}  # fmt: skip


def brackets_left(template: str, letter: str, others: str = "") -> list[str]:
    """The texts in brackets of a template that are still in a letter, also without brackets.

    So are brackets that begin like those of the template, or of other templates, and those that
    are not closed. What a customer or the writer put in brackets otherwise is theirs.

    :param template: HTML of the template
    :param letter: HTML of the letter
    :param others: HTML of the other templates for such letters

    >>> brackets_left("<p>Dear [name]:</p><p>[Write the <b>reasons</b>]</p>",
    ...               "<p>Dear Rosa:</p><p>[Write the reasons] [sic]</p>")
    ['[Write the reasons]']
    >>> brackets_left("<p>[Write the reasons]</p>", "<p>[Write it] The [door] leaks [Wri</p>")
    ['[Write it]', '[Wri']
    >>> brackets_left("<p>[Write the reasons]</p>", "<p>The door leaks</p>")
    []
    """
    words, texts = _words(letter), _brackets(template)
    left = [text for text in texts if _contains(words.casefold(), text.casefold())]
    beginnings = {text.casefold()[:BEGINNING] for text in [*texts, *_brackets(others)]}
    beginnings = tuple(one for one in beginnings if len(one) == BEGINNING)
    begun = [one for one in _texts(words) if one.casefold().startswith(beginnings)]
    unclosed = [words[place : place + 2 * SHOWN_MOST] for place in _unclosed(words)]
    found = [f"[{text}]" for text in left]
    for text in (*(f"[{one}]" for one in begun), *map(_shortened, unclosed)):
        # It is told once, however it goes on.
        if not text[1:].casefold().startswith(tuple(one.casefold() for one in left)):
            found.append(text)
    return list(dict.fromkeys(found))[:TOLD_MOST]


def empty_answers(template: str, letter: str) -> list[str]:
    """The sentences of a template after which its writer should answer, and wrote nothing.

    >>> template = "<p>It is so. Our answer:</p><div>[Write it here]</div><p>We thank you.</p>"
    >>> empty_answers(template, "<p>It is so. Our answer:</p><p><br></p><p>We thank you.</p>")
    ['Our answer:']
    >>> empty_answers(template, "<p>It is so. Our answer:</p><p>No.</p><p>We thank you.</p>")
    []
    """
    asked, written = _plain(_marked(template)), _plain(parse(letter)).casefold()
    found = []
    for place in re.finditer(ANSWER, asked):
        before = MARKS.split(asked[: place.start()])[-1].strip()
        sentence = re.split(r"(?<=[.;!?])\s+|\n", before)[-1]
        anchor = sentence[-ANCHOR_MOST:].casefold()
        after = tuple(_parts(asked[place.end() :].casefold()))
        if len(anchor) >= ANCHOR_LEAST and _is_followed(written, anchor, after):
            found.append(sentence)
    return list(dict.fromkeys(found))


def _is_followed(written, before, after):
    """Whether one of some texts follows another at once, or nothing does."""
    ends = (match.end() for match in re.finditer(re.escape(before), written))
    rests = (written[end : end + 2 * SHOWN_MOST].strip() for end in ends)
    return any(not rest or rest.startswith(after) for rest in rests)


def _parts(text):
    """The first words of the paragraphs of a template, up to their first field."""
    for line in text.split("\n"):
        part = MARKS.split(line)[0].strip()[:SHOWN_MOST]
        if len(part) >= BEGINNING:
            yield part


def _marked(template):
    """The elements of a template, with a mark for each field and each text in brackets."""
    root = parse(template)
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            continue
        if node.get("t-out") is not None:
            mark = ANSWER if _texts("".join(node.itertext())) else VALUE
            del node[:]
            node.text = mark
        node.text = BRACKET.sub(_mark, node.text or "")
        node.tail = BRACKET.sub(_mark, node.tail or "")
    return root


def _mark(bracket):
    return ANSWER if LETTER.search(bracket[1]) else bracket[0]


def _plain(root):
    """The text below an element, a line for each paragraph that has some."""
    parts = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if node.tag in BLOCKS:
            parts.append("\n")
        if event == "end":
            parts.append(node.tail)
        else:
            parts += [PICTURE if node.tag == "img" else "", node.text]
    lines = NO_WIDTH.sub("", "".join(filter(None, parts))).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _contains(written, text):
    # A single word, such as [name], may well be a word of the letter.
    return f"[{text}]" in written if " " not in text else text in written


def _brackets(source):
    return _texts(_words(source))


def _texts(words):
    """The texts in brackets that have a letter."""
    return [text.strip() for text in BRACKET.findall(words) if LETTER.search(text)]


def _words(source):
    root = parse(source)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return " ".join(NO_WIDTH.sub("", "".join(root.itertext())).split())


def _unclosed(words):
    """The places of the brackets before a letter that are not closed."""
    opened = []
    for edge in EDGE.finditer(words):
        if edge[0] == "[":
            opened.append(edge.start())
        elif opened:
            opened.pop()
    return [place for place in opened if words[place + 1 : place + 2].isalpha()]


def _shortened(text):
    text = re.split(r"(?<=.)[\[\]]", text)[0].strip()
    return text if len(text) <= SHOWN_MOST else f"{text[:SHOWN_MOST].rsplit(' ', 1)[0]}…"
