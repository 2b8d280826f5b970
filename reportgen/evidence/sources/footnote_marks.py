"""Marks of footnotes and times in running text: [12], [00:12:31], raised digits and letters, digits after a full stop or glued to a word.

They are neither words nor numbers of the text. A raised 2 of "km²" or the 6 of "10⁶" is part of a number and stays.
"""

from __future__ import annotations

import re

from reportgen.text.late_pattern import compile_late

MARK = "\u2060"  # takes the place of each character of a mark: it is invisible, so that all other places stay the same
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_UNIT = compile_late(r"(?:^|[\d\s/(·.])(?:[kcdmµn]?m|ft|in|yd|mi|s|h|ha|[RrxyzcEe])$")
_POWER = compile_late(r"(?:^|[^\d.,])(?:10|2|[A-Za-z])$")
_ORDINAL = compile_late(r"st|nd|rd|th|er|re|e|o|a|º|ª", re.IGNORECASE)
_SIGNS = compile_late(r"[\d*†‡§¶#]{1,4}(?:[,–-]\s?\d{1,3})*|[a-z]{1,2}(?:,\s?[a-z])*|\[\w{1,3}\]|[ivx]{1,4}")
_ABBREVIATION = r"(?<!\bno\.)(?<!\bpp\.)(?<!\bart\.)(?<!\bfig\.)(?<!\bsec\.)(?<!\bvol\.)(?<!\bch\.)(?<!\bvs\.)"
_IN_TEXT = compile_late(
    r"\[\^[\w-]{1,20}\]"  # Markdown's own
    r"|\[(?:\d{1,2}:)?\d{1,2}:[0-5]\d(?:[.,]\d{1,3})?\]"  # [00:12:31] of a transcript
    r"|(?<![\d\s(\[])\[(?:\d{1,3}(?:[,–-]\s?\d{1,3})*|[a-z]|(?:note|n|nb)\s\d{1,2}|citation needed)\]"  # levels.[12]
    r"|(?<=[^\W\d_]) \[\d{1,3}(?:[,–-]\s?\d{1,3})*\](?=[\s.,;:]|$)"  # as shown [12].
    rf"|(?<=[^\W\d_]{{3}})[{_RAISED}]+|(?<=[^\W\d_][.,;:!?)”’\"»])[{_RAISED}]+"  # levels.¹²
    rf"|(?<=[a-z]{{2}}[.,;:!?)”’\"»]){_ABBREVIATION}\d{{1,3}}(?=\s|$)"  # levels.12 The
    rf"|(?<=[a-z]{{2}}[.,!?][”’\"»)]){_ABBREVIATION}\d{{1,3}}(?=\s|$)"
)
_EXPECTS_NUMBER = compile_late(r"\b(?:to|by|of|from|at|than|over|about|nearly|is|was|were)$", re.IGNORECASE)
_GLUED = compile_late(r"(?<=[a-z]{4})\d{1,2}(?=[\s.,;:!?)]|$)")  # levels12 of


def is_raised_mark(before: str, raised: str) -> bool:
    """Return whether raised letters after a text are a footnote's mark: no exponent, no ordinal, no trade mark."""
    raised = raised.strip()
    if not _SIGNS.fullmatch(raised):
        return False
    if before[-1:].isdigit():
        return not (raised.isdigit() and _POWER.search(before)) and not _ORDINAL.fullmatch(raised)
    if before[-1:].isspace() or not before:
        return not before  # at a line's start it is the number of the note itself
    return not _UNIT.search(before)


_MAY_BE_GLUED = re.compile(r"[a-z]\d")
_MAY_BE_MARK = re.compile(rf"\[|[{_RAISED}]|[a-z][.,;:!?)”’\"»]{{1,2}}\d")


def blank_marks(text: str, glued: bool = False) -> str:
    """Return a text of the same length in which marks are invisible; `glued` counts digits at a word's end as marks."""
    blanked = _IN_TEXT.sub(_blank, text) if _MAY_BE_MARK.search(text) else text
    return _GLUED.sub(_blank, blanked) if glued and _MAY_BE_GLUED.search(blanked) else blanked


def _blank(match: re.Match[str]) -> str:
    if match[0].startswith(" ") and _EXPECTS_NUMBER.search(match.string, 0, match.start()):
        return match[0]
    return MARK * len(match[0])
