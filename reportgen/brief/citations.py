"""The citation of each source: its name and year, with a letter where others have the same: Doe (2023a)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_lowercase

from msgspec import Struct

from reportgen.brief.author_names import cite_author
from reportgen.text.languages import load_labels

_YEAR = re.compile(r"\d{4}")


class Citation(Struct, frozen=True):
    """A source's name in notes and source lines, and its year with the letter that tells it from others."""

    name: str
    year: str = ""

    @property
    def cited_as(self) -> str:
        """The citation in a line of sources: Doe (2023a)."""
        return f"{self.name} ({self.year})" if self.year else self.name

    def in_brackets(self, language: str) -> str:
        """Return the citation as it stands in brackets: Doe, 2023a."""
        return load_labels(language).marks.comma.join(part for part in (self.name, self.year) if part)


class SourceParts(Struct, frozen=True):
    """What a source is cited by, as the brief has it."""

    author: str
    short: str | None = None
    published: str | None = None


def cite_sources(sources: Mapping[str, SourceParts], language: str) -> dict[str, Citation]:
    """Return the citations of a brief's sources by id. Those of one name and year get letters in the brief's order."""
    plain = {name: _cite(source, language) for name, source in sources.items()}
    groups: dict[Citation, list[str]] = {}
    for name, citation in plain.items():
        groups.setdefault(citation, []).append(name)
    for citation, names in groups.items():
        if len(names) > 1 and citation.year:
            for index, name in enumerate(names):
                plain[name] = Citation(citation.name, citation.year + _letter(index))
    return plain


def _cite(source: SourceParts, language: str) -> Citation:
    year = _YEAR.search(source.published or "")
    return Citation(source.short or cite_author(source.author, language).name, year[0] if year else "")


def _letter(index: int) -> str:
    """Return a, b, …, z, aa, ab, …"""
    more, last = divmod(index, len(ascii_lowercase))
    return (_letter(more - 1) if more else "") + ascii_lowercase[last]
