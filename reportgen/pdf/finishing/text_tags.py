"""What a PDF says of its text besides its letters: the language of passages, and what right-to-left letters read.

WeasyPrint tells the PDF the document's language, and not that of a <span lang>; and it paints what runs from right to
left as it stands, from left to right, ligatures without the letters that they are made of. It keeps no way from an
element of the HTML to its tag, or from a text to its marked content. But it makes tags in the order of its boxes, one for
each line that an inline element stands on; so boxes and tags, each in that order, belong together one by one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf  # type: ignore[import-untyped,unused-ignore]

RIGHT_TO_LEFT = ("R", "AL")
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


def tag_texts(document: Any, pdf: pydyf.PDF) -> None:
    """Give each piece of a text that runs from right to left its words as they are read, as /ActualText.

    It stands on the tag, where screen readers look for it; programs that copy text off the page, such as poppler's,
    turn such lines around by themselves, and would turn an /ActualText inside the page as well. Running heads have no
    tag, so theirs has to stand there.
    """
    numbers = _get(pdf, _get(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for at, (page, reference) in enumerate(zip(document.pages, pdf.page_references, strict=True)):
        drawn = list(_drawn(page._page_box))
        if not any(_is_rtl(box) for box, _ in drawn):
            continue
        owners = list(enumerate(numbers[2 * at + 1]))
        made = sorted(owners, key=lambda owner: (int(owner[1].split()[0]), owner[0]))
        running = {}
        for (box, in_margin), (mark, owner) in zip(drawn, made, strict=True):
            if type(box).__name__ != "TextBox":
                continue
            if in_margin:
                running[mark] = box.text
            elif _get(pdf, owner)["K"] == [mark]:
                _get(pdf, owner)["ActualText"] = pydyf.String(box.text)
        for part in _get(pdf, _get(pdf, reference)["Contents"]).stream:
            if isinstance(part, pydyf.Dictionary) and part.get("MCID") in running:
                part["ActualText"] = pydyf.String(running[part["MCID"]])


def _is_rtl(box: Box) -> bool:
    return type(box).__name__ == "TextBox" and any(
        unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in box.text
    )


def _drawn(box: Box, in_margin: bool = False) -> Iterator[tuple[Box, bool]]:
    """The boxes of texts and pictures, in the order in which the tags that own their marked content are made.

    With each, whether it stands in a page's margin.
    """
    box = getattr(box, "_box", box)
    kind = type(box).__name__
    in_margin = in_margin or kind == "MarginBox"
    if kind == "TextBox" or kind.endswith("ReplacedBox"):
        yield box, in_margin
        return
    kids = [kid for child in getattr(box, "children", ()) for kid in (child.children if _is_line(child) else [child])]
    link = box.element is not None and box.element_tag.partition(":")[0] == "a"
    if link:  # which owns its own texts, and is made before what stands in it
        kids.sort(key=lambda kid: type(kid).__name__ != "TextBox")
    for kid in kids:
        yield from _drawn(kid, in_margin)


def _is_line(box: Box) -> bool:
    return type(box).__name__ == "LineBox"


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
