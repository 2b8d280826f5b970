"""Gaps: `check` reports each once, no document is made while one is left, and a draft prints them with DRAFT on every page."""

import io
import json

import docx
import pptx
import pytest

import reportgen
from reportgen.brief import load_brief
from reportgen.brief.open_gaps import is_gap, list_gaps
from reportgen.cli import main
from reportgen.pdf.reading.pdf_reader import read_pdf
from tests.conftest import BUNDLED, ROOT

TITLE = "TODO: what the 3 XQZ reports show"
GAPS = (
    ("to: Harbor commission", 'to: "TODO: who reads it"'),
    ("title: The fishing cooperative wants a survey first", f'title: "{TITLE}"'),
    (
        "    title: Long ships are ${long-ships} of all calls\n    subtitle",
        '    title: "TODO: the finding"\n    subtitle',
    ),
    ("notes: Say that the pilots expect", 'notes: "TODO: what to say"\n    # notes: Say that the pilots expect'),
)
KEYS = ["to", "topics[1].title", "exhibits.calls.title", "exhibits.calls.notes"]


def find_lines(path) -> list[int]:
    return [number for number, line in enumerate(path.read_text().splitlines(), 1) if "TODO" in line]


@pytest.fixture
def draft(write_brief):
    path = write_brief(*GAPS)
    article = ROOT / "templates" / "init" / "article.txt"
    (path.parent / "article.txt").write_bytes(article.read_bytes())
    return path


def test_a_gap_is_a_text_that_says_that_it_is_to_be_written():
    assert all(map(is_gap, ("TODO: x", "TODO", " TODO ", "Settle first. TODO: by when?")))
    assert not any(map(is_gap, ("A TODO list", "todo: x", "METODO: x", "", 3, None)))


def test_check_reports_each_gap_once_with_its_line_and_nothing_else(draft, capsys):
    assert main(["check", str(draft), "--format", "json"]) == 4
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["rule"] for finding in findings} == {"gap"}
    assert [finding["message"].split()[0] for finding in findings] == KEYS
    assert [finding["line"] for finding in findings] == find_lines(draft)


def test_words_of_a_source_are_no_gap(tmp_path):
    text = (
        BUNDLED.read_text()
        .replace("“a new path", "“TODO: a new path")
        .replace('text: "a new path', 'text: "TODO: a new path')
    )
    (tmp_path / "brief.yaml").write_text(text)
    gaps = list_gaps(load_brief(tmp_path / "brief.yaml").document)
    assert gaps
    assert not [gap for gap in gaps if gap.path[0] == "quotes"]


@pytest.mark.parametrize("command", [["build"], ["build", "--no-check"], ["memo"], ["deck"]])
def test_no_document_is_made_while_a_gap_is_left(draft, command, capsys, monkeypatch):
    monkeypatch.chdir(draft.parent)
    assert main([*command, "brief.yaml"]) == 3
    printed = capsys.readouterr().err
    assert all(f"brief.yaml:{line}:" in printed for line in find_lines(draft))
    assert "--draft" in printed
    assert not (draft.parent / "build").exists()


def test_the_library_refuses_gaps_unless_it_loads_a_draft(draft):
    with pytest.raises(reportgen.BriefError, match="topics\\[1\\].title is a gap"):
        reportgen.render_deck(reportgen.load_brief(draft))
    assert reportgen.render_deck(reportgen.load_brief(draft, draft=True))


