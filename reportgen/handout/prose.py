"""Runs and paragraphs of the deck -> safe HTML. Whatever stood in them is escaped; what it meant stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby

from markupsafe import Markup, escape
from msgspec.structs import replace

from reportgen.deck.values import Paragraph, Run
from reportgen.text.numbers import NBSP

BREAK = Markup("<br/>")
LONG_WORD = re.compile(r"[^ \n]{31,}")
LAST_WORD = 9  # a heading's last line is never a single word of at most so many letters


def render_runs(runs: Iterable[Run]) -> Markup:
    """Words with their emphasis, links and facts."""
    runs = tuple(runs)
    torn = _torn(runs)
    placed = zip(runs, _starts(runs), strict=True)
    return Markup("").join(
        _passage(language, Markup("").join(_run(run, at, torn) for run, at in group))
        for language, group in groupby(placed, key=lambda each: each[0].language)
    )


def _passage(language: str | None, words: Markup) -> Markup:
    """Words in another language in one element, so that they run in their own direction as a whole."""
    return Markup('<span lang="{}">{}</span>').format(language, words) if language else words


def _starts(runs: Sequence[Run]) -> list[int]:
    """Where each run begins in the text of them all."""
    return list(accumulate((len(run.text) for run in runs[:-1]), initial=0)) if runs else []


def _torn(runs: Sequence[Run]) -> frozenset[int]:
    """The letters of long words that are set in several ways: the layout engine would let these leave their column."""
    whole, starts = "".join(run.text for run in runs), set(_starts(runs))
    words = (range(*word.span()) for word in LONG_WORD.finditer(whole))
    return frozenset(at for word in words if any(at in starts for at in word[1:]) for at in word)


def _run(run: Run, start: int, torn: frozenset[int]) -> Markup:
    pieces = groupby(enumerate(run.text, start), key=lambda letter: letter[0] in torn)
    found = Markup("").join(_words("".join(letter for _, letter in piece), long) for long, piece in pieces)
    if run.fact:
        found = Markup('<span class="fact" data-fact="{}">{}</span>').format(run.fact, found)
    if run.role:
        found = Markup('<span class="{}">{}</span>').format(run.role, found)
    tags = {"sup": run.superscript, "sub": run.subscript, "em": run.italic, "strong": run.bold}
    for tag in (tag for tag, given in tags.items() if given):
        found = Markup("<{0}>{1}</{0}>").format(tag, found)
    return Markup('<a href="{}">{}</a>').format(run.href, found) if run.href else found


def _words(text: str, long: bool) -> Markup:
    found = BREAK.join(escape(line) for line in text.split("\n"))
    return Markup('<span class="torn">{}</span>').format(found) if long else found


def render_paragraphs(paragraphs: Iterable[Paragraph]) -> Markup:
    """Paragraphs as they follow one another; those that are items of lists become lists."""
    parts: list[Markup] = []
    for listed, group in groupby(paragraphs, key=lambda paragraph: bool(paragraph.list)):
        if listed:
            parts += _lists(tuple(group))
        else:
            parts += (Markup("<p>{}</p>").format(render_runs(paragraph.runs)) for paragraph in group)
    return Markup("\n").join(parts)


def _lists(items: Sequence[Paragraph]) -> Iterable[Markup]:
    """One list for all items in a row that are of one kind, each with what is listed below it."""
    starts = [index for index, item in enumerate(items) if not item.level or not index]
    branches = [items[start:end] for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]
    for kind, group in groupby(branches, key=lambda branch: branch[0].list):
        tag = "ol" if kind == "number" else "ul"
        yield Markup("<{0}>{1}</{0}>").format(tag, Markup("").join(map(_item, group)))


def _item(branch: Sequence[Paragraph]) -> Markup:
    head, *below = branch
    inner = Markup("").join(_lists([replace(item, level=0) for item in below])) if below else ""
    return Markup("<li>{}{}</li>").format(render_runs(head.runs), inner)


def render_heading(paragraphs: Iterable[Paragraph]) -> Markup:
    """A title in one line of markup, a short last word tied to the one before it."""
    lines = [list(paragraph.runs) for paragraph in paragraphs]
    if lines and lines[-1]:
        last = lines[-1][-1]
        before, space, word = last.text.rpartition(" ")
        if space and before and len(word) <= LAST_WORD:
            lines[-1][-1] = replace(last, text=f"{before}{NBSP}{word}")
    return Markup(" ").join(map(render_runs, lines))
