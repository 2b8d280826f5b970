"""Numbers stay with their year and with each other

Where a quote has several numbers, each belongs to its own year ("480 in 2019 and 520 in 2020"), to the number beside it ("580 Gt
for a 50% chance and 420 Gt for a 66% chance") or to its own subject ("women earned 420 euros and men 500"; "Chile and Peru,
$3 million and $7 million, respectively"). A sentence that gives a number to the year, number or subject of another one is wrong,
and so is a chart that draws it there. A period that ends before it begins is no period ("from 2022 to 2019"), and a sentence that
names a year twice has lost another where its quote has each once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.charts.base import Chart
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.date_periods import find_backward_periods, find_lost_dates
from reportgen.evidence.pairing.number_agreement import agree, has_tie, is_same, tells_apart
from reportgen.evidence.pairing.number_subjects import Part, Subject, find_lists, find_parts, find_subjects
from reportgen.evidence.pairing.number_ties import find_changes, find_ties, is_date
from reportgen.evidence.pairing.paired_text import FEW_QUOTES, Misplaced, PairedText
from reportgen.evidence.pairing.swapped_numbers import find_strange_dates, find_swapped_dates, find_swaps, is_said
from reportgen.evidence.pairing.wholes import is_said_of_both
from reportgen.evidence.qualifiers import stem_set
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

ID = "paired-number"
SEVERITY: Severity = "error"
READS_ENGLISH = True

_ENOUGH = 2  # words of another number's part of the quote that show that it is meant
_LONG_LABEL = 8  # words of a paragraph's label

_SUBTITLE_YEAR = re.compile(r"(?:\bin|,)\s((?:19|20)\d\d)(?=\Z|[,;.)]|\s\()")
"""The one year of all that a chart draws: "Projected growth in 2026, percent"."""
_OF = re.compile(r"Of (?:the |these |those |its |their |all )*", re.IGNORECASE)
_LABEL = compile_late(r"\W*([^.:;\d]{3,80}):\s")


def check(case: Case) -> Iterator[Fault]:
    words, quantities = case.quote_words, case.brief.quantities
    fact_quotes = {name: fact.quote for name, fact in case.brief.facts.items()}
    labels = dict(_read_labels(case))
    tied = frozenset(name for name, text in words.items() if find_ties(text))
    several = frozenset(name for name, text in words.items() if len(find_parts(text)) > 1)
    named = {name: subjects for name, text in words.items() if len(subjects := find_subjects(text)) > 1}
    for passage in case.passages:
        if passage.role not in ("note", "judgment", "recommendation"):
            paired = PairedText(passage, words, fact_quotes, quantities, labels)
            for each in _find_misplaced(paired, tied, several, named):
                yield case.passage_fault(each.message, passage, each.start, each.end, each.hint)
    yield from _check_charts(case)


def _read_labels(case: Case) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the stems of what a quote's paragraph begins with before a colon: "South Asia: Growth is projected to …"."""
    for quote, found in case.found_quotes.items():
        source = case.sources[case.brief.quotes[quote].source]
        paragraph = next((each for each in source.paragraphs if found and each.number == found.paragraph), None)
        label = _LABEL.match(paragraph.text) if paragraph else None
        if label and len(label[1].split()) <= _LONG_LABEL:
            yield quote, stem_set(label[1])


def _find_misplaced(
    paired: PairedText, tied: frozenset[str], several: frozenset[str], named: Mapping[str, tuple[Subject, ...]]
) -> Iterator[Misplaced]:
    """Yield what a text has wrong; `tied`, `several` and `named` are the quotes with ties, several numbers or subjects."""
    passage = paired.passage
    yield from find_backward_periods(paired)
    if len(passage.quotes) <= FEW_QUOTES:
        yield from find_lost_dates(paired)
        yield from find_swapped_dates(paired)
    if len(passage.facts) > 1:
        yield from _find_large_parts(paired)
        yield from _find_mixed_lists(paired)
    quotes = {*passage.quotes, *(quote for span in passage.facts for quote in paired.fact_quotes[span.id])}
    wrong_ties = list(_find_wrong_ties(paired)) if not tied.isdisjoint(quotes) else []
    yield from wrong_ties
    if not wrong_ties and len(passage.quotes) <= FEW_QUOTES:  # one fault is told once
        yield from find_strange_dates(paired)
    if several.isdisjoint(quotes):  # a number alone in its quote is no other's, unless two changed places
        if len(passage.facts) > 1:
            yield from find_swaps(paired)
        return
    found = [
        *(_find_wrong_subjects(paired, named) if named else ()),
        *_find_wrong_contexts(paired),
        *find_swaps(paired),
        *_find_turned_changes(paired),
    ]
    yield from {(each.start, each.end): each for each in found}.values()


