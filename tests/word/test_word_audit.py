"""The audit of Word files: silent on files that were only saved, one finding at the right key for each change."""

import random
import shutil
from contextlib import suppress

import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree

from reportgen import brand
from reportgen.audit.word_stream import plain_words
from reportgen.deck.proof import office
from reportgen.system.errors import FileError
from reportgen.word.reading.word_reader import read_word_file
from tests.word.conftest import DOCUMENT, W, pack

SUBJECT = "{http://purl.org/dc/elements/1.1/}title"
BOTTOM_LINE = "Settle a multiyear"


def find_paragraph(root, words):
    return next(each for each in root.iter(f"{W}p") if words in "".join(each.itertext()))


def drop_paragraph(words):
    def change(root):
        paragraph = find_paragraph(root, words)
        paragraph.getparent().remove(paragraph)

    return change


def report_of(written, data):
    return [(finding.kind, finding.brief.key if finding.brief else "") for finding in written.audited(data).findings]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("by 8.2\u00a0percent", "by 9.2\u00a0percent", ("number", "topics[0].points[0]")),
        ("a little less than 16\u00a0months from", "16\u00a0months from", ("quantifier", "bottom_line")),
        ("Policy analysis staff", "Policy planning staff", ("qualifier", "from[0]")),
        ("Over the next two decades", "Over the next three decades", ("number", "topics[2].points[0]")),
        ("it more trusted in", "it less trusted in", ("quantifier", "topics[3].points[0]")),
    ],
)
def test_a_change_is_one_finding_at_its_key(info, old, new, found):
    data = info.change(DOCUMENT, (old, new))
    assert report_of(info, data) == [found]


def test_a_deleted_paragraph_is_one_finding(info):
    data = info.edit(drop_paragraph("Over the next two decades"))
    (finding,) = info.audited(data).findings
    assert finding.brief.key == "topics[2].points[0]"
    assert finding.before.startswith("Over the next two decades")


def test_changes_of_notes_cells_and_heads_are_found(info, written):
    data = info.change("word/footnotes.xml", ("¶2", "¶3"))
    ((kind, key),) = report_of(info, data)
    assert (kind, key.partition(".")[0]) == ("number", "sources")
    data = info.change(DOCUMENT, ("Ceiling, term", "Ceiling, length"))
    assert report_of(info, data) == [("text", "recommendations[0].decide")]
    marked = written["marked"]
    footer = next(name for name, text in marked.parts().items() if "foot" in name and b"Department of X" in text)
    assert report_of(marked, marked.change(footer, ("Department of X", "Department of Y"))) == [("text", "marking")]
    banner = next(name for name, text in marked.parts().items() if "header" in name and b"CUI" in text)
    assert report_of(marked, marked.change(banner, ("CUI//SP-PRVCY", ""))) == [("missing", "marking")]


def test_alternative_texts_and_properties_are_compared(info):
    data = info.edit(lambda root: next(each for each in root.iter() if each.get("descr")).set("descr", "A chart."))
    assert any(key.startswith("exhibits.") for _, key in report_of(info, data))
    data = info.edit(lambda root: setattr(root.find(SUBJECT), "text", "Another title"), "docProps/core.xml")
    ((_, key),) = report_of(info, data)
    assert key == "title"


def test_a_picture_that_was_replaced_is_a_warning(info):
    parts = info.parts()
    first, second, *_ = (name for name in parts if name.endswith(".png"))
    (finding,) = info.audited(pack({**parts, first: parts[second]})).findings
    assert (finding.severity, finding.message.partition("”")[2]) == (
        "warning", " is not the file that was built: it may show something else",
    )  # fmt: skip
    report = info.audited(
        info.edit(lambda root: [each.set("name", "Picture 1") for each in root.iter() if each.get("descr")])
    )
    assert (report.findings, report.unread) == ((), ("what 3 pictures show: their names are lost",))


def test_tracked_changes_are_read_as_accepted_and_noted(info):
    def change(root):
        run = next(each for each in root.iter(f"{W}r") if BOTTOM_LINE in "".join(each.itertext()))
        deleted = etree.Element(f"{W}del", {f"{W}id": "900", f"{W}author": "A. Reader"})
        inserted = etree.Element(f"{W}ins", {f"{W}id": "901", f"{W}author": "A. Reader"})
        new = etree.SubElement(etree.SubElement(inserted, f"{W}r"), f"{W}t")
        new.text = run[-1].text.replace("multiyear", "one-year")
        run.addprevious(deleted)
        run.addnext(inserted)
        deleted.append(run)
        run[-1].tag = f"{W}delText"

    report = info.audited(info.edit(change))
    assert [(finding.kind, finding.severity) for finding in report.findings] == [("number", "error"), ("look", "note")]
    assert "2 tracked changes" in report.findings[-1].message


def test_what_nobody_sees_is_reported(info):
    def hide(root):
        run = next(each for each in root.iter(f"{W}r") if BOTTOM_LINE in "".join(each.itertext()))
        etree.SubElement(run.insert(0, etree.Element(f"{W}rPr")) or run[0], f"{W}vanish")

    assert [kind for kind, _ in report_of(info, info.edit(hide))] == ["number", "hidden"]


