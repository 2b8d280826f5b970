"""The findings of an alignment: differences and what they touch, numbers and their origins, facts as printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.audit.align import Alignment, Change, Region, WordSequence, align
from reportgen.audit.audit_report import (
    FoundQuotation,
    Kind,
    Number,
    Origin,
    Place,
    PrintedFact,
    ReportBuilder,
    Severity,
)
from reportgen.audit.origins import Origins
from reportgen.audit.word_stream import DATES, QUALIFIERS, QUANTIFIERS, UNITS, is_figure
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.quotations import find_quotations

TEMPLATE: tuple[Origin, str] = ("unknown", "template")
MARKING = frozenset({"marking", "status", "designation", "distribution"})
"""The structure in which any changed word is an error."""
NEARBY = 40  # words on either side of a change that tell where in the brief it is
CONTEXT = 36  # characters shown on either side of a finding


def compare(
    expected: Sequence[Region], actual: Sequence[Region], origins: Origins, report: ReportBuilder, fallback: Place
) -> None:
    """Align a file's words with those expected, and report everything that follows from it. See `report_alignment`."""
    report_alignment(align(expected, actual), origins, report, fallback)


def report_alignment(alignment: Alignment, origins: Origins, report: ReportBuilder, fallback: Place) -> None:
    """Add an alignment's differences, numbers, quotations and facts to the report.

    `fallback` is the place of what the file does not have.
    """
    if alignment.expected.words or not alignment.actual.words:
        for change in alignment.changes:
            _report_change(alignment, change, report, fallback)
    else:
        for region in alignment.actual.regions:
            _report_addition(region, origins, report)
    _report_numbers(alignment, origins, report)
    _report_facts(alignment, origins, report, fallback)


def _report_change(alignment: Alignment, change: Change, report: ReportBuilder, fallback: Place) -> None:
    before = alignment.expected.text(change.first, change.last)
    after = alignment.actual.text(change.start, change.stop)
    kind = _kind_of(alignment, change)
    severity: Severity = report.words if kind == "text" and not _touches_marking(alignment, change) else "error"
    if not before:
        message = f"the brief does not have “{_shorten(after)}” here"
        kind = "added" if kind == "text" else kind
    elif not after:
        message = f"“{_shorten(before)}” is missing"
        kind = "missing" if kind == "text" else kind
    else:
        message = f"“{_shorten(before)}” has become “{_shorten(after)}”"
    place = _place_of(alignment, change, fallback)
    path, hint = _find_path(alignment, change, report), ""
    if kind in ("number", "unit", "quantifier"):
        hint = _explain_fact(alignment, change, report)
    around = _context(alignment, change)
    report.add(kind, message, place, severity, path, before=before, after=after, around=around, hint=hint)


def _find_path(alignment: Alignment, change: Change, report: ReportBuilder) -> str | None:
    """Return the path of the brief's text that was changed; of an addition, that of the words before it or after it.

    It is "" for words of a template, and None where nothing is expected.
    """
    ours = alignment.expected
    if not ours.words or not report.places:
        return None
    first, last = change.first, change.last
    if first == last:
        first = _find_neighbor(alignment, change)
        last = first + 1
    last = min(last, len(ours.words))
    begin = max(0, first - NEARBY)
    words = tuple(word.text for word in ours.words[begin : last + NEARBY])
    return report.places.choose(ours.pieces(first, last), words, first - begin, last - begin)


def _find_neighbor(alignment: Alignment, change: Change) -> int:
    """Return the expected word beside which words were added: in the same region of the file, the one before if there is one."""
    theirs = alignment.actual
    region = theirs.region_index(min(change.start, len(theirs.words) - 1))
    for there in (change.start - 1, change.stop):
        if 0 <= there < len(theirs.words) and theirs.region_index(there) == region and there in alignment.partner:
            return alignment.partner[there]
    return max(0, min(change.first - 1, len(alignment.expected.words) - 1))


