"""Two numbers or dates of a quote that a text has in each other's places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_agreement import agree, is_same
from reportgen.evidence.pairing.number_subjects import (
    NO_SUBJECT,
    Part,
    find_date_parts,
    find_parts,
    find_sentence_parts,
    find_wide_parts,
)
from reportgen.evidence.pairing.number_ties import is_base, is_date, split_sentences
from reportgen.evidence.pairing.paired_text import Misplaced, PairedText
from reportgen.evidence.qualifiers import stem, stem_set
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_ENOUGH = 2  # words of another number's part of the quote that show that it is meant
_HEAD = compile_late(r"([a-z-]{4,})\sof\s(?:just\s|only\s|some\s)?\Z", re.IGNORECASE)
_SEVERAL = 3  # words of another number's sentence that outweigh one of its own
_HALF = 4  # letters that the first half of a compound has at least


def find_swaps(paired: PairedText) -> Iterator[Misplaced]:
    """Yield two numbers of a quote of which each stands with the other's words, and neither with its own.

    Their parts of the sentence are compared, then their clauses, and their sentences where each has its own.
    """
    for one, two in paired.list_pairs():
        for quote, first, second in _find_own_parts(paired, one, two, _find_parts):
            if (first.number.kind, first.number.unit) != (second.number.kind, second.number.unit):
                continue
            crossed = _cross(one, two, first, second)
            if crossed is None:
                continue
            strange = (crossed[0] - _stems_around(paired, two)) | (crossed[1] - _stems_around(paired, one))
            is_clear = len(strange) >= _ENOUGH and _are_apart(paired.quote_words[quote], first, second)
            if all(crossed) or is_clear:
                yield paired.misplace(one.number, quote, second.number)
    if len(paired.passage.facts) > 1:
        yield from _find_swapped_heads(paired)
        yield from _find_wide_swaps(paired, find_wide_parts)
        yield from _find_wide_swaps(paired, find_sentence_parts)


def _find_wide_swaps(paired: PairedText, find: Callable[[str], tuple[Part, ...]]) -> Iterator[Misplaced]:
    for one, two in paired.list_pairs_of(find(paired.text)):
        for quote, first, second in _find_own_parts(paired, one, two, lambda text, _: find(text)):
            crossed = _cross(one, two, first, second, room=1 if find is find_sentence_parts else 0)
            if crossed and all(crossed):
                yield paired.misplace(one.number, quote, second.number)


def _find_swapped_heads(paired: PairedText) -> Iterator[Misplaced]:
    """Yield numbers that a text calls what a quote calls another number that the text has as well: "a target of 17,000"."""
    heads = dict(_find_heads(paired.text))
    numbers = [each.part.number for each in paired.parts]
    for number in numbers:
        head = heads.get(number.start)
        for quote in paired.quotes_of(number) if head else ():
            text = paired.quote_words[quote]
            quoted = dict(_find_heads(text))
            mentions = find_mentions(text)
            own = {quoted.get(each.start) for each in mentions if is_same(each, number)}
            named = [each for each in mentions if quoted.get(each.start) == head]
            if not own or head in own or len(named) != 1 or heads.get(named[0].start) == head:
                continue
            others = [each for each in numbers if is_same(each, named[0]) and heads.get(each.start) != head]
            if others and (number.kind, number.unit) == (named[0].kind, named[0].unit):
                yield paired.misplace(number, quote, named[0])


def _find_heads(text: str) -> Iterator[tuple[int, str]]:
    """Yield the starts of numbers, each with the stem of the noun that it is the size of: "a target of 17,000"."""
    for mention in find_mentions(text):
        if not is_date(mention) and (match := _HEAD.search(text, max(0, mention.first - 60), mention.first)):
            yield mention.start, stem(match[1])


def find_swapped_dates(paired: PairedText) -> Iterator[Misplaced]:
    """Yield dates beside which a sentence has what a quote's sentence says of another date, and nothing of their own."""
    for part in find_date_parts(paired.text):
        for quote in paired.passage.quotes if not is_base(paired.text, part.number) else ():
            text = paired.quote_words[quote]
            known = find_date_parts(text)
            if any(is_base(text, each.number) for each in known):
                continue
            own = [each for each in known if is_same(each.number, part.number)]
            if len(own) != 1 or len(own[0].stems) < _ENOUGH or len(known) != _ENOUGH:
                continue
            other = next((each for each in known if each is not own[0]), own[0])
            if other.stems == own[0].stems or not _are_apart(text, own[0], other):
                continue
            theirs, ours = other.stems - own[0].stems - NO_SUBJECT, own[0].stems - other.stems - NO_SUBJECT
            said = {word for word in part.stems if not word.isdigit()}
            if len(theirs & said) >= _SEVERAL and ours.isdisjoint(said):
                yield paired.misplace(part.number, quote, other.number)


