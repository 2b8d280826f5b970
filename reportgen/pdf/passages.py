"""The language of passages: WeasyPrint tells the PDF the document's language, and not that of a <span lang>.

It keeps no way from an element of the HTML to its tag either. But it makes tags in the order of its boxes, one for each
line that an inline element stands on; so boxes and tags of spans, each in that order, belong together one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf  # type: ignore[import-untyped,unused-ignore]

UNTAGGED = ("TextBox", "LineBox")  # of the same element as the box around them

Box: TypeAlias = Any  # WeasyPrint has no types


def tag_languages(document: Any, pdf: pydyf.PDF) -> None:
    """Give each tag of a <span lang> its /Lang, so that a screen reader changes its voice for these words."""
    boxes = [box for page in document.pages for box in _spans(page._page_box)]
    if not any(box.element.get("lang") for box in boxes):
        return
    tags = list(_span_tags(pdf, _get(pdf, pdf.catalog["StructTreeRoot"])))
    for box, tag in zip(boxes, tags, strict=True):
        if language := box.element.get("lang"):
            tag["Lang"] = pydyf.String(language)


def _spans(box: Box) -> Iterator[Box]:
    """The boxes of spans, in the order in which their tags are made; what stands in margins is tagged nowhere."""
    box = getattr(box, "_box", box)  # a placeholder stands for what is positioned
    kind = type(box).__name__
    if kind == "MarginBox":
        return
    if box.element is not None and box.element_tag == "span" and kind not in UNTAGGED:
        yield box
    for child in getattr(box, "children", ()):
        yield from _spans(child)


def _span_tags(pdf: pydyf.PDF, element: Any) -> Iterator[Any]:
    """The tags of spans, without those of the texts in them, which hold marked content itself."""
    for kid in element["K"]:
        if not isinstance(kid, bytes):
            continue
        below = _get(pdf, kid)
        if "S" not in below:
            continue
        if below["S"] == "/Span" and not any(isinstance(each, int) for each in below["K"]):
            yield below
        yield from _span_tags(pdf, below)


def _get(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
