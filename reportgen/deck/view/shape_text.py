"""The paragraphs of a shape or a cell, with every size and colour resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from reportgen.brand.contrast import RGB
from reportgen.deck.package import MC, A, R
from reportgen.deck.theme.colors.resolved_colors import FILLS, Color, blend_fill
from reportgen.deck.view.forms.slide_form import read_link
from reportgen.deck.view.inheritance import LevelStyle, TextStyle
from reportgen.deck.view.open_package import Relation
from reportgen.deck.view.view_values import Paragraph, Run
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_flag, get_int, iter_children, parse_int

CLICKS = (f"{A}hlinkClick", f"{A}hlinkMouseOver")
LINK_COLOR = "{http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor}hlinkClr"


class TextReader(Struct, frozen=True):
    """Reads one text: its style, the relations of its slide, the slide's number, and the background colour."""

    style: TextStyle
    links: Mapping[str, Relation]
    number: int
    background: RGB | None

    def read(self, body: Element | None) -> tuple[Paragraph, ...]:
        return tuple(self._read_paragraph(each) for each in iter_children(body) if each.tag == f"{A}p")

    def _read_paragraph(self, element: Element) -> Paragraph:
        look = element.find(f"{A}pPr")
        level = self.style.level(min(8, max(0, get_int(look, "lvl"))))
        runs = tuple(self._read_runs(element, level))
        end = get_attribute(find(element, f"{A}endParaRPr"), "sz")
        empty = parse_int(end) / 100 * self.style.scale if end else level.size
        plain = look is None or (not len(look) and set(look.attrib) <= {"lvl"})
        paragraph_format = level.format if plain else self.style.resolve_format((look, *level.sheets))
        size = max((run.size for run in runs), default=empty)
        return Paragraph(runs, size, level.inherited_size, paragraph_format)

    def _read_runs(self, element: Element, level: LevelStyle) -> Iterator[Run]:
        for piece in iter_children(element):
            look = piece.find(f"{A}rPr")
            if piece.tag == f"{A}br":
                yield self._read_run("\n", look, level)
            elif piece.tag in (f"{A}r", f"{A}fld"):
                text = piece.findtext(f"{A}t") or ""
                if piece.get("type") == "slidenum" and not text.strip().isdigit():
                    text = str(self.number)
                yield self._read_run(text, look, level)
            elif piece.tag.startswith(MC) or piece.tag.endswith("}m"):
                yield self._read_run("".join(str(text) for text in piece.itertext()), None, level)

    def _read_run(self, text: str, look: Element | None, level: LevelStyle) -> Run:
        size = get_attribute(look, "sz")
        link = find(look, f"{A}hlinkClick")
        relation = None if link is None else self.links.get(link.get(f"{R}id", ""))
        return Run(
            text,
            parse_int(size, 1800) / 100 * self.style.scale if size else level.size,
            get_flag(look, "b", level.bold),
            get_flag(look, "i", level.italic),
            self.style.resolve_face(get_attribute(find(look, f"{A}latin"), "typeface", level.family)),
            self._resolve_color(look, link, level),
            get_attribute(look, "baseline", "0") not in ("0", "0%"),
            None if link is None else (relation.target if relation else "") or link.get("action", ""),
            link is not None or any(each.tag in FILLS for each in iter_children(look)),
            get_attribute(look, "strike", "noStrike") != "noStrike",
            get_attribute(look, "lang"),
            ""
            if look is None
            else ", ".join(read_link(each, self.links) for each in iter_children(look) if each.tag in CLICKS),
            get_int(look, "spc") / 100,
            self._read_highlight(look),
            get_attribute(look, "cap", "none") != "none",
        )

    def _read_highlight(self, look: Element | None) -> RGB | None:
        highlight = find(look, f"{A}highlight")
        color = None if highlight is None else self.style.colors.find_color(highlight)
        return color.rgb if color else None

    def _resolve_color(self, look: Element | None, link: Element | None, level: LevelStyle) -> RGB | None:
        """Return the visible colour; a link's is the theme's, unless the link keeps the text's."""
        color = level.color
        colors = self.style.colors
        if link is not None and get_attribute(next(link.iter(LINK_COLOR), None), "val") != "tx":
            color = colors.find_named("hlink") or color
        elif any(each.tag in FILLS for each in iter_children(look)):
            fill = colors.find_fill(look)
            if fill == "none":
                return self.background  # words that are not painted are seen as little as white ones on white
            color = fill if isinstance(fill, Color) else None
        return blend_fill(color or "unread", self.background)
