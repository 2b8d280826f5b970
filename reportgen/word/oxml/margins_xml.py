"""The head and the foot of every page: the memo's kind, its title and the page's number, and a marking."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from reportgen.word.house_styles import style_id
from reportgen.word.oxml.elements import build, build_field, build_text, twips


def build_header(kind: str, marking: Iterable[str]) -> list[etree._Element]:
    """Return the head of a page: the marking, and below it what kind of memo this is."""
    return [*_build_banner(marking), _build_line("header", build("w:r", build_text(kind)) if kind else None)]


def build_footer(
    title: str, page: tuple[str, str, str], marking: Iterable[str], measure: float, footer: str = ""
) -> list[etree._Element]:
    """Return the foot of a page: the title, at the other side the page's number, and below them the marking.

    `page` holds the texts before the page's number, before the number of pages, and after it; `measure` is the width of the
    text in points, and `footer` the house's line below the title.
    """
    before, between, after = page
    line = _build_line(
        "footer",
        build("w:r", build_text(title)),
        build("w:r", build("w:tab")),
        build("w:r", build_text(before)) if before else None,
        *build_field("PAGE", "1"),
        build("w:r", build_text(between)),
        *build_field("NUMPAGES", "1"),
        build("w:r", build_text(after)) if after else None,
        build("w:r", build("w:br"), build_text(footer)) if footer else None,
    )
    line[0].append(build("w:tabs", build("w:tab", val="right", pos=twips(measure))))
    return [line, *_build_banner(marking)]


def _build_line(style: str, *children: etree._Element | None) -> etree._Element:
    return build("w:p", build("w:pPr", build("w:pStyle", val=style_id(style))), *children)


def _build_banner(lines: Iterable[str]) -> list[etree._Element]:
    return [_build_line("Banner", build("w:r", build_text(line))) for line in lines]
