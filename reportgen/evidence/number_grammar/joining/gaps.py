"""The words between numbers and before them: what joins two, and what says that one is a change of another."""

from __future__ import annotations

import re

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.mention import Mention
from reportgen.evidence.number_grammar.patterns import SPACE
from reportgen.text.late_pattern import compile_late

DASH = compile_late(rf"{SPACE}?[-–]{SPACE}?|-to-|—")
TO = compile_late(
    rf"{SPACE}(?:to|through){SPACE}(?:(?:up{SPACE}to|as{SPACE}(?:much|many|high){SPACE}as|about|around|roughly){SPACE})?\+?",
    re.IGNORECASE,
)
AND, OR = compile_late(rf"{SPACE}and{SPACE}\+?", re.IGNORECASE), compile_late(rf"{SPACE}or{SPACE}", re.IGNORECASE)
LIST = compile_late(
    rf"-?,{SPACE}(?:and{SPACE}|or{SPACE})?|{SPACE}(?:and|or|to|through){SPACE}|{SPACE}?[-–/]{SPACE}?", re.IGNORECASE
)
_CHANGES = frozenset(
    """
    rise rises rose risen rising fell fall falls fallen falling grew cut cuts cutting went go goes going gone up down
    ease eased eases easing move moved moves moving dip dips dipped dipping edge edged edges edging shrank shrink
    shrinks shrunk shrinking crept sank sunk shot swung swing swings shed brought took came
    """.split()  # noqa: SIM905 - a list of literals would take a line a word
)
_CHANGE_STEMS = (
    "grow", "increas", "decreas", "declin", "drop", "jump", "climb", "reduc", "rais", "lower", "chang", "expand", "slash", "soar", "surg", "plung",
    "slow", "improv", "slid", "slip", "narrow", "widen", "doubl", "tripl", "halv", "boost", "swell", "swollen", "revis", "upgrad", "downgrad", "shift", "tick",
    "extend", "lift", "return", "adjust", "accelerat", "contract", "worsen", "strengthen", "weaken", "tighten", "trim", "shorten", "lengthen", "warm", "cool",
    "deteriorat", "recover", "advanc", "skyrocket", "rocket", "balloon", "plummet", "tumbl", "collaps", "spik", "escalat", "mushroom", "dwindl",
    "leap", "spiral", "inch", "diminish", "rebound", "bounc", "creep", "multipl", "evolv", "progress", "sink", "erod", "trend", "upward", "downward", "gain",
)  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_ABOUT = compile_late(r"\s(?:about|around|roughly|some|nearly|almost|another|an additional|just)\s\Z")
SENTENCE_END = compile_late(r"[.;!?]\s")
NO_NOUN = compile_late(
    r"(?:in|at|by|for|across|throughout|nationwide|worldwide|during|on|last|this|a year|from|as|under|over|between|among|respectively|today|now|since|before|after|when|if|with|to|and|or|of|the"
    r"|a|an|each|every|per|annually|yearly|compared|versus|expected|forecast|projected|predicted|estimated|lower|higher|more|less|fewer|above|below|than|up|down|while|but|though|because|so|who|that|which"
    r"|readings?|figures?|died|die|fell|rose|grew|were|was|are|is|had|have|has|did|will|would|could|may|might|can|live|lived|lost|went|came|got|received|remain\w*)\b|\Z",
    re.IGNORECASE,
)
VERB = compile_late(
    r"(?:are|were|is|was|have|has|had|will|would|could|may|might|can|did|do|does|still|already)\b", re.IGNORECASE
)
SCALES = compile_late(rf"(?<![a-z])({numerals.SCALE_WORDS}|{numerals.SCALE_SIGNS})\b")


def find_gap(text: str, first: Mention, second: Mention) -> str:
    return text[max(first.stop, first.end) : second.first]


def is_bare(mention: Mention) -> bool:
    return mention.kind == "count" and not mention.unit and not mention.noun


def has_no_noun(mention: Mention) -> bool:
    """Return whether the words after a number do not say what it counts: 520 in 2020, 40 are silver."""
    return bool(NO_NOUN.match(mention.noun) or VERB.match(mention.noun))


def is_confidence(mention: Mention) -> bool:
    """Return whether a number is the level of an interval: 95% CI."""
    return mention.kind == "percent" and bool(
        re.match(r"(?:CI|CrI|UI|confidence|credible|uncertainty)\b", mention.noun)
    )


def says_change(text: str) -> bool:
    """Return whether a text has a word of change: rose, fell, was cut."""
    return any(word in _CHANGES or word.startswith(_CHANGE_STEMS) for word in _WORD.findall(text.lower()))


def ends_with_change(text: str) -> bool:
    """Return whether the last word before a number says that it is a change."""
    words = _WORD.findall(_ABOUT.sub("", text.lower()))
    return bool(words) and (words[-1] in _CHANGES or words[-1].startswith(_CHANGE_STEMS))
