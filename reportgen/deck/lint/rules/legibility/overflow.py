"""Text fits its box

Words are measured in the face that the text names. Text that is higher than its box covers what lies below it, or runs
off the slide. If the face is not installed, a similar one is measured, and only text that is a fifth too high is
reported, as a warning. Boxes that grow with their text are left to `overlap` and `off-slide`.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase, count
from reportgen.deck.values import EMU_PER_POINT
from reportgen.deck.view import text_extent

ID = "overflow"
SEVERITY = "error"
TOLERANCE = 0.35  # of a line: descenders, and the difference between two programs' line heights
UNSURE = 0.2  # of the box


def check(case: LintCase) -> Iterator[Fault]:
    for slide, shape in case.shapes():
        if not shape.text or shape.box is None or shape.frame.rotated or shape.frame.grows:
            continue
        width, height = shape.box.width / EMU_PER_POINT, shape.box.height / EMU_PER_POINT
        extent = text_extent.measure_text(shape.paragraphs, shape.frame, width)
        line = (extent.height - shape.frame.insets[1] - shape.frame.insets[3]) / max(1, extent.lines)
        excess = extent.height - height
        if excess > TOLERANCE * line and (extent.sure or excess > UNSURE * height):
            about = "" if extent.sure else "about "
            message = f"the text is {about}{extent.height:.0f} pt high and its box {height:.0f} pt"
            hint = f"cut {about}{count(max(1, round(excess / line)), 'line')}, or make the box larger"
            yield Fault(message, slide, shape, hint, severity=None if extent.sure else "warning")
