"""Stamped copies: the line is where it should be and can be read back, and nothing else has changed."""

import datetime
import io
import re
import zipfile

import numpy as np
import pikepdf
import pptx
import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st
from lxml import etree
from pdfminer.high_level import extract_text

from reportgen import brand as brands, deck as decks, fonts
from reportgen.audit import audit
from reportgen.deck import theme as themes
from reportgen.deck.lint import lint_deck
from reportgen.distribution.stamping.glyph_line import choose_face, set_line
from reportgen.distribution.stamping.pdf_stamp import PdfStamper
from reportgen.distribution.stamping.pptx_stamp import PptxStamper
from reportgen.pdf.reading.pdf_reader import read_pdf
from reportgen.system.errors import BriefError, FileError, FitError
from reportgen.text.stamp_text import Stamp, read_stamp
from tests.deck import sample_themes

DAY = datetime.date(2020, 12, 1)
VERSION = "Version 1 · December 1, 2020"
COPY = f"Prepared for Zoë Fiňal · Copy 12 · {VERSION}"
POINT = 2  # pixels


def stamp_pdf(data, text, brand):
    """Return one stamped copy of a PDF."""
    return PdfStamper(data, brand).copy(text).data


def stamp_pptx(data, text):
    """Return one stamped copy of a deck."""
    return PptxStamper(data).copy(text).data


def stamp_of(made, recipient="Zoë Fiňal", number=12) -> str:
    return Stamp.of(made.brief.date, made.brief.language, 1, recipient, number).text


MEMOS = [
    *(("bundled", form, "letter") for form in ("info", "action", "decision", "onepage")),
    ("bundled", "info", "a4"),
    ("marked", "info", "letter"),
    ("marked", "info", "a4"),
    ("korean", "info", "letter"),
    ("arabic", "info", "letter"),
]


@pytest.mark.parametrize(("name", "form", "paper"), MEMOS)
def test_a_stamped_memo_keeps_both_standards_and_reads_back(made, verapdf, tmp_path, name, form, paper):
    file = made(name)
    text = stamp_of(file, {"korean": "김민수", "arabic": "محمد علي"}.get(name, "Zoë Fiňal"))
    data = stamp_pdf(file.memo(form, paper), text, file.brand)
    path = tmp_path / "memo.pdf"
    path.write_bytes(data)
    for standard in ("PDF/A-3a", "PDF/UA-1"):
        verdict = verapdf.check(path, standard)
        assert verdict, verdict.failures
    found = read_pdf(data, "memo.pdf")
    stamps = [span for span in found.spans if span.text == text]
    assert [(span.page, span.role) for span in stamps] == [(page, "Artifact") for page in range(1, found.pages + 1)]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []


SHEETS = [*MEMOS, *((name, "handout", paper) for name in ("bundled", "marked") for paper in ("letter", "a4"))]


@pytest.mark.parametrize(("name", "form", "paper"), SHEETS)
def test_nothing_but_the_stamp_is_painted_and_it_covers_nothing(made, pixels, name, form, paper):
    file = made(name)
    before = file.handout(paper) if form == "handout" else file.memo(form, paper)
    after = stamp_pdf(before, stamp_of(file), file.brand)
    for plain, stamped in zip(pixels(before), pixels(after), strict=True):
        rows, columns = np.nonzero(plain != stamped)
        height, width = plain.shape
        assert height - 20 * POINT < rows.min()
        assert rows.max() < height - 7 * POINT
        assert abs((columns.min() + columns.max()) / 2 - width / 2) < 3 * POINT
        around = plain[rows.min() - 2 : rows.max() + 3, columns.min() - 2 : columns.max() + 3]
        assert (around == 255).all()