def _explain_fact(alignment: Alignment, change: Change, report: ReportBuilder) -> str:
    """Return a hint with the place of the fact that was changed; "" where the words are no fact's."""
    ours = alignment.expected
    for at in range(change.first, change.last):
        word = ours.words[at]
        for mark in ours.region_of(at).marks:
            if mark.kind == "fact" and mark.start < word.end and word.start < mark.end and report.places:
                place = report.places.locate_fact(mark.id)
                return f"the number is a fact: {place}" if place else ""
    return ""


def _report_addition(region: Region, origins: Origins, report: ReportBuilder) -> None:
    """Report text where the brief has none: with numbers and quotations that are not the brief's, or with words."""
    text = " ".join(region.text.split())
    mentions, quotations = find_mentions(region.text), find_quotations(region.text)
    unknown: dict[Kind, list[str]] = {
        "number": [each.text for each in mentions if origins.origin_anywhere(each, region.text)[0] == "unknown"],
        "quotation": [each.words for each in quotations if not origins.has_words(each.words)],
    }
    for kind, found in unknown.items():
        if found:
            message = f"{', '.join(f'“{each}”' for each in found)} {'are' if len(found) > 1 else 'is'} not in the brief"
            report.add(kind, message, region.place, after=", ".join(found), around=_shorten(text))
    if text and not any(unknown.values()):
        report.add("added", f"the brief does not have “{_shorten(text)}” here", region.place, report.words, after=text)


def _shorten(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:58]} … {text[-58:]}"


def _place_of(alignment: Alignment, change: Change, fallback: Place) -> Place:
    actual = alignment.actual
    is_anywhere = change.start == change.stop == 0 and change.first  # a passage that may stand anywhere, and is missing
    if not actual.words or is_anywhere:
        return fallback
    return actual.region_of(min(change.start, len(actual.words) - 1)).place


def _context(alignment: Alignment, change: Change) -> str:
    """Return the file's words around a change."""
    actual = alignment.actual
    if not actual.words:
        return ""
    first = min(change.start, len(actual.words) - 1)
    region = actual.region_of(first)
    begin = actual.words[first].start
    last = min(max(change.stop - 1, first), actual.starts[actual.region_index(first) + 1] - 1)
    end = actual.words[last].end if change.stop > change.start else begin
    low, high = begin - CONTEXT, min(end, begin + 120) + CONTEXT
    words = " ".join(region.text[max(0, low) : high].split())
    return ("…" if low > 0 else "") + words + ("…" if high < len(region.text) else "")


def _kind_of(alignment: Alignment, change: Change) -> Kind:
    """Return what a change touches; the most serious kind where it touches several."""
    both = ((alignment.expected, change.first, change.last), (alignment.actual, change.start, change.stop))
    touched = {word.text for row, start, end in both for word in row.words[start:end]}
    if any(is_figure(word) for word in touched) or (
        touched & DATES and any(_is_beside_figure(row, start, end) for row, start, end in both)
    ):
        return "number"
    if touched & UNITS:
        return "unit"
    if any(_is_quoted(row, start, end) for row, start, end in both) or "“" in touched:
        return "quotation"
    if touched & QUANTIFIERS:
        return "quantifier"
    return "qualifier" if touched & QUALIFIERS else "text"


def _touches_marking(alignment: Alignment, change: Change) -> bool:
    """Say whether words of a marking have changed: each of them is there for a reason."""
    regions = (alignment.expected.region_of(at) for at in range(change.first, change.last))
    return any(mark.id in MARKING for region in regions for mark in region.marks)


def _is_beside_figure(sequence: WordSequence, start: int, end: int) -> bool:
    """Say whether some of these words stand beside a figure, as the month of a date does."""
    return any(is_figure(word.text) for word in sequence.words[max(0, start - 1) : end + 1])


