"""Compare what readers of a memo see with what programs read in it, and its drawings with those of the brief."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.audit.audit_report import Place, ReportBuilder
from reportgen.audit.memos.chart_drawings import compare_drawing
from reportgen.charts.scene import SceneText
from reportgen.charts.style import Style
from reportgen.pdf.chart_svg import has_joining_letters
from reportgen.pdf.reading.page_content import OVERPRINT

if TYPE_CHECKING:
    from reportgen.memo.expected_memo import ExpectedMemo
    from reportgen.pdf.reading.painting import Color, Shape
    from reportgen.pdf.reading.pdf_reader import Pdf

SAME_COLOR = 0.012  # difference of red, green or blue
RULE = 4.5  # points: the thickest rule or border
MARK = 14.0  # points: the largest mark beside words, or box to tick; a round one may have shaded corners
PALE = 0.7  # the darkest ground of words, as the least of its red, green and blue
LIGATED = frozenset("\u0644\u0627\u0622\u0623\u0625\u0649\u0640\u0671")
"""Lam, the alefs and the stroke that joins letters."""
CELLS = {"TH", "TD"}
FLOWING = {"P", "H1", "H2", "H3", *CELLS}
"""Tags of texts that stand one below the other, or side by side in a row."""
SHARED = 0.3  # share of the smaller side that two boxes have in common
PICTURES = ("picture", "shading", "pattern")


def check_sight(memo: ExpectedMemo, pdf: Pdf, report: ReportBuilder) -> None:
    """Report words that cannot be seen, words that are told otherwise than painted, and drawings that are not the brief's."""
    for span in pdf.spans:
        for flaw, words in span.flaws:
            is_edge = flaw == OVERPRINT and len(words) == 1  # of a word that was replaced by a longer one
            if words.strip() and not is_edge:
                report.add("hidden", f"“{_shorten(words)}” cannot be seen: {flaw}", Place(page=span.page), after=words)
        if (
            span.is_jumbled and memo.direction == "ltr"
        ):  # else points and numbers may stand anywhere beside foreign words
            message = f"the words of “{_shorten(span.text)}” stand in another order than they are read"
            report.add("order", message, Place(page=span.page))
    if pdf.tagged:
        _check_order(pdf, memo, report)
    for spoken in pdf.spoken:
        if not _is_said(spoken.text, spoken.painted, memo.direction):
            message = f"programs read “{_shorten(spoken.text)}” where “{_shorten(spoken.painted)}” is painted"
            report.add("disagreement", message, Place(page=spoken.page, shape="/ActualText"))
    for page in pdf.layered:
        report.add("hidden", "something on the page belongs to a layer, which can be hidden", Place(page=page))
    if pdf.tagged:
        _check_figures(memo, pdf, report)
        _check_decorations(memo, pdf, report)


def _check_order(pdf: Pdf, memo: ExpectedMemo, report: ReportBuilder) -> None:
    """Report texts that stand above the one that is read before them, and cells of a row that are exchanged.

    A designation block is read first and stands at the page's foot.
    """
    direction, apart = memo.direction, {"".join(text.split()) for text in (*memo.marks.block, *memo.marks.statement)}
    blocks = [span for span in pdf.spans if span.role in FLOWING and "".join(span.text.split()) not in apart]
    for before, after in pairwise(blocks):
        if before.page != after.page:
            continue
        (left, low, right, high), (left_after, low_after, right_after, high_after) = before.box, after.box
        wide = min(right, right_after) - max(left, left_after)
        tall = min(high, high_after) - max(low, low_after)
        is_above = low_after >= high - 1 and wide > SHARED * min(right - left, right_after - left_after)
        is_beside = tall > SHARED * min(high - low, high_after - low_after) and {before.role, after.role} <= CELLS
        is_before = right_after <= left + 1 if direction == "ltr" else left_after >= right - 1
        if is_above or (is_beside and is_before):
            message = f"“{_shorten(after.text)}” stands before “{_shorten(before.text)}”, which is read first"
            report.add("order", message, Place(page=after.page))
        elif before.row and before.row == after.row and tall < 0:
            message = f"“{_shorten(after.text)}” does not stand in the row of “{_shorten(before.text)}”"
            report.add("order", message, Place(page=after.page))


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _is_said(text: str, painted: str, direction: str) -> bool:
    """Say whether letters painted are those of a text.

    From right to left they are painted in another order, though not figures, and a ligature of lam and alef may be mapped to
    more letters or fewer.
    """
    said, shown = _letters_of(text), _letters_of(painted)
    if any(char.isalpha() and unicodedata.bidirectional(char) == "L" for char in said + shown):
        is_mixed = direction == "rtl" or any(unicodedata.bidirectional(char) in ("R", "AL") for char in said)
        return said == shown or (
            is_mixed and _has_same_letters(said, shown) and _figures_of(text) == _figures_of(painted)
        )
    return _has_same_letters(said, shown) and _figures_of(text) == _figures_of(painted)


