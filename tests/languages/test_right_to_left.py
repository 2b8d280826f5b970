"""Hebrew and Persian documents: pages and slides run from right to left, our labels are English, and numbers keep their order."""

import io
import re
import zipfile
from collections import defaultdict

import docx
import pikepdf
import pytest
from msgspec.structs import replace
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar

from reportgen import brand
from reportgen.audit import audit
from reportgen.evidence import check
from reportgen.memo import render_memo
from reportgen.system.errors import ReportgenError
from reportgen.text.inline import render_markup, render_plain
from reportgen.text.languages import find_direction, is_inserted, load_labels
from reportgen.text.numbers import PartialDate, Quantity, Spread, Unit
from reportgen.word import render_word
from tests.conftest import ROOT
from tests.documents import documents_of

BRIEFS = ROOT / "tests" / "briefs"
NAMES = ("hebrew", "persian")
MARK = "\u200e"


@pytest.fixture(scope="module")
def made():
    return {name: documents_of(BRIEFS / name / "brief.yaml") for name in NAMES}


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("ur-PK", "rtl"), ("ps", "rtl"), ("yi", "rtl"), ("ckb", "rtl"), ("az-Arab", "rtl"),
        ("en", "ltr"), ("en-IL", "ltr"), ("fa-Latn", "ltr"), ("ko", "ltr"), ("az", "ltr"), ("fr-FR", "ltr"),
    ],
)  # fmt: skip
def test_a_document_runs_as_its_script_does(language, direction):
    assert find_direction(language) == direction
    assert is_inserted(language) == (direction == "rtl" and not language.startswith("ar"))


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Quantity(27, Unit("%")), f"{MARK}27%{MARK}"),
        (Quantity(4, Unit("%"), spread=Spread(3, 5, has_centre=False)), f"3–{MARK}5%{MARK}"),
        (Quantity(1234.5, Unit("שקלים"), decimals=1), "1,234.5 שקלים"),
        (Quantity(5, Unit("US$ billion")), f"{MARK}$5 billion{MARK}"),
        (Quantity(-5, Unit("%")), f"{MARK}−5%{MARK}"),
        (Quantity(5, Unit("%"), bound="at most"), f"{MARK}at most 5%{MARK}"),
        (Quantity(PartialDate(2026, 3, 16)), f"{MARK}March 16, 2026{MARK}"),
        (Quantity(PartialDate(2032)), "2032"),
    ],
)
def test_english_and_signs_are_kept_together_and_figures_go_the_texts_way(value, printed):
    assert replace(value, language="he").prose.replace("\xa0", " ") == printed


def test_a_sentence_among_our_labels_ends_at_its_end():
    labels = load_labels("fa")
    assert labels.recommendations_caption == f"Our judgment: actions, leads and dates are ours.{MARK}"
    assert labels.source == "Source:"
    assert MARK not in labels.letter.numbered


@pytest.mark.parametrize("name", NAMES)
def test_its_evidence_is_found_and_its_memo_is_read_back(made, name):
    assert not check(made[name].brief).findings
    assert not audit(made[name].brief, made[name].memo(), "memo").findings


def test_its_deck_and_word_file_are_read_back(made):
    documents = made["hebrew"]
    for data in (documents.deck, render_word(documents.brief, documents.brand, documents.folders)):
        assert not audit(documents.brief, data, "file").findings


@pytest.mark.parametrize("name", NAMES)
def test_numbers_on_the_page_read_as_they_are_typed(made, name):
    """Seen from left to right: figures with signs between them in their order, the ends of a range from right to left."""
    seen = " ".join(list_lines(made[name].memo()))
    for number in ("12/5", "1,234.5", "2032", "27%"):
        assert number in seen
    assert "%5–3" in seen.replace(" ", "")  # typed 3–5 %
    assert "5%–3" in seen  # printed 3–5%
    assert "March16,2026" in seen.replace(" ", "").replace("\xa0", "")


def list_lines(pdf):
    """Return the lines of a PDF as they are seen from left to right."""
    for page in extract_pages(io.BytesIO(pdf)):
        lines = defaultdict(list)
        for char in list_chars(page):
            lines[round(char.y0)].append(char)
        for line in lines.values():
            yield "".join(char.get_text() for char in sorted(line, key=lambda char: char.x0))


def list_chars(item):
    if isinstance(item, LTChar):
        yield item
    elif hasattr(item, "__iter__"):
        for each in item:
            yield from list_chars(each)


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("[+972-2-123]{en}", f'<span lang="en">{MARK}+972-2-123{MARK}</span>'),
        ("[The wind, 5%]{en}", f'<span lang="en">{MARK}The wind, 5%{MARK}</span>'),
        ("[The *wind*]{en}", '<span lang="en">The <em>wind</em></span>'),
        ("[The wind]{en}", '<span lang="en">The wind</span>'),
        ("[12 מים]{he}", '<span lang="he">12 מים</span>'),
    ],
)
def test_a_marked_passage_keeps_its_own_direction(text, markup):
    assert render_markup(text, {}) == markup
    assert MARK not in render_plain(text, {})


def test_a_fact_that_opens_a_sentence_has_its_capital():
    most = Quantity(5, Unit("%"), bound="at most", language="he")
    assert render_plain("${most}.", {"most": most}) == f"{MARK}At most 5%{MARK}."


@pytest.mark.parametrize(("name", "words"), [("hebrew", "רשות המים"), ("persian", "شرکت آب")])
def test_a_link_has_its_words_in_reading_order(made, name, words):
    with pikepdf.open(io.BytesIO(made[name].memo())) as pdf:
        links = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Link"]
        assert words in [str(link.ActualText) for link in links if "/ActualText" in link]


def test_slides_and_pages_in_word_run_from_right_to_left(made):
    documents = made["hebrew"]
    with zipfile.ZipFile(io.BytesIO(documents.deck)) as parts:
        slides = [parts.read(name).decode() for name in parts.namelist() if re.match("ppt/slides/slide", name)]
        charts = [parts.read(name).decode() for name in parts.namelist() if re.match("ppt/charts/chart", name)]
    assert all('rtl="1"' in slide and 'lang="he-IL"' in slide for slide in slides)
    assert charts
    assert all('<c:orientation val="maxMin"/>' in chart for chart in charts)
    word = docx.Document(io.BytesIO(render_word(documents.brief, documents.brand, documents.folders)))
    assert word.sections[0]._sectPr.find("{*}bidi") is not None
    assert all(table._tbl.tblPr.find("{*}bidiVisual") is not None for table in word.tables)


def test_a_document_without_hebrew_letters_is_told_where_they_are(made):
    """Nothing is looked for on the machine, but a face of ours has them."""
    with pytest.raises(ReportgenError, match=r"typography: \{base: Liberation Sans, headings: Liberation Sans\}"):
        render_memo(made["hebrew"].brief, brand.load(), made["hebrew"].folders)
