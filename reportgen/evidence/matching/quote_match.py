"""The search for a quote in its source: however the quote is typeset, but only with the very same words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from reportgen.evidence.bare_words import Stream, strip_typography
from reportgen.evidence.matching.quote_pattern import PARTS, SEPARATORS, match_letters, match_pattern, own_letters
from reportgen.evidence.sources.footnote_marks import MARK, blank_marks
from reportgen.evidence.sources.paragraphs import Paragraph
from reportgen.text.late_pattern import compile_late

SIMILAR = 55  # the least score out of 100 of a passage that is shown beside a quote that was not found
_EDGE_NUMBER = compile_late(r"^\s*\[[^\]\[]*\d[^\]\[]*\]|\[[^\]\[]*\d[^\]\[]*\][\s.,;]*$")
_LIGATURE = compile_late("ffi|ffl|ff|fi|fl")
LIGATURE_TEXT = 3000  # letters: an English text of this length without an "fi" has lost its ligatures


class Found(Struct, frozen=True):
    """The place of a quote. `left_out` are the source's words under its ellipses and [brackets]."""

    paragraph: int
    passage: str
    left_out: tuple[str, ...] = ()
    pages: tuple[int, int] | None = None
    """The pages on which it begins and ends, where the source has pages."""
    sections: tuple[str, ...] = ()
    """The headings above it, the nearest last."""
    table: str | None = None
    """The number of the table that it stands in."""
    offset: int = 0
    """The place of its first letter in its paragraph."""


class Difference(Struct, frozen=True):
    """Words of a quote, and those that the source has in their place."""

    quote: str
    source: str

    def __str__(self) -> str:
        if not self.quote:
            return f"the source also has “{self.source}”"
        return f"“{self.quote}” where the source has “{self.source}”" if self.source else f"“{self.quote}” is not there"


class Nearest(Struct, frozen=True):
    """The passage most like a quote that was not found, and the words in which they differ."""

    paragraph: int
    passage: str
    differences: tuple[Difference, ...]
    page: int | None = None

    def describe(self, most: int) -> str:
        """Return the passage and the first differences, as a hint shows them."""
        differences = "; ".join(str(difference) for difference in self.differences[:most])
        return f"“{self.passage}”" + (f": {differences}" if differences else "")


