"""A text as tokens to compare: words with their case, and every sign by itself.

Unlike the audit, which asks whether a reader would notice, an editor's commas, hyphens and capitals count. What programs change
by themselves when they save does not: kinds of spaces and invisible characters, and the shape of quotation marks and minus signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

_EACH = "\u3040-\u30ff\u3400-\u9fff"  # written without spaces: each is a word
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_TOKEN = re.compile(rf"[{_EACH}]|(?:(?![{_EACH}])\w)+(?:[.,'’{_HIDDEN}]+(?:(?![{_EACH}])\w)+)*|[^\w\s{_HIDDEN}]")
_DROPPED = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
_SAME = str.maketrans("“”„‟«»″‘’‚‛ʼ′‐‑−", '"""""""' + "''''''" + "---")


class Token(Struct, frozen=True):
    """A word or a sign in the form that is compared, and its place in the text."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=8192)  # lines are compared with several others
def split_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text."""
    return tuple(Token(_normalize(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text))


@lru_cache(maxsize=8192)
def list_keys(text: str) -> tuple[str, ...]:
    """Return the words and signs of a text in the form that is compared."""
    return tuple(token.key for token in split_tokens(text))


def is_same_text(one: str, other: str) -> bool:
    """Say whether two texts differ by nothing that an editor has written."""
    return one == other or list_keys(one) == list_keys(other)


def slice_text(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    """Return the words from token `first` to token `last` as they are written."""
    return text[tokens[first].start : tokens[last - 1].end] if first < last else ""


def _normalize(word: str) -> str:
    if word.isascii() and word not in "\"'-":
        return word
    return unicodedata.normalize("NFC", word.translate(_DROPPED)).translate(_SAME)
