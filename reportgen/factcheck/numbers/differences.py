"""Differences between a document and its source of the same number: sign, unit, bound, range, qualifier, condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from reportgen.evidence.number_grammar.currencies import AMBIGUOUS
from reportgen.evidence.number_grammar.mention import Mention, find_dimension
from reportgen.evidence.pairing.conditions import find_conditions
from reportgen.evidence.qualifiers import find_qualifiers, has_qualifier, split_clauses, stem_set
from reportgen.factcheck.fact_values import Aspect, Difference
from reportgen.factcheck.numbers.likeness import get_figures
from reportgen.factcheck.numbers.same_number import DEGREE, Sameness, compare_numbers, find_scale
from reportgen.factcheck.numbers.sentences import Sentence, Spot
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_MORE = frozenset({"more than", "at least", "a little more than"})
_LESS = frozenset({"less than", "at most", "a little less than"})
_RISES = r"increas\w*|r[io]se[ns]?|rising|gr[eo]ws?|growing|growth\sof|gain(?:s|ed|ing)?|jump\w*|climb\w*|surg(?:e[sd]?|ing)|soar\w*|expand\w*|expansion|add(?:s|ed|ing)?|up|higher|rebound\w*"
_FALLS = (
    r"declin\w*|decreas\w*|fell|fall(?:s|en|ing)?|drop\w*|shr[aiu]nk\w*|contract(?:s|ed|ing|ion)|shed(?:s|ding)?|down|slid\w*|slipp?(?:s|ed|ing)?|plung\w*|tumbl\w*|plummet\w*|"
    r"reduc\w*|cut(?:s|ting)?|lower(?:ed|s|ing)?|lost|los(?:e|es|ing)|loss(?:es)?|less|fewer"
)
_DIRECTION = compile_late(rf"\b(?:(?P<rise>{_RISES})|(?P<fall>{_FALLS}))\b", re.IGNORECASE)
_BREAK = compile_late(
    r"[;:]|[.!?]\s|\b(?:but|while|whereas|although|though|after|following|compared|than|versus|from)\b", re.IGNORECASE
)
_AFTER = compile_late(
    rf"(?:\s[\w-]+)?\s(?:(?P<rise>{_RISES}|above|warmer|hotter|larger|greater)|(?P<fall>{_FALLS}|below|cooler|colder|smaller))\b",
    re.IGNORECASE,
)
_CHANGED = compile_late(r"\s(?:\w+ly\s)?from\s(?:[^\s,;]+\s){0,5}?(?:to\s)?", re.IGNORECASE)
"""Words between a verb and either end of a change: "fell from 105 kg to"."""
_WEAK = compile_late(r"“(?:some|an estimated)\b", re.IGNORECASE)
_OWNED = compile_late(r"(?:['’]s|\bthe|\bits|\btheir|\ban?|\bof)\s\Z", re.IGNORECASE)
_ATTRIBUTED = compile_late(
    r"\s(?!(?:and|or|to|through|in|of|at|for|by|is|was|were|are|has|had|with|the|when|while|but|as|than)\b)[A-Za-z]"
)
YEARS_APART = 40  # that two years of the same thing may be misprinted
FARTHEST = 12.0  # the factor by which two numbers may be apart
_LED = compile_late(r"\b(?:from|to|by)\s\Z")
_FAR_REACH = 90  # characters in which the verb of "from", "to" and "by" stands
_REACH = 48  # characters before a number in which its verb stands
_QUALIFYING = ("expected", "reported", "initial", "possible", "likely", "unlikely")
_OF_NOUN = compile_late(r"\b(?:the|an?|its|their|his|her|our|this|that)\s\Z", re.IGNORECASE)
_SCOPE = 70  # characters between a qualifier and the number that it qualifies
_MARKER = compile_late(
    r"\b(?:if|unless|provided|assum\w+|as long as|under|with|without|should|depend\w*|contingent|conditional|absent|in case|when|once|scenario|would)\b",
    re.IGNORECASE,
)
_MARKERS = stem_set("unless provided assuming long condition event absent without under contingent conditional")
_AHEAD = compile_late(
    r"\b(?:will|would|hop(?:e|es|ed|ing)|aim\w*|goals?|targets?\w*|plan\w*|seek\w*|want\w*|try|tries|trying|likely|could|may|might|can|estimat\w+|next|coming|by 20\d\d)\b",
    re.IGNORECASE,
)
"""Words with which a statement is no outcome, whatever its qualifier was."""
_CHANGE = compile_late(r"\bfrom\s(?:\S+\s){0,2}\Z", re.IGNORECASE)
_BOUND_NAMES = {"exactly": "no bound"}


def find_differences(ours: Sentence, mention: Mention, spot: Spot, sameness: Sameness | None) -> Iterator[Difference]:
    """Yield what the document says otherwise than the source of the same number."""
    for check in (_compare_units, _compare_signs, _compare_bounds):
        if difference := check(ours, mention, spot):
            yield difference
    if sameness == "end" and (difference := _compare_ranges(ours, mention, spot)):
        yield difference
    if mention.kind != "date":
        yield from _find_dropped_qualifiers(ours, spot)
        yield from _find_dropped_conditions(ours, spot)


def is_other_number(ours: Sentence, mention: Mention, spot: Spot) -> bool:
    """Return whether a number of a source is another one of the kind that a claim is."""
    theirs = spot.mention
    is_row = ours.part.is_row or spot.sentence.part.is_row
    if theirs.kind == "name" or theirs.is_vague or compare_numbers(mention, theirs, is_row):
        return False
    if not _is_comparable(mention, theirs, is_row):
        return False
    if isinstance(theirs.high, float | int) and mention.high is None and isinstance(mention.value, float | int):
        low = theirs.value
        if isinstance(low, float | int) and low < mention.value < theirs.high:
            return False  # a value inside a range may be its middle
    if (
        isinstance(mention.high, float | int)
        and theirs.high is None
        and compare_numbers(theirs, mention, is_row) == "end"
    ):
        return False
    return not is_attributive(spot.sentence, theirs) or is_attributive(ours, mention)


def find_claimants(ours: Sentence, mention: Mention, spot: Spot) -> list[Mention]:
    """Return the other claims of a sentence that a number of a source is."""
    theirs = spot.mention
    is_row = ours.part.is_row or spot.sentence.part.is_row
    return [
        other
        for other in ours.mentions
        if other is not mention
        and compare_numbers(other, theirs, is_row) in ("same", "rounded", "end")
        and _is_as_exact(other, theirs)
    ]


def _is_as_exact(ours: Mention, theirs: Mention) -> bool:
    """Return whether two dates both have a month, or both have none."""
    one, other = ours.value, theirs.value
    return not (isinstance(one, PartialDate) and isinstance(other, PartialDate)) or bool(one.month) == bool(other.month)


def is_attributive(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a year only says which thing is meant: "the 2016 requirement"."""
    return mention.kind == "date" and bool(
        _OWNED.search(sentence.part.text[max(0, mention.start - 8) : mention.start])
        and _ATTRIBUTED.match(sentence.part.text, mention.end)
    )


