"""The signs that words give to numbers: what fell by 5 percent changed by −5 percent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.text.late_pattern import compile_late

_FALL = (
    r"\b(?:declin(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|fell|fall(?:s|en|ing)?|dropp?(?:s|ed|ing)?|shr[aiu]nk(?:s|ing)?|contract(?:s|ed|ing)?|shed(?:s|ding)?"
    r"|down|slid(?:es?)?|slipp?(?:s|ed|ing)?|plung(?:e[sd]?|ing)|tumbl(?:e[sd]?|ing)|plummet(?:s|ed|ing)?|reduc(?:e[sd]?|ing)|cut(?:s|ting)?)"
)
_LOSS = r"|\b(?:declines?|decreases?|falls?|drops?|cuts?|reductions?|contractions?)\sof"
_LOSS_BEFORE = compile_late(rf"(?:{_FALL}{_LOSS})\s(?:by\s)?(?:an?\s)?\Z", re.IGNORECASE)
_FALL_AFTER = compile_late(
    r"\s(?:[a-z]+\s)?(?:decline|decrease|fall|drop|cut|reduction|contraction|slump|plunge)\b", re.IGNORECASE
)
_LESS_AFTER = compile_late(r"\s(?:lower|less|fewer|down|below|smaller)\b", re.IGNORECASE)
_SPACED_MINUS = compile_late(r"[a-z]\s?[-–−]\s\Z", re.IGNORECASE)
_SPACED_PLUS = compile_late(r"[a-z]\s?\+\s?\$?\d|\s\+\s\$?\d", re.IGNORECASE)
_RISES_BEFORE = compile_late(
    r"\b(?:rose|rise[ns]?|rising|grew|grow(?:s|n|ing)?|increas(?:e[sd]?|ing)|jump(?:s|ed|ing)?|climb(?:s|ed|ing)?|surg(?:e[sd]?|ing)|gain(?:s|ed|ing)?)\s(?:by\s)?(?:an?\s)?\Z",
    re.IGNORECASE,
)
_CHANGE_BEFORE = compile_late(r"\bchang(?:e[sd]?|ing)\s(?:[^\s,;.]+\s){0,4}?(?:by|of)\s\Z", re.IGNORECASE)
_BEYOND = compile_late(r"(?:below|under|above|over)\s", re.IGNORECASE)
_REACH = 40  # characters before a number that can have its verb


def find_falls(text: str) -> Iterator[Mention]:
    """Yield the numbers by which something falls, with a minus; those of a table's "- 0.161" beside "+ 6" too."""
    for mention in find_mentions(text):
        if not isinstance(mention.value, float | int) or mention.value <= 0 or mention.high is not None:
            continue
        before = text[max(0, mention.first - _REACH) : mention.first]
        if _BEYOND.match(text, mention.first):
            continue  # "drops below 1,045 feet" says where it ends, not by how much
        if (
            _LOSS_BEFORE.search(before)
            or _FALL_AFTER.match(text, mention.stop)
            or (_SPACED_MINUS.search(before) and _SPACED_PLUS.search(text))
        ):
            yield replace(mention, value=-mention.value)


def turns_sign(text: str, start: int, end: int) -> bool:
    """Return whether the words around a number say that it is a loss: "fell by", "a drop of", "lower"."""
    return bool(
        _LOSS_BEFORE.search(text[max(0, start - _REACH) : start])
        or _LESS_AFTER.match(text, end)
        or _FALL_AFTER.match(text, end)
    )


def is_change(text: str, start: int) -> bool:
    """Return whether the words before a number say that something changed by it: the number's sign says in which way."""
    return bool(_CHANGE_BEFORE.search(text[max(0, start - 2 * _REACH) : start]))


def is_rise(text: str, start: int) -> bool:
    """Return whether the words before a number say that something rose by it: no number below zero is meant."""
    return bool(_RISES_BEFORE.search(text[max(0, start - _REACH) : start]))
