"""A marked brief's files: the same words on every page, slide and notes page and in every file's properties."""

import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pptx
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from reportgen import brand as brands, deck as decks, handout
from reportgen.audit import audit
from reportgen.audit.word_stream import plain_words
from reportgen.brief import load_brief
from reportgen.deck.lint import lint_deck
from reportgen.markup.templates import template_folders
from reportgen.pdf.reading.pdf_reader import read_pdf
from reportgen.pdf.typesetting import typeset
from reportgen.pipeline.kinds import KINDS, Options
from reportgen.system.errors import FitError
from tests.documents import workers
from tests.verapdf import verapdf

__all__ = ["verapdf"]

FULL = """
marking:
  banner: CUI//SP-PRVCY
  designation: {controlled_by: [Department of X, Office Y], categories: PRVCY, contact: "desk@example.gov, 202-555-0100"}
  distribution: {statement: B, reason: Critical Technology, date: 2020-12-01, office: Office Y, export_controlled: true}
  embargoed_until: 2031-01-20 06:00 EST
"""
LINES = ("CUI//SP-PRVCY", "EMBARGOED UNTIL January 20, 2031, 6:00 a.m. EST")


class Files:
    """A brief's memo, deck and handout, rendered."""

    def __init__(self, path: Path, paper: str = "letter") -> None:
        self.brief = load_brief(path)
        brand, folders = brands.load(path.parent), template_folders(path.parent)
        self.stages = decks.render_stages(self.brief, brand, folders)
        self.memo = KINDS["memo"].start(self.brief, Options(paper=paper), workers()).result()
        plan = handout.plan_handout(self.stages.compiled, self.brief, brand, folders, paper)
        self.handout = typeset(plan, self.brief, workers()).result()
        self.deck = self.stages.data


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    from tests.conftest import INIT

    path = tmp_path_factory.mktemp("marked") / "brief.yaml"
    path.write_text(INIT.read_text(encoding="utf-8") + FULL, encoding="utf-8")
    return Files(path)


def count_words(text: str, words: str) -> int:
    """Count how often a text has these words."""
    return f" {' '.join(plain_words(text))} ".count(f" {' '.join(plain_words(words))} ")


@pytest.mark.parametrize("kind", ["memo", "handout"])
def test_each_page_has_the_banner_at_top_and_bottom(marked, kind):
    found = read_pdf(getattr(marked, kind), kind)
    for page in range(1, found.pages + 1):
        for line in LINES:
            heights = [span.box[1] for span in found.spans if span.page == page and count_words(span.text, line)]
            assert min(heights) < found.size[1] * 0.1
            assert max(heights) > found.size[1] * 0.9


@pytest.mark.parametrize("kind", ["memo", "handout"])
def test_the_designation_block_is_read_first_and_stands_at_the_first_pages_lower_right(marked, kind):
    found = read_pdf(getattr(marked, kind), kind)
    assert found.spans[0].text == "Controlled by: Department of X"
    block = next(span for span in found.spans if span.text.startswith("POC:"))
    statement = next(span for span in found.spans if span.text.startswith("DISTRIBUTION STATEMENT B."))
    assert block.page == statement.page == 1
    assert block.box[0] > found.size[0] / 2
    assert statement.box[3] <= block.box[1] < found.size[1] / 2
    others = [span for span in found.spans if span.page == 1 and span.role not in ("Artifact", "Figure")]
    covered = [each for each in others if each.box[1] < block.box[3] and each.box[3] > statement.box[1]]
    assert all(re.match("Controlled|CUI Cat|Distribution|POC|DISTRIBUTION|WARNING", each.text) for each in covered)


def test_the_files_properties_have_it(marked):
    for data in (marked.memo, marked.handout):
        with pikepdf.open(io.BytesIO(data)) as file:
            assert str(file.docinfo["/Keywords"]).startswith(", ".join(LINES))
            with file.open_metadata() as metadata:
                assert metadata["dc:rights"] == marked.brief.marks.rights
    core = pptx.Presentation(io.BytesIO(marked.deck)).core_properties
    assert core.content_status == marked.brief.marks.banner
    assert core.keywords == ", ".join(LINES)
    assert core.comments == marked.brief.marks.rights


def test_each_slide_and_each_notes_page_has_it(marked):
    file = pptx.Presentation(io.BytesIO(marked.deck))
    for slide in file.slides:
        assert [
            count_words(each.text_frame.text, " ".join(LINES)) for each in slide.shapes if each.name == "marking"
        ] == [1]
        notes = [each.text_frame.text for each in slide.notes_slide.placeholders if each.has_text_frame]
        assert sum(count_words(text, " ".join(LINES)) for text in notes) == 2
    cover = {each.name: each.text_frame.text for each in file.slides[0].placeholders}
    assert cover["designation"].split("\n") == list(marked.brief.marks.block)
    assert cover["distribution"] == " ".join(marked.brief.marks.statement)


def test_the_files_are_clean(marked, tmp_path, verapdf):
    assert audit(marked.brief, marked.memo, "memo.pdf").findings == ()
    assert audit(marked.brief, marked.deck, "deck.pptx").findings == ()
    from tests.deck.test_write import issues

    assert issues(marked.deck, tmp_path) == []
    on_a4 = KINDS["memo"].render(marked.brief, Options(paper="a4"))
    for data in (marked.memo, on_a4, marked.handout):
        (tmp_path / "file.pdf").write_bytes(data)
        for standard in ("PDF/A-3a", "PDF/UA-1"):
            assert verapdf.check(tmp_path / "file.pdf", standard), standard


