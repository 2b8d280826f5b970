"""Drawn pages are compared: what is painted anywhere is found, rounding is not."""

import io
import shutil

import pikepdf
import pytest
from PIL import Image, ImageDraw

from reportgen.audit.drawn import compare_drawings, find_differences
from reportgen.system.errors import FileError
from tests.attack.families.deck_edits import EDITS, Parts
from tests.audit.alterations import _packed

SIZE = (1000, 563)


def page(
    *words: tuple[int, int, str], box: tuple[int, int, int, int] | None = None, color: str = "black"
) -> Image.Image:
    picture = Image.new("RGB", SIZE, "white")
    drawing = ImageDraw.Draw(picture)
    for left, top, text in words:
        drawing.text((left, top), text, "black", font_size=18)
    if box:
        drawing.rectangle(box, color)
    return picture


def test_a_shift_of_two_pixels_is_rounding_and_one_of_a_line_is_not():
    ours = page((100, 100, "The gap set the tone"))
    assert find_differences(ours, page((102, 101, "The gap set the tone"))) == []
    assert find_differences(ours, page((100, 130, "The gap set the tone")))


def test_a_difference_is_enclosed():
    ((left, top, right, bottom),) = find_differences(page(), page(box=(600, 300, 700, 350)))
    assert 590 <= left <= 600
    assert 290 <= top <= 300
    assert 700 <= right <= 711
    assert 350 <= bottom <= 361


def test_another_colour_of_the_same_brightness_is_a_difference():
    assert find_differences(
        page(box=(100, 100, 200, 200), color="#B3401F"), page(box=(100, 100, 200, 200), color="#12436D")
    )


def test_what_lies_in_a_stamp_is_left_out():
    assert find_differences(page(), page(box=(600, 500, 700, 520)), [(580, 480, 720, 540)]) == []


def test_a_missing_tool_is_named(bundled, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    report = bundled.audited(bundled.memo, "memo.pdf")
    with pytest.raises(FileError, match="drawn pages need pdftoppm"):
        compare_drawings(bundled.brief, bundled.memo, report)
    with pytest.raises(FileError, match="soffice and pdftoppm"):
        compare_drawings(bundled.brief, bundled.deck, bundled.audited(bundled.deck, "deck.pptx"))


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler draws the pages")
def test_what_is_painted_on_a_memo_is_found(bundled):
    def look(data: bytes):
        report = bundled.audited(data, "memo.pdf")
        return compare_drawings(bundled.brief, data, report).findings[len(report.findings) :]

    assert look(bundled.memo) == ()
    with pikepdf.open(io.BytesIO(bundled.memo)) as pdf:
        pdf.pages[0].contents_add(pdf.make_stream(b"q 1 1 1 rg 72 500 200 90 re f Q"))
        data = io.BytesIO()
        pdf.save(data)
    (found,) = look(data.getvalue())
    assert (found.severity, found.place.page) == ("error", 1)
    assert "the drawn page differs: " in found.message


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice draws the slides")
def test_what_is_painted_on_a_slide_is_found(bundled):
    parts = Parts(bundled.deck)
    EDITS["a small picture added"](parts)
    data = _packed(parts.files)
    report = bundled.audited(data, "deck.pptx")
    (found,) = compare_drawings(bundled.brief, data, report).findings[len(report.findings) :]
    assert (found.severity, found.place.slide) == ("error", 9)
    assert "lower right" in found.message
