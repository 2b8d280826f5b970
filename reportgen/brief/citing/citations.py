"""The citation of each source: its name and year, with a letter where others have the same: Doe (2023a)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import count

from msgspec import Struct

from reportgen.brief.citing.author_names import cite_author
from reportgen.text.languages import load_labels
from reportgen.text.late_pattern import compile_late

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_YEAR = compile_late(r"\d{4}")


class Citation(Struct, frozen=True):
    """A source's name in notes and source lines, and its year with the letter that tells it from others."""

    name: str
    year: str = ""
    is_shared: bool = False
    """True if another source of the brief has the same name."""

    @property
    def shortest(self) -> str:
        """The name alone, with the year where another source has the same: Doe 2023a."""
        return f"{self.name} {self.year}".rstrip() if self.is_shared else self.name

    @property
    def cited_as(self) -> str:
        """The citation in a line of sources: Doe (2023a)."""
        return f"{self.name} ({self.year})" if self.year else self.name

    def in_brackets(self, language: str) -> str:
        """Return the citation as it stands in brackets: Doe, 2023a."""
        return load_labels(language).marks.comma.join(part for part in (self.name, self.year) if part)


class SourceParts(Struct, frozen=True):
    """The parts of a source that decide how it is cited."""

    author: str
    short: str | None = None
    published: str | None = None


def cite_sources(sources: Mapping[str, SourceParts], language: str) -> dict[str, Citation]:
    """Return the citations of a brief's sources by id. Those of one name and year get letters in the brief's order."""
    plain = {name: _cite(source, language) for name, source in sources.items()}
    alike = Counter(plain.values())
    of_one_name = Counter(citation.name for citation in plain.values())
    letters = {citation: map(_letter, count()) for citation in alike}
    return {
        name: Citation(
            citation.name,
            citation.year + (next(letters[citation]) if alike[citation] > 1 and citation.year else ""),
            of_one_name[citation.name] > 1,
        )
        for name, citation in plain.items()
    }


def _cite(source: SourceParts, language: str) -> Citation:
    year = _YEAR.search(source.published or "")
    return Citation(source.short or cite_author(source.author, language).name, year[0] if year else "")


def _letter(index: int) -> str:
    """Return a letter by its number from 0: a, b, …, z, aa, ab, …"""
    more, last = divmod(index, len(_LETTERS))
    return (_letter(more - 1) if more else "") + _LETTERS[last]
