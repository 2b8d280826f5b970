"""The search for a quote in its source: however the quote is typeset, but only with the very same words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from msgspec import Struct

from reportgen.evidence.bare_words import ELLIPSIS, Stream, strip_typography
from reportgen.evidence.sources.paragraphs import Paragraph
from reportgen.text.late_pattern import compile_late

GAP = 900  # characters that an ellipsis may stand for
BRACKET_WORDS = 8  # words of the source that [brackets] may stand for
SIMILAR = 55  # the least score out of 100 of a passage that is shown beside a quote that was not found
_PARTS = compile_late(r"(?P<gap>\[\s*(?:…|\.\s?\.\s?\.)\s*\]|…|\.\s?\.\s?\.\s?\.?)|\[(?P<inside>[^\]\[]*)\]")
_REMARK = compile_late(r"\s*(?:sic|emphasis (?:added|mine|in original)|italics (?:added|mine))\.?\s*", re.IGNORECASE)
_START, _STOP = r"(?<![\w$€£¥₩−])(?<!\d[.])", r"(?![\w%])(?![.,–]\d)"
_BEGINS, _ENDS = compile_late(_START), compile_late(_STOP)
_WORD = r"(?:[^\W\d_]|['-])+"
_SPACE = "[ ~-]"
_GAP = rf"[ ~-](?:(.{{0,{GAP}}}?)[ ~-])?"
_SEPARATORS = str.maketrans("", "", " ~-")
_PARTING = tuple(",;:—")
Place = tuple[int, int, tuple[str | None, ...]]
"""The start and end of a match in a stream, and its groups."""


class Found(Struct, frozen=True):
    """The place of a quote. `left_out` are the source's words under its ellipses and [brackets]."""

    paragraph: int
    passage: str
    left_out: tuple[str, ...] = ()


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

    def describe(self, most: int) -> str:
        """Return the passage and the first differences, as a hint shows them."""
        differences = "; ".join(str(difference) for difference in self.differences[:most])
        return f"“{self.passage}”" + (f": {differences}" if differences else "")


class SearchableText:
    """A source's paragraphs, or any text, prepared for searching."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.streams = [strip_typography(paragraph.text, frozenset(paragraph.joins)) for paragraph in paragraphs]

    @classmethod
    def of(cls, text: str) -> SearchableText:
        """Return a text as a single paragraph."""
        return cls([Paragraph(1, text)])

    @cached_property
    def _whole(self) -> str:
        return " ".join(stream.text for stream in self.streams)

    @cached_property
    def _letters(self) -> str:
        return self._whole.translate(_SEPARATORS)

    @cached_property
    def _starts(self) -> list[int]:
        """The place of each stream in the whole."""
        starts = [0]
        for stream in self.streams:
            starts.append(starts[-1] + len(stream.text) + 1)
        return starts[:-1]

    def find(self, quote: str, prefer: int | None = None) -> Found | None:
        """Return the place of a quote: in the preferred paragraph if it is there, else the first one."""
        first = None
        for found in self._find_all(quote):
            if found.paragraph == prefer:
                return found
            first = first or found
        return first

    def _find_all(self, quote: str) -> Iterator[Found]:
        if not all(letters in self._letters for letters in _own_letters(quote)):
            return
        for start, end, groups in _match_letters(quote, self._whole) or _match_pattern(quote, self._whole):
            first, last = self._paragraph_at(start), self._paragraph_at(max(start, end - 1))
            if last - first <= 1:
                left_out = tuple(group.replace("~", " ").strip() for group in groups if group and group.strip())
                yield Found(self.paragraphs[first].number, self._original(start, end), left_out)

    def _paragraph_at(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _original(self, start: int, end: int) -> str:
        """Return the source's own text between two places of the whole."""
        parts = []
        for index in range(self._paragraph_at(start), self._paragraph_at(max(start, end - 1)) + 1):
            stream, offset = self.streams[index], self._starts[index]
            first, last = max(0, start - offset), min(len(stream.text), end - offset)
            parts.append(_cut(self.paragraphs[index].text, stream, first, last))
        return " ".join(parts)

    def find_nearest(self, quote: str) -> Nearest | None:
        """Return the passage that a quote was probably meant to be; None where nothing is like it."""
        from rapidfuzz import fuzz

        words = strip_typography(_PARTS.sub(lambda match: " " if match["gap"] else match["inside"], quote)).text
        best, at = None, 0
        for index, stream in enumerate(self.streams):
            cutoff = best.score if best else SIMILAR
            alignment = fuzz.partial_ratio_alignment(words, stream.text, score_cutoff=cutoff)
            if alignment and (best is None or alignment.score > best.score):
                best, at = alignment, index
        if best is None:
            return None
        stream, paragraph = self.streams[at], self.paragraphs[at]
        start, end = _widen_to_words(stream.text, best.dest_start, best.dest_end)
        differences = tuple(_differences(words, stream.text[start:end]))
        return Nearest(paragraph.number, _cut(paragraph.text, stream, start, end), differences)


