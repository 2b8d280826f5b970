"""Finding a quote in its source: tolerant to how words are set, intolerant to which words they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from msgspec import Struct

from reportgen.evidence.bare_words import ELLIPSIS, Stream, bare
from reportgen.evidence.sources.paragraphs import Paragraph

GAP = 900  # characters that an ellipsis may stand for
BRACKET_WORDS = 8  # words of the source that [brackets] may stand for
_PARTS = re.compile(r"(?P<gap>\[\s*(?:…|\.\s?\.\s?\.)\s*\]|…|\.\s?\.\s?\.\s?\.?)|\[(?P<inside>[^\]\[]*)\]")
_REMARK = re.compile(r"\s*(?:sic|emphasis (?:added|mine|in original)|italics (?:added|mine))\.?\s*", re.IGNORECASE)
_START, _STOP = r"(?<![\w$€£¥₩−])(?<!\d[.])", r"(?![\w%])(?![.,–]\d)"
_BEGINS, _ENDS = re.compile(_START), re.compile(_STOP)
_WORD = r"(?:[^\W\d_]|['-])+"
_SPACE = "[ ~-]"
_GAP = rf"[ ~-](?:(.{{0,{GAP}}}?)[ ~-])?"
_SEPARATORS = str.maketrans("", "", " ~-")
_PARTING = tuple(",;:—")
Place = tuple[int, int, tuple[str | None, ...]]
"""Where a match begins and ends in a stream, and the groups in it."""


class Found(Struct, frozen=True):
    """Where a quote stands. `left_out` are the source's words under its ellipses and [brackets]."""

    paragraph: int
    passage: str
    left_out: tuple[str, ...] = ()


class Difference(Struct, frozen=True):
    """Words of a quote, and what the source has in their place."""

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


@cache
def pattern(quote: str) -> re.Pattern[str]:
    """What a quote may look like in a stream of bare words."""
    matches = list(_PARTS.finditer(quote))
    parts, at = [], 0
    for match in matches:
        parts.append(_literal(quote[at : match.start()]))
        at = match.end()
        edge = not bare(quote[: match.start()]).text or not bare(quote[match.end() :]).text
        parts.append(_GAP if match["gap"] else _bracket(match, edge))
    parts.append(_literal(quote[at:]))
    whole = re.sub(rf"({re.escape(_SPACE)})+", lambda _: _SPACE, "".join(parts))
    whole = whole.replace(_SPACE + _GAP, _GAP).replace(_GAP + _SPACE, _GAP)
    whole = whole.removeprefix(_GAP).removeprefix(_SPACE).removesuffix(_GAP).removesuffix(_SPACE)
    return re.compile(_START + whole + _STOP) if whole else re.compile(r"(?!)")


def _literal(text: str) -> str:
    words = bare(text).text
    pieces = []
    for at, char in enumerate(words):
        if char in " ~":
            pieces.append(_SPACE)
        elif char == "-":
            pieces.append("[ ~-]?")
        else:
            glued = at > 0 and char.isalpha() and words[at - 1].isalpha()
            pieces.append(("[~-]?" if glued else "") + re.escape(char))
    lead = _SPACE if text[:1].isspace() or text.startswith(_PARTING) else ""
    trail = _SPACE if pieces and (text[-1:].isspace() or text.endswith(_PARTING)) else ""
    return lead + "".join(pieces) + trail


def _bracket(match: re.Match[str], edge: bool) -> str:
    """[T]he is one word of the source; [sic] is none of it; [South Korea] stands for a few words, never for a number."""
    inside, quote = match["inside"], match.string
    if _REMARK.fullmatch(inside):
        return ""
    after, before = quote[match.end() : match.end() + 1], quote[: match.start()][-1:]
    if (len(inside) == 1 and after.isalpha()) or (inside.isalpha() and before.isalpha()):
        return _literal(inside)
    if edge:
        return ""
    return rf"(?:{_literal(inside)}|((?:{_WORD}[ ~]){{0,{BRACKET_WORDS}}}{_WORD}|))"


