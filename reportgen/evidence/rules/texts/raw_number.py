"""Numbers in texts come from facts

A number that somebody typed has no source: print a fact with ${id} instead, and memo and deck state the same. Without a
fact, only these are accepted:

- numbers inside a “verbatim quotation”, which the rule `quotation` compares,
- numbers of a quote that the text cites, with the same unit and bound, if the brief has no fact for them,
- years of a quote that the text cites,
- "more than twice", "nearly half" and the like where a quote that the text cites has the percentage,
- dates that the brief itself sets: its own date, deadlines and the notes beside them, its timeline, the year or month of a
  source; and a month that a fact states more exactly,
- correct counts of the brief's own parts ("seven decisions", "two bars") and of what the sentence lists, "the two" of
  things named before, "four years" where a quote names four in a row, and "day 100" of a deadline, counted from a
  fact's date,
- names with digits (5G, COVID-19), if the evidence has them letter by letter.

A number in a note on a fact or a source may also be a fact's.

Whatever stands beside a fact and changes the number that a reader reads is an error too, unless the evidence says so: digits and
signs (`1${x}`, `−${x}`, `±${x}`), bounds (`less than ${x}`), multipliers (`twice ${x}`, `${x} thousand`) and units (`${x}%`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sized
from datetime import date

from msgspec.structs import replace

from reportgen.brief.model import Brief
from reportgen.evidence.bare_words import strip_typography
from reportgen.evidence.case import Case
from reportgen.evidence.fact_edges import Edge, find_edges, is_aim, is_comparison
from reportgen.evidence.fact_match import is_same_number, is_within, strip_plurals
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.number_grammar.numerals import parse_ordinal
from reportgen.evidence.pairing.number_signs import find_falls, is_change, is_rise, turns_sign
from reportgen.evidence.passages import FactSpan, Passage
from reportgen.evidence.quotations import find_quotations
from reportgen.text.blocks import has_blocks, split_blocks
from reportgen.text.languages.english_numbers import MONTHS
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate, Quantity

ID = "raw-number"
SEVERITY: Severity = "error"

_MONTHS_OF: dict[str, Container[int]] = {
    "": range(1, 13), "early": range(1, 5), "mid": range(6, 9), "late": range(9, 13), "Q1": range(1, 4), "Q2": range(4, 7), "Q3": range(7, 10),
    "Q4": range(10, 13), "H1": range(1, 7), "H2": range(7, 13), "spring": range(3, 6), "summer": range(6, 9), "autumn": range(9, 12), "winter": (12, 1, 2),
}  # fmt: skip
_DAYS_OF = {"": range(1, 32), "early": range(1, 11), "mid": range(10, 22), "late": range(20, 32)}
_DEFINITE = re.compile(r"\b(?:the|these|those|all|both|its|their|our|other|first|last|between the)\s\Z", re.IGNORECASE)
_ITEM = re.compile(r",\s*(?:and\s+|or\s+)?|;\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+")
_NAME = re.compile(r"[A-Z][\w.’'-]*(?: (?:(?:of|the|and the) )?[A-Z][\w.’'-]*)*")
_NAMES = re.compile(rf"(?:{_NAME.pattern}, (?:the )?)+{_NAME.pattern},? and (?:the )?{_NAME.pattern}")
_RUN = compile_late(
    r"\b(\w+)\s(?:(?:consecutive|straight|successive)((?:\s[\w-]+){1,3})|((?:[\w-]+\s){1,3})in a row\b)", re.IGNORECASE
)
_IN_YEARS = compile_late(r"\b(?:in|for|over|after|within)\s(?:the\s(?:last|past)\s)?\Z", re.IGNORECASE)
_SINCE = compile_late(r"\bsince\s(?:[A-Z]\w+\s)?((?:19|20)\d\d)\b")
_COMMA_ITEM = re.compile(r"[,;]\s*(?:and\s+|or\s+)?")
"""Items that may have an "and" of their own: "roads and rail, ports, and air"."""
_THIS_MONTH = re.compile(r"\b(this|last) month\b", re.IGNORECASE)
_DAY = re.compile(r"\bday\s*$", re.IGNORECASE)


def check(case: Case) -> Iterator[Fault]:
    names = _evidence_names(case)
    for passage in case.passages:
        for edge in find_edges(passage, case.is_english):
            if not _is_edge_in_evidence(case, passage, edge):
                words = passage.text[edge.start : edge.end].strip()
                message = f'“{words}” {edge.message} the fact "{edge.fact}"'
                hint = "print the fact alone; for another number, make another fact with its quote"
                yield case.passage_fault(message, passage, edge.start, edge.end, hint)
        yield from _check_signs(case, passage)
        quoted = [range(found.start, found.end) for found in find_quotations(passage.text)]
        for mention in find_mentions(passage.text):
            is_quoted = any(mention.start in span for span in quoted)
            if mention.is_silent or is_quoted or passage.touches_fact(mention.start, mention.end):
                continue
            if found := _judge(case, passage, mention, names):
                message, hint = found
                message = f"“{passage.text[mention.first : mention.end]}” {message}"
                yield case.passage_fault(message, passage, mention.first, mention.end, hint)


def _check_signs(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for facts below zero that a text says twice to be below, "fell by −4 percent", or a loss that it calls a change."""
    for span in passage.facts:
        value = case.brief.quantities[span.id].value
        if isinstance(value, float | int) and value > 0 and is_change(passage.text, span.start):
            yield from _check_change(case, passage, span)
        if isinstance(value, float | int) and value < 0 and is_rise(passage.text, span.start):
            message = f'the fact "{span.id}" is below zero, and the words before it say that something rose by it'
            yield case.passage_fault(message, passage, span.start, span.end, "compare the quote; say “changed by”")
        if isinstance(value, float | int) and value < 0 and turns_sign(passage.text, span.start, span.end):
            message = (
                f'the fact "{span.id}" is below zero, and so are the words beside it: together they say that it grew'
            )
            yield case.passage_fault(
                message, passage, span.start, span.end, "say “changed by”, or make the fact positive"
            )


