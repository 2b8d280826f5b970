"""`draft --into`: another article becomes a source of a brief that a person has edited. All else in the file stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from reportgen.brief.model import Brief
from reportgen.drafting.articles import Article
from reportgen.drafting.brief_text import flow, write_quote, write_source
from reportgen.drafting.draft import rank_articles, take_sentences
from reportgen.drafting.draft_values import Draft, TakenSentence
from reportgen.evidence.fact_match import is_same_number
from reportgen.evidence.several.contradictions import contradict, is_one_thing
from reportgen.evidence.several.topics import Topic, find_topics
from reportgen.input.edits import Edit, Extend


class Meeting(Struct, frozen=True):
    """A number of the new article and one of the brief that are of one thing: they agree, or they differ."""

    fact: str
    stated: str
    new: str
    quote: str
    differs: bool

    @property
    def message(self) -> str:
        if self.differs:
            return f'differs: the fact "{self.fact}" is {self.stated}, the new article has {self.new} (quote "{self.quote}")'
        return f'repeats: the fact "{self.fact}" is {self.stated} here too (quote "{self.quote}")'


def draft_source(brief: Brief, articles: Sequence[Article]) -> tuple[Draft, list[TakenSentence]]:
    """Return the quotes and facts of new articles, with ids that the brief does not have."""
    draft = Draft(articles, brief.title, brief.slug, date.today(), brief.language)
    ranked = sorted(rank_articles(articles), key=lambda each: -each.score)
    return draft, take_sentences(ranked, draft, tuple(brief.quotes), tuple(brief.facts))


def list_edits(draft: Draft, brief: Brief) -> Iterator[Edit]:
    """Yield the edits of the brief's file: its new sources, quotes and facts."""
    for article in draft.articles:
        lines = [f"{article.id}:", *(f"  {line}" for line in write_source(article, brief.language))]
        yield Extend(("sources",), "\n".join(lines))
    if draft.quotes:
        names = ", ".join(article.path.name for article in draft.articles)
        quotes = [write_quote(quote) for quote in draft.quotes]
        yield Extend(("quotes",), "\n".join([f"# from {names}, those that say most first", *quotes]))
    if draft.facts:
        yield Extend(("facts",), "\n".join(f"{name}: {flow(fields)}" for name, fields in draft.facts.items()))


def find_meetings(brief: Brief, taken: Sequence[TakenSentence]) -> list[Meeting]:
    """Return the facts of a brief that new sentences repeat or contradict, each fact once."""
    known = [(name, topic) for name in brief.facts for topic in _find_topics(brief, name)]
    new = [(each, topic) for each in taken for topic in find_topics(each.sentence.text)]
    found: dict[tuple[str, bool], Meeting] = {}
    for name, mine in known:
        for each, theirs in new:
            if not is_one_thing(mine, theirs):
                continue
            differs = contradict(mine.number, theirs.number)
            found.setdefault((name, differs), Meeting(name, mine.number.text, theirs.number.text, each.quote, differs))
    return sorted(found.values(), key=lambda each: not each.differs)


def _find_topics(brief: Brief, name: str) -> Iterable[Topic]:
    """Yield what the quotes of a fact say of its number."""
    quantity = brief.quantities[name]
    for quote in brief.facts[name].quote:
        for topic in find_topics(brief.quotes[quote].text):
            if is_same_number(topic.number, quantity):
                yield topic
