"""The words of a copy's stamp, written by `distribute/` and recognized by `audit/`.

The module stands below both, as the audit must tell a stamp from an alteration without knowing how copies are made.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from reportgen.text.languages import SUPPORTED, load_labels
from reportgen.text.numbers import format_long_date

SEPARATOR = " · "
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they would turn the words after a name
NAME = "{name}"
NUMBER = r"(?<!\d)\d{1,9}(?!\d)"  # a copy's or a version's
DATE = {"day": r"\d{1,2}", "month": r"(?:[^\W\d]+|\d{1,2})", "year": r"\d{4}"}


class Stamp(Struct, frozen=True):
    """A version, the brief's date and, for a numbered copy, its recipient. `language` is the document's."""

    version: int
    date: str
    recipient: str = ""
    number: int | None = None
    language: str = "en"

    @classmethod
    def of(
        cls, day: datetime.date, language: str, version: int = 1, recipient: str = "", number: int | None = None
    ) -> Stamp:
        """Return the stamp of a document of that day."""
        return cls(version, clean_line(format_long_date(day, language)), recipient, number, language)

    @property
    def text(self) -> str:
        """ "Prepared for NAME · Copy 12 · Version 1 · December 1, 2020", always on one line."""
        words = load_labels(self.language).distribute
        name = clean_line(self.recipient).replace(SEPARATOR, ", ")  # so that no name ends early
        parts = [words.prepared_for.format(name=name)] if name else []
        parts += [words.copy.format(number=self.number)] if self.number is not None else []
        return SEPARATOR.join((*parts, words.version.format(number=self.version), clean_line(self.date)))


def mark_stamp(text: str) -> str:
    """Return the hidden mark of a stamp's line: 32 hexadecimal digits, which stay in a file when its words are edited."""
    return hashlib.sha256(clean_line(text).encode()).hexdigest()[:32]


def clean_line(text: str) -> str:
    """Return text on one line, in NFC, with single spaces and without bidi controls."""
    return " ".join(re.sub(f"[{BIDI_CONTROLS}]", "", unicodedata.normalize("NFC", text)).split())


def read_stamp(text: str) -> Stamp | None:
    """Return the last stamp in an extracted text, however its lines were broken; None if there is none."""
    line = clean_line(text)
    if whole := parse_stamp(line):
        return whole
    found = [
        (match.end(), _build_stamp(match, language))
        for language in SUPPORTED
        for match in re.finditer(_stamp_pattern(language), line)
    ]
    return max(found, key=lambda pair: pair[0], default=(0, None))[1]


def parse_stamp(text: str) -> Stamp | None:
    """Return the stamp that the whole text is, or None."""
    line = clean_line(text)
    for language in SUPPORTED:
        if found := re.fullmatch(_stamp_pattern(language, ".+?"), line):
            return _build_stamp(found, language)
    return None


def split_stamp(text: str) -> tuple[str, str]:
    """Split a running text from the stamp at its end; the stamp's words are empty if there is none."""
    line = clean_line(text)
    if parse_stamp(line):
        return "", line
    ends = (re.search(rf"{SEPARATOR}({_stamp_pattern(language)})$", line) for language in SUPPORTED)
    found = next((each for each in ends if each), None)
    return (line[: found.start()], found[1]) if found else (text, "")


def _build_stamp(found: re.Match[str], language: str) -> Stamp:
    number = found["number"]
    return Stamp(int(found["version"]), found["date"], found["name"] or "", int(number) if number else None, language)


@lru_cache(maxsize=16)
def _stamp_pattern(language: str, name: str = "") -> str:
    """Return a regex for stamps in one language. Within other text, a name may not contain a stamp's opening words."""
    words = load_labels(language).distribute
    opening, closing = (re.escape(part) for part in words.prepared_for.split(NAME))
    name = name or rf"(?:(?!{opening}|{re.escape(SEPARATOR)}).){{1,300}}"
    copy, version = (
        re.escape(text).replace(r"\{number\}", rf"(?P<{group}>{NUMBER})")
        for text, group in ((words.copy, "number"), (words.version, "version"))
    )
    orders = "|".join(map(re.escape, words.date_patterns))
    date = re.sub(r"\\{(\w+)\\}", lambda part: DATE[part[1]], orders)
    apart = re.escape(SEPARATOR)
    return rf"(?:{opening}(?P<name>{name}){closing}{apart})?(?:{copy}{apart})?{version}{apart}(?P<date>{date})"
