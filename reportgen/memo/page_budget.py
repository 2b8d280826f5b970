"""The page budget: a memo is set as openly as its pages allow, and refused when the tightest setting needs more.

The settings close up space first and type last, within what is comfortable to read: body text is never below 9.5 points on
12.2, notes never below 7 on 8.5. No word is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from reportgen.system.errors import FitError, Location
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from datetime import datetime

    from reportgen.brief.model import Brief
    from reportgen.memo.profiles import Profile
    from reportgen.pdf.engine import Press, Sheets
    from reportgen.pdf.job import Attached, Job
    from reportgen.pdf.page_extent import Extent

ROOM_LOST = 1.2  # cut words leave some room unused at the ends of pages
LONGEST = 3  # texts that the error names
MOST_PARTS = 5  # parts of the memo whose lines it names
KEYS = {
    "finding": "the case", "dates": "timeline", "bottom-line": "bottom_line", "points": "talking_points",
    "watch": "watch_out", "why": "why_now", "found": "topics", "approvals": "recommendations",
}  # fmt: skip
"""The brief's keys of the memo's sections, where they have another name."""
EXHIBIT = "exhibit-"
NOTE_COLUMNS = 2
BOTTOM_LINE = "bottom-line"
SHORT_TAIL = 0.12  # of a page: so little is no page of its own
WORDS_A_LINE = 14.0  # if no paragraph has several lines


class Step(Struct, frozen=True):
    """One setting: the factor of all gaps, and sizes and leadings in points.

    `length` is the length of a text in it relative to the first step, measured on the bundled brief: it selects the next step to try.
    """

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
    Step(1.5, 10.5, 15, 8, 10, 1.0),
    Step(1.2, 10.5, 14.4, 8, 9.9, 0.96),
    Step(1.0, 10.25, 13.8, 8, 9.8, 0.916),
    Step(1.0, 10, 13.4, 8, 9.6, 0.86),
    Step(0.8, 10, 13, 7.5, 9.1, 0.845),
    Step(0.7, 9.75, 12.6, 7, 8.5, 0.83),
    Step(0.6, 9.5, 12.2, 7, 8.5, 0.81),
)
FIRST = 3  # tried first: a memo that was written for its pages fits it, and is laid out once


def list_steps(size: float | None) -> tuple[Step, ...]:
    """Return the settings, with running text of a size in points where the house asks for one."""
    if size is None:
        return STEPS
    return tuple(replace(step, size=size, leading=round(step.leading / step.size * size, 2)) for step in STEPS)


class Part(NamedTuple):
    """A longer part of the brief: its path as text, the words that it prints, and its place in the file."""

    path: str
    words: int
    where: Location | None


class Budget(Struct, frozen=True):
    """The limits of a memo, and what is needed to say how they are exceeded.

    `pages` does not count the pages of the classes `apart`; `lines` limits the bottom line. `longest` are the longest of the
    brief's texts that it prints, `notes` is what the brief says of its notes, `pages_at` is the place of the brief's own page budget where that is the limit.
    """

    pages: int | None = None
    lines: int | None = None
    apart: frozenset[str] = frozenset()
    profile: str = ""
    notes: str = "short"
    longest: tuple[Part, ...] = ()
    pages_at: Location | None = None
    bottom_line_at: Location | None = None
    size: float | None = None
    """The size of running text in points that the house asks for: the settings then close up space alone."""
    is_draft: bool = False
    """A draft may be longer: what fills its gaps decides on its length."""

    @classmethod
    def of(cls, brief: Brief, profile: Profile) -> Budget:
        limit = profile.limit(brief)
        parts = [part for part in _list_parts(brief) if not any(rule.covers(part.path) for rule in profile.leaves_out)]
        longest = sorted(parts, key=lambda part: -part.words)[:LONGEST] if limit else []
        pages_at = brief.where("pages") if limit and brief.pages == limit else None
        return cls(
            limit,
            profile.bluf,
            profile.apart,
            profile.name,
            brief.notes,
            tuple(longest),
            pages_at,
            brief.where("bottom_line"),
            is_draft=brief.is_draft,
        )

    def length(self, extent: Extent) -> float:
        """Return the length in pages, the last one as far as it is filled."""
        return extent.length(without=self.apart)

    def fits(self, extent: Extent) -> bool:
        """Return whether the pages are kept."""
        return self.pages is None or self.length(extent) <= self.pages

    def check(self, extent: Extent) -> None:
        """Raise FitError, with the words to cut, where the memo exceeds its pages or its bottom line its lines."""
        if self.is_draft:
            return
        if self.pages is not None and not self.fits(extent):
            raise self._too_many_pages(extent, self.pages)
        lines, words = _measure_bottom_line(extent)
        if self.lines and lines > self.lines:
            cut = ceil(words * (lines - self.lines) / lines)
            raise FitError(
                f'the bottom line has {lines} lines, and the profile "{self.profile}" allows {self.lines}: cut about {cut} words',
                self.bottom_line_at,
                "move what does not fit there into a point",
            )

    def _too_many_pages(self, extent: Extent, limit: int) -> FitError:
        length = self.length(extent)
        words = ceil(words_over(extent, length - limit) / 10) * 10
        named = ", ".join(f"{part.path} ({part.words} words)" for part in self.longest)
        source = f"the budget is {limit}" if self.pages_at else f'the profile "{self.profile}" allows {limit}'
        message = f"{length:.1f} pages, and {source}: cut about {words} words"
        house = f"typography.base.size of _brand.yml keeps the text at {self.size:g} pt" if self.size else ""
        parts = (_name_room(extent, self.apart), self._name_savings(extent), house, f"longest: {named}")
        hint = "; ".join(part for part in parts if part)
        return FitError(message, self.pages_at or self.longest[0].where, hint)

    def _name_savings(self, extent: Extent) -> str:
        """Return what each remedy that leaves all words in some document saves, in lines."""
        heights = extent.measure_parts()
        saved: dict[str, float] = {}
        if self.notes == "quotes" and "notes" in heights:
            count = sum(block.tag == "li" for block in extent.blocks if block.part == "notes")
            saved["`notes: short`"] = heights["notes"] - ceil(count / NOTE_COLUMNS) * STEPS[-1].note_leading
        full = {block.part for block in extent.blocks if "full" in block.within and block.part.startswith(EXHIBIT)}
        for part in sorted(full, key=lambda part: -heights[part]):
            saved[f"`only: deck` for exhibits.{part.removeprefix(EXHIBIT)}"] = heights[part]
        lines = {remedy: _count_lines(height) for remedy, height in saved.items()}
        named = [f"{remedy} saves about {count} lines" for remedy, count in lines.items() if count > 1]
        return ", ".join(named[:LONGEST])


_laid_out: list[tuple[Job, Budget, Sheets]] = []
"""At most one memo: the pages that a worker process laid out before everything that they are written with was there."""


def lay_out_ahead(job: Job, budget: Budget) -> None:
    """In a worker process: lay the pages out and keep them for `write_memo`."""
    _laid_out[:] = [(job, budget, _lay_out(job, budget))]


def write_memo(
    job: Job, budget: Budget, drawings: Mapping[str, bytes], attachments: Sequence[Attached], created: datetime
) -> bytes:
    """Typeset a memo and return its PDF.

    Raises
    ------
    FitError
        when its closest setting exceeds the budget.
    TemplateError
        for whatever the layout engine complains of.
    """
    report(Stage.LAYING_OUT)
    kept, _laid_out[:] = [sheets for *key, sheets in _laid_out if key == [job, budget]], []
    sheets = kept[0] if kept else _lay_out(job, budget)
    budget.check(sheets.extent)
    report(Stage.WRITING_PDF)
    return sheets.pdf(attachments, created, drawings)


def _lay_out(job: Job, budget: Budget) -> Sheets:
    from reportgen.pdf.engine import Press

    return lay_out_within(Press(job), budget)


def lay_out_within(press: Press, budget: Budget) -> Sheets:
    """Lay the memo out in the most open step that keeps its pages, or in the tightest if none does.

    A few lines on a last page of their own are taken back by the next steps, where these can.
    """
    if budget.pages is None:
        return _without_tail(press, budget)
    tried: dict[int, Sheets] = {}
    steps = list_steps(budget.size)

    def at(number: int) -> Sheets:
        if number not in tried:
            tried[number] = press.lay_out(steps[number].stylesheet)
        return tried[number]

    first = budget.length(at(FIRST).extent)
    guess = next(
        (n for n, step in enumerate(STEPS) if first * step.length / STEPS[FIRST].length <= budget.pages), len(STEPS) - 1
    )
    begin = min(guess, FIRST) if first <= budget.pages else max(guess, FIRST + 1)
    fitting = (number for number in range(begin, len(STEPS)) if budget.fits(at(number).extent))
    chosen = next(fitting, len(STEPS) - 1)
    length = budget.length(at(chosen).extent)
    if budget.fits(at(chosen).extent) and _has_short_tail(length):
        closer = (
            number for number in range(chosen + 1, len(STEPS)) if budget.length(at(number).extent) <= floor(length)
        )
        return at(next(closer, chosen))
    return at(chosen)


def _has_short_tail(length: float) -> bool:
    """Return whether a memo's last page has only a few lines."""
    return length > 1 and 0 < length % 1 < SHORT_TAIL


