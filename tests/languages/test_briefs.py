"""The Korean and the Arabic brief: checked, made, validated and read back, in their own scripts and directions."""

import io
import re
import zipfile

import pikepdf
import pytest
from openxml_audit import validate_pptx

from reportgen import brand, memo
from reportgen.brand import extras
from reportgen.brief import load_brief
from reportgen.evidence import check
from reportgen.markup.templates import template_folders
from reportgen.system.errors import BriefError
from tests.conftest import ROOT
from tests.documents import Documents, documents_of, read_pdf
from tests.verapdf import RULES, verapdf

__all__ = ["verapdf"]

BRIEFS = ROOT / "tests" / "briefs"
NAMES = ("korean", "arabic")


@pytest.fixture(scope="module")
def made():
    return {name: documents_of(BRIEFS / name / "brief.yaml") for name in NAMES}


def slides_of(documents):
    """Return the XML of all slides."""
    with zipfile.ZipFile(io.BytesIO(documents.deck)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if re.match("ppt/slides/slide", name))


def papers_of(documents):
    return {paper: documents.memo(paper=paper) for paper in ("letter", "a4")}


def tags(pdf: bytes):
    """The structure elements of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield from (each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each)


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_its_quotes_stand_in_its_article_and_unread_text_is_reported(made, name):
    report = check(made[name].brief)
    assert not report.findings
    assert len(report.verified) == len(made[name].brief.quotes) == 11
    assert any(
        "rules that read English words were not applied (" in note and "acronym, " in note for note in report.notes
    )
    assert any("bounds and status were not read" in note for note in report.notes)


@pytest.mark.parametrize(("name", "old", "new"), [("korean", "value: 38.5", "value: 39.5"), ("arabic", "value: 64.5", "value: 46.5")])  # fmt: skip
def test_a_number_that_its_quote_does_not_have_is_found(tmp_path, name, old, new):
    for file in (BRIEFS / name).iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "brief.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert [finding.rule for finding in check(load_brief(path)).findings] == ["fact-value"]


@pytest.mark.parametrize("standard", RULES)
@pytest.mark.parametrize("name", NAMES)
def test_memo_and_handout_pass_both_standards(made, name, standard, verapdf, tmp_path):
    for label, data in {**papers_of(made[name]), "handout": made[name].handout()}.items():
        path = tmp_path / f"{label}.pdf"
        path.write_bytes(data)
        verdict = verapdf.check(path, standard)
        assert verdict, (label, verdict.failures)


@pytest.mark.parametrize("name", NAMES)
def test_memo_and_deck_are_read_back_without_a_finding(made, name):
    for data in (made[name].memo(), made[name].deck):
        assert not made[name].audit(data).findings


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_the_text_in_its_order(made, name):
    brief = made[name].brief
    for paper in papers_of(made[name]).values():
        text = flat(" ".join(span.text for span in read_pdf(paper).spans))
        for field in (brief.bottom_line, *brief.basis, *(topic.title for topic in brief.topics)):
            assert flat(brief.plain(field)) in text


@pytest.mark.parametrize(
    ("name", "families"),
    [
        ("korean", {"NanumMyeongjo", "NanumGothic"}),
        ("arabic", {"Source-Serif-4", "Public-Sans", "Amiri", "IBM-Plex-Sans-Arabic"}),
    ],
)
def test_only_named_faces_are_embedded(made, name, families):
    with pikepdf.open(io.BytesIO(made[name].memo())) as document:
        found = {
            str(each.FontName).partition("+")[2]
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        }
    assert found
    assert {family for family in families if any(each.startswith(family) for each in found)} == families
    assert all(any(each.startswith(family) for family in families) for each in found), found


@pytest.mark.parametrize(
    ("name", "tag", "passage"),
    [("korean", "ko-KR", "The wind was never the problem"), ("arabic", "ar", "non-revenue water")],
)
def test_document_and_passage_are_tagged_with_their_language(made, name, tag, passage):
    pdf = made[name].memo()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == tag
        spoken = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each]
        assert {str(each.Lang) for each in spoken if "/S" in each} == {"en"}
        assert all(str(each.S) == "/Span" for each in spoken if "/S" in each)
    assert passage in " ".join(span.text for span in read_pdf(pdf).spans)


def test_words_in_another_language_say_so_in_pdf_and_slides(write_brief):
    path = write_brief(
        ("The harbor should plan for longer ships", "The [portus]{la} should plan for longer ships"),
        ("survey: {source: author,", "survey: {source: author, language: de,"),
        ("language: en-US", "language: en-US\nnotes: quotes"),
    )
    made = Documents(path)
    tags_found = {str(tag.Lang) for tag in tags(made.memo()) if "/Lang" in tag}
    assert tags_found == {"la", "de"}
    assert {str(tag.Lang) for tag in tags(made.handout()) if "/Lang" in tag} == {"la", "de"}
    with zipfile.ZipFile(io.BytesIO(made.deck)) as parts:
        notes = "".join(parts.read(name).decode() for name in parts.namelist() if "notesSlides/notes" in name)
    assert re.search(r'<a:rPr lang="la"[^>]*/?>.{0,200}?<a:t>portus</a:t>', slides_of(made))
    assert re.search(r'<a:rPr lang="de"[^>]*/?>.{0,200}?<a:t>has asked for a survey first</a:t>', notes)
    assert "[portus]" not in slides_of(made)


def test_arabic_runs_from_right_to_left(made):
    assert any("/ActualText" in tag for tag in tags(made["arabic"].memo()))
    assert not any("/ActualText" in tag for tag in tags(made["korean"].memo()))
    slides = slides_of(made["arabic"])
    paragraphs = re.findall(r"<a:p>(.*?)</a:p>", slides)
    worded = [each for each in paragraphs if re.search(r"<a:t>[^<]*[\u0600-\u06ff]", each)]
    assert worded
    assert all('rtl="1"' in each for each in worded)
    assert slides.count("<a:tblPr ") == slides.count('<a:tblPr rtl="1"')
    assert 'rtl="1"' not in slides_of(made["korean"])


@pytest.mark.parametrize("name", NAMES)
def test_the_deck_is_valid(made, name, tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(made[name].deck)
    found = validate_pptx(str(path))
    assert found.is_valid, [(error.part_uri, error.description) for error in found.errors]


def test_a_script_without_a_face_is_an_error_with_its_place_and_its_extra(write_brief, monkeypatch):
    path = write_brief(("basis:\n", "basis:\n  - Written for العربية alone.\n"))
    monkeypatch.setattr(extras, "PACKAGES", {})
    with pytest.raises(BriefError) as caught:
        memo.render_memo(load_brief(path), brand.load(path.parent), template_folders(path.parent))
    (found,) = caught.value.diagnostics
    assert found.message.startswith('no font of this document has the character "ا" (U+0627 ARABIC LETTER ALEF)')
    assert 'pip install "reportgen[arabic]"' in (found.hint or "")
    assert found.where
    assert (
        path.read_text(encoding="utf-8").splitlines()[(found.where.line or 0) - 1] == "  - Written for العربية alone."
    )
