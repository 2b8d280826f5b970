"""Tag the language of passages, and the reading order of right-to-left text.

WeasyPrint writes the document's language into the PDF, but not that of a <span lang>; and it paints right-to-left text
from left to right, with ligatures in place of the letters that they are made of. It keeps no way from an element of the
HTML to its tag, or from a text to its marked content. But it makes tags in the order of its boxes, one for each line
that an inline element stands on; so boxes and tags, each in that order, belong together one by one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf  # type: ignore[import-untyped,unused-ignore]

from reportgen.pdf.finishing.structure_tree import Element, StructureTree

RIGHT_TO_LEFT = ("R", "AL")
UNTAGGED = ("TextBox", "LineBox")  # of the same element as the box around them

Box: TypeAlias = Any  # WeasyPrint has no types


def tag_languages(document: Any, tree: StructureTree) -> None:
    """Give each tag of a <span lang> its /Lang, so that a screen reader changes its voice for these words."""
    boxes = [box for page in document.pages for box in _span_boxes(page._page_box)]
    if not any(box.element.get("lang") for box in boxes):
        return
    spans = (element for element in tree.elements() if element["S"] == "/Span")
    tags = [span for span in spans if not any(isinstance(kid, int) for kid in span["K"])]  # not those of their texts
    for box, tag in zip(boxes, tags, strict=True):
        if language := box.element.get("lang"):
            tag["Lang"] = pydyf.String(language)


def tag_rtl_texts(document: Any, tree: StructureTree) -> None:
    """Give each piece of right-to-left text its words in reading order, as /ActualText.

    It goes on the tag, where screen readers look for it; programs that copy text off the page, such as poppler's, turn
    such lines around by themselves, and would turn an /ActualText inside the page as well. Running heads have no tag,
    so theirs has to stand in the page.
    """
    for page, (operators, owners) in zip(document.pages, tree.pages(), strict=True):
        boxes = list(_content_boxes(page._page_box))
        if not any(_is_rtl(box) for box, _ in boxes):
            continue
        by_creation = sorted(enumerate(owners), key=lambda owner: (int(owner[1].split()[0]), owner[0]))
        running = {}
        for (box, in_margin), (mark, owner) in zip(boxes, by_creation, strict=True):
            if _kind(box) != "TextBox":
                continue
            if in_margin:
                running[mark] = box.text
            elif _owns_alone(tree.get(owner), mark, tree):
                tree.get(owner)["ActualText"] = pydyf.String(box.text)
        for part in operators:
            if isinstance(part, pydyf.Dictionary) and part.get("MCID") in running:
                part["ActualText"] = pydyf.String(running[part["MCID"]])


def _owns_alone(element: Element, mark: int, tree: StructureTree) -> bool:
    """Return whether a piece of marked content is all that an element has, but for the annotation of a link."""
    marks = [kid for kid in element["K"] if isinstance(kid, int)]
    return marks == [mark] and not any("S" in kid for kid in tree.kids(element))


def _kind(box: Box) -> str:
    return type(box).__name__


def _is_rtl(box: Box) -> bool:
    return _kind(box) == "TextBox" and any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in box.text)


def _content_boxes(box: Box, in_margin: bool = False) -> Iterator[tuple[Box, bool]]:
    """Yield the boxes of texts and pictures, and whether each stands in a page's margin.

    They come in the order in which the tags that own their marked content are made.
    """
    box = getattr(box, "_box", box)  # a placeholder stands for a positioned box
    in_margin = in_margin or _kind(box) == "MarginBox"
    if _kind(box) == "TextBox" or _kind(box).endswith("ReplacedBox"):
        yield box, in_margin
        return
    children = getattr(box, "children", ())
    kids = [kid for child in children for kid in (child.children if _kind(child) == "LineBox" else [child])]
    is_link = box.element is not None and box.element_tag.partition(":")[0] == "a"
    if is_link:  # it owns its own texts, and is made before what stands in it
        kids.sort(key=lambda kid: _kind(kid) != "TextBox")
    for kid in kids:
        yield from _content_boxes(kid, in_margin)


def _span_boxes(box: Box) -> Iterator[Box]:
    """Yield the boxes of spans in the order in which their tags are made; text in margins has no tag."""
    box = getattr(box, "_box", box)
    if _kind(box) == "MarginBox":
        return
    if box.element is not None and box.element_tag == "span" and _kind(box) not in UNTAGGED:
        yield box
    for child in getattr(box, "children", ()):
        yield from _span_boxes(child)
