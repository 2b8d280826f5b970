"""The dialects of English: how each spells our labels, quotes titles and writes percentages.

Labels are written once, in American English (`english.py`); the other dialects are made from them by these tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import asdict, replace

from reportgen.text.languages.english import ENGLISH
from reportgen.text.languages.label_fields import Labels

T = TypeVar("T")
BRITISH = {"organization": "organisation", "judgment": "judgement", "judgments": "judgements"}
PERCENT_WORDS = {"oneword": "percent", "twowords": "per cent", "sign": "%"}


class Dialect(Struct, frozen=True):
    """A region's English."""

    words: Mapping[str, str] = {}
    """The American spelling of words in labels, and the region's."""
    percent: str = "twowords"
    british_marks: bool = True
    """True for ‘titles’ and “quotations” with a stop or comma of the sentence behind the closing mark."""


AMERICAN = Dialect(percent="oneword", british_marks=False)
CANADIAN = Dialect(british_marks=False)
COMMONWEALTH = Dialect(BRITISH)
DIALECTS: Mapping[str, Dialect] = {"": AMERICAN, "US": AMERICAN, "PH": AMERICAN, "CA": CANADIAN}
"""By region; every other writes as Britain does."""


def find_dialect(region: str) -> Dialect:
    return DIALECTS.get(region.upper(), COMMONWEALTH)


@lru_cache(maxsize=16)
def load_english(region: str, percent: str) -> Labels:
    """Return the labels of a region; `percent` is a house's style of percentages, "" for the region's own."""
    dialect = find_dialect(region)
    words = {**dialect.words, "percent": PERCENT_WORDS[percent or dialect.percent]}
    if dialect is AMERICAN and words["percent"] == "percent":
        return ENGLISH
    labels = _respell(ENGLISH, words, dialect.british_marks)
    charts = replace(labels.charts, percent=words["percent"].capitalize())
    if not dialect.british_marks:
        return replace(labels, charts=charts)
    return replace(labels, charts=charts, marks=replace(labels.marks, stop_inside=False))


def _respell(value: T, words: Mapping[str, str], british_marks: bool) -> T:
    """Return labels with each text in a dialect's spelling and quotation marks."""
    result: Any = value
    match value:
        case str():
            result = _respell_text(value, words, british_marks)
        case tuple():
            result = tuple(_respell(each, words, british_marks) for each in value)
        case dict():
            result = {key: _respell(each, words, british_marks) for key, each in value.items()}
        case Struct():
            result = type(value)(**{name: _respell(each, words, british_marks) for name, each in asdict(value).items()})
    return cast("T", result)


def _respell_text(text: str, words: Mapping[str, str], british_marks: bool) -> str:
    def respell(found: re.Match[str]) -> str:
        word = words.get(found[0].lower(), found[0])
        return word.capitalize() if found[0][0].isupper() and word != found[0] else word

    text = re.sub(r"(?<![{\w])[A-Za-z]+(?![}\w])", respell, text)
    text = text.replace(" %", "%")
    if not british_marks:
        return text
    return re.sub(r"“([^”]*?)([.,]?)”", r"‘\1’\2", text)
