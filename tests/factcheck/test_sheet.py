"""The sheet says of each claim its place, both words, the verdict, and leaves a box; in HTML, PDF and Word."""

from datetime import date
from io import BytesIO

import docx
import pikepdf
import pytest
from lxml import html

from reportgen.cli import main
from reportgen.factcheck.sheet.sheet_file import write_sheet
from reportgen.factcheck.sheet.sheet_rows import build_sheet_view
from reportgen.pdf.reading.pdf_reader import read_pdf
from tests.conftest import INIT
from tests.factcheck.conftest import SOURCE, Desk

DAY = date(2022, 3, 4)
NOTE = """\
The authority employs 460 people. The port handled 8.24 million tons of cargo in 2021.

The mayor owns 17 boats, and the town is called 東京 ꙮ.

The quay will cost $410 million to build.

The quay will cost $430 million to build.
"""


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.write(SOURCE, "report.txt")
    return build_sheet_view(desk.check(NOTE))


@pytest.fixture(scope="module")
def pdf(view):
    return write_sheet(view, ".pdf", day=DAY)


def test_the_page_has_a_row_for_each_claim(view):
    page = html.fromstring(write_sheet(view, ".html", day=DAY))
    rows = page.xpath("//table[@id='claims']/tbody/tr")
    first = [" ".join(" ".join(cell.itertext()).split()) for cell in rows[0]]
    assert first[:2] == ["1", "¶1"]
    assert first[2] == "The authority employs 460 people."
    assert first[3] == "The authority employs 640 people, about 85 of them as pilots. report.txt, ¶3"
    assert first[4] == "Differs value: “460”, the source has “640”"
    assert rows[0][5].get("class") == "box"
    assert rows[0][2].findtext("strong") == "460"
    assert len(rows) == len(view.rows)
    assert "$430 million" in page.xpath("string(//table[@id='contradictions'])")
    assert page.xpath("//style")
    assert not page.xpath("//link | //script")


def test_the_pdf_repeats_the_head_and_counts_its_pages(pdf, view):
    read = read_pdf(pdf, "sheet.pdf")
    words = " ".join(span.text for span in read.spans)
    for text in ("The authority employs", "460", "Differs", "Not found", "page 1 of"):
        assert text in words
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.StructTreeRoot is not None
        assert str(document.docinfo.Title) == "Fact sheet: note.txt"


def test_a_letter_that_no_font_has_is_told_and_no_failure(view):
    page = write_sheet(view, ".html", day=DAY).decode()
    assert "shown as “?”: " in page
    assert "ꙮ" not in page


def test_the_word_file_has_the_same_rows_and_repeats_its_head(view):
    document = docx.Document(BytesIO(write_sheet(view, ".docx", day=DAY)))
    contradictions, claims = document.tables
    assert len(claims.rows) == len(view.rows) + 1
    assert [cell.text for cell in claims.rows[0].cells][-2:] == ["Verdict", "Checked"]
    assert claims.rows[0]._tr.trPr.find("{*}tblHeader") is not None
    assert claims.cell(1, 2).text == "The authority employs 460 people."
    assert claims.cell(1, 4).text.startswith("Differs\n")
    assert claims.cell(1, 5).text == ""
    assert len(contradictions.rows) == 2


@pytest.mark.parametrize("ending", [".html", ".pdf", ".docx"])
def test_the_command_writes_the_sheet(tmp_path, ending):
    desk = Desk(tmp_path)
    desk.write(SOURCE, "report.txt")
    note = desk.write("The authority employs 640 people.")
    output = tmp_path / f"sheet{ending}"
    assert main(["factcheck", str(note), "--source", str(desk.source), "-o", str(output)]) == 0
    assert output.read_bytes()[:4] in (b"<!DO", b"%PDF", b"PK\x03\x04")


def test_build_writes_the_fact_sheet_of_a_brief(tmp_path, capsys):
    sheet = tmp_path / "facts.html"
    arguments = ["build", str(INIT), "--output-dir", str(tmp_path), "--fact-sheet", str(sheet)]
    assert main(arguments) == 0
    page = html.fromstring(sheet.read_text(encoding="utf-8"))
    rows = page.xpath("//table[@id='claims']/tbody/tr")
    texts = [" ".join(row.text_content().split()) for row in rows]
    share = next(text for text in texts if "(long-ships)" in text)
    assert "42 percent" in share
    assert "“42 percent of all calls were by ships of more than 220 meters" in share
    assert "memo, p. 1" in share
    assert "Found" in share


def test_build_refuses_a_fact_sheet_of_another_kind(tmp_path, capsys):
    assert main(["build", str(INIT), "--fact-sheet", str(tmp_path / "facts.csv")]) == 2
    assert 'build --fact-sheet cannot write ".csv"' in capsys.readouterr().err
