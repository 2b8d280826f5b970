"""The numbers of a sentence as facts of a brief: value, range, unit, bound, status, condition and owner, in the source's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reportgen.evidence.number_grammar.currencies import AMBIGUOUS
from reportgen.evidence.number_grammar.mention import Mention
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.number_grammar.numerals import parse_scale
from reportgen.evidence.pairing.conditions import Clause, find_bases, find_conditions
from reportgen.evidence.pairing.number_ties import find_ties, is_date
from reportgen.evidence.qualifiers import find_qualifiers
from reportgen.evidence.rules.facts.fact_status import START_BEFORE, split_statements
from reportgen.evidence.sources.footnote_marks import blank_marks
from reportgen.evidence.sources.number_listing import read_written_unit
from reportgen.text.numbers import PartialDate

_SCALE = re.compile(r"\b(trillion|billion|million|thousand)\b|(?<=\d)\s?(tn|trn|bn|mn|m|k|b)\b", re.IGNORECASE)
_NAMES = {1e12: "trillion", 1e9: "billion", 1e6: "million", 1e3: "thousand"}
_ACCORDING = re.compile(
    r"\b[Aa]ccording to (?:(?:the|a|an) )?(?:(?:\w+ )?(?:data|figures|estimates|statistics|numbers|analysis|survey|report) (?:from|by|of) (?:the )?)?(?P<name>[^\s,.;:()][^,.;:()]*?(?:\b[A-Z]\.(?:[A-Z]\.)+[^,.;:()]*?)?)(?=,|;|\.|:|\)|\(|$| (?:that|which|who|in|on|for|released|published|from)\b)"
)
_OWNER_BEFORE = re.compile(
    r"(?P<name>\b(?:[A-Z][\w.’'&-]*(?: (?:of|for|and|the) (?=[A-Z]))?\s?){1,6})(?:\([A-Z]+\) )?(?:now |also |has |have )?(?:estimate|project|expect|forecast|predict|calculate)(?:s|d|ed)\b"
)
_TIMES = frozenset({"year", "month", "week", "day", "hour"})
_OTHER_TIMES = frozenset({"decade", "century", "centurie", "dozen"})
"""Units that the number grammar counts in others."""
_PART_BEFORE = re.compile(
    r"(?P<the>\bthe )?(?P<part>\b(?:very )?(?:early|mid|late|end of(?: the)?)[ -])?\Z", re.IGNORECASE
)
_SPAN_BEFORE = re.compile(
    r"\b(?:(?:the|these) )?(?:last|past|previous|preceding|next|coming|following)\s(?:nearly |about |roughly )?\Z",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s(?:has|have|had|is|are|was|were|will|would|could|may|rose|fell|grew|holds?|leads?|makes?)\b.*", re.DOTALL
)
_FEW = re.compile(r"one|two|both|half", re.IGNORECASE)
_PER_NUMBER = re.compile(r"\d+")
_WILL = re.compile(
    r"\b(?:will (?!(?:now |then |still )?have\b(?! to\b))(?:[\w’'-]+ ){1,6}?|heading (?:for|to|towards?) |(?:estimate[sd]?|calculate[sd]?) [^,;.]{1,60}?\b(?:will|would|could|to) (?:[\w’'-]+ ){1,5}?)\Z"
)
"""Words by which the number right behind them lies ahead: "will cut supply by 512,000"."""
_COMPARED_BEFORE = re.compile(r"\b(?:up|down)\s(?:by\s|about\s|only\s|just\s)?\Z")
_COMPARED_AFTER = re.compile(
    r"\s(?:\w+\s)?(?:below|above|later than|earlier than|higher than|lower than|more than|less than)\b"
)
"""Words around an amount by which a forecast is compared with what was: "up 4 percent from last year"."""
_SUBJECT = re.compile(
    r"\bnumbers? of (?P<of>(?:[a-z-]+ ){0,2}?[a-z-]+s)\b[^.;]*\Z"
    r"|\b(?P<subject>[a-z]{3,}s)\s(?:\w+ly\s)?(?:rose|risen|rising|increas\w+|decreas\w+|fell|fallen|falling|dropp\w+|declin\w+|grew|grown|growing|climb\w+|total\w+|reach\w+|averag\w+|were|stood)\b[^.;,]*\Z"
)
"""The thing that a number counts, where its words stand before it: "The number of fatalities rose from 558 to 562"."""
_NO_SUBJECT = frozenset(
    [
        "this",
        "has",
        "was",
        "its",
        "rates",
        "prices",
        "sales",
        "costs",
        "thus",
        "levels",
        "shares",
        "ratios",
        "years",
        "months",
        "days",
        "exports",
        "imports",
        "revenues",
        "earnings",
        "yields",
    ]
)
_LEADING_DATE = re.compile(r"\s*(?:In|By|As of|At the end of|During|On)\s(?:the\s|fiscal\s|year\s|early\s|late\s)*")
_IN = re.compile(r"\b(?:in|on|as of|at the end of|for|during)\s(?:the\s|fiscal\s|year\s|early\s|late\s|mid-)*\Z")
_NEAR = 40  # characters between a number and its year
_PLURALS = {"foot": "feet", "person": "people", "inch": "inches", "century": "centuries"}


class DraftedFact(Struct, frozen=True):
    """A number of a sentence, with the keys and values of its fact. `mention` has its place in the sentence."""

    mention: Mention
    fields: dict[str, Any]

    @property
    def is_date(self) -> bool:
        return is_date(self.mention)


def draft_facts(sentence: str) -> tuple[DraftedFact, ...]:
    """Return the numbers and dates of a sentence as facts, without those that are no quantity of its own: "one", "both"."""
    return tuple(_draft(blank_marks(sentence)))


def _draft(text: str) -> Iterator[DraftedFact]:
    for mention in find_mentions(text):
        if mention.kind == "name" or mention.is_vague:
            continue
        if is_date(mention):
            yield from _draft_date(text, mention)
        elif not (mention.kind == "count" and not mention.unit and _FEW.fullmatch(mention.text)):
            yield DraftedFact(mention, _amount(text, mention) | _circumstances(text, mention))


def _draft_date(text: str, mention: Mention) -> Iterator[DraftedFact]:
    """Yield a date, or the first and the last of a period; a month alone is none that a fact can hold."""
    for end in (mention.value, mention.high):
        if not isinstance(end, PartialDate) or not (end.year or end.day):
            continue
        fields: dict[str, Any] = {"value": end.iso}
        if mention.part and mention.high is None:
            before = _PART_BEFORE.search(text[: mention.start])
            words = text[
                before.start("part") if before and before["part"] else mention.start : max(mention.end, mention.stop)
            ]
            if not words:
                continue
            fields["words"] = f"the {words}" if before and before["the"] else words
            fields["label"] = words
        if (status := find_status(text, mention)) != "stated":
            fields["status"] = status
        yield DraftedFact(replace(mention, value=end, high=None), fields)


def _amount(text: str, mention: Mention) -> dict[str, Any]:
    """Return an amount's value or range, unit and bound."""
    scale = _find_scale(text, mention)
    words = text[mention.start : max(mention.end, mention.stop)]
    fields: dict[str, Any] = {}
    if mention.high is not None:
        fields |= {"low": _shorten(mention.value, scale), "high": _shorten(mention.high, scale)}
        if mention.centre is not None:
            fields = {"value": _shorten(mention.centre, scale)} | fields
    else:
        fields["value"] = _shorten(mention.value, scale)
        margin = mention.margin if mention.margin is not None else mention.margin_apart
        if margin is not None:
            fields["margin"] = _shorten(margin, scale)
    if mention.interval:
        fields["interval"] = mention.interval
    if unit := _unit(text, mention, scale):
        fields["unit"] = unit
    if (bound := _bound(text, mention)) != "exactly":
        fields["bound"] = bound
    if mention.kind == "count" and (own := _find_time_words(text, mention)):
        fields["words"] = own
    if zeros := re.search(r"\d\.(\d*0)(?!\d)", words):
        fields["precision"] = len(zeros[1])
    return fields


