"""Inline markup -> runs, with white space collapsed as in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree
from msgspec.structs import replace

from reportgen.charts.scene import Role
from reportgen.deck.compile.deck_elements import ROLES
from reportgen.deck.values import Run
from reportgen.text.trace import MarkReader, Piece

SPACE = re.compile(r"[ \t\r\n]+")  # without the no-break space, which has a meaning
BREAK = "\n"
STYLES = {
    "strong": {"bold": True},
    "em": {"italic": True},
    "sup": {"superscript": True, "subscript": False},
    "sub": {"superscript": False, "subscript": True},
}


def read_runs(element: etree._Element) -> tuple[Run, ...]:
    """Return the runs of an element's own text; lists inside it are paragraphs of their own."""
    return tuple(_collapse_spaces(_walk(element, Run(""), MarkReader())))


def _walk(element: etree._Element, style: Run, marks: MarkReader) -> Iterator[Run]:
    if element.text:
        yield from _split(element.text, style, marks)
    for child in element:
        if child.tag == "br":
            yield Run(BREAK)
        elif child.tag not in ("ul", "ol"):
            yield from _walk(child, _styled(child, style), marks)
        if child.tail:
            yield from _split(child.tail, style, marks)


def _split(text: str, style: Run, marks: MarkReader) -> Iterator[Run]:
    """Yield the words of a text, their white space collapsed, with the paths of the brief that they come from."""
    for words, origin in marks.split(text):
        yield _set(style, SPACE.sub(" ", words), origin)


def _set(style: Run, words: str, origin: str) -> Run:
    return replace(style, text=words, trace=(Piece(0, len(words), origin),) if origin else ())


def _styled(element: etree._Element, style: Run) -> Run:
    if change := STYLES.get(str(element.tag)):
        return replace(style, **change)
    if element.tag == "a":
        return replace(style, href=element.get("href"))
    classes = element.get("class", "").split()
    if "gap" in classes:
        return replace(style, bold=True)  # no color: it may stand on a dark ground
    role = next((word for word in classes if word in ROLES), style.role)
    fact, language = element.get("data-fact", style.fact), element.get("lang", style.language)
    return replace(style, role=cast("Role | None", role), fact=fact, language=language)


def _collapse_spaces(runs: Iterator[Run]) -> Iterator[Run]:
    """Collapse white space across runs, drop it at both ends and beside breaks, and join runs of one format."""
    found: list[Run] = []
    for run in runs:
        if run == Run(BREAK):
            _strip_end(found)
            found.append(run)
            continue
        if run.text.startswith(" ") and (not found or found[-1].text.endswith((" ", BREAK))):
            run = _set(run, run.text[1:], run.trace[0].origin if run.trace else "")
        if found and run.text and found[-1].text != BREAK and found[-1].has_format_of(run):
            found[-1] = found[-1].join(run)
        elif run.text:
            found.append(run)
    _strip_end(found)
    return (run for run in found if run.text)


def _strip_end(runs: list[Run]) -> None:
    if runs and runs[-1].text.endswith(" "):
        text = runs[-1].text.rstrip(" ")
        kept = tuple(
            replace(piece, end=min(piece.end, len(text))) for piece in runs[-1].trace if piece.start < len(text)
        )
        runs[-1] = replace(runs[-1], text=text, trace=kept)
