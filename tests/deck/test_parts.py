"""New parts of a presentation are what python-pptx's own adders make, in work that grows with the slides alone."""

from io import BytesIO
from zipfile import ZipFile

import pptx
import pytest
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.parts.chart import ChartPart
from pptx.parts.slide import SlidePart
from pptx.util import Inches

from reportgen.deck import parts
from reportgen.deck.model import Paragraph, Run, Slide
from reportgen.deck.notespages import NotesPages
from reportgen.deck.oxml import Paint
from reportgen.deck.palette import OURS
from reportgen.errors import Location

from .conftest import PROPERTIES

SLIDES = 12
TEMPLATE = "/ppt/slides/slide%d.xml"
KEPT = ("docProps/core.xml",)  # says when it was saved


def contents(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name not in KEPT}


def saved(file) -> bytes:
    target = BytesIO()
    file.save(target)
    return target.getvalue()


def with_their_adders(layout: int) -> bytes:
    file = pptx.Presentation()
    for _ in range(SLIDES):
        file.slides.add_slide(file.slide_layouts[layout])
    return saved(file)


def with_ours(layout: int):
    file = pptx.Presentation()
    names, package = parts.Names(file), file.part.package
    made = [SlidePart.new(names.free(TEMPLATE), package, file.slide_layouts[layout].part) for _ in range(SLIDES)]
    parts.list_slides(file, made)
    return file


def test_every_part_is_byte_for_byte_what_their_adders_and_their_writer_make():
    blank = 6  # a layout without placeholders, which their adder would copy
    assert contents(parts.saved(with_ours(blank))) == contents(with_their_adders(blank))


def test_slides_that_are_listed_can_be_worked_with_as_any_others():
    file = with_ours(layout=5)
    assert [slide.slide_id for slide in file.slides] == list(range(256, 256 + SLIDES))
    file.slides.add_slide(file.slide_layouts[6])
    again = pptx.Presentation(BytesIO(saved(file)))
    assert [slide.slide_layout.name for slide in again.slides] == ["Title Only"] * SLIDES + ["Blank"]
    assert again.part.part_related_by(RELATIONSHIP_TYPE.SLIDE_MASTER)


def test_a_name_that_a_file_has_already_is_not_given_again():
    file = pptx.Presentation()
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", [1])
    slide = file.slides.add_slide(file.slide_layouts[6])
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(2), Inches(2), data)
    names = parts.Names(file)
    taken = {part.partname for part in file.part.package.iter_parts()}
    for template in (TEMPLATE, ChartPart.partname_template):
        first, second = names.free(template), names.free(template)
        assert first == file.part.package.next_partname(template)
        assert len({first, second} | taken) == len(taken) + 2


def noted(file, words: str) -> str:
    """The notes page that a slide gets, as XML."""
    names = parts.Names(file)
    part = SlidePart.new(names.free(TEMPLATE), file.part.package, file.slide_layouts[6].part)
    slide = Slide("s", "blank", (), Location("x"), (Paragraph((Run(words),)),))
    NotesPages.of(file, PROPERTIES, Paint(OURS), names).add(part, slide, 7)
    return etree.tostring(part.notes_slide.part._element).decode()


def test_notes_pages_have_what_the_notes_master_has():
    file = pptx.Presentation()
    theirs = file.slides.add_slide(file.slide_layouts[6]).notes_slide
    ours = noted(file, "Said")
    kept = [(each.name, each.placeholder_format.type, each.placeholder_format.idx) for each in theirs.placeholders]
    for name, _, index in kept:
        assert f'name="{name}"' in ours
        assert index == 0 or f'idx="{index}"' in ours
    assert ">Said<" in ours
    assert ">7<" in ours


@pytest.mark.parametrize("pages", [2, 3])
def test_pages_do_not_share_their_words(pages):
    file = pptx.Presentation()
    told = [noted(file, f"Page {number}") for number in range(pages)]
    for number, page in enumerate(told):
        assert [other for other in range(pages) if f"Page {other}" in page] == [number]
