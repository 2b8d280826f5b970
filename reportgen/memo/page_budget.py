"""The page budget: a memo is set as openly as its pages allow, and refused where even the closest setting needs more.

Steps change room first and type last, and neither leaves what is comfortable to read: body text is never under 9.5
points on 12.2, notes never under 7 on 8.5. Words are never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.system.errors import FitError, Location

if TYPE_CHECKING:
    from datetime import datetime

    from reportgen.brief.model import Brief
    from reportgen.memo.profiles import Profile
    from reportgen.pdf.engine import Press, Sheets
    from reportgen.pdf.job import Attached, Job
    from reportgen.pdf.page_extent import Extent

ROOM_LOST = 1.2  # words that go leave some room unused, at pages' ends
LONGEST = 3  # parts that are named where a memo is too long
BOTTOM_LINE = "bottom-line"
WORDS_A_LINE = 14.0  # where nothing was set that could tell


class Step(Struct, frozen=True):
    """One setting: what gaps are multiplied by, and sizes on leadings in points. `length` is how long it makes a text,
    against the first step, as measured on the bundled brief: the first guess at which step to try."""

    space: float
    size: float
    leading: float
    note: float
    note_leading: float
    length: float

    @property
    def stylesheet(self) -> str:
        return (
            f":root{{--space:{self.space};--size:{self.size}pt;--leading:{self.leading}pt;"
            f"--note:{self.note}pt;--note-leading:{self.note_leading}pt}}\n"
        )


STEPS = (
    Step(1.5, 10.5, 15, 7.5, 9.4, 1.0),
    Step(1.2, 10.5, 14.4, 7.25, 9, 0.95),
    Step(1.0, 10.25, 13.8, 7, 8.65, 0.905),
    Step(1.0, 10, 13.4, 7, 8.65, 0.86),
    Step(0.8, 10, 13, 7, 8.5, 0.845),
    Step(0.7, 9.75, 12.6, 7, 8.5, 0.83),
    Step(0.6, 9.5, 12.2, 7, 8.5, 0.81),
)
FIRST = 3  # tried first under a budget: a memo that is written for its pages is there, and laid out but once


class Budget(Struct, frozen=True):
    """How many pages a memo may have, without the page of the class `apart`, and how many lines its bottom line."""

    pages: int | None
    lines: int | None
    apart: str = ""

    @classmethod
    def of(cls, brief: Brief, profile: Profile) -> Budget:
        return cls(profile.limit(brief), profile.bluf, profile.apart)

    def length(self, extent: Extent) -> float:
        return extent.length(without=self.apart)

    def holds(self, extent: Extent) -> bool:
        return self.pages is None or self.length(extent) <= self.pages

    def kept(self, extent: Extent) -> bool:
        """Whether nothing is to be said of it."""
        return self.holds(extent) and (not self.lines or _bottom_line(extent)[0] <= self.lines)


_ahead: list[tuple[Job, Budget, Sheets]] = []
"""At most one: what this process laid out before there was all that it takes to write it."""


def lay_out(job: Job, budget: Budget, tell: Callable[[str], object]) -> None:  # noqa: ARG001  # nobody waits
    """Ahead of the memo's other parts, in a process that will be asked to typeset it."""
    _ahead[:] = [(job, budget, _sheets(job, budget))]


class Parts(Struct, frozen=True):
    """What a memo's file has besides its pages: the drawings on them, and what is attached, of which date."""

    drawings: Mapping[str, bytes]
    attached: Sequence[Attached]
    dated: datetime


def typeset(job: Job, budget: Budget, parts: Parts, tell: Callable[[str], object]) -> bytes | Extent:
    """The PDF of a memo that keeps its budget; of any other, how much room it takes at its closest."""
    tell("laying out the pages")
    ahead, _ahead[:] = [sheets for *of, sheets in _ahead if of == [job, budget]], []
    sheets = ahead[0] if ahead else _sheets(job, budget)
    if not budget.kept(sheets.extent):
        return sheets.extent
    tell("writing the PDF")
    return sheets.pdf(parts.attached, parts.dated, parts.drawings)


def _sheets(job: Job, budget: Budget) -> Sheets:
    from reportgen.pdf.engine import Press

    return set_in(Press(job), budget)


