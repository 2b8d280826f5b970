"""Every word that a handout prints of itself, and those by which it knows the notes' parts, one value a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

RANGE = "–"


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one language.

    `evidence` and `asked` begin paragraphs of the deck's notes; where a template begins them otherwise, they are set
    like all other notes.
    """

    kind: str
    slide: str
    slides: str
    evidence: str
    asked: str
    table: str
    page: str
    of: str

    def numbered(self, number: str) -> str:
        """ "Slide 4"; "Slides 5–7" for one that the deck continues."""
        return f"{self.slides if RANGE in number else self.slide} {number}"

    def caption(self, rows: int) -> str:
        """What a table is, for whoever meets it without the page: "Table of 1 row", "Table of 30 rows"."""
        return self.table.format(rows=rows, plural="" if rows == 1 else "s")


ENGLISH = Labels(
    kind="Briefing notes",
    slide="Slide",
    slides="Slides",
    evidence="Evidence:",
    asked="If asked:",
    table="Table of {rows} row{plural}",
    page="page",
    of="of",
)

LANGUAGES: Mapping[str, Labels] = MappingProxyType({"en": ENGLISH})


def labels(language: str) -> Labels:
    """The labels for a language tag: those of its language, in English where there are none yet."""
    return LANGUAGES.get(language.partition("-")[0], ENGLISH)
