"""Published texts as they are: tables, footnotes, captions, boxes and brackets neither break a quote nor change its words."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from reportgen.brief import load_brief
from reportgen.evidence import check
from reportgen.evidence.matching.quote_match import SearchableText
from reportgen.evidence.sources.footnote_marks import blank_marks, is_raised_mark
from reportgen.evidence.sources.source_text import SourceText, read_source

from .conftest import ARTICLE, docx_bytes
from .test_sources import page, pdf_bytes, texts, write

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(folder: Path, name: str, data: bytes | str) -> SourceText:
    return read_source(write(folder, name, data))


def finds(source: SourceText, quote: str) -> bool:
    return SearchableText(source.paragraphs).find(quote) is not None


def row(y: float, *cells: str, left: float = 72, size: float = 9) -> list[tuple[float, float, float, str]]:
    """A row of a PDF's table: its label, and values in columns of 70 points."""
    return [(size, left + (120 + 70 * (index - 1) if index else 0), y, cell) for index, cell in enumerate(cells)]


PROSE = "The harbor handled more cargo in every year of the period, and most of it came by"
TABLE = [
    *row(500, "", "2021", "2022", "2023"),
    *row(486, "Grain", "412", "438", "1,020"),
    *row(472, "Coal", "86", "79", "-"),
    *row(458, "All cargo", "498", "517", "1,020"),
]


def test_a_row_of_a_pdf_s_table_is_a_paragraph_with_its_label(tmp_path):
    pages = [[(11, 72, 560, PROSE), (11, 72, 546, "sea."), (9, 72, 515, "Table 3. Cargo by kind"), *TABLE]]
    source = read(tmp_path, "a.pdf", pdf_bytes(pages))
    rows = [paragraph.text for paragraph in source.paragraphs if paragraph.is_row]
    assert rows == [
        "2021 | 2022 | 2023",
        "Grain | 412 | 438 | 1,020",
        "Coal | 86 | 79 | -",
        "All cargo | 498 | 517 | 1,020",
    ]
    assert finds(source, "Grain | 412 | 438 | 1,020")
    assert finds(source, "Coal … 79")
    assert not finds(source, "Grain | 412 | 439")
    assert not finds(source, "Grain … 517"), "the value of another row"


def test_a_table_beside_a_column_of_text_keeps_out_of_it(tmp_path):
    column = [
        (10, 72, 560 - 12 * index, line)
        for index, line in enumerate(
            [
                "The ministry counted the ships of",
                "each port twice, and published",
                "neither of the two results",
                "before the vote was held.",
            ]
            * 3
        )
    ]
    table = [
        cell
        for index, y in enumerate((548, 536, 524, 512))
        for cell in row(y, f"Port {'ABCD'[index]}", f"{index + 3}1", f"{index + 5}2", left=330)
    ]
    source = read(tmp_path, "a.pdf", pdf_bytes([[*column, *table]]))
    assert finds(source, "published neither of the two results before the vote was held")
    assert finds(source, "Port C | 51 | 72")


def test_a_table_and_a_caption_inside_a_sentence_do_not_break_it(tmp_path):
    first = page(
        1,
        "The council has asked for a survey of every berth in the outer harbor, which",
        "would cost the port a third of the",
    )
    second = page(2, *[""] * 20, "yearly budget that it has been granted for repairs.")
    pages = [[*first, (11, 72, 600, "Table 1: Cargo by kind and year")], [*TABLE, *second]]
    source = read(tmp_path, "a.pdf", pdf_bytes(pages))
    assert finds(source, "would cost the port a third of the yearly budget that it has been granted")


def test_raised_marks_of_a_pdf_are_no_words_and_exponents_are(tmp_path):
    line = "Exports reached 4 billion dollars in the last year before the war"
    pages = [
        [
            (11, 72, 600, line),
            (6, 400, 604, "12"),
            (11, 72, 586, "and stayed there. The port covers 31 km"),
            (6, 262, 590, "2"),
            (11, 267, 586, "of land."),
        ]
    ]
    found = SearchableText(read(tmp_path, "a.pdf", pdf_bytes(pages)).paragraphs)
    assert found.find("in the last year before the war and stayed there")
    assert found.find("The port covers 31 km2 of land")


