"""The subject of a number in a quote: the words of its part of the sentence, without who says it and what all statements share."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.conditions import find_bases, find_conditions
from reportgen.evidence.pairing.number_subjects import find_number_spans
from reportgen.evidence.pairing.number_ties import find_ties
from reportgen.evidence.qualifiers import content_stems, is_verb, stem, stem_set
from reportgen.text.numbers import PartialDate

_SAYS = (
    r"(?:said|says|say|expects?|expected|estimates?|estimated|projects?|projected|forecasts?|reports?|reported|finds?|found|shows?|showed|"
    r"announce[sd]?|puts?|counts?|counted|calculates?|calculated|concludes?|concluded|predicts?|predicted|detected|recorded|lists?|listed|"
    r"maintain(?:s|ed) its (?:expectation|forecast)|believes?|thinks?|anticipates?|anticipated|assumes?|determined|states?|stated|indicates?|suggests?)"
)
_SPEAKER_BEFORE = re.compile(
    rf"\A[^\d,;]*?(?:\b(?:19|20)\d\d\b[^\d,;]*?)?(?:,[^,\d]*,)?[^\d,;]*?\b{_SAYS}\b(?!\s+(?:to|rate|cost)\b)(?: now)?(?: that)?\s"
)
_SPEAKER_AFTER = re.compile(
    rf",\s[^,;]*\b{_SAYS}\b[^;]*\Z|,?\s(?:according to|by (?=[^,;\d]*\b(?:counts?|estimates?|reckoning|measures?|calculations?|figures)\b))[^,;]*\Z|,\s(?:up|down) from\b.*\Z",
    re.DOTALL,
)
_ACCORDING = re.compile(
    r"\A(?:[Aa]ccording to|(?:[Ii]n|[Bb]y) (?:its|their|our|the) (?:\w+ )?(?:view|estimates?|count|report|reckoning)) [^,\d]*,\s"
)
_PERIOD = re.compile(
    r"\b(?:(?:a|per|each|every) (day|week|month|year)|over (?:the|a) (year|month|quarter|decade)|over (ten|five|\d+) years|at an (annual) rate|(annual|monthly|daily|weekly|quarterly)(?:ly)?)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(this|last|next) (year|month|quarter|week|decade)\b", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"[\d.,]+|(?:hundred|thousand|m|b|tr)illions?|thousand")
_CAPITAL = re.compile(r"(?<![.!?“\"] )(?<!\A)\b[A-Z][\w.’'-]*")
_PREPOSITION = re.compile(
    r"\b(for|in|of|among|at|from|on|under|by|with|against|through|during)\s+(?:(?:the|a|an|its|their|all|those|that|\w+ed|\w+ing)\s+)*\Z",
    re.IGNORECASE,
)

ALIKE = {
    stem(word): kind
    for kind, words in {
        "move": "grow grew grown growth rise rose risen rising increase gain climb expand expansion add up higher go fall fell fallen drop decline decrease shrink reduce reduction cut lower down lose lost",
        "death": "die died death dead kill fatality toll victim",
        "cost": "cost price expense",
        "make": "supply supplied generate generated produce produced provide provided",
        "have": "face affect suffer lack",
        "leave": "flee fled leave left",
        "ruin": "destroy lose damage",
        "people": "person people resident inhabitant child children",
        "vehicle": "vehicle car",
        "sale": "sell sold sale buy bought",
    }.items()
    for word in words.split()
}
"""Words that say the same of a number, by their stems. Rising and falling are only ways of stating a level."""

GENERIC = stem_set(
    "world worldwide global globally official total number figure level amount value true real record about some around nearly almost approximately "
    "estimate estimated estimation projection project projected forecast expected expect reach reached reaching stand stood hit be is was were been have has had "
    "will would could can may might now today currently still already also only just even most more less than "
    "according report reported study survey data analysis count counted found make made up amount put say said first place "
    "early late end start beginning begin january february march april june july august september october november december "
    "year years month months week weeks day days decade fiscal calendar quarter period time current new latest recent revised further "
    "per million billion trillion thousand hundred percent percentage point points dollar dollars euros pounds it its they their this that these those there over through to all per see seen before although away since below above while after until onto off out so than then when where which who whose"
)
"""Stems that do not tell one number from another."""

_SIDES = frozenset(("low", "high", "medium", "upper", "lower", "higher", "middle"))
_RESTRICTING = frozenset(
    re.findall(
        r"\w+",
        """
        already         men women male female girls boys black white hispanic latino asian young old older elderly urban rural
        northern southern eastern western private public federal local net gross real nominal core annual monthly
        average median excluding except alone maximum minimum peak target goal aim limit cap threshold requirement
        plan planned previous earlier former proposed additional second third fourth fifth half direct indirect
        domestic foreign adult adults children infant
        supplemental adjusted unadjusted excess military civilian
        """,
    )
)
"""Words that make another thing of what they stand with, where only one of two sentences has them."""


class Topic(Struct, frozen=True):
    """A number with what its part of the sentence says of it."""

    number: Mention
    stems: frozenset[str]
    verbs: frozenset[str]
    limits: frozenset[str]
    """The words that make another thing of it."""
    sides: frozenset[str]
    """The words of a scale, of which another one makes another thing: low, high."""
    places: frozenset[tuple[str, str]]
    """Each stem with its neighbors and the preposition before it: what stands in one place of two sentences tells them apart."""
    names: frozenset[str]
    dates: frozenset[tuple[int | None, int | None]]
    """Years and months; the first and last day of a year are the year."""
    relative: frozenset[str]
    """Times that are counted from the source's own: this year, last month."""
    conditions: frozenset[str]
    ties: frozenset[tuple[object, ...]]
    period: str


