"""Find characters that no font of a document can draw, before they become empty boxes in a PDF."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from reportgen import fonts as metrics
from reportgen.brand import extras
from reportgen.brand.fontfile import FontFile
from reportgen.system.errors import BriefError, Diagnostic, TemplateError

MOST = 20  # characters listed
CONTEXT = 24  # characters of text quoted on either side
HINT = "replace it, or add a font that has it to typography.fonts in _brand.yml"
UNDRAWN = {"Cf", "Zl", "Zp"}  # soft hyphens, joiners and separators ask for no glyph


class GlyphError(BriefError):
    """Characters that cannot be drawn, each once, with a diagnostic for the first.

    It has no place in the brief: a caller that knows the brief adds it.
    """

    def __init__(self, characters: str, first: Diagnostic) -> None:
        self.characters = characters
        self._first = first
        if others := characters[1:]:
            count = "1 more is" if len(others) == 1 else f"{len(others)} more are"
            listed = others[:MOST] + ("…" if len(others) > MOST else "")
            first = first._replace(message=f"{first.message}; {count} missing: {listed}")
        super().__init__([first])

    def __reduce__(self) -> tuple[type[GlyphError], tuple[str, Diagnostic]]:
        return GlyphError, (self.characters, self._first)


def require_glyphs(html: str, pictures: Mapping[str, bytes], fonts: Sequence[FontFile]) -> None:
    """Raise GlyphError for characters of the HTML or of an SVG picture that none of the fonts has.

    The stylesheet declares the fonts as fallbacks of one another, so one font with the character is enough.
    """
    svgs = [content for name, content in pictures.items() if name.endswith(".svg")]
    first_texts: dict[str, str] = {}
    for text in (*_texts(html.encode(), "body"), *(text for svg in svgs for text in _texts(svg, "text"))):
        for char in _missing(text, fonts):
            first_texts.setdefault(char, text)
    if first_texts:
        char, text = next(iter(first_texts.items()))
        raise GlyphError("".join(first_texts), _build_diagnostic(char, text))


def build_glyph_error(characters: str, text: str) -> GlyphError:
    """Return the error for characters of one text that no font has."""
    return GlyphError(characters, _build_diagnostic(characters[0], text))


def _texts(markup: bytes, tag: str) -> Iterator[str]:
    """Yield the text of each element with this tag, with a space between blocks."""
    from lxml import etree  # imported late: the check runs while the pages are laid out

    try:
        root = etree.fromstring(markup)
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"the markup is not well-formed: {error}") from None
    for element in root.iter("{*}" + tag):
        yield " ".join(" ".join(str(text) for text in element.itertext()).split())


def _missing(text: str, fonts: Sequence[FontFile]) -> str:
    for font in fonts:
        text = metrics.find_missing(font, text)
    return "".join(char for char in text if unicodedata.category(char) not in UNDRAWN)


def _build_diagnostic(char: str, text: str) -> Diagnostic:
    at = text.index(char)
    around = text[max(0, at - CONTEXT) : at + 1 + CONTEXT].strip()
    name = unicodedata.name(char, "unnamed")
    message = f'no font of this document has the character "{char}" (U+{ord(char):04X} {name}) in "…{around}…"'
    return Diagnostic(message, hint=suggest_fonts(char))


def suggest_fonts(char: str) -> str:
    """Return the hint for a character that no font has: some scripts come with an extra."""
    script = unicodedata.name(char, "").partition(" ")[0]
    extra = extras.SCRIPTS.get(script)
    if extra:
        return f'install faces for it: pip install "reportgen[{extra}]"; or {HINT}'
    face = extras.BUNDLED.get(script)
    named = f"{{base: {face}, headings: {face}}}"
    return f"{face}, which is here, has it: write typography: {named} into _brand.yml; or {HINT}" if face else HINT
