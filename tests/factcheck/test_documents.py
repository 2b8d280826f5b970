"""Documents of each kind are read with their places; what cannot be read is refused with its reason."""

import json
import zipfile
from io import BytesIO

import docx
import pikepdf
import pptx
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from reportgen.cli import main
from reportgen.factcheck import check_facts
from reportgen.system.errors import ExitCode, FileError
from reportgen.system.progress import Progress, listening

RIGHT, WRONG = "The authority employs 640 people.", "The authority employs 460 people."


def places(sheet):
    return {each.claim.words: str(each.claim.place) for each in sheet.claims}


def test_a_word_file_with_headings_nested_tables_and_text_boxes(desk):
    document = docx.Document()
    document.add_heading("The port handled 8.24 million tons", 1)
    document.add_paragraph("Bulk cargo fell by 3.1 percent.")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Year", "Cargo (million tons)"
    table.cell(1, 0).text = "2019"
    table.cell(1, 1).add_table(rows=1, cols=1).cell(0, 0).text = "7.6 million tons"
    box = document.add_paragraph()._p
    for tag in ("w:r", "w:pict", "w:txbxContent", "w:p", "w:r", "w:t"):
        child = OxmlElement(tag)
        box.append(child)
        box = child
    box.text = "The breakwater cost $46.5 million to repair."
    document.save(desk.folder / "note.docx")
    sheet = check_facts(desk.folder / "note.docx", [desk.source])
    assert places(sheet)["8.24 million tons"] == "heading"
    assert places(sheet)["3.1 percent"] == "¶1"
    assert "row" in places(sheet)["7.6 million tons"]
    assert "$46.5 million" in places(sheet)
    assert sheet.passed


def test_a_deck_with_table_chart_and_notes(desk):
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Container traffic rose by 5.2 percent"
    slide.shapes.add_textbox(0, 0, 9144000, 914400).text_frame.text = RIGHT
    table = slide.shapes.add_table(2, 2, 0, 914400, 4572000, 914400).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Cost", "Repairs to the outer breakwater"
    table.cell(1, 0).text, table.cell(1, 1).text = "Total", "$46.5 million"
    data = CategoryChartData()
    data.categories = ["2019", "2021"]
    data.add_series("Cargo handled by the port (million tons)", (7.6, 8.4))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(1), Inches(4), Inches(3), data)
    slide.notes_slide.notes_text_frame.text = WRONG
    deck.save(desk.folder / "deck.pptx")
    sheet = check_facts(desk.folder / "deck.pptx", [desk.source])
    found = places(sheet)
    assert found["5.2 percent"] == "slide 1, title"
    assert found["640"] == "slide 1"
    assert found["$46.5 million"] == "slide 1, table, row 2"
    assert found["8.4"] == "slide 1, chart"
    assert found["460"] == "slide 1, notes"
    wrong = {each.claim.words for each in sheet.claims if each.verdict == "differs"}
    assert "460" in wrong
    assert "640" not in wrong


def test_a_page_of_html_and_a_markdown_text(desk):
    page = f"<!doctype html><html><body><h1>Ports</h1><p>{WRONG}</p><script>var x = 8.24;</script></body></html>"
    assert [each.verdict for each in desk.check(page, "note.html").claims] == ["differs"]
    sheet = desk.check(f"# Staff\n\n- {RIGHT}\n- {WRONG}\n", "note.md")
    assert [each.verdict for each in sheet.claims] == ["found", "differs"]


def test_a_data_file_is_a_source_with_its_cells(desk):
    path = desk.folder / "traffic.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Cargo")
        for row, values in enumerate((("Port", "Cargo (million tons)"), ("Northport", 5.31), ("Southport", 2.77))):
            sheet.write_row(row, 0, values)
    note = desk.write("Northport handled 5.31 million tons of cargo, and Southport 2.97 million tons of cargo.")
    first, second = check_facts(note, [path]).claims
    assert (first.verdict, str(first.evidence.place)) == ("found", "Cargo!B2")
    assert (second.verdict, str(second.evidence.place)) == ("differs", "Cargo!B3")


