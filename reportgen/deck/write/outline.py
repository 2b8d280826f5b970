"""The outline of a presentation: what it lists of its slides, before any of them is written."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from reportgen.deck.oxml import presentation_xml
from reportgen.deck.theme import Theme
from reportgen.deck.values import Deck


class Outline(Struct, frozen=True):
    """What a presentation says of its slides: their parts' names, each one's section, and whether any has notes.

    `left_out` are the layouts that we added to a house's and none of them uses.
    """

    slides: tuple[str, ...]
    sections: tuple[str | None, ...]
    noted: bool
    left_out: frozenset[str]

    @classmethod
    def of(cls, deck: Deck, theme: Theme, names: Collection[str]) -> Outline:
        used = {theme.layout_parts[slide.layout] for slide in deck.slides}
        noted = bool(deck.properties.marks.lines) or any(slide.notes for slide in deck.slides)
        sections = tuple(slide.section for slide in deck.slides)
        return cls(tuple(names), sections, noted, frozenset(theme.added_parts - used))

    def section_slides(self) -> list[tuple[str, list[int]]]:
        """Return PowerPoint's sections with the ids of their slides: a section runs from the slide that names it to the next one."""
        found: list[tuple[str, list[int]]] = []
        for identity, section in enumerate(self.sections, presentation_xml.FIRST_SLIDE):
            if section and (not found or found[-1][0] != section):
                found.append((section, []))
            if found:
                found[-1][1].append(identity)
        return found
