"""The brief's language: the words that documents print of themselves, and how numbers and dates are written.

A language is a module with its labels (`korean.py`) and one with its numbers and dates (`korean_numbers.py`). A language
that has neither is set in English throughout: half a document in another language would be worse. Only what a brief's
language needs is imported.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportgen.text.languages.writing_tag import read_styles, strip_tag

if TYPE_CHECKING:
    from reportgen.text.languages.label_fields import Labels
    from reportgen.text.languages.writing import Writing

LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # a language tag
SUPPORTED = ("en", "ko", "ar")
MONTH_FIRST = ("US", "CA", "PH")
"""The regions whose English writes March 5, 2024."""
RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi")
"""The languages whose scripts run from right to left."""
RTL_SCRIPTS = ("arab", "aran", "hebr", "nkoo", "syrc", "thaa")
"""The same scripts by the subtags that a language may be written in: az-Arab."""


def resolve_language(language: str) -> str:
    """Return the supported language of a tag, else English: "ko" for "ko-KR", "en" for "fr"."""
    base = language.partition("-")[0].lower()
    return base if base in SUPPORTED else "en"


def is_day_first(language: str) -> bool:
    """Return True for English as it is written outside North America: 5 March 2024, on A4."""
    return language.partition("-")[0] == "en" and find_region(language) not in ("", *MONTH_FIRST)


def find_region(language: str) -> str:
    """Return the region of a tag, such as "GB"; "" for a tag without one."""
    parts = strip_tag(language).split("-")[1:]
    return next((part.upper() for part in parts if len(part) == 2 or part.isdigit()), "")


def load_labels(language: str) -> Labels:
    """Return the labels for a language tag."""
    match resolve_language(language):
        case "ko":
            from reportgen.text.languages.korean import KOREAN

            return KOREAN
        case "ar":
            from reportgen.text.languages.arabic import ARABIC

            return ARABIC
    if is_inserted(language):
        from reportgen.text.languages.inserted import load_inserted_labels

        return load_inserted_labels()
    from reportgen.text.languages.dialects import PERCENT_WORDS, load_english

    percent = next((style for style in read_styles(language) if style in PERCENT_WORDS), "")
    return load_english(find_region(language) if language.startswith("en") else "", percent)


def load_writing(language: str) -> Writing:
    """Return what writes numbers and dates for a language tag."""
    match resolve_language(language):
        case "ko":
            from reportgen.text.languages.korean_numbers import KoreanWriting

            return KoreanWriting(language)
        case "ar":
            from reportgen.text.languages.arabic_numbers import ArabicWriting

            return ArabicWriting(language)
    writing = _load_english_writing(language)
    if is_inserted(language):
        from reportgen.text.languages.inserted import InsertedWriting

        return InsertedWriting(writing)
    return writing


@lru_cache(maxsize=16)
def _load_english_writing(language: str) -> Writing:
    from reportgen.text.languages.english_numbers import EnglishWriting

    styles = read_styles(language)
    region = find_region(language) if language.startswith("en") else ""
    percent: Any = next((style for style in styles if style in ("oneword", "twowords", "sign")), "")
    if region and not percent:
        from reportgen.text.languages.dialects import find_dialect

        percent = find_dialect(region).percent
    is_styled = bool({"daymonth", "monthday"}.intersection(styles))
    day_first = "daymonth" in styles if is_styled else is_day_first(language)
    if is_inserted(language):
        percent = "sign"  # it needs no English
    locale = f"en-{region}" if region not in ("", "US") and not is_styled else ""
    return EnglishWriting(day_first, percent or "oneword", locale)


def find_direction(language: str) -> str:
    """Return the document's direction, "ltr" or "rtl": that of its language's script, in whatever language its labels are."""
    base, *subtags = strip_tag(language).lower().split("-")
    scripts = [each for each in subtags if len(each) == 4]
    is_rtl = scripts[0] in RTL_SCRIPTS if scripts else base in RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"


def is_inserted(language: str) -> bool:
    """Return whether labels, numbers and dates in English stand in text that runs from right to left."""
    return find_direction(language) == "rtl" and resolve_language(language) == "en"
