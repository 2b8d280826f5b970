"""Compare the letters that a memo's fonts paint with the text that programs read for them.

A font in a PDF says twice what a letter is: by its drawing, and by a map to text. Where the brand's own font has the same
drawings, a map that says something else, or a drawing that is another letter's, is found.
"""

from __future__ import annotations

import string
import unicodedata
from typing import TYPE_CHECKING

from reportgen.audit.audit_report import Place, ReportBuilder
from reportgen.fonts.faces import load_font
from reportgen.fonts.outlines import Outlines, parse_outlines, read_outlines

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.brand import Brand
    from reportgen.pdf.reading.shown_fonts import ShownFont

LETTERS = string.ascii_letters + string.digits
KNOWN = 0.5  # share of glyphs that must be drawn as the brand's font draws them, to judge the others


def check_fonts(brand: Brand, shown: tuple[ShownFont, ...], report: ReportBuilder) -> None:
    """Report letters that are painted as others than programs read, and fonts whose letters cannot be compared."""
    for font in shown:
        place = Place(page=font.page, shape="font")
        letters = {glyph: text for glyph, text in font.glyphs.items() if len(text) == 1 and text.isalnum()}
        if font.is_drawn:
            if letters:
                report.add(
                    "hidden", f"the letters of the font {font.name} are drawings, which may show anything", place
                )
            continue
        if not letters:
            continue
        for text, encoded in font.contradictions:
            message = f"“{text}” in the font {font.name} is painted as “{encoded}”"
            report.add("disagreement", message, place, before=text, after=encoded)
        wrong, reason = _compare(brand, font, letters)
        if not font.is_direct:
            message = f"the letters that the font {font.name} paints cannot be compared with the text: {reason}"
            report.add("hidden", message, place, "warning")
        elif reason:
            report.unread.append(f"the letters that the font {font.name} paints: {reason}")
        for text, painted in wrong:
            what = f"painted as “{painted}”" if painted else "painted otherwise than its font draws it"
            report.add("disagreement", f"“{text}” in the font {font.name} is {what}", place, before=text, after=painted)


def _compare(brand: Brand, font: ShownFont, letters: dict[int, str]) -> tuple[list[tuple[str, str]], str]:
    """Return the letters that are not painted as themselves, and why none can be compared, "" where they were."""
    paths = dict.fromkeys(file.path for file in brand.fonts)
    program = parse_outlines(font.program)
    if not font.is_direct:
        return [], "it has an encoding of its own"
    if not program:
        is_own = any(path.suffix.lower() == ".otf" for path in paths)  # whose outlines are of another kind
        return [], "" if is_own else "its outlines are not TrueType"
    own = [path for path in paths if _is_edition(path, program)]
    if not own:
        return [], "the brand has no such font here"
    wrong = min((_find_wrong(program, path, letters) for path in own), key=len)
    return ([], "it is numbered otherwise") if len(wrong) > (1 - KNOWN) * len(letters) else (wrong, "")


def _is_edition(path: Path, program: Outlines) -> bool:
    own = read_outlines(path)
    return own is not None and own.edition == program.edition


def _find_wrong(program: Outlines, path: Path, letters: dict[int, str]) -> list[tuple[str, str]]:
    """Return the letters that are not painted as themselves, each with the letter that is painted, "" if it is none.

    A program that numbers glyphs anew keeps their drawings, but which variant of a letter each is cannot be told then.
    """
    own = read_outlines(path)
    assert own is not None
    font = load_font(path)
    numbers = {char: font.get_nominal_glyph(ord(char)) or 0 for char in (*letters.values(), *LETTERS)}
    drawings: dict[bytes, str] = {}
    for char, number in numbers.items():
        drawings.setdefault(own.find(number), char)
    wrong, is_renumbered = [], False
    for glyph, text in letters.items():
        drawing = program.find(glyph)
        if drawing == own.find(numbers[text]):
            is_renumbered = is_renumbered or glyph != numbers[text]
            continue
        painted = drawings.get(drawing, "")
        if _normalize(painted) != _normalize(text) and (painted or drawing != own.find(glyph)):
            wrong.append((text, painted))
    return [(text, painted) for text, painted in wrong if painted or not is_renumbered]


def _normalize(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