def _find_large_parts(paired: PairedText) -> Iterator[Misplaced]:
    """Look for parts that are larger than their whole: "of the 14 firms, 35 are new"."""
    for sentence in paired.passage.sentences:
        spans = list(paired.passage.facts_in(sentence))
        if len(spans) > 1 and _OF.fullmatch(paired.text[sentence.start : spans[0].start]):
            whole = paired.quantities[spans[0].id]
            end = (paired.text + ";").index(";", spans[0].end)
            for span in spans[1:]:
                part = paired.quantities[span.id]
                is_alike = part.unit == whole.unit and whole.unit.kind not in ("percent", "times", "rank")
                if (
                    is_alike
                    and span.start < end
                    and not isinstance(part.value, PartialDate)
                    and part.number > whole.number
                ):
                    message = f'the fact "{span.id}" is more than the whole of which the text calls it a part'
                    yield Misplaced(span.start, span.end, message, f'"{spans[0].id}" is {whole.prose}')


def _find_mixed_lists(paired: PairedText) -> Iterator[Misplaced]:
    """Look for the numbers of a list in another order than the quote's, beside the same names in the same order."""
    for names, numbers in find_lists(paired.text):
        for quote in paired.quotes_of(numbers[0]):
            for other_names, others in find_lists(paired.quote_words[quote]):
                pairs = list(zip(numbers, others, strict=False))
                if names != other_names or all(is_same(one, two) for one, two in pairs):
                    continue
                if all(any(is_same(one, other) for other in others) for one in numbers):
                    yield paired.misplace(numbers[0], quote, others[0])


def _find_wrong_ties(paired: PairedText) -> Iterator[Misplaced]:
    """Look for numbers with the year, or with the number beside it, of another number."""
    for tie in find_ties(paired.text):
        quotes = paired.quotes_of(tie.number)
        if found := _find_other(paired.quote_words, quotes, tie.number, tie.tied, tie.is_direct):
            message = f"the quote “{found}” does not have {tie.number.text} with “{tie.tied.text}”"
            hint = f"the source has “{paired.quote_words[found]}”"
            yield Misplaced(tie.number.first, tie.number.end, message, hint)


def _find_wrong_subjects(paired: PairedText, named: Mapping[str, tuple[Subject, ...]]) -> Iterator[Misplaced]:
    """Look for numbers in a part of a sentence that names the subject of another number."""
    for printed in paired.parts:
        part = printed.part
        for quote in paired.quotes_of(part.number):
            subjects = named.get(quote, ())
            date = paired.dates.get(part.number.start)
            if date and not _is_shared(paired, part, date) and has_tie(paired.quote_words[quote], part.number, date):
                continue
            own = [subject for subject in subjects if is_same(subject.number, part.number)]
            if len(own) != 1:
                continue
            said = next(each.stems for each in find_parts(paired.quote_words[quote]) if each.number == own[0].number)
            said |= {
                word for word in part.stems if any(word.rstrip("e") in other for other in said)
            }  # the care of healthcare
            said = frozenset() if "respectively" in paired.quote_words[quote].lower() else said
            stems = printed.said - said | printed.said & (own[0].before | own[0].after)
            others = (
                subject
                for subject in subjects
                if subject not in own
                and _is_meant(subject, own[0], printed.part.stems, stems)
                and not is_said_of_both(paired.quote_words[quote], subject.number, own[0].number)
                and not _stands_right(paired, subject.number, subject.before | subject.after)
            )
            if other := next(others, None):
                yield paired.misplace(part.number, quote, other.number)


def _is_shared(paired: PairedText, part: Part, date: Mention) -> bool:
    """Return whether a text has another number of the same kind for a date, which then tells them not apart."""
    return any(
        each.part is not part
        and (each.part.number.kind, each.part.number.unit) == (part.number.kind, part.number.unit)
        and (other := paired.dates.get(each.part.number.start)) is not None
        and other.start == date.start
        for each in paired.parts
    )


