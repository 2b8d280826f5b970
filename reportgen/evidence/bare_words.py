"""Text as a stream of bare words, in which only what is said makes a difference, not how it is set.

Quotation marks, dashes, spaces, capitals and punctuation go; letters, digits, signs of money and percent stay. What
stands between two words is a space, a hyphen, or "~" where a line ended and a hyphen may have been lost.
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
ATTACHING = re.compile("[\u0600-\u06ff\uac00-\ud7a3]")  # Arabic prefixes, Korean particles
_APOSTROPHES = "'’‘ʼ"
_KEPT = "$€£¥₩%+<>=≤≥≈"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


class Stream(Struct, frozen=True):
    """Bare words; `offsets` tells where in the original text each of their characters stands."""

    text: str
    offsets: tuple[int, ...]


def names(text: str, name: str) -> bool:
    """Whether a text names somebody: word for word, but for scripts that write particles onto a name's ends."""
    wanted, found = bare(name).text.strip(), bare(text).text.replace("~", " ")
    if ATTACHING.search(name):
        return wanted in found
    return f" {wanted} " in f" {found} "


@lru_cache(maxsize=2048)  # a quote's words are asked for by each rule that looks for them
def bare(text: str, joins: frozenset[int] = frozenset(), keep: str = "") -> Stream:
    """The bare words of a text; characters of `keep` stay as they are."""
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
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        for char in _bare(found, before, after, text, at, at in joins, keep):
            if char in " ~" and last in " ~-":
                continue
            stream.append(char)
            offsets.append(at)
            last = char
    whole = "".join(stream)
    kept = len(whole.rstrip(" ~-"))
    return Stream(whole[:kept], tuple(offsets[:kept]))


_RUN = re.compile(r"(?P<plain>[A-Za-z0-9]+)|.", re.DOTALL)


def _bare(char: str, before: str, after: str, text: str, at: int, joined: bool, keep: str) -> str:
    """What one character leaves in the stream: itself, a separator, or nothing."""
    if char in keep:
        return char
    if char.isspace():
        return "~" if joined and before.isalpha() and after.islower() else " "
    if char in _APOSTROPHES:
        return "'" if before.isalpha() and after.isalpha() else "" if before.isalpha() else " "
    if char in _DASHES:
        return _dash(char, before, after)
    if char in ".,":
        return _point(char, before, after, text, at)
    if char in _KEPT:
        return char
    if char in _INVISIBLE or unicodedata.combining(char):
        return "" if char in _INVISIBLE else char
    if char.isalnum():
        return unicodedata.normalize("NFKC", char).lower()
    return " "


def _dash(char: str, before: str, after: str) -> str:
    if before.isdigit() and after.isdigit():
        return "–"
    if (not before or before.isspace() or before in "([“") and (after.isdigit() or after in tuple("$€£¥₩")):
        return "−"
    return (
        "-"
        if char in _HYPHENS and before and not before.isspace() and (after.isalnum() or after.isspace()) and after
        else " "
    )


def _point(char: str, before: str, after: str, text: str, at: int) -> str:
    """A decimal point stays; a separator of thousands, the points of U.S. and all others go."""
    if before.isdigit() and after.isdigit():
        thousands = char == "," and text[at + 1 : at + 4].isdigit() and not text[at + 4 : at + 5].isdigit()
        return "" if thousands else char
    if char == "." and after.isdigit() and not before.isalnum():
        return char
    if char == "." and (before.isalpha() and (not after or not after.isspace())):
        return ""
    return " " if after and not after.isspace() else ""


def digest(*texts: str) -> str:
    """The hash under which the words of a quote are remembered: how they are set makes no difference to it."""
    words = "\n".join(bare(text.replace("...", ELLIPSIS), keep="[]" + ELLIPSIS).text for text in texts)
    return hashlib.sha256(words.encode()).hexdigest()[:32]