@pytest.mark.parametrize(
    ("before", "raised", "is_mark"),
    [
        ("levels.", "12", True), ("levels", "3,4", True), ("in 2010", "8", True), ("levels", "*", True), ("levels", "[a]", True),
        ("31 km", "2", False), ("10", "6", False), ("20", "th", False), ("per m", "3", False), ("1", "st", False), ("s", "-1", False),
    ],
)  # fmt: skip
def test_which_raised_letters_are_marks(before, raised, is_mark):
    assert is_raised_mark(before, raised) == is_mark


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("fell to low levels.12 The rest", "fell to low levels. The rest"),
        ("as officials said [12], rates", "as officials said, rates"),
        ("the islands[165] and[note 2] birds[a] fly", "the islands and birds fly"),
        ("it fell[^1] and rose[^note-2].", "it fell and rose."),
        ("they agreed.”14 Then", "they agreed.” Then"),
        ("many ports¹² are", "many ports are"),
        ("see fig.3 and no.12 on p.4", "see fig.3 and no.12 on p.4"),
        ("1.09 [0.95 to 1.20] °C", "1.09 [0.95 to 1.20] °C"),
        ("a rise of 2.5 points over 10⁶ m² in COP26", "a rise of 2.5 points over 10⁶ m² in COP26"),
        ("In [2019] it fell to [12]", "In [2019] it fell to [12]"),
    ],
)
def test_marks_in_running_text(text, bare):
    assert blank_marks(text).replace("\u2060", "") == bare
    assert len(blank_marks(text)) == len(text)


@pytest.mark.parametrize(
    ("quote", "is_found"),
    [
        ("The rise was 1.09 [0.95 to 1.20]°C", True),
        ("1.09 [0.95 to 1.20]", True),
        ("1.09 [0.94 to 1.20]", False),
        ("The rise was 1.09 [0.94 to 1.20]°C", False),
        ("1.09 [0.95 to 1.20]°C … over land", True),
        ("[Warming] was 1.09", True),
        ("The rise [in temperature] was 1.09", True),
        ("[In 2020] officials agreed", True),
        ("Officials agreed on rates. The rest", True),
        ("Officials agreed [12] on rates.12 The rest", True),
        ("levels, and things14 grew", True),
        ("levels, and things grew", True),
        ("levels, and things grew by 5 percent", False),
    ],
)
def test_brackets_and_marks_in_quotes(quote, is_found):
    text = "The rise was 1.09 [0.95 to 1.20]°C, more over land. Officials agreed [12] on rates.12 The rest of levels,13 and things14 grew by 51 percent."
    assert (SearchableText.of(text).find(quote) is not None) == is_found


def test_the_mark_of_a_footnote_in_a_quote_is_no_number(folder):
    text = ARTICLE.replace("than a year before.", "than a year before.12")
    (folder / "article.txt").write_text(text, encoding="utf-8")
    brief = (
        (folder / "brief.yaml")
        .read_text(encoding="utf-8")
        .replace('than a year before"', 'than a year before.12 It is 31 years old"')
    )
    (folder / "brief.yaml").write_text(brief, encoding="utf-8")
    report = check(load_brief(folder / "brief.yaml"))
    assert [finding.message for finding in report.findings] == []


HTML = """<html><body><article><p>Ports grew by 10<sup>6</sup> tons over 4 km<sup>2</sup> in the 20<sup>th</sup> century.<sup id="r1"><a href="#f1">1</a></sup>
They shrank<a href="#fn2" class="footnote-ref" role="doc-noteref">2</a> later, as <a href="/x">we</a> know<sup>3</sup> today.</p>
<figure><img alt="x"><figcaption>The old berth in winter.</figcaption></figure>
<aside><p>Each berth was rebuilt at least twice before the war began.</p></aside>
<aside class="related"><p>Read <a href="/a">more about our ports</a></p></aside>
<table><tr><th>Port</th><th>2022</th></tr><tr><td>Old <b>berth</b></td><td>4.2</td></tr><tr><td>New berth</td><td>5.1</td></tr></table>
<dl><dt>Berth</dt><dd>A place where one ship can lie.</dd></dl>
<section role="doc-endnotes"><ol><li id="f1">The harbor office counts otherwise. <a role="doc-backlink" href="#r1">↩</a></li></ol></section>
</article></body></html>"""


def test_a_web_page_with_notes_asides_and_tables(tmp_path):
    source = read(tmp_path, "a.html", HTML)
    assert [paragraph.text for paragraph in source.paragraphs] == [
        "Ports grew by 106 tons over 4 km2 in the 20th century. They shrank later, as we know today.",
        "Port | 2022", "Old berth | 4.2", "New berth | 5.1", "Berth", "A place where one ship can lie.",
        "The old berth in winter.", "Each berth was rebuilt at least twice before the war began.", "The harbor office counts otherwise.",
    ]  # fmt: skip
    assert source.unread == ("skipped: 1 aside (5 words)",)
    assert finds(source, "Old berth | 4.2")
    assert not finds(source, "Old berth … 5.1")


