"""The edges of a printed fact: digits, signs, bounds, multipliers and units beside it that make another number of it.

A fact is printed by `${id}`, but what a reader reads is the number that results: `1${rise}` prints 18.2 percent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from msgspec import Struct

from reportgen.evidence.number_grammar.mention import Mention, find_dimension, scale_value
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.passages import FactSpan, Passage
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_MULTIPLIER = compile_late(
    r"\b(?:twice|thrice|double|triple|quadruple|treble|half|(?:a|one|two|three|four|five|seven|nine)[\s-](?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|"
    r"hundredth|thousandth|millionth)s?|(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)\s+of|dozen|hundred|thousand|million|billion|trillion)"
    r"\s+(?:of\s+)?(?:the\s+|that\s+|its\s+|their\s+)?\Z",
    re.IGNORECASE,
)
_SCALE_AFTER = compile_late(
    r"[\s-]*(?:hundred|thousand|million|billion|trillion|dozen|percent|per\s?cent|percentage\s+points?|pp|bn|mn|tn)\b|\s?[%‰‱]",
    re.IGNORECASE,
)
_MINUS_BEFORE = compile_late(
    r"(?:\A|[\s(\[“\"—])[‐‒﹣－⁻₋]\Z|[±∓∼〜～≲≳⪅⪆≦≧＜＞≪≫≠∝√]\s?\Z|(?:\+/?-|-/\+|plus or minus|give or take)\s?\Z",
    re.IGNORECASE,
)
_BOUND_BEFORE = compile_late(
    r"\b(?:(?:(?:a (?:little|bit)|slightly|just|somewhat|far|well|much|no|not) )?(?:less|more|fewer|lower|higher|greater|larger|smaller) than|at least|at most|up to|nearly|almost|"
    r"as (?:much|many) as|exceeding|in excess of|minus|negative)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_NEGATIVE_WORD = compile_late(r"\b(?:minus|negative)\s\Z", re.IGNORECASE)
_DATE_BOUND = compile_late(
    r"\b(?:minus|negative|(?:in|on|to|of|that|since|by|at|from|until|after|before) (?:more|less|fewer) than)\s\Z",
    re.IGNORECASE,
)
"""The words that no date has before it; "more than 2016" may compare with that year's number."""
_COMPARES = compile_late(
    r"(?:[,;:(—–]|\b(?:is|are|was|were|be|been|remain\w*|still|far|much|well|even|slightly|which is|and is))\s*\Z",
    re.IGNORECASE,
)
_AIMS = compile_late(
    r"\b(?:keep|hold|bring|push|get|stay|remain|cut|lower|reduce|raise|lift|take)s?\s(?:[a-z’'-]+\s){0,6}\Z",
    re.IGNORECASE,
)
"""Words of a recommendation after which a bound says what is wanted, not what the evidence has."""
_WANTED = compile_late(
    r"\b(?:aims?|goals?|tar\w+|purpose|task|duty|in order|must|should|ha(?:s|ve) to|needs? to|tr(?:y|ies|ied)|seeks?|wants?|wish\w*|hopes?|designed|meant|so as)\b[^.;]*\bto\s(?:keep|hold|bring|push|get|stay|prevent|remain)\b[^.;]*\Z|\bto\skeep\b[^.;]*\Z",
    re.IGNORECASE,
)
"""Words that say what somebody wants."""
_DIFFERENCE = compile_late(r"\s(?:more|less|fewer|higher|lower|above|below)\b", re.IGNORECASE)
_CURRENCY_END = compile_late(r"(?:US|A|C|NZ|HK|S|R|USD|EUR|GBP)\Z")
_JOINED_AFTER = compile_late(r"[’']s?(?!\w)|s(?!\w)")
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "less than": lambda one, other: one < other, "a little less than": lambda one, other: one < other, "at most": lambda one, other: one <= other,
    "more than": lambda one, other: one > other, "a little more than": lambda one, other: one > other, "at least": lambda one, other: one >= other,
}  # fmt: skip


