"""The comments of a deck, in the classic and in the modern format, with author, time and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.deck.values import Box
from reportgen.deck.view import view_values as view
from reportgen.deck.view.open_package import Package
from reportgen.deck.xml_lookup import Element, get_int, iter_children
from reportgen.edits.edit_values import Comment

UNIT = 914_400 // 576  # EMU: classic comments stand at points of a grid of 576 to the inch


def read_comments(package: Package, slides: tuple[view.Slide, ...], main: str) -> Iterator[tuple[int, Comment, str]]:
    """Yield each comment with the number of its slide and the name of the shape that it is on, "" where none is known."""
    classic = _read_authors(package, package.find_related(main, "commentAuthors"), "cmAuthor")
    modern = _read_authors(package, package.find_related(main, "authors"), "author")
    for slide in slides:
        for relation in package.read_relations(slide.part).values():
            if relation.is_external or "comment" not in relation.kind.lower():
                continue
            root = package.parse(relation.target)
            place = f"slide {slide.number}, comment"
            for element in root.iter("{*}cm"):
                if element.find("{*}txBody") is not None:
                    yield from _read_modern(element, slide, package, place, modern)
                else:
                    author, time = classic.get(element.get("authorId", ""), ""), element.get("dt", "")
                    words = " ".join("".join(str(part) for part in each.itertext()) for each in element.iter("{*}text"))
                    yield slide.number, Comment(_clean(words), place, author, time), _find_at(element, slide)


def _read_authors(package: Package, part: str, tag: str) -> dict[str, str]:
    return {each.get("id", ""): each.get("name", "").strip() for each in package.parse(part).iter(f"{{*}}{tag}")}


def _read_modern(
    element: Element, slide: view.Slide, package: Package, place: str, authors: Mapping[str, str]
) -> Iterator[tuple[int, Comment, str]]:
    """Yield a comment and the replies to it."""
    mark = next(element.iter("{*}spMk", "{*}graphicFrameMk"), None)
    name = _name_shape(package.parse(slide.part), mark.get("id", "")) if mark is not None else ""
    for each in (element, *element.iter("{*}reply")):
        body = next((child for child in iter_children(each) if child.tag.endswith("}txBody")), None)
        words = "" if body is None else " ".join("".join(map(str, part.itertext())) for part in body.iter("{*}p"))
        author, time = authors.get(each.get("authorId", ""), ""), each.get("created", "")
        yield slide.number, Comment(_clean(words), place, author, time), name


def _name_shape(slide: Element, identity: str) -> str:
    found = (each.get("name", "") for each in slide.iter("{*}cNvPr") if each.get("id") == identity)
    return next(found, "") if identity else ""


def _find_at(element: Element, slide: view.Slide) -> str:
    """Return the name of the smallest shape with words at the point of a comment."""
    point = element.find("{*}pos")
    if point is None:
        return ""
    x, y = get_int(point, "x") * UNIT, get_int(point, "y") * UNIT
    around = [shape for shape in slide.all_shapes if shape.has_content and shape.box and _holds(shape.box, x, y)]
    return min(around, key=lambda shape: shape.box.area if shape.box else 0).name if around else ""


def _holds(box: Box, x: int, y: int) -> bool:
    return box.x <= x <= box.right and box.y <= y <= box.bottom


def _clean(words: str) -> str:
    return " ".join(words.split())
