"""A finished PDF read back: text in the order of its tags, pages, links, properties, and content that is no text."""

import io

import pikepdf
import pytest

from reportgen.pdf.reading.pdf_reader import read_pdf
from reportgen.system.errors import FileError
from tests.pdf.conftest import SVG, render

BODY = """<h1>A heading</h1>
<p>Words that go on until the line is full and then go on, multi-year, to <b>5</b>th place.<sup>1</sup></p>
<table><tr><th>Head</th><td>8.2 percent</td></tr></table>
<p><img src="chart.svg" alt="Drawn: 3"/></p>
<p><a href="https://example.org/4">a link</a></p>"""
BREAK = """<p style="break-before: page">The second page.</p>"""


@pytest.fixture(scope="module")
def document(job) -> bytes:
    return render(job(BODY + BREAK, resources={"chart.svg": SVG}))


def test_text_comes_in_the_order_of_tags_with_its_page_and_role(document):
    pdf = read_pdf(document, "a.pdf")
    assert (pdf.pages, pdf.size, pdf.tagged, pdf.unread) == (2, (400.0, 500.0), True, ())
    body = [(span.page, span.role, span.text) for span in pdf.spans if span.role != "Artifact"]
    assert body == [
        (1, "H1", "A heading"),
        (1, "P", "Words that go on until the line is full and then go on, multi-year, to 5th place. 1"),
        (1, "TH", "Head"),
        (1, "TD", "8.2 percent"),
        (1, "Figure", "drawn"),
        (1, "P", "a link"),
        (2, "P", "The second page."),
    ]


def test_boxes_are_points_from_the_lower_left(document):
    heading = next(span for span in read_pdf(document, "a.pdf").spans if span.role == "H1")
    left, low, right, high = heading.box
    assert left == pytest.approx(40, abs=1)
    assert 400 < low < high < 470
    assert right > 100


def test_running_text_is_an_artifact(document):
    feet = [(span.page, span.text) for span in read_pdf(document, "a.pdf").spans if span.role == "Artifact"]
    assert feet == [(1, "foot 1"), (2, "foot 2")]


def test_what_is_not_painted(document):
    pdf = read_pdf(document, "a.pdf")
    assert [each.text for each in pdf.alternatives] == ["Drawn: 3"]
    assert [(each.uri, each.page) for each in pdf.parts.links] == [("https://example.org/4", 1)]
    assert [each.title for each in pdf.parts.bookmarks] == ["A heading"]
    assert pdf.properties["Title"] == pdf.properties["xmp:Title"] == "A title"
    assert pdf.properties["Author"] == "An author"


def changed(data: bytes, change) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target)
    return target.getvalue()


def test_without_tags_the_lines_come_as_they_are_painted(document):
    def untag(pdf):
        del pdf.Root.StructTreeRoot

    pdf = read_pdf(changed(document, untag), "a.pdf")
    assert not pdf.tagged
    assert {span.role for span in pdf.spans} == {"", "Artifact"}
    assert any("8.2 percent" in span.text for span in pdf.spans)


def test_attachments_annotations_and_empty_pages_are_named(document):
    def change(pdf):
        pdf.attachments["data.csv"] = b"1,2"
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="Really?"
        )
        pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].Annots, pdf.make_indirect(note)])
        pdf.add_blank_page()

    pdf = read_pdf(changed(document, change), "a.pdf")
    assert [(each.words, each.page) for each in pdf.parts.annotations] == [(("Really?",), 1)]
    assert pdf.unread == ("page 3 has no text",)
    assert [(each.name, each.data) for each in pdf.parts.attachments] == [("data.csv", b"1,2")]


def test_tags_that_go_round_in_circles_come_to_an_end(document):
    def change(pdf):
        root = pdf.Root.StructTreeRoot
        root.K[0].K.append(root.K[0])

    assert read_pdf(changed(document, change), "a.pdf").spans


@pytest.mark.parametrize("size", [0, 10, 900, 3000])
def test_a_cut_file_is_reported_in_one_line(document, size):
    with pytest.raises(FileError) as caught:
        read_pdf(document[:size], "a.pdf")
    assert len(str(caught.value).splitlines()) == 2  # with its hint
