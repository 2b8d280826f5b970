"""Words that bound a number: "a little less than", "up to", "or more"."""

from __future__ import annotations

import re

from reportgen.text.bound_phrases import BOUNDS, DATE_BOUNDS
from reportgen.text.late_pattern import compile_late

_TRAILING = {
    "or more": "at least", "or above": "at least", "and up": "at least", "or older": "at least", "and older": "at least", "or over": "at least", "or higher": "at least", "or greater": "at least", "plus": "at least",
    "or less": "at most", "or fewer": "at most", "or under": "at most", "or younger": "at most", "or lower": "at most", "and younger": "at most", "or so": "about",
}  # fmt: skip


_LAST_WORDS = frozenset(phrase.split()[-1] for phrase in (*BOUNDS, *DATE_BOUNDS))
_SIGNS = frozenset(phrase for phrase in BOUNDS if not phrase[0].isalpha())
_LONGEST = 6  # words in a phrase, an article counted
_ARTICLES = ("the", "a", "an", "another")
_FURTHER = ("further", "additional", "extra")
_OPENING = '("-–—'


_TRAILING_BOUND = compile_late(
    r"(?:\s+("
    + "|".join(_TRAILING)
    + r"|and over(?=[,.;:)]|\Z|\s(?:in|who|were|was|are|is|had|have|has|from|to|by|and|at|with|for)\b))\b|(\+))",
    re.IGNORECASE,
)
_NOUN_OR_MORE = compile_late(r"\s[a-z]{2,14}s(?= or (?:more|fewer|less)\b)", re.IGNORECASE)
"""What may stand between a number and its bound: "five units or more"."""
_COMPARED = compile_late(r"\bthe\s+$", re.IGNORECASE)
_PREPOSITION = compile_late(
    r"\b(?:disputes?|row|debates?|concern\w*|worr\w*|control|advantage|argu\w*|fight\w*|conflicts?|negotiat\w*|talks?|power|authority|anger|tensions?|lawsuits?|"
    r"jurisdiction|custody|influence|oversight|responsibility|questions?|spread|phased|talk\w*|speak\w*|spoke|think\w*|know\w*|learn\w*|information|doubts?|complain\w*|ask\w*|warn\w*|built|organi[sz]ed)\s$",
    re.IGNORECASE,
)
_FOR_OVER = compile_late(
    r"\b(?:for|of|after|by|than|at|lasted|took|takes|spent)\s+over\s+$", re.IGNORECASE
)  # "for over two years"
_OVER_TIME = compile_late(r"over\s+(?:the|an?|another)?\s*$", re.IGNORECASE)
_TIME = compile_late(r"[\s-]*(?:years?|months?|weeks?|days?|decades?|centur|hours?)", re.IGNORECASE)
_UP_TO = compile_late(
    r"\b(?:edg|tick|mov|creep|inch|jump|shoot|push|revis|round|bump|ramp|scal|climb|pick|bid|nudg)(?:e|s|es|ed|d|ing)?\s\Z|\b(?:went|goes|go|gone|going|crept|shot|came|come|"
    r"comes|back|brought|bringing|brings|drove|driven)\s\Z",
    re.IGNORECASE,
)
_NEGATED = compile_late(r"\b(?:never|not|cannot|nor)\s(?:\w+\s)?\Z|n[’']t\s(?:\w+\s)?\Z", re.IGNORECASE)
_EXACTLY, _AT_MOST = frozenset({"exactly"}), frozenset({"at most", "exactly"})
_LIMITED = compile_late(
    r"\b(?:cap(?:s|ped|ping)?|limit(?:s|ed|ing)?|restrict(?:s|ed|ing)?)\s(?:[A-Za-z'-]+\s){0,4}(at|to)\s\Z",
    re.IGNORECASE,
)
"""A limit may be stated as such: "the law caps fees at $20"."""
_THRESHOLD = compile_late(
    r"\b(?:if|unless|once|when(?:ever)?|until|should|in case|as long as|so long as)\b[^.;,]{0,60}\b(?:drop|fall|dip|sink|slip|go|goes|slide|rise|climb|move|get|stay|remain|decline|increase)\w*\s(?:below|under|above|over)\s\Z",
    re.IGNORECASE,
)
"""A level on which something depends may be stated as such."""
_WORD = re.compile(r"\S+")
_WINDOW = 34  # characters before a number that can hold its bound