def _without_tail(press: Press, budget: Budget) -> Sheets:
    """Lay the memo out in the most open step, or in the next one that saves a last page with a few lines."""
    steps = list_steps(budget.size)
    sheets = press.lay_out(steps[0].stylesheet)
    length = budget.length(sheets.extent)
    if _has_short_tail(length):
        for step in steps[1 : FIRST + 1]:
            closer = press.lay_out(step.stylesheet)
            if budget.length(closer.extent) <= floor(length):
                return closer
    return sheets


def _count_lines(height: float) -> int:
    """Return a height in points as lines of body text in the tightest setting."""
    return round(height / STEPS[-1].leading)


def _name_room(extent: Extent, apart: frozenset[str]) -> str:
    """Return what the largest parts take, by the brief's keys: "lines: the case 61, exhibits.window 16, notes 10"."""
    named = [
        f"{f'exhibits.{part.removeprefix(EXHIBIT)}' if part.startswith(EXHIBIT) else KEYS.get(part, part)} {_count_lines(height)}"
        for part, height in extent.measure_parts().items()
        if _count_lines(height) and part not in apart
    ]
    return f"lines: {', '.join(named[:MOST_PARTS])}" if named else ""


def _measure_bottom_line(extent: Extent) -> tuple[int, int]:
    """Return the lines and the words of the bottom line."""
    blocks = [block for block in extent.blocks if block.tag == "p" and BOTTOM_LINE in block.within]
    return sum(block.lines for block in blocks), sum(block.words for block in blocks)


