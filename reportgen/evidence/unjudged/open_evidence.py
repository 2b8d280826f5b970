"""Parts and texts that rest on evidence with a gap: no rule can judge it before the gap is filled.

A fact without its quote, or a quote without its source, would cause a second error in each text that rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.evidence.passages import Passage
from reportgen.input.yamlfile import KeyPath
from reportgen.text.inline import find_references

if TYPE_CHECKING:
    from reportgen.brief.argument import Section
    from reportgen.brief.model import Brief

_OF_QUOTES = frozenset(("published", "file", "language"))
"""The keys of a source by which its quotes are read."""


class OpenEvidence(Struct, frozen=True):
    """The parts of a brief, and the texts, that cannot be judged yet."""

    parts: frozenset[KeyPath]
    texts: frozenset[KeyPath]

    def covers(self, path: KeyPath) -> bool:
        return path[:2] in self.parts or path in self.texts


def find_open_evidence(brief: Brief, passages: Iterable[Passage]) -> OpenEvidence:
    """Return what rests on evidence with a gap."""
    quotes, facts = _find_open_facts(brief)
    parts = {*brief.open_parts, *(("quotes", name) for name in quotes), *(("facts", name) for name in facts)}
    exhibits = _find_open_exhibits(brief, quotes, facts)
    parts |= {("exhibits", name) for name in exhibits}
    sections = _find_open_sections(brief, exhibits, facts)
    paths = _list_sections(brief)
    parts |= {("exhibits", name) for path, section in paths.items() if path in sections for name in section.exhibits}
    is_any_open = bool(parts or sections)
    texts = set()
    for passage in passages:
        own = set(brief.citations(passage.raw))
        is_cited = bool(own) and not own & quotes
        if {span.id for span in passage.facts} & facts or own & quotes:
            texts.add(passage.path)
        elif is_cited:
            continue
        elif (
            (is_any_open and len(passage.quotes) == len(brief.quotes))
            or quotes & set(passage.quotes)
            or any(passage.path[: len(path)] == path for path in sections)
        ):  # it rests on the whole brief
            texts.add(passage.path)
    return OpenEvidence(frozenset(parts), frozenset(texts))


def _find_open_facts(brief: Brief) -> tuple[set[str], set[str]]:
    """Return the quotes and the facts of which something is missing, or which rest on those."""
    sources = {gap.path[1] for gap in brief.gaps if gap.path[0] == "sources" and gap.path[-1] in _OF_QUOTES}
    quotes = {str(part[1]) for part in brief.open_parts if part[0] == "quotes"}
    quotes |= {name for name, quote in brief.quotes.items() if quote.source in sources}
    facts = {str(part[1]) for part in brief.open_parts if part[0] == "facts"}
    shared = {quote for name in facts for quote in brief.fact_quotes(name)}
    facts |= {name for name in brief.facts if (quotes | shared) & set(brief.fact_quotes(name))}
    if any(gap.path == ("language",) for gap in brief.gaps):
        facts |= {*brief.facts}  # their words are compared with the quotes' in the brief's language
    return quotes, facts


def _find_open_exhibits(brief: Brief, quotes: set[str], facts: set[str]) -> set[str]:
    """Return the exhibits that draw or cite something with a gap, or which are not shown because of one."""
    gaps = {str(gap.path[1]) for gap in brief.gaps if gap.path[0] == "exhibits" and len(gap.path) > 1}
    shown = {name for section in brief.sections for name in section.exhibits}
    return gaps | {
        name
        for name, exhibit in brief.exhibits.items()
        if name not in shown
        or {quantity.fact for quantity in exhibit.quantities} & facts
        or set(brief.exhibit_quotes(exhibit)) & quotes
    }


def _list_sections(brief: Brief) -> dict[KeyPath, Section]:
    paths: list[KeyPath] = [("why_now",)] if brief.why_now else []
    paths += [("topics", index) for index in range(len(brief.topics))]
    return dict(zip(paths, brief.sections, strict=True))


def _find_open_sections(brief: Brief, exhibits: set[str], facts: set[str]) -> set[KeyPath]:
    """Return the sections with a gap in a point, or with an exhibit or a fact that has one: their titles rest on those."""
    sections = _list_sections(brief)
    gaps = {
        path
        for gap in brief.gaps
        for path in sections
        if gap.path[: len(path)] == path and gap.path[len(path) :] != ("title",)
    }
    return {
        path
        for path, section in sections.items()
        if path in gaps
        or exhibits & set(section.exhibits)
        or facts & {found.id for point in section.points for found in find_references(point) if found.kind == "fact"}
    }