def _find_time_words(text: str, mention: Mention) -> str:
    """Return the words of a time that no value prints: "the next two decades", "a decade", "one-year"."""
    words = text[mention.start : max(mention.end, mention.stop)].strip()
    if mention.unit in _TIMES and (span := _SPAN_BEFORE.search(text[: mention.first])):
        return text[span.start() : mention.start] + words
    if mention.is_silent:
        whole = text[mention.first : max(mention.end, mention.stop)].strip()
        article = re.search(r"\b(?:an?|the) \Z", text[: mention.first], re.IGNORECASE)
        return f"{article[0].lower()}{whole}" if article else whole[:1].lower() + whole[1:]
    is_other = mention.unit in _TIMES and _counted(text, mention) != read_written_unit(mention, text)
    is_plain = words.replace(",", "").isdigit() or mention.high is not None or "exactly" not in mention.bounds
    return words if is_other and not is_plain else ""


def _find_scale(text: str, mention: Mention) -> float:
    """Return the size of the word that scales a number: 1e9 for "$1.5 billion"."""
    if mention.kind not in ("money", "count"):
        return 1.0
    found = [*_SCALE.finditer(text[mention.start : max(mention.end, mention.stop)])]
    size = parse_scale(found[-1][1] or found[-1][2]) if found else 1.0
    most = mention.high if mention.high is not None else mention.value
    return size if isinstance(most, float | int) and abs(most) >= size / 1000 else 1.0


