"""The memo as a Word file: its words, the trace of each, its structure, and files that are the same on any day."""

import io
from itertools import pairwise

import docx
import pytest
from hypothesis import given, strategies as st
from openxml_audit import OpenXmlValidator
from PIL import Image

from reportgen import api, brand
from reportgen.audit.word_stream import plain_words
from reportgen.markup.templates import template_folders
from reportgen.pdf.reading.pdf_reader import read_pdf
from reportgen.word import compose_word
from reportgen.word.oxml.runs_xml import split_directions
from reportgen.word.reading.word_reader import read_word_file
from reportgen.word.table_columns import divide_room
from reportgen.word.word_trace import NOTES_PLACE, bookmark_name, list_bookmarks, read_bookmark_name
from tests.conftest import INIT
from tests.word.conftest import W, write

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def compose(written):
    brief = written.brief
    return compose_word(brief, brand.load(brief.folder), template_folders(brief.folder), profile=written.form)


def is_label_of(text, scenes):
    return any(plain_words(text) == plain_words(label) for label in scenes)


@pytest.mark.parametrize("name", ["info", "action", "onepage", "korean"])
def test_it_has_the_words_of_the_pdf_in_the_same_order(written, name):
    each = written[name]
    pdf = read_pdf(api.render_memo(each.brief, profile=each.form), "memo.pdf")
    printed = [span.text for span in pdf.spans if span.role not in ("Artifact", "Figure")]
    words = [word for text in printed for word in plain_words(text)]
    file = read_word_file(each.data, "memo.docx")
    assert [word for text in file.texts for word in plain_words(text.text)] == words


def test_an_audit_of_it_is_silent(each):
    assert [finding.message for finding in each.audited().findings] == []


def test_every_text_of_the_brief_is_in_a_bookmark_of_its_path(each):
    names = list_bookmarks(compose(each))
    file = read_word_file(each.data, "memo.docx")
    marks = {mark.name: text.text[mark.start : mark.end] for text in file.texts for mark in text.marks}
    assert {name for name in names if name not in marks} == {
        name for name, paths in names.items() if paths == "marking" and name not in marks
    }
    assert marks[bookmark_name("bottom_line")].startswith(file_words(each, "bottom_line")[:20])


def file_words(written, path):
    return written.brief.plain(getattr(written.brief, path))


def test_names_of_bookmarks_are_those_that_word_allows():
    long = "recommendations[12].implications[3] quotes.a-long-name_of.a.quote"
    for name in (bookmark_name(long), bookmark_name(long, 12), NOTES_PLACE):
        assert len(name) <= 40
        assert name.replace("_", "").isalnum()
        assert read_bookmark_name(name) == name
        assert read_bookmark_name(f"{name}_Copy_1") == name  # as LibreOffice names those in footnotes
    assert bookmark_name(long) != bookmark_name(long, 2) != bookmark_name("bottom_line", 2)
    assert read_bookmark_name("_Toc123") == read_bookmark_name("rg_zz") == ""


def test_it_is_valid(each, tmp_path):
    path = tmp_path / "memo.docx"
    path.write_bytes(each.data)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_python_docx_opens_it(info):
    document = docx.Document(io.BytesIO(info.data))
    assert document.core_properties.title == "The U.S.–Korea partnership: from old deals to new work"
    assert document.core_properties.author == "Policy analysis staff"
    assert document.core_properties.language == "en-US"
    assert any("multiyear Special Measures Agreement" in paragraph.text for paragraph in document.paragraphs)


def test_the_same_brief_is_the_same_bytes(info):
    assert api.render_word(info.brief, profile="info") == info.data


def test_it_carries_the_brief_and_a_fingerprint_of_what_it_says(info, written):
    custom = read_word_file(info.data, "a").custom
    assert (custom["reportgen brief"], custom["reportgen form"]) == ("us-korea-2020", "info")
    others = {read_word_file(each.data, "a").custom["reportgen fingerprint"] for each in written.values()}
    assert len(others) == len(written)


def test_the_theme_and_the_program_are_the_houses(info):
    parts = info.parts()
    assert b'typeface="Source Serif 4"' in parts["word/theme/theme1.xml"]
    assert brand.load(None).colors["accent"].lstrip("#").encode() in parts["word/theme/theme1.xml"]
    assert b"reportgen" in parts["docProps/app.xml"]
    assert b"Microsoft" not in parts["docProps/app.xml"]


def test_headings_lists_notes_and_tables_are_real(info):
    file = read_word_file(info.data, "memo.docx")
    levels = [text.level for text in file.texts if text.level]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [text.place for text in file.notes][:2] == ["note 1", "note 2"]
    recommendations = file.tables[-1]
    assert recommendations.has_head
    assert recommendations.rows == 1 + len(info.brief.recommendations)


def test_a_note_that_is_cited_again_is_a_reference_to_it(written):
    codes = [code.text for code in written["arabic"].root().iter(f"{W}instrText")]
    assert any("NOTEREF to_note_1 " in str(code) for code in codes)


def test_every_picture_has_an_alternative_text_and_two_forms(info):
    parts = info.parts()
    pictures = list(info.root().iter(f"{WP}inline"))
    assert pictures
    for picture in pictures:
        assert len(picture.find(f"{WP}docPr").get("descr")) > 40
        assert picture.find(f".//{A}ext[@uri]") is not None
    kinds = sorted(name.rpartition(".")[2] for name in parts if name.startswith("word/media/"))
    assert kinds == ["png"] * len(pictures) + ["svg"] * len(pictures)
    assert all(
        b"<text" not in data for name, data in parts.items() if name.endswith(".svg")
    )  # its faces may be missing