def find_bounds(
    text: str, start: int, end: int, is_date: bool, stop: int | None = None
) -> tuple[frozenset[str], int, int]:
    """Return the bounds that the words around a number can mean, their start (-1 for none), and the end of both.

    `stop` is the end of the number's unit: "or more" follows that.
    """
    found = _TRAILING_BOUND.match(text, end) or (_TRAILING_BOUND.match(text, stop) if stop else None)
    if not found and (noun := _NOUN_OR_MORE.match(text, end)):
        found = _TRAILING_BOUND.match(text, noun.end())
    if found:
        return frozenset({_TRAILING.get(found[1].lower(), "at least") if found[1] else "at least"}), -1, found.end()
    window = text[max(0, start - _WINDOW) : start]
    phrases = DATE_BOUNDS if is_date else BOUNDS
    found_at = _find_phrase(window, phrases)
    if not found_at:
        limit = None if is_date else _LIMITED.search(window)
        return (_AT_MOST, start - len(window) + limit.start(1), end) if limit else (_EXACTLY, -1, end)
    phrase, at, to = found_at
    if is_date and window[to:].strip() and not text[start:end].endswith("s"):
        return _EXACTLY, -1, end  # "after the 2019 agreement" says when, not how exactly
    if (
        _OVER_TIME.search(window)
        and not _FOR_OVER.search(window)
        and (_TIME.match(text, end) or re.search(r"over\s+(?:the|an?|another)", window[at:], re.IGNORECASE))
    ):
        return _EXACTLY, -1, end  # "over two decades" is their course, not their excess
    if phrase.startswith("exceed") and _NEGATED.search(window[:at]):
        return frozenset({"at most"}), start - len(window) + at, end  # "never again exceeds 3.8 percent"
    if phrase == "up to" and _UP_TO.search(window[:at]):
        return _EXACTLY, -1, end  # "edged up to 63 percent"
    if phrase in ("over", "about", "around", "under") and _PREPOSITION.search(window[:at]):
        return _EXACTLY, -1, end  # "a dispute over $5 million"
    bounds = phrases[phrase]
    if (
        phrase in ("below", "under", "above", "over")
        and not is_date
        and _THRESHOLD.search(text, max(0, start - 120), start)
    ):
        return (
            frozenset({*bounds, "exactly"}),
            start - len(window) + at,
            end,
        )  # "unless the lake drops below 1,045 feet"
    if not is_date and _COMPARED.search(window) and bounds[0] in ("less than", "more than"):
        return _EXACTLY, -1, end  # "less than the $5 billion of last year" compares two numbers
    return frozenset(bounds), start - len(window) + at, end


def _find_phrase(window: str, phrases: dict[str, tuple[str, ...]]) -> tuple[str, int, int] | None:
    """Return the longest phrase with which the words before a number end, where it starts and ends; an article may follow it."""
    if window[-1:] in _SIGNS or window[-2:-1] in _SIGNS:
        sign = window.rstrip()
        return (sign[-1], len(sign) - 1, len(sign)) if sign and sign[-1] in phrases else None
    words = [(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(window)][-_LONGEST:]
    if words and words[-1][0].endswith("sub-") and window.endswith("-"):
        return ("sub-", len(window) - 4, len(window)) if "sub-" in phrases else None
    if not window[-1:].isspace() or not words:
        return None
    ends = [len(words)] + ([len(words) - 1] if words[-1][0] in _ARTICLES else [])
    if len(words) > 2 and words[-1][0] in _FURTHER and words[-2][0] in _ARTICLES:
        ends.append(len(words) - 2)  # "up to a further $5"
    if not any(end and words[end - 1][0][_find_opening(words[end - 1][0]) :] in _LAST_WORDS for end in ends):
        return None
    for first in range(len(words)):
        for last in ends:
            if last <= first:
                continue
            opening = _find_opening(words[first][0])
            start = words[first][1] + opening
            phrase = " ".join([words[first][0][opening:], *(word for word, _, _ in words[first + 1 : last])])
            if phrase in phrases and (first or start or len(window) < _WINDOW):
                return phrase, start, words[last - 1][2]
    return None


def _find_opening(word: str) -> int:
    """Return where a word begins behind a bracket, quotation mark or dash: "(up", "money—about"."""
    return max(map(word.rfind, _OPENING)) + 1
