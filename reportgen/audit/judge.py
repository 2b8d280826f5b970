"""What an alignment says: differences and what they touch, numbers and where they come from, facts as they print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.audit.align import Alignment, Change, Region, Row
from reportgen.audit.audit_report import Draft, Kind, Number, Origin, Place, PrintedFact, Quoted, Severity
from reportgen.audit.origins import Origins
from reportgen.audit.word_stream import DATES, QUALIFIERS, QUANTIFIERS, UNITS, is_figure
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.quotations import find_quotations

TEMPLATE: tuple[Origin, str] = ("unknown", "template")
MARKING = frozenset({"marking", "designation", "distribution"})
"""The structure whose words are never only words."""
AROUND = 36  # characters told on either side of a finding


def judge(alignment: Alignment, origins: Origins, draft: Draft, fallback: Place) -> None:
    """Everything that an alignment has to say goes into the draft. `fallback` is the place of what the file does not have."""
    if alignment.expected.words or not alignment.actual.words:
        for change in alignment.changes:
            _change(alignment, change, draft, fallback)
    else:
        for region in alignment.actual.regions:
            _new(region, origins, draft)
    _numbers(alignment, origins, draft)
    _facts(alignment, origins, draft, fallback)


def _change(alignment: Alignment, change: Change, draft: Draft, fallback: Place) -> None:
    ours, theirs = alignment.expected, alignment.actual
    before, after = ours.text(change.first, change.last), theirs.text(change.start, change.stop)
    kind: Kind = kind_of(alignment, change)
    severity: Severity = "warning" if kind == "text" and not _marking(alignment, change) else "error"
    if not before:
        message = f"the brief does not have “{_short(after)}” here"
        kind = "added" if kind == "text" else kind
    elif not after:
        message = f"“{_short(before)}” is missing"
        kind = "missing" if kind == "text" else kind
    else:
        message = f"“{_short(before)}” has become “{_short(after)}”"
    place = _place(alignment, change, fallback)
    draft.finding(kind, message, place, severity, before=before, after=after, around=_around(alignment, change))


def _new(region: Region, origins: Origins, draft: Draft) -> None:
    """Text where the brief has none: its numbers and quotations must be the brief's, its words are told."""
    text = " ".join(region.text.split())
    unknown = [item.text for item in find_mentions(region.text) if origins.elsewhere(item, region.text)[0] == "unknown"]
    foreign = [item.words for item in find_quotations(region.text) if not origins.has_words(item.words)]
    kinds: tuple[tuple[Kind, list[str]], ...] = (("number", unknown), ("quotation", foreign))
    for kind, found in kinds:
        if found:
            said = ", ".join(f"“{each}”" for each in found)
            message = f"{said} {'are' if len(found) > 1 else 'is'} not in the brief"
            draft.finding(kind, message, region.place, after=", ".join(found), around=_short(text))
    if text and not unknown and not foreign:
        draft.finding("added", f"the brief does not have “{_short(text)}” here", region.place, "warning", after=text)


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:58]} … {text[-58:]}"


def _place(alignment: Alignment, change: Change, fallback: Place) -> Place:
    row = alignment.actual
    if change.stop > change.start:
        return row.regions[row.region(change.start)].place
    if change.start == change.stop == 0 and change.first and row.words:
        return fallback
    return row.regions[row.region(min(change.start, len(row.words) - 1))].place if row.words else fallback


def _around(alignment: Alignment, change: Change) -> str:
    """The file's words on both sides of a change."""
    row = alignment.actual
    if not row.words:
        return ""
    first = min(change.start, len(row.words) - 1)
    region = row.regions[row.region(first)]
    begin = row.words[first].start
    last = min(max(change.stop - 1, first), row.starts[row.region(first) + 1] - 1)
    end = row.words[last].end if change.stop > change.start else begin
    text = region.text[max(0, begin - AROUND) : min(end, begin + 120) + AROUND]
    cut_left, cut_right = begin > AROUND, min(end, begin + 120) + AROUND < len(region.text)
    return ("…" if cut_left else "") + " ".join(text.split()) + ("…" if cut_right else "")


def kind_of(alignment: Alignment, change: Change) -> Kind:
    """What a change touches; the gravest, if it touches several."""
    both = ((alignment.expected, change.first, change.last), (alignment.actual, change.start, change.stop))
    touched = {word.text for row, start, end in both for word in row.words[start:end]}
    if any(is_figure(word) for word in touched) or (
        touched & DATES and any(_dated(row, start, end) for row, start, end in both)
    ):
        return "number"
    if touched & UNITS:
        return "unit"
    if any(_quoted(row, start, end) for row, start, end in both) or "“" in touched:
        return "quotation"
    if touched & QUANTIFIERS:
        return "quantifier"
    return "qualifier" if touched & QUALIFIERS else "text"


