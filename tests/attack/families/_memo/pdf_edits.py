"""Edits of a finished PDF by pikepdf, as PDF editors and attackers make them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Pdf, String

from tests.audit.alterations import Alteration, Pdf as TextPdf

Instructions = list[ContentStreamInstruction]
UPRIGHT = b"q 1 0 0 -1 0 792 cm\n"
"""WeasyPrint leaves the axes flipped: what follows its content turns them up again."""


def saved(pdf: Pdf, **options: Any) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **options)
    return target.getvalue()


def retype(data: bytes, old: str, new: str, nth: int = 0) -> bytes:
    """Paint other letters in the place of some, as "Edit text" does; the font must have them."""
    pdf = TextPdf(data)
    hits = [(index, shown) for index, shown in enumerate(pdf.shown) if old in shown.text]
    index, shown = hits[nth]
    if missing := set(new) - set(shown.letters):
        raise ValueError(f"the font lacks {missing}")
    start = shown.text.index(old)
    where = ("stream", shown.stream, index)
    return pdf.altered(Alteration("", where, start, start + len(old), old, new, shown.text))


def operation(name: str, *operands: Any) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(operands), Operator(name))


def rewrite(pdf: Pdf, page: int, change: Callable[[Instructions], Instructions]) -> None:
    """Rewrite a page's content."""
    each = pdf.pages[page]
    each.Contents = pdf.make_stream(pikepdf.unparse_content_stream(change(list(pikepdf.parse_content_stream(each)))))


def find_text(pdf: Pdf, page: int, words: str) -> tuple[int, str]:
    """Return the place of the operator that shows a text, and the whole text."""
    text_pdf = TextPdf(saved(pdf))
    for shown in text_pdf.shown:
        if shown.stream == _stream_of(pdf, page) and words in shown.text:
            return shown.operator, shown.text
    raise ValueError(f"page {page} does not show {words!r}")


def _stream_of(pdf: Pdf, page: int) -> int:
    """Return the number of a page's stream among all that paint."""
    from tests.audit.alterations import _streams

    return [number for number, (stream, _) in enumerate(_streams(pdf)) if isinstance(stream, pikepdf.Page)][page]


def around_text(pdf: Pdf, page: int, words: str, before: list, after: list) -> None:
    """Put operators before and behind the one that shows some words."""
    at, _ = find_text(pdf, page, words)
    rewrite(pdf, page, lambda found: [*found[:at], *before, found[at], *after, *found[at + 1 :]])


def before_block(pdf: Pdf, page: int, words: str, added: list) -> None:
    """Put operators before the text object that shows some words."""
    at, _ = find_text(pdf, page, words)

    def change(found: Instructions) -> Instructions:
        start = next(place for place in range(at, -1, -1) if str(found[place].operator) == "BT")
        return [*found[:start], *added, *found[start:]]

    rewrite(pdf, page, change)


def box_of(pdf: Pdf, page: int, words: str) -> tuple[float, float, float, float]:
    """Return left, low, right and high (pt) of some painted words, which stand on one line."""
    from reportgen.pdf.reading.pdf_reader import read_pdf

    for span in read_pdf(saved(pdf), "memo.pdf").spans:
        if span.page == page + 1 and words in span.text:
            return span.box
    raise ValueError(words)


def paint(pdf: Pdf, page: int, content: bytes, under: bool = False) -> None:
    """Paint something in upright axes, over the page's content or under it."""
    each = pdf.pages[page]
    each.contents_add(pdf.make_stream((b"q\n" if under else UPRIGHT) + content + b"\nQ\n"), prepend=under)


def add_font(pdf: Pdf, page: int) -> bytes:
    """Add Helvetica, which needs no file, and return its name."""
    pdf.pages[page].Resources.Font["/Helv"] = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    return b"/Helv"


def add_state(pdf: Pdf, page: int, **values: Any) -> Name:
    """Add a graphics state, and return its name."""
    pdf.pages[page].Resources.ExtGState["/GSx"] = Dictionary(**values)
    return Name.GSx


def picture(pdf: Pdf, width: int = 8, height: int = 8, color: bytes = b"\xff\xff\xff") -> Any:
    return pdf.make_stream(
        color * width * height,
        {
            "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": width, "/Height": height,
            "/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8,
        },
    )  # fmt: skip


def annotate(pdf: Pdf, page: int, subtype: str, rect: list[float], words: str | None = None, **keys: Any) -> Any:
    note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array(rect), F=4, **keys)
    if words is not None:
        note.Contents = String(words)
    note = pdf.make_indirect(note)
    pdf.pages[page].Annots = Array([*pdf.pages[page].get("/Annots", []), note])
    return note


def elements(pdf: Pdf, tag: str) -> Iterator[Any]:
    """Yield the structure elements with a tag, in the order of the tree."""

    def walk(kids: Any) -> Iterator[Any]:
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                if str(kid.S) == f"/{tag}":
                    yield kid
                if "/K" in kid:
                    yield from walk(kid.K)

    yield from walk(pdf.Root.StructTreeRoot.K)


def figure_range(found: Instructions, number: int) -> tuple[int, int]:
    """Return where the drawing of a chart begins and ends in a page's content."""
    starts = [
        at for at, each in enumerate(found) if str(each.operator) == "BDC" and each.operands[0] == Name("/Figure")
    ]
    depth, at = 0, starts[number]
    while True:
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(found[at].operator), 0)
        if depth == 0:
            return starts[number], at
        at += 1


def in_figure(
    pdf: Pdf, page: int, number: int, change: Callable[[ContentStreamInstruction], ContentStreamInstruction | None]
) -> None:
    """Change the operators of a chart one by one; None drops one. At least one must change."""

    def rewritten(found: Instructions) -> Instructions:
        first, last = figure_range(found, number)
        inside = [change(each) for each in found[first:last]]
        assert any(new is not old for new, old in zip(inside, found[first:last], strict=True))
        return [*found[:first], *(each for each in inside if each is not None), *found[last:]]

    rewrite(pdf, page, rewritten)
