"""Timestamps of a transcript: the marks that its text has, and the times between which a place of it is said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reportgen.evidence.sources.paragraphs import Paragraph
from reportgen.text.late_pattern import compile_late

_TIME = r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)(?:[.,]\d{1,3})?"
_MARK = compile_late(rf"\[{_TIME}\]|\({_TIME}\)|\A\W*{_TIME}(?=\s|$)(?!\s*[ap]\.?m)")
_HEADING = compile_late(rf"\W*{_TIME}\W*")
_FEW = 3  # a text with fewer marks is no transcript


def find_times(paragraphs: Sequence[Paragraph], number: int, start: int, end: int) -> tuple[int, int | None] | None:
    """Return the seconds of the last mark before a place and of the first one after it; None where a text has no marks there.

    Parameters
    ----------
    paragraphs
        The paragraphs of the whole text.
    number
        The number of the paragraph that the place begins in.
    start, end
        Where it begins in that paragraph, and where it ends, counted from there.
    """
    marks = _find_marks(tuple(paragraphs))
    before = [time for at, offset, time in marks if (at, offset) <= (number, start)]
    after = [time for at, offset, time in marks if (at, offset) >= (number, end)]
    return (before[-1], after[0] if after else None) if before else None


@lru_cache(maxsize=8)
def _find_marks(paragraphs: tuple[Paragraph, ...]) -> tuple[tuple[int, int, int], ...]:
    """Return the marks of a text, each with its paragraph, its place and its seconds; none where they do not run on."""
    found: list[tuple[int, int, int]] = []
    heading = ""
    for paragraph in paragraphs:
        above = paragraph.sections[-1] if paragraph.sections else ""
        if above != heading and (match := _HEADING.fullmatch(above)):
            found.append((paragraph.number, 0, _count_seconds(match.groups())))
        heading = above
        for match in _MARK.finditer(paragraph.text):
            found.append((paragraph.number, match.start(), _count_seconds(match.groups())))
    times = [time for _, _, time in found]
    return tuple(found) if len(found) >= _FEW and times == sorted(times) else ()


def _count_seconds(groups: Sequence[str | None]) -> int:
    """Return the seconds of the hours, minutes and seconds that one of a pattern's alternatives found."""
    at = next(index for index in range(0, len(groups), 3) if groups[index + 2])
    hours, minutes, seconds = groups[at : at + 3]
    return 3600 * int(hours or 0) + 60 * int(minutes or 0) + int(seconds or 0)


def read_timestamp(text: str) -> int:
    """Return the seconds of "12:04" or "1:12:04"."""
    seconds = 0
    for part in text.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds


def format_timestamp(seconds: int) -> str:
    """Return seconds as "12:04" or "1:12:04"."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60:02}:{rest % 60:02}"
