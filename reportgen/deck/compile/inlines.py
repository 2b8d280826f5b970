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
    return tuple(_collapse_spaces(_walk(element, Run(""))))


def _walk(element: etree._Element, style: Run) -> Iterator[Run]:
    if element.text:
        yield style.with_text(element.text)
    for child in element:
        if child.tag == "br":
            yield Run(BREAK)
        elif child.tag not in ("ul", "ol"):
            yield from _walk(child, _styled(child, style))
        if child.tail:
            yield style.with_text(child.tail)


def _styled(element: etree._Element, style: Run) -> Run:
    if change := STYLES.get(str(element.tag)):
        return replace(style, **change)
    if element.tag == "a":
        return replace(style, href=element.get("href"))
    role = next((word for word in element.get("class", "").split() if word in ROLES), style.role)
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
        text = SPACE.sub(" ", run.text)
        if not found or found[-1].text.endswith((" ", BREAK)):
            text = text.removeprefix(" ")
        if found and text and found[-1].with_text(run.text) == run and found[-1].text != BREAK:
            found[-1] = run.with_text(found[-1].text + text)
        elif text:
            found.append(run.with_text(text))
    _strip_end(found)
    return (run for run in found if run.text)


def _strip_end(runs: list[Run]) -> None:
    if runs:
        runs[-1] = runs[-1].with_text(runs[-1].text.rstrip(" "))
