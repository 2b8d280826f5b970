"""An article in any format becomes the same paragraphs; anything that cannot be read is reported."""

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, strategies as st

from reportgen.brief import load_brief
from reportgen.evidence import check
from reportgen.evidence.sources import source_text
from reportgen.evidence.sources.paragraphs import join_lines, number_paragraphs
from reportgen.evidence.sources.source_text import read_source
from reportgen.evidence.sources.text_blocks import split_blocks
from reportgen.system.errors import FileError
from tests.attack.crafted_files import PDFS
from tests.conftest import ROOT

from .conftest import ARTICLE, PARAGRAPHS, docx_bytes

FIRST, SECOND, THIRD = PARAGRAPHS


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in read_source(path).paragraphs]


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8", '<meta charset="latin1">'),
        ("cp1252", '<meta charset="windows-1252">'),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_has(tmp_path, encoding, head):
    page = (
        f"<html><head>{head}</head><body><article><p>The port’s two berths – “long” ones.</p></article></body></html>"
    )
    assert texts(write(tmp_path, "a.html", page.encode(encoding))) == ["The port’s two berths – “long” ones."]


def test_hard_broken_text_becomes_paragraphs(tmp_path):
    assert texts(write(tmp_path, "a.txt", ARTICLE)) == [FIRST, SECOND, THIRD]


def test_windows_line_ends_and_marks_make_no_difference(tmp_path):
    data = b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode()
    assert texts(write(tmp_path, "a.txt", data)) == [FIRST, SECOND, THIRD]
    assert texts(write(tmp_path, "b.txt", ARTICLE.encode("utf-16"))) == [FIRST, SECOND, THIRD]


def test_a_text_with_one_paragraph_a_line(tmp_path):
    text = "A Heading\n" + "A sentence of a long line. " * 12 + "\n" + "Another one. " * 20
    assert [text[:10] for text in texts(write(tmp_path, "a.txt", text))] == ["A sentence", "Another on"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["an agree-", "ment"], "an agreement"),
        (["a long-", "term plan"], "a long-term plan"),
        (["the U.S.-", "South Korea pact"], "the U.S.-South Korea pact"),
        (["an agree\u00ad", "ment"], "an agreement"),
        (["soft\u00adly spoken"], "softly spoken"),
        (["efforts to re", "litigate"], "efforts to re-litigate"),
        (["non-", "binding"], "non-binding"),
        (["  two   words "], "two words"),
    ],
)
def test_hyphens_at_line_ends(lines, text):
    assert join_lines(lines, frozenset({"long-term"}))[0] == text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A first half that stops\n\nin mid-sentence.", 1),
        ("It happened on January\n\n20, 2021, at noon.", 1),
        ("One sentence. \n\nAnother sentence.", 2),
        ("A Heading\n\nA sentence.", 1),
        ("A sentence.\n\n12\n\nAnother.", 2),
        ("These are the points:\n\n- first thing\n- second thing", 3),
        (
            "A line that is rather long and goes on\nuntil it is cut off here without a stop\n\nBecause of a Page the rest follows.",
            1,
        ),
    ],
)
def test_paragraphs_are_counted_as_a_reader_counts_them(text, count):
    assert len(number_paragraphs(split_blocks(text))) == count


@given(st.text(max_size=300))
def test_any_text_becomes_numbered_paragraphs(text):
    paragraphs = number_paragraphs(split_blocks(text))
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, len(paragraphs) + 1))
    assert all(paragraph.text.strip() and "\u00ad" not in paragraph.text for paragraph in paragraphs)
    assert all(paragraph.text[at] == " " for paragraph in paragraphs for at in paragraph.joins)


def test_markdown(tmp_path):
    text = f"---\ntitle: x\n---\n# Title\n\n{FIRST}\n\n## Head\n\nWith *emphasis*, a [link](https://e.org/) and\na `code`.\n\n- item one\n- item two\n\n```\nno text\n```\n"
    assert texts(write(tmp_path, "a.md", text)) == [FIRST, "With emphasis, a link and a code.", "item one", "item two"]


def test_a_web_page_without_its_clutter(tmp_path):
    page = f"""<!DOCTYPE html><html><head><title>t</title><style>p {{}}</style></head><body><nav><p>Menu</p></nav>
    <div class="share-bar"><p>Share this</p></div><article><h1>Title</h1><p class="byline">By Ada Example</p>
    <p>{FIRST}<sup><a href="#n1">1</a></sup></p><div class="advert"><p>Buy!</p></div><h2>Head</h2><p>Sec&shy;ond<br>line &amp; <em>more</em>.</p>
    <figure><figcaption>A picture</figcaption></figure><ul><li>An item</li></ul></article><footer><p>Imprint</p></footer></body></html>"""
    assert texts(write(tmp_path, "a.html", page)) == [FIRST, "Second line & more.", "An item", "A picture"]
    assert texts(write(tmp_path, "page", page)) == [FIRST, "Second line & more.", "An item", "A picture"]


def test_word_files_with_their_insertions_and_without_deletions(tmp_path):
    runs = "<w:r><w:t>The co</w:t><w:softHyphen/><w:t>uncil </w:t></w:r><w:del><w:r><w:delText>did not </w:delText></w:r></w:del><w:ins><w:r><w:t>agreed</w:t></w:r></w:ins><w:r><w:noBreakHyphen/><w:t>ish.</w:t></w:r>"
    data = docx_bytes(
        [("Title", "<w:r><w:t>Title</w:t></w:r>"), ("Heading2", "<w:r><w:t>Head</w:t></w:r>"), ("Normal", runs)]
    )
    assert texts(write(tmp_path, "a.docx", data)) == ["The council agreed-ish."]


