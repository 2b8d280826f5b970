"""Texts part by part, each with its place: the paragraphs, headings and rows that a file's blocks become."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reportgen.evidence.sources.paragraphs import Block, Paragraph, join_lines, number_paragraphs
from reportgen.factcheck.fact_values import Place

START, NEAR = 60, 12  # letters by which a block is recognized, and paragraphs in which it is looked for first


class Part(Struct, frozen=True):
    """A paragraph, heading, row or cell of a file. `context` are the headings, and the head of the table, above it."""

    text: str
    place: Place
    context: str = ""
    is_row: bool = False
    is_heading: bool = False
    joins: tuple[int, ...] = ()
    turns: tuple[tuple[int, int], ...] = ()
    """The offset at which each further page begins, and that page."""

    def place_at(self, offset: int) -> Place:
        """Return the place of a character: a paragraph may run over pages."""
        page = next((page for start, page in reversed(self.turns) if start <= offset), self.place.page)
        return self.place if page == self.place.page else Place(page, self.place.slide, self.place.part)


class FileText(Struct, frozen=True):
    """A file as its parts. `notes` say what could not be read."""

    name: str
    sha256: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()


def split_parts(blocks: Sequence[Block]) -> list[Part]:
    """Return body paragraphs under the numbers that locators have, and between them headings and front matter."""
    paragraphs = number_paragraphs(blocks)
    heads = _find_headings(blocks, paragraphs)
    parts: list[Part] = []
    head_row, table = "", None
    for index, paragraph in enumerate(paragraphs):
        parts += heads.get(index, ())
        if not paragraph.is_row or paragraph.table != table:
            head_row, table = "", paragraph.table
        context = " ".join((*paragraph.sections, head_row))
        if paragraph.is_row and not head_row:
            head_row = paragraph.text
        kind = "row" if paragraph.is_row else ""
        place = Place(paragraph.page, part=" ".join(filter(None, (f"¶{paragraph.number}", kind))))
        parts.append(
            Part(paragraph.text, place, context, paragraph.is_row, joins=paragraph.joins, turns=paragraph.turns)
        )
    return [*parts, *heads.get(len(paragraphs), ())]


def _find_headings(blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> dict[int, list[Part]]:
    """Return the blocks that are in no paragraph, by the index of the paragraph that follows them."""
    found: dict[int, list[Part]] = {}
    texts = [_squeeze(paragraph.text) for paragraph in paragraphs]
    following = 0
    for block in blocks:
        text = join_lines(block.lines)[0]
        start = _squeeze(text)[:START]
        if not start or not any(char.isalpha() for char in start):
            continue
        near = range(max(0, following - 1), min(len(texts), following + NEAR))
        index = next((each for each in near if start in texts[each]), None)
        if index is not None:
            following = index + 1
        elif block.kind == "head" or not any(start in each for each in texts):  # notes come last, wherever they stood
            part = Part(text, Place(block.page, part="heading"), is_heading=True)
            found.setdefault(following, []).append(part)
    return found


def _squeeze(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
