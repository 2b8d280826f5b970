"""The edits of a pair of lines: which text of the brief each touches, and how the brief's own words would say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from reportgen.audit.brief_places import BriefPlaces
from reportgen.audit.word_stream import split_words
from reportgen.brief.open_gaps import is_gap
from reportgen.edits.edit_values import Copy, Edit, Kind, Line, ReturnedFile, ReturnedLine, Revision
from reportgen.edits.line_pairs import Added, Missing, Pair
from reportgen.edits.wording.brief_markup import PrintedText, plan_splice, read_markup
from reportgen.edits.wording.tokens import is_same_text, list_keys
from reportgen.edits.wording.word_changes import Difference, TokenMap, find_differences
from reportgen.input.edits import Amend, Cut, apply_cuts
from reportgen.input.model_validation import parse_path
from reportgen.system.errors import Location
from reportgen.text.inline import WORD_JOINER
from reportgen.text.numbers import NBSP

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

TEMPLATE = "a template prints these words: the brief has no key for them"
COMPUTED = "the brief has no text with these words: they are printed from a date, a number or a name"
SEVERAL = "the words come from several texts of the brief"
BY_HAND = "the change cannot be made without touching the text's markup"
WHOLE = "the whole text is gone: remove it from the brief by hand if that is meant"
NEW_LINE = "new words with no text of the brief around them: write them into the brief by hand"
MOVED = "moving a text is for hands: the brief orders its texts by keys"
FURNITURE = "these words stand on every page or slide"


class Origin(Struct, frozen=True):
    """The characters of a line from `start` to `end` that come from one text of the brief, or from several that are one phrase."""

    start: int
    end: int
    paths: tuple[str, ...]


class LineEdits(Struct, frozen=True, dict=True):
    """Finds the edits of one returned copy's lines."""

    brief: Brief
    file: ReturnedFile

    def list_pair(self, pair: Pair) -> Iterator[Edit]:
        """Yield the edits of a line and the copy's line in its place."""
        ours, theirs = pair.ours, pair.theirs
        if pair.is_moved:
            yield self._report_move(ours, theirs)
        origins = find_origins(ours)
        for difference, revision in _list_differences(ours, theirs, origins):
            for origin, part in _split(ours, difference, origins):
                yield self._describe(ours, origin, part, self._copy(theirs, revision))

    def report_missing(self, missing: Missing) -> Edit:
        """Return the deletion of a whole line."""
        line = missing.line
        origins = find_origins(line)
        longest = max(origins, key=lambda each: each.end - each.start, default=None)
        deleted = missing.deleted
        copy = self._copy(deleted, None) if deleted else Copy(self.file.file, line.place, *self._saved)
        if longest is None or len(origins) > 1:
            path = longest.paths[0] if longest else ""
            question = SEVERAL if longest else TEMPLATE
            return self._build("deletion", line, path, line.text, "", copy, question=question)
        return self._describe(line, longest, Difference(longest.start, longest.end, ""), copy)

    def report_added(self, added: Added) -> Edit:
        """Return the insertion of a whole line: its key is that of the text before it, or after it."""
        line = added.line
        words = " ".join(line.final.split())
        kind: Kind = "insertion"
        for neighbor, at in ((added.before, -1), (added.after, 0)):
            if neighbor and (origins := find_origins(neighbor)):
                path = origins[at].paths[0]
                trial = self._add_words(path, words)
                return self._build(
                    kind, neighbor, path, "", words, self._copy(line, None), trial=trial, question=NEW_LINE
                )
        return self._build(kind, None, "", "", words, self._copy(line, None), question=NEW_LINE)

    def _report_move(self, ours: Line, theirs: ReturnedLine) -> Edit:
        origins = find_origins(ours)
        path = max(origins, key=lambda each: each.end - each.start).paths[0] if origins else ""
        words = " ".join(ours.text.split())
        copy = self._copy(theirs, None)
        way = f"to {theirs.place}" if ours.place == "text" else f"from {ours.place} to {theirs.place}"
        return self._build("move", ours, path, words, words, copy, question=f"{way}: {MOVED}")

    def _describe(self, line: Line, origin: Origin | None, difference: Difference, copy: Copy) -> Edit:
        """Return an edit of some words of a line, as a change to the text that they come from where there is just one."""
        difference = Difference(difference.start, difference.end, _drop_typography(difference.new))
        before, after = line.text[difference.start : difference.end].strip(), difference.new.strip()
        kind: Kind = "deletion" if not after else "rewording" if before else "insertion"
        path = origin.paths[0] if origin else ""
        if origin is None:
            return self._build(kind, line, path, before, after, copy, question=TEMPLATE)
        if len(origin.paths) > 1:
            path = self._choose_path(line, origin, difference)
            return self._build(kind, line, path, before, after, copy, question=SEVERAL)
        raw = self.find_text(path)
        inside = Difference(difference.start - origin.start, difference.end - origin.start, difference.new)
        placed = self._place(raw, line.text[origin.start : origin.end], inside) if raw is not None else None
        if raw is None or placed is None:
            return self._build(kind, line, path, before, after, copy, question=COMPUTED)
        printed, moved = placed
        if not is_same_text(printed.text, ""):
            rest = printed.text[: moved.start] + moved.new + printed.text[moved.end :]
            if not list_keys(rest):
                return self._build(kind, line, path, before, after, copy, old=raw, new="", question=WHOLE)
        splice = plan_splice(printed, moved, self.brief.quantities)
        if splice is None:
            return self._build(kind, line, path, before, after, copy, question=BY_HAND)
        new = apply_cuts(raw, splice.cuts)
        written = self.find_text(path, self.brief.written)
        if written == raw:
            change = Amend(parse_path(path), splice.cuts)
        elif written is None or is_gap(new):  # the file has no gap here, or the edit leaves one that was cut short
            return self._build(kind, line, path, before, after, copy, question=BY_HAND)
        else:
            change = Amend(parse_path(path), (Cut(0, len(written), new),))
        if splice.changed_facts:
            question = self._ask(splice.changed_facts, printed.widen(moved).new.strip())
            return self._build(kind, line, path, before, after, copy, old=raw, new=new, trial=change, question=question)
        if line.part == "furniture":
            return self._build(
                kind, line, path, before, after, copy, old=raw, new=new, trial=change, question=FURNITURE
            )
        return self._build(kind, line, path, before, after, copy, old=raw, new=new, change=change)

    def _choose_path(self, line: Line, origin: Origin, difference: Difference) -> str:
        """Return the path of the text that has the words of a difference, of several that a phrase comes from."""
        words = split_words(line.text)
        first = sum(word.end <= difference.start for word in words)
        last = max(first + 1, sum(word.start < difference.end for word in words))
        pieces = [each for each in line.trace if each.start < origin.end and origin.start < each.end]
        keys = tuple(word.text for word in words)
        return self.places.choose(pieces, keys, min(first, max(0, len(words) - 1)), last) or origin.paths[0]

    @cached_property
    def places(self) -> BriefPlaces:
        """The places of the brief's texts."""
        return BriefPlaces(self.brief)

    def _ask(self, facts: Sequence[str], words: str) -> str:
        """Return the question that a changed fact is: the source says one thing and the edit another."""
        stated = [f"the fact {each} is {self.brief.quantities[each].prose}" for each in facts]
        return _set_spaces(f"{' and '.join(stated)} in the source; the edit says “{words}”")

    def _place(self, raw: str, printed_here: str, difference: Difference) -> tuple[PrintedText, Difference] | None:
        """Return what a text prints and a difference of it, from a difference of the part of it that a line prints."""
        for short in (False, True):
            printed = read_markup(raw, self.brief.quantities, short)
            if printed is None:
                continue
            span = TokenMap(printed_here, printed.text).locate(difference.start, difference.end)
            if span:
                return printed, Difference(*span, difference.new)
        return None

    def find_text(self, path: str, data: Any = None) -> str | None:
        """Return the text at a path as the brief writes it; None where the file has something else there."""
        value = data or self.brief.document.data
        for part in parse_path(path):
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value if isinstance(value, str) else None

    def _add_words(self, path: str, words: str) -> Amend | None:
        """Return the change that would add words to the end of a text, for `check` to read them there."""
        raw = self.find_text(path)
        printed = read_markup(raw, self.brief.quantities) if raw else None
        if not printed or not words:
            return None
        end = len(printed.text)
        splice = plan_splice(printed, Difference(end, end, f" {words}"), self.brief.quantities)
        if self.find_text(path, self.brief.written) != raw:
            return None
        return Amend(parse_path(path), splice.cuts) if splice else None

    def _copy(self, line: ReturnedLine, revision: Revision | None) -> Copy:
        """Return who made an edit: the author of the tracked change, else whoever saved the file last."""
        author, time = (revision.author, revision.time) if revision else (line.author, line.time)
        if not revision and not author and not time:
            author, time = self._saved
        return Copy(self.file.file, line.place, author, time)

    @cached_property
    def _saved(self) -> tuple[str, str]:
        return self.file.author, self.file.time

    def _build(
        self, kind: Kind, line: Line | None, path: str, before: str, after: str, copy: Copy, *,
        old: str = "", new: str = "", change: Amend | None = None, trial: Amend | None = None, question: str = "",
    ) -> Edit:  # fmt: skip
        if line and line.part == "notes" and kind not in ("move", "comment"):
            kind = "speaker note"
        return Edit(
            kind, path, self.locate(path), before, after, old or before, new or (after if not old else ""), (copy,),
            change, trial, question,
        )  # fmt: skip

    def locate(self, path: str) -> Location | None:
        """Return the place of a path in the brief's file."""
        return self.brief.where(*parse_path(path)) if path else None


