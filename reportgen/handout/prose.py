"""Render runs and paragraphs of the deck as safe HTML: their text is escaped, their meaning stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby, pairwise

from markupsafe import Markup, escape
from msgspec.structs import replace

from reportgen.deck.values import Paragraph, Run
from reportgen.text.numbers import NBSP
from reportgen.text.trace import mark

BREAK = Markup("<br/>")
LONG_WORD = re.compile(r"[^ \n]{31,}")
LAST_WORD = 9  # letters: a heading's last line is never a single word this short


def render_runs(runs: Iterable[Run]) -> Markup:
    """Render words with their emphasis, links, facts and languages."""
    runs = tuple(runs)
    torn = _find_torn(runs)
    located = zip(runs, _starts(runs), strict=True)
    return Markup("").join(
        _tag_language(language, Markup("").join(_render_run(run, start, torn) for run, start in group))
        for language, group in groupby(located, key=lambda pair: pair[0].language)
    )


def _tag_language(language: str | None, words: Markup) -> Markup:
    """Wrap words in another language in one element, so that they run in their own direction as a whole."""
    return Markup('<span lang="{}">{}</span>').format(language, words) if language else words


def _starts(runs: Sequence[Run]) -> list[int]:
    """Return the position of each run in the joined text."""
    return list(accumulate((len(run.text) for run in runs[:-1]), initial=0)) if runs else []


def _find_torn(runs: Sequence[Run]) -> frozenset[int]:
    """Return the letters of long words in several runs: the layout engine would let such words leave their column."""
    whole, starts = "".join(run.text for run in runs), set(_starts(runs))
    words = (range(*word.span()) for word in LONG_WORD.finditer(whole))
    return frozenset(at for word in words if any(at in starts for at in word[1:]) for at in word)


def _render_run(run: Run, start: int, torn: frozenset[int]) -> Markup:
    pieces = groupby(enumerate(run.text, start), key=lambda letter: letter[0] in torn)
    html = Markup("").join(_render_text("".join(letter for _, letter in piece), is_torn) for is_torn, piece in pieces)
    if run.fact:
        html = Markup('<span class="fact" data-fact="{}">{}</span>').format(run.fact, html)
    if run.role:
        html = Markup('<span class="{}">{}</span>').format(run.role, html)
    tags = {"sup": run.superscript, "sub": run.subscript, "em": run.italic, "strong": run.bold}
    for tag in (tag for tag, is_set in tags.items() if is_set):
        html = Markup("<{0}>{1}</{0}>").format(tag, html)
    html = Markup('<a href="{}">{}</a>').format(run.href, html) if run.href else html
    return mark(html, " ".join(dict.fromkeys(piece.origin for piece in run.trace)))


def _render_text(text: str, is_torn: bool) -> Markup:
    html = BREAK.join(escape(line) for line in text.split("\n"))
    return Markup('<span class="torn">{}</span>').format(html) if is_torn else html


def render_paragraphs(paragraphs: Iterable[Paragraph]) -> Markup:
    """Render paragraphs in their order, items of lists as lists."""
    parts: list[Markup] = []
    for is_list, group in groupby(paragraphs, key=lambda paragraph: bool(paragraph.list)):
        if is_list:
            parts += _render_lists(tuple(group))
        else:
            parts += (Markup("<p>{}</p>").format(render_runs(paragraph.runs)) for paragraph in group)
    return Markup("\n").join(parts)


def _render_lists(items: Sequence[Paragraph]) -> Iterable[Markup]:
    """Yield one list for all consecutive items of one kind, each with the items below it."""
    starts = [index for index, item in enumerate(items) if not item.level or not index]
    branches = [items[start:end] for start, end in pairwise([*starts, len(items)])]
    for kind, group in groupby(branches, key=lambda branch: branch[0].list):
        tag = "ol" if kind == "number" else "ul"
        yield Markup("<{0}>{1}</{0}>").format(tag, Markup("").join(map(_render_item, group)))


def _render_item(branch: Sequence[Paragraph]) -> Markup:
    head, *below = branch
    top = below[0].level if below else 0
    inner = Markup("").join(_render_lists([replace(item, level=max(0, item.level - top)) for item in below]))
    return Markup("<li>{}{}</li>").format(render_runs(head.runs), inner)


def render_heading(paragraphs: Iterable[Paragraph]) -> Markup:
    """Render a title in one line of markup, with a short last word tied to the one before it."""
    lines = [list(paragraph.runs) for paragraph in paragraphs]
    if lines and lines[-1]:
        last = lines[-1][-1]
        before, space, word = last.text.rpartition(" ")
        if space and before and len(word) <= LAST_WORD:
            lines[-1][-1] = replace(last, text=f"{before}{NBSP}{word}")
    return Markup(" ").join(map(render_runs, lines))