class SearchableText:
    """A source's paragraphs, or any text, prepared for searching."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self._plain = _Reading(paragraphs, [blank_marks(paragraph.text) for paragraph in paragraphs])

    @classmethod
    def of(cls, text: str) -> SearchableText:
        """Return a text as a single paragraph."""
        return cls([Paragraph(1, text)])

    @cached_property
    def headings(self) -> frozenset[str]:
        """The headings of the source."""
        return frozenset(heading for paragraph in self.paragraphs for heading in paragraph.sections)

    @property
    def streams(self) -> list[Stream]:
        return self._plain.streams

    @cached_property
    def _readings(self) -> list[_Reading]:
        """The text without the marks of footnotes, with them, and without digits at the ends of words: as far as these differ."""
        readings = [self._plain]
        for texts in (
            [paragraph.text for paragraph in self.paragraphs],
            [blank_marks(paragraph.text, glued=True) for paragraph in self.paragraphs],
        ):
            if all(texts != reading.texts for reading in readings):
                readings.append(_Reading(self.paragraphs, texts))
        return readings

    def find(self, quote: str, prefer: int | Callable[[Found], bool] | None = None) -> Found | None:
        """Return the place of a quote: in the preferred paragraph or place if it is there, else the first one."""
        first = None
        for found in self._find_all(quote):
            if prefer(found) if callable(prefer) else found.paragraph == prefer:
                return found
            first = first or found
        return first

    def _find_all(self, quote: str) -> Iterator[Found]:
        """Yield each place of a quote in the first reading that has it; a quote may have the marks of footnotes itself."""
        bare = blank_marks(quote)
        for words in (quote, bare) if bare != quote else (quote,):
            for reading in self._readings:
                is_found = False
                for found in reading.find_all(words):
                    is_found = True
                    yield found
                if is_found:
                    return

    def find_nearest(self, quote: str) -> Nearest | None:
        """Return the passage that a quote was probably meant to be; None where nothing is like it."""
        from rapidfuzz import fuzz

        words = strip_typography(PARTS.sub(lambda match: " " if match["gap"] else match["inside"], quote)).text
        best, at = None, 0
        for index, stream in enumerate(self._plain.streams):
            cutoff = best.score if best else SIMILAR
            alignment = fuzz.partial_ratio_alignment(words, stream.text, score_cutoff=cutoff)
            if alignment and (best is None or alignment.score > best.score):
                best, at = alignment, index
        if best is None:
            return None
        stream, paragraph = self._plain.streams[at], self.paragraphs[at]
        start, end = _widen_to_words(stream.text, best.dest_start, best.dest_end)
        differences = tuple(_differences(words, stream.text[start:end]))
        page = paragraph.page_at(stream.offsets[start]) if start < end else paragraph.page
        return Nearest(paragraph.number, _cut(paragraph.text, stream, start, end), differences, page)


class _Reading:
    """One way to read paragraphs: their texts, of which some characters may be blanked, as streams of bare words."""

    def __init__(self, paragraphs: Sequence[Paragraph], texts: list[str]) -> None:
        self.paragraphs, self.texts = paragraphs, texts
        self.streams = [
            strip_typography(text, frozenset(paragraph.joins))
            for text, paragraph in zip(texts, paragraphs, strict=True)
        ]

    @cached_property
    def _whole(self) -> str:
        return " ".join(stream.text for stream in self.streams)

    @cached_property
    def _letters(self) -> str:
        return self._whole.translate(SEPARATORS)

    @cached_property
    def _lacks_ligatures(self) -> bool:
        """Say whether the file's fonts have lost "fi" and the like: no such text has none of them."""
        return len(self._whole) > LIGATURE_TEXT and not re.search("fi|fl|ff", self._whole)

    @cached_property
    def _starts(self) -> list[int]:
        """The place of each stream in the whole."""
        starts = [0]
        for stream in self.streams:
            starts.append(starts[-1] + len(stream.text) + 1)
        return starts[:-1]

    def find_all(self, quote: str) -> Iterator[Found]:
        if self._lacks_ligatures:
            quote = _LIGATURE.sub("", quote)
        own = match_letters(quote, self._whole, has_brackets=True) if "[" in quote else []
        if own:  # the source's own [brackets]
            yield from filter(None, (self._describe(*place) for place in own))
        elif all(letters in self._letters for letters in own_letters(quote)):
            for start, end, groups in match_letters(quote, self._whole) or match_pattern(quote, self._whole):
                if (found := self._describe(start, end, groups)) and self._agrees_at_edges(quote, start, end):
                    yield found

    def _describe(self, start: int, end: int, groups: tuple[str | None, ...]) -> Found | None:
        """Return a place as it is found; None where it runs over more than two paragraphs, or leaves out a part of two rows."""
        first, last = self._paragraph_at(start), self._paragraph_at(max(start, end - 1))
        left_out = tuple(group.replace("~", " ").strip() for group in groups if group and group.strip())
        if last - first > 1 or (last > first and left_out and self.paragraphs[last].is_row):
            return None
        begin, finish = self.paragraphs[first], self.paragraphs[last]
        pages = [
            paragraph.page_at(stream.offsets[max(0, min(at, len(stream.offsets) - 1))])
            for paragraph, stream, at in (
                (begin, self.streams[first], start - self._starts[first]),
                (finish, self.streams[last], end - 1 - self._starts[last]),
            )
        ]
        return Found(
            begin.number,
            self._original(start, end),
            left_out,
            (pages[0], pages[1]) if pages[0] is not None and pages[1] is not None else None,
            begin.sections,
            begin.table,
            self.streams[first].offsets[start - self._starts[first]] if self.streams[first].offsets else 0,
        )

    def _agrees_at_edges(self, quote: str, start: int, end: int) -> bool:
        """Return whether numbers in [brackets] at a quote's edge are not others than those that the source has there."""
        for match in _EDGE_NUMBER.finditer(quote):
            inside = strip_typography(re.sub(r"[\[\].,;]+$|^\s*\[", "", match[0].strip())).text
            at_end = match.start() > 0
            index = self._paragraph_at(max(start, end - 1) if at_end else start)
            text, stream, offset = self.paragraphs[index].text, self.streams[index], self._starts[index]
            if at_end:
                theirs = re.match(r"\s*\[([^\]\[]*\d[^\]\[]*)\]", text[stream.offsets[end - 1 - offset] + 1 :])
            else:
                theirs = re.search(r"\[([^\]\[]*\d[^\]\[]*)\]\s*$", text[: stream.offsets[start - offset]])
            if theirs and strip_typography(theirs[1]).text != inside:
                return False
        return True

    def _paragraph_at(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _original(self, start: int, end: int) -> str:
        """Return the source's own text between two places of the whole."""
        parts = []
        for index in range(self._paragraph_at(start), self._paragraph_at(max(start, end - 1)) + 1):
            stream, offset = self.streams[index], self._starts[index]
            first, last = max(0, start - offset), min(len(stream.text), end - offset)
            parts.append(_cut(self.texts[index], stream, first, last))
        return " ".join(parts).replace(MARK, "")


def _cut(text: str, stream: Stream, start: int, end: int) -> str:
    return text[stream.offsets[start] : stream.offsets[end - 1] + 1] if start < end else ""


def _widen_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1] not in " ~":
        start -= 1
    while end < len(text) and text[end] not in " ~":
        end += 1
    while start < end and text[start] in " ~":
        start += 1
    return start, end


def _differences(quote: str, source: str) -> Iterator[Difference]:
    from difflib import SequenceMatcher

    ours, theirs = re.split("[ ~]", quote), re.split("[ ~]", source)
    matcher = SequenceMatcher(
        None, [word.replace("-", "") for word in ours], [word.replace("-", "") for word in theirs], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        is_at_edge = tag == "insert" and i1 in (0, len(ours))
        if tag != "equal" and not is_at_edge:
            yield Difference(" ".join(ours[i1:i2]), " ".join(theirs[j1:j2]))