def test_a_draft_prints_its_gaps_and_says_draft_on_every_page_and_slide(draft, capsys, monkeypatch):
    monkeypatch.chdir(draft.parent)
    assert main(["build", "--draft", "--word", "brief.yaml"]) == 0
    assert capsys.readouterr().err.count("warning: ") == len(KEYS)
    pdf = read_pdf((draft.parent / "build/harbor-memo.pdf").read_bytes(), "memo")
    memo = [" ".join(span.text for span in pdf.spans if span.page == page + 1) for page in range(pdf.pages)]
    assert all("DRAFT" in page for page in memo)
    assert "TODO: who reads it" in memo[0]
    assert all(words in " ".join(" ".join(memo).split()) for words in (TITLE, "TODO: the finding"))
    deck = pptx.Presentation(io.BytesIO((draft.parent / "build/harbor-deck.pptx").read_bytes()))
    slides = [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in deck.slides
    ]
    assert all("DRAFT" in slide for slide in slides)
    assert any(TITLE in slide for slide in slides)
    assert any("TODO: what to say" in slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    runs = [
        run
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if "TODO:" in run.text and "XQZ" in run.text
    ]
    assert all(run.font.bold for run in runs)
    files = ["build/harbor-memo.pdf", "build/harbor-deck.pptx", "build/harbor-memo.docx"]
    assert main(["audit", "brief.yaml", *files]) == 0
    printed = capsys.readouterr()
    assert (printed.out + printed.err).count(", a draft: ") == 3


def test_a_brief_without_gaps_needs_no_draft_and_says_draft_when_asked(write_brief):
    brief = reportgen.load_brief(write_brief(), draft=True)
    assert brief.marks.lines == ("DRAFT",)
    assert reportgen.load_brief(write_brief()).marks.lines == ()


def test_an_exhibit_without_a_title_may_yet_say_what_its_numbers_need(write_brief):
    quote = ("{source: author, paragraph: 1, text", "{source: author, text")
    forecast = ("long-ships: {value: 42,", "long-ships: {value: 42, status: forecast,")
    title = (
        "    title: Long ships are ${long-ships} of all calls\n    subtitle",
        '    title: "TODO: the finding"\n    subtitle',
    )
    words = 'draws the fact "long-ships", which is forecast'
    whole = reportgen.check(reportgen.load_brief(write_brief(quote, forecast)))
    assert any(words in finding.message for finding in whole.findings)
    gap = reportgen.check(reportgen.load_brief(write_brief(quote, forecast, title)))
    assert not any(words in finding.message for finding in gap.findings)


def test_names_and_dates_are_marked_where_they_are_missing_in_each_document(draft, monkeypatch):
    monkeypatch.chdir(draft.parent)
    date_line = next(line for line in draft.read_text().splitlines() if line.startswith("date:"))
    draft.write_text(draft.read_text().replace(date_line, 'date: "TODO: on what day"'))
    assert main(["memo", "--draft", "brief.yaml", "-o", "memo.docx"]) == 0
    document = docx.Document("memo.docx")
    runs = [run for table in document.tables for cell in table._cells for line in cell.paragraphs for run in line.runs]
    marked = {run.text.strip() for run in runs if run.bold and "TODO" in run.text}
    assert {"TODO: who reads it", "TODO: on what day"} <= marked
    assert main(["deck", "--draft", "brief.yaml", "--handout", "handout.pdf"]) == 0
    handout = read_pdf((draft.parent / "handout.pdf").read_bytes(), "handout")
    assert all(
        any("DRAFT" in span.text for span in handout.spans if span.page == page + 1) for page in range(handout.pages)
    )
    assert "TODO: what to say" in " ".join(" ".join(span.text for span in handout.spans).split())


def test_a_draft_without_gaps_passes_its_audit_too(write_brief):
    brief = write_brief()
    data = reportgen.render_deck(reportgen.load_brief(brief, draft=True))
    report = reportgen.audit_file(reportgen.load_brief(brief), "deck.pptx", data=data)
    assert (report.is_draft, report.findings) == (True, ())
    final = reportgen.render_deck(reportgen.load_brief(brief))
    assert not reportgen.audit_file(reportgen.load_brief(brief), "deck.pptx", data=final).is_draft


def test_no_draft_is_distributed(draft, capsys, monkeypatch):
    monkeypatch.chdir(draft.parent)
    (draft.parent / "people.csv").write_text("name,documents\nA. Reader,memo\n")
    assert main(["distribute", "brief.yaml", "--to", "people.csv", "--output-dir", "out"]) == 3
    printed = capsys.readouterr().err
    assert printed.count("is a gap") == len(KEYS)
    assert "no draft is distributed" in printed


def test_a_draft_may_be_longer_than_its_budget(write_brief):
    long = "      - " + "Many words stand here, and none of them has a number. " * 90 + "\n"
    path = write_brief(("slug: harbor", "slug: harbor\nslides: 1\npages: 1"), ("    points:\n", f"    points:\n{long}"))
    for render in (reportgen.render_memo, reportgen.render_deck):
        with pytest.raises(reportgen.FitError):
            render(reportgen.load_brief(path))
    assert reportgen.render_memo(reportgen.load_brief(path, draft=True))


def test_what_a_colleague_writes_in_the_place_of_a_gap_is_an_edit_of_the_brief(draft, capsys, monkeypatch):
    monkeypatch.chdir(draft.parent)
    draft.write_text(draft.read_text().replace(TITLE, "TODO: what (now?) the *reports* say of ${nothing}"))
    assert main(["memo", "--draft", "brief.yaml", "-o", "memo.docx"]) == 0
    assert main(["edits", "brief.yaml", "memo.docx"]) == 0
    assert "0 edits" in capsys.readouterr().out
    document = docx.Document("memo.docx")
    gap = next(run for line in document.paragraphs for run in line.runs if "TODO: what (now?)" in run.text)
    gap.text = "The pilots wait for a survey"
    document.save("memo.docx")
    assert main(["edits", "brief.yaml", "memo.docx", "--apply", "--all-clean"]) == 0
    assert 'title: "The pilots wait for a survey"' in draft.read_text()
