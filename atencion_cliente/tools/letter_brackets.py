"""Finds the texts in brackets that a template leaves for the writer of a letter to replace."""

import re

from lxml import etree

from .letter_markup import parse

BRACKET = re.compile(r"\[([^\[\]]*[^\W\d_][^\[\]]*)\]")


def brackets_left(template: str, letter: str) -> list[str]:
    """The texts in brackets of a template that are still in a letter, also without brackets.

    What a customer or the writer put in brackets is theirs: only those of the template count.

    :param template: HTML of the template
    :param letter: HTML of the letter

    >>> brackets_left("<p>Dear [name]:</p><p>[Write the <b>reasons</b>]</p>",
    ...               "<p>Dear Rosa:</p><p>[Write the reasons] [sic]</p>")
    ['[Write the reasons]']
    >>> brackets_left("<p>[Write the reasons]</p>", "<p>The door leaks</p>")
    []
    """
    written = _words(letter).casefold()
    texts = (match[1].strip() for match in BRACKET.finditer(_words(template)))
    return [f"[{text}]" for text in dict.fromkeys(texts) if _contains(written, text.casefold())]


def _contains(written, text):
    # A single word, such as [name], may well be a word of the letter.
    return f"[{text}]" in written if " " not in text else text in written


def _words(source):
    root = parse(source)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return " ".join("".join(root.itertext()).split())