def test_the_stamp_stands_upright(made, pixels):
    """Upright, "TTTT" has its ink at the top; "LLLL" has it at the bottom."""
    for text, top_heavy in (("TTTTTTTT", True), ("LLLLLLLL", False)):
        page = pixels(stamp_pdf(made("small").memo(), text, made("small").brand))[0]
        foot = page[-20 * POINT :]
        rows = np.nonzero((foot < 200).any(axis=1))[0]
        ink = (255 - foot[rows.min() : rows.max() + 1].astype(int)).sum(axis=1)
        half = len(ink) // 2
        assert bool(ink[:half].sum() > ink[-half:].sum()) is top_heavy


def test_its_letters_are_text_without_the_help_of_tags(made):
    words = extract_text(io.BytesIO(stamp_pdf(made("bundled").memo(), COPY, made("bundled").brand)))
    found = read_stamp(words)
    assert found
    assert (found.text, found.recipient, found.number, found.version) == (COPY, "Zoë Fiňal", 12, 1)


def test_every_font_is_inside(made):
    with pikepdf.open(io.BytesIO(stamp_pdf(made("bundled").memo(), COPY, made("bundled").brand))) as pdf:
        form = pdf.pages[0].resources["/XObject"]["/ReportgenStamp"]
        (font,) = form["/Resources"]["/Font"].values()
        assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "PublicSans" in str(font["/BaseFont"])
        assert len(font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].read_bytes()) < 12_000


def test_a_copy_is_the_same_each_time_and_another_for_another(made):
    file = made("bundled")
    stampers = PdfStamper(file.memo(), file.brand), PptxStamper(file.deck)
    alone = stamp_pdf(file.memo(), COPY, file.brand), stamp_pptx(file.deck, COPY)
    for stamper, data in zip(stampers, alone, strict=True):
        other = stamper.copy(VERSION).data
        assert stamper.copy(COPY).data == data == stamper.copy(COPY).data != other
        assert stamper.copy(VERSION).data == other


def test_a_stamped_file_is_not_stamped_again(made):
    file = made("small")
    with pytest.raises(FileError, match="already stamped"):
        stamp_pdf(stamp_pdf(file.memo(), VERSION, file.brand), VERSION, file.brand)
    with pytest.raises(FileError, match="already stamped"):
        stamp_pptx(stamp_pptx(file.deck, VERSION), COPY)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"words", b"PK\x03\x04"])
def test_what_is_no_document_is_told(data):
    with pytest.raises(FileError):
        stamp_pdf(data, VERSION, brands.load())
    with pytest.raises(FileError):
        stamp_pptx(data, VERSION)


def test_an_encrypted_file_is_told(made):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(made("small").memo())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="owner", user=""))
    with pytest.raises(FileError, match="encrypted"):
        stamp_pdf(target.getvalue(), VERSION, made("small").brand)


def test_a_character_that_no_font_has_is_named(made):
    with pytest.raises(BriefError, match="U\\+13000"):
        stamp_pdf(made("small").memo(), "Prepared for \U00013000", made("small").brand)
    with pytest.raises(BriefError, match="U\\+0007"):
        stamp_pptx(made("small").deck, "Prepared for \x07")


def test_a_name_that_is_too_long_is_told(made):
    long = Stamp(1, "December 1, 2020", "Office of the " * 30, 1).text
    with pytest.raises(FitError, match="shorten the name"):
        stamp_pdf(made("small").memo(), long, made("small").brand)
    with pytest.raises(FitError, match="slide 1: the footer has no room"):
        stamp_pptx(made("small").deck, long)


# The deck


