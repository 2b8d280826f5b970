"""Numbers stay with their year and with each other

Where a quote has several numbers, each belongs to its own year ("480 in 2019 and 520 in 2020"), to the number beside it ("580 Gt
for a 50% chance and 420 Gt for a 66% chance") or to its own subject ("women earned 420 euros and men 500"; "Chile and Peru,
$3 million and $7 million, respectively"). A sentence that gives a number to the year, number or subject of another one is wrong,
and so is a chart that draws it there. A period that ends before it begins is no period ("from 2022 to 2019"), and a sentence that
names a year twice has lost another where its quote has each once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from reportgen.charts.base import Chart
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_within
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.date_periods import find_backward, find_date_list, find_repeated
from reportgen.evidence.pairing.number_subjects import (
    NO_SUBJECT,
    Part,
    Subject,
    find_date_parts,
    find_lists,
    find_parts,
    find_sentence_parts,
    find_subjects,
    find_wide_parts,
)
from reportgen.evidence.pairing.number_ties import find_changes, find_ties, is_base, is_date, split_sentences
from reportgen.evidence.passages import Passage
from reportgen.evidence.qualifiers import stem_set
from reportgen.text.numbers import PartialDate

ID = "paired-number"
SEVERITY: Severity = "error"
READS_ENGLISH = True

_ENOUGH = 2  # words of another number's part of the quote that show that it is meant
_SEVERAL = 3  # words of another number's sentence that outweigh one of its own
_LONG_LABEL = 8  # words of a paragraph's label
_HALF = 4  # letters that the first half of a compound has at least
_MANY = 12  # numbers of a text of which each two are compared
_FEW = 3  # quotes among which a typed number's own can be found


_SUBTITLE_YEAR = re.compile(r"(?:\bin|,)\s((?:19|20)\d\d)(?=\Z|[,;.)]|\s\()")
"""The one year of all that a chart draws: "Projected growth in 2026, percent"."""
_OF = re.compile(r"Of (?:the |these |those |its |their |all )*", re.IGNORECASE)
_LABEL = re.compile(r"\W*([^.:;\d]{3,80}):\s")


def check(case: Case) -> Iterator[Fault]:
    tied = frozenset(name for name, text in case.quote_words.items() if find_ties(text))
    several = frozenset(name for name, text in case.quote_words.items() if len(find_parts(text)) > 1)
    named = {name: subjects for name, text in case.quote_words.items() if len(subjects := find_subjects(text)) > 1}
    for passage in case.passages:
        if passage.role in ("note", "judgment", "recommendation"):
            continue
        yield from _check_periods(case, passage)
        quotes = {*passage.quotes, *(quote for span in passage.facts for quote in case.brief.facts[span.id].quote)}
        if not tied.isdisjoint(quotes):
            yield from _check_ties(case, passage)
        if several.isdisjoint(quotes):  # a number alone in its quote is no other's, unless two changed places
            if len(passage.facts) > 1:
                yield from _check_swaps(case, passage)
            continue
        misplaced = [
            *(_check_subjects(case, passage, named) if named else ()),
            *_check_contexts(case, passage),
            *_check_swaps(case, passage),
            *_check_changes(case, passage),
        ]
        yield from {(fault.where, fault.words): fault for fault in misplaced}.values()
    yield from _check_charts(case)


def _check_periods(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for periods that end before they begin, and for lists of years in which one stands in another's place."""
    for found in find_backward(passage.text):
        pair = (found.first.same, found.second.same)
        quoted = (each for quote in passage.quotes for each in find_backward(case.quote_words[quote]))
        if not any((each.first.same, each.second.same) == pair for each in quoted):
            message = f"{found.second.text} is no later than {found.first.text}"
            yield case.passage_fault(
                message, passage, found.first.first, found.second.end, "compare the dates of the quote"
            )
    if len(passage.quotes) <= _FEW:
        for date in find_repeated(passage.text):
            yield from _check_repeated(case, passage, date)
        yield from _check_date_contexts(case, passage)
    if len(passage.facts) > 1:
        yield from _check_wholes(case, passage)
        yield from _check_lists(case, passage)