@cache
def _own_letters(quote: str) -> tuple[str, ...]:
    """Return the letters that any text with the quote has: those of its own words, between ellipses and [brackets].

    Most quotes are looked for in texts that have nothing of them, and the patterns take a while to compile.
    """
    ends = [place for match in _PARTS.finditer(quote) for place in match.span()]
    own = zip([0, *ends[1::2]], [*ends[::2], len(quote)], strict=True)
    return tuple(strip_typography(quote[start:end]).text.translate(_SEPARATORS) for start, end in own)


def _match_letters(quote: str, whole: str) -> list[Place]:
    """Find a quote letter by letter: most are found so, and no pattern needs to be compiled."""
    words = strip_typography(quote).text
    if not words or _PARTS.search(quote):
        return []
    places: list[Place] = []
    at = whole.find(words)
    while at >= 0:
        end = at + len(words)
        stands_alone = _BEGINS.match(whole, at) and _ENDS.match(whole, end)
        if stands_alone:
            places.append((at, end, ()))
        at = whole.find(words, end if stands_alone else at + 1)
    return places


def _match_pattern(quote: str, whole: str) -> Iterator[Place]:
    return ((*match.span(), match.groups()) for match in _compile(quote).finditer(whole))


@cache
def _compile(quote: str) -> re.Pattern[str]:
    """Return the pattern of a quote in a stream of bare words."""
    parts: list[str] = []
    at = 0
    for match in _PARTS.finditer(quote):
        literal = _literal(quote[at : match.start()])
        at = match.end()
        if match["gap"] and parts[-1:] == [_GAP] and literal in ("", _SPACE):
            continue  # two ellipses are one
        parts.append(literal)
        at_edge = not strip_typography(quote[: match.start()]).text or not strip_typography(quote[at:]).text
        parts.append(_GAP if match["gap"] else _bracket(match, at_edge))
    parts.append(_literal(quote[at:]))
    whole = re.sub(rf"({re.escape(_SPACE)})+", lambda _: _SPACE, "".join(parts))
    whole = whole.replace(_SPACE + _GAP, _GAP).replace(_GAP + _SPACE, _GAP)
    whole = whole.removeprefix(_GAP).removeprefix(_SPACE).removesuffix(_GAP).removesuffix(_SPACE)
    return re.compile(_START + whole + _STOP) if whole else re.compile(r"(?!)")


def _literal(text: str) -> str:
    words = strip_typography(text).text
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


def _bracket(match: re.Match[str], at_edge: bool) -> str:
    """Return a pattern: [T]he is one word of the source, [sic] none of it, [South Korea] a few words but no number."""
    inside, quote = match["inside"], match.string
    if _REMARK.fullmatch(inside):
        return ""
    after, before = quote[match.end() : match.end() + 1], quote[: match.start()][-1:]
    if (len(inside) == 1 and after.isalpha()) or (inside.isalpha() and before.isalpha()):
        return _literal(inside)
    if at_edge:
        return ""
    return rf"(?:{_literal(inside)}|((?:{_WORD}[ ~]){{0,{BRACKET_WORDS}}}{_WORD}|))"


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


def has_ellipsis(quote: str) -> bool:
    return any(match["gap"] for match in _PARTS.finditer(quote))


def remove_brackets(quote: str) -> str:
    """Return a quote's own words: an editor's [brackets] are no evidence, but the letter of [T]he stays."""

    def replace(match: re.Match[str]) -> str:
        if match["gap"]:
            return f" {ELLIPSIS} "
        inside: str = match["inside"]
        after = quote[match.end() : match.end() + 1]
        return inside if len(inside) == 1 and after.isalpha() else " "

    return _PARTS.sub(replace, quote)
