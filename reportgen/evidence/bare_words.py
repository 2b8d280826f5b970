"""Text as a stream of bare words, which is the same however the text is typeset.

Quotation marks, dashes, spaces, capitals and punctuation go; letters, digits, currency and percent signs stay. Two words
are separated by a space, a hyphen, or "~" where a line ended and a hyphen may have been lost.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

ELLIPSIS = "…"
_HYPHENS = "-‐‑–"
_DASHES = "-‐‑–—―−"
_APOSTROPHES = "'’‘ʼ"
_CURRENCIES = "$€£¥₩"
_KEPT = f"{_CURRENCIES}%+<>=≤≥≈"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_RUN = re.compile(r"(?P<plain>[A-Za-z0-9]+)|.", re.DOTALL)


class Stream(Struct, frozen=True):
    """Bare words. `offsets` has the place of each of their characters in the original text."""

    text: str
    offsets: tuple[int, ...]


def contains_name(text: str, name: str) -> bool:
    """Return whether a text has a name as whole words; as any letters in scripts that write particles onto a name."""
    wanted, found = strip_typography(name).text.strip(), strip_typography(text).text.replace("~", " ")
    if not name.isascii() and any("\u0600" <= char <= "\u06ff" or "\uac00" <= char <= "\ud7a3" for char in name):
        return wanted in found  # Arabic prefixes, Korean particles
    return f" {wanted} " in f" {found} "


@lru_cache(maxsize=2048)  # each rule that looks for a quote asks for its words
def strip_typography(text: str, joins: frozenset[int] = frozenset(), keep: str = "") -> Stream:
    """Return the bare words of a text. Characters of `keep` stay; `joins` are offsets of spaces at which lines ended."""
    stream: list[str] = []
    offsets: list[int] = []
    last = " "  # so that nothing begins with a separator
    for run in _RUN.finditer(text):
        at, found = run.start(), run[0]
        if run["plain"]:
            stream.append(found.lower())
            offsets.extend(range(at, run.end()))
            last = found[-1]
            continue
        for char in found if found in keep else _strip(text, at, at in joins):
            if char in " ~" and last in " ~-":
                continue
            stream.append(char)
            offsets.append(at)
            last = char
    whole = "".join(stream)
    length = len(whole.rstrip(" ~-"))
    return Stream(whole[:length], tuple(offsets[:length]))


def _strip(text: str, at: int, joined: bool) -> str:
    """Return what one character leaves in the stream: itself, a separator, or nothing."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char.isspace():
        return "~" if joined and before.isalpha() and after.islower() else " "
    if char in _APOSTROPHES:
        return "'" if before.isalpha() and after.isalpha() else "" if before.isalpha() else " "
    if char in _DASHES:
        return _strip_dash(char, before, after)
    if char in ".,":
        return _strip_point(text, at, before, after)
    if char in _INVISIBLE:
        return ""
    if char in _KEPT or unicodedata.combining(char):
        return char
    return unicodedata.normalize("NFKC", char).lower() if char.isalnum() else " "


def _strip_dash(char: str, before: str, after: str) -> str:
    if before.isdigit() and after.isdigit():
        return "–"
    if (not before or before.isspace() or before in "([“") and after and (after.isdigit() or after in _CURRENCIES):
        return "−"
    joins_words = char in _HYPHENS and before and not before.isspace() and (after.isalnum() or after.isspace())
    return "-" if joins_words else " "


def _strip_point(text: str, at: int, before: str, after: str) -> str:
    """Keep a decimal point; drop separators of thousands, the points of U.S. and all others."""
    char = text[at]
    if before.isdigit() and after.isdigit():
        thousands = char == "," and text[at + 1 : at + 4].isdigit() and not text[at + 4 : at + 5].isdigit()
        return "" if thousands else char
    if char == "." and after.isdigit() and not before.isalnum():
        return char
    if char == "." and before.isalpha() and not after.isspace():
        is_end = (
            before.islower() and text[at - 2 : at - 1].islower() and after.isupper() and text[at + 2 : at + 3].islower()
        )
        return " " if is_end else ""  # "the neutral stance.Growth and" are two sentences
    return " " if after and not after.isspace() else ""


def hash_words(*texts: str) -> str:
    """Return the hash under which the lock knows some words, however they are typeset."""
    words = "\n".join(strip_typography(text.replace("...", ELLIPSIS), keep="[]" + ELLIPSIS).text for text in texts)
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def shorten(text: str, length: int) -> str:
    """Cut a text for a message, at a space before `length`."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + " …"
