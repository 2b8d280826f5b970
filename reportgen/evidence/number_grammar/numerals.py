"""Number words and figures as values: "one hundred and five", "4th", "1,500"."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mm": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12, "dozen": 12,
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
FRACTIONS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12,
    "twentieth": 20, "hundredth": 100, "thousandth": 1000, "millionth": 1e6,
}  # fmt: skip
PARTS = (
    "half|halve|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|hundredth|thousandth|millionth"
)
PARTS_NEED = "half|halve|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|tieth|twelfth|dredth|sandth|lionth"
_VULGAR = {
    "¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8, "⅙": 1 / 6, "⅚": 5 / 6,
    "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875,
}  # fmt: skip


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# Each word is in these patterns as rarely as possible: they are part of many patterns that each run compiles.
_SMALL = rf"(?:(?:{_alternatives(_TENS)})(?:[- ](?:{_alternatives([word for word, value in _ONES.items() if 0 < value < 10])}))?|{_alternatives(_ONES)})"
FIGURES = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\w)\.\d+)"
WORDS = rf"(?:{_SMALL}(?:[- ]hundred(?:[- ](?:and[- ])?{_SMALL})?)?)"
LAST_WORDS = _alternatives([*_ONES, *_TENS, "hundred"])
"""The words with which WORDS may end."""
SCALE_WORDS = r"(?:hundred|thousand|million|billion|trillion|lakhs?|crores?)"
SCALE_SIGNS = r"(?:bn|mn|tn|trn|mln|bln|mm|[kmb])"
ALL_WORDS = frozenset(
    [*_ONES, *_TENS, *_ORDINALS, *FRACTIONS, "hundred", "thousand", "million", "billion", "trillion", "dozen", "dozens", "scores", "tens", "hundreds",
     "thousands", "millions", "billions", "trillions", "thirds", "quarters", "fifths", "twice", "thrice", "decade", "century", "world"]
)  # fmt: skip
"""The words that can be a part of a number."""
COUNTING_WORDS = frozenset([*_ONES, *_TENS])
ORDINAL_WORDS = rf"(?:(?:{_alternatives(_TENS)})-(?:{_alternatives([word for word, value in _ORDINALS.items() if value < 10])})|{_alternatives(_ORDINALS)})"
ORDINAL = rf"(?:\d+(?:st|nd|rd|th)|{ORDINAL_WORDS})"
VULGAR = "[¼-¾⅓-⅞]"


def parse_number(text: str) -> float:
    """Return the value of a match of FIGURES, WORDS or VULGAR."""
    text = text.lower().strip()
    if text in _VULGAR:
        return _VULGAR[text]
    if re.fullmatch(FIGURES, text):
        return float(text.replace(",", ""))
    head, hundred, tail = text.partition("hundred")
    if hundred:
        rest = re.sub(r"^[- ]*(?:and[- ])?", "", tail)
        return parse_number(head) * 100 + (parse_number(rest) if rest else 0)
    return float(sum(_ONES.get(word, _TENS.get(word, 0)) for word in re.split(r"[- ]+", text) if word))


def parse_ordinal(text: str) -> int:
    """Return the value of an ordinal, in figures or words; 0 where a text is none."""
    text = text.lower()
    if digits := re.match(r"\d+(?=st|nd|rd|th)", text):
        return int(digits[0])
    tens, hyphen, ones = text.rpartition("-")
    if ones not in _ORDINALS or (hyphen and tens not in _TENS):
        return 0
    return _ORDINALS[ones] + _TENS.get(tens, 0)


def is_ordinal_word(word: str) -> bool:
    return word.lower() in _ORDINALS


def parse_scale(text: str | None) -> float:
    return SCALES[text.lower()] if text else 1.0
