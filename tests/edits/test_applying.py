"""Accepted edits are written at their own places, and every other byte of the brief stays as it was."""

import difflib

import pytest

from reportgen.brief import load_brief
from reportgen.edits import apply_edits
from reportgen.pipeline.kinds import KINDS
from reportgen.system.errors import BriefError, UsageError
from tests.conftest import INIT
from tests.edits.conftest import read_copies
from tests.edits.office_copies import PptxCopy
from tests.edits.test_deck_copies import replace


@pytest.fixture
def own(tmp_path, small):
    """A brief of its own, with the deck that went out."""
    path = tmp_path / "brief.yaml"
    path.write_bytes(INIT.read_bytes())
    (tmp_path / "article.txt").write_bytes((INIT.parent / "article.txt").read_bytes())
    return path, small


def edited(sent, *changes: tuple[str, str, str]) -> bytes:
    file = sent.open("deck")
    for old, new, room in changes:
        replace(file, old, new, room)
    return file.data


def test_only_the_words_change(own):
    path, sent = own
    copy = edited(
        sent, ("now go elsewhere", "sail on", "text"), ("spawning grounds", "nets, boats", "text"),
        ("the pilots expect", "all pilots expect", "notes"),
    )  # fmt: skip
    brief = load_brief(path)
    new = apply_edits(brief, [edit for edit in read_copies(brief, copy) if edit.change])
    old = path.read_bytes()
    assert new == (
        old.replace(b"now go elsewhere", b"sail on")
        .replace(b"spawning grounds", b"nets, boats")
        .replace(b"the pilots expect", b"all pilots expect")
    )


def test_after_a_rebuild_the_deck_says_what_the_accepted_edits_said(own):
    path, sent = own
    copy = edited(sent, ("now go elsewhere", "sail on", "text"), ("spawning grounds", "nets", "text"))
    brief = load_brief(path)
    path.write_bytes(apply_edits(brief, [edit for edit in read_copies(brief, copy) if edit.is_clean]))
    brief = load_brief(path)
    rebuilt = KINDS["deck"].render(brief)
    assert read_copies(brief, copy) == []
    assert [each.text for each in PptxCopy(rebuilt).passages()] == [each.text for each in PptxCopy(copy).passages()]


def test_line_ends_and_byte_order_mark_stay(own):
    path, sent = own
    raw = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(raw)
    brief = load_brief(path)
    edits = read_copies(brief, edited(sent, ("now go elsewhere", "sail on", "text")))
    assert apply_edits(brief, edits) == raw.replace(b"now go elsewhere", b"sail on")


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("now go elsewhere", "go (see *there*)", "go (see \\*there\\*)"),
        ("now go elsewhere", "cost $5: much", "cost $5: much"),
        ("now go elsewhere", "go # there", "go # there"),
    ],
)
def test_signs_of_markdown_and_yaml_are_words(own, old, new, wanted):
    path, sent = own
    brief = load_brief(path)
    (edit,) = read_copies(brief, edited(sent, (old, new, "text")))
    data = apply_edits(brief, [edit])
    assert wanted.encode() in data
    path.write_bytes(data)
    assert new in load_brief(path).plain(load_brief(path).bottom_line)


def test_a_question_and_a_conflict_are_refused(own):
    path, sent = own
    brief = load_brief(path)
    (question,) = read_copies(brief, edited(sent, ("$30\xa0million", "$35 million", "text")))
    with pytest.raises(UsageError, match=r"edit 1 cannot be applied: the fact dredging"):
        apply_edits(brief, [question])
    copies = [edited(sent, ("now go elsewhere", words, "text")) for words in ("sail on", "go on")]
    with pytest.raises(UsageError, match="edits 1 and 2 change the same words"):
        apply_edits(brief, read_copies(brief, *copies))


def test_a_brief_that_changed_meanwhile_is_refused(own):
    path, sent = own
    brief = load_brief(path)
    edits = read_copies(brief, edited(sent, ("now go elsewhere", "sail on", "text")))
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(BriefError, match="has changed since the edits were read: nothing was written"):
        apply_edits(brief, edits)


def test_other_lines_of_a_folded_text_are_not_wrapped_anew(own):
    path, sent = own
    brief = load_brief(path)
    (edit,) = read_copies(brief, edited(sent, ("now go elsewhere", "sail on", "text")))
    old, new = path.read_text("utf-8").splitlines(), apply_edits(brief, [edit]).decode().splitlines()
    changed = [line for line in difflib.ndiff(old, new) if line.startswith(("- ", "+ "))]
    assert len(changed) == 2