def _is_meant(other: Subject, own: Subject, stems: frozenset[str], said: frozenset[str]) -> bool:
    """Return whether a text names another number's subject and not its own, which has one in the same place.

    What only the first of two numbers has before it is said of both: "pay rose 5 percent in May but only 1 percent in June".
    """
    if (own.number.kind, own.number.unit) != (other.number.kind, other.number.unit):
        return False
    pairs = [
        (mine, theirs) for mine, theirs in ((own.before, other.before), (own.after, other.after)) if mine and theirs
    ]
    return any(theirs & said for _, theirs in pairs) and not any(is_said(mine, stems) for mine, _ in pairs)


def _stands_right(paired: PairedText, number: Mention, words: frozenset[str]) -> bool:
    """Return whether a text has a number itself beside its own words: these are then no sign that another is meant."""
    return any(
        is_same(each.part.number, number) and not words.isdisjoint(each.part.stems - each.unit) for each in paired.parts
    )


def _find_wrong_contexts(paired: PairedText) -> Iterator[Misplaced]:
    """Look for numbers beside which a sentence has words of another number's part of the quote, and none of their own."""
    for printed in paired.parts:
        part = printed.part
        for quote in paired.quotes_of(part.number):
            if (date := paired.dates.get(part.number.start)) and tells_apart(paired.quote_words[quote], date):
                continue
            known = find_parts(paired.quote_words[quote])
            own = [other for other in known if is_same(other.number, part.number)]
            if len(own) != 1 or len(own[0].stems) < _ENOUGH or is_said(own[0].stems, part.stems - _shared_stems(known)):
                continue
            for other in known:
                if len((other.stems - own[0].stems) & printed.said) >= _ENOUGH and not is_said_of_both(
                    paired.quote_words[quote], other.number, own[0].number
                ):
                    yield paired.misplace(part.number, quote, other.number)
                    break


def _find_turned_changes(paired: PairedText) -> Iterator[Misplaced]:
    """Look for a change whose ends changed places: "from 48,000 to 50,000" for "from 50,000 to 48,000"."""
    for start, end in find_changes(paired.text):
        for quote in paired.quotes_of(start):
            changes = find_changes(paired.quote_words[quote])
            other = next((last for first, last in changes if is_same(first, start) and not is_same(last, end)), None)
            if other and any(is_same(last, end) for first, last in changes if not is_same(first, start)):
                yield paired.misplace(end, quote, other)
            elif any(is_same(start, last) and is_same(end, first) for first, last in changes):
                message = f"the quote “{quote}” has it the other way round: from {end.text} to {start.text}"
                yield Misplaced(start.first, end.end, message, f"the source has “{paired.quote_words[quote]}”")


def _shared_stems(parts: Sequence[Part]) -> frozenset[str]:
    """Return the stems that every number of a quote has beside it."""
    return frozenset.intersection(*(part.stems for part in parts))


def _find_other(
    quote_words: Mapping[str, str], quotes: Iterable[str], number: Mention, tied: Mention, is_direct: bool = True
) -> str | None:
    """Return a quote that ties a number to something else than a text does, and what the text has to another number.

    None if any of the quotes has the pair, or has the number by itself. A year right behind the number need not be another's.
    """
    found = None
    for quote in quotes:
        text = quote_words[quote]
        if not any(is_same(mention, number) for mention in find_mentions(text)):
            continue
        ties = [tie for tie in find_ties(text) if is_date(tie.tied) == is_date(tied)]
        own = [tie for tie in ties if is_same(tie.number, number)]
        if not own or any(agree(tie.tied, tied) for tie in own):
            return None
        is_dated = is_direct and is_date(tied) and all(tie.is_direct for tie in own)
        if is_dated or any(agree(tie.tied, tied) for tie in ties if tie not in own):
            found = quote
    return found


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
                if found := _find_other(
                    case.quote_words, case.brief.facts[fact].quote, numbers[0], years[0], is_direct=False
                ):
                    message = f'the chart draws the fact "{fact}" at {label}, which the quote “{found}” gives for another number'
                    yield case.fault(message, ("exhibits", name), f"the source has “{case.quote_words[found]}”")
