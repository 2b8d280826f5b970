"""The subjects that a text gives to each of its numbers: "women earned 420 euros and men earned 500".

Only nouns that stand alike beside comparable numbers count, so that what the second number leaves unsaid is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_ties import is_date, split_sentences
from reportgen.evidence.qualifiers import content_stems, is_varying, is_verb, stem, stem_set
from reportgen.text.late_pattern import compile_late


class Subject(Struct, frozen=True):
    """A number with the stems before and after it that no comparable number of its sentence has."""

    number: Mention
    before: frozenset[str]
    after: frozenset[str]


class Part(Struct, frozen=True):
    """A number with all stems of its part of the sentence, those of a comparison left out."""

    number: Mention
    stems: frozenset[str]


_CUT = re.compile(r"[;:]|,(?!\d)|—|\s(?:and|or|but|while|whereas|than|against|to|versus)\s", re.IGNORECASE)
_TO_RESULT = compile_late(r"\bto\s(?:(?:just|slightly|about|nearly|almost|around|some)\s)*\Z")
_BY_CHANGE = compile_late(r"\bby\s(?:(?:just|slightly|about|nearly|almost|around|some)\s)*\Z")
_APART = compile_late(r"[;:]|\b(?:but|while|whereas)\b")
_HARD_CUT = re.compile(r"[;:]|,\s|—|\s(?:and|but|while|whereas)\s", re.IGNORECASE)
_COMPARISON = re.compile(
    r"\b(?:(?<!more )(?<!less )(?<!fewer )than|than(?!\s(?:US)?[$€£]?\d)|against|unlike|versus|compared (?:with|to)|instead of|not)\b[^,;]*",
    re.IGNORECASE,
)
_ITEM = r"(?:the |an? |its |their )?[^\W\d][\w’'-]*"
_ITEMS = compile_late(rf"({_ITEM})((?:, {_ITEM})*),? and ({_ITEM})\b")
_AND = compile_late(r"(?:\s[a-z%]+)?\sand\s", re.IGNORECASE)
_TIMES = ("year", "month", "week", "day", "hour", "minute", "quarter")
_SCALE_NAME = compile_late(
    r"-[a-z]+\s(?:scale|test|exam|index|list|system|plan|panel|board|committee|court|team|house|bill|act|report|question\w*|survey)\b"
)
_LONG_NAME = compile_late(r"\b[A-Z][a-z]+(?: (?:(?:of|and|for|the|on) ){0,2}[A-Z][a-z]+)+")
_NAME = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*"
_NAMES = compile_late(rf"\b(?:the )?({_NAME}) and (?:the )?({_NAME})")
NO_SUBJECT = stem_set(
    "year years month months week weeks day days decade quarter fiscal calendar percent percentage point points total about million billion "
    "thousand trillion dollars euros pounds cents january february march april may june july august september october november december early late end before after now then today earlier later ago previous previously "
    "against versus compared while whereas although though among between during within without despite per via since until "
    "currently under over estimate estimates figure figures amount each former latter others other respectively only average total more less about around nearly worth valued"
)


@lru_cache(maxsize=2048)
def find_subjects(text: str) -> tuple[Subject, ...]:
    """Return the subjects of comparable numbers, for each sentence that has several."""
    return tuple(_find_subjects(text)) if len(find_mentions(text)) > 1 else ()


def _find_subjects(text: str) -> Iterator[Subject]:
    for start, end, numbers in _split(text):
        groups: dict[tuple[str, str], list[int]] = {}
        for index, number in enumerate(numbers):
            groups.setdefault((number.kind, number.unit), []).append(index)
        spans = _find_spans(text, start, end, numbers)
        for group in groups.values():
            if len(group) < 2:
                continue
            if "respectively" in text[start:end].lower():
                yield from _read_list(text[start : numbers[group[0]].first], [numbers[index] for index in group])
                continue
            before = [frozenset(_find_nouns(text[spans[index][0] : numbers[index].first])) for index in group]
            after = [_find_nouns(text[numbers[index].end : spans[index][1]]) for index in group]
            for place, index in enumerate(group):
                others = {
                    word for other in range(len(group)) if other != place for word in (*before[other], *after[other])
                }
                first = next(
                    (word for word in after[place] if word not in others | before[place]), None
                )  # the rest is often of all
                yield Subject(numbers[index], before[place] - others, frozenset({first} if first else ()))


def _read_list(text: str, numbers: Sequence[Mention]) -> Iterator[Subject]:
    """Yield the names of a list before a sentence's "respectively": "Chile and Peru"."""
    for match in reversed(list(_ITEMS.finditer(text))):
        items = [match[1], *(item for item in match[2].split(", ") if item), match[3]]
        if len(items) == len(numbers):
            nouns = [frozenset({stem(item.split()[-1])}) for item in items]
            yield from (Subject(number, noun, frozenset()) for number, noun in zip(numbers, nouns, strict=True))
            return


@lru_cache(maxsize=2048)
def find_lists(text: str) -> tuple[tuple[tuple[frozenset[str], ...], tuple[Mention, ...]], ...]:
    """Return the lists of names and of as many numbers behind them: "the army and the navy asked for 20 and 35 planes"."""
    found = []
    for start, _, numbers in _split(text) if " and " in text else ():
        for one, two in pairwise(numbers):
            if _AND.fullmatch(text, one.end, two.first):
                for match in reversed(list(_NAMES.finditer(text, start, one.first))):
                    found.append(((stem_set(match[1]), stem_set(match[2])), (one, two)))
                    break
    return tuple(found)