def find_strange_dates(paired: PairedText) -> Iterator[Misplaced]:
    """Yield the dates that no quote of a text has, beside the words that one of them has beside another date."""
    quoted = {quote: find_date_parts(paired.quote_words[quote]) for quote in paired.passage.quotes}
    known = [each.number for parts in quoted.values() for each in parts]
    said = find_date_parts(paired.text)
    for index, part in enumerate(said):
        number = part.number
        is_fact = any(span.start < number.end and number.start < span.end for span in paired.passage.facts)
        if is_fact or any(agree(number, each) for each in known) or is_base(paired.text, number):
            continue
        for quote, parts in quoted.items():
            for place, other in enumerate(parts):
                if any(agree(other.number, each.number) for each in said) or not _is_alike(number, other.number):
                    continue
                shared = _share_words(part, other)
                if index and place and agree(said[index - 1].number, parts[place - 1].number):
                    shared |= _share_words(said[index - 1], parts[place - 1])  # "from 1 in 2020 to 5 in 2024"
                if len(shared) >= _SEVERAL:
                    yield paired.misplace(number, quote, other.number)
                    return


def _share_words(one: Part, other: Part) -> frozenset[str]:
    """Return the words and amounts that two dates have beside them."""
    digits = set(re.findall(r"\d+", f"{one.number.text} {other.number.text}"))
    return (one.stems & other.stems) - NO_SUBJECT - digits


def _is_alike(one: Mention, other: Mention) -> bool:
    """Return whether two dates are equally exact."""
    first, second = one.value, other.value
    return (
        isinstance(first, PartialDate)
        and isinstance(second, PartialDate)
        and (bool(first.year), bool(first.month)) == (bool(second.year), bool(second.month))
        and one.high is None
        and other.high is None
    )


def is_said(words: frozenset[str], stems: frozenset[str]) -> bool:
    """Return whether a text has one of some words, or its first half: health care for healthcare."""
    return not words.isdisjoint(stems) or any(
        len(found) > _HALF and word.startswith(found) for word in words for found in stems
    )


def _cross(
    one: Part, two: Part, first: Part, second: Part, room: int = 0
) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the words that each of two numbers has of the other's; None where one stands with its own.

    `room` is how many of its own it may have where it has many of the other's.
    """
    theirs = (_only(first, second), _only(second, first))
    ours = (_only(one, two), _only(two, one))
    crossed = _meet(theirs[0], ours[1]), _meet(theirs[1], ours[0])
    own = max(len(_meet(theirs[0], ours[0])), len(_meet(theirs[1], ours[1])))
    is_clear = own <= room and min(map(len, crossed)) >= _SEVERAL
    return crossed if not own or is_clear else None


def _meet(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Return the words that are among others, or begin with one: health care for healthcare."""
    halves = {
        word
        for word in words - others
        if any(_HALF < len(half) < len(word) - 2 and word.startswith(half) for half in others)
    }
    return words & others | halves


def _only(part: Part, other: Part) -> frozenset[str]:
    """Return the words that one number has beside it and the other has not."""
    return frozenset(word for word in part.stems - other.stems - NO_SUBJECT if not word.isdigit())


def _split_whole(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text; what stands behind a semicolon may leave unsaid what stands before it."""
    first = 0
    for start, end in split_sentences(text):
        first = start if first < 0 else first
        if text[end : end + 1] != ";":
            yield first, end
            first = -1


def _stems_around(paired: PairedText, part: Part) -> frozenset[str]:
    """Return the words of the sentences of its quotes that have a number."""
    found: set[str] = set()
    for quote in paired.quotes_of(part.number):
        text = paired.quote_words[quote]
        for start, end in _split_whole(text):
            if any(is_same(each, part.number) for each in find_mentions(text[start:end])):
                found |= stem_set(text[start:end])
    return frozenset(found)


def _are_apart(text: str, first: Part, second: Part) -> bool:
    """Return whether two numbers have no sentence in common: what is said of the first is then not said of the second."""
    sentences = list(_split_whole(text))
    both = [any(each.number == part.number for each in _find_parts(text, part)) for part in (first, second)]
    return not all(both) or not any(
        start <= first.number.start < end and start <= second.number.start < end for start, end in sentences
    )


def _find_own_parts(
    paired: PairedText, one: Part, two: Part, find: Callable[[str, Part], tuple[Part, ...]]
) -> Iterator[tuple[str, Part, Part]]:
    """Yield each quote of the first of two numbers, with the parts of the quotes that have one and the other."""
    for quote in paired.quotes_of(one.number):
        for other in paired.quotes_of(two.number):
            own = [_find_own(paired, name, part, find) for name, part in ((quote, one), (other, two))]
            if own[0] and own[1] and own[0] != own[1]:
                yield quote, own[0], own[1]


def _find_own(paired: PairedText, quote: str, part: Part, find: Callable[[str, Part], tuple[Part, ...]]) -> Part | None:
    """Return the part of a quote that has a number; where it has the number twice, all that it says of both."""
    found = [each for each in find(paired.quote_words[quote], part) if is_same(each.number, part.number)]
    stems = frozenset().union(*(each.stems for each in found))
    return Part(found[0].number, stems | paired.labels.get(quote, frozenset())) if found else None


def _find_parts(text: str, part: Part) -> tuple[Part, ...]:
    return find_date_parts(text) if is_date(part.number) else find_parts(text)
