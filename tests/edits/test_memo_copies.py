"""Tracked changes, silent changes and comments of a Word memo are listed by person, time and key."""

import copy
import io
import zipfile

import pytest
from lxml import etree

from reportgen.edits.returned_file import read_returned
from reportgen.system.errors import FileError
from tests.edits.office_copies import AUTHOR, TIME, DocxCopy, W, pack, unpack
from tests.edits.test_deck_copies import find, listed


def change(file: DocxCopy, old: str, new: str, room: str = "text", tracked: bool = True) -> None:
    passage = find(file, old, room)
    start = passage.text.index(old)
    (file.track if tracked else file.replace)(passage, start, start + len(old), new)


@pytest.mark.parametrize("sent", ["bundled", "small"])
def test_a_memo_that_nobody_changed_has_no_edits(request, sent):
    sent = request.getfixturevalue(sent)
    assert sent.read(sent.memo) == []


def test_tracked_changes_have_their_author_and_time(small):
    file = small.open("memo")
    change(file, "Last year", "In the last year")
    change(file, "spawning grounds", "nets")
    file.save_as("Bo Park", "2026-12-02T08:00:00Z")
    edits = small.read(file.data)
    assert listed(edits) == [
        ("rewording", "topics[0].points[0]", "Last", "In the last"),
        ("rewording", "topics[1].points[0]", "spawning grounds", "nets"),
    ]
    assert {(each.copies[0].author, each.copies[0].time) for each in edits} == {(AUTHOR, TIME)}
    assert "its nets and “has asked for a survey first.” [@survey]" in edits[1].new


def test_silent_changes_are_whoever_s_saved_the_file(small):
    file = small.open("memo")
    change(file, "Last year", "In the last year", tracked=False)
    file.save_as("Bo Park", "2026-12-02T08:00:00Z")
    (edit,) = small.read(file.data)
    assert (edit.path, edit.after) == ("topics[0].points[0]", "In the last")
    assert (edit.copies[0].author, edit.copies[0].time) == ("Bo Park", "2026-12-02T08:00:00Z")


def test_tracked_and_silent_changes_of_one_paragraph(small):
    file = small.open("memo")
    change(file, "fears for", "is afraid for", tracked=False)
    change(file, "spawning grounds", "nets")
    assert listed(small.read(file.data)) == [
        ("rewording", "topics[1].points[0]", "fears", "is afraid"),
        ("rewording", "topics[1].points[0]", "spawning grounds", "nets"),
    ]


def test_a_changed_fact_is_a_question(small):
    file = small.open("memo")
    change(file, "42", "45")
    edits = small.read(file.data)
    assert all(each.change is None and "the fact long-ships is 42 percent" in each.question for each in edits)
    assert edits


def test_paragraphs_that_were_added_struck_and_moved(small):
    file = small.open("memo")
    file.track_added(find(file, "The cooperative fears"), "The port of call has 70 berths.")
    file.track_removed(find(file, "a decision before it could save"))
    edits = small.read(file.data)
    assert [(each.kind, each.path) for each in edits] == [
        ("deletion", "why_now.points[0]"), ("insertion", "topics[1].points[0]"),
    ]  # fmt: skip
    assert edits[0].question.startswith("the whole text is gone")
    assert edits[1].after == "The port of call has 70 berths."
    assert any("raw-number" in each.message for each in edits[1].findings)


def test_a_moved_paragraph_with_changes_in_it(small):
    file = small.open("memo")
    source, target = find(file, "The cooperative fears"), find(file, "a decision before it could save")
    text = source.text.replace("fears for", "worries about")
    file.track_added(target, text)
    file.track_removed(find(file, "The cooperative fears for"))
    edits = small.read(file.data)
    assert [(each.kind, each.path) for each in edits] == [
        ("move", "topics[1].points[0]"), ("rewording", "topics[1].points[0]"),
    ]  # fmt: skip
    assert edits[1].copies[0].author == AUTHOR


def test_paragraphs_that_were_parted_and_rows_that_were_struck(small):
    file = small.open("memo")
    passage = find(file, "The cooperative fears")
    first = file.elements(passage.part)[passage.index]
    second = copy.deepcopy(first)
    first.addnext(second)
    for element, words in ((first, "The cooperative fears "), (second, passage.text.partition("fears ")[2])):
        pieces = file.pieces(element)
        for piece in pieces:
            piece.text = ""
        pieces[0].text = words
    file.mark_end(first, "ins")
    row = next(file.root(passage.part).iter(f"{W}tr"))
    look = row.find(f"{W}trPr")
    if look is None:
        look = etree.Element(f"{W}trPr")
        row.insert(0, look)
    look.append(file.tracked("del"))
    returned, _ = read_returned(small.brief, file.data, "copy")
    assert any(f"parted in two by {AUTHOR}" in note for note in returned.notes)
    edits = small.read(file.data)
    assert {each.kind for each in edits} == {"deletion"}
    assert {each.copies[0].author for each in edits} == {AUTHOR}


