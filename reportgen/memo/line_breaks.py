"""Keep words in one line: a short last word with the one before it, and a citation with the word that it follows."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from markupsafe import Markup

from reportgen.text.numbers import NBSP

LAST_WORD = 9  # letters: a heading's last line is never a single word this short,
LAST_WORD_OF_TEXT = 6  # and a paragraph's never one this short
SHORTEST_LINE = 40  # letters that the narrowest column of running text holds in a line

_END = re.compile(
    rf"(?:^|(?<=[ \n]))(?:(?:[^<> \n]+[ \n])?[^<> \n]{{1,{LAST_WORD_OF_TEXT}}}|[^<> \n]+)$"
    r'|<span class="fact"[^<>]*>[^<>]{1,40}</span>[^<> \n]*$'
)
_PLACES = re.compile(r'( <span class="places">)([^ ]+) (.+</span>)$')


def tie_last_word(markup: Markup) -> Markup:
    """Tie a heading's short last word to the one before it."""
    heading = re.sub(rf" ([^\s<>]{{1,{LAST_WORD}}})$", rf"{NBSP}\1", markup)
    return Markup(heading)  # noqa: S704  # a space has changed in what was markup already


def tie_citation(markup: Markup, citation: Markup, letters: int = SHORTEST_LINE) -> Markup:
    """Append a citation to a paragraph's text so that no line breaks before it; a long one may break after its first word.

    `letters` is the number that any line holds: a longer passage may break anywhere.
    """
    end = _END.search(markup)
    if not end or (not citation and len(end[0].split()) < 2):
        return markup + citation
    before, last = markup[: end.start()], markup[end.start() :]
    head, rest = citation, Markup("")
    if _length(last + citation) > letters:
        head, rest = _split_citation(citation)
    if _length(last + head) > letters:
        return markup + citation
    return before + Markup('<span class="tied">') + last + head + Markup("</span>") + rest


def _split_citation(citation: Markup) -> tuple[Markup, Markup]:
    """Split a citation of several places behind the first one."""
    places = _PLACES.match(citation)
    if not places:
        return citation, Markup("")
    opening, first, others = places.groups()
    return Markup(f"{opening}{first}</span>"), Markup(f"{opening}{others}")  # noqa: S704  # cut from what was markup


def _length(markup: Markup) -> int:
    """Return a text's width in letters: those of Chinese, Japanese and Korean count twice."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in markup.striptags())