def _marking(alignment: Alignment, change: Change) -> bool:
    """Whether words of a marking have changed: each of them is there for a reason."""
    row = alignment.expected
    ours = {row.region(at) for at in range(change.first, change.last)}
    return any(mark.id in MARKING for region in ours for mark in row.regions[region].marks)


def _dated(row: Row, start: int, end: int) -> bool:
    """Whether some of these words stand beside a figure: the month of a date."""
    return any(is_figure(word.text) for word in row.words[max(0, start - 1) : end + 1])


def _quoted(row: Row, start: int, end: int) -> bool:
    """Whether some of these words stand in quotation marks."""
    for at in range(start, end):
        region = row.regions[row.region(at)]
        if any(item.start <= row.words[at].start < item.end for item in find_quotations(region.text)):
            return True
    return False


def _numbers(alignment: Alignment, origins: Origins, draft: Draft) -> None:
    """Every number and quotation of the file, with its origin; one that the brief does not have is a finding."""
    for index, region in enumerate(alignment.actual.regions):
        for mention in find_mentions(region.text):
            origin = _aligned(alignment, index, mention, origins) or origins.elsewhere(mention, region.text)
            if origin == TEMPLATE and mention.kind != "name":
                message = f"“{mention.text}” is not in the brief: its template, not the brief, says so"
                draft.finding("number", message, region.place, after=mention.text)
            draft.numbers.append(Number(" ".join(mention.text.split()), region.place, *origin))
        for quotation in find_quotations(region.text):
            draft.quotations.append(Quoted(quotation.words, region.place, origins.quotation(quotation.words)))


def _aligned(alignment: Alignment, index: int, mention: Mention, origins: Origins) -> tuple[Origin, str] | None:
    """The origin of a number all of whose words stand where the brief has them, in a row; None for any other."""
    row, ours = alignment.actual, alignment.expected
    places = row.inside(index, mention.start, mention.end)
    partners = [partner for at in places if (partner := alignment.partner.get(at)) is not None]
    if not partners or len(partners) != len(places) or max(partners) - min(partners) + 1 != len(partners):
        return None
    number = ours.region(min(partners))
    if ours.region(max(partners)) != number:
        return None
    source, begin, end = ours.regions[number], ours.words[min(partners)].start, ours.words[max(partners)].end
    there = next((each for each in find_mentions(source.text) if each.start < end and begin < each.end), mention)
    origin = origins.aligned(there, source.text, source.marks)
    return TEMPLATE if origin[0] == "unknown" else origin


def _facts(alignment: Alignment, origins: Origins, draft: Draft, fallback: Place) -> None:
    """How each fact prints that the brief puts here."""
    ours, theirs = alignment.expected, alignment.actual
    places = {here: there for there, here in alignment.partner.items()}
    for index, region in enumerate(ours.regions):
        for fact, begin, end in _facts_in(region, origins):
            if not (inside := ours.inside(index, begin, end)):
                continue
            start, stop = _counterpart(inside, places)
            here = start < min(stop, len(theirs.words))
            place = theirs.regions[theirs.region(start)].place if here else fallback
            printed = theirs.text(start, min(stop, start + 2 * len(inside) + 4)) if here else ""
            draft.facts.append(PrintedFact(fact, place, ours.text(inside[0], inside[-1] + 1), printed))


def _facts_in(region: Region, origins: Origins) -> Iterator[tuple[str, int, int]]:
    """The facts of an expected text and where they stand: marked as such, or told by their numbers in a drawing."""
    for mark in region.marks:
        if mark.kind == "fact":
            yield mark.id, mark.start, mark.end
        elif mark.kind == "drawn":
            for mention in find_mentions(region.text):
                fact = origins.fact(mention) if mark.start <= mention.start < mark.end else ""
                if fact:
                    yield fact, mention.first, mention.end


def _counterpart(inside: range, places: Mapping[int, int]) -> tuple[int, int]:
    """Where the file has what stands for some words of the brief: between the words around them."""
    if all(at in places for at in inside):
        return places[inside[0]], places[inside[-1]] + 1
    before, after = places.get(inside[0] - 1), places.get(inside[-1] + 1)
    start = before + 1 if before is not None else places.get(inside[0], 0)
    return start, after if after is not None else places.get(inside[-1], start + len(inside) - 1) + 1
