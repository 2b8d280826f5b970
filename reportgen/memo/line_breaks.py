"""Where a line must not end: a short last word goes with the one before it, and a citation with the word that it stands behind."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from markupsafe import Markup

from reportgen.text.numbers import NBSP

LAST_WORD = 9  # a heading's last line is never a single word of at most so many letters,
RUNT = 6  # and a paragraph's none of so few
SHORTEST_LINE = 40  # letters that stay in one line at most: what the narrowest column of running text holds

_END = re.compile(
    rf"(?:^|(?<=[ \n]))(?:(?:[^<> \n]+[ \n])?[^<> \n]{{1,{RUNT}}}|[^<> \n]+)$"
    r'|<span class="fact"[^<>]*>[^<>]{1,40}</span>[^<> \n]*$'
)
_PLACES = re.compile(r'( <span class="places">)([^ ]+) (.+</span>)$')


def tie_last_word(markup: Markup) -> Markup:
    """A heading whose short last word is tied to the one before it."""
    tied = re.sub(rf" ([^\s<>]{{1,{LAST_WORD}}})$", rf"{NBSP}\1", markup)
    return Markup(tied)  # noqa: S704  # a space has changed in what was markup already


def tie_citation(markup: Markup, citation: Markup, letters: int = SHORTEST_LINE) -> Markup:
    """A paragraph's text with its citation, the end of which stays in one line; of a long citation its first word does.

    `letters` is how many a line surely holds: what is longer than that may break.
    """
    end = _END.search(markup)
    if not end or (not citation and len(end[0].split()) < 2):
        return markup + citation
    before, last = markup[: end.start()], markup[end.start() :]
    kept, rest = citation, Markup("")
    if _length(last + citation) > letters:
        kept, rest = _parted(citation)
    if _length(last + kept) > letters:
        return markup + citation
    return before + Markup('<span class="tied">') + last + kept + Markup("</span>") + rest


def _parted(citation: Markup) -> tuple[Markup, Markup]:
    """The first word of a citation of several, and the others."""
    several = _PLACES.match(citation)
    if not several:
        return citation, Markup("")
    opening, first, others = several.groups()
    return Markup(f"{opening}{first}</span>"), Markup(f"{opening}{others}")  # noqa: S704  # cut from what was markup


def _length(markup: Markup) -> int:
    """How many letters wide a text is: those of Chinese, Japanese and Korean count twice."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in markup.striptags())


def shorten(text: str, letters: int) -> str:
    """A text of at most so many letters: what is longer ends with a whole word, where there is one, and an ellipsis."""
    if len(text) <= letters:
        return text
    cut = text[:letters]
    return f"{cut.rpartition(' ')[0].rstrip(' ,;:') or cut}…"
