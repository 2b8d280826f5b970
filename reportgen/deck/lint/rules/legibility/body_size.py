"""Body text is at least 18 points

Text that its layout sets in 18 points or more stays at 18 or more. If the layout itself sets it smaller, it is a caption,
a subtitle or a source line, and only `type-size` applies.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase

ID = "body-size"
SEVERITY = "warning"
LEAST, READABLE, ROUNDING = 18.0, 12.0, 0.05


def check(case: LintCase) -> Iterator[Fault]:
    for passage in case.passages():
        inherited, size = passage.paragraph.inherited_size or 0, passage.size
        is_body = passage.shape.placeholder in ("body", "obj", "subTitle") and inherited >= LEAST
        if is_body and READABLE <= size < LEAST - ROUNDING:
            message = f"body text is {size:g} pt; its layout sets {inherited:g} pt, and the minimum is {LEAST:g} pt"
            yield passage.fault(message, "cut words, or split the slide", key=passage.shape_key)
