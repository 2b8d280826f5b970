"""Collects a memo's citations: one number a paragraph, the same number for the same quotes, the words at the end."""

from __future__ import annotations

from markupsafe import Markup, escape
from msgspec import Struct, field

from reportgen.brief.evidence_models import Quote
from reportgen.brief.model import Brief
from reportgen.text.languages.label_fields import Labels

LINK = Markup('<sup class="cite"><a {}href="#note-{}">{}</a></sup>')


class Notes(Struct):
    """Numbers are given in the order in which the template asks for them."""

    brief: Brief
    labels: Labels
    numbered: list[tuple[str, ...]] = field(default_factory=list)
    """The quotes of each note; the first is note 1."""

    def cite(self, *texts: str | None) -> Markup:
        """The raised number that stands at a paragraph's end; nothing when its texts rest on no quote."""
        quotes = self.brief.citations(*texts)
        if not quotes:
            return Markup("")
        for number, known in enumerate(self.numbered, 1):
            if set(quotes) <= set(known):
                return LINK.format("", number, number)
        self.numbered.append(quotes)
        number = len(self.numbered)
        return LINK.format(Markup('id="cite-{}" ').format(number), number, number)  # where the note links back to

    def entries(self) -> list[Markup]:
        """The notes' contents, in order: source, paragraph, the words; words that an earlier note has are not repeated."""
        first: dict[str, int] = {}
        entries = []
        for number, quotes in enumerate(self.numbered, 1):
            entries.append(self._entry(quotes, first))
            for quote in quotes:
                first.setdefault(quote, number)
        return entries

    def _entry(self, names: tuple[str, ...], first: dict[str, int]) -> Markup:
        """Quotes of one paragraph stand together: Stangarone (2020), ¶5: “…”; “…”; ¶7: “…”."""
        marks, parts = self.labels.marks, list[Markup]()
        before: Quote | None = None
        for name in names:
            quote = self.brief.quotes[name]
            words = self.labels.as_in.format(number=first[name]) if name in first else self._quoted(name)
            place = escape(marks.comma.join(self._place(quote, before)))
            parts.append(place + marks.colon + words if place else escape(words))
            before = quote
        whole = escape(marks.semicolon).join(parts)
        said = whole.striptags()
        return whole if marks.end_sentence(said) == said else Markup(marks.end_sentence(whole))  # noqa: S704  # a full stop is added

    def _quoted(self, name: str) -> Markup:
        """A quote's words in quotation marks; those in another language say so."""
        text, language = self.brief.quotes[name].text.removesuffix("."), self.brief.foreign(name)
        words = Markup('<span lang="{}">{}</span>').format(language, text) if language else escape(text)
        return Markup(self.labels.marks.quote(words))  # noqa: S704  # the words are escaped, the marks are ours

    def _place(self, quote: Quote, before: Quote | None) -> list[str]:
        """Source and paragraph, without what the quote before has just said."""
        same = before is not None and (quote.source, quote.speaker) == (before.source, before.speaker)
        if same and before is not None and quote.paragraph == before.paragraph:
            return []
        source = self.brief.sources[quote.source].cited_as
        if quote.speaker:
            source = self.labels.said_by.format(speaker=quote.speaker, source=source)
        return ([] if same else [source]) + ([f"¶{quote.paragraph}"] if quote.paragraph else [])
