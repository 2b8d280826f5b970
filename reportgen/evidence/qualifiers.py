"""Qualifiers, in classes: a text that repeats a quote must keep a word of each class that the quote has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from reportgen.text.late_pattern import compile_late

# "GAO projects a loss", "we project that": not "the two projects cost" or "a project of $5 million".
PROJECTS = (
    r"(?<!\bthe )(?<!\ba )(?<!\bof )(?<!\bthis )(?<!\bthat )(?<!\bthese )(?<!\bits )(?<!\btheir )projects?"
    r"(?= (?:that (?!w|ha|is\b|are\b)|an? |its? |[$€£\d]|(?:about|nearly|almost|around|roughly|some|more than|less than|at least|a little) |(?!in |for |at |of |on |to |with |under |by |that |and |are |were )(?:\w+ ){1,3}(?:of|at|to|will) ))"
)
# "is scheduled to open", "the planned 40 ships": not "scheduled airlines", "the planned tests".
SCHEDULED = (
    r"(?:(?<=\bis )|(?<=\bare )|(?<=\bwas )|(?<=\bwere )|(?<=\bbe )|(?<=\bbeen )|(?<=\bnow )|(?<=\bcurrently )|(?<=\boriginally )|(?<=\binitially ))(?:scheduled|planned)"
    r"|(?:scheduled|planned)(?= (?:to|for|on|in|by|at|from|as)\b| [$€£]?\d)"
)
# Class -> the words of a quote that belong to it, and those with which a text keeps it.
CLASSES: dict[str, tuple[str, str]] = {
    "reported": (
        r"reported|reportedly|allegedly|alleged|rumou?red|unconfirmed|is said to|are said to|claims? to",
        r"reported|reportedly|reports?|allegedly|alleged|rumou?red|unconfirmed|said to|claim(?:s|ed)?",
    ),
    "initial": (
        r"initial(?! public offering)|initially|preliminary(?! (?:injunctions?|hearings?|rulings?|exam\w*))|provisional(?! (?:ballots?|voting|votes?|governments?|licen[cs]es?|measures?|applications?|IRA))|tentative(?:ly)?",
        r"initial|initially|first|opening|preliminary|provisional|tentative(?:ly)?|at first|final(?:ly|ized)?|revised?|revisions?",
    ),
    "expected": (
        rf"expect(?:s|ed)?|expectations?|{PROJECTS}|projected|projections?|forecast(?:s|ed|ing)?|anticipat(?:es?|ed)|predict(?:s|ed|ions?)?|{SCHEDULED}",
        rf"on (?:track|course)|(?:set|poised|slated|due) to|expect\w*|{PROJECTS}|projected|projecting|projections?|forecast\w*|anticipat\w*|predict\w*|estimat\w*|scheduled|planned|planning|plans? (?:to|for)|(?:intend|aim)(?:s|ed|ing)? to|should|(?:fore)?s(?:ees?|aw)|envisag\w+|outlook",
    ),
    "estimated": (
        r"estimat(?:es?|ed|ing|ions?)",
        r"estimat\w*|about|around|roughly|approximately|some|nearly|almost|projected|projections?|expected|forecast\w*|is thought|are thought|puts?|could|may|might|would",
    ),
    "likely": (
        r"more likely than not|(?<!least )(?<!the most )(?<!more )(?<!less )(?<!as )(?<!equally )likely|probably|probable|presumably",
        r"likely|probably|probable|presumably|likelihood",
    ),
    "unlikely": (r"unlikely|improbable|doubtful", r"unlikely|improbable|doubtful|doubts?"),
    "possible": (
        r"could|may|might|possibly|possible|perhaps|potentially",
        r"could|may|might|can|possibly|possible|perhaps|potential(?:ly)?|would|risks?|open",
    ),
    "relative": (
        r"relatively|comparatively|partly|partially|largely|mostly|somewhat",
        r"relatively|comparatively|part(?:ly|ially)|largely|mostly|somewhat|fairly",
    ),
}
_STOP = frozenset(
    """
    a an and are as at be been being but by for from had has have he her his if in into is it its itself of on or
    our out own so than that the their them then there these they this those to too up us was we were what when
    where which while who whose with also both just such very much one ones not no nor do does did can will would
    should must may might could s
    """.split()  # noqa: SIM905 - a list of literals would take a line a word
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CLAUSE = compile_late(
    r"[;:,]\s|—\s|\s–\s|(?<![A-Z])[.!?]\s|\s(?:but|otherwise|although|though|unless|because|whereas)\s", re.IGNORECASE
)
_ENDINGS = re.compile(r"(?:ational|ations?|ingly|edly|ment|ments|ings?|ied|ies|ed|es|ers?|ly|s|e|y)$")
_IRREGULAR = {
    "began": "begin", "begun": "begin", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "grew": "grow", "grown": "grow",
    "made": "make", "took": "take", "taken": "take", "said": "say", "gave": "give", "given": "give", "saw": "see", "seen": "see", "went": "go",
    "led": "lead", "left": "leave", "chose": "choose", "chosen": "choose", "became": "become", "paid": "pay", "sold": "sell", "won": "win",
    "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
    "mathematics": "math", "maths": "math",
    "kept": "keep", "held": "hold", "met": "meet", "built": "build", "sought": "seek", "sworn": "swear", "swore": "swear",
}  # fmt: skip
_QUALIFYING = {kind: compile_late(rf"\b(?:{words})\b", re.IGNORECASE) for kind, (words, _) in CLASSES.items()}
_KEEPING = {kind: compile_late(rf"\b(?:{words})\b", re.IGNORECASE) for kind, (_, words) in CLASSES.items()}
_COMPARED = compile_late(
    r"(?:\b(?:than|as)(?: (?:it|that|those|the \w+|the [\d,.]+))?(?: that)?(?: (?:was|were|is|are|had been|has been|have been))?(?: (?:\w+ly|first|once))?"
    r"|\b(?:than|compared (?:with|to)|relative to|against|versus|below|above|under|over|from|beyond|exceed\w*|beat\w*|topp\w*|outpac\w*|revis\w+ (?:to|of|in)|short of|missed)(?: \w+){0,4}?) $",
    re.IGNORECASE,
)
"""Words before a forecast that an outcome is compared with: more than was projected, below the forecast, as planned."""
_CAME_TO_NOTHING = compile_late(
    r"[^.;:,]{1,80}?\b(?:(?:has|have|had|was|were)\s(?:\w+\s){0,3}?(?:avoided|averted)|(?:failed|has yet|have yet) to (?:appear|come|materiali[sz]e)"
    r"|(?:did not|has not|never) (?:appear|c[ao]me|happen|materiali[sz]e)d?)\b",
    re.IGNORECASE,
)
"""Words after a forecast that say what became of it: "the predicted shortage has been averted"."""
_FILED = compile_late(
    r"reported\s(?:(?:the\s|a\s|only\s|about\s)?(?:[\d,.]+|most|more|fewer|fewest|highest number of|total of [\d,]+)\s(?:[a-z-]+\s)?(?:[a-z-]+\s)?)?(?:complaints|cases|incidents|crimes|thefts|accidents|crashes|deaths|fatalities|injuries|infections|outbreaks|births|arrests|offen[cs]es|violations|breaches)\b",
    re.IGNORECASE,
)
"""What its victims or offices file is counted, not rumored: "reported the most complaints"."""
_ANNOUNCED = compile_late(r"reported that\b|(?:(?<=, )|\A)(?-i:reported (?:the )?[A-Z])")
_RECORDED = compile_late(
    r"\b(?:cases?|deaths?|infections?|illness(?:es)?|injur(?:y|ies)|outbreaks?|incidents?|crashes|accidents?|\w*crimes?|offen[cs]es?|transmissions?|incubation|symptoms)\b[^.;:]{0,60}\Z"
    r"|\b(?:falls|rises|increases|decreases|declines|drops)\b[^.;:]{0,40}\bwere (?:also |only )?\Z",
    re.IGNORECASE,
)
"""What registers count: cases that were reported from a country."""
_PASSIVE = compile_late(
    r"\b(?:is|are|was|were|been|being|be|widely|media|newspapers?|press|sources?|it)\s(?:\w+\s)?\Z", re.IGNORECASE
)
"""An office that reports that something is so states it; what is reported, by whomever, is not established."""
_MONTH_OF_MAY = compile_late(
    r"May(?=\s\d)|(?<=[a-z] )May\b(?!\s[A-Z])|(?:(?<=\bin )|(?<=\bby )|(?<=\bof )|(?<=than )|(?<=from )|(?<=since )|(?<=until )|(?<=early )|(?<=late ))May\b"
)
_BEGINS = re.compile(r"(?:\A|[.!?:;—–•|\n(\[“\"‘'’]|(?:\A|\s)[Tt]he)\s*\Z")
"""The signs before the first word of a sentence. A capital elsewhere begins a name: "Smart Projects", "the Budget Estimates"."""
FIRM = compile_late(
    r"\b(?<!\bI )(?<!\bwe )(?<!\bWe )(?<!\byou )(?<!\bYou )(?:will|must|shall|certainly|definitely|undoubtedly|inevitabl[ye]|always|is (?:certain|bound|sure) to)\b",
    re.IGNORECASE,
)
# Families of words: one put in place of another changes what a statement says.
_FAMILIES = (
    ("more", "less", "fewer", "most", "least"),
    ("largest", "smallest", "biggest", "highest", "lowest", "greatest"),
    ("all", "many", "some", "few", "most", "no", "several", "both", "every", "each", "only"),
    ("above", "below", "over", "under"),
    ("increase", "decrease"), ("rise", "fall"), ("rises", "falls"), ("rose", "fell"), ("raised", "lowered", "cut"), ("growing", "shrinking"),
    ("before", "after"), ("early", "late"), ("first", "last"), ("able", "unable"), ("high", "low"), ("new", "old"),
)  # fmt: skip
VARYING = frozenset(word for family in _FAMILIES for word in family)
_LETTERS = re.compile(r"[^\W_]+")
_STATUS = {
    "reported": compile_late(r"\b(?:according to|says?|by .{1,40}(?:data|estimate|count))\b", re.IGNORECASE),
    "forecast": compile_late(
        r"\b(?:will|would|could|should|may|might|likely|next|coming|by (?:20|21)\d\d|inferred|heading (?:for|to|towards?)|on (?:track|course)|prepar\w+ to|target(?:s|ed|ing)?|set (?:for|to)|(?:is|are) to|plans?|planned|intend(?:s|ed)?|(?:fore)?s(?:ees?|aw)|envisag\w+)\b",
        re.IGNORECASE,
    ),
}


class Qualifier(Struct, frozen=True):
    """A qualifying word of a text."""

    kind: str
    word: str
    start: int
    end: int


def find_qualifiers(text: str) -> Iterator[Qualifier]:
    """Yield the qualifying words of a quote, in order of class."""
    for kind, pattern in _QUALIFYING.items():
        for match in pattern.finditer(text):
            if (
                not _MONTH_OF_MAY.match(text, match.start())
                and not (match[0][0].isupper() and not _BEGINS.search(text[max(0, match.start() - 8) : match.start()]))
                and not (kind == "reported" and _RECORDED.search(text[max(0, match.start() - 80) : match.start()]))
                and not (kind == "reported" and _FILED.match(text, match.start()))
                and not (kind == "expected" and _CAME_TO_NOTHING.match(text, match.end()))
                and not (kind in ("expected", "reported") and is_only_compared(text, match.start()))
                and not (
                    kind == "reported"
                    and _ANNOUNCED.match(text, match.start())
                    and not _PASSIVE.search(text[max(0, match.start() - 24) : match.start()])
                )
            ):
                yield Qualifier(kind, match[0], match.start(), match.end())


def is_only_compared(text: str, at: int) -> bool:
    """Return whether a forecast or report is what an outcome is compared with: it says nothing of the outcome itself."""
    return bool(_COMPARED.search(text[max(0, at - 60) : at]))


def has_qualifier(kind: str, text: str) -> bool:
    """Return whether a text has a word of a class."""
    return any(not _MONTH_OF_MAY.match(text, match.start()) for match in _KEEPING[kind].finditer(text))


@lru_cache(maxsize=20000)
def stem(word: str) -> str:
    """Return a word without its ending, roughly: demands, demand and demanded have one stem."""
    word = word.lower()
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    word = _IRREGULAR.get(word, word)
    short = _ENDINGS.sub("", word) if len(word) > 4 else word
    if len(short) < 3:
        return word  # "national" is no "n"
    is_doubled = short != word and short[-1] == short[-2] and short[-1] in "bdgmnprt"
    return short[:-1] if is_doubled and len(short) > 3 else short  # "stopped" is of "stop"


_NOUNS = frozenset(
    """
    spring evening morning building housing mining farming shipping fishing nursing training spending funding wing king
    seed speed feed family assembly supply italy july monopoly
    """.split()  # noqa: SIM905 - a list of literals would take a line a word
)
"""Nouns that end as verbs and adverbs do."""


def is_verb(word: str) -> bool:
    """Return whether a word looks like a verb's form: earned, rising, fell."""
    word = word.lower()
    return word in _IRREGULAR or (bool(re.search(r"\w{2}(?:ed|ing|ly)$", word)) and word not in _NOUNS)