def words_over(extent: Extent, over: float) -> float:
    """Return the words that fill `over` pages: of body text, or of the whole memo where tables prevail."""
    body = [block for block in extent.blocks if block.tag == "p" and block.lines > 1]
    lines = sum(block.lines for block in body)
    a_line = sum(block.words for block in body) / lines if lines else WORDS_A_LINE
    top, bottom = extent.rooms[0]
    there = sum(block.words for block in extent.blocks) / extent.length()
    return over * min((bottom - top) / STEPS[-1].leading * a_line, there * ROOM_LOST)


def _list_parts(brief: Brief) -> Iterator[Part]:
    """Yield the longer parts of the brief."""

    def part(path: tuple[str | int, ...], *texts: str | None) -> Part:
        words = sum(len(brief.plain(text).split()) for text in texts if text)
        return Part("".join(f"[{key}]" if isinstance(key, int) else key for key in path), words, brief.where(*path))

    sections = [(("why_now",), brief.why_now)] if brief.why_now else []
    for path, section in [*sections, *((("topics", at), topic) for at, topic in enumerate(brief.topics))]:
        yield part(path, section.title, *section.points, *(judgment.text for judgment in section.judgments))
    for at, option in enumerate(brief.options):
        yield part(("options", at), option.title, *option.implications)
    if brief.recommendations:
        texts = [text for item in brief.recommendations for text in (item.title, item.action, item.decide)]
        yield part(("recommendations",), *texts)
    if brief.talking_points:
        yield part(("talking_points",), *brief.talking_points)
    if brief.questions:
        yield part(("questions",), *(text for item in brief.questions for text in (item.question, item.answer)))
    if brief.basis:
        yield part(("basis",), *brief.basis)
    if brief.attachments:
        yield part(
            ("attachments",), *(text for each in brief.attachments for text in (each.title, each.description or ""))
        )
    if brief.timeline:
        yield part(("timeline",), *(event.title for event in brief.timeline))
    yield part(("bottom_line",), brief.bottom_line)