def _check_wholes(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for parts that are larger than their whole: "of the 14 firms, 35 are new"."""
    for sentence in passage.sentences:
        spans = list(passage.facts_in(sentence))
        if len(spans) > 1 and _OF.fullmatch(passage.text[sentence.start : spans[0].start]):
            whole = case.brief.quantities[spans[0].id]
            end = (passage.text + ";").index(";", spans[0].end)
            for span in spans[1:]:
                part = case.brief.quantities[span.id]
                is_alike = part.unit == whole.unit and whole.unit.kind not in ("percent", "times", "rank")
                if (
                    is_alike
                    and span.start < end
                    and not isinstance(part.value, PartialDate)
                    and part.number > whole.number
                ):
                    message = f'the fact "{span.id}" is more than the whole of which the text calls it a part'
                    yield case.passage_fault(
                        message, passage, span.start, span.end, f'"{spans[0].id}" is {whole.prose}'
                    )


def _check_lists(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for the numbers of a list in another order than the quote's, beside the same names in the same order."""
    for names, numbers in find_lists(passage.text):
        for quote in _quotes_of(case, passage, numbers[0]):
            for other_names, others in find_lists(case.quote_words[quote]):
                pairs = list(zip(numbers, others, strict=False))
                if names != other_names or all(_is_same(one, two) for one, two in pairs):
                    continue
                if all(any(_is_same(one, other) for other in others) for one in numbers):
                    yield _make_fault(case, passage, Part(numbers[0], frozenset()), quote, others[0])


def _check_repeated(case: Case, passage: Passage, date: Mention) -> Iterator[Fault]:
    """Look for a year of a list that a text has oftener than its quotes, while it has not all of theirs."""
    said = [mention.same for mention in find_mentions(passage.text)]
    for quote in passage.quotes:
        text = case.quote_words[quote]
        known = [mention.same for mention in find_mentions(text) if is_date(mention)]
        own = [mention.same for mention in find_date_list(text)]
        is_strange = date.same not in known and len(set(own) & set(said)) >= _ENOUGH
        is_oftener = date.same in own and known.count(date.same) < said.count(date.same)
        if (is_oftener or is_strange) and not set(own) <= set(said):
            message = f"{date.text} stands twice, where the quote “{quote}” has it once and another year beside it"
            yield case.passage_fault(message, passage, date.first, date.end, f"the source has “{text}”")


def _check_ties(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for numbers with the year, or with the number beside it, of another number."""
    for tie in find_ties(passage.text):
        quotes = _quotes_of(case, passage, tie.number)
        if found := _find_other(case, quotes, tie.number, tie.tied, tie.is_direct):
            message = f"the quote “{found}” does not have {tie.number.text} with “{tie.tied.text}”"
            hint = f"the source has “{case.quote_words[found]}”"
            yield case.passage_fault(message, passage, tie.number.first, tie.number.end, hint)


def _check_date_contexts(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for dates beside which a sentence has what a quote's sentence says of another date, and nothing of their own."""
    for part in find_date_parts(passage.text):
        for quote in passage.quotes if not is_base(passage.text, part.number) else ():
            known = find_date_parts(case.quote_words[quote])
            if any(is_base(case.quote_words[quote], each.number) for each in known):
                continue
            own = [other.stems for other in known if _is_same(other.number, part.number)]
            if len(own) != 1 or len(own[0]) < _ENOUGH or len(known) != _ENOUGH:
                continue
            other = next(each for each in known if each.stems != own[0]) if known[0].stems != known[1].stems else None
            if not other or not _are_apart(case, quote, next(each for each in known if each is not other), other):
                continue
            theirs, ours = other.stems - own[0] - NO_SUBJECT, own[0] - other.stems - NO_SUBJECT
            said = {word for word in part.stems if not word.isdigit()}
            if len(theirs & said) >= _SEVERAL and ours.isdisjoint(said):
                yield _make_fault(case, passage, part, quote, other.number)


def _check_subjects(case: Case, passage: Passage, named: Mapping[str, tuple[Subject, ...]]) -> Iterator[Fault]:
    """Look for numbers in a part of a sentence that names the subject of another number."""
    dates = _date_numbers(passage)
    for printed in _list_parts(case, passage):
        part = printed.part
        for quote in _quotes_of(case, passage, part.number):
            subjects = named.get(quote, ())
            if (date := dates.get(part.number.start)) and _has_tie(case.quote_words[quote], part.number, date):
                continue
            own = [subject for subject in subjects if _is_same(subject.number, part.number)]
            if len(own) != 1:
                continue
            said = next(each.stems for each in find_parts(case.quote_words[quote]) if each.number == own[0].number)
            said |= {
                word for word in part.stems if any(word.rstrip("e") in other for other in said)
            }  # the care of healthcare
            said = frozenset() if "respectively" in case.quote_words[quote].lower() else said
            stems = printed.said - said | printed.said & (own[0].before | own[0].after)
            others = (
                subject
                for subject in subjects
                if subject not in own and _is_meant(subject, own[0], printed.part.stems, stems)
            )
            if other := next(others, None):
                yield _make_fault(case, passage, part, quote, other.number)


class _Printed(Struct, frozen=True):
    """A number of a passage with the words of its part, and those of them that are its fact's unit: no quote need have these."""

    part: Part
    unit: frozenset[str]

    @property
    def said(self) -> frozenset[str]:
        """The words that may be another number's."""
        return self.part.stems - self.unit


def _list_parts(case: Case, passage: Passage) -> Iterator[_Printed]:
    for part in find_parts(passage.text):
        span = next(
            (each for each in passage.facts if each.start < part.number.end and part.number.start < each.end), None
        )
        yield _Printed(part, stem_set(case.brief.quantities[span.id].unit.name) if span else frozenset())


def _is_meant(other: Subject, own: Subject, stems: frozenset[str], said: frozenset[str]) -> bool:
    """Return whether a text names another number's subject and not its own, which has one in the same place.

    What only the first of two numbers has before it is said of both: "pay rose 5 percent in May but only 1 percent in June".
    """
    if (own.number.kind, own.number.unit) != (other.number.kind, other.number.unit):
        return False
    pairs = [
        (mine, theirs) for mine, theirs in ((own.before, other.before), (own.after, other.after)) if mine and theirs
    ]
    return any(theirs & said for _, theirs in pairs) and not any(_is_said(mine, stems) for mine, _ in pairs)


def _is_said(words: frozenset[str], stems: frozenset[str]) -> bool:
    """Return whether a text has one of some words, or its first half: health care for healthcare."""
    return not words.isdisjoint(stems) or any(
        len(found) > _HALF and word.startswith(found) for word in words for found in stems
    )


def _check_contexts(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for numbers beside which a sentence has words of another number's part of the quote, and none of their own."""
    dates = _date_numbers(passage)
    for printed in _list_parts(case, passage):
        part = printed.part
        for quote in _quotes_of(case, passage, part.number):
            if (date := dates.get(part.number.start)) and _tells_apart(case.quote_words[quote], date):
                continue
            known = find_parts(case.quote_words[quote])
            own = [other.stems for other in known if _is_same(other.number, part.number)]
            if len(own) != 1 or len(own[0]) < _ENOUGH or _is_said(own[0], part.stems - _shared_stems(known)):
                continue
            for other in known:
                if len((other.stems - own[0]) & printed.said) >= _ENOUGH:
                    yield _make_fault(case, passage, part, quote, other.number)
                    break


def _check_swaps(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for two numbers of a quote of which each stands with the other's words, and neither with its own.

    Their parts of the sentence are compared, then their clauses, and their sentences where each has its own.
    """
    for one, two in _list_pairs(case, passage):
        for quote, first, second in _find_own_parts(case, passage, one, two, _find_parts):
            if (first.number.kind, first.number.unit) != (second.number.kind, second.number.unit):
                continue
            crossed = _cross(one, two, first, second)
            if crossed is None:
                continue
            strange = (crossed[0] - _stems_around(case, passage, two)) | (
                crossed[1] - _stems_around(case, passage, one)
            )
            is_clear = len(strange) >= _ENOUGH and _are_apart(case, quote, first, second)
            if all(crossed) or is_clear:
                yield _make_fault(case, passage, one, quote, second.number)
    if len(passage.facts) > 1:
        yield from _check_wide_swaps(case, passage, find_wide_parts)
        yield from _check_wide_swaps(case, passage, find_sentence_parts)


def _check_wide_swaps(case: Case, passage: Passage, find: Callable[[str], tuple[Part, ...]]) -> Iterator[Fault]:
    parts = find(passage.text)
    for one, two in combinations(parts, 2) if len(parts) <= _MANY else ():
        if (one.number.kind, one.number.unit) != (two.number.kind, two.number.unit) or one.stems == two.stems:
            continue
        for quote, first, second in _find_own_parts(case, passage, one, two, lambda text, _: find(text)):
            crossed = _cross(one, two, first, second, room=1 if find is find_sentence_parts else 0)
            if crossed and all(crossed):
                yield _make_fault(case, passage, one, quote, second.number)


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


def _split_whole(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text; what stands behind a semicolon may leave unsaid what stands before it."""
    first = 0
    for start, end in split_sentences(text):
        first = start if first < 0 else first
        if text[end : end + 1] != ";":
            yield first, end
            first = -1


def _stems_around(case: Case, passage: Passage, part: Part) -> frozenset[str]:
    """Return the words of the sentences of its quotes that have a number."""
    found: set[str] = set()
    for quote in _quotes_of(case, passage, part.number):
        text = case.quote_words[quote]
        for start, end in _split_whole(text):
            if any(_is_same(each, part.number) for each in find_mentions(text[start:end])):
                found |= stem_set(text[start:end])
    return frozenset(found)


def _are_apart(case: Case, quote: str, first: Part, second: Part) -> bool:
    """Return whether two numbers have no sentence in common: what is said of the first is then not said of the second."""
    text = case.quote_words[quote]
    sentences = list(_split_whole(text))
    both = [any(each.number == part.number for each in _find_parts(text, part)) for part in (first, second)]
    return not all(both) or not any(
        start <= first.number.start < end and start <= second.number.start < end for start, end in sentences
    )


def _list_pairs(case: Case, passage: Passage) -> Iterator[tuple[Part, Part]]:
    """Yield two numbers of a text, or two dates."""
    for parts in ([printed.part for printed in _list_parts(case, passage)], list(find_date_parts(passage.text))):
        if len(parts) <= _MANY:
            yield from combinations(parts, 2)


def _find_own_parts(
    case: Case, passage: Passage, one: Part, two: Part, find: Callable[[str, Part], tuple[Part, ...]]
) -> Iterator[tuple[str, Part, Part]]:
    """Yield each quote of the first of two numbers, with the parts of the quotes that have one and the other."""
    for quote in _quotes_of(case, passage, one.number):
        for other in _quotes_of(case, passage, two.number):
            own = [_find_own(case, name, part, find) for name, part in ((quote, one), (other, two))]
            if own[0] and own[1] and own[0] != own[1]:
                yield quote, own[0], own[1]


def _find_own(case: Case, quote: str, part: Part, find: Callable[[str, Part], tuple[Part, ...]]) -> Part | None:
    """Return the part of a quote that has a number; where it has the number twice, all that it says of both."""
    found = [each for each in find(case.quote_words[quote], part) if _is_same(each.number, part.number)]
    stems = frozenset().union(*(each.stems for each in found))
    return Part(found[0].number, stems | _read_label(case, quote)) if found else None


def _read_label(case: Case, quote: str) -> frozenset[str]:
    """Return the words before a colon that a quote's paragraph begins with: "South Asia: Growth is projected to …"."""
    found = case.found_quotes.get(quote)
    source = case.sources[case.brief.quotes[quote].source] if found else None
    paragraph = (
        next((each for each in source.paragraphs if found and each.number == found.paragraph), None) if source else None
    )
    label = _LABEL.match(paragraph.text) if paragraph else None
    return stem_set(label[1]) if label and len(label[1].split()) <= _LONG_LABEL else frozenset()


def _find_parts(text: str, part: Part) -> tuple[Part, ...]:
    return find_date_parts(text) if is_date(part.number) else find_parts(text)


def _check_changes(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for a change whose ends changed places: "from 48,000 to 50,000" for "from 50,000 to 48,000"."""
    for start, end in find_changes(passage.text):
        for quote in _quotes_of(case, passage, start):
            changes = find_changes(case.quote_words[quote])
            if any(_is_same(start, last) and _is_same(end, first) for first, last in changes):
                message = f"the quote “{quote}” has it the other way round: from {end.text} to {start.text}"
                yield case.passage_fault(
                    message, passage, start.first, end.end, f"the source has “{case.quote_words[quote]}”"
                )


def _only(part: Part, other: Part) -> frozenset[str]:
    """Return the words that one number has beside it and the other has not."""
    return frozenset(word for word in part.stems - other.stems - NO_SUBJECT if not word.isdigit())


def _date_numbers(passage: Passage) -> dict[int, Mention]:
    """Return the dates of a passage's numbers, by where each number starts."""
    return {tie.number.start: tie.tied for tie in find_ties(passage.text) if is_date(tie.tied)}


def _has_tie(text: str, number: Mention, date: Mention) -> bool:
    """Return whether a quote gives a number, and no other, for a date."""
    numbers = [tie.number for tie in find_ties(text) if is_date(tie.tied) and _agree(tie.tied, date)]
    return bool(numbers) and all(_is_same(each, number) for each in numbers)


def _tells_apart(text: str, date: Mention) -> bool:
    """Return whether a date belongs to one number of a quote alone."""
    return len({tie.number.start for tie in find_ties(text) if is_date(tie.tied) and _agree(tie.tied, date)}) <= 1


def _shared_stems(parts: Sequence[Part]) -> frozenset[str]:
    """Return the stems that every number of a quote has beside it."""
    return frozenset.intersection(*(part.stems for part in parts))


def _make_fault(case: Case, passage: Passage, part: Part, quote: str, other: Mention) -> Fault:
    message = f"{part.number.text} is not what the quote “{quote}” says of this: that is {other.text}"
    hint = f"the source has “{case.quote_words[quote]}”"
    return case.passage_fault(message, passage, part.number.first, part.number.end, hint)


def _quotes_of(case: Case, passage: Passage, number: Mention) -> tuple[str, ...]:
    """Return the quotes that a number of a passage comes from: those of its fact, else the few that back the passage."""
    for span in passage.facts:
        if span.start < number.end and number.start < span.end:
            return tuple(case.brief.facts[span.id].quote)
    return passage.quotes if len(passage.quotes) <= _FEW else ()


def _find_other(
    case: Case, quotes: Iterable[str], number: Mention, tied: Mention, is_direct: bool = True
) -> str | None:
    """Return a quote that ties a number to something else than a text does, and what the text has to another number.

    None if any of the quotes has the pair, or has the number by itself. A year right behind the number need not be another's.
    """
    found = None
    for quote in quotes:
        text = case.quote_words[quote]
        if not any(_is_same(mention, number) for mention in find_mentions(text)):
            continue
        ties = [tie for tie in find_ties(text) if is_date(tie.tied) == is_date(tied)]
        own = [tie for tie in ties if _is_same(tie.number, number)]
        if not own or any(_agree(tie.tied, tied) for tie in own):
            return None
        is_dated = is_direct and is_date(tied) and all(tie.is_direct for tie in own)
        if is_dated or any(_agree(tie.tied, tied) for tie in ties if tie not in own):
            found = quote
    return found


def _is_same(first: Mention, second: Mention) -> bool:
    """Return whether two numbers are equal, whatever their nouns."""
    if first.kind != second.kind or first.is_silent or second.is_silent:
        return False
    if is_date(first):
        return first.same == second.same
    _, unit, *amounts = first.same[:5]
    _, other_unit, *other_amounts = second.same[:5]
    sizes, other_sizes = ([_drop_sign(each) for each in each_amounts] for each_amounts in (amounts, other_amounts))
    return sizes == other_sizes and (unit == other_unit or not unit or not other_unit)


def _drop_sign(amount: object) -> object:
    """Return an amount without its minus: what fell by 5 percent changed by −5 percent."""
    return abs(amount) if isinstance(amount, float | int) else amount


def _agree(first: Mention, second: Mention) -> bool:
    if isinstance(first.value, PartialDate) and isinstance(second.value, PartialDate):
        if first.part and second.part and first.part != second.part:
            return False  # two quarters of a year
        if first.high and second.high:
            return first.value == second.value  # two fiscal years: 2023-24 is not 2024-25
        if first.high or second.high:
            years = {first.value.year, getattr(first.high, "year", None)} & {
                second.value.year,
                getattr(second.high, "year", None),
            }
            return None in (first.value.year, second.value.year) or bool(years - {None})
        return is_within(first.value, second.value) or is_within(second.value, first.value)
    return _is_same(first, second)


def _check_charts(case: Case) -> Iterator[Fault]:
    """Look for facts that a chart draws at the year of another."""
    for name, exhibit in case.brief.exhibits.items():
        if not isinstance(exhibit, Chart):
            continue
        of_all = _SUBTITLE_YEAR.search(getattr(exhibit, "subtitle", None) or "")
        for datum in exhibit.data():
            fact = datum.quantity.fact if datum.quantity else None
            if fact is None:
                continue
            has_own = any(is_date(each) for label in (datum.item, datum.series) for each in find_mentions(label))
            for label in (datum.item, datum.series, *([of_all[1]] if of_all and not has_own else [])):
                years = [mention for mention in find_mentions(label) if is_date(mention)]
                numbers = find_mentions(case.brief.quantities[fact].prose)
                if len(years) != 1 or not numbers:
                    continue
                if found := _find_other(case, case.brief.facts[fact].quote, numbers[0], years[0], is_direct=False):
                    message = f'the chart draws the fact "{fact}" at {label}, which the quote “{found}” gives for another number'
                    yield case.fault(message, ("exhibits", name), f"the source has “{case.quote_words[found]}”")
