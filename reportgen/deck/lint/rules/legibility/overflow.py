"""Text stays in its box

Words are measured with the face that the text names. Text that takes more height than its box has is drawn over what
stands below, or off the slide. For a face that we do not have, widths are those of one like it, and only a text that
is a fifth too high is told, as a warning. A box that grows with its text is judged by `overlap` and `off-slide`.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.values import EMU_PER_POINT
from reportgen.deck.view import text_room

ID = "overflow"
SEVERITY: Severity = "error"
FORGIVEN = 0.35  # of a line: descenders, and what two programs' lines differ by
UNSURE = 0.2  # of the box


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide, shape in case.shapes():
        if not shape.text or shape.box is None or shape.frame.turned or shape.frame.grows:
            continue
        width, height = shape.box.width / EMU_PER_POINT, shape.box.height / EMU_PER_POINT
        measured = text_room.text(shape.paragraphs, shape.frame, width)
        line = (measured.height - shape.frame.insets[1] - shape.frame.insets[3]) / max(1, measured.lines)
        excess = measured.height - height
        if excess > FORGIVEN * line and (measured.sure or excess > UNSURE * height):
            about = "" if measured.sure else "about "
            message = f"the text takes {about}{measured.height:.0f} pt and its box has {height:.0f}"
            lines = max(1, round(excess / line))
            hint = f"cut {about}{lines} line{'s' * (lines > 1)}, or make the box larger"
            yield finding(ID, SEVERITY if measured.sure else "warning", message, slide, shape, hint)
