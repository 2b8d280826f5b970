"""Number a memo's citations, one a paragraph and the same for the same evidence, and write the notes at its end.

Notes name source and place; where the brief says `notes: quotes`, they have the words as well.
"""

from __future__ import annotations

from typing import cast

from markupsafe import Markup, escape
from msgspec import Struct, field

from reportgen.brief.citing.locators import sort_places
from reportgen.brief.evidence_models import CellQuote
from reportgen.brief.model import Brief
from reportgen.text.languages.label_fields import Labels
from reportgen.text.trace import join_origins, mark_traced, trace

LINK = Markup('<sup class="cite"><a {}href="#note-{}" title="{}">{}</a></sup>')


class Endnotes(Struct):
    """A memo's notes, numbered in the order in which the template cites them."""

    brief: Brief
    labels: Labels
    notes: list[tuple[str, ...]] = field(default_factory=list)
    """The quotes of each note; the first is note 1."""

    def cite(self, *texts: str | None) -> Markup:
        """Return the raised number for a paragraph's end; nothing when its texts rest on no quote."""
        quotes = self.brief.citations(*texts)
        if not quotes:
            return Markup("")
        printed = set(map(self._identify, quotes))
        for number, note in enumerate(self.notes, 1):
            if printed <= set(map(self._identify, note)):
                self.notes[number - 1] = tuple(dict.fromkeys([*note, *quotes]))
                return self._link("", number)
        self.notes.append(quotes)
        number = len(self.notes)
        return self._link(Markup('id="cite-{}" ').format(number), number)  # where the note links back to

    def _identify(self, name: str) -> tuple[str, ...]:
        """Return what a note prints of a quote: its words, or its source, speaker and place."""
        quote = self.brief.quotes[name]
        return (name,) if self._has_words else (quote.source, quote.speaker or "", *self.brief.places(name))

    @property
    def _has_words(self) -> bool:
        return self.brief.notes == "quotes"

    def _link(self, place: str, number: int) -> Markup:
        return LINK.format(place, number, self.labels.to_note.format(number=number), number)

    def entries(self) -> list[Markup]:
        """Return the notes' contents in order: source and place, or also the words, which later notes do not repeat."""
        first_notes: dict[str, int] = {}
        entries: list[Markup] = []
        explained: set[Markup] = set()
        for number, quotes in enumerate(self.notes, 1):
            reasons = [reason for reason in self.brief.explain_differences(quotes) if reason not in explained]
            explained.update(reasons)
            entries.append(Markup(" ").join([mark_traced(self._write_entry(quotes, first_notes)), *reasons]))
            for quote in quotes:
                first_notes.setdefault(quote, number)
        return entries

    def _write_entry(self, names: tuple[str, ...], first_notes: dict[str, int]) -> Markup:
        return self._quote_words_of(names, first_notes) if self._has_words else self._name_places_of(names)

    def _name_places_of(self, names: tuple[str, ...]) -> Markup:
        """Write a short note: Stangarone (2020), ¶5, ¶7; Kang Kyung-wha in Stangarone (2020), ¶20."""
        groups: dict[tuple[str, str | None], list[str]] = {}
        for name in names:
            quote = self.brief.quotes[name]
            groups.setdefault((quote.source, quote.speaker), []).append(name)
        marks, parts = self.labels.marks, list[str]()
        for (source, speaker), quotes in groups.items():
            cited = self.brief.sources[source].cited_as
            said = self.labels.said_by.format(speaker=speaker, source=cited) if speaker else cited
            parts.append(marks.comma.join([said, *sort_places(map(self.brief.places, quotes))]))
        return self._end(escape(marks.semicolon.join(parts)), self._list_origins(names, with_words=False))

    def _quote_words_of(self, names: tuple[str, ...], first_notes: dict[str, int]) -> Markup:
        """Write a note with words, with quotes of one paragraph together: Stangarone (2020), ¶5: “…”; “…”; ¶7: “…”."""
        marks, parts = self.labels.marks, list[Markup]()
        before: str | None = None
        for name in names:
            is_repeated = name in first_notes
            words = self.labels.as_in.format(number=first_notes[name]) if is_repeated else self._quote_words(name)
            place = escape(marks.comma.join(self._place(name, before)))
            parts.append(place + marks.colon + words if place and words else place or escape(words))
            before = name
        return self._end(escape(marks.semicolon).join(parts), self._list_origins(names, with_words=True))

    def _end(self, entry: Markup, origins: list[str | None]) -> Markup:
        """Return a note with its full stop, traced to the texts of the brief that it prints."""
        text = entry.striptags()
        end = self.labels.marks.end_sentence
        ended = entry if end(text) == text else Markup(end(entry))  # noqa: S704  # a full stop is added
        return cast("Markup", trace(ended, join_origins(origins)))

    def _list_origins(self, names: tuple[str, ...], *, with_words: bool) -> list[str | None]:
        """Return the texts of the brief that a note prints."""
        quotes = [self.brief.quotes[name] for name in names]
        words = [quote.text if with_words else self.brief.sources[quote.source].cited_as for quote in quotes]
        return [origin for quote, said in zip(quotes, words, strict=True) for origin in (said, quote.speaker)]

    def _quote_words(self, name: str) -> Markup:
        """Return a quote's words in quotation marks, tagged with their language where it is another one."""
        if self.brief.quotes[name].cell:
            return escape(self.brief.quotes[name].text)  # a number of a table, which nobody said
        text, language = self.brief.quotes[name].text.removesuffix("."), self.brief.foreign(name)
        words = Markup('<span lang="{}">{}</span>').format(language, text) if language else escape(text)
        return Markup(self.labels.marks.quote(words))  # noqa: S704  # the words are escaped, the marks are ours

    def _place(self, name: str, before: str | None) -> list[str]:
        """Return source and place, without what the quote before has just named."""
        quote, places = self.brief.quotes[name], self.brief.places(name)
        last = self.brief.quotes[before] if before else None
        if isinstance(quote, CellQuote):
            is_same_file = isinstance(last, CellQuote) and last.place[:-1] == quote.place[:-1]
            cited = self.brief.sources[quote.source].cited_as
            return [quote.place[-1]] if is_same_file else [cited, *quote.place]
        if before and last and (quote.source, quote.speaker) == (last.source, last.speaker):
            return [] if places == self.brief.places(before) else [*places]
        source = self.brief.sources[quote.source].cited_as
        if quote.speaker:
            source = self.labels.said_by.format(speaker=quote.speaker, source=source)
        return [source, *places]