def is_stop_word(word: str) -> bool:
    """Return whether a word in small letters has no content of its own."""
    return word in _STOP


@lru_cache(maxsize=4096)
def content_stems(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the stems of a text's content words, each with its start and end."""
    found = []
    for match in _WORD.finditer(text):
        at = match.start()
        for part, length in _stem_parts(match[0]):
            found.append((part, at, at + length))
            at += length + 1
    return tuple(found)


def first_stems(text: str, count: int) -> list[str]:
    """Return the stems of a text's first content words."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        found += (part for part, _ in _stem_parts(match[0]))
        if len(found) >= count:
            break
    return found[:count]


@lru_cache(maxsize=20000)
def _stem_parts(word: str) -> tuple[tuple[str, int], ...]:
    """Return the stem and the length of each part of a word between hyphens; none where it has no content of its own."""
    if word.lower() in _STOP or not (len(word) > 1 or word.isdigit()):
        return ()
    parts = word.split("-")
    if len(parts) > 1 and parts[0].lower() == "non":  # what is not European is something else
        return ((stem(word.replace("-", "")), len(word)),)
    return tuple((stem(part), len(part)) for part in parts)


@lru_cache(maxsize=4096)
def stem_set(text: str) -> frozenset[str]:
    return frozenset(word for word, _, _ in content_stems(text))


def split_clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part of a text that can stand alone, roughly."""
    start = 0
    for match in _CLAUSE.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def is_varying(word: str) -> bool:
    """Return whether another word of its family in its place changes what a statement says: more for less."""
    return word.lower() in VARYING


def find_varying(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _LETTERS.finditer(text) if match[0].lower() in VARYING)


def other_members(word: str) -> frozenset[str]:
    """Return the other words of a word's families."""
    word = word.lower()
    return frozenset(other for family in _FAMILIES if word in family for other in family) - {word}


def says_status(status: str, text: str) -> bool:
    """Return whether a text says that a number is reported or a forecast; True for any other status."""
    pattern = _STATUS.get(status)
    if pattern is None:
        return True
    kind = "reported" if status == "reported" else "expected"
    return bool(pattern.search(text) or _KEEPING[kind].search(text))
