"""The finished memo: its words, its pages, its standards."""

import io
import os
import re
import subprocess
import sys

import pikepdf
import pytest
from pdfminer.high_level import extract_pages

from reportgen import brand
from reportgen.brief import load_brief
from reportgen.memo.page_budget import STEPS
from reportgen.memo.profiles import MEASURE
from reportgen.pdf.paper import PAPERS, write_stylesheet
from reportgen.system.errors import BriefError, TemplateError, UsageError
from reportgen.system.resources import asset
from tests.conftest import BUNDLED, ROOT
from tests.documents import documents_of
from tests.memo.conftest import chars, memo_of, words_of


@pytest.fixture(scope="module")
def brief():
    return load_brief(BUNDLED)


def plain(brief, text):
    return " ".join(brief.plain(text).split())


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_bundled_memo_has_two_pages(bundled_memo, paper):
    pdf = bundled_memo if paper == "letter" else documents_of(BUNDLED).memo(paper=paper)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 2
        width = float(document.pages[0].MediaBox[2])
        assert width == pytest.approx({"letter": 612, "a4": 595.28}[paper], abs=0.1)


@pytest.mark.parametrize("standard", ["PDF/A-3a", "PDF/UA-1"])
def test_the_bundled_memo_passes(bundled_memo, verapdf, tmp_path, standard):
    path = tmp_path / "memo.pdf"
    path.write_bytes(bundled_memo)
    assert verapdf.check(path, standard).failures == ()


def test_the_letterhead(bundled_words, brief):
    assert "MEMORANDUM" in bundled_words.upper()
    for words in (*brief.to, *brief.sender, "December 1, 2020", plain(brief, brief.subject)):
        assert words in bundled_words


def test_every_part_of_the_argument_is_printed(bundled_words, brief):
    assert plain(brief, brief.bottom_line) in bundled_words
    for section in brief.sections:
        assert plain(brief, section.title) in bundled_words
        for judgment in section.judgments:
            assert plain(brief, judgment.text) in bundled_words


def test_every_recommendation_is_printed_with_lead_and_deadline(bundled_words, brief):
    for item in brief.recommendations:
        assert plain(brief, item.title) in bundled_words
        assert ", ".join(item.lead) in bundled_words
        assert f"{item.deadline:%b} {item.deadline.day}" in bundled_words.replace("\xa0", " ")


def test_judgments_say_so(bundled_words):
    assert "We judge, with moderate confidence, that" in bundled_words


def test_notes_carry_source_and_paragraph(bundled_words, brief):
    notes = bundled_words[bundled_words.index("NOTES") :]
    for name in ("window", "sma-ask", "share", "kang"):
        assert f"¶{brief.quotes[name].paragraph}" in notes
    assert "its words are in sources.json" in notes
    assert "Foreign Minister Kang Kyung-wha in Stangarone (2020), ¶20" in notes


def test_each_exhibit_stands_with_its_source(bundled_words, brief):
    for exhibit in brief.exhibits.values():
        if exhibit.only != "deck":
            assert f"Source: {brief.source_line(exhibit, takeaway=False)}." in bundled_words.replace("\xa0", " ")


def test_pages_are_numbered_and_named(bundled_words):
    assert "page 1 of 2" in bundled_words
    assert "page 2 of 2" in bundled_words
    assert "Memorandum · December 1, 2020" in bundled_words


