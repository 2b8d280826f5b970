"""The pattern of a quote: an ellipsis leaves words out, and an editor's [brackets] replace or add some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reportgen.evidence.bare_words import ELLIPSIS, strip_typography
from reportgen.text.late_pattern import compile_late

GAP = 900  # characters that an ellipsis may stand for
BRACKET_WORDS = 8  # words of the source that [brackets] may stand for
PARTS = compile_late(r"(?P<gap>\[\s*(?:…|\.\s?\.\s?\.)\s*\]|…|\.\s?\.\s?\.\s?\.?)|\[(?P<inside>[^\]\[]*)\]")
_REMARK = compile_late(r"\s*(?:sic|emphasis (?:added|mine|in original)|italics (?:added|mine))\.?\s*", re.IGNORECASE)
_START, _STOP = r"(?<![\w$€£¥₩−])(?<!\d[.])", r"(?![\w%])(?![.,–]\d)"
_BEGINS, _ENDS = compile_late(_START), compile_late(_STOP)
_WORD = r"(?:[^\W\d_]|['-])+"
_SPACE = "[ ~-]"
_GAP = rf"[ ~-](?:(.{{0,{GAP}}}?)[ ~-])?"
SEPARATORS = str.maketrans("", "", " ~-")
_PARTING = tuple(",;:—")
Place = tuple[int, int, tuple[str | None, ...]]
"""The start and end of a match in a stream, and its groups."""


@cache
def own_letters(quote: str) -> tuple[str, ...]:
    """Return the letters that any text with the quote has: those of its own words, between ellipses and [brackets].

    Most quotes are looked for in texts that have nothing of them, and the patterns take a while to compile.
    """
    ends = [place for match in PARTS.finditer(quote) for place in match.span()]
    own = zip([0, *ends[1::2]], [*ends[::2], len(quote)], strict=True)
    return tuple(strip_typography(quote[start:end]).text.translate(SEPARATORS) for start, end in own)


def match_letters(quote: str, whole: str, has_brackets: bool = False) -> list[Place]:
    """Find a quote letter by letter: most are found so, and no pattern needs to be compiled."""
    words = strip_typography(quote).text
    if not words or (PARTS.search(quote) and not has_brackets):
        return []
    places: list[Place] = []
    at = whole.find(words)
    while at >= 0:
        end = at + len(words)
        stands_alone = _BEGINS.match(whole, at) and _ENDS.match(whole, end)
        if stands_alone:
            places.append((at, end, ()))
        at = whole.find(words, end if stands_alone else at + 1)
    return places


def match_pattern(quote: str, whole: str) -> Iterator[Place]:
    return ((*match.span(), match.groups()) for match in _compile(quote).finditer(whole))


@cache
def _compile(quote: str) -> re.Pattern[str]:
    """Return the pattern of a quote in a stream of bare words."""
    parts: list[str] = []
    at = 0
    is_optional = False
    for match in PARTS.finditer(quote):
        literal = _literal(quote[at : match.start()])
        at = match.end()
        if match["gap"] and parts[-1:] == [_GAP] and literal in ("", _SPACE):
            continue  # two ellipses are one
        if is_optional:
            literal = literal.removeprefix(_SPACE)
        parts.append(literal)
        at_edge = not strip_typography(quote[: match.start()]).text or not strip_typography(quote[at:]).text
        between = "" if match["gap"] or at_edge else _bracket(match, at_edge)
        is_optional = bool(between) and literal.endswith(_SPACE) and quote[at : at + 1].isspace()
        if is_optional:  # an editor may have added the words
            parts.append(rf"(?:{between}{_SPACE})?")
        else:
            parts.append(_GAP if match["gap"] else _bracket(match, at_edge))
    last = _literal(quote[at:])
    parts.append(last.removeprefix(_SPACE) if is_optional else last)
    whole = re.sub(rf"({re.escape(_SPACE)})+", lambda _: _SPACE, "".join(parts))
    whole = whole.replace(_SPACE + _GAP, _GAP).replace(_GAP + _SPACE, _GAP)
    whole = whole.removeprefix(_GAP).removeprefix(_SPACE).removesuffix(_GAP).removesuffix(_SPACE)
    return re.compile(_START + whole + _STOP) if whole else re.compile(r"(?!)")


def _literal(text: str) -> str:
    words = strip_typography(text).text
    pieces = []
    for at, char in enumerate(words):
        if char in " ~":
            pieces.append(_SPACE)
        elif char == "-":
            pieces.append("[ ~-]?")
        else:
            glued = at > 0 and char.isalpha() and words[at - 1].isalpha()
            pieces.append(("[~-]?" if glued else "") + re.escape(char))
    lead = _SPACE if text[:1].isspace() or text.startswith(_PARTING) else ""
    trail = _SPACE if pieces and (text[-1:].isspace() or text.endswith(_PARTING)) else ""
    return lead + "".join(pieces) + trail


def _bracket(match: re.Match[str], at_edge: bool) -> str:
    """Return a pattern: [T]he is one word of the source, [sic] none of it, [South Korea] a few words but no number."""
    inside, quote = match["inside"], match.string
    if _REMARK.fullmatch(inside):
        return ""
    after, before = quote[match.end() : match.end() + 1], quote[: match.start()][-1:]
    if (len(inside) == 1 and after.isalpha()) or (inside.isalpha() and before.isalpha()):
        return _literal(inside)
    if at_edge:
        return ""
    return rf"(?:{_SPACE}?{_literal(inside)}{_SPACE}?|((?:{_WORD}[ ~]){{0,{BRACKET_WORDS}}}{_WORD}|))"


def has_ellipsis(quote: str) -> bool:
    return any(match["gap"] for match in PARTS.finditer(quote))


def remove_brackets(quote: str) -> str:
    """Return a quote's own words: an editor's [brackets] are no evidence, but the letter of [T]he stays."""

    def replace(match: re.Match[str]) -> str:
        if match["gap"]:
            return f" {ELLIPSIS} "
        inside: str = match["inside"]
        after = quote[match.end() : match.end() + 1]
        return inside if len(inside) == 1 and after.isalpha() else " "

    return PARTS.sub(replace, quote)