def _check_change(case: Case, passage: Passage, span: FactSpan) -> Iterator[Fault]:
    """Look for a fact above zero that a text calls a change, where its quotes say that something fell by it."""
    quantity, quotes = case.brief.quantities[span.id], case.word_quotes(case.brief.facts[span.id].quote)
    opposite = replace(quantity, value=-quantity.number, spread=None)
    texts = [case.quote_words[quote] for quote in quotes]
    falls = [fall for text in texts for fall in find_falls(text) if is_same_number(fall, opposite)]
    if falls and sum(is_same_number(each, quantity) for text in texts for each in find_mentions(text)) <= len(falls):
        message = (
            f'the fact "{span.id}" is above zero, and the text calls it a change, where the quote says that it fell'
        )
        yield case.passage_fault(message, passage, span.start, span.end, "say that it fell, or make the fact negative")


def _is_edge_in_evidence(case: Case, passage: Passage, edge: Edge) -> bool:
    """Return whether the evidence has the number that a fact and its neighbours make."""
    quotes = dict.fromkeys([*passage.quotes, *case.brief.fact_quotes(edge.fact)])
    if not case.has_english_words(quotes):
        return True
    if edge.reading is None:
        words = " ".join(re.sub(r"\d[\d.,]*", " ", passage.text[edge.start : edge.end]).lower().split()[:3])
        return (
            edge.message == "multiplies"
            and bool(words)
            and any(words in case.quote_words[quote].lower() for quote in quotes)
        )
    if edge.message == "adds a bound to" and (is_comparison(passage, edge) or is_aim(passage, edge)):
        return True
    return any(
        other.same == edge.reading.same
        and other.bounds & edge.reading.bounds
        and other.is_vague == edge.reading.is_vague
        for other in case.quote_mentions(quotes)
    )


def _judge(case: Case, passage: Passage, mention: Mention, names: frozenset[str]) -> tuple[str, str] | None:
    """Return a message and a hint for a typed number; None where it is accepted."""
    if mention.kind == "name":
        is_known = _normalize_name(mention.text) in names
        return None if is_known else ("is not in the evidence", "write it as the source does")
    if _is_own(case, passage, mention):
        return None
    if _is_year_of_quote(case, passage, mention) or _is_count_of_words(case, passage, mention):
        return None
    if (
        _is_month_of_quote(case, passage, mention)
        or _is_run(case, passage, mention)
        or _is_since(case, passage, mention)
    ):
        return None
    fact = _find_fact(case, passage, mention)
    if fact and passage.role != "note":
        return "is typed by hand", f"print the fact: ${{{fact}}}"
    if fact or _is_in_evidence(case, passage, mention) or _is_implied(case, passage, mention):
        return None
    cited = ", ".join(passage.quotes) if 0 < len(passage.quotes) <= 3 else "what it cites"
    return f"is neither a fact of the brief nor in {cited}", "make it a fact with its quote, or say it without a number"