def _drop_typography(words: str) -> str:
    """Return words of a document without the no-break spaces and joiners that printing puts into them."""
    return words.replace(NBSP, " ").replace(WORD_JOINER, "")


def _set_spaces(text: str) -> str:
    """Return words for a message, with common spaces and without joiners."""
    return " ".join(text.replace(WORD_JOINER, "").split())


def find_origins(line: Line) -> list[Origin]:
    """Return the stretches of a line that come from the brief: pieces of one text that follow one another are one."""
    found: list[Origin] = []
    for piece in line.trace:
        if not piece.paths or piece.start >= piece.end:
            continue
        if found and found[-1].paths == piece.paths:
            found[-1] = Origin(found[-1].start, piece.end, piece.paths)
        else:
            found.append(Origin(piece.start, piece.end, piece.paths))
    return found


def _list_differences(
    ours: Line, theirs: ReturnedLine, origins: Sequence[Origin]
) -> Iterator[tuple[Difference, Revision | None]]:
    """Yield the differences of a pair, each with the tracked change that made it, if one did."""
    borders = frozenset(border for each in origins for border in (each.start, each.end))
    if theirs.is_added:
        revision = Revision(0, 0, "", theirs.author, theirs.time)
        for difference in find_differences(ours.text, theirs.final, borders):
            yield difference, revision
        return
    theirs = _fold_revisions(ours, theirs)
    for difference in find_differences(ours.text, theirs.text, borders):
        yield difference, None
    tokens = TokenMap(theirs.text, ours.text)
    for revision in theirs.revisions:
        after = theirs.text[: revision.start] + revision.new + theirs.text[revision.end :]
        for difference in find_differences(theirs.text, after):
            if span := tokens.locate(difference.start, difference.end):  # the words are the same
                yield Difference(*span, difference.new), revision


