"""The audit of what a slide shows besides its words: what hides, covers, moves or leads away, and marks that differ."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from reportgen.audit.audit_report import Kind, Place, ReportBuilder, Severity
from reportgen.audit.decks.expected_file import ExpectedFile
from reportgen.brand.contrast import RGB, contrast_ratio
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view import view_values as view
from reportgen.deck.view.forms.fill_names import NONE, UNREAD

STYLE = frozenset({"transition", "effects", "value axis’s step", "gap between bars"})
"""The parts of a form that are looks alone."""
PAINT = frozenset({"fill", "line", "outline", "dashes", "weight"})
"""The parts of a form that are a matter of looks where there are words, and carry meaning in a drawing."""
DROPPED = frozenset({"order of columns"})
"""The parts of a form that LibreOffice drops when it saves a deck."""
SYMBOLS = frozenset({"wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "zapf dingbats", "opensymbol"})
AS_BUILT = {"in the show": "yes", "animations": NONE, "advance": "on a click", "shapes of its master": "shown"}
"""The form of every slide of ours."""
QUESTIONS = "?¿؟？"
THICKER = 0.5  # the share by which a line may be thicker or thinner: programs round
UNSEEN = 1.5  # the contrast below which nobody sees words
SMALLEST = 5.0  # points: nobody reads smaller notes
COVERED = 0.2  # the share of a shape that another may cover, beyond what it covers in ours
TOUCHED = 0.02  # the share of a shape that an added one must cover to be said to lie over it
MOVED = 4.0  # points that a mark may stand from its place in a drawing: programs round
SHRUNK = 0.5  # of its width or height: what is smaller cannot show what it should
SQUEEZED = 0.7  # of the line height: closer lines run into one another
TIGHT = -2.0  # points between letters: closer letters run into one another

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
        self.check_runs(list_paragraphs(ours), list_paragraphs(theirs), place, theirs.placeholder == "ftr")

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

    def check_runs(
        self, ours: Sequence[view.Paragraph], theirs: Sequence[view.Paragraph], place: Place, is_footer: bool
    ) -> None:
        """Compare what a text's format says: what is struck out, where words lead, in which language and face they are."""
        check_marks_of_text(theirs, place, self.report)
        expected, found = (_list_links(each) for each in (ours, theirs))
        for words, address in found - expected:
            self.report.add("link", f"a link on “{words}” leads to {address}", place, after=address)
        for words, address in expected - found:
            self.report.add("link", f"the link on “{words}” to {address} is missing", place, before=address)
        has_own_script = any(_is_foreign(paragraph.text) for paragraph in ours)
        languages = [_list_languages(each, has_own_script) for each in (ours, theirs)]
        if ours and (other := languages[1] - languages[0]):
            names = ", ".join(each or "none" for each in sorted(other))
            # LibreOffice marks Korean and Arabic words beside figures as English.
            severity: Severity = "note" if has_own_script and self.expected.is_foreign else "error"
            self.report.add(
                "language", f"words are marked as of another language: {names}", place, severity, after=names
            )
        bullets = [{each.format.bullet for each in text if each.text.strip()} for text in (ours, theirs)]
        if ours and bullets[1] - bullets[0] and not self.expected.is_foreign:
            signs = ", ".join(f"“{each}”" if each else "none" for each in sorted(bullets[1] - bullets[0]))
            self.report.add("form", f"the items of its list begin with another sign: {signs}", place)
        if self.expected.source == "rebuilt" or is_footer:
            return
        turns = [{each.format.left_to_right for each in text if each.text.strip()} for text in (ours, theirs)]
        if all(turns) and turns[0] != turns[1]:
            self.report.add("form", "its words run in the other direction", place)
        looks = [_list_looks(each) for each in (ours, theirs)]
        changes = [
            f"{name} {', '.join(sorted(looks[0][name]))} → {', '.join(sorted(looks[1][name]))}"
            for name in looks[0]
            if looks[0][name] != looks[1][name] and looks[0][name] and looks[1][name]
        ]
        if changes:
            self.report.add("look", f"it looks different: {'; '.join(changes)}", place, "note")

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


def compare_forms(
    ours: Mapping[str, str], theirs: Mapping[str, str], name: str, place: Place, report: ReportBuilder,
    style: frozenset[str] = frozenset(), room: float = 0.0,
) -> None:  # fmt: skip
    """Report each part of a form that differs: `style` names those that are looks, if no picture takes their place.

    Numbers may differ by the share `room`.
    """
    for part in dict.fromkeys([*ours, *theirs]):
        before, after = ours.get(part, NONE), theirs.get(part, NONE)
        if part == "weight" and (theirs.get("line") == NONE or _is_same_number(before, after, THICKER)):
            continue
        if before == after or _is_same_color(before, after) or (room and _is_same_number(before, after, room)):
            continue
        is_look = part in STYLE or (part in style and after != UNREAD)
        severity: Severity = "note" if is_look else "error"
        kind: Kind = "link" if part == "link" else "look" if is_look else "form"
        whose = "its" if name == "it" else f"{name}’s"
        report.add(kind, f"{whose} {part}: {before} has become {after}", place, severity, before=before, after=after)