class Edge(Struct, frozen=True):
    """Characters beside a fact that make another number of it. `reading` is that number, where it is one."""

    start: int
    end: int
    fact: str
    message: str
    reading: Mention | None = None


def find_edges(passage: Passage, is_english: bool = True) -> Iterator[Edge]:
    """Yield what stands beside the facts of a passage and changes them. Whether the evidence says so is not asked here.

    Letters may touch a fact in a language whose particles follow numbers directly.
    """
    if not passage.facts:
        return
    mentions = find_mentions(passage.text)
    for span in passage.facts:
        found = next((edge for mention in mentions if (edge := _compare(passage, span, mention))), None)
        if found is None or found.message == "adds a bound to":
            glued = _find_glued(passage, span, is_english)
            found = glued if found is None or (glued and glued.message == "touches") else found
        if found:
            yield found


def _compare(passage: Passage, span: FactSpan, mention: Mention) -> Edge | None:
    """Return how the number that a reader reads at a fact differs from the fact as it prints."""
    if mention.end <= span.start or span.end <= mention.start or mention.kind == "name":
        return None
    own = find_mentions(passage.text[span.start : span.end])
    start, end = min(mention.first, span.start), max(mention.end, span.end)
    if any(_says_same(each, mention) for each in own):
        if mention.kind == "date" or any(each.bounds & mention.bounds for each in own):
            return None
        return Edge(start, end, span.id, "adds a bound to", mention)
    if not own or (
        mention.high is not None and any(_is_end(each, mention) for each in own) and _has_only_facts(passage, mention)
    ):
        return None
    if span.start <= mention.start and mention.end <= span.end and mention.kind == "date":
        return None
    return Edge(start, end, span.id, "makes another number of", mention)


def _says_same(own: Mention, read: Mention) -> bool:
    """Return whether a number reads beside its neighbours as it does alone. Words after it may say what a bare one counts."""
    if own.kind == "date" or read.kind == "date":
        return own.kind == read.kind
    is_bare = own.kind == "count" and not own.unit
    if is_bare and read.is_implied and (read.high, read.margin) == (own.high, own.margin):  # "136, 5 and 8 percent"
        return own.value == read.value
    if own.kind != read.kind or (not is_bare and own.unit != read.unit and not _is_same_measure(own, read)):
        return False
    same_ends = (own.value, own.high, own.margin) == (read.value, read.high, read.margin)
    return same_ends and (own.per == read.per or not any(char.isdigit() for char in read.per))


def _is_same_measure(own: Mention, read: Mention) -> bool:
    one, other = find_dimension(own.kind, own.unit), find_dimension(read.kind, read.unit)
    return one[0] == other[0] and own.value == read.value and one[1] == other[1]


def _is_end(own: Mention, read: Mention) -> bool:
    """Return whether a fact is an end of a range that the text makes of two facts."""
    return own.value in (read.value, read.high) or own.high == read.high


def _has_only_facts(passage: Passage, mention: Mention) -> bool:
    """Return whether both ends of a range are facts: nothing between them is a number of the writer's."""
    inside = [span for span in passage.facts if span.start < mention.end and mention.start < span.end]
    outside = "".join(
        " " if any(span.start <= at < span.end for span in inside) else passage.text[at]
        for at in range(mention.start, mention.end)
    )
    return len(inside) >= 2 and not find_mentions(outside)