def test_a_marking_is_on_each_page(written):
    file = read_word_file(written["marked"].data, "memo.docx")
    shown = {(margin.kind, margin.pages): margin.texts for margin in file.margins}
    for place in (("head", "default"), ("foot", "default"), ("foot", "first")):
        assert "CUI//SP-PRVCY" in shown[place]
    assert file.texts[0].text == "CUI//SP-PRVCY"  # on the first page in the text, so that it is read aloud
    assert any("Department of X" in text for text in shown["foot", "first"])


def test_arabic_runs_from_right_to_left(written):
    root = written["arabic"].root()
    assert root.find(f".//{W}sectPr/{W}bidi") is not None
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in root.iter(f"{W}tbl"))
    runs = [run for run in root.iter(f"{W}r") if any("\u0600" <= char <= "\u06ff" for char in "".join(run.itertext()))]
    assert runs
    assert all(run.find(f"{W}rPr/{W}rtl") is not None for run in runs)


@given(st.text(alphabet="abאبج 12.,()%$", max_size=40), st.booleans())
def test_runs_of_one_direction_lose_no_letter(words, is_rtl):
    pieces = list(split_directions(words, is_rtl))
    assert "".join(piece for piece, _ in pieces) == words


def test_columns_of_a_page_fill_its_width():
    assert sum(divide_room([frozenset({"aside"}), frozenset({"main"})], 516)) == pytest.approx(516 - 18)
    assert divide_room([frozenset(), frozenset()], 480) == (231, 231)


def test_an_exhibit_ends_where_the_next_may_begin_another_page(info):
    properties = [each for each in info.root().iter(f"{W}pPr") if each.find(f"{W}keepNext") is not None]
    assert len(properties) == len(list(info.root().iter(f"{WP}inline")))


def test_charts_beside_the_text_get_its_width(info):
    widths = {int(size.get("cx")) for size in info.root().iter(f"{WP}extent")}
    assert widths == {480 * 12700}


def test_a_template_of_the_briefs_own_is_followed(write_brief):
    path = write_brief()
    folder = path.parent / "templates" / "memo"
    folder.mkdir(parents=True)
    (folder / "info.html").write_text(
        '{% extends "memo/base.html" %}{% block argument %}<section class="finding"><h2>Ours</h2>'
        "<ol><li>One<ul><li>within</li></ul></li><li>Two</li></ol><blockquote><p>Quoted</p></blockquote></section>"
        "{% endblock %}",
        encoding="utf-8",
    )
    file = read_word_file(write(path, "info").data, "memo.docx")
    texts = [text.text for text in file.texts]
    begin = texts.index("Ours")
    assert texts[begin : begin + 7] == ["Ours", "1.", "One", "within", "2.", "Two", "Quoted"]


def test_the_command_writes_it_and_refuses_what_it_cannot_have(write_brief, tmp_path, capsys):
    from reportgen.cli import main

    path, target = str(write_brief()), tmp_path / "memo.docx"
    assert main(["memo", path, "-o", str(target), "-q"]) == 0
    assert main(["audit", path, str(target), "-q"]) == 0
    assert main(["memo", path, "-o", str(target), "--attach-brief"]) == 2
    assert "a Word file carries no attachments" in capsys.readouterr().err
    assert main(["memo", path, "-o", str(tmp_path / "memo.odt")]) == 2
    assert "it writes .pdf, .docx" in capsys.readouterr().err


def test_a_build_writes_it_where_it_is_asked_for(tmp_path):
    build = api.build(INIT, tmp_path / "out", word=True)
    assert [file.path.name for file in build.files] == ["harbor-memo.pdf", "harbor-deck.pptx", "harbor-memo.docx"]
    assert [audit.errors for audit in build.audits] == [0, 0, 0]
    assert list(build.coverage.documents) == ["info memo", "deck"]


def test_a_file_that_a_colleague_has_changed_stays(write_brief, tmp_path, capsys):
    from reportgen.cli import main

    path, target = str(write_brief()), tmp_path / "memo.docx"
    assert main(["memo", path, "-o", str(target), "-q"]) == 0
    document = docx.Document(target)
    document.paragraphs[0].add_run(" (draft)")
    document.save(target)
    assert main(["memo", path, "-o", str(target)]) == 7
    assert "it is not replaced" in capsys.readouterr().err


SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#123"/></svg>'


@pytest.mark.parametrize(("ending", "media"), [("svg", ["png", "svg"]), ("png", ["png"]), ("webp", ["png"])])
def test_a_logo_is_a_bitmap_everywhere_and_an_svg_where_it_is_one(write_brief, ending, media):
    path = write_brief()
    logo = path.parent / f"logo.{ending}"
    if ending == "svg":
        logo.write_text(SQUARE, encoding="utf-8")
    else:
        Image.new("RGB", (40, 20), "navy").save(logo)
    (path.parent / "_brand.yml").write_text(f"meta: {{name: Harbor}}\nlogo: logo.{ending}\n", encoding="utf-8")
    each = write(path, "info")
    file = read_word_file(each.data, "memo.docx")
    assert file.pictures[0].text == "Harbor"
    assert [name.rpartition(".")[2] for name in file.pictures[0].files] == media
    assert each.audited().findings == ()
    size = next(each.root().iter(f"{WP}extent"))
    assert (int(size.get("cx")), int(size.get("cy"))) == (28 * 12700, 14 * 12700)