def check_marks_of_text(paragraphs: Iterable[view.Paragraph], place: Place, report: ReportBuilder) -> None:
    """Report words that are struck out, in a face of symbols, or so close that nobody can read them."""
    for paragraph in paragraphs:
        runs = [run for run in paragraph.runs if run.text.strip()]
        for fault, words in (
            ("struck out", [run.text for run in runs if run.struck]),
            ("in a face of symbols", [run.text for run in runs if run.family.lower() in SYMBOLS]),
            ("as dark as its highlight", [run.text for run in runs if is_lost(run.color, run.highlight)]),
            ("so close that letters cover one another", [run.text for run in runs if run.spacing < TIGHT]),
        ):
            if words:
                report.add("hidden", f"“{' '.join(''.join(words).split())[:80]}” is {fault}", place)
        if runs and paragraph.format.spacing < SQUEEZED and not paragraph.format.leading:
            report.add("hidden", "its lines are so close that they cover one another", place)


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


def check_signs(ours: str, theirs: str, place: Place, report: ReportBuilder) -> None:
    """Report signs that are no words and turn the sense of words: question marks, symbols, marks that reverse letters."""
    before, after = (Counter(char for char in text if _is_sign(char)) for text in (ours, theirs))
    for char, word in [
        *((char, "is added") for char in after - before),
        *((char, "is missing") for char in before - after),
    ]:
        name = (
            f"“{char}”"
            if char.isprintable()
            else f"U+{ord(char):04X} ({unicodedata.name(char, 'without a name').lower()})"
        )
        report.add("text", f"the sign {name} {word}", place, after=char if char in after else "")


def _is_sign(char: str) -> bool:
    return char in QUESTIONS or "\u202a" <= char <= "\u202e" or unicodedata.category(char) == "So"


def check_notes_shape(shape: view.Shape, linked: Collection[str], place: Place, report: ReportBuilder) -> None:
    """Report words of a notes page that are hidden or struck out, and links that the brief's notes do not have."""
    if shape.hidden:
        report.add("hidden", "the notes are hidden", place)
    check_marks_of_text(shape.paragraphs, place, report)
    runs = [run for paragraph in shape.paragraphs for run in paragraph.runs if run.text.strip()]
    if any(is_lost(run.color, shape.background) or run.size < SMALLEST for run in runs):
        report.add("hidden", "some of the notes are too small or too faint to be seen", place)
    for words, address in _list_links(shape.paragraphs):
        if address not in linked:
            report.add("link", f"a link on “{words}” leads to {address}", place, after=address)
    if shape.form.get("link", NONE) != NONE:
        report.add("link", f"a link leads to {shape.form['link']}", place)


def is_lost(color: RGB | None, background: RGB | None) -> bool:
    return color is not None and background is not None and contrast_ratio(color, background) < UNSEEN


def list_paragraphs(shape: view.Shape) -> list[view.Paragraph]:
    cells = [cell for row in shape.table.rows for cell in row] if shape.table else []
    return [*shape.paragraphs, *(each for cell in cells for each in cell.paragraphs)]


def _list_links(paragraphs: Iterable[view.Paragraph]) -> set[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        for run in paragraph.runs:
            if run.leads and found and found[-1][1] == run.leads:
                found[-1] = (f"{found[-1][0]}{run.text}", run.leads)
            elif run.leads:
                found.append((run.text, run.leads))
    return {(" ".join(words.split()), address) for words, address in found}


def _list_languages(paragraphs: Iterable[view.Paragraph], own_script: bool) -> set[str]:
    """Return the languages of the words: in a text with a script of its own, such as Korean, of the words in that script."""
    runs = (run for paragraph in paragraphs for run in paragraph.runs)
    return {run.language for run in runs if (_is_foreign(run.text) if own_script else _has_letters(run.text))}


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _is_foreign(text: str) -> bool:
    """Say whether some letters are not of the Latin script: programs mark Latin words and figures beside these as English."""
    return any(char.isalpha() and char > "\u036f" and not "\u1e00" <= char <= "\u1eff" for char in text)


def _list_looks(paragraphs: Iterable[view.Paragraph]) -> dict[str, set[str]]:
    runs = [run for paragraph in paragraphs for run in paragraph.runs if run.text.strip()]
    return {
        "size": {f"{run.size:g} pt" for run in runs},
        "face": {run.family for run in runs},
        "weight": {"bold" if run.bold else "plain" for run in runs},
        "highlight": {"yes" if run.highlight else "no" for run in runs},
        "letters": {"capitals" if run.capitals else "as they are" for run in runs},
        "position": {"raised" if run.raised else "on the line" for run in runs},
        "slant": {"italic" if run.italic else "upright" for run in runs},
    }


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


def _is_same_number(before: str, after: str, room: float) -> bool:
    try:
        return abs(float(after) - float(before)) <= room * abs(float(before))
    except ValueError:
        return False


def _is_same_color(before: str, after: str) -> bool:
    """Say whether two names of colours differ only by rounding."""
    if not (before.startswith("#") and after.startswith("#") and len(before) == len(after) == 7):
        return False
    try:
        return all(abs(int(before[at : at + 2], 16) - int(after[at : at + 2], 16)) <= 3 for at in (1, 3, 5))
    except ValueError:
        return False
