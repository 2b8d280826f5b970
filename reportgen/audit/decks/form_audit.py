"""The audit of what a slide shows besides its words: what hides, covers, moves or leads away, and marks that differ."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.audit.audit_report import Place, ReportBuilder, Severity
from reportgen.audit.decks.expected_file import ExpectedFile
from reportgen.audit.decks.form_differences import PAINT, compare_forms
from reportgen.audit.decks.text_forms import check_marks_of_text, check_runs, list_paragraphs
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view import view_values as view
from reportgen.deck.view.forms.fill_names import NONE

DROPPED = frozenset({"order of columns"})
"""The parts of a form that LibreOffice drops when it saves a deck."""
AS_BUILT = {"in the show": "yes", "animations": NONE, "advance": "on a click", "shapes of its master": "shown"}
"""The form of every slide of ours."""
COVERED = 0.2  # the share of a shape that another may cover, beyond what it covers in ours
TOUCHED = 0.02  # the share of a shape that an added one must cover to be said to lie over it
MOVED = 4.0  # points that a mark may stand from its place in a drawing: programs round
SHRUNK = 0.5  # of its width or height: what is smaller cannot show what it should

Pair = tuple[view.Shape, view.Shape]


class SlideAudit(Struct):
    """One slide of a file and the slide that it should be; `pairs` are the shapes, ours and the file's."""

    expected: ExpectedFile
    ours: view.Slide
    theirs: view.Slide
    pairs: list[Pair]
    report: ReportBuilder

    def check(self) -> None:
        """Report everything that differs."""
        self.pair_marks()
        place = Place(slide=self.theirs.number)
        compare_forms(self.ours.form, self.theirs.form, "the slide", place, self.report)
        if self.expected.source == "named":
            self.check_backdrop(place)
        for ours, theirs in self.pairs:
            self.check_pair(ours, theirs)
        if self.expected.source != "rebuilt":
            self.check_members()
        self.check_covers()

    def place(self, shape: view.Shape) -> Place:
        return Place(slide=self.theirs.number, shape=f"“{shape.name}”")

    @property
    def tolerates_words(self) -> bool:
        """True where words alone are no errors, so that a whole text that is added or missing has to be one by itself."""
        return self.report.words != "error"

    def pair_marks(self) -> None:
        """Pair the shapes without words, by name and then by place; report those that are missing or added."""
        used, taken = {id(ours) for ours, _ in self.pairs}, {id(theirs) for _, theirs in self.pairs}
        ours = [each for each in self.ours.all_shapes if id(each) not in used]
        theirs = [each for each in self.theirs.all_shapes if id(each) not in taken]
        for near in (False, True):
            for mark in list(ours):
                fits = (each for each in theirs if _is_near(mark, each) if near or each.name == mark.name)
                found = next(fits, None) or next(
                    (each for each in theirs if not near and each.name == mark.name and each.kind == mark.kind), None
                )
                if found:
                    self.pairs.append((mark, found))
                    ours.remove(mark)
                    theirs.remove(found)
        for mark in ours:
            if not mark.has_content or self.tolerates_words:
                message = f"the {mark.kind} “{mark.name}” is missing"
                self.report.add("missing", message, Place(slide=self.theirs.number), before=mark.name)
        for added in theirs:
            self.report_added(added)

    def report_added(self, shape: view.Shape) -> None:
        """Report a shape that the brief does not have; its words are reported with the others."""
        is_empty = shape.placeholder and not shape.has_content and not shape.opaque
        if is_empty or shape.kind == "group":
            return
        covers = [
            each.label for each in self.theirs.shapes if each is not shape and each.has_content and _covers(shape, each)
        ]
        over = f" over {', '.join(covers[:3])}" if shape.opaque and covers else ""
        is_reported = shape.has_content and not self.tolerates_words  # by its words
        if is_reported and not over and not shape.hidden:
            return
        kind = "shape" if shape.kind == "text" else shape.kind
        self.report.add("added", f"the brief has no such {kind}{over}", self.place(shape))

    def check_backdrop(self, place: Place) -> None:
        """Compare what master and layout paint below the slide's shapes."""
        ours, theirs = list(self.ours.backdrop), list(self.theirs.backdrop)
        for box, fill in list(ours):
            same = next((each for each in theirs if each[1] == fill and _is_close(each[0], box)), None)
            if same:
                ours.remove((box, fill))
                theirs.remove(same)
        themes = [layer for slide in self.expected.file.slides for layer in slide.backdrop]
        for _, fill in ours:
            self.report.add("hidden", f"a shape of the theme’s master or layout, {fill}, is not painted", place)
        for box, fill in theirs:
            is_elsewhere = any(fill == other and _is_close(box, near) for near, other in themes)
            severity: Severity = "note" if is_elsewhere else "error"
            self.report.add(
                "added", f"master or layout paint a shape, {fill}, that the theme has not here", place, severity
            )

    def check_pair(self, ours: view.Shape, theirs: view.Shape) -> None:
        place, is_mark = self.place(theirs), bool(ours.groups) and not ours.has_content
        if theirs.hidden and not ours.hidden:
            self.report.add("hidden", "it is hidden", place)
        if theirs.decorative and not theirs.alt and ours.alt:
            self.report.add(
                "missing",
                f"the alternative text “{ours.alt[:60]}” is missing: it is called decorative",
                place,
                before=ours.alt,
            )
        style = frozenset() if is_mark else PAINT
        if self.expected.is_foreign:
            style |= DROPPED
        compare_forms(ours.form, theirs.form, "it", place, self.report, style)
        self._check_box(ours, theirs, place)
        if ours.chart and theirs.chart:
            room = 0.1 if self.expected.source == "rebuilt" else 0.001  # an axis leaves room for its labels
            compare_forms(ours.chart.form, theirs.chart.form, "the chart", place, self.report, room=room)
            if not theirs.chart.has_workbook:
                self.report.add(
                    "look", "the chart has no workbook: its numbers cannot be edited or compared", place, "note"
                )
        if ours.table and theirs.table:
            self._check_table(ours.table, theirs.table, place)
        # A stamp makes the type of its footer smaller.
        has_own_looks = self.expected.source == "rebuilt" or theirs.placeholder == "ftr"
        check_runs(
            list_paragraphs(ours), list_paragraphs(theirs), place, self.report, self.expected.is_foreign, has_own_looks
        )

    def _check_box(self, ours: view.Shape, theirs: view.Shape, place: Place) -> None:
        is_elastic = bool(ours.groups) and self.expected.source == "rebuilt"  # labels have the height of their lines
        if ours.box is None or theirs.box is None or theirs.kind == "line" or is_elastic:
            return
        for ours_side, side, word in (
            (ours.box.width, theirs.box.width, "wide"),
            (ours.box.height, theirs.box.height, "high"),
        ):
            if side < SHRUNK * ours_side and ours_side > EMU_PER_POINT and not theirs.table:
                message = f"it is {side / EMU_PER_POINT:.0f} pt {word}, not {ours_side / EMU_PER_POINT:.0f}"
                self.report.add("hidden", message, place)
        if not ours.groups and self.expected.source != "rebuilt" and not _is_close(ours.box, theirs.box):
            self.report.add("look", "it stands in another place, or has another size", place, "note")

    def _check_table(self, ours: view.Table, theirs: view.Table, place: Place) -> None:
        for number, row in enumerate(theirs.rows):
            for column, cell in enumerate(row):
                same = (
                    ours.rows[number][column] if number < len(ours.rows) and column < len(ours.rows[number]) else None
                )
                where = place.part(f"row {number + 1}, column {column + 1}")
                if (cell.spans, cell.covered) != ((same.spans, same.covered) if same else ((1, 1), False)):
                    self.report.add("order", "the cell is merged with others, or was", where)
                if cell.crossed:
                    self.report.add("hidden", "the cell is crossed out", where)
                if cell.frame.rotated and not (same and same.frame.rotated):
                    self.report.add("look", "the cell’s words are turned", where)
        widths = zip(ours.widths, theirs.widths, strict=False)
        for number, (expected, width) in enumerate(widths, 1):
            if width * sum(ours.widths) < SHRUNK * expected * sum(theirs.widths):
                message = f"column {number} is {width / EMU_PER_POINT:.0f} pt wide, not {expected / EMU_PER_POINT:.0f}"
                self.report.add("hidden", message, place)

    def check_members(self) -> None:
        """Report marks and labels of a drawing that stand elsewhere in it than they should."""
        groups = [(one, other) for one, other in self.pairs if one.member_groups and other.member_groups]
        for ours, theirs in groups:
            if not (ours.box and theirs.box and ours.box.width and theirs.box.width):
                continue
            for one, other in self.pairs:
                if one.groups == ours.member_groups and other.groups == theirs.member_groups and one.box and other.box:
                    shift = max(map(abs, _shift(one.box, other.box, ours.box, theirs.box)))
                    if shift > MOVED * EMU_PER_POINT:
                        message = f"it stands {shift / EMU_PER_POINT:.0f} pt from its place in the drawing"
                        self.report.add("order", message, self.place(other))

    def check_covers(self) -> None:
        """Report shapes that lie over others which they leave free in ours."""
        partner = {id(theirs): ours for ours, theirs in self.pairs}
        shapes = [each for each in self.theirs.shapes if each.kind != "group"]
        for below, shape in enumerate(shapes):
            if not (shape.has_content and shape.box):
                continue
            for above in shapes[below + 1 :]:
                ours, other = partner.get(id(shape)), partner.get(id(above))
                if other is None or ours is None or (above.groups and above.groups == shape.groups):
                    continue  # what was added is reported as such
                if not (above.opaque or above.has_content) or not above.box:
                    continue
                share = view.measure_coverage(above.box, shape.box)
                before = view.measure_coverage(other.box, ours.box) if other.box and ours.box else 0.0
                if share > before + COVERED:
                    self.report.add("hidden", f"it lies over {shape.label}", self.place(above))


