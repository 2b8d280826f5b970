"""The edits of a returned Word memo. Read `read_memo_edits` top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen.edits.edit_values import Copy, Edit, Line, ReturnedFile, ReturnedLine
from reportgen.edits.file_properties import find_person
from reportgen.edits.line_edits import FURNITURE, LineEdits, find_origins
from reportgen.edits.line_pairs import Pairing
from reportgen.edits.memos.memo_lines import ExpectedMemo, expect_memo
from reportgen.edits.memos.returned_word import WordFile, read_word_file
from reportgen.edits.wording.tokens import list_keys
from reportgen.edits.wording.word_changes import find_differences
from reportgen.text.stamp_text import clean_line, parse_stamp

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

RARELY = 0.5
"""The least share of our lines that a copy of this brief has."""


def read_memo_edits(brief: Brief, data: bytes, name: str) -> tuple[ReturnedFile, list[Edit]]:
    """Return a returned Word memo and its edits.

    Raises
    ------
    FileError
        when the file is damaged or too large.
    ReportgenError
        when the memo cannot be composed in the form that the file names.
    """
    file = read_word_file(data, name)
    expected = expect_memo(brief, file.custom)
    author, time = find_person(file.properties, brief.date.isoformat())
    version = next((str(stamp.version) for line in file.margins if (stamp := parse_stamp(clean_line(line.text)))), "")
    returned = ReturnedFile(name, "memo", author, time, version)
    comparison = _MemoComparison(brief, expected, file, returned)
    edits = [*comparison.list_edits(), *comparison.list_comments()]
    return replace(returned, notes=(*comparison.list_notes(), *file.notes)), edits


class _MemoComparison:
    """A returned memo beside the one that the brief compiles to."""

    def __init__(self, brief: Brief, expected: ExpectedMemo, file: WordFile, returned: ReturnedFile) -> None:
        self.brief, self.expected, self.file, self.returned = brief, expected, file, returned
        self.lines = LineEdits(brief, returned)
        self.pairing = Pairing()

    def list_edits(self) -> Iterator[Edit]:
        self.pairing.pair(self.expected.lines, self.file.lines)
        designation = [line for line in self.file.margins if self._is_designation(line)]
        self.pairing.pair(self.expected.designation, designation)
        self.pairing.finish()
        for pair in self.pairing.pairs:
            yield from self.lines.list_pair(pair)
        for missing in self.pairing.missing:
            yield self.lines.report_missing(missing)
        for added, _ in self.pairing.added:
            yield self.lines.report_added(added)
        for line in self.file.margins:
            if line not in designation:
                yield from self._compare_margin(line)

    def _is_designation(self, line: ReturnedLine) -> bool:
        """Say whether a line of a footer is one of the block that a marking needs on the first page."""
        keys = set(list_keys(line.text))
        return any(len(keys & set(list_keys(ours.text))) > len(keys) / 2 for ours in self.expected.designation)

    def _compare_margin(self, line: ReturnedLine) -> Iterator[Edit]:
        """Yield the change of a header's or footer's line: it has no key that one text could be written to."""
        final = line.final
        if not final.strip() or parse_stamp(clean_line(final)):
            return
        known = self.expected.margins
        if any(list_keys(ours) == list_keys(final) for ours in known):
            return
        nearest = max(known, key=lambda ours: len(set(list_keys(ours)) & set(list_keys(final))), default="")
        author = line.revisions[0] if line.revisions else None
        who = (author.author, author.time) if author else (self.returned.author, self.returned.time)
        for each in find_differences(nearest, final):
            before, after = nearest[each.start : each.end].strip(), each.new.strip()
            kind = "deletion" if not after else "rewording" if before else "insertion"
            copy = Copy(self.returned.file, line.place, *who)
            yield Edit(kind, "", None, before, after, nearest, final, (copy,), question=FURNITURE)  # type: ignore[arg-type]

    def list_comments(self) -> Iterator[Edit]:
        """Yield the comments, each with the key of the words that it is on."""
        partner = {id(pair.theirs): pair.ours for pair in self.pairing.pairs}
        partner |= {id(each.deleted): each.line for each in self.pairing.missing if each.deleted}
        for comment in self.file.comments:
            line = self._find_near(partner, comment.line)
            path = self._find_path(line, comment.words) if line else ""
            copy = Copy(self.returned.file, comment.place, comment.author, comment.time)
            where = self.lines.locate(path)
            yield Edit("comment", path, where, comment.words, comment.text, comment.words, comment.text, (copy,))

    def _find_near(self, partner: dict[int, Line], index: int | None) -> Line | None:
        """Return our line for a line of the copy, or for the nearest one before it that we have."""
        while index is not None and index >= 0:
            if line := partner.get(id(self.file.lines[index])):
                return line
            index -= 1
        return None

    def _find_path(self, line: Line, words: str) -> str:
        """Return the path of the text of a line that has most of the words that a comment is on."""
        origins = find_origins(line)
        if not origins:
            return ""
        keys = Counter(list_keys(words))
        best = max(
            origins, key=lambda each: ((keys & Counter(list_keys(line.text[each.start : each.end]))).total(), each.end - each.start)
        )  # fmt: skip
        return best.paths[0]

    def list_notes(self) -> Iterator[str]:
        """Yield what the reader should know of the file as a whole."""
        if self.expected.other_brief:
            yield f"it is a copy of another brief: “{self.expected.other_brief}”"
        elif self.expected.is_older:
            yield (
                "it was built from another edition of the brief or of its templates: what was changed in the brief since"
                " shows among the edits"
            )
        if (share := self.pairing.measure_share()) < RARELY:
            yield f"only {share:.0%} of what the brief's memo says is in it: is it a copy of another brief?"
        own, title = self.expected.title, self.file.properties.title
        if title and list_keys(title) != list_keys(own):
            yield f"its properties name another title: “{title}”"