def _is_quoted(sequence: WordSequence, start: int, end: int) -> bool:
    """Say whether some of these words stand in quotation marks."""
    return any(
        quotation.start <= sequence.words[at].start < quotation.end
        for at in range(start, end)
        for quotation in find_quotations(sequence.region_of(at).text)
    )


def _report_numbers(alignment: Alignment, origins: Origins, report: ReportBuilder) -> None:
    """List every number and quotation of the file with its origin, and report numbers that only a template has."""
    for index, region in enumerate(alignment.actual.regions):
        for mention in find_mentions(region.text):
            origin = _origin_in_place(alignment, index, mention, origins)
            origin = origin or origins.origin_anywhere(mention, region.text)
            if origin == TEMPLATE and mention.kind != "name":
                message = f"“{mention.text}” is not in the brief: its template, not the brief, says so"
                report.add("number", message, region.place, after=mention.text)
            report.numbers.append(Number(" ".join(mention.text.split()), region.place, *origin))
        for quotation in find_quotations(region.text):
            quote = origins.find_quotation(quotation.words)
            report.quotations.append(FoundQuotation(quotation.words, region.place, quote))


def _origin_in_place(alignment: Alignment, index: int, mention: Mention, origins: Origins) -> tuple[Origin, str] | None:
    """Return the origin of a number whose words all stand where the brief has them, in sequence; None for any other."""
    ours = alignment.expected
    places = alignment.actual.words_between(index, mention.start, mention.end)
    partners = [partner for at in places if (partner := alignment.partner.get(at)) is not None]
    if not partners or len(partners) != len(places) or max(partners) - min(partners) + 1 != len(partners):
        return None
    number = ours.region_index(min(partners))
    if ours.region_index(max(partners)) != number:
        return None
    source = ours.regions[number]
    begin, end = ours.words[min(partners)].start, ours.words[max(partners)].end
    same = next((each for each in find_mentions(source.text) if each.start < end and begin < each.end), mention)
    origin = origins.origin_in_place(same, source.text, source.marks)
    return TEMPLATE if origin[0] == "unknown" else origin


def _report_facts(alignment: Alignment, origins: Origins, report: ReportBuilder, fallback: Place) -> None:
    """List how the file prints each fact that the brief has here."""
    ours, theirs = alignment.expected, alignment.actual
    places = {here: there for there, here in alignment.partner.items()}
    for index, region in enumerate(ours.regions):
        for fact, begin, end in _facts_in(region, origins):
            if not (words := ours.words_between(index, begin, end)):
                continue
            start, stop = _counterpart(words, places)
            stop = min(stop, len(theirs.words))
            is_here = start < stop
            place = theirs.region_of(start).place if is_here else fallback
            printed = theirs.text(start, min(stop, start + 2 * len(words) + 4)) if is_here else ""
            report.facts.append(PrintedFact(fact, place, ours.text(words[0], words[-1] + 1), printed))


def _facts_in(region: Region, origins: Origins) -> Iterator[tuple[str, int, int]]:
    """Yield the facts of an expected text and where they stand: those that are marked, and the numbers of drawings."""
    for mark in region.marks:
        if mark.kind == "fact":
            yield mark.id, mark.start, mark.end
        elif mark.kind == "drawn":
            for mention in find_mentions(region.text):
                fact = origins.find_fact(mention) if mark.start <= mention.start < mark.end else ""
                if fact:
                    yield fact, mention.first, mention.end


def _counterpart(words: range, places: Mapping[int, int]) -> tuple[int, int]:
    """Return where the file has what replaces some words of the brief: between the words around them."""
    if all(at in places for at in words):
        return places[words[0]], places[words[-1]] + 1
    before, after = places.get(words[0] - 1), places.get(words[-1] + 1)
    start = before + 1 if before is not None else places.get(words[0], 0)
    return start, after if after is not None else places.get(words[-1], start + len(words) - 1) + 1