def test_the_cover_of_a_custom_theme_has_it(marked, tmp_path):
    from reportgen.deck import theme as themes

    plain = io.BytesIO()
    pptx.Presentation().save(plain)
    (tmp_path / "house.pptx").write_bytes(plain.getvalue())
    text = (marked.brief.folder / "brief.yaml").read_text(encoding="utf-8").replace(", export_controlled: true", "")
    (tmp_path / "brief.yaml").write_text(text, encoding="utf-8")
    brief = load_brief(tmp_path / "brief.yaml")
    stages = decks.render_stages(
        brief, brands.load(tmp_path), template_folders(tmp_path), themes.read_theme(tmp_path / "house.pptx")
    )
    (tmp_path / "deck.pptx").write_bytes(stages.data)
    cover = {
        each.name: each.text_frame.text for each in pptx.Presentation(io.BytesIO(stages.data)).slides[0].placeholders
    }
    assert cover["designation"].split("\n") == list(brief.marks.block)
    assert [each for each in lint_deck(stages.data, "deck.pptx").findings if each.severity == "error"] == []


def replace_text(data: bytes, part: str, old: str, new: str = "") -> bytes:
    """Return a deck with some of a part's text replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content, (part, old)
                content = content.replace(old.encode(), new.encode())
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("ppt/slides/slide1.xml", "Office Y", "Office Z"),
        ("ppt/slides/slide1.xml", "DISTRIBUTION STATEMENT B", "DISTRIBUTION STATEMENT C"),
        ("ppt/slides/slide2.xml", "CUI//SP-PRVCY  ·  ", ""),
        ("ppt/slides/slide2.xml", "a.m. EST", "p.m. EST"),
        ("ppt/notesSlides/notesSlide2.xml", "CUI//SP-PRVCY", "UNCLASSIFIED"),
        ("ppt/notesSlides/notesSlide2.xml", "CUI//SP-PRVCY  ·  EMBARGOED UNTIL January 20, 2031, 6:00 a.m. EST", ""),
        ("docProps/core.xml", "CUI//SP-PRVCY", "UNCLASSIFIED"),
        ("docProps/core.xml", "<cp:contentStatus>CUI//SP-PRVCY  ·  EMBARGOED UNTIL January 20, 2031, 6:00 a.m. EST</cp:contentStatus>", ""),
    ],
)  # fmt: skip
def test_the_audit_finds_a_deck_that_lost_part_of_it(marked, part, old, new):
    found = audit(marked.brief, replace_text(marked.deck, part, old, new), "deck.pptx").findings
    assert [each for each in found if each.severity == "error"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("banner: CUI//SP-PRVCY", "banner: CUI"), "SP-PRVCY"),
        (("Office Y], categories", "Office Z], categories"), "Office Z"),
        (("2031-01-20 06:00 EST", "2031-01-20 06:00 EDT"), "EDT"),
        (("statement: B", "statement: C"), "STATEMENT"),
    ],
)
def test_the_audit_finds_a_memo_that_differs(marked, tmp_path, change, words):
    text = (marked.brief.folder / "brief.yaml").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "brief.yaml").write_text(text.replace(*change), encoding="utf-8")
    found = audit(marked.brief, KINDS["memo"].render(load_brief(tmp_path / "brief.yaml")), "memo.pdf").findings
    errors = [str(each.diagnostic) for each in found if each.severity == "error"]
    assert any("page 1" in each for each in errors)
    assert any(words in each for each in errors)
    assert any("xmp:Rights" in each for each in errors)


def test_there_is_none_by_default(write_brief):
    files = Files(write_brief())
    with pikepdf.open(io.BytesIO(files.memo)) as file, file.open_metadata() as metadata:
        assert "dc:rights" not in metadata
    file = pptx.Presentation(io.BytesIO(files.deck))
    assert not file.core_properties.content_status + file.core_properties.keywords + file.core_properties.comments
    names = {each.name for slide in file.slides for each in slide.shapes}
    assert not names & {"marking", "designation", "distribution"}
    assert b"/Art" not in files.memo


def test_a_banner_wider_than_the_page_is_refused_with_its_place(write_brief):
    path = write_brief(add=f"\nmarking: {'EMBARGOED ' * 12}\n")
    with pytest.raises(FitError) as raised:
        KINDS["memo"].render(load_brief(path))
    (fault,) = raised.value.diagnostics
    assert "pt wide at 10 pt, and a page has 480" in fault.message
    assert fault.where
    assert fault.where.line == len(path.read_text().split("\n")) - 1


WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30).filter(plain_words)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(banner=WORDS)
def test_any_banner_is_in_all_places(write_brief, banner):
    quoted = banner.replace("'", "''")
    files = Files(write_brief(add=f"\nmarking: {{banner: '{quoted}', embargoed_until: 2031-01-20}}\n"))
    letters = re.sub(r"\s", "", banner)
    for data in (files.memo, files.handout):
        found = read_pdf(data, "file.pdf")
        for page in range(1, found.pages + 1):
            texts = [re.sub(r"\s", "", span.text) for span in found.spans if span.page == page]
            assert sum(letters in text for text in texts) >= 2
    for slide in pptx.Presentation(io.BytesIO(files.deck)).slides:
        shown = [each.text_frame.text for each in slide.shapes if each.name == "marking"]
        noted = [each.text_frame.text for each in slide.notes_slide.placeholders if each.name.startswith("marking")]
        assert [text.startswith(banner) for text in (*shown, *noted)] == [True] * 3
