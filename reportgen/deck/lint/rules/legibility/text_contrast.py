"""Words contrast with their background

The minimum is WCAG 2's: 4.5:1, or 3:1 for large type (24 points, or 18.66 in bold). The background is the fill of the
shape or cell, or of a shape below it that covers at least half of its box, or the slide's background; for labels inside a
chart's bars, the bar. Colours are resolved through the slide's colour map and the theme, with tints and shades. A picture
or a gradient has no single colour, and a shape that is no rectangle covers an unknown part: both are reported as not
judged. If the slide takes the colour from its layout, the fault is the theme's: it is a warning that is reported once,
unless the words can hardly be seen (under 2:1).
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.brand.contrast import RGB, contrast_ratio, format_color
from reportgen.deck.lint.lint_case import Fault, LintCase

ID = "contrast"
SEVERITY = "error"
NORMAL, LARGE, INVISIBLE = 4.5, 3.0, 2.0
LARGE_SIZE, LARGE_BOLD = 24.0, 18.66


def check(case: LintCase) -> Iterator[Fault]:
    yield from _check_passages(case)
    for slide, shape, text in case.chart_texts():
        message, _ = _find_fault(text.color, text.background, text.size, text.bold)
        if message:
            yield Fault(f"{text.part}: {message}", slide, shape, "change the labels’ colour")


def _check_passages(case: LintCase) -> Iterator[Fault]:
    for passage in case.passages():
        for run in passage.paragraph.runs:
            message, ratio = _find_fault(run.color, passage.background, run.size, run.bold)
            if message and run.text.strip():
                from_theme = bool(passage.shape.placeholder) and not run.own_color
                is_mild = from_theme and ratio >= INVISIBLE
                hint = "change the theme’s colour" if from_theme else "use a darker or a lighter colour"
                key = f"{passage.theme_key if from_theme else passage.shape_key}: {message}"
                yield passage.fault(message, hint, "warning" if is_mild else None, key)


def _find_fault(color: RGB | None, background: RGB | None, size: float, bold: bool) -> tuple[str, float]:
    """Return what is wrong with a colour on a background, and the contrast; "" if it is legible, or a colour is unknown."""
    if color is None or background is None:
        return "", 0.0
    least = LARGE if size >= LARGE_SIZE or (bold and size >= LARGE_BOLD) else NORMAL
    ratio = contrast_ratio(color, background)
    if ratio >= least - 0.005:
        return "", ratio
    shown = min(round(ratio, 1), least - 0.1)
    large = f" for type of {size:g} pt" if least == LARGE else ""
    colors = f"{format_color(color)} on {format_color(background)}"
    return f"contrast {shown:.1f}:1 of {colors}; the minimum is {least:g}:1{large}", ratio