def _evidence_names(case: Case) -> frozenset[str]:
    """Return the names with digits that the evidence has."""
    texts = [*case.quote_words.values(), *(source.title for source in case.brief.sources.values())]
    mentions = [mention for text in texts for mention in find_mentions(text)]
    return frozenset(_normalize_name(mention.text) for mention in mentions if mention.kind == "name")


def _normalize_name(name: str) -> str:
    return strip_typography(name).text.replace("–", "-")


def _find_fact(case: Case, passage: Passage, mention: Mention) -> str | None:
    """Return the fact that a typed number should be: one that the passage's evidence backs, before any other."""
    equal = [
        name
        for name, quantity in case.brief.quantities.items()
        if is_same_number(mention, quantity) and _has_same_bound(mention, quantity)
    ]
    backed = next((name for name in equal if _is_backed(case, passage, name)), None)
    if backed or not equal:
        return backed
    return None if mention.kind == "count" and not mention.unit else equal[0]


def _is_backed(case: Case, passage: Passage, fact: str) -> bool:
    return not set(case.brief.fact_quotes(fact)).isdisjoint(passage.quotes)


def _has_same_bound(mention: Mention, quantity: Quantity) -> bool:
    return quantity.bound in mention.bounds or isinstance(mention.value, PartialDate)