def set_in(press: Press, budget: Budget) -> Sheets:
    """The memo in the most open step that keeps its pages, or in the closest where none does."""
    if budget.pages is None:
        return press.lay_out(STEPS[0].stylesheet)
    tried: dict[int, Sheets] = {}

    def at(number: int) -> Sheets:
        if number not in tried:
            tried[number] = press.lay_out(STEPS[number].stylesheet)
        return tried[number]

    first = budget.length(at(FIRST).extent)
    guess = next(
        (n for n, step in enumerate(STEPS) if first * step.length / STEPS[FIRST].length <= budget.pages), len(STEPS) - 1
    )
    begin = min(guess, FIRST) if first <= budget.pages else max(guess, FIRST + 1)
    fitting = (number for number in range(begin, len(STEPS)) if budget.holds(at(number).extent))
    return at(next(fitting, len(STEPS) - 1))


def refused(extent: Extent, brief: Brief, profile: Profile) -> FitError:
    """What is said of a memo that does not keep its budget."""
    budget = Budget.of(brief, profile)
    if budget.pages is not None and not budget.holds(extent):
        return FitError(*_told(budget.length(extent), extent, budget.pages, brief, profile))
    lines, words = _bottom_line(extent)
    allowed = profile.bluf or lines
    cut = ceil(words * (lines - allowed) / lines)
    message = (
        f'the bottom line has {lines} lines, and the profile "{profile.name}" allows {allowed}: cut about {cut} words'
    )
    return FitError(message, brief.where("bottom_line"), "what does not fit there belongs into a point")


def _bottom_line(extent: Extent) -> tuple[int, int]:
    """Its lines and words."""
    told = [block for block in extent.blocks if block.tag == "p" and BOTTOM_LINE in block.within]
    return sum(block.lines for block in told), sum(block.words for block in told)


def _told(
    length: float, extent: Extent, limit: int, brief: Brief, profile: Profile
) -> tuple[str, Location | None, str]:
    """What is said of a memo that is too long: by how much, what to cut, and where most of it stands."""
    words = ceil(words_over(extent, length - limit) / 10) * 10
    longest = sorted(parts(brief), key=lambda part: -part[1])[:LONGEST]
    named = ", ".join(f"{_written(path)} ({count} words)" for path, count in longest)
    of = f"the budget is {limit}" if brief.pages == limit else f'the profile "{profile.name}" allows {limit}'
    where = brief.where("pages") if brief.pages == limit else brief.where(*longest[0][0])
    message = f"{length:.1f} pages, and {of}: cut about {words} words"
    return message, where, f"longest: {named}"


def words_over(extent: Extent, over: float) -> float:
    """How many words fill so much of a page: of body text, or, where tables make the most of it, of what there is."""
    body = [block for block in extent.blocks if block.tag == "p" and block.lines > 1]
    lines = sum(block.lines for block in body)
    a_line = sum(block.words for block in body) / lines if lines else WORDS_A_LINE
    top, bottom = extent.rooms[0]
    there = sum(block.words for block in extent.blocks) / extent.length()
    return over * min((bottom - top) / STEPS[-1].leading * a_line, there * ROOM_LOST)


def parts(brief: Brief) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """The brief's longer parts by their path, and how many words each prints."""

    def words(*texts: str | None) -> int:
        return sum(len(brief.plain(text).split()) for text in texts if text)

    sections = [(("why_now",), brief.why_now)] if brief.why_now else []
    for path, section in [*sections, *((("topics", at), topic) for at, topic in enumerate(brief.topics))]:
        yield path, words(section.title, *section.points, *(judgment.text for judgment in section.judgments))
    for at, option in enumerate(brief.options):
        yield ("options", at), words(option.title, *option.implications)
    if brief.recommendations:
        yield ("recommendations",), sum(words(item.title, item.action, item.decide) for item in brief.recommendations)
    for key, texts in (("basis", brief.basis), ("timeline", [event.title for event in brief.timeline])):
        if texts:
            yield (key,), words(*texts)
    yield ("bottom_line",), words(brief.bottom_line)


def _written(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else part for part in path)
