"""Where a line must not end: a short last word goes with the one before it, and a citation with the word that it stands behind."""

from __future__ import annotations

import re

from markupsafe import Markup

from reportgen.numbers import NBSP

LAST_WORD = 9  # a heading's last line is never a single word of at most so many letters,
RUNT = 6  # and a paragraph's none of so few

_END = re.compile(
    rf"(?:^|(?<=[ \n]))(?:(?:[^<> \n]+[ \n])?[^<> \n]{{1,{RUNT}}}|[^<> \n]+)$"
    r'|<span class="fact"[^<>]*>[^<>]{1,40}</span>[^<> \n]*$'
)


def unwidowed(markup: Markup) -> Markup:
    """A heading whose short last word is tied to the one before it."""
    tied = re.sub(rf" ([^\s<>]{{1,{LAST_WORD}}})$", rf"{NBSP}\1", markup)
    return Markup(tied)  # noqa: S704  # a space has changed in what was markup already


def tied(markup: Markup, citation: Markup) -> Markup:
    """A paragraph's text with its citation, the end of which stays in one line."""
    end = _END.search(markup)
    if not end or (not citation and len(end[0].split()) < 2):
        return markup + citation
    before, last = markup[: end.start()], markup[end.start() :]
    return before + Markup('<span class="tied">') + last + citation + Markup("</span>")