def _find_glued(passage: Passage, span: FactSpan, is_english: bool) -> Edge | None:
    """Return the digits, letters or signs that touch a fact, or a multiplier beside it."""
    text, start, end = passage.text, span.start, span.end
    before, after = _strip_invisible(text[max(0, start - 40) : start], -1), _strip_invisible(text[end : end + 24], 1)
    last, following = before[-1:], after[:1]
    printed = text[start:end]
    if last and (
        last.isnumeric()
        or (is_english and last.isalpha() and not _CURRENCY_END.search(before) and printed[:1].isalnum())
    ):
        return Edge(start - 1, end, span.id, "touches")
    if following and (following.isnumeric() or (is_english and following.isalpha())) and not _JOINED_AFTER.match(after):
        return Edge(start, end + 1, span.id, "touches")
    if following == "s" and printed[-1:].isdigit():
        return Edge(start, end + 1, span.id, "touches")
    if match := _MINUS_BEFORE.search(before):
        return Edge(start - len(match[0].lstrip()), end, span.id, "puts a sign before")
    if last and last in "−–-" and printed[:1].isalpha() and not before[-2:-1].strip(" (“"):
        return Edge(start - 1, end, span.id, "puts a sign before")  # "−about $5 million"
    if printed[:1] in "−-" and last and last in "−–-‑":
        return Edge(start - 1, end, span.id, "puts a sign before")
    if (match := _DATE_BOUND.search(before)) and any(own.kind == "date" for own in find_mentions(printed)):
        return Edge(start - (len(before) - match.start()), end, span.id, "adds a bound to")
    has_bound = any(own.bound_start >= 0 for own in find_mentions(printed))
    if (
        match := (_BOUND_BEFORE if has_bound else _NEGATIVE_WORD).search(before)
        if has_bound or printed[:1] == "−"
        else None
    ):
        return Edge(
            start - (len(before) - match.start()),
            end,
            span.id,
            "adds a bound to" if has_bound else "puts a sign before",
        )
    if match := _MULTIPLIER.search(before):
        return Edge(start - (len(before) - match.start()), end, span.id, "multiplies")
    if match := _SCALE_AFTER.match(after):
        return Edge(start, end + match.end(), span.id, "multiplies")
    if re.search(r"(?<![\w.,])\d{1,3}\s\Z", before) and printed[:1].isdigit():
        return Edge(start - 2, end, span.id, "touches")
    return None


def _strip_invisible(text: str, step: int) -> str:
    """Return a text without the characters at its inner end that nobody sees: zero-width spaces, marks, joiners."""
    while text:
        char = text[-1] if step < 0 else text[0]
        if unicodedata.category(char) not in ("Cf", "Mn", "Me", "Cc"):
            break
        text = text[:-1] if step < 0 else text[1:]
    return text


def is_aim(passage: Passage, edge: Edge) -> bool:
    """Return whether a fact is the mark of what a text wants: "bring the rate back below ${a}"."""
    reading = edge.reading
    if reading is None or (passage.role != "recommendation" and not _WANTED.search(passage.text[: reading.first])):
        return False
    return passage.text[reading.first : reading.start].strip().lower() in ("below", "above", "under") and bool(
        _AIMS.search(passage.text[max(0, reading.first - 80) : reading.first])
    )


def is_comparison(passage: Passage, edge: Edge) -> bool:
    """Return whether a bound beside a fact compares it with another fact of its sentence, and truly: "${a}, less than ${b}"."""
    reading = edge.reading
    sentence = next((each for each in passage.sentences if each.start <= edge.start < each.end), None)
    if reading is None or sentence is None or isinstance(reading.value, PartialDate):
        return False
    if not _COMPARES.search(passage.text[: reading.first]) or _DIFFERENCE.match(passage.text, edge.end):
        return False  # "from 2 to less than 3" compares nothing, and "5 more than" is a difference
    dimension, factor = find_dimension(reading.kind, reading.unit)
    amount = scale_value(reading.value, factor)
    for span in passage.facts_in(sentence):
        if span.id == edge.fact or span.end > edge.start:
            continue
        for own in find_mentions(passage.text[span.start : span.end]):
            size, other = find_dimension(own.kind, own.unit)[1], find_dimension(own.kind, own.unit)[0]
            value = scale_value(own.value, size)
            if other == dimension and isinstance(value, float) and isinstance(amount, float):
                return any(order(value, amount) for bound, order in _ORDERS.items() if bound in reading.bounds)
    return False
