"""Words stand out from what lies behind them

WCAG 2's contrast: 4.5:1, and 3:1 for large type (24 points, or 18.66 in bold). What lies behind is the fill of the
shape or the cell, or of the form below it that hides at least half of its box, or the slide's background; for a
chart's labels within their bars, the bar. Colours are looked up through the slide's map and the theme, with their
tints and shades. On a picture or a gradient there is no one colour: that is told as not read. Where the slide leaves
the colour to its layout, the theme is at fault, and it is a warning that is told once, unless the words can hardly be
seen at all (under 2:1). Forms that are no rectangles, such as triangles, count as not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.brand.contrast import RGB, contrast_ratio
from reportgen.deck.lint.lint_case import LintCase, finding, once
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.view.resolved_colors import hexed

ID = "contrast"
SEVERITY: Severity = "error"
ASKED, LARGE, UNSEEN = 4.5, 3.0, 2.0
LARGE_SIZE, LARGE_BOLD = 24.0, 18.66


def check(case: LintCase) -> Iterator[LintFinding]:
    yield from once(_words(case))
    for slide, shape in case.shapes():
        for text in shape.chart.texts if shape.chart else ():
            if message := _said(text.color, text.behind, text.size, text.bold):
                yield finding(ID, SEVERITY, f"{text.part}: {message}", slide, shape, "change the labels’ colour")


def _words(case: LintCase) -> Iterator[tuple[str, LintFinding]]:
    for passage in case.passages():
        for run in passage.paragraph.runs:
            if run.text.strip() and (message := _said(run.color, passage.behind, run.size, run.bold)):
                theirs = bool(passage.shape.holds) and not run.dressed
                severity: Severity = "warning" if theirs and not _unseen(run.color, passage.behind) else SEVERITY
                hint = "change the theme’s colour" if theirs else "take a darker or a lighter colour"
                yield passage.key(message, theirs), passage.finding(ID, severity, message, hint)


def _unseen(color: RGB | None, behind: RGB | None) -> bool:
    return color is not None and behind is not None and contrast_ratio(color, behind) < UNSEEN


def _said(color: RGB | None, behind: RGB | None, size: float, bold: bool) -> str:
    """What is wrong with a colour on another; nothing where it reads well, or one is not known."""
    if color is None or behind is None:
        return ""
    asked = LARGE if size >= LARGE_SIZE or (bold and size >= LARGE_BOLD) else ASKED
    ratio = contrast_ratio(color, behind)
    if ratio >= asked - 0.005:
        return ""
    shown = min(round(ratio, 1), asked - 0.1)
    large = f" for type of {size:g} pt" if asked == LARGE else ""
    return f"contrast {shown:.1f}:1 of {hexed(color)} on {hexed(behind)}; {asked:g} is asked{large}"