def test_a_ticked_box_is_reported(written):
    action = written["action"]
    (finding,) = action.audited(action.change(DOCUMENT, ('checked w14:val="0"', 'checked w14:val="1"'))).findings
    assert finding.message == "a box is ticked: 1. Conclude a multiyear SMA: Approve"


def test_a_field_that_fetches_something_is_reported(info):
    def change(root):
        paragraph = find_paragraph(root, BOTTOM_LINE)
        field = etree.SubElement(paragraph, f"{W}fldSimple")
        field.set(f"{W}instr", 'INCLUDETEXT "https://example.org/a.docx"')

    assert [kind for kind, _ in report_of(info, info.edit(change))] == ["program"]


def test_a_lost_heading_is_a_warning(info):
    def change(root):
        style = find_paragraph(root, "Plan North Korea with Moon").find(f"{W}pPr/{W}pStyle")
        style.set(f"{W}val", "Normal")

    (finding,) = info.audited(info.edit(change)).findings
    assert (finding.kind, finding.severity) == ("disagreement", "warning")


def test_an_older_state_of_the_brief_is_noted(info):
    data = info.change(
        "docProps/custom.xml", (read_word_file(info.data, "a").custom["reportgen fingerprint"], "0" * 16)
    )
    (finding,) = info.audited(data).findings
    assert (finding.severity, finding.message.partition(":")[0]) == (
        "note", "the file was built from an earlier or later state of the brief",
    )  # fmt: skip


def test_a_file_without_bookmarks_and_properties_is_compared_word_by_word(written):
    """Some programs keep the words alone."""
    decision = written["decision"]
    parts = decision.parts()
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"relationships/custom-properties", b"relationships/other")
    root = decision.root()
    for mark in [*root.iter(f"{W}bookmarkStart"), *root.iter(f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    report = decision.audited(pack({**parts, DOCUMENT: etree.tostring(root)}))
    assert (report.findings, report.recipe.profile) == ((), "decision")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda info, written: written["korean"].data, "the file is the memo of another brief"),
        (lambda info, written: b"\xd0\xcf\x11\xe0" + bytes(600), "the Word file has a password, or is of Word 97–2003"),
        (lambda info, written: pack({**info.parts(), "word/vbaProject.bin": b"x"}), "the Word file has macros"),
        (lambda info, written: info.data[:9000], "a damaged Word file: it is cut off, or no ZIP archive"),
        (lambda info, written: pack({"word/styles.xml": b"<a/>"}), "not a Word file: it has no document"),
        (lambda info, written: pack({**info.parts(), DOCUMENT: b"<a"}), "a damaged Word file: word/document.xml"),
    ],
)
def test_a_file_that_cannot_be_compared_is_refused(info, written, data, message):
    with pytest.raises(FileError) as caught:
        info.audited(data(info, written))
    (found,) = caught.value.diagnostics
    assert found.message.startswith(message)
    assert found.hint


@given(seed=st.integers(0, 2**32))
@settings(max_examples=25)
def test_no_damage_ends_in_another_error(written, seed):
    marked, chance = written["marked"], random.Random(seed)
    parts = marked.parts()
    name = chance.choice([each for each in parts if each.endswith((".xml", ".rels"))])
    root = etree.fromstring(parts[name])
    victim = chance.choice(list(root.iter()))
    if chance.random() < 0.5 and victim.getparent() is not None:
        victim.getparent().remove(victim)
    else:
        for key in victim.attrib:
            victim.set(key, chance.choice(["", "-1", "x", "99999999999", "../x"]))
    with suppress(FileError):
        assert marked.audited(pack({**parts, name: etree.tostring(root)})).document == "memo"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice opens and saves the memo")
def test_libreoffice_shows_every_word_and_keeps_every_bookmark(written, tmp_path):
    shown = {name: each for name, each in written.items() if name in ("info", "action", "onepage", "arabic", "marked")}
    for name, each in shown.items():
        (tmp_path / f"{name}.docx").write_bytes(each.data)
    paths = [tmp_path / f"{name}.docx" for name in shown]
    (tmp_path / "out").mkdir()
    saved = office.convert(paths, tmp_path / "out", brand.load(None), "docx")
    for each, path in zip(shown.values(), saved, strict=True):
        assert [finding.message for finding in each.audited(path.read_bytes()).findings] == [], path.name
        ours, theirs = (read_word_file(data, path.name) for data in (each.data, path.read_bytes()))
        assert list_marks(theirs) == list_marks(ours)
    (pdf,) = office.convert([tmp_path / "info.docx"], tmp_path / "out", brand.load(None), "pdf")
    from reportgen.pdf.reading.pdf_reader import read_pdf

    spans = read_pdf(pdf.read_bytes(), "memo.pdf").spans
    printed = sorted(word for span in spans for word in plain_words(span.text))
    for word in {word for text in read_word_file(written["info"].data, "a").texts for word in plain_words(text.text)}:
        assert word in printed


def list_marks(file):
    return sorted((mark.name, text.text[mark.start : mark.end].strip()) for text in file.texts for mark in text.marks)
