"""Stamps in any text: in other letters' case, with other separators, wrapped over lines, edited or incomplete.

The audit recognizes a stamp by its exact words (`text/stamp_text.py`). Here a text may have been through a printer, a
chat or somebody's hands, so it is folded first: no accents, no case, Western digits, no invisible characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from reportgen.text.languages import SUPPORTED, load_labels
from reportgen.text.stamp_text import DATE, NAME, SEPARATOR

MAX_NAME = 300
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\s*\n\s*(?=[^\W\d_])")
_APART = r"[\W_]{1,12}"
_NUMBER = r"(?<!\d)(?P<{group}>\d{{1,9}})(?!\d)"
_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_FROM_LEFT = re.compile(
    r"[0-9A-Za-z\u0660-\u0669][0-9A-Za-z\u0660-\u0669.,/-]*"
)  # runs that both orders have from left to right
_LABEL = re.compile(r"\{(\w+)\}")


class Found(Struct, frozen=True):
    """A stamp as it stands in a text; what it lacks is None. `words` are the text's own."""

    words: str
    name: str | None
    number: int | None
    version: int | None
    date: str | None
    language: str

    @property
    def is_whole(self) -> bool:
        return bool(self.name and self.date) and None not in (self.number, self.version)


def find_stamps(text: str) -> list[Found]:
    """Return all stamps of a text, whole or not, in their order; of Arabic, also those in the order of painting."""
    found = find_stamps_in_order(text)
    return found or (find_stamps_in_order(read_from_right(text)) if _ARABIC.search(text) else [])


def find_stamps_in_order(text: str) -> list[Found]:
    """Return the stamps of a text that stands in reading order."""
    return _find(text, _stamp_pattern)


def find_letter_lines(text: str) -> list[Found]:
    """Return the sentences of cover letters that say the copy's number and version."""
    return _find(text, _letter_pattern)


def fold(text: str) -> str:
    """Return the letters and digits of a text that remain whatever typography, case or line breaks did to it."""
    return re.sub(r"[\W_]+", "", "".join(map(_fold_letter, text)))


def read_from_right(text: str) -> str:
    """Return lines in reading order that a program has extracted from left to right, as they are painted."""
    lines = (_FROM_LEFT.sub(lambda run: run[0][::-1], line[::-1]) for line in text.splitlines())
    return "\n".join(lines)


def _find(text: str, pattern: Callable[[str], re.Pattern[str]]) -> list[Found]:
    text = _HYPHENATED.sub("", text)
    letters = [_fold_letter(letter) for letter in text]
    folded = "".join(letters)
    places = [place for place, letter in enumerate(letters) for _ in letter]
    taken: list[tuple[int, int, Found]] = []
    for language in SUPPORTED:
        for match in pattern(language).finditer(folded):
            start, end = places[match.start()], places[match.end() - 1] + 1
            if _is_prose(match):
                continue
            taken.append((start, -end, _read_match(match, text, places, language)))
    kept: list[Found] = []
    reached = -1
    for start, end, found in sorted(taken, key=lambda each: each[:2]):
        if start >= reached:
            kept.append(found)
            reached = -end
    return kept


def _read_match(match: re.Match[str], text: str, places: list[int], language: str) -> Found:
    def own(group: str) -> str | None:
        if group not in match.re.groupindex or match[group] is None:
            return None
        return " ".join(text[places[match.start(group)] : places[match.end(group) - 1] + 1].split())

    def read_number(group: str) -> int | None:
        found = [match[name] for name in match.re.groupindex if name.startswith(group) and match[name]]
        return int(found[0]) if found else None

    words = " ".join(text[places[match.start()] : places[match.end() - 1] + 1].split())
    date = next((own(name) for name in ("date1", "date2", "date3", "date4") if own(name)), None)
    return Found(words, own("name"), read_number("number"), read_number("version"), date, language)


def _is_prose(match: re.Match[str]) -> bool:
    """Say whether a name and a number alone are neighbouring sentences: "Prepared for the board. Copy 2 …"."""
    groups = match.re.groupindex
    if "number1" not in groups or not match["number1"] or match["version1"]:
        return False
    return not re.search(r"[^\w\s.,;:]", match.string[match.end("name") : match.start("number1")])


@lru_cache(maxsize=65_536)
def _fold_letter(letter: str) -> str:
    """Return what a letter is compared by: one without accents and case, a Western digit, or nothing."""
    if letter.isascii():
        return letter.lower()
    parts = []
    for part in unicodedata.normalize("NFKD", letter).casefold():
        category = unicodedata.category(part)
        if category == "Nd":
            parts.append(str(unicodedata.digit(part)))
        elif category not in ("Mn", "Cf") and part != "\u0640":  # the Arabic letter that only widens a word
            parts.append(part)
    return "".join(parts)


@lru_cache(maxsize=8)
def _stamp_pattern(language: str) -> re.Pattern[str]:
    """Return a pattern of folded text: a stamp, or two neighbouring parts of one.

    Without name and number, only a stamp with our own separator counts: a text may well name a version and its day.
    """
    words = load_labels(language).distribute
    before, after = (_loosen(part) for part in words.prepared_for.split(NAME))
    opening = rf"(?<!\w){before}[\W_]*"
    name = rf"(?P<name>(?:(?!{before}).){{1,{MAX_NAME}}}?){after}"
    copies = [rf"(?<!\w){_label(words.copy, f'number{place}')}" for place in (1, 2)]
    versions = [rf"(?<!\w){_label(words.version, f'version{place}')}" for place in (1, 2, 3, 4)]
    orders = "|".join(_fill(pattern, DATE.__getitem__) for pattern in words.date_patterns)
    dates = [rf"(?P<date{place}>{orders})" for place in (1, 2, 3, 4)]
    of_name = (
        rf"{opening}{name}{_APART}(?:{copies[0]}(?:{_APART}{versions[0]}(?:{_APART}{dates[0]})?)?"
        rf"|{versions[1]}{_APART}{dates[1]})"
    )
    of_number = rf"{copies[1]}{_APART}{versions[2]}(?:{_APART}{dates[2]})?"
    exact = rf"{versions[3]}{re.escape(SEPARATOR)}{dates[3]}"
    return re.compile(rf"{of_name}|{of_number}|{exact}", re.DOTALL)


@lru_cache(maxsize=8)
def _letter_pattern(language: str) -> re.Pattern[str]:
    words = load_labels(language).letter.numbered
    end = max(words.index("{number}"), words.index("{version}"))
    return re.compile(_label(words[: words.index("}", end) + 1]))


def _label(text: str, group: str = "") -> str:
    """Return a pattern of a label; its numbers are named after their fields, or by one name."""
    return _fill(text, lambda field: _NUMBER.format(group=group or field))


def _fill(text: str, write_field: Callable[[str], str]) -> str:
    """Return a pattern of a label, with one for each of its {fields}."""
    words, fields = _LABEL.split(text)[::2], _LABEL.split(text)[1::2]
    return "".join(
        f"{_loosen(word)}{write_field(field)}" for word, field in zip(words, fields, strict=False)
    ) + _loosen(words[-1])


def _loosen(text: str) -> str:
    """Return a pattern of a label's words, whose letters a line may part and whose signs may be others."""
    letters = [r"[\W_]*" if not part.isalnum() else re.escape(part) for part in "".join(map(_fold_letter, text))]
    pattern = r"\s*".join(letters)
    return re.sub(r"(?:\\s\*)?(?:\[\\W_\]\*(?:\\s\*)?)+", r"[\\W_]*", pattern)
