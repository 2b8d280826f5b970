"""The brief's language: the words that documents print of themselves, and how numbers and dates are written.

A language is a module with its labels (`korean.py`) and one with its numbers and dates (`korean_numbers.py`). A language
that has neither is set in English throughout: half a document in another language would be worse. Only what a brief's
language needs is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.text.languages.label_fields import Labels
    from reportgen.text.languages.writing import Writing

LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # a language tag
SUPPORTED = ("en", "ko", "ar")
MONTH_FIRST = ("US", "CA", "PH")
"""The regions whose English writes March 5, 2024."""
RIGHT_TO_LEFT = ("ar",)


def resolve_language(language: str) -> str:
    """Return the supported language of a tag, else English: "ko" for "ko-KR", "en" for "fr"."""
    base = language.partition("-")[0].lower()
    return base if base in SUPPORTED else "en"


def is_day_first(language: str) -> bool:
    """Return True for English as it is written outside North America: 5 March 2024, on A4."""
    base, _, region = language.partition("-")
    return base == "en" and region.upper() not in ("", *MONTH_FIRST)


def load_labels(language: str) -> Labels:
    """Return the labels for a language tag."""
    match resolve_language(language):
        case "ko":
            from reportgen.text.languages.korean import KOREAN

            return KOREAN
        case "ar":
            from reportgen.text.languages.arabic import ARABIC

            return ARABIC
    from reportgen.text.languages.english import ENGLISH

    return ENGLISH


def load_writing(language: str) -> Writing:
    """Return what writes numbers and dates for a language tag."""
    match resolve_language(language):
        case "ko":
            from reportgen.text.languages.korean_numbers import KoreanWriting

            return KoreanWriting(language)
        case "ar":
            from reportgen.text.languages.arabic_numbers import ArabicWriting

            return ArabicWriting(language)
    from reportgen.text.languages.english_numbers import EnglishWriting

    return EnglishWriting(day_first=is_day_first(language))


def find_direction(language: str) -> str:
    """Return the document's direction, "ltr" or "rtl". One whose labels are English runs as English does."""
    return "rtl" if resolve_language(language) in RIGHT_TO_LEFT else "ltr"
