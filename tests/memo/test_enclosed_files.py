"""Attachments: listed as tabs, linked from the head, and carried inside the PDF."""

import hashlib
import io

import docx
import pikepdf
import pytest

import reportgen
from reportgen import BriefError, load_brief
from reportgen.pdf.reading.pdf_reader import read_pdf
from tests.conftest import INIT

PAPER = b"%PDF-1.7\n% not much of a paper\n"
TABS = """
attachments:
  - {title: The pilots’ survey, file: survey.pdf, description: Depths of last summer}
  - {title: Minutes, url: "https://example.org/minutes"}
"""


@pytest.fixture
def attach(write_brief, tmp_path):
    """Write the small brief with attachments, and a file beside it."""

    def write(text=TABS, name="survey.pdf", data=PAPER):
        (tmp_path / "article.txt").write_bytes((INIT.parent / "article.txt").read_bytes())
        (tmp_path / name).write_bytes(data)
        return write_brief(add=text)

    return write


def words_of(pdf):
    read = read_pdf(pdf, "memo.pdf")
    return " ".join(" ".join(span.text for span in read.spans).split())


@pytest.mark.parametrize("profile", ["info", "meeting"])
def test_tabs_are_listed_and_linked_and_their_files_are_inside(attach, profile):
    more = "objective: To agree who pays.\ntalking_points: [Begin with the season.]\n"
    brief = load_brief(attach(TABS + more))
    pdf = reportgen.render_memo(brief, profile=profile)
    words = words_of(pdf)
    assert "Tab A" in words
    assert "Depths of last summer" in words
    assert hashlib.sha256(PAPER).hexdigest()[:12] in words
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.attachments["survey.pdf"].get_file().read_bytes() == PAPER
        assert "The pilots’ survey" in document.attachments["survey.pdf"].description
        links = [
            str(link.A.get("/URI", link.A.get("/D", "")))
            for page in document.pages
            for link in page.get("/Annots", [])
            if "/A" in link
        ]
    assert "https://example.org/minutes" in links


def test_a_built_memo_with_attachments_audits_clean(attach, tmp_path):
    built = reportgen.build(attach(), tmp_path / "out", word=True)
    assert all(audit.findings == () for audit in built.audits)
    word = docx.Document(io.BytesIO((tmp_path / "out/harbor-memo.docx").read_bytes()))
    assert any("The pilots’ survey" in paragraph.text for paragraph in word.paragraphs)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("other.pdf", PAPER, "survey.pdf"),
        ("survey.pdf", b"MZ\x90\x00", "a Windows program is not attached"),
        ("survey.pdf", b"#!/bin/sh\n", "a script is not attached"),
        ("survey.pdf", b"%PDF-1.7 trailer << /Encrypt 5 0 R >>", "it is an encrypted PDF"),
    ],
)
def test_a_file_that_cannot_be_attached_is_refused_with_its_line(attach, name, data, message):
    path = attach(name=name, data=data)
    with pytest.raises(BriefError, match=message) as caught:
        reportgen.render_memo(load_brief(path))
    assert caught.value.diagnostics[0].where.line
    assert any(finding.rule == "attachment" for finding in reportgen.check(load_brief(path)).findings)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("../secret.pdf", "outside the brief's folder"),
        ("setup.exe", "a program, or a file with macros"),
        ("plan.docm", "a program, or a file with macros"),
        ("sources.json", "another file of the memo is named sources.json"),
    ],
)
def test_a_name_that_cannot_be_attached_is_refused(attach, file, message):
    path = attach(TABS.replace("survey.pdf", file), "sources.json", b"{}")
    with pytest.raises(BriefError, match=message):
        reportgen.render_memo(load_brief(path))


def test_a_huge_file_is_refused(attach, monkeypatch):
    monkeypatch.setattr("reportgen.brief.enclosing.enclosed_files.MAX_BYTES", 10)
    with pytest.raises(BriefError, match=r"survey\.pdf: .* at most"):
        reportgen.render_memo(load_brief(attach()))
