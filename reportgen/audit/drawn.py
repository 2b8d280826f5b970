"""The comparison of a file's pages, drawn, with those of the file that its brief compiles to.

It finds whatever is painted over or under a page, however it got there. LibreOffice draws decks, poppler the pages of PDF
files; both run beside the program, so that a memo takes seconds and a deck some ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen import brand as brands
from reportgen.audit.audit_report import AuditReport, Finding, Place, Recipe
from reportgen.deck.proof import office
from reportgen.markup.templates import template_folders
from reportgen.system.errors import FitError
from reportgen.system.work_folder import open_work_folder
from reportgen.word.reading.word_package import ARCHIVES, is_word_file

if TYPE_CHECKING:
    from PIL.Image import Image

    from reportgen.brief.model import Brief

DPI = 72  # of no effect where the side is given
LONG_SIDE = 1000  # pixels of a page's longer side
SHIFT = 5  # pixels: the side of the square in which a pixel may find its like, as programs round places
LEVELS = 56  # of 255, by which a pixel must differ from all near it
CELL = 10  # pixels: the side of the squares in which differing pixels are counted
FEWEST = 6  # differing pixels of a square that count
STAMP_ROOM = 0.03  # of a page, around a stamp
REGIONS = 3  # of a page that a message names
PAGES = 400  # of a PDF that are drawn at most
THIRDS = (("upper", "middle", "lower"), ("left", "center", "right"))


def compare_drawings(brief: Brief, data: bytes, report: AuditReport, theme: Path | None = None) -> AuditReport:
    """Return the report of a file with an error for each page that looks otherwise than the one that the brief compiles to.

    Raises
    ------
    FileError
        where LibreOffice or poppler is missing or fails.
    """
    if data.startswith(ARCHIVES) and is_word_file(data, report.file):
        unread = "the drawn pages: each program breaks the pages of a Word file anew"
        return replace(report, unread=(*report.unread, unread))
    is_deck = report.document == "deck"
    office.require_tools((office.OFFICE, office.PAINTER) if is_deck else (office.PAINTER,), "drawn pages")
    if report.recipe.theme == "rebuilt":
        unread = "the drawn slides: the deck’s theme is lost; name it with --theme"
        return replace(report, unread=(*report.unread, unread))
    try:
        expected = _build(brief, data, report, theme)
    except FitError as error:
        unread = f"the drawn pages: the brief no longer fits: {error.diagnostics[0].message}"
        return replace(report, unread=(*report.unread, unread))
    with open_work_folder() as folder:
        found, ours = _draw_both(brief, data, expected, folder, report)
        findings = tuple(_compare_pages(ours, found, report, is_deck))
    return replace(report, findings=(*report.findings, *findings))


def _build(brief: Brief, data: bytes, report: AuditReport, theme: Path | None) -> bytes:
    """Build the file anew, in the form and on the paper of the one that was audited."""
    brand, folders = brands.load(brief.folder), template_folders(brief.folder)
    if report.document == "deck":
        from reportgen import deck
        from reportgen.deck import theme as themes

        house = themes.read_theme(theme) if theme else None
        if report.recipe.theme == "own":
            house = themes.parse_theme(data, report.file)
        return deck.render_deck(brief, brand, folders, house)
    from reportgen import memo

    return memo.render_memo(
        brief, brand, folders, report.recipe.paper, report.recipe.profile or None, copy=report.recipe.copy
    )


def _draw_both(
    brief: Brief, data: bytes, expected: bytes, folder: Path, report: AuditReport
) -> tuple[Sequence[Path], Sequence[Path]]:
    """Draw the pages of the file and of ours; a deck that LibreOffice has saved is compared with ours as it saves it."""
    is_deck = report.document == "deck"
    suffix = ".pptx" if is_deck else ".pdf"
    files = [folder / f"found{suffix}", folder / f"ours{suffix}"]
    for file, content in zip(files, (data, expected), strict=True):
        file.write_bytes(content)
    if is_deck and report.recipe.is_foreign:
        again = folder / "again"
        again.mkdir()
        files[1] = office.convert(files[1:], again, brands.load(brief.folder), "pptx")[0]
    if is_deck:
        files = list(office.convert(files, folder, brands.load(brief.folder), "pdf"))
    options = ("-png", "-scale-to", str(LONG_SIDE), "-l", str(PAGES))
    found, ours = (office.draw_pages(file, folder, DPI, *options) for file in files)
    return found, ours


def _compare_pages(
    ours: Sequence[Path], theirs: Sequence[Path], report: AuditReport, is_deck: bool
) -> Iterator[Finding]:
    from PIL import Image

    word = "slide" if is_deck else "page"
    if len(ours) != len(theirs):
        message = f"{len(theirs)} {word}s are drawn where the brief compiles to {len(ours)}"
        yield Finding(report.file, "look", "error", message, Place())
    for number, (expected, found) in enumerate(zip_longest(ours, theirs), 1):
        if not (expected and found):
            return
        place = Place(slide=number) if is_deck else Place(page=number)
        with Image.open(expected) as one, Image.open(found) as other:
            if one.size != other.size:
                yield Finding(report.file, "look", "error", f"the drawn {word} has another shape", place)
                continue
            boxes = find_differences(one.convert("RGB"), other.convert("RGB"), _blank(report.recipe, number, one.size))
        if boxes:
            regions = "; ".join(_name_region(box, one.size) for box in boxes[:REGIONS])
            more = f"; and in {len(boxes) - REGIONS} more places" if len(boxes) > REGIONS else ""
            message = f"the drawn {word} differs: {regions}{more}"
            yield Finding(report.file, "look", "error", message, place, hint="open both files and look there")


def find_differences(
    ours: Image, theirs: Image, blank: Sequence[tuple[int, int, int, int]] = ()
) -> list[tuple[int, int, int, int]]:
    """Return the boxes in which two pictures of one size differ by more than rounding; none lies in `blank`."""
    from PIL import Image, ImageChops

    mask = Image.new("L", ours.size)
    changed = ImageChops.difference(ours, theirs).getbbox()
    if not changed:  # as nearly every page is
        return []
    left, top, right, bottom = changed  # what is alike lies within the range of its neighbors, and is no difference
    part = max(0, left - SHIFT), max(0, top - SHIFT), min(mask.width, right + SHIFT), min(mask.height, bottom + SHIFT)
    one, other = ours.crop(part), theirs.crop(part)
    difference = ImageChops.lighter(_missing(one, other), _missing(other, one))
    red, green, blue = difference.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    mask.paste(strongest.point(lambda level: 255 if level > LEVELS else 0), part)
    for box in blank:
        mask.paste(0, box)
    width, height = mask.size
    columns, rows = -(-width // CELL), -(-height // CELL)
    counted = mask.crop((0, 0, columns * CELL, rows * CELL)).reduce(CELL)
    least = FEWEST * 255 / CELL**2
    cells = {(at % columns, at // columns) for at, level in enumerate(counted.tobytes()) if level >= least}
    return [_enclose(group) for group in _group(cells)]


def _missing(one: Image, other: Image) -> Image:
    """Return by how much each pixel of a picture lies outside the range of the other's pixels near it."""
    from PIL import ImageChops, ImageFilter

    darkest, brightest = other.filter(ImageFilter.MinFilter(SHIFT)), other.filter(ImageFilter.MaxFilter(SHIFT))
    return ImageChops.add(ImageChops.subtract(one, brightest), ImageChops.subtract(darkest, one))


