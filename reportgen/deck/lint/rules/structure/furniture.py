"""Number, footer and date are on all slides or none

If more than half of the slides print one of the three, the others should too, provided that their layout has a
placeholder for it. Title slides are exempt.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase

ID = "furniture"
SEVERITY = "warning"
NAMES = {"sldNum": "number", "ftr": "footer", "dt": "date"}


def check(case: LintCase) -> Iterator[Fault]:
    slides = [slide for slide in case.deck.slides if slide.layout_type != "title"]
    for placeholder, name in NAMES.items():
        without = [
            slide for slide in slides
            if not any(shape.placeholder == placeholder and shape.text for shape in slide.shapes)
        ]  # fmt: skip
        if 2 * len(without) >= len(slides):
            continue
        for slide in without:
            if placeholder in slide.layout_placeholders:
                message = f"the slide has no {name}, but {len(slides) - len(without)} others have one"
                yield Fault(message, slide, None, "choose Insert, Header & Footer, Apply to All")