@lru_cache(maxsize=2048)
def find_parts(text: str) -> tuple[Part, ...]:
    """Return each number of a text with the words of its part of the sentence."""
    found = []
    for start, end, numbers in _split(text):
        spans = _find_spans(text, start, end, numbers)
        for index, number in enumerate(numbers):
            span = (_find_change(text, numbers[:index], spans, number), spans[index][1])
            found.append(Part(number, _read_stems(_strip_comparisons(text, span, number))))
    return tuple(found)


def _strip_comparisons(text: str, span: tuple[int, int], number: Mention) -> str:
    """Return a number's part of a text without what it is compared with; where it is what others are compared with, the whole."""
    at = number.start - span[0]
    return _COMPARISON.sub(
        lambda match: match[0] if match.start() <= at < match.end() else " ", text[span[0] : span[1]]
    )


def _find_change(text: str, before: Sequence[Mention], spans: Sequence[tuple[int, int]], number: Mention) -> int:
    """Return the start of a number's part; the result of a change shares that of the change: "fell by 3, or 2 percent, to 90"."""
    start = spans[len(before)][0]
    if not before or not _TO_RESULT.search(text, 0, number.first):
        return start
    changes = (index for index, other in enumerate(before) if _BY_CHANGE.search(text, 0, other.first))
    changed = next(
        (spans[index][0] for index in changes if not _APART.search(text, before[index].end, number.first)), start
    )
    return min(start, changed)


@lru_cache(maxsize=2048)
def find_wide_parts(text: str) -> tuple[Part, ...]:
    """Return each number of a text with the words of its whole clause: what it shares with the numbers beside it counts."""
    found = []
    for start, end, numbers in _split(text):
        for number in numbers:
            before = [match.end() for match in _HARD_CUT.finditer(text, start, number.first)]
            after = _HARD_CUT.search(text, number.end, end)
            span = text[before[-1] if before else start : after.start() if after else end]
            found.append(Part(number, _read_stems(_COMPARISON.sub(" ", span))))
    return tuple(found)


@lru_cache(maxsize=2048)
def find_sentence_parts(text: str) -> tuple[Part, ...]:
    """Return each number of a text with the words of its whole sentence."""
    return tuple(
        Part(number, _read_stems(text[start:end])) for start, end, numbers in _split(text) for number in numbers
    )


def find_number_spans(text: str) -> Iterator[tuple[Mention, int, int]]:
    """Yield each number of a text with the start and end of its part of the sentence."""
    for start, end, numbers in _split(text):
        for number, span in zip(numbers, _find_spans(text, start, end, numbers), strict=True):
            yield number, *span


@lru_cache(maxsize=2048)
def find_date_parts(text: str) -> tuple[Part, ...]:
    """Return each date of a text with the words of its part of the sentence."""
    found = []
    for start, end, dates in _split(text, of_dates=True):
        for date, span in zip(dates, _find_spans(text, start, end, dates), strict=True):
            found.append(Part(date, _read_stems(text[span[0] : span[1]])))
    return tuple(found)


def _split(text: str, of_dates: bool = False) -> Iterator[tuple[int, int, list[Mention]]]:
    """Yield the sentences that have numbers, with them; or with their dates."""
    mentions = [
        mention
        for mention in find_mentions(text)
        if mention.kind != "name" and is_date(mention) == of_dates and not _is_scale(text, mention)
    ]
    for start, end in split_sentences(text):
        if own := [mention for mention in mentions if start <= mention.start < end]:
            yield start, end, own


def _is_scale(text: str, mention: Mention) -> bool:
    """Return whether a number is part of a name: a 500-point scale. A 36-month delay is one of 36 months."""
    return mention.unit not in _TIMES and bool(_SCALE_NAME.match(text, mention.end))


def _find_spans(text: str, start: int, end: int, numbers: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return the part of the sentence that belongs to each number."""
    spans = [(start, end)] * len(numbers)
    for index, (one, two) in enumerate(pairwise(numbers)):
        cut = _CUT.search(text, one.end, two.first)
        if cut and cut[0].strip().lower() == "to" and not _CUT.search(text, cut.end(), two.first):
            continue  # "from 480 to 520": what is said of one is said of the other
        at = cut.start() if cut else one.end
        spans = [
            (left, min(right, at)) if place <= index else (max(left, at), right)
            for place, (left, right) in enumerate(spans)
        ]
    return spans


def _read_stems(text: str) -> frozenset[str]:
    """Return the stems of a text, and those of the acronyms of its names: "sls" for "Space Launch System"."""
    return stem_set(text) | frozenset(_find_initials(text))


def _find_initials(text: str) -> Iterator[str]:
    for match in _LONG_NAME.finditer(text):
        yield "".join(word[0] for word in match[0].split() if word[0].isupper()).lower()


def _find_nouns(text: str) -> list[str]:
    words = [(found, text[at:to]) for found, at, to in content_stems(text)]
    return [
        found
        for found, word in words
        if not is_verb(word) and not is_varying(word) and found not in NO_SUBJECT and not found.isdigit()
    ] + list(_find_initials(text))