def cell(text: str) -> str:
    return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_a_word_file_with_a_table_a_box_a_note_and_changes(tmp_path):
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    body = (
        "<w:p>" + run.format("The council ") + "<w:del><w:r><w:delText>never met</w:delText></w:r></w:del><w:ins>" + run.format("met twice")
        + '</w:ins><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>4</w:t></w:r>' + run.format(" in May.")
        + "<w:r><w:pict><w:txbxContent><w:p>" + run.format("A box beside the text.") + "</w:p></w:txbxContent></w:pict></w:r></w:p>"
        + f"<w:tbl><w:tr>{cell('Port')}{cell('2022')}</w:tr><w:tr>{cell('Old berth')}{cell('4.2')}</w:tr></w:tbl>"
    )  # fmt: skip
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        package.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {W}><w:footnote w:id="1"><w:p>{run.format("So the minutes say.")}</w:p></w:footnote></w:footnotes>',
        )
        package.writestr(
            "word/comments.xml",
            f'<w:comments {W}><w:comment w:id="1"><w:p>{run.format("Are we sure?")}</w:p></w:comment></w:comments>',
        )
    source = read(tmp_path, "a.docx", data.getvalue())
    assert [paragraph.text for paragraph in source.paragraphs] == [
        "The council met twice in May.", "Port | 2022", "Old berth | 4.2", "A box beside the text.", "So the minutes say.",
    ]  # fmt: skip
    assert source.unread == ("skipped: 1 tracked deletion, 1 comment (5 words)",)


def test_a_layout_table_of_one_cell_keeps_its_paragraphs(tmp_path):
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p><w:r><w:t>Two.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    data = docx_bytes([("Normal", "<w:r><w:t>First.</w:t></w:r>")])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode().replace("</w:body>", table + "</w:body>")
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w") as package:
        package.writestr("word/document.xml", xml)
    assert texts(write(tmp_path, "a.docx", new.getvalue())) == ["First.", "One.", "Two."]


def test_letters_without_a_name_are_noted(tmp_path):
    name = pikepdf.Name
    pdf = pikepdf.open(
        io.BytesIO(pdf_bytes([page(1, "The exposure was the same for all of the birds that were seen.")]))
    )
    descriptor = pikepdf.Dictionary(Type=name.FontDescriptor, FontName=name.Odd, Flags=4, FontBBox=[0, 0, 1000, 1000])
    info = pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0)
    below = pikepdf.Dictionary(
        Type=name.Font, Subtype=name.CIDFontType2, BaseFont=name.Odd, CIDSystemInfo=info, FontDescriptor=descriptor
    )
    odd = pikepdf.Dictionary(
        Type=name.Font, Subtype=name.Type0, BaseFont=name.Odd, Encoding=name("/Identity-H"), DescendantFonts=[below]
    )
    first = pdf.pages[0]
    first.Resources.Font.F2 = pdf.make_indirect(odd)
    first.contents_add(b"BT /F2 11 Tf 72 600 Td <0001> Tj ET", prepend=False)
    data = io.BytesIO()
    pdf.save(data)
    source = read(tmp_path, "a.pdf", data.getvalue())
    assert source.unread == ("letters without a name in its fonts on page 1",)
    assert not any("cid" in paragraph.text for paragraph in source.paragraphs)


def test_rows_and_sections_of_markdown(tmp_path):
    text = "# Ports\n\n## 2 Cargo\n\nCargo rose.[^1]\n\n| Port | 2022 |\n| --- | --- |\n| Old berth | 4.2 |\n| New *berth* | 5.1 |\n"
    source = read(tmp_path, "a.md", text)
    assert [paragraph.text for paragraph in source.paragraphs if paragraph.is_row] == [
        "Port | 2022",
        "Old berth | 4.2",
        "New berth | 5.1",
    ]
    assert source.paragraphs[0].sections == ("Ports", "2 Cargo")
    assert finds(source, "Cargo rose.")
    assert not finds(source, "Old berth … 5.1")


def test_running_heads_of_a_text_with_page_breaks(tmp_path):
    pages = [
        "The Quarterly\n\nThe council has asked for a survey, which would cost the port\n\nPage 1",
        "The Quarterly\n\na third of its budget.\n\nNothing else was said.\n\nPage 2",
    ]
    source = read(tmp_path, "a.txt", "\f".join(pages) + "\f")
    assert [paragraph.text for paragraph in source.paragraphs] == [
        "The council has asked for a survey, which would cost the port a third of its budget.",
        "Nothing else was said.",
    ]
    found = SearchableText(source.paragraphs).find("would cost the port a third")
    assert found is not None
    assert found.pages == (1, 2)


def test_a_file_whose_fonts_lost_their_ligatures(tmp_path):
    text = "The council saw no reason to act until the port authorities had spoken to each of the owners. " * 40
    source = SearchableText.of(text + "They are signicantly dierent, and the oce took ve days.")
    assert source.find("They are significantly different, and the office took five days")
    assert source.find("They are significantly different, and the office took nine days") is None


def test_what_was_skipped_is_noted_once(folder):
    lines = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n\n")[2:])
    html = f"<html><body><article>{lines}<aside><a href='/'>More news</a></aside></article></body></html>"
    html = (
        html.replace("pub\nlished", "published")
        .replace("re\nopen", "re-open")
        .replace("multi-\nyear", "multiyear")
        .replace("cable</p><p>", "cable ")
    )
    (folder / "article.html").write_text(html, encoding="utf-8")
    report = check(load_brief(folder / "brief.yaml"), {"example": folder / "article.html"})
    assert [note.split(": ", 1)[1] for note in report.notes] == ["skipped: 1 aside (2 words)"]