def _is_in_evidence(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a quote of the passage has the number with its bound, or the passage's facts a more exact date."""
    for other in case.quote_mentions(passage.quotes):
        same_words = other.part == mention.part and _counts_same(other, mention)
        is_alike = other.same == mention.same and other.is_vague == mention.is_vague
        if is_alike and other.bounds & mention.bounds and same_words:
            return True
        if other.is_age and _is_same_age(other, mention):
            return True
    quantities = case.brief.quantities.items()
    dates = (quantity.value for name, quantity in quantities if _is_backed(case, passage, name))
    return any(isinstance(value, PartialDate) and _may_mean(mention, value) for value in dates)


def _is_same_age(age: Mention, mention: Mention) -> bool:
    """Return whether a number is an age of the evidence, with or without its years: "the working age (15–64)"."""
    is_years = mention.kind == "count" and mention.unit in ("", "year")
    same = (age.value, age.high) == (mention.value, mention.high)
    return is_years and same and bool(age.bounds & mention.bounds)


def _is_run(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number counts a run of which a quote has the last: five months for "the fifth monthly rise in a row"."""
    unit = mention.unit if mention.kind == "count" else ""
    if mention.kind not in ("count", "times") or mention.bounds != {"exactly"} or mention.high is not None:
        return False
    runs = (run for quote in passage.quotes for run in _RUN.finditer(case.quote_words[quote]))
    return any(
        mention.value == parse_ordinal(run[1]) and (not unit or unit in (run[2] or run[3]).lower()) for run in runs
    )


def _is_since(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is how many years lie between a quote's "since 2009" and its latest year: "the lowest in eight years"."""
    if mention.unit != "year" or mention.high is not None or not _IN_YEARS.search(passage.text[: mention.first]):
        return False
    for quote in passage.quotes or case.brief.word_quotes:
        dates = [other.value for other in case.quote_mentions([quote]) if isinstance(other.value, PartialDate)]
        ends = {date.year for date in dates} | {case.publication_year(case.brief.quotes[quote].source)}
        starts = (int(match[1]) for match in _SINCE.finditer(case.quote_words[quote]))
        if any(end is not None and end - start == mention.value for start in starts for end in ends):
            return True
    return False


def _is_year_of_quote(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is a year that a quote of the passage names, or that of a fact that it prints."""
    year = mention.value
    if not isinstance(year, PartialDate) or year.month or year.decade:
        return False
    quotes = passage.quotes
    if passage.role in ("finding", "summary"):  # which may rest on any quote: those of the facts that they print count
        quotes = tuple(quote for span in passage.facts for quote in case.brief.fact_quotes(span.id))
    return any(
        isinstance(other.value, PartialDate)
        and other.value.year == year.year
        and (not mention.part or other.part == mention.part)
        for other in case.quote_mentions(quotes)
    ) or any(
        (fact := case.brief.facts[span.id]).as_of is not None and fact.as_of.year == year.year for span in passage.facts
    )


def _is_month_of_quote(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is a month that a quote of the passage names, with the year if the month has one."""
    date = mention.value
    if not isinstance(date, PartialDate) or not date.month or date.day:
        return False
    part = rf"{mention.part}[-\s]" if mention.part else ""
    name = MONTHS[date.month - 1]
    for quote in passage.quotes:
        text = case.quote_words[quote]
        if not re.search(rf"\b{part}(?:{name}|{name[:3]}\b)", text):
            if not part and date == _relative_month(case, quote):
                return True
            continue
        values = (other.value for other in case.quote_mentions([quote]))
        dated = [other.year for other in values if isinstance(other, PartialDate) and other.month == date.month]
        if not date.year or date.year in dated:
            return True
        named = len(re.findall(rf"\b{name}\b", text))
        is_open = (
            None in dated or not dated or named > len(dated)
        )  # the quote has the month by itself: "the month of July"
        published = case.publication_month(case.brief.quotes[quote].source)
        if is_open and (str(date.year) in text or date == _latest(date.month, published)):
            return True
    return False


def _relative_month(case: Case, quote: str) -> PartialDate | None:
    """Return the month that "last month" or "this month" is in a quote."""
    match = _THIS_MONTH.search(case.quote_words[quote])
    published = case.publication_month(case.brief.quotes[quote].source) if match else None
    if not match or not published or not published.month:
        return None
    return _latest(published.month if match[1].lower() == "this" else published.month - 1 or 12, published)


def _latest(month: int, published: PartialDate | None) -> PartialDate | None:
    """Return the last such month up to a source's own: April in a text of May 2010 is April 2010."""
    if not published or not published.year or not published.month:
        return None
    return PartialDate(published.year - (month > published.month), month)


def _is_implied(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a percentage in the evidence is what "more than twice" or "nearly half" says."""
    value = mention.value
    if mention.kind not in ("times", "share") or isinstance(value, PartialDate) or mention.bounds == {"exactly"}:
        return False
    room = max(1.0, value) if mention.kind == "times" else 0.1
    for other in case.quote_mentions(passage.quotes):
        if other.kind != "percent" or isinstance(other.value, PartialDate) or other.high is not None:
            continue
        share = other.value / 100
        is_more = value < share < value + room and not mention.bounds.isdisjoint(
            {"more than", "a little more than", "at least"}
        )
        is_less = value - 0.05 * value <= share < value and not mention.bounds.isdisjoint(
            {"a little less than", "less than"}
        )
        is_about = abs(share - value) <= 0.05 * value and "about" in mention.bounds
        if is_more or is_less or is_about:
            return True
    return False


def _is_count_of_words(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number counts what the text lists or named before: "three reasons: …", "the two"; years in a row."""
    value = mention.value
    if (
        mention.kind != "count"
        or isinstance(value, PartialDate)
        or mention.bounds != {"exactly"}
        or mention.high is not None
    ):
        return False
    if not 2 <= value <= 12 or mention.is_vague:
        return False
    if mention.unit:
        return mention.unit == "year" and value in _years_in_a_row(case, passage)
    if _noun_words(mention)[:1] == ["quarter"]:
        return value in _count_quarters(case, passage)
    sentence = next((each for each in passage.sentences if each.start <= mention.start < each.end), None)
    if sentence and value in _count_items(passage.text, mention, sentence.end):
        return True
    if sentence and sentence.text.endswith(":") and value in _lengths_of_lists(passage.raw):
        return True
    if any(value in _count_names(case.quote_words[quote]) for quote in passage.quotes):
        return True
    if passage.role == "finding" and value in _count_listed(case, passage):
        return True
    before = passage.text[max(0, mention.start - 16) : mention.start]
    if (
        not _DEFINITE.search(before)
        or not mention.text.isalpha()
        or (value != 2 and mention.noun and value != _count_before(passage.text, mention))
    ):
        return False
    words = set(_noun_words(mention)[:2])
    return not any(
        other.kind == "count" and not other.unit and other.value != value and words & set(_noun_words(other)[:2])
        for other in case.quote_mentions(passage.quotes)
    )


def _count_items(text: str, mention: Mention, end: int) -> set[int]:
    """Return how many things a sentence may list after a number: behind a colon or a dash."""
    colon = re.compile(r":\s|\s[–—]\s|—").search(text, mention.end, end)
    if not colon:
        return set()
    return {len([item for item in cut.split(text[colon.end() : end]) if item.strip()]) for cut in (_ITEM, _COMMA_ITEM)}


def _count_names(text: str) -> set[int]:
    """Return how many names each list of a text has: "Chile, Peru and Bolivia" are three."""
    return {len(_NAME.findall(match[0])) for match in _NAMES.finditer(text)}


def _count_listed(case: Case, passage: Passage) -> set[int]:
    """Return how many names the points of a title's section list."""
    points = (other for other in case.passages if other.role == "point" and other.path[:2] == passage.path[:2])
    return {count for point in points for count in _count_names(point.text)}


def _lengths_of_lists(raw: str) -> set[int]:
    return {len(block.items) for block in split_blocks(raw)} if has_blocks(raw) else set()


def _count_before(text: str, mention: Mention) -> int:
    """Return how many things the words before a number list."""
    return len([item for item in _ITEM.split(text[: mention.start]) if item.strip()])


def _years_in_a_row(case: Case, passage: Passage) -> set[int]:
    """Return how many years in a row each quote of a passage names."""
    counts = set()
    for quote in passage.quotes:
        dates = [mention.value for mention in case.quote_mentions([quote]) if isinstance(mention.value, PartialDate)]
        years = sorted({date.year for date in dates if date.year and not date.decade})
        if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
            counts.add(len(years))
    return counts


def _count_quarters(case: Case, passage: Passage) -> set[int]:
    """Return how many quarters each quote of a passage names, and each quote of the facts that it prints."""
    quotes = {*passage.quotes, *(quote for span in passage.facts for quote in case.brief.fact_quotes(span.id))}
    return {
        len({mention.part for mention in case.quote_mentions([quote]) if mention.part.startswith("Q")})
        for quote in quotes
    }


def _counts_same(first: Mention, second: Mention) -> bool:
    if second.is_vague and _noun_words(second)[:1] == ["more"]:
        return True  # "millions more may go hungry"
    if second.kind != "count" or second.unit or not second.noun or not first.noun:
        return True
    return not set(_noun_words(first)).isdisjoint(_noun_words(second))


def _noun_words(mention: Mention) -> list[str]:
    return strip_plurals(mention.noun.lower()).split()[:3]


def _may_mean(mention: Mention, exact: PartialDate) -> bool:
    """Return whether a text may say a date so: 20 July 2021 is "July" and "mid-2021", but not "2021" by itself."""
    wide = mention.value
    if not isinstance(wide, PartialDate) or wide.decade or not is_within(exact, wide) or wide == exact:
        return False
    if wide.month is None:
        return bool(mention.part) and exact.month is not None and exact.month in _MONTHS_OF.get(mention.part, ())
    return exact.day is None or exact.day in _DAYS_OF.get(mention.part, ())


def _is_own(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is the brief's own: a date that it sets, a count of its parts."""
    is_deadline_note = passage.path[-1] == "deadline_note"
    if isinstance(mention.value, PartialDate):
        return is_deadline_note or any(
            _may_mean(mention, own) or (own == mention.value and not mention.part) for own in _own_dates(case.brief)
        )
    if is_deadline_note:
        return _is_day_of_deadline(case, passage, mention)
    if mention.kind == "count" and not mention.unit and mention.bounds == {"exactly"} and mention.noun:
        return any(
            mention.value == count and noun in _noun_words(mention) for noun, count in _own_counts(case, passage)
        )
    return False


def _own_dates(brief: Brief) -> Iterator[PartialDate]:
    days: list[date] = [brief.date, *(item.deadline for item in brief.recommendations if item.deadline)]
    yield from (PartialDate(day.year, day.month, day.day) for day in days)
    yield from (event.date for event in brief.timeline)
    for source in brief.sources.values():
        for mention in find_mentions(source.published or ""):
            if isinstance(mention.value, PartialDate):
                yield mention.value
                yield PartialDate(mention.value.year, mention.value.month)
        yield from (PartialDate(int(year)) for year in re.findall(r"\b(?:1[5-9]|20)\d\d\b", source.published or ""))


def _own_counts(case: Case, passage: Passage) -> Iterator[tuple[str, int]]:
    """Yield the nouns that a text may use for the brief's parts, with the number of these parts."""
    brief = case.brief
    parts: dict[str, Sized] = {
        "decision": brief.recommendations, "recommendation": brief.recommendations, "action": brief.recommendations,
        "topic": brief.topics, "finding": brief.topics, "source": brief.sources, "article": brief.sources,
        "text": brief.sources, "question": brief.questions,
    }  # fmt: skip
    yield from ((noun, len(part)) for noun, part in parts.items())
    if passage.path[0] == "exhibits":
        for field, value in case.brief.exhibits[str(passage.path[1])]:
            if isinstance(value, list):
                yield field.removesuffix("s"), len(value)


def _is_day_of_deadline(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether "day 100" counts the days from a fact's date to the deadline beside it."""
    deadline = case.brief.recommendations[int(passage.path[1])].deadline
    if not deadline or not _DAY.search(passage.text[: mention.start]):
        return False
    for quantity in case.brief.quantities.values():
        start = quantity.value
        if isinstance(start, PartialDate) and start.year and start.month and start.day:
            days = (deadline - date(start.year, start.month, start.day)).days
            if mention.value in (days, days + 1):
                return True
    return False