class Searchable:
    """A source's paragraphs, or any text, ready to be searched for quotes."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.streams = [bare(paragraph.text, frozenset(paragraph.joins)) for paragraph in paragraphs]

    @classmethod
    def of(cls, text: str) -> Searchable:
        """One text as a single paragraph."""
        return cls([Paragraph(1, text)])

    @cached_property
    def _squeezed(self) -> str:
        return _squeezed(self._whole[0])

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """All streams in one, and where each begins."""
        starts, at = [], 0
        for stream in self.streams:
            starts.append(at)
            at += len(stream.text) + 1
        return " ".join(stream.text for stream in self.streams), starts

    def find(self, quote: str, prefer: int | None = None) -> Found | None:
        """Where a quote stands: in the preferred paragraph if it is there, else where it stands first."""
        found = None
        for candidate in self._all(quote):
            if candidate.paragraph == prefer:
                return candidate
            found = found or candidate
        return found

    def _all(self, quote: str) -> Iterator[Found]:
        whole, _ = self._whole
        if not all(piece in self._squeezed for piece in _pieces(quote)):
            return
        for start, end, groups in _plain_matches(quote, whole) or _matches(quote, whole):
            first, last = self._paragraph_at(start), self._paragraph_at(max(start, end - 1))
            if last - first <= 1:
                left_out = tuple(group.replace("~", " ").strip() for group in groups if group and group.strip())
                yield Found(self.paragraphs[first].number, self._original(start, end), left_out)

    def _paragraph_at(self, at: int) -> int:
        return bisect_right(self._whole[1], at) - 1

    def _original(self, start: int, end: int) -> str:
        """The source's own text between two places of the stream."""
        starts = self._whole[1]
        first, last = self._paragraph_at(start), self._paragraph_at(max(start, end - 1))
        if first == last:
            return _cut(self.paragraphs[first].text, self.streams[first], start - starts[first], end - starts[first])
        head = _cut(
            self.paragraphs[first].text, self.streams[first], start - starts[first], len(self.streams[first].text)
        )
        return f"{head} {_cut(self.paragraphs[last].text, self.streams[last], 0, end - starts[last])}"

    def nearest(self, quote: str) -> Nearest | None:
        """The passage that a quote was probably meant to be; None where nothing is like it."""
        from rapidfuzz import fuzz

        words = bare(_PARTS.sub(lambda match: " " if match["gap"] else match["inside"], quote)).text
        best, at = None, 0
        for index, stream in enumerate(self.streams):
            alignment = fuzz.partial_ratio_alignment(words, stream.text, score_cutoff=best.score if best else 55)
            if alignment and (best is None or alignment.score > best.score):
                best, at = alignment, index
        if best is None:
            return None
        stream, paragraph = self.streams[at], self.paragraphs[at]
        start, end = _to_words(stream.text, best.dest_start, best.dest_end)
        differences = tuple(_differences(words, stream.text[start:end]))
        return Nearest(paragraph.number, _cut(paragraph.text, stream, start, end), differences)


@cache
def _pieces(quote: str) -> tuple[str, ...]:
    """What any text must have in which a quote stands: its own words, between ellipses and [brackets].

    Most quotes are looked for in texts that have nothing of them, and the patterns take a while to compile.
    """
    ends = [place for match in _PARTS.finditer(quote) for place in match.span()]
    own = zip([0, *ends[1::2]], [*ends[::2], len(quote)], strict=True)
    return tuple(_squeezed(bare(quote[start:end]).text) for start, end in own)


def _squeezed(words: str) -> str:
    """Bare words without what may stand between two of them in one text and not in another."""
    return words.translate(_SEPARATORS)


def _plain_matches(quote: str, whole: str) -> list[Place]:
    """Where a quote stands in the stream letter by letter: most do, and no pattern need be compiled to find it."""
    words = bare(quote).text
    if not words or _PARTS.search(quote):
        return []
    places: list[Place] = []
    at = whole.find(words)
    while at >= 0:
        end = at + len(words)
        stands = _BEGINS.match(whole, at) and _ENDS.match(whole, end)
        if stands:
            places.append((at, end, ()))
        at = whole.find(words, end if stands else at + 1)
    return places


def _matches(quote: str, whole: str) -> Iterator[Place]:
    return ((*match.span(), match.groups()) for match in pattern(quote).finditer(whole))


def _cut(text: str, stream: Stream, start: int, end: int) -> str:
    if start >= end:
        return ""
    return text[stream.offsets[start] : stream.offsets[end - 1] + 1]


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to whole words."""
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
    for tag, i1, i2, j1, j2 in SequenceMatcher(
        None, [word.replace("-", "") for word in ours], [word.replace("-", "") for word in theirs], autojunk=False
    ).get_opcodes():
        at_an_end = tag == "insert" and (i1 == 0 or i1 == len(ours))
        if tag != "equal" and not at_an_end:
            yield Difference(" ".join(ours[i1:i2]), " ".join(theirs[j1:j2]))


def has_ellipsis(quote: str) -> bool:
    return any(match["gap"] for match in _PARTS.finditer(quote))


def spoken(quote: str) -> str:
    """A quote's own words alone: what stands in [brackets] is the editor's, and no evidence."""

    def own(match: re.Match[str]) -> str:
        if match["gap"]:
            return f" {ELLIPSIS} "
        inside: str = match["inside"]
        after = quote[match.end() : match.end() + 1]
        return inside if len(inside) == 1 and after.isalpha() else " "

    return _PARTS.sub(own, quote)
