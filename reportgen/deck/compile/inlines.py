"""Inline markup -> runs: words set alike, with white space as HTML means it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree
from msgspec.structs import replace

from reportgen.charts.scene import Role
from reportgen.deck.compile.deck_elements import ROLES
from reportgen.deck.values import Run

SPACE = re.compile(r"[ \t\r\n]+")  # not the no-break space, which means something
BREAK = "\n"


def read_runs(element: etree._Element) -> tuple[Run, ...]:
    """The runs of an element's own text; lists inside it are paragraphs of their own."""
    return tuple(_tidy(list(_walk(element, Run("")))))


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
    match element.tag:
        case "strong":
            return replace(style, bold=True)
        case "em":
            return replace(style, italic=True)
        case "sup":
            return replace(style, superscript=True, subscript=False)
        case "sub":
            return replace(style, subscript=True, superscript=False)
        case "a":
            return replace(style, href=element.get("href"))
    role = next((word for word in element.get("class", "").split() if word in ROLES), style.role)
    return replace(
        style,
        role=cast("Role | None", role),
        fact=element.get("data-fact", style.fact),
        language=element.get("lang", style.language),
    )


def _tidy(found: list[Run]) -> Iterator[Run]:
    """White space collapsed across runs, none at either end or beside a break; runs set alike are joined."""
    tidy: list[Run] = []
    for run in found:
        if run.text == BREAK and run == Run(BREAK):
            if tidy:
                tidy[-1] = tidy[-1].with_text(tidy[-1].text.rstrip(" "))
            tidy.append(run)
            continue
        text = SPACE.sub(" ", run.text)
        if not tidy or tidy[-1].text.endswith((" ", BREAK)):
            text = text.removeprefix(" ")
        if tidy and text and tidy[-1].with_text(run.text) == run and tidy[-1].text != BREAK:
            tidy[-1] = run.with_text(tidy[-1].text + text)
        elif text:
            tidy.append(run.with_text(text))
    if tidy:
        tidy[-1] = tidy[-1].with_text(tidy[-1].text.rstrip(" "))
    return (run for run in tidy if run.text)
