"""New parts of a presentation equal those that python-pptx adds."""

from io import BytesIO
from zipfile import ZipFile

import pptx
import pytest
from hypothesis import given, strategies as st
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from reportgen.deck import package
from reportgen.deck.oxml import Paint, shape_xml
from reportgen.deck.oxml.text_xml import TextSetting
from reportgen.deck.palette import OUR_PALETTE
from reportgen.deck.values import Deck, Paragraph, Run, Slide
from reportgen.deck.write import new_parts, notes_pages
from reportgen.deck.write.presentation_shell import build_shell
from reportgen.system.errors import Location

from .conftest import PROPERTIES

SLIDES = 12
TEMPLATE = "ppt/slides/slide%d.xml"
CHARTS = "ppt/charts/chart%d.xml"
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


def layout_name(file, layout: int) -> str:
    return file.slide_layouts[layout].part.partname.membername


def with_ours(layout: int) -> bytes:
    theirs = contents(saved(pptx.Presentation()))
    name = layout_name(pptx.Presentation(), layout)
    added = new_parts.NewParts(theirs)
    for _ in range(SLIDES):
        added.add(TEMPLATE, new_parts.SLIDE_TYPE, shape_xml.build_slide([])).relations.to(name, "slideLayout")
    deck = Deck(PROPERTIES, (Slide("s", "blank", (), Location("x")),) * SLIDES)
    shell = build_shell(theirs, deck, [part.name for part in added.parts], ())
    return new_parts.build_package(shell.members, shell.content_types, added.parts)


def test_every_part_is_byte_for_byte_what_their_adders_and_their_writer_make():
    blank = 6  # a layout without placeholders, which their adder would copy
    ours, theirs = contents(with_ours(blank)), contents(with_their_adders(blank))
    assert ours == theirs


def test_slides_that_are_listed_can_be_worked_with_as_any_others():
    file = pptx.Presentation(BytesIO(with_ours(layout=5)))
    assert [slide.slide_id for slide in file.slides] == list(range(256, 256 + SLIDES))
    file.slides.add_slide(file.slide_layouts[6])
    again = pptx.Presentation(BytesIO(saved(file)))
    assert [slide.slide_layout.name for slide in again.slides] == ["Title Only"] * SLIDES + ["Blank"]
    assert again.part.part_related_by(RELATIONSHIP_TYPE.SLIDE_MASTER)


ADDRESSES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1)
RELATED = st.lists(st.one_of(st.tuples(st.just(False), ADDRESSES), st.tuples(st.just(True), st.integers(1, 30))))


@given(RELATED)
def test_relations_are_named_and_written_as_theirs_are(related):
    package = pptx.Presentation().part.package
    theirs = Part(PackURI("/ppt/slides/slide1.xml"), CONTENT_TYPE.PML_SLIDE, package)
    charts = {number: Part(PackURI(f"/{CHARTS % number}"), CONTENT_TYPE.DML_CHART, package) for number in range(31)}
    ours = new_parts.Relations(TEMPLATE % 1)
    for inside, target in related:
        if inside:
            assert ours.to(CHARTS % target, "chart") == theirs.relate_to(charts[target], RELATIONSHIP_TYPE.CHART)
        else:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            assert ours.link(target) == theirs.relate_to(target, kind, is_external=True)
    assert ours.xml() == theirs.rels.xml


def test_relations_take_the_keys_that_a_file_has_left_free():
    held = {"rId2": "2.xml", "odd": "x.xml", "rId5": "5.xml"}
    rows = ((key, new_parts.Relation(RELATIONSHIP_TYPE.SLIDE, name)) for key, name in held.items())
    relations = new_parts.Relations("ppt/presentation.xml", rows)
    assert [relations.to(f"ppt/{name}.xml", "slide") for name in "abcda"] == ["rId1", "rId3", "rId4", "rId6", "rId1"]
    assert relations.to("ppt/5.xml", "slide") == "rId5"


def test_a_name_that_a_file_has_already_is_not_given_again():
    file = pptx.Presentation()
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", [1])
    slide = file.slides.add_slide(file.slide_layouts[6])
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(2), Inches(2), data)
    taken = {part.partname.membername for part in file.part.package.iter_parts()}
    added = new_parts.NewParts(taken)
    for template in (TEMPLATE, CHARTS):
        first, second = added.add(template, "t").name, added.add(template, "t").name
        assert f"/{first}" == file.part.package.next_partname(f"/{template}")
        assert len({first, second} | taken) == len(taken) + 2


def noted(file, words: str) -> str:
    """Return the notes page of a slide as XML."""
    slide = Slide("s", "blank", (), Location("x"), (Paragraph((Run(words),)),))
    setting = TextSetting("en-US", str, Paint(OUR_PALETTE))
    return notes_pages.build_page(file, PROPERTIES).fill(slide, 7, setting).decode()


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


@given(st.lists(st.sampled_from("abc"), max_size=3), st.lists(st.sampled_from("abc"), max_size=3))
def test_a_pointer_leads_to_its_part(folders, to):
    part, other = "/".join([*folders, "part.xml"]), "/".join([*to, "other.xml"])
    written = etree.Element("Relationship", Target=package.relative_target(part, other))
    assert package.target_part(part, written) == other
