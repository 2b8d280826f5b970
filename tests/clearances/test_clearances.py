"""Status and clearances: stamped where they are true, tied to words, and left out of the principal's copy."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pptx
import pytest
import yaml

import reportgen
from reportgen import BriefError, UsageError, load_brief
from reportgen.clearances.clearance_record import record_clearance
from reportgen.clearances.clearance_review import review_offices
from reportgen.cli import main
from reportgen.pdf.reading.pdf_reader import read_pdf
from tests.conftest import INIT

ON = date(2026, 2, 9)
OFFICES = ("language: en-US", "language: en-US\nstatus: draft 3\nclearance: [Finance, Legal] # both, by Friday")
ACT = "title: Commission the survey\n"
STAMP = "FOR CLEARANCE (DRAFT 3), February 9, 2026, 18:40 EST"


@pytest.fixture
def cleared(write_brief):
    """Write the small brief with the answers of both offices."""

    def write(*answers: tuple[str, str]) -> Path:
        path = write_brief(OFFICES)
        for office, answer in answers or (("Finance", "ok"), ("Legal", "ok")):
            path.write_bytes(record_clearance(load_brief(path), office, answer, on=ON, name="R. Ortiz"))
        return path

    return write


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def find(path: Path) -> list[str]:
    (path.parent / "article.txt").write_bytes((INIT.parent / "article.txt").read_bytes())
    return [
        finding.message
        for finding in reportgen.check(load_brief(path)).findings
        if finding.rule in ("clearance", "status")
    ]


def read_pages(data: bytes) -> list[str]:
    pdf = read_pdf(data, "memo.pdf")
    return [
        " ".join(" ".join(span.text for span in pdf.spans if span.page == page + 1).split())
        for page in range(pdf.pages)
    ]


def read_words(data: bytes) -> str:
    return " ".join(read_pages(data))


# The status


def test_the_status_stands_on_every_page_slide_note_and_in_the_properties(write_brief):
    at = "status: {state: for clearance, number: 3, at: 2026-02-09 18:40 EST}\nclearance: [Finance]"
    brief = load_brief(write_brief(("language: en-US", f"language: en-US\n{at}")))
    assert all(STAMP in page for page in read_pages(reportgen.render_memo(brief)))
    deck = pptx.Presentation(BytesIO(reportgen.render_deck(brief)))
    for slide in deck.slides:
        for shapes in (slide.shapes, slide.notes_slide.shapes):
            assert any(STAMP in " ".join(shape.text_frame.text.split()) for shape in shapes if shape.has_text_frame)
    assert " ".join(deck.core_properties.content_status.split()) == STAMP
    word = docx.Document(BytesIO(reportgen.render_word(brief)))
    assert " ".join(word.core_properties.content_status.split()) == STAMP


@pytest.mark.parametrize(
    ("status", "message"),
    [
        ("final", "the clearance of Finance is open: no answer yet"),
        ("cleared", "the clearance of Legal is open: no answer yet"),
    ],
)
def test_a_status_that_is_not_true_is_refused_by_every_document(write_brief, status, message):
    path = write_brief((OFFICES[0], OFFICES[1].replace("draft 3", status)))
    assert any(message in found for found in find(path))
    for render in (reportgen.render_memo, reportgen.render_word, reportgen.render_deck, reportgen.render_handout):
        with pytest.raises(BriefError, match=message):
            render(load_brief(path))


def test_a_final_paper_has_no_gap(cleared):
    path = cleared()
    edit(path, "status: draft 3", "status: final")
    assert find(path) == []
    edit(path, "to: Harbor commission", 'to: "TODO: who reads it"')
    assert any("the status is “final”, and to is a gap" in found for found in find(path))


@pytest.mark.parametrize("status", ["draft 0", "approved", "{state: final, number: 2}", "{state: draft, at: tomorrow}"])
def test_a_status_that_is_none_is_refused_with_its_line(write_brief, status):
    with pytest.raises(BriefError) as caught:
        load_brief(write_brief(("language: en-US", f"language: en-US\nstatus: {status}")))
    assert caught.value.diagnostics[0].where.line == 12
    assert caught.value.diagnostics[0].message.startswith("status")


# Clearances


def test_an_answer_changes_nothing_else_in_the_file(write_brief):
    path = write_brief(OFFICES)
    before = path.read_text(encoding="utf-8").splitlines()
    after = record_clearance(load_brief(path), "finance", "ok", on=ON).decode().splitlines()
    kept = iter(after)
    assert all(any(line == other for other in kept) for line in before)
    assert len(after) - len(before) == 4


def test_what_changed_since_is_named_part_by_part(cleared):
    path = cleared()
    assert find(path) == []
    edit(path, ACT, "title: Commission the survey at once\n")
    edit(path, "The cooperative fears for its spawning grounds", "The cooperative fears for its grounds")
    assert find(path) == [
        f"{office}: cleared draft 3; point 1 of finding 2 and recommendation 1 changed since"
        for office in ("Finance", "Legal")
    ]
    assert "recommendation 1 changed since" in read_words(reportgen.render_memo(load_brief(path)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2026-02-10", "date: 2026-02-11"),
        ("to: Harbor commission", "to: The harbor commission"),
        ("[@share]\n    exhibits", "[@share; @share]\n    exhibits"),
        ("# The argument.", "# Our argument."),
    ],
)
def test_the_head_citations_and_comments_are_not_cleared(cleared, old, new):
    path = cleared()
    edit(path, old, new)
    assert find(path) == []


def test_a_new_value_of_a_fact_is_a_change(cleared):
    path = cleared()
    edit(path, "fees: {value: 9,", "fees: {value: 8,")
    assert any("bottom line changed since" in found for found in find(path))


def test_information_and_no_reply_clear_no_words(cleared):
    path = cleared(("Finance", "information"), ("Legal", "no reply"))
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["clearances"]
    assert all("words" not in entry for entry in entries)
    edit(path, ACT, "title: Commission the survey at once\n")
    assert find(path) == []


def test_an_answer_typed_by_hand_is_tied_to_no_words(write_brief):
    path = write_brief((OFFICES[0], f"{OFFICES[1]}\nclearances: [{{office: Finance, answer: ok, date: 2026-02-09}}]"))
    assert any(found.startswith("Finance:") for found in find(path))
    assert review_offices(load_brief(path))[0].standing == "untied"


def test_an_office_that_is_not_listed_is_refused(write_brief, capsys):
    path = write_brief(OFFICES)
    before = path.read_bytes()
    assert main(["clear", "Finanse", str(path)]) == 2
    error = capsys.readouterr().err
    assert '"Finanse" does not clear this brief' in error
    assert 'did you mean "Finance"?' in error
    assert path.read_bytes() == before
    with pytest.raises(UsageError, match='there is no answer "yes"'):
        record_clearance(load_brief(path), "Finance", "yes", on=ON)


def test_the_brief_may_stand_behind_the_options(write_brief, capsys):
    path = write_brief(OFFICES)
    assert main(["clear", "Legal", "--name", "R. Ortiz", "--date", "2026-02-09", str(path)]) == 0
    assert capsys.readouterr().out == "Legal: ok, cleared draft 3 (R. Ortiz, 2026-02-09)\n"
    with pytest.raises(SystemExit):
        main(["clear", "Legal", "--quiet", str(path), "more"])


# The last page


def test_the_principals_copy_is_without_the_last_page(cleared, write_brief):
    path = cleared()
    edit(path, "status: draft 3", "status: draft 3\ndrafted_by: [K. Lind, ext. 412]\napproved_by: Harbor master")
    brief = load_brief(path)
    whole, copy = (read_words(reportgen.render_memo(brief, copy=name)) for name in (None, "principal"))
    for words in ("K. Lind", "Harbor master", "R. Ortiz", "Cleared by".upper()):
        assert words in whole or words.title() in whole
    assert "R. Ortiz" not in copy
    assert "K. Lind" not in copy
    texts = [
        "\n".join(
            cell.text
            for table in docx.Document(BytesIO(reportgen.render_word(brief, copy=name))).tables
            for row in table.rows
            for cell in row.cells
        )
        for name in (None, "principal")
    ]
    assert "R. Ortiz" in texts[0]
    assert "R. Ortiz" not in texts[1]
