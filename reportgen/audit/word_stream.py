"""Text as a sequence of words to compare: what is said makes a difference, typesetting does not.

Case, spaces, hyphens and most punctuation are dropped. Figures, currency signs, bounds and quotation marks stay, each a
word of its own. So neither a line's end nor a program that splits runs makes a difference.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.qualifiers import CLASSES, FIRM, VARYING
from reportgen.text.bound_phrases import BOUNDS, DATE_BOUNDS
from reportgen.text.languages.english_numbers import MONTHS

_JOINED = "'’ʼ\u00ad\u200b-\u200d\u2060\ufeff"  # apostrophes and invisible characters belong to the word around them
_EACH = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"  # lines may break after any of these, so each is a word
_SIGNS = "\u2190-\u21ff\u2580-\u259f\u2600-\u27bf\u2b00-\u2bff"  # arrows, blocks that hide, ticks, crosses and stars
_WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
    rf"|[{_EACH}]|(?:(?![{_EACH}])[^\W\d_])+(?:[{_JOINED}]+(?:(?![{_EACH}])[^\W\d_])+)*"
    r"|(?<![\w)\]])[-−–‐‑](?=\u2060?[$€£¥₩]?\d)"
    r"|[$€£¥₩%‰°<>≤≥≈~×+±=¶§“”\"…½⅓⅔¼¾⅕⅛●○\ufffd]"
    rf"|[?!\u061f{_SIGNS}]"
)
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_SAME = {"”": "“", '"': "“", "–": "−", "-": "−", "‐": "−", "‑": "−"}


class Word(Struct, frozen=True):
    """A word in the form that is compared, and its place in the text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text with their places."""
    return tuple(Word(_normalize(match[0]), match.start(), match.end()) for match in _WORD.finditer(text))


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without their places."""
    return tuple(word.text for word in split_words(text))


def _normalize(word: str) -> str:
    if word in _SAME:
        return _SAME[word]
    if word[0].isdigit():
        return word.replace(",", "")
    word = unicodedata.normalize("NFKC", word).casefold().translate(_INVISIBLE)
    return word.replace("’", "'").replace("ʼ", "'")


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _words_of(*patterns: str) -> frozenset[str]:
    """Return the words that some patterns are made of."""
    text = " ".join(re.sub(r"\(\?[:i]|\\[a-z]", " ", pattern) for pattern in patterns)
    return frozenset(re.findall(r"[a-z]+", text.lower()))


_FIGURES = re.compile(
    rf"[\d½⅓⅔¼¾⅕⅛−-]|(?:{numerals.WORDS}|{numerals.ORDINAL}|half|thirds?|quarters?|fifths?|dozens?|twice|double[ds]?|triple[ds]?|\w+fold)$"
)
UNITS = _split(
    "$ € £ ¥ ₩ % ‰ ° × percent percentage points basis k m bn tn hundred thousand million billion trillion hundreds "
    "thousands millions billions trillions dollar dollars euro euros yen yuan won times fold rank year years month months "
    "week weeks day days decade decades century centuries hour hours"
)
DATES = frozenset(word for name in MONTHS for word in (name.lower(), name[:3].lower())) | {"early", "mid", "late", "s"}
QUANTIFIERS = _split(" ".join((*BOUNDS, *DATE_BOUNDS))) - _split("the of on order close to") | _split(
    "a an any all every each both several many much few fewer most some none only half more less least largest smallest "
    "< > ≤ ≥ ≈ ~ + ±"
)
QUALIFIERS = _words_of(*(pattern for pair in CLASSES.values() for pattern in pair), FIRM.pattern, *VARYING) - _split(
    "s ed ly to is are at ion ions ation d said part sure"
) | _split(
    "not no never nor neither without cannot can't don't doesn't won't isn't would should can undated sic inferred "
    "reluctant reluctance refusal ready able unable"
)


def is_figure(word: str) -> bool:
    """Say whether a word is a number, in figures or in letters."""
    return bool(_FIGURES.match(word)) and word != "second"
