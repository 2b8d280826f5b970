"""A draft as the text of brief.yaml, with comments for the person who finishes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.drafting.articles import Article
from reportgen.drafting.draft_values import Draft, DraftedQuote, name_gap

_PLAIN = re.compile(r"[A-Za-z][\w .’'/&()-]*[\w)]|[A-Za-z]")
_WORDS = frozenset("true false yes no on off null y n".split())  # noqa: SIM905


def write_brief(draft: Draft) -> str:
    """Return the text of a draft's brief.yaml."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    names = ", ".join(article.path.name for article in draft.articles)
    yield f"# A draft from {names}. Quotes, numbers and dates are the text’s own, found and checked in it."
    yield "# What only you can say is a gap: TODO. `check` lists the gaps, `build --draft` prints them, and `build` waits until none is left."
    yield f"title: {scalar(draft.title)}"
    yield f"slug: {draft.slug} # for the file names: {draft.slug}-memo.pdf, {draft.slug}-deck.pptx"
    yield f"date: {draft.date}"
    yield f"to: {scalar(name_gap('who reads it'))}"
    yield f"from: {scalar(name_gap('who writes it'))}"
    yield f"language: {draft.language}"
    yield ""
    yield "# What the reader must know, if nothing else, in at most 60 words. Print a fact with ${id}, and cite a quote with [@id]."
    if draft.quotes:
        yield "# The sentences that say most: " + ", ".join(quote.id for quote in draft.quotes[:3])
    yield f"bottom_line: {scalar(name_gap('what the reader must know'))}"
    yield ""
    yield "sources:"
    for article in draft.articles:
        yield f"  {article.id}:"
        yield from (f"    {line}" for line in write_source(article, draft.language))
    yield ""
    if draft.quotes:
        yield "# The source's own words, those that say most first; behind each, what raised its rank."
        yield "quotes:"
        yield from (f"  {write_quote(quote)}" for quote in draft.quotes)
        yield ""
    if draft.facts:
        yield "# Every number of these quotes and their dates, as the text states them. A fact that you do not print does no harm."
        yield "facts:"
        yield from (f"  {name}: {flow(fields)}" for name, fields in draft.facts.items())
        yield ""
    if draft.topics:
        yield from _topic_lines(draft)
    if draft.exhibits:
        yield "# Charts that the numbers carry. A title says what the reader shall see."
        yield "exhibits:"
        for name, fields in draft.exhibits.items():
            yield f"  {name}:"
            yield from _exhibit_lines(fields)
        yield ""
    if draft.recommendations:
        yield "# What the article itself says should be done. Make it yours, or delete it; a deadline and `act` make it a decision."
        yield "recommendations:"
        for fields in draft.recommendations:
            yield f"  - title: {scalar(fields['title'])}"
            yield f"    lead: {scalar(fields['lead'])}"
        yield ""
    yield "basis:"
    yield f"  - {scalar(name_gap('what this rests on, and its limits'))}"
    if draft.rest:
        yield ""
        yield "# ----- Further sentences, in order of rank. To use one, move it to `quotes` and take its # away. -----"
        yield from (f"# {write_quote(quote)}" for quote in draft.rest)


def _topic_lines(draft: Draft) -> Iterator[str]:
    yield "# The article's sections with the sentences that say most. Say them in your own words, with ${facts}; each title states a finding."
    yield "# The kinds are immediate (act now), opportunity and friction; ours are a guess."
    yield "topics:"
    for topic in draft.topics:
        yield f"  - kind: {topic.kind}"
        yield f"    title: {scalar(topic.title)}"
        yield "    points:"
        yield from (f"      - {scalar(point)}" for point in topic.points)
        if topic.exhibits:
            yield f"    exhibits: [{', '.join(topic.exhibits)}]"
    yield ""


def write_source(article: Article, language: str) -> Iterator[str]:
    """Yield the keys of a source, one a line. `language` is the brief's."""
    stated = article.publication
    yield f"author: {scalar(stated.author or name_gap('its author'))}"
    yield f"title: {scalar(stated.title or name_gap('its title'))}"
    if stated.publisher and stated.publisher != stated.author:
        yield f"publisher: {scalar(stated.publisher)}"
    if stated.published:
        yield f"published: {scalar(stated.published)}"
    else:
        yield "# published: the file states no date"
    if stated.url:
        yield f"url: {scalar(stated.url)}"
    yield f"file: {scalar(article.path.name)}"
    if article.language != language:
        yield f"language: {article.language}"


def write_quote(quote: DraftedQuote) -> str:
    """Return a quote in one line, with what raised its rank as a comment."""
    return f"{quote.id}: {flow(quote.fields)}" + (f" # {quote.why}" if quote.why else "")


def _exhibit_lines(fields: Mapping[str, Any]) -> Iterator[str]:
    for key, value in fields.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"    {key}:"
            yield from (f"      - {flow(item)}" for item in value)
        elif isinstance(value, list):
            yield f"    {key}: [{', '.join(scalar(item) for item in value)}]"
        else:
            yield f"    {key}: {scalar(value)}"


def flow(fields: Mapping[str, Any]) -> str:
    """Return a mapping in one line of YAML."""
    return "{" + ", ".join(f"{key}: {_flow_value(value)}" for key, value in fields.items()) + "}"


def _flow_value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(scalar(item) for item in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Return a value as YAML: plain where it is a word or a number, otherwise in quotation marks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?|\d{4}s|--\d\d-\d\d", text):
        return text
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and len(text) < 80:
        return text
    return json.dumps(text, ensure_ascii=False)