def _shorten(value: object, scale: float) -> float | int:
    """Return a number in units of its scale, as a person would type it."""
    assert isinstance(value, float | int)
    number = float(f"{value / scale:.10g}")
    return int(number) if number == int(number) else number


def _unit(text: str, mention: Mention, scale: float) -> str:
    size = _NAMES.get(scale, "")
    if mention.kind == "percent":
        return "%"
    if mention.kind == "points":
        return mention.unit if mention.unit == "basis points" else "percentage points"
    if mention.kind in ("times", "rank"):
        return mention.kind
    if mention.unit == AMBIGUOUS:
        return " ".join(filter(None, (size, "pounds")))
    if mention.kind == "money":
        rate = f" per {mention.per}" if mention.per and not _PER_NUMBER.search(mention.per) else ""
        return " ".join(filter(None, (mention.unit, size))) + rate
    if mention.kind == "share":
        return ""
    counted = _counted(text, mention)
    if numbers := _PER_NUMBER.match(mention.per):
        counted = re.sub(r"\s?\bper\b.*", "", counted)
        counted = f"{counted} per {int(numbers[0]):,}{mention.per[numbers.end() :]}".strip()
    elif mention.per and f" per {mention.per}" in text[mention.end :] and " per " not in f" {counted}":
        counted = f"{counted} per {mention.per}".strip()
    return " ".join(filter(None, (size, counted)))


def _counted(text: str, mention: Mention) -> str:
    """Return what a number counts, in the plural: the words behind it, or its subject before it."""
    counted = read_written_unit(mention, text).strip(" ,.-")
    counted = re.sub(r"^(?:or (?:more|fewer|less|older)|more|fewer|new|additional)\b ?", "", counted)
    if mention.unit:
        name = mention.unit if counted.rstrip("s") in _OTHER_TIMES else counted
        if re.fullmatch(r"[a-z]{3,}", name) and not name.endswith("s") and name not in _PLURALS.values():
            name = _PLURALS.get(name, f"{name}s")  # "one year deal", "a 10-year plan"
        return name
    if not counted and not mention.per and (found := _SUBJECT.search(mention.before)):
        subject = found["of"] or found["subject"]
        return "" if subject in _NO_SUBJECT else str(subject)
    return counted


