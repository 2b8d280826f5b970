"""The words of a Word file as its reader sees them, however a program writes them."""

import pytest

from reportgen.word.reading.word_reader import read_word_file
from tests.word.conftest import DOCUMENT, pack

NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def read(body):
    document = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    return read_word_file(pack({DOCUMENT: document.encode()}), "a.docx")


def run(words, look=""):
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r>"


def field(code, result):
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        char("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + char("separate") + run(result) + char("end")
    )


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (run("20") + run("26"), ["2026"]),
        (run("in 2026.") + field("NOTEREF to_note_1 \\f \\h", "1"), ["in", "2026.", "1"]),
        (run("in 2026.") + run("1", '<w:vertAlign w:val="superscript"/>'), ["in", "2026.", "1"]),
        (run("10") + run("1", '<w:vertAlign w:val="superscript"/>') * 2 + run("m"), ["10", "11", "m"]),
        (run("page") + field(" PAGE ", "7"), ["page"]),
        (run("A") + "<w:r><w:tab/></w:r>" + run("B") + "<w:r><w:br/></w:r>" + run("C"), ["A", "B", "C"]),
        (f"<w:ins>{run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", ["new"]),
        (run("seen ") + run("unseen", "<w:vanish/>"), ["seen"]),
        (run("seen ") + run("white", '<w:color w:val="FFFFFF"/>'), ["seen"]),
        (f"<w:sdt><w:sdtContent>{run('held')}</w:sdtContent></w:sdt>", ["held"]),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:t>one</w:t></mc:Choice><mc:Fallback><w:t>two</w:t></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            ["one"],
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', ["\ufffd"]),
    ],
)
def test_a_paragraph_has_the_words_that_are_shown(inside, words):
    file = read(f"<w:p>{inside}</w:p>")
    assert [word for text in file.texts for word in text.text.split()] == words


def test_tables_in_tables_and_text_boxes_are_read():
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('inner')}</w:p></w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p>{run('outer')}</w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    file = read(f"<w:p>{run('text')}{box}</w:p>{outer}")
    assert [(text.text, text.place) for text in file.texts] == [
        ("text", "paragraph 1"),
        ("boxed", "text box in paragraph 1"),
        ("outer", "table 1, row 1, cell 1"),
        ("inner", "table 1, row 1, cell 1, table, row 1, cell 1"),
    ]


def test_a_link_that_is_a_field_is_a_link():
    file = read(f"<w:p>{field('HYPERLINK &quot;https://example.org/&quot;', 'there')}</w:p>")
    assert [(link.target, link.words) for link in file.links] == [("https://example.org/", "there")]
