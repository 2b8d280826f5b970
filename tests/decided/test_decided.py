"""Returned forms: what is read from them, what is refused, and the record."""

import io
import json

import pikepdf
import pytest

import reportgen
from reportgen.brief import load_brief
from reportgen.cli import main
from reportgen.decided import read_decision, render_record
from reportgen.system.errors import EvidenceError, FileError
from tests.conftest import BUNDLED, ROOT
from tests.documents import documents_of
from tests.memo.conftest import words_of
from tests.verapdf import verapdf

__all__ = ["verapdf"]

KOREAN = ROOT / "tests" / "briefs" / "korean" / "brief.yaml"
FILLED = {
    "recommendation-1": (0,), "recommendation-2": (1,), "recommendation-3": (2,), "recommendation-4": (3,),
    "recommendation-1-initials": "JS", "recommendation-1-date": "January 21", "comments": "2: officials first",
    "signature": "J. Smith", "signed-date": "January 22, 2021",
}  # fmt: skip


def filled(form, marks, change=None):
    """Return a form with boxes ticked (their numbers) and text fields filled in, as a viewer saves it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(form)) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        for name, value in marks.items():
            if isinstance(value, str):
                fields[name].V = pikepdf.String(value)
                continue
            for number in value:
                fields[name].V = pikepdf.Name(f"/{number}")
                fields[name].Kids[number].AS = pikepdf.Name(f"/{number}")
        if change:
            change(pdf)
        pdf.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def action():
    return documents_of(BUNDLED).memo("action")


@pytest.fixture(scope="module")
def decision():
    return documents_of(BUNDLED).memo("decision")


def test_each_tick_is_read_with_its_initials_and_date(decision):
    read = read_decision(filled(decision, FILLED | {"decision": (0,)}), "form.pdf", documents_of(BUNDLED).brief)
    assert [each.decision for each in read.recommendations] == [
        "approved", "approved as amended", "disapproved", "to be discussed", *["not marked"] * 3,
    ]  # fmt: skip
    first, *_ = read.recommendations
    assert (first.initials, first.date, first.item.lead) == ("JS", "January 21", ("State", "Defense"))
    assert (read.option, read.option_title) == (1, "Settle early on a multiyear SMA, at a modest rise")
    assert (read.comments, read.signature, read.signed) == ("2: officials first", "J. Smith", "January 22, 2021")
    assert [each.message for each in read.warnings] == [
        f"recommendation {number} has no mark: it is not decided" for number in (5, 6, 7)
    ]


@pytest.mark.parametrize(("tick", "option"), [(1, 2), (2, "none of these"), (3, "to be discussed")])
def test_every_option_of_the_ballot_can_be_chosen(decision, tick, option):
    assert read_decision(filled(decision, {"decision": (tick,)}), "form.pdf").option == option


def test_what_was_written_beside_the_text_is_read(action):
    def annotate(pdf):
        remark = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.FreeText, "/Rect": [10, 10, 90, 30],
                  "/Contents": pikepdf.String("After the summit"), "/T": pikepdf.String("J. Smith")}  # fmt: skip
        pdf.pages[0].Annots.append(pdf.make_indirect(pikepdf.Dictionary(remark)))

    (remark,) = read_decision(filled(action, FILLED, annotate), "form.pdf").beside
    assert (remark.page, remark.words, remark.author) == (1, "After the summit", "J. Smith")


def flatten(pdf):
    del pdf.Root.AcroForm
    for page in pdf.pages:
        page.Annots = pikepdf.Array([each for each in page.get("/Annots", []) if each.Subtype != "/Widget"])


def drop_files(pdf):
    del pdf.Root.AF
    del pdf.Root.Names.EmbeddedFiles


@pytest.mark.parametrize(
    ("marks", "change", "message"),
    [
        ({}, None, "no box of the form is ticked"),
        (FILLED, flatten, "the form was flattened"),
        (FILLED, drop_files, "lost the file that says what its boxes stand for"),
    ],
)
def test_a_form_without_ticks_is_refused(action, marks, change, message):
    with pytest.raises(FileError, match=message) as caught:
        read_decision(filled(action, marks, change), "form.pdf")
    assert caught.value.diagnostics[0].hint


def test_two_ticks_in_one_group_are_refused_by_name(decision):
    form = filled(decision, {"decision": (0, 2), "recommendation-2": (0, 2)})
    with pytest.raises(EvidenceError) as caught:
        read_decision(form, "form.pdf")
    assert {each.message for each in caught.value.diagnostics} == {
        "the choice of an option is ticked 2 times: “option 1” and “none of these”",
        "recommendation 2 is ticked 2 times: “approved” and “disapproved”",
    }


def test_the_form_of_another_memo_is_refused(action):
    with pytest.raises(EvidenceError, match=r"another memo's: .*us-korea-2020.*; the brief is “새 단지보다"):
        read_decision(filled(action, FILLED), "form.pdf", load_brief(KOREAN))


def test_an_edited_brief_is_refused_with_the_lines_that_changed(action, tmp_path):
    path = tmp_path / "brief.yaml"
    path.write_text(BUNDLED.read_text().replace("with Seoul, at a modest rise.", "with Seoul, at any rise."))
    with pytest.raises(EvidenceError) as caught:
        read_decision(filled(action, FILLED), "form.pdf", load_brief(path))
    (found,) = caught.value.diagnostics
    assert found.message.startswith("the brief has changed since the form was made: recommendations[0].act was “That")
    assert "at any rise" in path.read_text().splitlines()[found.where.line - 1]


def test_other_files_are_refused(tmp_path, capsys):
    assert main(["decided", str(ROOT / "README.md")]) == 7
    assert "not a PDF" in capsys.readouterr().err
    path = tmp_path / "info.pdf"
    path.write_bytes(documents_of(BUNDLED).memo("info"))
    assert main(["decided", str(path)]) == 7
    assert "has no boxes to read" in capsys.readouterr().err


def test_an_encrypted_form_is_refused(action, tmp_path, capsys):
    path = tmp_path / "form.pdf"
    with pikepdf.open(io.BytesIO(action)) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert main(["decided", str(path)]) == 7
    assert "an encrypted PDF" in capsys.readouterr().err


def test_the_record_says_what_was_decided_and_who_acts(decision, verapdf, tmp_path):
    read = read_decision(filled(decision, FILLED | {"decision": (0,)}), "form.pdf")
    record = render_record(read)
    assert record == render_record(read)
    path = tmp_path / "record.pdf"
    path.write_bytes(record)
    for standard in ("PDF/A-3a", "PDF/UA-1"):
        assert verapdf.check(path, standard).failures == ()
    words = words_of(record)
    for text in ("DECISION RECORD", "J. Smith", "January 22, 2021", "1. Settle early", "Approve as amended", "Not marked",
                 "officials first", "JS, January 21", "Apr 30, 2021", read.sha256):  # fmt: skip
        assert text in words
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1


def test_the_command_lists_the_decision_and_writes_the_record(action, tmp_path, capsys):
    path, record = tmp_path / "form.pdf", tmp_path / "record.pdf"
    path.write_bytes(filled(action, FILLED))
    assert main(["decided", str(path), str(BUNDLED), "--format", "json", "-o", str(record)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["recommendations"][0] == {
        "number": 1, "act": "That you authorize State and Defense to settle a multiyear SMA with Seoul, at a modest rise.",
        "decision": "approved", "initials": "JS", "date": "January 21", "lead": ["State", "Defense"],
        "deadline": "2021-04-30", "deadline_note": "day 100",
    }  # fmt: skip
    assert record.read_bytes().startswith(b"%PDF")
    assert main(["decided", str(path)]) == 0
    assert "1. approved (JS, January 21): That you authorize State and Defense" in capsys.readouterr().out


def test_the_python_api_reads_a_form_and_sets_its_record(decision, tmp_path):
    path = tmp_path / "form.pdf"
    path.write_bytes(filled(decision, FILLED | {"decision": (0,)}))
    read = reportgen.read_decision(path, documents_of(BUNDLED).brief)
    assert read.option == 1
    assert reportgen.render_record(read, brief=documents_of(BUNDLED).brief).startswith(b"%PDF")
    with pytest.raises(TypeError, match="which read_decision returns"):
        reportgen.render_record({"option": 1})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="paper"):
        reportgen.render_record(read, paper="a3")  # type: ignore[arg-type]