def _is_comparable(ours: Mention, theirs: Mention, is_row: bool) -> bool:
    """Return whether two numbers may be meant to be the same."""
    if isinstance(ours.value, PartialDate) or isinstance(theirs.value, PartialDate):
        return (
            isinstance(ours.value, PartialDate)
            and isinstance(theirs.value, PartialDate)
            and _are_comparable_dates(ours.value, theirs.value)
        )
    if ours.kind == theirs.kind:
        sizes = sorted(abs(value) for value in (ours.value, theirs.value))
        is_alike = find_scale(ours, theirs, is_row) is not None and sizes[0] * FARTHEST >= sizes[1]
        return is_alike or _has_same_figures(ours, theirs)
    kinds = {ours.kind, theirs.kind}
    return kinds <= {"percent", "points", "money", "count"} and _has_same_figures(ours, theirs)


def _are_comparable_dates(one: PartialDate, other: PartialDate) -> bool:
    """Return whether two dates are equally exact, and near each other: the same in a part, or a few years apart."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    if one.decade != other.decade or any((ours is None) != (theirs is None) for ours, theirs in pairs):
        return False
    if sum(part is not None for part, _ in pairs) > 1:
        return any(ours is not None and ours == theirs for ours, theirs in pairs)
    return one.year is None or other.year is None or abs(one.year - other.year) <= YEARS_APART


def _has_same_figures(ours: Mention, theirs: Mention) -> bool:
    return bool(get_figures(ours)) and get_figures(ours) == get_figures(theirs)


def describe_other(ours: Sentence, mention: Mention, spot: Spot) -> Difference:
    """Return how a claim differs from the number that its source has in the same place."""
    theirs = spot.mention
    aspect: Aspect = "value"
    if isinstance(mention.value, PartialDate):
        aspect = "year"
    elif mention.high is not None or theirs.high is not None:
        aspect = "range"
    elif _has_same_figures(mention, theirs):
        aspect = "unit"
    return Difference(aspect, print_number(ours, mention), print_number(spot.sentence, theirs))


def print_number(sentence: Sentence, mention: Mention) -> str:
    """Return a number in its own words, with its bound and its unit."""
    return f"“{sentence.part.text[mention.first : max(mention.end, mention.stop)]}”"


def _compare_units(ours: Sentence, mention: Mention, spot: Spot) -> Difference | None:
    """Compare what two equal numbers count, where both say it: jobs and firms, a rate for a day and a year."""
    theirs = spot.mention
    pair = (mention.per, theirs.per)
    if all(pair) and mention.per != theirs.per and mention.kind == theirs.kind:
        return Difference("unit", f"“per {mention.per}”", f"“per {theirs.per}”")
    if mention.kind == theirs.kind == "count" and mention.unit and theirs.unit and mention.unit != theirs.unit:
        dimensions = {find_dimension("count", mention.unit), find_dimension("count", theirs.unit)}
        if len(dimensions) == 2 and {AMBIGUOUS, DEGREE}.isdisjoint((mention.unit, theirs.unit)):
            return Difference("unit", print_number(ours, mention), print_number(spot.sentence, theirs))
    return None


def _compare_signs(ours: Sentence, mention: Mention, spot: Spot) -> Difference | None:
    one, other = find_direction(ours, mention), find_direction(spot.sentence, spot.mention)
    if one and other and one[0] != other[0]:
        return Difference("sign", f"“{one[1]}”", f"“{other[1]}”")
    return None


def find_direction(sentence: Sentence, mention: Mention) -> tuple[str, str] | None:
    """Return whether a number is a rise or a fall, or the level that one led to, and the words that say so."""
    if isinstance(mention.value, PartialDate):
        return None
    text = sentence.part.text
    words = text[mention.first : max(mention.end, mention.stop)]
    if mention.value < 0:
        return "fall", words
    if words.startswith("+"):
        return "rise", words
    led = _LED.search(text[max(sentence.start, mention.first - 12) : mention.first])
    start = max(sentence.start, mention.first - (_FAR_REACH if led else _REACH))
    between = text[start : mention.first]
    for match in reversed(list(_DIRECTION.finditer(between))):
        gap = between[match.end() :]
        if _CHANGED.fullmatch(gap):
            return ("rise" if match["rise"] else "fall"), f"{match[0]}{gap}{words}"
        if _BREAK.search(gap) or any(char.isdigit() for char in gap) or ("," in gap and not led):
            break
        return ("rise" if match["rise"] else "fall"), f"{match[0]}{gap}{words}".strip()
    if after := _AFTER.match(text, max(mention.end, mention.stop)):
        return ("rise" if after["rise"] else "fall"), f"{words}{after[0]}"
    return None


def _compare_bounds(ours: Sentence, mention: Mention, spot: Spot) -> Difference | None:
    theirs = spot.mention
    one, other = mention.bounds, theirs.bounds
    if mention.kind == "date" and not ((one & _MORE and other & _LESS) or (one & _LESS and other & _MORE)):
        return None  # "before the season, which begins on April 1" is before that day
    if one & other or ("exactly" in other and _is_soft(one)):
        return None
    is_exact = compare_numbers(replace(mention, bounds=frozenset({"exactly"})), theirs) == "same"
    if not is_exact:
        return None  # a rounded number may have another bound
    if (one & _MORE and other & _MORE) or (one & _LESS and other & _LESS):
        return None
    if "about" in other and _WEAK.match(print_number(spot.sentence, theirs)):
        return None  # "some 640 people"
    if "about" in one and not other & (_MORE | _LESS):
        return None
    if "about" in other and any("about" in each.bounds for each in ours.mentions if each is not mention):
        return None  # "to about 8.5 billion in 2030 and 9.7 billion in 2050"
    return Difference("bound", print_number(ours, mention), print_number(spot.sentence, theirs))


def _is_soft(bounds: frozenset[str]) -> bool:
    return "about" in bounds


def _compare_ranges(ours: Sentence, mention: Mention, spot: Spot) -> Difference | None:
    """Compare a number with a range of which it is an end, unless it says so or the range is a change."""
    theirs = spot.mention
    if mention.kind == "date" or mention.bounds & (_MORE | _LESS):
        return None
    if _CHANGE.search(spot.sentence.part.text[max(0, theirs.first - 24) : theirs.first]):
        return None
    if any(other is not mention and compare_numbers(other, theirs) == "end" for other in ours.mentions):
        return None
    return Difference("range", print_number(ours, mention), print_number(spot.sentence, theirs))


def _find_dropped_qualifiers(ours: Sentence, spot: Spot) -> Iterator[Difference]:
    """Yield the qualifiers of the source's clause that the document's sentence does not keep."""
    sentence, mention = spot.sentence, spot.mention
    at = mention.start - sentence.start
    clause = next(((a, b) for a, b in split_clauses(sentence.text) if a <= at < b), None)
    if clause is None:
        return
    text = sentence.text[slice(*clause)]
    context = f"{ours.before} {ours.text}"
    seen: set[str] = set()
    for qualifier in find_qualifiers(text):
        if qualifier.kind not in _QUALIFYING or qualifier.kind in seen:
            continue
        distance = at - clause[0] - qualifier.end
        if _OF_NOUN.search(text[: qualifier.start]):
            continue  # "45 percent of the expected income"
        if not 0 <= distance <= _SCOPE or has_qualifier(qualifier.kind, context):
            continue
        if not stem_set(text[qualifier.end : qualifier.end + distance]) & ours.stems or _AHEAD.search(ours.text):
            continue
        seen.add(qualifier.kind)
        yield Difference("qualifier", "no such word", f"“{qualifier.word}”")


def _find_dropped_conditions(ours: Sentence, spot: Spot) -> Iterator[Difference]:
    """Yield the conditions of the source's number that the document does not state."""
    sentence, mention = spot.sentence, spot.mention
    own = f"{ours.before} {ours.text} {ours.after}"
    stems = stem_set(own)
    for clause in find_conditions(sentence.text):
        is_of_it = any(each.start == mention.start - sentence.start for each in clause.numbers)
        words = stem_set(clause.text) - _MARKERS
        at = mention.start - sentence.start
        if not (0 <= clause.start - at <= _SCOPE or clause.start == 0):
            continue
        if is_of_it and not _MARKER.search(ours.text) and len(words & stems) * 3 < max(1, len(words)):
            yield Difference("condition", "no such words", f"“{clause.text}”")