def test_notes_and_alternative_texts(bundled):
    file = bundled.open("memo")
    change(file, "Foreign Minister Kang", "Minister Kang", room="note")
    assert listed(bundled.read(file.data)) == [("deletion", "quotes.kang.speaker", "Foreign", "")]


def test_comments_have_the_key_of_their_words(small):
    file = small.open("memo")
    passage = find(file, "The cooperative fears")
    file.comment(passage, 0, len(passage.text), "Ask them first.")
    (edit,) = small.read(file.data)
    assert (edit.kind, edit.path, edit.after) == ("comment", "topics[1].points[0]", "Ask them first.")
    assert (edit.copies[0].author, edit.copies[0].time) == (AUTHOR, TIME)


def test_a_comment_by_nobody(small):
    file = small.open("memo")
    file.comment(find(file, "The cooperative fears"), 0, 9, "Hm.")
    parts = unpack(file.data)
    parts["word/comments.xml"] = parts["word/comments.xml"].replace(f'w:author="{AUTHOR}"'.encode(), b"").replace(
        f'w:date="{TIME}"'.encode(), b""
    )  # fmt: skip
    (edit,) = small.read(pack(parts))
    assert (edit.after, edit.copies[0].author, edit.copies[0].time) == ("Hm.", "", "")


def test_a_memo_whose_bookmarks_are_lost(small):
    file = small.open("memo")
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for element in list(file.root("word/document.xml").iter(f"{W}{tag}")):
            element.getparent().remove(element)
    change(file, "spawning grounds", "nets", tracked=False)
    assert listed(small.read(file.data)) == [("rewording", "topics[1].points[0]", "spawning grounds", "nets")]


def test_text_boxes_and_nested_tables_are_read(small):
    file = small.open("memo")
    body = file.root("word/document.xml").find(f"{W}body")
    body.insert(
        0,
        etree.fromstring(
            f'<w:p xmlns:w="{W.strip("{}")}"><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>A box of words.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        ),
    )
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    inner = f"<w:tbl><w:tr>{cell.format('An inner cell.')}</w:tr></w:tbl>"
    body.insert(
        1, etree.fromstring(f'<w:tbl xmlns:w="{W.strip("{}")}"><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>')
    )
    edits = small.read(file.data)
    assert {each.after for each in edits} == {"A box of words.", "An inner cell."}
    note = read_returned(small.brief, file.data, "copy")[0].notes
    assert any("a table in it" in each for each in note)


def test_macros_are_named(small):
    parts = unpack(small.memo) | {"word/vbaProject.bin": b"x"}
    assert "it holds macros, which are neither run nor read" in read_returned(small.brief, pack(parts), "m")[0].notes


def test_a_copy_of_another_brief_and_of_an_older_edition(small, bundled):
    file, _ = read_returned(small.brief, bundled.memo, "copy")
    assert "it is a copy of another brief: “us-korea-2020”" in file.notes
    parts = unpack(small.memo)
    name = "docProps/custom.xml"
    root = etree.fromstring(parts[name])
    next(each for each in root if each.get("name") == "reportgen fingerprint")[0].text = "0" * 16
    file, _ = read_returned(small.brief, pack(parts | {name: etree.tostring(root)}), "copy")
    assert any("another edition of the brief" in note for note in file.notes)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "it has a password, or is in the format of Office 97–2003"),
        (b"%PDF-1.7", "a PDF, in which nobody edits words"),
        (b"words", "neither a PowerPoint deck nor a Word document"),
        (b"PK\x03\x04" + bytes(40), "it is damaged: cut off, or no ZIP archive"),
        (pack({"a.txt": b"x"}), "neither a PowerPoint deck nor a Word document"),
        (pack({"word/document.xml": b"<w"}), "a damaged Word document"),
        (pack({"word/document.xml": b"<a/>"}), "a damaged Word document: it has no body"),
    ],
)
def test_files_that_are_none(small, data, message):
    with pytest.raises(FileError, match=message) as caught:
        read_returned(small.brief, data, "copy.docx")
    assert caught.value.diagnostics[0].where.file == "copy.docx"
    assert caught.value.diagnostics[0].hint


def test_a_cut_off_archive(small):
    with pytest.raises(FileError, match="damaged"):
        read_returned(small.brief, small.memo[:2000], "copy.docx")
    with zipfile.ZipFile(io.BytesIO(small.memo)) as archive:
        assert archive.testzip() is None
