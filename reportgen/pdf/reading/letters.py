"""Read the letters that a PDF's pages paint, sorted by marked content, and join letters to lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from reportgen.pdf.reading.content_stream import interpreter_class

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage

# Shares of the type's size.
SPACE = 0.16  # more room between two letters is a space
SHIFT = 0.12  # a letter that is farther off the line stands on another one, or is raised
NEW_LINE = 0.6  # a letter that is farther off is on another line
COLUMN_GAP = 2.5  # a wider gap separates columns


class Letter(Struct, frozen=True):
    """A letter on its line, from `x` to `end`; points from the page's lower left.

    A piece of text with an /ActualText is one letter, `whole`, which brings its own spaces.
    """

    text: str
    x: float
    y: float
    end: float
    size: float
    whole: bool = False


class PageContent(Struct):
    """The contents of a page: groups of letters in the order of painting, and the numbers of other things.

    A group's key is the number of its marked content, "Artifact", or "" where there is no mark.
    """

    groups: list[tuple[int | str, list[Letter]]] = field(default_factory=list)
    pictures: int = 0
    unmapped: int = 0
    """Letters that no font maps to a character."""


def read_letters(page: PDFPage, manager: Any) -> PageContent:
    """Return the letters of one page; `manager` keeps fonts from page to page."""
    content = PageContent()
    device = _build_device(manager, content)
    device.interpreter = interpreter_class()(manager, device)
    device.interpreter.process_page(page)
    return content


def _build_device(manager: Any, content: PageContent) -> Any:
    """Return the device that pdfminer's interpreter paints on; it collects the letters in `content`."""
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
            content.groups.append((key, []))

        def begin_tag(self, tag: Any, props: Any = None) -> None:
            """Open a group; text inside a mark without a number belongs to the mark around it."""
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
                if actual is not None and (letters := content.groups[-1][1]):
                    letters[:] = [merge_letters(letters, actual)]
            self.enter(self.stack[-1] if self.stack else "")

        def render_image(self, name: str, stream: Any) -> None:  # noqa: ARG002
            content.pictures += 1

        def render_char(
            self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *_: Any
        ) -> float:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = "\ufffd"
                content.unmapped += 1
            advance = float(font.char_width(cid) * fontsize * scaling)
            size = abs(fontsize) * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
            x, y = matrix[4] + rise * matrix[2], matrix[5] + rise * matrix[3]
            content.groups[-1][1].append(Letter(text, x, y, x + advance * matrix[0], size))
            return advance

    return Device()


def merge_letters(letters: list[Letter], text: str) -> Letter:
    """Return one letter in the place of several, with the text that they stand for."""
    first = letters[0]
    left, right = min(letter.x for letter in letters), max(letter.end for letter in letters)
    return Letter(text, left, first.y, right, first.size, whole=True)


def split_lines(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Split letters where another line or column begins."""
    line: list[Letter] = []
    for letter in letters:
        size = max(letter.size, line[-1].size) if line else 0.0
        if line:
            gap = letter.x - line[-1].end
            if abs(letter.y - line[-1].y) > NEW_LINE * size or not -size < gap < COLUMN_GAP * size:
                yield line
                line = []
        line.append(letter)
    if line:
        yield line


def join_letters(letters: Iterable[Letter]) -> tuple[str, tuple[float, float, float, float]]:
    """Return letters as text, with spaces in gaps and at line ends, and their box (left, low, right, high)."""
    parts: list[str] = []
    last: Letter | None = None
    left = low = float("inf")
    right = high = float("-inf")
    for letter in letters:
        if last is not None and not parts[-1].isspace():
            size = max(last.size, letter.size)
            moved = letter.x < last.x - size or letter.x - last.end > SPACE * size
            if abs(letter.y - last.y) > SHIFT * size or (moved and not (letter.whole and last.whole)):
                parts.append(" ")
        parts.append(letter.text)
        left, low = min(left, letter.x), min(low, letter.y)
        right, high = max(right, letter.end), max(high, letter.y + letter.size)
        last = letter
    return "".join(parts).strip(), (left, low, right, high)


def name_of(value: Any) -> str:
    """Return a PDF name as text, and anything else as ""."""
    name = getattr(value, "name", "")
    return name if isinstance(name, str) else name.decode("latin-1") if isinstance(name, bytes) else ""