@pytest.mark.parametrize("name", ["bundled", "marked", "korean", "arabic"])
def test_a_stamped_deck_says_so_on_each_slide_and_opens(made, tmp_path, name):
    from openxml_audit import validate_pptx

    file = made(name)
    text = stamp_of(file)
    data = stamp_pptx(file.deck, text)
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        (foot,) = (
            each
            for each in slide.placeholders
            if each.placeholder_format.type == pptx.enum.shapes.PP_PLACEHOLDER.FOOTER
        )
        assert foot.text_frame.text.endswith(text)
        assert all(run.font.size.pt >= 8 for each in foot.text_frame.paragraphs for run in each.runs)
        notes = slide.notes_slide.placeholders if slide.has_notes_slide else ()
        feet = [
            each.text_frame.text
            for each in notes
            if each.placeholder_format.type == pptx.enum.shapes.PP_PLACEHOLDER.FOOTER
        ]
        assert all(foot.endswith(text) for foot in feet)
        assert bool(feet) == (name == "marked")
    path = tmp_path / "deck.pptx"
    path.write_bytes(data)
    assert [str(each) for each in validate_pptx(str(path)).errors] == []
    assert stray_words(data) == {}  # which the validator does not look for
    before = {(each.rule, each.message) for each in lint_deck(file.deck, "deck.pptx").findings}
    assert {(each.rule, each.message) for each in lint_deck(data, "deck.pptx").findings} <= before


SPACES = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}