def test_several_sources_are_searched_and_named(desk):
    other = desk.write("The ferry company carried 310,000 passengers in 2021.", "ferries.txt")
    note = desk.write(f"{RIGHT} The ferry company carried 310,000 passengers in 2021.")
    sheet = check_facts(note, [desk.source, other])
    assert [each.evidence.source for each in sheet.claims[:2]] == [str(desk.source), str(other)]


def test_work_on_a_long_document_reports_its_progress(desk):
    messages: list[Progress] = []
    with listening(messages.append):
        desk.check("\n\n".join([RIGHT] * 120))
    counted = [each for each in messages if each.total == 120]
    assert [each.done for each in counted[:3]] == [0, 25, 50]


# Files that cannot be checked


def write_bytes(desk, name, data):
    path = desk.folder / name
    path.write_bytes(data)
    return path


def write_scan(desk):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def write_archive():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("letter.txt", "no document")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("locked.docx", lambda desk: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted Word file"),
        ("locked.pptx", lambda desk: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
        ("scan.pdf", write_scan, "text"),
        ("picture.png", lambda desk: b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "a PNG picture"),
        ("empty.txt", lambda desk: b" \n", "the file is empty"),
        ("latin.txt", lambda desk: "It cost 5 francs in the café.".encode("latin-1"), "is not UTF-8"),
        ("other.docx", lambda desk: write_archive(), "not a Word file"),
        ("broken.docx", lambda desk: b"PK\x03\x04 no archive", "damaged"),
        ("missing.docx", None, "there is no such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_name(desk, name, make, words):
    path = write_bytes(desk, name, make(desk)) if make else desk.folder / name
    note = desk.write(RIGHT)
    for document, source in ((path, desk.source), (note, path)):
        with pytest.raises(FileError) as raised:
            check_facts(document, [source])
        assert words in str(raised.value)
        assert name in str(raised.value)


# The command


def test_the_command_prints_what_is_to_be_looked_at(desk, capsys):
    note = desk.write(f"{WRONG}\n\nContainer traffic rose by 5.2 percent.\n\nThe mayor owns 17 boats.")
    assert main(["factcheck", str(note), "--source", str(desk.source)]) == ExitCode.EVIDENCE
    printed = capsys.readouterr().out
    assert f"{note}, ¶1: differs: “460”\n  value: “460”; the source has “640”" in printed
    assert "3 claims: 1 differs, 1 not found, 1 found" in printed
    assert "5.2 percent" not in printed


def test_what_is_not_found_alone_is_no_failure(desk, capsys):
    note = desk.write("The mayor owns 17 boats.")
    assert main(["factcheck", str(note), "--source", str(desk.source)]) == ExitCode.OK
    assert "not found: “17”" in capsys.readouterr().out


def test_the_command_prints_json(desk, capsys):
    note = desk.write(WRONG)
    assert main(["factcheck", str(note), "--source", str(desk.source), "--format", "json"]) == ExitCode.EVIDENCE
    printed = json.loads(capsys.readouterr().out)
    (claim,) = printed["claims"]
    assert (claim["words"], claim["verdict"], claim["place"]["words"]) == ("460", "differs", "¶1")
    assert claim["differences"] == [{"aspect": "value", "document": "“460”", "source": "“640”"}]
    assert claim["evidence"]["place"]["part"] == "¶3"
    assert printed["counts"]["differs"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{note}", "--source", "{note}"], "is the document itself"),
        (["{note}", "--source", "{source}", "-o", "sheet.txt"], 'factcheck cannot write ".txt"'),
        (["{note}", "--source", "{source}", "-o", "{source}"], "would overwrite the source"),
    ],
)
def test_a_wrong_use_is_refused(desk, capsys, arguments, words):
    note = desk.write(RIGHT)
    filled = [each.format(note=note, source=desk.source) for each in arguments]
    assert main(["factcheck", *filled]) == ExitCode.USAGE
    assert words in capsys.readouterr().err


def test_a_document_without_numbers_has_nothing_to_check(desk, capsys):
    note = desk.write("The harbor is calm, and nobody counts the ships.")
    assert main(["factcheck", str(note), "--source", str(desk.source)]) == ExitCode.OK
    assert "no numbers and no quotations" in capsys.readouterr().out