def _has_same_letters(said: str, shown: str) -> bool:
    """Compare letters in any order. Brackets are painted as their mirror images from right to left."""
    one, other = Counter(said), Counter(shown)
    return not {char for char in (one - other) + (other - one) if not unicodedata.mirrored(char)} - LIGATED


def _letters_of(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum() or unicodedata.category(char) in ("Sc", "Sm", "Po"))


def _figures_of(text: str) -> list[str]:
    runs = "".join(char if char.isdigit() else " " for char in unicodedata.normalize("NFKC", text))
    return sorted(runs.split())


def _check_figures(memo: ExpectedMemo, pdf: Pdf, report: ReportBuilder) -> None:
    """Compare each chart's drawing with the scene of its exhibit. A logo is not compared."""
    style = Style.memo(memo.brand)
    if len(pdf.figures) != len(memo.pictures):
        message = f"{len(pdf.figures)} figures are tagged; the brief has {len(memo.pictures)}"
        report.add("missing" if len(pdf.figures) < len(memo.pictures) else "added", message, Place())
        return
    for name, drawing in zip(memo.pictures, pdf.figures, strict=True):
        if scene := memo.scenes.get(name):
            texts = [item.text for item in scene.items if isinstance(item, SceneText)]
            compare_drawing(scene, drawing, memo.brand, style, any(map(has_joining_letters, texts)), report)


def _check_decorations(memo: ExpectedMemo, pdf: Pdf, report: ReportBuilder) -> None:
    """Report pictures and drawings outside charts: a memo has rules, pale grounds and small marks there, in its colours."""
    colors = [_rgb(color) for color in memo.brand.colors.values()]
    grounds = [_rgb(memo.brand.colors[role]) for role in ("paper", "panel")]
    found: dict[tuple[int, str], int] = {}
    for page, shape in pdf.decorations:
        if shape.kind in PICTURES and not (shape.kind == "shading" and max(shape.width, shape.height) <= MARK):
            found[page, f"a {shape.kind}"] = found.get((page, f"a {shape.kind}"), 0) + 1
        elif not memo.is_restyled and not _is_decoration(shape, colors, grounds):
            found[page, "a drawing"] = found.get((page, "a drawing"), 0) + 1
    for (page, what), count in found.items():
        words = what if count == 1 else f"{what} in {count} pieces"
        report.add("added", f"{words} is painted on the page that the brief does not have", Place(page=page))


def _is_decoration(shape: Shape, colors: Sequence[Color], grounds: Sequence[Color]) -> bool:
    """Return whether a shape is one of the memo's own; `grounds` are those of its pages and panels, which may be dark."""
    if shape.kind == "shading":
        return True
    own = [color for color in (shape.fill, shape.stroke) if color]
    if any(not any(_is_same_color(color, other) for other in colors) for color in own):
        return False
    if max(shape.width, shape.height) <= MARK or (min(shape.width, shape.height) <= RULE and not shape.curved):
        return True
    if shape.curved or shape.stroke is not None or shape.fill is None:
        return False
    return min(shape.fill) > PALE or any(_is_same_color(shape.fill, ground) for ground in grounds)


def _is_same_color(one: Color, other: Color) -> bool:
    return all(abs(a - b) < SAME_COLOR for a, b in zip(one, other, strict=True))


def _rgb(color: str) -> Color:
    red, green, blue = bytes.fromhex(color[1:7])
    return red / 255, green / 255, blue / 255