def pdf_bytes(pages: list[list[tuple[float, float, float, str]]], encryption=None) -> bytes:
    """A PDF of pages of (size, x, y, text) lines in Helvetica; sizes and places in points."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for lines in pages:
        page = pdf.add_blank_page(page_size=(612, 792))
        stream = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for size, x, y, text in lines)
        page.Contents = pdf.make_stream(stream.encode("latin-1"))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    data = io.BytesIO()
    pdf.save(data, encryption=encryption or False)
    return data.getvalue()


def page(number: int, *lines: str, size: float = 11) -> list[tuple[float, float, float, str]]:
    body = [(size, 72, 700 - 14 * index, line) for index, line in enumerate(lines)]
    return [(9, 72, 760, "The Quarterly"), *body, (9, 300, 30, f"Page {number} of 3")]


def test_a_pdf_without_its_running_heads_and_headings(tmp_path):
    title = (18, 72, 730, "The Ferry Needs a Second Boat")
    pages = [
        [
            title,
            *page(
                1,
                "The ferry carried many people in the year that has just ended, and most of them",
                "complained about the con-",
                "dition of the boat, which was built when their parents",
            ),
        ],
        page(2, "were young.", "", "Nothing else was said about it. The council met on Tuesday, and it is expected to"),
        page(3, "meet again."),
    ]
    assert texts(write(tmp_path, "a.pdf", pdf_bytes(pages))) == [
        "The ferry carried many people in the year that has just ended, and most of them complained about the condition of the boat, which was built when their parents were young.",
        "Nothing else was said about it. The council met on Tuesday, and it is expected to meet again.",
    ]


def test_pages_without_text_are_reported(tmp_path):
    pages = [page(1, "A sentence that is long enough to be the body of this file."), [], [], page(4, "Another.")]
    assert read_source(write(tmp_path, "a.pdf", pdf_bytes(pages))).unread == ("no text on pages 2–3",)


BAD = [
    ("a.txt", b"", "the file is empty", "save the article"),
    ("a.txt", b" \n\n", "the file is empty", "save the article"),
    ("a.txt", b"A HEADING ONLY", "it has no paragraphs, only headings", "is it the article?"),
    ("a.txt", b"fine\nnot \x92 fine", "a.txt:2:5: error: byte 0x92 is not UTF-8", "UTF-8"),
    ("a.txt", b"\x00\x01\x02", "a binary file", ".docx"),
    ("a.txt", b"\xff\xfeA", "UTF-16", "UTF-8"),
    ("a.txt", b"{\\rtf1 hello}", "rich text", ".docx"),
    ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture", "OCR"),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted Word file", "without a password"),
    ("a.docx", b"PK\x03\x04 broken", "damaged or encrypted", "save it again"),
    ("a.pdf", pdf_bytes([[]]), "a PDF of 1 page without a text layer", "ocrmypdf"),
    (
        "a.pdf",
        pdf_bytes([page(1, "Secret.")], pikepdf.Encryption(owner="o", user="u")),
        "an encrypted PDF",
        "without one",
    ),
    ("a.pdf", b"%PDF-1.7\nnothing here", "a PDF", "save"),
    ("a.html", b"<html></html>", "it has no text", "article"),
]


@pytest.mark.parametrize(
    ("name", "data", "message", "hint"), BAD, ids=[f"{name}-{message[:24]}" for name, _, message, _ in BAD]
)
def test_bad_files_are_refused_with_the_reason(tmp_path, name, data, message, hint):
    with pytest.raises(FileError) as error:
        read_source(write(tmp_path, name, data), name)
    assert len(error.value.diagnostics) == 1
    assert message in str(error.value)
    assert hint in str(error.value)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(FileError, match="there is no such file"):
        read_source(tmp_path / "none.txt")
    with pytest.raises(FileError, match="is a folder"):
        read_source(tmp_path)


def test_an_archive_that_is_not_a_word_file(tmp_path):
    import zipfile

    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "x")
    with pytest.raises(FileError, match="not a Word file"):
        read_source(path)


def test_a_pdf_that_stops_its_reader_is_reported(tmp_path, monkeypatch):
    path = tmp_path / "article.pdf"
    path.write_bytes(PDFS["contents that are themselves"]())
    monkeypatch.setattr(source_text, "PDF_SECONDS", 3.0)
    with pytest.raises(FileError, match="takes more than 3 s to read: it is damaged, or made to stop readers"):
        source_text.read_source(path)


def test_a_source_that_is_a_link_to_itself_is_reported(tmp_path):
    (tmp_path / "brief.yaml").write_bytes((ROOT / "data" / "us-korea-2020" / "brief.yaml").read_bytes())
    (tmp_path / "article.txt").symlink_to("article.txt")
    with pytest.raises(FileError, match="cannot be read"):
        check(load_brief(tmp_path / "brief.yaml"))


def test_a_name_with_its_amount_is_no_heading(tmp_path):
    lines = ["Port traffic, May", "Fees:$18.4 Million-3.5%", "Share of ferries: 41 percent", "Loss: −€3 bn", "Chapter 1: 2019 in review",
             "Table 3: 12 ports", "The port says more about this."]  # fmt: skip
    path = write(tmp_path, "a.txt", "\n\n".join(lines))
    assert texts(path) == [*lines[1:4], lines[-1]]