def check_alone(slide: view.Slide, report: ReportBuilder) -> None:
    """Report what no slide of ours does, where there is no slide to compare with."""
    compare_forms(AS_BUILT, slide.form, "the slide", Place(slide=slide.number), report, frozenset({"background"}))
    for shape in slide.all_shapes:
        place = Place(slide=slide.number, shape=f"“{shape.name}”")
        if shape.hidden:
            report.add("hidden", "it is hidden", place)
        if shape.form.get("link", NONE) != NONE:
            report.add("link", f"a link leads to {shape.form['link']}", place)
        check_marks_of_text(list_paragraphs(shape), place, report)


def _is_near(ours: view.Shape, theirs: view.Shape) -> bool:
    """Say whether two marks are of one kind and at one place."""
    kinds = {"shape" if each.kind == "text" else each.kind for each in (ours, theirs)}
    return len(kinds) == 1 and _is_close(ours.box, theirs.box, MOVED * EMU_PER_POINT)


def _is_close(ours: Box | None, theirs: Box | None, room: float = 0.5 * EMU_PER_POINT) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    sides = ((ours.x, theirs.x), (ours.y, theirs.y), (ours.right, theirs.right), (ours.bottom, theirs.bottom))
    return all(abs(one - other) <= room for one, other in sides)


def _shift(ours: Box, theirs: Box, our_group: Box, their_group: Box) -> Iterator[float]:
    """Yield how far the middle of a member is from its place, in the size of our drawing."""
    wide = our_group.width / max(1, their_group.width)
    high = our_group.height / max(1, their_group.height)
    yield (theirs.x + theirs.width / 2 - their_group.x) * wide - (ours.x + ours.width / 2 - our_group.x)
    yield (theirs.y + theirs.height / 2 - their_group.y) * high - (ours.y + ours.height / 2 - our_group.y)
    yield (theirs.width * wide) - ours.width
    yield (theirs.height * high) - ours.height


def _covers(above: view.Shape, below: view.Shape) -> bool:
    return above.box is not None and below.box is not None and view.measure_coverage(above.box, below.box) > TOUCHED