def _group(cells: set[tuple[int, int]]) -> Iterator[set[tuple[int, int]]]:
    """Yield the cells in groups of those that touch, or nearly do."""
    left = set(cells)
    while left:
        group, pending = set(), [left.pop()]
        while pending:
            x, y = pending.pop()
            group.add((x, y))
            near = {(x + right, y + down) for right in range(-3, 4) for down in range(-3, 4)} & left
            left -= near
            pending += near
        yield group


def _enclose(cells: set[tuple[int, int]]) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in cells], [y for _, y in cells]
    return min(xs) * CELL, min(ys) * CELL, (max(xs) + 1) * CELL, (max(ys) + 1) * CELL


def _blank(recipe: Recipe, page: int, size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Return the boxes of a page's stamps in pixels, with some room: a copy has them, the file built anew has not."""
    width, height = size
    return [
        (
            round((left - STAMP_ROOM) * width), round((top - STAMP_ROOM) * height),
            round((right + STAMP_ROOM) * width), round((bottom + STAMP_ROOM) * height),
        )
        for number, (left, top, right, bottom) in recipe.stamps
        if number == page
    ]  # fmt: skip


def _name_region(box: tuple[int, int, int, int], size: tuple[int, int]) -> str:
    """Return words such as "upper left (10–30 % across, 5–12 % down)"."""
    left, top, right, bottom = box
    width, height = size
    row, column = (
        names[min(2, (low + high) * 3 // (2 * whole))]
        for names, low, high, whole in ((THIRDS[0], top, bottom, height), (THIRDS[1], left, right, width))
    )
    across, down = (
        f"{low / whole:.0%}–{min(1.0, high / whole):.0%}"
        for low, high, whole in ((left, right, width), (top, bottom, height))
    )
    return f"{row} {column} ({across} across, {down} down)"
