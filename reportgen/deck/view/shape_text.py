"""Paragraphs of a shape or a cell, with every size and colour looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from reportgen.brand.contrast import RGB
from reportgen.deck.view.inheritance import Level, Style
from reportgen.deck.view.part_xml import MC, A, Element, R, at, children, on, whole, word
from reportgen.deck.view.resolved_colors import FILLS, Paint
from reportgen.deck.view.view_values import Paragraph, Run

LINK_COLOR = "{http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor}hlinkClr"


class Reader(Struct, frozen=True):
    """Reads one text: its style, the links of its slide, and the colour that lies behind."""

    style: Style
    link: Callable[[str], str]
    number: int
    behind: RGB | None

    def paragraphs(self, body: Element | None) -> tuple[Paragraph, ...]:
        return tuple(self._paragraph(each) for each in children(body) if each.tag == f"{A}p")

    def _paragraph(self, element: Element) -> Paragraph:
        look = element.find(f"{A}pPr")
        level = self.style.level(min(8, max(0, whole(word(look, "lvl")))))
        runs = tuple(self._runs(element, level))
        end = word(at(element, f"{A}endParaRPr"), "sz")
        empty = whole(end) / 100 * self.style.scale if end else level.size
        plain = look is None or (not len(look) and set(look.attrib) <= {"lvl"})
        lines = level.lines if plain else self.style.lines((look, *level.sheets))
        return Paragraph(runs, max((run.size for run in runs), default=empty), level.given, lines)

    def _runs(self, element: Element, level: Level) -> Iterator[Run]:
        for piece in children(element):
            look = piece.find(f"{A}rPr")
            if piece.tag == f"{A}br":
                yield self._run("\n", look, level)
            elif piece.tag in (f"{A}r", f"{A}fld"):
                text = piece.findtext(f"{A}t") or ""
                if piece.get("type") == "slidenum" and not text.strip().isdigit():
                    text = str(self.number)
                yield self._run(text, look, level)
            elif piece.tag.startswith(MC) or piece.tag.endswith("}m"):
                yield self._run("".join(str(text) for text in piece.itertext()), None, level)

    def _run(self, text: str, look: Element | None, level: Level) -> Run:
        size = word(look, "sz")
        link = at(look, f"{A}hlinkClick")
        return Run(
            text,
            whole(size, 1800) / 100 * self.style.scale if size else level.size,
            on(look, "b", level.bold),
            on(look, "i", level.italic),
            self.style.face(word(at(look, f"{A}latin"), "typeface", level.family)),
            self._color(look, link, level),
            word(look, "baseline", "0") not in ("0", "0%"),
            None if link is None else self.link(link.get(f"{R}id", "")) or link.get("action", ""),
            link is not None or any(each.tag in FILLS for each in children(look)),
        )

    def _color(self, look: Element | None, link: Element | None, level: Level) -> RGB | None:
        """The colour as it is seen; a link's is the theme's, unless the link says that it keeps the text's."""
        paint = level.paint
        palette = self.style.palette
        if link is not None and word(next(link.iter(LINK_COLOR), None), "val") != "tx":
            paint = palette.named("hlink") or paint
        elif any(each.tag in FILLS for each in children(look)):
            fill = palette.fill(look)
            paint = fill if isinstance(fill, Paint) else None
        if paint is None or (paint.alpha < 1 and self.behind is None):
            return None
        return paint.color if self.behind is None else paint.over(self.behind)
