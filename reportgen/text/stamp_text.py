"""What a copy is stamped with, as one value: written by whoever distributes, known again by whoever reads a file.

It stands below both, for the audit must tell a stamp from an alteration without knowing how copies are made.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from reportgen.text.languages import SUPPORTED, load_labels
from reportgen.text.numbers import format_long_date

SEPARATOR = " · "
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what would turn the direction of the words behind a name
NAME = "{name}"
NUMBER = r"(?<!\d)\d{1,9}(?!\d)"  # what may be a copy's or a version's: nobody has made a thousand million
DATE = {"day": r"\d{1,2}", "month": r"(?:[^\W\d]+|\d{1,2})", "year": r"\d{4}"}


class Stamp(Struct, frozen=True):
    """A version, the brief's date and, for a numbered copy, whose it is. `language` is the document's."""

    version: int
    date: str
    recipient: str = ""
    number: int | None = None
    language: str = "en"

    @classmethod
    def of(
        cls, day: datetime.date, language: str, version: int = 1, recipient: str = "", number: int | None = None
    ) -> Stamp:
        """The stamp of a document of that day."""
        return cls(version, clean_line(format_long_date(day, language)), recipient, number, language)

    @property
    def text(self) -> str:
        """ "Prepared for NAME · Copy 12 · Version 1 · December 1, 2020": one line, whatever the name."""
        words = load_labels(self.language).distribute
        name = clean_line(self.recipient).replace(SEPARATOR, ", ")  # so that nobody's name ends before it ends
        parts = [words.prepared_for.format(name=name)] if name else []
        parts += [words.copy.format(number=self.number)] if self.number is not None else []
        return SEPARATOR.join((*parts, words.version.format(number=self.version), clean_line(self.date)))


def clean_line(text: str) -> str:
    """Text on one line, composed, every run of space one space, without what turns its direction."""
    return " ".join(re.sub(f"[{TURNING}]", "", unicodedata.normalize("NFC", text)).split())


def read_stamp(text: str) -> Stamp | None:
    """The last stamp that an extracted text has, however its lines were broken; None where it has none."""
    said = clean_line(text)
    if exact := parse_stamp(said):
        return exact
    found = max(_found(said), key=lambda pair: pair[0], default=None)
    return found[1] if found else None


def parse_stamp(text: str) -> Stamp | None:
    """The stamp that a text is, and nothing besides."""
    said = clean_line(text)
    for language in SUPPORTED:
        if found := re.fullmatch(_pattern(language, ".+?"), said):
            return _stamp(found, language)
    return None


def split_stamp(text: str) -> tuple[str, str]:
    """A running text without the stamp at its end, and that stamp's words; empty where it has none."""
    said = clean_line(text)
    if parse_stamp(said):
        return "", said
    ends = (re.search(rf"{SEPARATOR}({_pattern(language)})$", said) for language in SUPPORTED)
    found = next((each for each in ends if each), None)
    return (said[: found.start()], found[1]) if found else (text, "")


def _found(said: str) -> Iterator[tuple[int, Stamp]]:
    for language in SUPPORTED:
        for found in re.finditer(_pattern(language), said):
            yield found.end(), _stamp(found, language)


def _stamp(found: re.Match[str], language: str) -> Stamp:
    number = found["number"]
    return Stamp(int(found["version"]), found["date"], found["name"] or "", int(number) if number else None, language)


@lru_cache(maxsize=16)
def _pattern(language: str, name: str = "") -> str:
    """A stamp in one language. In the midst of other text, a name does not hold the words that open a stamp."""
    words = load_labels(language).distribute
    opening, closing = (re.escape(part) for part in words.prepared_for.split(NAME))
    name = name or rf"(?:(?!{opening}|{re.escape(SEPARATOR)}).){{1,300}}"
    copy, version = (
        re.escape(text).replace(r"\{number\}", rf"(?P<{group}>{NUMBER})")
        for text, group in ((words.copy, "number"), (words.version, "version"))
    )
    date = re.sub(r"\\{(\w+)\\}", lambda part: DATE[part[1]], re.escape(words.written))
    apart = re.escape(SEPARATOR)
    return rf"(?:{opening}(?P<name>{name}){closing}{apart})?(?:{copy}{apart})?{version}{apart}(?P<date>{date})"