def _fold_revisions(ours: Line, theirs: ReturnedLine) -> ReturnedLine:
    """Return a line with those tracked changes accepted that the brief has already, as after an earlier `--apply`."""
    revisions = _join_revisions(theirs.revisions)
    if not revisions or is_same_text(ours.text, theirs.text):
        return replace(theirs, revisions=tuple(revisions))
    text, kept, shift = theirs.text, list[Revision](), 0
    for each in revisions:
        start, end = each.start + shift, each.end + shift
        accepted = text[:start] + each.new + text[end:]
        if _count_changed(ours.text, accepted) < _count_changed(ours.text, text):
            text, shift = accepted, shift + len(each.new) - (end - start)
        else:
            kept.append(replace(each, start=start, end=end))
    return replace(theirs, text=text, revisions=tuple(kept))


def _count_changed(one: str, other: str) -> int:
    left, right = list_keys(one), list_keys(other)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return len(left) + len(right) - 2 * sum(block.size for block in blocks)


def _join_revisions(revisions: Sequence[Revision]) -> list[Revision]:
    """Join the tracked changes of one author that touch each other: a deletion and the insertion in its place are one."""
    joined: list[Revision] = []
    for each in sorted(revisions, key=lambda each: (each.start, each.end)):
        if joined and joined[-1].author == each.author and joined[-1].end == each.start:
            last = joined[-1]
            joined[-1] = Revision(last.start, each.end, last.new + each.new, each.author, max(last.time, each.time))
        else:
            joined.append(each)
    return joined


def _split(line: Line, difference: Difference, origins: Sequence[Origin]) -> Iterator[tuple[Origin | None, Difference]]:
    """Yield the parts of a difference, each within one text of the brief; None for the words of a template."""
    start, end = difference.start, difference.end
    touched = [each for each in origins if each.start < end and start < each.end]
    if start == end:
        touched = touched or _find_beside(line, start, origins)
        origin = touched[0] if touched else None
        at = min(max(start, origin.start), origin.end) if origin else start
        yield origin, Difference(at, at, difference.new)
        return
    if not touched:
        yield None, difference
        return
    parts = [(each, max(start, each.start), min(end, each.end)) for each in touched]
    widest = max(parts, key=lambda part: len(list_keys(line.text[part[1] : part[2]])))
    for part in parts:
        new = difference.new if part is widest else ""
        if new or list_keys(line.text[part[1] : part[2]]):
            yield part[0], Difference(part[1], part[2], new)


def _find_beside(line: Line, at: int, origins: Sequence[Origin]) -> list[Origin]:
    """Return the text that words added at a place belong to: the one that ends there, else the one that begins there."""
    before = [each for each in origins if each.end <= at]
    after = [each for each in origins if each.start >= at]
    if before and (not _is_word(line.text[before[-1].end : at]) or not after):
        return [before[-1]]
    if after and (not list_keys(line.text[at : after[0].start]) or not before):
        return [after[0]]
    return [before[-1]] if before else []


def _is_word(text: str) -> bool:
    return any(key.isalpha() for key in list_keys(text))