def _bound(text: str, mention: Mention) -> str:
    """Return a number's bound: the one that stands before it, else the first of those that its words can mean."""
    if "exactly" in mention.bounds:
        return "exactly"
    before = text[mention.first : mention.start].strip().lower()
    if before in mention.bounds:
        return before
    others = mention.bounds - {"about"}
    return min(others) if others and not before.startswith("close") else min(mention.bounds)


def _circumstances(text: str, mention: Mention) -> dict[str, Any]:
    """Return when, how and on what condition a number is known."""
    fields: dict[str, Any] = {}
    status = find_status(text, mention)
    if status == "stated" and (date := find_tied_date(text, mention)):
        fields["as_of"] = date.iso
    if owner := _find_owner(text, mention):
        fields["attributed_to"] = owner
    if status != "stated":
        fields["status"] = status
    for key, clauses in (("condition", find_conditions(text)), ("base", find_bases(text))):
        if words := _find_clause(clauses, mention):
            fields[key] = words
    return fields


def _find_clause(clauses: tuple[Clause, ...], mention: Mention) -> str:
    return next(
        (clause.text for clause in clauses if any(number.start == mention.start for number in clause.numbers)), ""
    )


def find_tied_date(text: str, mention: Mention) -> PartialDate | None:
    """Return the date that a text ties to a number: right behind it, at the start of its sentence, or in a list of as many."""
    dates = []
    is_listed = "respectively" in text
    for tie in find_ties(text):
        if tie.number.start == mention.start and isinstance(tie.tied.value, PartialDate):
            between = text[mention.stop if mention.stop > 0 else mention.end : tie.tied.start]
            leads = _LEADING_DATE.fullmatch(text[: tie.tied.start]) and text[tie.tied.end : tie.tied.end + 1] == ","
            behind = tie.tied.start > mention.start and len(between) <= _NEAR and _IN.search(between)
            if is_listed or (tie.is_direct and (leads or behind)):
                dates.append(tie.tied.value)
    return dates[0] if len(dates) == 1 and dates[0].year else None


def _find_owner(text: str, mention: Mention) -> str:
    """Return whose number it is, where the sentence says "according to" or "the agency estimates"."""
    found = _ACCORDING.search(text)
    if not found and (before := _OWNER_BEFORE.search(text[: mention.start])):
        found = before
    if not found:
        return ""
    name = found["name"].strip(" ’'\"“”")
    if _VERB.search(name):  # no comma parts the owner from the subject: "data from the Acme Group Samsung has …"
        name = _VERB.sub("", name).rpartition(" ")[0] or name
    return re.sub(r"^(?:The|the|In|But|And) ", "", name)


def find_status(text: str, mention: Mention) -> str:
    """Return how a number is known by the words of its statement: "stated", "reported" or "forecast"."""
    start, end = next(((a, b) for a, b in split_statements(text) if a <= mention.start < b), (0, len(text)))
    if any(START_BEFORE.search(text[max(0, at - 40) : at]) for at in (mention.first, mention.start)):
        return "stated"
    if not is_date(mention) and _WILL.search(text, start, mention.first):
        return "forecast"
    for qualifier in find_qualifiers(text[start:end]):
        status = {"reported": "reported", "expected": "forecast"}.get(qualifier.kind)
        if status and _is_qualified(text, mention, (start, end), start + qualifier.start):
            return status
    return "stated"


def _is_qualified(text: str, mention: Mention, statement: tuple[int, int], at: int) -> bool:
    """Return whether a word at `at` speaks of a number: the word stands before it, or right behind it and no other follows."""
    amounts = [
        other for other in find_mentions(text)
        if statement[0] <= other.start < statement[1] and other.kind != "name" and not is_date(other)
    ]  # fmt: skip
    after = [other.start for other in amounts if other.start > at]
    if at < mention.start:
        is_first = is_date(mention) or mention.start == after[0]
        return is_first or not (
            _COMPARED_BEFORE.search(text[: mention.first])
            or _COMPARED_AFTER.match(text, max(mention.end, mention.stop))
        )
    return not after and not is_date(mention) and amounts[-1].start == mention.start and at - mention.end <= _NEAR
