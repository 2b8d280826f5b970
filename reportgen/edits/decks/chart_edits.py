"""The edits of a native chart: values and names that somebody typed into its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from reportgen.audit.brief_places import BriefPlaces
from reportgen.audit.word_stream import plain_words
from reportgen.charts.scene import NativeChart, NativeSeries
from reportgen.deck.view.view_values import Chart, Series
from reportgen.edits.edit_values import Copy, Edit, Line, ReturnedLine
from reportgen.edits.line_edits import COMPUTED, LineEdits
from reportgen.edits.line_pairs import Pair
from reportgen.input.edits import Replace
from reportgen.input.model_validation import parse_path
from reportgen.text.trace import Piece

if TYPE_CHECKING:
    from reportgen.brief.model import Brief


class ChartEdits:
    """Compares a chart with ours; `exhibit` is the id of the exhibit that it draws, `place` where it stands."""

    def __init__(self, brief: Brief, lines: LineEdits, exhibit: str, place: str) -> None:
        self.brief, self.lines, self.exhibit, self.place = brief, lines, exhibit, place
        self.places = BriefPlaces(brief)

    def list_edits(self, ours: NativeChart, theirs: Chart) -> Iterator[Edit]:
        """Yield the edits of names, values and labels."""
        found = ours.restore_names(theirs.categories)
        names = [found.get(at, "") for at in range(max(found, default=-1) + 1)]
        rows = _pair_names(ours.categories, names)
        yield from self._compare_names("category", ours.categories, names, rows)
        columns = _pair_names([each.name for each in ours.series], [each.name for each in theirs.series])
        yield from self._compare_names(
            "series", [each.name for each in ours.series], [each.name for each in theirs.series], columns
        )
        for here, there in columns.items():
            yield from self._compare_series(ours.series[here], theirs.series[there], ours.categories, rows)

    def _compare_names(
        self, kind: str, ours: Sequence[str], theirs: Sequence[str], pairs: Mapping[int, int]
    ) -> Iterator[Edit]:
        for here, name in enumerate(ours):
            place = f"{self.place}, {kind} {here + 1}"
            if here not in pairs:
                yield self._build(name, "", place, self.places.find_label(self.exhibit, name), "")
            elif plain_words(name) != plain_words(theirs[pairs[here]]):
                path = self.places.find_label(self.exhibit, name)
                line = Line(name, place, (Piece(0, len(name), path),))
                yield from self.lines.list_pair(Pair(line, ReturnedLine(theirs[pairs[here]], place)))
        for there, name in enumerate(theirs):
            if there not in pairs.values() and name.strip():
                yield self._build("", name, f"{self.place}, {kind} {there + 1}", f"exhibits.{self.exhibit}", "")

    def _compare_series(
        self, ours: NativeSeries, theirs: Series, categories: Sequence[str], rows: Mapping[int, int]
    ) -> Iterator[Edit]:
        for at, point in enumerate(ours.points):
            if at not in rows:
                continue
            found = theirs.points.get(rows[at])
            name = categories[at] if at < len(categories) else str(at + 1)
            place = f"{self.place}, “{ours.name}” at “{' '.join(name.split())}”"
            path = self._find_path(point.value, ours.name, name)
            value = found.value if found else None
            if not _is_close(point.value, value):
                yield self._report_value(point.value, value, place, path)
            elif found and found.label and point.label and plain_words(point.label) != plain_words(found.label):
                yield self._build(point.label, found.label, place, path, COMPUTED)

    def _find_path(self, value: float | None, series: str, category: str) -> str:
        return self.places.find_value(self.exhibit, value, series, category) if value is not None else (
            f"exhibits.{self.exhibit}"
        )  # fmt: skip

    def _report_value(self, before: float | None, after: float | None, place: str, path: str) -> Edit:
        """Return the edit of a value: a number that is typed into the brief can be replaced, a fact is a question."""
        old, new = ("" if each is None else f"{each:.10g}" for each in (before, after))
        written = _look_up(self.brief.document.data, path)
        if isinstance(written, str) and written in self.brief.quantities and new:
            prose = " ".join(self.brief.quantities[written].prose.split())
            question = f"the fact {written} is {prose} in the source; the edit says {new}"
            return self._build(old, new, place, path, question)
        if isinstance(written, int | float) and not isinstance(written, bool) and after is not None:
            value = int(after) if float(after).is_integer() else float(new)
            if _is_close(float(written), before):
                return self._build(old, new, place, path, "", Replace(parse_path(path), value))
        return self._build(old, new, place, path, COMPUTED)

    def _build(
        self, before: str, after: str, place: str, path: str, question: str, change: Replace | None = None
    ) -> Edit:
        copy = Copy(self.lines.file.file, place, self.lines.file.author, self.lines.file.time)
        return Edit(
            "chart value", path, self.lines.locate(path), before, after, before, after, (copy,), change, None,
            question if change or question else COMPUTED,
        )  # fmt: skip


def _pair_names(ours: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Return pairs of indices: by place where there are as many, else by name."""
    if len(ours) == len(theirs) and sorted(ours) != sorted(theirs):
        return {at: at for at in range(len(ours))}
    left, right = [plain_words(each) for each in ours], [plain_words(each) for each in theirs]
    if sorted(left) == sorted(right) and len(set(left)) == len(left):
        return {here: right.index(words) for here, words in enumerate(left)}
    pairs: dict[int, int] = {}
    for tag, first, last, start, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and last - first == stop - start):
            pairs.update(zip(range(first, last), range(start, stop), strict=True))
    return pairs


def _is_close(ours: float | None, theirs: float | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours))


def _look_up(data: Any, path: str) -> Any:
    for part in parse_path(path):
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
