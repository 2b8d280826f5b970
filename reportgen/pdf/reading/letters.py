"""The letters that a PDF's pages paint, by the marked content that they stand in, and how letters become lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from reportgen.pdf.reading.content_stream import interpreter_class

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage

GAP = 0.16  # of the type's size: more room between two letters is a space
SHIFT = 0.12  # of the type's size: a letter so far off the line stands on another, or is raised
LINE = 0.6  # of the type's size: so far off, a letter is on another line
APART = 2.5  # of the type's size: so wide a gap parts columns


class Letter(Struct, frozen=True):
    """A letter on its line, from `x` to `end`; points from the page's lower left.

    Where the PDF says what a piece of text reads (/ActualText), that is one letter, `whole`: it brings its own spaces.
    """

    text: str
    x: float
    y: float
    end: float
    size: float
    whole: bool = False


class PageContent(Struct):
    """What a page paints: letters by the number of their marked content, by "Artifact", or by "" where there is no mark.

    Groups come in the order of painting; pictures and letters that no font explains are counted.
    """

    groups: list[tuple[int | str, list[Letter]]] = field(default_factory=list)
    pictures: int = 0
    nameless: int = 0


def read_letters(page: PDFPage, manager: Any) -> PageContent:
    """The letters of one page; `manager` keeps fonts from page to page."""
    found = PageContent()
    device = _device(manager, found)
    device.interpreter = interpreter_class()(manager, device)
    device.interpreter.process_page(page)
    return found


def _device(manager: Any, found: PageContent) -> Any:
    """What the interpreter paints on."""
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    class Device(PDFTextDevice):
        def __init__(self) -> None:
            super().__init__(manager)
            self.interpreter: Any = None
            self.stack: list[int | str] = []
            self.actual: list[str | None] = []
            self.enter("")

        def enter(self, key: int | str) -> None:
            found.groups.append((key, []))

        def begin_tag(self, tag: Any, props: Any = None) -> None:
            """Text inside a mark that says nothing of structure belongs to the mark around it."""
            if name_of(props):
                props = (resolve1(self.interpreter.resources.get("Properties")) or {}).get(name_of(props))
            props = resolve1(props)
            number = props.get("MCID") if isinstance(props, dict) else None
            inherited = self.stack[-1] if self.stack else ""
            self.stack.append(number if number is not None else "Artifact" if name_of(tag) == "Artifact" else inherited)
            actual = props.get("ActualText") if isinstance(props, dict) else None
            self.actual.append(decode_text(actual) if isinstance(actual, bytes) else None)
            self.enter(self.stack[-1])

        def end_tag(self) -> None:
            if self.stack:
                self.stack.pop()
                actual = self.actual.pop()
                if actual is not None and (letters := found.groups[-1][1]):
                    letters[:] = [merge_letters(letters, actual)]
            self.enter(self.stack[-1] if self.stack else "")

        def render_image(self, name: str, stream: Any) -> None:  # noqa: ARG002
            found.pictures += 1

        def render_char(
            self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *_: Any
        ) -> float:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = "\ufffd"
                found.nameless += 1
            advance = float(font.char_width(cid) * fontsize * scaling)
            size = abs(fontsize) * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
            x, y = matrix[4] + rise * matrix[2], matrix[5] + rise * matrix[3]
            found.groups[-1][1].append(Letter(text, x, y, x + advance * matrix[0], size))
            return advance

    return Device()


def merge_letters(letters: list[Letter], text: str) -> Letter:
    """Letters as the one text that they read."""
    first = letters[0]
    left, right = min(letter.x for letter in letters), max(letter.end for letter in letters)
    return Letter(text, left, first.y, right, first.size, whole=True)


def split_lines(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Letters parted where another line begins, or another column."""
    line: list[Letter] = []
    for letter in letters:
        size = max(letter.size, line[-1].size) if line else 0.0
        if line and (abs(letter.y - line[-1].y) > LINE * size or not -size < letter.x - line[-1].end < APART * size):
            yield line
            line = []
        line.append(letter)
    if line:
        yield line


def join_letters(letters: Iterable[Letter]) -> tuple[str, tuple[float, float, float, float]]:
    """Letters as text, with a space where there is room for one and where another line begins; and their box."""
    parts: list[str] = []
    last: Letter | None = None
    left = low = float("inf")
    right = high = float("-inf")
    for letter in letters:
        if last is not None and not parts[-1].isspace():
            size = max(last.size, letter.size)
            moved = letter.x < last.x - size or letter.x - last.end > GAP * size
            if abs(letter.y - last.y) > SHIFT * size or (moved and not (letter.whole and last.whole)):
                parts.append(" ")
        parts.append(letter.text)
        left, low = min(left, letter.x), min(low, letter.y)
        right, high = max(right, letter.end), max(high, letter.y + letter.size)
        last = letter
    return "".join(parts).strip(), (left, low, right, high)


def name_of(value: Any) -> str:
    """A PDF name as text; nothing for anything else."""
    name = getattr(value, "name", "")
    return name if isinstance(name, str) else name.decode("latin-1") if isinstance(name, bytes) else ""
