"""Two finished files: what changed is told by page or slide; stamps, notes' numbers and page breaks are no change."""

import io

import pikepdf
import pytest

from reportgen import UsageError, brand as brands, find_changes
from reportgen.changes import compare_snapshots
from reportgen.changes.change_values import mark_pieces
from reportgen.changes.states.file_snapshot import read_file_snapshot
from reportgen.distribution import encryption
from reportgen.distribution.editions import compared_states
from reportgen.distribution.stamping.pdf_stamp import PdfStamper
from reportgen.distribution.stamping.pptx_stamp import PptxStamper
from reportgen.system.errors import EvidenceError, FileError
from reportgen.text.stamp_text import Stamp
from tests.conftest import INIT

PASSWORD = "a long password 1"


@pytest.fixture(scope="session")
def states(finished):
    """The snapshots of the finished files."""
    return {key: read_file_snapshot(path.read_bytes(), str(path), fork=True) for key, path in finished.items()}


def reworded(changes):
    return [mark_pieces(change.pieces) for change in changes.texts if change.action == "reworded"]


@pytest.mark.parametrize("kind", ["memo", "deck"])
def test_numbers_and_words_of_finished_files(states, kind):
    changes = compare_snapshots(states["old", kind], states["new", kind])
    assert not changes.warnings
    cost = next(change for change in changes.changed_numbers if "30" in change.old)
    assert (cost.old, cost.new) == ("a little less than $30 million", "a little less than $35 million")
    assert all(spot.place.startswith("page " if kind == "memo" else "slide ") for spot in cost.spots)
    words = " ".join(reworded(changes))
    assert "{+nursery+}" in words
    assert "[-Commission-]{+Publish+} the survey" in words
    assert not [change for change in changes.texts if change.action in ("added", "removed", "moved")]


def test_a_memo_carries_the_evidence_of_its_numbers(finished):
    changes = find_changes(finished["old", "memo"], finished["new", "memo"])
    cost = next(change for change in changes.changed_numbers if change.fact == "dredging")
    assert "$30 million" in cost.old_evidence[0].words
    assert "$35 million" in cost.new_evidence[0].words
    assert cost.new_evidence[0].place.endswith("¶2")


@pytest.mark.parametrize("kind", ["memo", "deck"])
def test_a_stamped_copy_is_its_document(finished, states, kind):
    data = finished["old", kind].read_bytes()
    stamper = PdfStamper(data, brands.load(INIT.parent)) if kind == "memo" else PptxStamper(data)
    copy = stamper.copy(Stamp(2, "February 10, 2026", "Ada", 7).text).data
    changes = compare_snapshots(states["old", kind], read_file_snapshot(copy, f"copy.{kind}", fork=True))
    assert changes.is_empty
    assert changes.new.version == 2


@pytest.mark.parametrize("kind", ["memo", "deck"])
def test_an_encrypted_copy_opens_with_its_password(finished, tmp_path, kind):
    pytest.importorskip("msoffcrypto")
    path = finished["old", kind]
    copy = tmp_path / path.name
    copy.write_bytes(encryption.encrypt(path.read_bytes(), PASSWORD))
    with pytest.raises((FileError, EvidenceError)) as caught:
        find_changes(copy, copy)
    assert caught.value.diagnostics[0].where.file == str(copy)
    with pytest.raises(EvidenceError):
        find_changes(copy, copy, password="another password")
    state = compared_states.read_state(copy, {encryption.VARIABLE: PASSWORD}, fork=True)
    assert any("a little less than $30 million" in item.words for item in state.items)


def test_a_memo_is_not_compared_with_a_deck_or_a_brief(finished):
    with pytest.raises(UsageError, match=r"is a brief, and .* is a deck"):
        compared_states.find_changes(INIT, finished["old", "deck"], {}, fork=True)


