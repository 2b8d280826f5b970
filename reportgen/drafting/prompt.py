"""`draft --prompt`: what a language model of the user's choice needs to write a brief. `check` judges its answer as any other brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.drafting.articles import Article
from reportgen.drafting.brief_text import flow, write_source
from reportgen.drafting.draft_values import Draft

_RULES = (
    "Answer with one YAML file and nothing else: no code fence, no explanation.",
    'Use only what the paragraphs below say. Where they do not say it, write a gap: "TODO: what is missing".',
    "Every quote is copied character by character from one paragraph, with the number of that paragraph.",
    "Every number and date in a text is a fact, printed as ${id}; never type a number. Take facts from the list below, or add one with the same keys.",
    "A fact keeps its sign, unit, bound, range, status (reported, forecast), condition and owner (attributed_to) as its quote states them.",
    "Behind each point, cite the quotes that it rests on: [@id; @id]. A title states a finding, not a subject.",
    "What the article does not say is a judgment or a recommendation, and goes under `judgments` or `recommendations`.",
    "No claim is stronger than its quotes: keep may, could, expected, some, most; add no cause, no superlative and no absolute.",
)
_SHAPE = """\
title: …
slug: short-name-in-small-letters
date: {today}
to: …
from: …
bottom_line: at most 60 words
sources: as given below
quotes: {{id: {{source: id, paragraph: 3, text: "the source's words"}}}}
facts: {{id: {{value: 8.2, unit: "%", bound: about, status: forecast, as_of: "2019", attributed_to: who, condition: if …, quote: id}}}}
why_now: {{title: a finding, points: ["… ${{fact}} … [@quote]"]}}
topics:
  - kind: immediate, opportunity or friction
    title: a finding
    points: ["… ${{fact}} … [@quote]"]
    judgments: [{{text: "the end of: We judge that …", confidence: low, moderate or high}}]
    exhibits: [id]
recommendations: [{{title: verb first, act: "That you …", lead: who acts, deadline: 2026-04-30}}]
exhibits:
  id: {{kind: bar, column, line, share, timeline, matrix, table or number, title: a finding, bars: [{{label: …, value: fact}}]}}
basis: [what the brief rests on, and its limits]"""


def write_prompt(draft: Draft) -> str:
    """Return the prompt: the rules, the brief's keys, the sources with their numbered paragraphs, the facts found."""
    return "\n".join(_lines(draft, draft.articles)) + "\n"


def _lines(draft: Draft, articles: Sequence[Article]) -> Iterator[str]:
    yield "Write the brief of the texts below: a structured summary in YAML from which a policy memo and a briefing deck are printed."
    yield ""
    yield "Rules"
    yield from (f"{number}. {rule}" for number, rule in enumerate(_RULES, 1))
    yield ""
    yield "Keys"
    yield _SHAPE.format(today=draft.date)
    yield ""
    yield "sources:"
    for article in articles:
        yield f"  {article.id}:"
        yield from (f"    {line}" for line in write_source(article, draft.language))
    for article in articles:
        yield ""
        yield f"Paragraphs of {article.id}"
        for paragraph in article.text.paragraphs:
            place = f" (page {paragraph.page})" if paragraph.page else ""
            yield f"[{paragraph.number}]{place} {paragraph.text}"
    yield ""
    yield "Facts found in them, each with its sentence"
    texts = {quote.id: quote for quote in draft.quotes}
    for name, fields in draft.facts.items():
        quote = texts[fields["quote"] if isinstance(fields["quote"], str) else fields["quote"][0]]
        shown = {key: value for key, value in fields.items() if key != "quote"}
        yield f"{name}: {flow(shown)} from [{quote.fields.get('paragraph') or 'p. ' + str(quote.fields.get('page'))}] {quote.fields['text']}"
