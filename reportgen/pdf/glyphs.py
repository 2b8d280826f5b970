"""Finds characters that no font of the document can draw, before they become empty boxes in a PDF."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from reportgen import fonts as metrics
from reportgen.brand import extras
from reportgen.brand.fontfile import FontFile
from reportgen.system.errors import BriefError, Diagnostic, TemplateError

MOST = 20  # characters listed
CONTEXT = 24  # characters of text told on either side
HINT = "replace it, or add a font that has it to typography.fonts in _brand.yml"
UNDRAWN = {"Cf", "Zl", "Zp"}  # soft hyphens, joiners and separators ask for no glyph


class GlyphError(BriefError):
    """Characters that cannot be drawn, each once, and what is said of the first: who knows the brief adds its place."""

    def __init__(self, characters: str, first: Diagnostic) -> None:
        self.made_of = characters, first
        self.characters = characters
        others = characters[1:]
        more = f"; nor {len(others)} more: {others[:MOST]}{'…' if len(others) > MOST else ''}" if others else ""
        super().__init__([first._replace(message=first.message + more)])

    def __reduce__(self) -> tuple[type[GlyphError], tuple[str, Diagnostic]]:
        """So that it comes whole out of another process."""
        return GlyphError, self.made_of


def require_glyphs(html: str, pictures: Mapping[str, bytes], fonts: Sequence[FontFile]) -> None:
    """GlyphError for the characters of the HTML or of an SVG picture that none of the fonts has.

    The fonts stand in for one another, as the stylesheet declares; so one that has the character is enough.
    """
    found: dict[str, str] = {}
    for text in (*_texts(html.encode(), "body"), *_picture_texts(pictures)):
        for char in _missing(text, fonts):
            found.setdefault(char, text)
    if found:
        raise GlyphError("".join(found), _diagnostic(*next(iter(found.items()))))


def build_glyph_error(characters: str, text: str) -> GlyphError:
    """The error for characters of one text that no font has."""
    return GlyphError(characters, _diagnostic(characters[0], text))


def _texts(markup: bytes, inside: str) -> Iterator[str]:
    """The text of each element called `inside`, blocks kept apart by a space."""
    from lxml import etree  # a document's check is asked for once its making has begun

    try:
        root = etree.fromstring(markup)
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"the markup is not well-formed: {error}") from None
    for element in root.iter("{*}" + inside):
        yield " ".join(" ".join(str(text) for text in element.itertext()).split())


def _picture_texts(pictures: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in pictures.items():
        if name.endswith(".svg"):
            yield from _texts(content, "text")


def _missing(text: str, fonts: Sequence[FontFile]) -> str:
    left = text
    for font in fonts:
        left = metrics.find_missing(font, left)
    return "".join(char for char in left if unicodedata.category(char) not in UNDRAWN)


def _diagnostic(char: str, text: str) -> Diagnostic:
    at = text.index(char)
    around = text[max(0, at - CONTEXT) : at + 1 + CONTEXT].strip()
    name = unicodedata.name(char, "unnamed")
    message = f'no font of this document has the character "{char}" (U+{ord(char):04X} {name}) in "…{around}…"'
    return Diagnostic(message, hint=suggest_fonts(char))


def suggest_fonts(char: str) -> str:
    """What to do about a character that no font has: some scripts come with an extra."""
    script = unicodedata.name(char, "").partition(" ")[0]
    extra = extras.SCRIPTS.get(script)
    return f'install faces for it: pip install "reportgen[{extra}]"; or {HINT}' if extra else HINT
