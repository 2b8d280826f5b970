"""The fonts that a PDF shows: their programs, and which text each of their glyphs stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from reportgen.pdf.reading.letters import name_of

SYMBOLIC = 4  # a flag of a font's descriptor


class ShownFont(Struct, frozen=True):
    """A font; `glyphs` are the texts of the glyphs shown, by their numbers in `program`, the bytes of the embedded file.

    `is_drawn` says that its letters are drawings, `is_direct` that the numbers of its glyphs are known.
    """

    name: str
    page: int
    program: bytes
    glyphs: Mapping[int, str]
    is_drawn: bool = False
    is_direct: bool = False
    contradictions: tuple[tuple[str, str], ...] = ()
    """Texts of letters, with what the encoding of a simple font says that they are."""


class FontCollection:
    """Gathers the glyphs that pages show, by font."""

    def __init__(self) -> None:
        self.found: dict[int, tuple[Any, int, dict[int, str]]] = {}

    def add(self, glyphs: Mapping[Any, Mapping[int, str]], page: int) -> None:
        for font, texts in glyphs.items():
            self.found.setdefault(id(font), (font, page, {}))[2].update(texts)

    def shown(self) -> tuple[ShownFont, ...]:
        return tuple(_describe(font, page, glyphs) for font, page, glyphs in self.found.values())


def build_font_manager() -> Any:
    """Return pdfminer's manager of resources, whose fonts also keep their dictionaries, as `spec`."""
    from pdfminer.pdfinterp import PDFResourceManager

    class FontManager(PDFResourceManager):
        def get_font(self, objid: object, spec: Mapping[str, Any]) -> Any:
            font = super().get_font(objid, spec)
            if not hasattr(font, "spec"):
                font.spec = spec  # type: ignore[attr-defined]
            return font

    return FontManager()


def _describe(font: Any, page: int, glyphs: dict[int, str]) -> ShownFont:
    from pdfminer.pdffont import PDFCIDFont, PDFType3Font
    from pdfminer.pdftypes import PDFStream, resolve1

    streams = (resolve1(font.descriptor.get(key)) for key in ("FontFile2", "FontFile3", "FontFile"))
    program = next((stream.get_data() for stream in streams if isinstance(stream, PDFStream)), b"")
    encoding, glyph_map = (resolve1(font.spec.get(key)) for key in ("Encoding", "CIDToGIDMap"))
    is_direct = isinstance(font, PDFCIDFont) and name_of(encoding).startswith("Identity")
    if isinstance(glyph_map, PDFStream):
        numbers = glyph_map.get_data()
        glyphs = {int.from_bytes(numbers[2 * code : 2 * code + 2], "big"): text for code, text in glyphs.items()}
    contradictions = tuple(_find_contradictions(font, glyphs)) if encoding is not None else ()
    is_drawn = isinstance(font, PDFType3Font)
    return ShownFont(str(font.fontname), page, program, glyphs, is_drawn, is_direct, contradictions)


def _find_contradictions(font: Any, glyphs: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Yield letters of a simple font whose map to text and whose encoding disagree. A symbolic font's encoding says nothing."""
    encoded = getattr(font, "cid2unicode", {})
    if font.flags & SYMBOLIC:
        return
    for code, text in glyphs.items():
        other = encoded.get(code, text)
        if text.isalnum() and other.isalnum() and text.casefold() != other.casefold():
            yield text, other