@lru_cache(maxsize=512)
def find_topics(text: str) -> tuple[Topic, ...]:
    """Return the numbers of a text with what they are about."""
    return tuple(_read_topic(text, *found) for found in find_number_spans(text))


def _read_topic(text: str, number: Mention, start: int, end: int) -> Topic:
    before, after = text[start : number.first], text[max(number.end, number.stop) : end]
    before = _strip_speaker(before)
    after = _SPEAKER_AFTER.sub(" ", after.rstrip(" .;"))
    part = f"{before} # {after}"
    conditions = [clause.text for clause in (*find_conditions(text), *find_bases(text)) if _has(clause.numbers, number)]
    for words in conditions:
        part = part.replace(words, " ")
    dates = [_read_date(mention) for mention in find_mentions(part) if mention.kind == "date"]
    tied = [tie.tied for tie in find_ties(text) if tie.number.start == number.start]
    dates += [_read_date(mention) for mention in tied if mention.kind == "date"]
    ties = [mention.same for mention in tied if mention.kind != "date"]
    period = _PERIOD.search(part) or _PERIOD.match(text, number.end + 1)
    stems, verbs, places = _read_words(part, frozenset(stem_set(f"{number.unit} {number.written}")))
    every = frozenset(re.findall(r"[a-z]+", part.lower()))
    return Topic(
        number, stems, verbs, every & _RESTRICTING, every & _SIDES, places,
        frozenset(name.rstrip(".,").removesuffix("’s").removesuffix("'s") for name in _CAPITAL.findall(part)),
        frozenset(dates),
        frozenset(" ".join(found).lower() for found in _RELATIVE.findall(part)),
        frozenset(stem for words in conditions for stem in stem_set(words)),
        frozenset(ties),
        number.per or (next((group.lower() for group in period.groups() if group), "") if period else ""),
    )  # fmt: skip


def _read_date(mention: Mention) -> tuple[int | None, int | None]:
    """Return the year and the month of a date; a period is its first year."""
    date = mention.value
    assert isinstance(date, PartialDate)
    is_edge = (date.month, date.day) in ((1, 1), (12, 31))
    return date.year, None if is_edge or mention.high is not None else date.month


def _strip_speaker(text: str) -> str:
    text = _ACCORDING.sub("", text)
    found = _SPEAKER_BEFORE.match(f"{text} ")
    return f"{text} "[found.end() :] if found else text


def _has(numbers: tuple[Mention, ...], number: Mention) -> bool:
    return any(each.start == number.start for each in numbers)


def _read_words(part: str, unit: frozenset[str]) -> tuple[frozenset[str], frozenset[str], frozenset[tuple[str, str]]]:
    """Return the stems of nouns and adjectives, those of verbs, and each noun with its place."""
    words = [
        (ALIKE.get(each, each), start, end)
        for each, start, end in content_stems(part)
        if not _NUMBER_WORD.fullmatch(each)
    ]
    known = [(each, start, end) for each, start, end in words if each not in GENERIC and each not in unit]
    stems: set[str] = set()
    verbs: set[str] = set()
    places: set[tuple[str, str]] = set()
    for index, (each, start, end) in enumerate(known):
        if is_verb(part[start:end]) or each in ("move", "make", "have", "leave", "ruin"):
            verbs.add(each)
            continue
        stems.add(each)
        left = known[index - 1][0] if index else "^"
        right = known[index + 1][0] if index + 1 < len(known) else "$"
        places.add((each, f"<{left}"))
        places.add((each, f">{right}"))
        if preposition := _PREPOSITION.search(part[:start]):
            places.add((each, preposition[1].lower()))
    return frozenset(stems), frozenset(verbs), frozenset(places)
