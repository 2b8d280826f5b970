"""The values of a draft: quotes, facts, topics, exhibits and recommendations, before they are written as YAML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brief.open_gaps import GAP, is_gap
from reportgen.drafting.articles import Article
from reportgen.drafting.sentence_ranking import RankedSentence


def name_gap(missing: str) -> str:
    """Return the text that stands for what is missing."""
    return f"{GAP} {missing}"


class DraftedQuote(Struct, frozen=True):
    """A quote: its id, and its values in the brief; `why` says what raised its rank."""

    id: str
    fields: dict[str, Any]
    why: str


class DraftedTopic(Struct, frozen=True):
    """A section of the article with its candidate points; without a heading, its title is a gap."""

    kind: str
    title: str
    points: list[str]
    exhibits: list[str]


class Draft(Struct):
    """The parts of a draft. `rest` are the quotes that are left as comments."""

    articles: Sequence[Article]
    title: str
    slug: str
    date: date
    language: str
    quotes: list[DraftedQuote] = field(default_factory=list)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    topics: list[DraftedTopic] = field(default_factory=list)
    recommendations: list[dict[str, Any]] = field(default_factory=list)
    exhibits: dict[str, dict[str, Any]] = field(default_factory=dict)
    rest: list[DraftedQuote] = field(default_factory=list)

    def remove_quote(self, name: str) -> None:
        """Take out a quote with all that rests on it."""
        self.quotes = [quote for quote in self.quotes if quote.id != name]
        for fact in [fact for fact, fields in self.facts.items() if name in _listed(fields["quote"])]:
            self.remove_fact(fact)
        for topic in self.topics:
            topic.points[:] = [point for point in topic.points if not point.endswith(f"[@{name}]")]
        self.topics = [topic for topic in self.topics if topic.points]
        self.recommendations = [each for each in self.recommendations if not each["title"].endswith(f"[@{name}]")]

    def remove_fact(self, name: str) -> None:
        """Take out a fact with the exhibits that draw it."""
        self.facts.pop(name, None)
        for exhibit in [each for each, fields in self.exhibits.items() if name in list_facts(fields)]:
            self.remove_exhibit(exhibit)

    def remove_point(self, topic: int, point: int) -> None:
        del self.topics[topic].points[point]
        self.topics = [each for each in self.topics if each.points]

    def open_title(self, topic: int) -> None:
        """Make a topic's title a gap: the article's own heading claims what its section does not."""
        own = self.topics[topic]
        if not is_gap(own.title):
            self.topics[topic] = replace(own, title=name_gap(f"the finding of “{own.title}”"))

    def remove_recommendation(self, index: int) -> None:
        del self.recommendations[index]

    def open_source(self, name: str, key: str) -> None:
        """Make a gap of what a file states of its publication and the brief refuses."""
        for article in self.articles:
            if article.id == name:
                self.articles = [
                    replace(each, publication=replace(each.publication, **{key: ""})) if each is article else each
                    for each in self.articles
                ]

    def remove_exhibit(self, name: str) -> None:
        self.exhibits.pop(name, None)
        for topic in self.topics:
            topic.exhibits[:] = [each for each in topic.exhibits if each != name]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def list_facts(fields: dict[str, Any]) -> list[str]:
    """Return the facts that an exhibit draws."""
    items = (item for value in fields.values() if isinstance(value, list) for item in value)
    drawn = (value for item in items if isinstance(item, dict) for value in item.values())
    return [str(each) for value in drawn for each in (value if isinstance(value, list) else [value])]


class TakenSentence(Struct, frozen=True):
    """A ranked sentence with the ids of its quote and facts in the draft; the facts in the order of its numbers."""

    sentence: RankedSentence
    quote: str
    facts: tuple[str, ...]