def stray_words(data: bytes) -> dict[str, list[str]]:
    """Character data outside the elements that hold it, by slide: PowerPoint takes such a file for broken."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"ppt/slides/\w+\.xml", name):
                held = etree.fromstring(archive.read(name)).xpath(
                    "//*[not(self::a:t or self::a:tableStyleId)]", namespaces=SPACES
                )
                words = [word for each in held for word in (each.text, *(child.tail for child in each)) if word]
                found |= {name: words} if "".join(words).strip() else {}
    return found


@pytest.mark.parametrize("house", [sample_themes.plain, sample_themes.wide], ids=["4:3", "a house's"])
def test_a_deck_in_a_house_s_theme(made, house):
    file = made("small")
    theme = themes.parse_theme(house(), "house.pptx")
    before = decks.render_stages(file.brief, file.brand, file.folders, theme).data
    text = stamp_of(file, "", None)
    after = stamp_pptx(before, text)
    for slide in pptx.Presentation(io.BytesIO(after)).slides:
        assert any(shape.has_text_frame and shape.text_frame.text.endswith(text) for shape in slide.shapes)
    report = audit(file.brief, after, "deck")
    assert report.passed
    assert report.findings == audit(file.brief, before, "deck").findings


def test_all_other_parts_are_as_they_were(made):
    before, after = made("marked").deck, stamp_pptx(made("marked").deck, COPY)
    with zipfile.ZipFile(io.BytesIO(before)) as ours, zipfile.ZipFile(io.BytesIO(after)) as theirs:
        assert sorted(ours.namelist()) == sorted(theirs.namelist())
        assert theirs.testzip() is None
        changed = {name for name in ours.namelist() if ours.read(name) != theirs.read(name)}
        assert all(re.fullmatch(r"ppt/(slides|notesSlides)/\w+\.xml", name) for name in changed)
        assert {info.date_time for info in theirs.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_stood_in_a_footer_stays(made):
    file = made("bundled")
    slide = pptx.Presentation(io.BytesIO(stamp_pptx(file.deck, VERSION))).slides[1]
    foot = next(each for each in slide.placeholders if each.name == "footer")
    assert foot.text_frame.text == f"{file.brief.title} · {VERSION}"


# The audit


@pytest.mark.parametrize("name", ["bundled", "marked", "korean", "arabic"])
@pytest.mark.parametrize("numbered", [True, False])
def test_a_stamp_is_no_finding(made, name, numbered):
    file = made(name)
    text = stamp_of(file) if numbered else stamp_of(file, "", None)
    for before, after in (
        (file.memo(), stamp_pdf(file.memo(), text, file.brand)),
        (file.deck, stamp_pptx(file.deck, text)),
    ):
        plain, stamped = file.audit(before), audit(file.brief, after, "file")
        assert stamped.findings == plain.findings
        assert stamped.unread == plain.unread
        assert {(each.origin, each.id) for each in stamped.numbers} >= {("structural", "stamp")}


def test_a_stamp_with_another_date_or_more_words_is_one(made):
    file = made("small")
    version = stamp_of(file, "", None)
    assert version == "Version 1 · February 10, 2026"
    for text in ("Version 1 · February 11, 2026", f"Not for release · {version}", f"{version} draft 7"):
        for data in (stamp_pdf(file.memo(), text, file.brand), stamp_pptx(file.deck, text)):
            assert audit(file.brief, data, "file").findings, text


def test_a_slide_whose_stamp_is_gone_or_another_is_told(made):
    file = made("bundled")
    presentation = pptx.Presentation(io.BytesIO(stamp_pptx(file.deck, COPY)))
    for number, words in ((1, file.brief.title), (2, f"{file.brief.title} · {COPY.replace('12', '13', 1)}")):
        foot = next(each for each in presentation.slides[number].placeholders if each.name == "footer")
        foot.text_frame.paragraphs[0].runs[0].text = words
        foot.text_frame.paragraphs[0].runs[1].text = ""
    target = io.BytesIO()
    presentation.save(target)
    found = {(each.place.slide, each.kind) for each in audit(file.brief, target.getvalue(), "deck").findings}
    assert found == {(2, "missing"), (3, "number")}


# The line itself


@pytest.mark.parametrize("language", ["en", "ko", "ar", "fr"])
def test_a_stamp_reads_back_in_the_midst_of_a_page(language):
    for recipient, number in (("", None), ("Ámbar O’Neill-Śmith", 3), ("A · B", 12), ("x", None), ("", 7)):
        text = Stamp.of(DAY, language, 2, recipient, number).text
        for around in ("{}", "The end.\npage 1 of 2\n\n{}\n\x0cMemorandum · December 1, 2020\n"):
            found = read_stamp(around.format(text.replace(" ", "\n", 3).replace(" ", "  ")))
            assert found
            assert (found.text, found.number, found.version) == (text, number, 2)
    assert read_stamp("Version 1 of the plan · December 2020") is None


HAVE = sorted(
    {chr(code) for code in range(0x20, 0x2000) if chr(code).isprintable()}
    - set(fonts.find_missing(choose_face(brands.load()), "".join(map(chr, range(0x20, 0x2000)))))
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(name=st.text(st.sampled_from(HAVE), max_size=30))
@example(name="c\u0327\u0307")  # a mark that is moved, behind a letter that is kerned
@example(name="A\u0307")  # two that the fonts have, which are one letter that they have not
def test_any_name_that_the_fonts_have_is_read_back(stamper, name):
    text, face = Stamp.of(DAY, "en", 1, name, 12).text, choose_face(brands.load())
    if fonts.find_missing(face, text) or set_line(text, face).width * 6.5 > 560:
        return
    data = stamper.copy(text).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pikepdf.parse_content_stream(pdf.pages[0].resources["/XObject"]["/ReportgenStamp"])
    spans = [span.text for span in read_pdf(data, "memo").spans if span.role == "Artifact" and "Version" in span.text]
    assert set(spans) == {text}


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40), number=st.integers(0, 99_999))
def test_any_name_is_stamped_on_slides_or_refused(deck_stamper, name, number):
    text = Stamp.of(DAY, "en", 1, name, number).text
    try:
        data = deck_stamper.copy(text).data
    except (BriefError, FitError):
        return
    slide = pptx.Presentation(io.BytesIO(data)).slides[0]
    assert any(shape.has_text_frame and shape.text_frame.text.endswith(text) for shape in slide.shapes)
    found = read_stamp(text)
    assert found
    assert (found.text, found.number) == (text, number)


@pytest.fixture(scope="module")
def stamper(made):
    return PdfStamper(made("small").memo("onepage"), made("small").brand)


@pytest.fixture(scope="module")
def deck_stamper(made):
    return PptxStamper(made("small").deck)