def test_the_charts_are_described(bundled_memo, brief):
    with pikepdf.open(io.BytesIO(bundled_memo)) as document:
        figures = [
            item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    shown = [exhibit for exhibit in brief.exhibits.values() if exhibit.only != "deck"]
    assert len(figures) == len(shown)


def test_a_marking_stands_on_every_page_and_none_does_without(write_brief, bundled_words):
    path = write_brief(("language: en-US", "language: en-US\nmarking: EMBARGOED UNTIL NOON"))
    assert words_of(memo_of(path)).count("EMBARGOED UNTIL NOON") >= 2  # at the head and at the foot
    assert "EMBARGOED" not in bundled_words


def test_the_brands_colour_is_the_memos(write_brief):
    path = write_brief()
    before = _colors(memo_of(path))
    (path.parent / "_brand.yml").write_text('color:\n  primary: "#2A6F3B"\n')
    after = _colors(memo_of(path))
    assert _operator("#12436D") in before
    assert _operator("#12436D") not in after
    assert _operator("#2A6F3B") in after


def _colors(pdf: bytes) -> set[tuple[float, ...]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        parts = [part for page in document.pages for part in pikepdf.parse_content_stream(page)]
    return {tuple(round(float(number), 3) for number in part.operands) for part in parts if str(part.operator) == "rg"}


def _operator(color: str) -> tuple[float, ...]:
    return tuple(round(int(color[at : at + 2], 16) / 255, 3) for at in (1, 3, 5))


def test_the_stylesheet_has_no_colour_of_its_own_and_no_unknown_variable():
    sheet = re.sub(r"/\*.*?\*/", "", asset("css", "memo.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", sheet)
    known = {
        *brand.load().colors,
        "serif",
        "sans",
        "side",
        "title",
        "marking",
        "marked",
        "measure",
        "kind",
        "page",
        "of",
        "pages",
    }
    known |= set(re.findall(r"--([a-z-]+):", STEPS[0].stylesheet))
    assert set(re.findall(r"var\(--([a-z-]+)\)", sheet)) <= known


def test_a_missing_glyph_is_an_error_with_its_place_in_the_text(write_brief):
    path = write_brief(("Decide on the turning basin", "Decide on the 港 basin"))
    with pytest.raises(BriefError, match=r"U\+6E2F.*Decide on the 港 basin"):
        memo_of(path)


def test_a_template_beside_the_brief_overrides_ours(write_brief):
    path = write_brief()
    folder = path.parent / "templates" / "memo"
    folder.mkdir(parents=True)
    (folder / "info.html").write_text(
        '{% extends "memo/base.html" %}{% block argument %}<p>Only this.</p>{% endblock %}'
    )
    words = words_of(memo_of(path))
    assert "Only this." in words
    assert "Bottom line" not in words


def test_a_template_may_only_use_the_subset(write_brief):
    path = write_brief()
    folder = path.parent / "templates" / "memo"
    folder.mkdir(parents=True)
    (folder / "info.html").write_text(
        '{% extends "memo/base.html" %}{% block argument %}<p style="x">a</p><marquee/>{% endblock %}'
    )
    with pytest.raises(TemplateError) as caught:
        memo_of(path)
    assert "marquee" in str(caught.value)
    assert "style" in str(caught.value)


@pytest.mark.parametrize("option", [{"profile": "inof"}, {"paper": "a44"}])
def test_an_unknown_profile_or_paper_is_reported_with_the_known_ones(write_brief, option):
    with pytest.raises(UsageError, match=r'did you mean "(info|a4)"\?'):
        memo_of(write_brief(), **option)


def test_the_same_brief_gives_the_same_bytes_elsewhere(write_brief, tmp_path):
    """Two folders, two hash seeds, two time zones, two locales, two days, two processes."""
    made = []
    for number, zone, locale in ((1, "Pacific/Kiritimati", "C"), (2, "America/Adak", "C.UTF-8")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "brief.yaml").write_bytes(write_brief().read_bytes())
        command = [sys.executable, "-m", "reportgen", "memo", "brief.yaml", "-o", "memo.pdf", "--quiet"]
        environment = {
            **os.environ,
            "PYTHONHASHSEED": str(number),
            "PYTHONPATH": str(ROOT),
            "TZ": zone,
            "LC_ALL": locale,
        }
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        made.append((folder / "memo.pdf").read_bytes())
    assert made[0] == made[1]


def test_source_date_epoch_dates_the_file(write_brief, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    with pikepdf.open(io.BytesIO(memo_of(write_brief()))) as document:
        assert str(document.docinfo.CreationDate).startswith("D:20010909014640")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(UsageError, match="soon"):
        memo_of(write_brief())


def test_spaced_capitals_come_out_as_words(bundled_words):
    """Wider spacing than .05 em makes readers of PDFs see two words."""
    for label in ("MEMORANDUM", "BOTTOM LINE", "WHY NOW", "OPPORTUNITY", "FRICTION", "BASIS AND LIMITS", "NOTES"):
        assert label in bundled_words


def test_both_papers_have_the_same_measure():
    for paper in PAPERS.values():
        margins = re.findall(
            r"margin-(?:left|right):([\d.]+)pt", write_stylesheet(brand.load(), paper, MEASURE, {}, {})
        )
        assert paper.width - sum(map(float, margins)) == pytest.approx(MEASURE, abs=0.02)


def test_a_long_title_is_shortened_to_one_line_at_the_foot_and_meets_no_banner(write_brief):
    title = (
        "The harbor should plan for longer ships, for more of them and for all the years in which they will come to it"
    )
    path = write_brief(("title: The harbor should plan for longer ships", f"title: {title}\nmarking: CUI"))
    feet = []
    for page in extract_pages(io.BytesIO(memo_of(path))):
        letters = [char for char in chars(page) if char.y1 < 60 and char.get_text().strip()]
        banner = [char for char in letters if char.size > 8]
        rest = [char for char in letters if char.size <= 7.5]
        assert banner
        assert min(char.y0 for char in rest) > max(char.y1 for char in banner) - 2
        feet.append("".join(char.get_text() for char in rest))
    assert all(foot.startswith("Theharborshouldplan") and "…" in foot for foot in feet)