def test_two_formats_are_warned_of(tmp_path):
    text = "The harbor handled ships in May, and the pilots asked for a longer basin."
    (tmp_path / "old.md").write_text(f"# Report\n\n{text}\n")
    (tmp_path / "new.html").write_text(f"<h1>Report</h1><p>{text}</p>")
    changes = find_changes(tmp_path / "old.md", tmp_path / "new.html")
    assert "one is a .md file and one a .html file" in changes.warnings[-1].message
    assert changes.is_empty


OLD = """# Harbor report

The harbor handled 120 ships in May. Pilots asked for a longer basin.

## Money

The commission set aside 4 million for repairs this year.

Nobody has asked the fishing cooperative about the works yet.
"""


def compare_texts(old, new):
    return compare_snapshots(*(read_file_snapshot(text.encode(), "report.md") for text in (old, new)))


def test_any_two_texts():
    new = (
        OLD.replace("120 ships", "140 ships").replace("set aside", "put aside")
        + "\nA survey begins in the autumn and will take two seasons.\n"
    )
    changes = compare_texts(OLD, new)
    (number,) = changes.changed_numbers
    assert (number.old, number.new) == ("120", "140")
    assert [change.action for change in changes.texts] == ["reworded", "added"]


def test_lines_that_are_broken_otherwise_are_no_change():
    assert compare_texts(OLD, OLD.replace("Pilots asked", "Pilots\nasked")).is_empty


def test_two_texts_with_nothing_in_common_are_called_so():
    other = "# Rain\n\nClouds gathered over the hills at dawn.\n\n## Wind\n\nThe wind turned to the north and blew for a week.\n"
    (warning,) = compare_texts(OLD, other).warnings
    assert "two different documents" in warning.message


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.pdf", b" ", "empty"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "PDF"),
        ("cut.pptx", b"PK\x03\x04ppt/presentation.xml", "deck"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "not a document"),
        ("list.xlsx.bin", b"\0\1\2", "not a document"),
    ],
)
def test_files_that_cannot_be_read(name, data, message):
    with pytest.raises(FileError, match=message):
        read_file_snapshot(data, name)


REPEATED = "".join(
    f"## Version {number}\n\n### Fix\n\nThe {word} gate closes again after the tide of the night.\n\n### Fields\n\nNone.\n\n"
    for number, word in enumerate(("first", "second", "third", "fourth"), 1)
)


def test_lines_that_a_document_repeats_stay_with_their_own():
    new = "## Version 0\n\n### Fix\n\nAn entirely new sluice was built at the northern end.\n\n" + REPEATED
    assert {change.action for change in compare_texts(REPEATED, new).texts} == {"added"}


def test_a_heading_above_what_was_there_moves_nothing():
    changes = compare_texts(OLD, OLD.replace("The harbor handled", "## Traffic\n\nThe harbor handled"))
    assert [(change.action, change.spot.place) for change in changes.texts] == [("added", "paragraph 2")]


def test_a_section_that_moved_is_one_move():
    sections = [part for part in REPEATED.split("## Version") if part]
    old = "".join(f"## Version{part}" for part in sections)
    new = "".join(f"## Version{part}" for part in (*sections[1:], sections[0]))
    changes = compare_texts(old, new)
    assert [change.action for change in changes.texts] == ["moved"]
    assert changes.texts[0].pieces[0].words.startswith("Version 1")


def test_a_pdf_without_tags_is_read_as_a_text(finished):
    files = []
    for name in ("old", "new"):
        with pikepdf.open(finished[name, "memo"]) as pdf:
            del pdf.Root.StructTreeRoot
            target = io.BytesIO()
            pdf.save(target)
        files.append(read_file_snapshot(target.getvalue(), "memo.pdf", fork=True))
    assert {state.kind for state in files} == {"document"}
    changes = compare_snapshots(*files)
    assert any("{+nursery+}" in words for words in reworded(changes))
    assert any("35" in number.new and number.spots[0].place == "page 1" for number in changes.changed_numbers)
