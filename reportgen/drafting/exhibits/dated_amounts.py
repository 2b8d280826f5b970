"""One number over time: a sentence that gives it for several years, as columns, or as a line where there are many."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.drafting.draft_values import TakenSentence
from reportgen.drafting.drafted_facts import find_tied_date
from reportgen.drafting.exhibits.candidate import Candidate
from reportgen.drafting.readable_ids import name_fact
from reportgen.evidence.number_grammar.mention import Mention
from reportgen.evidence.sources.footnote_marks import blank_marks
from reportgen.text.numbers import PartialDate

FEW, LINE_FROM = 2, 5
"""Two points say little: no other number of the unit may stand in their sentence. Five are drawn as a line."""


def propose_series(taken: TakenSentence) -> Iterator[Candidate]:
    """Yield a chart for each unit of which the sentence gives numbers for different years, each for one year alone."""
    text = blank_marks(taken.sentence.text)
    groups: dict[tuple[str, ...], list[tuple[str, Mention]]] = {}
    for name, fact in zip(taken.facts, taken.sentence.facts, strict=True):
        if (
            name
            and not fact.is_date
            and fact.mention.high is None
            and fact.mention.kind in ("money", "percent", "count")
        ):
            unit = str(fact.fields.get("unit", ""))
            groups.setdefault((fact.mention.kind, unit, fact.mention.per), []).append((name, fact.mention))
    for group in groups.values():
        dated = [(date, name) for name, mention in group if (date := find_tied_date(text, mention))]
        years = {date for date, _ in dated}
        apart = len(group) - len(dated)
        if len(dated) < 2 or len(years) != len(dated) or apart > (1 if len(dated) > FEW else 0):
            continue
        dated.sort(key=lambda each: each[0].position())
        if any(date.decade for date in years) or len({(bool(date.month), bool(date.day)) for date in years}) > 1:
            continue
        yield _draw(taken, dated)


def _draw(taken: TakenSentence, dated: list[tuple[PartialDate, str]]) -> Candidate:
    first = next(fact for name, fact in zip(taken.facts, taken.sentence.facts, strict=True) if name == dated[0][1])
    name = name_fact(taken.sentence.text, first).rstrip("-0123456789") or "trend"
    labels, values = [str(date) for date, _ in dated], [name for _, name in dated]
    if len(dated) >= LINE_FROM and all(not date.month for date, _ in dated):
        fields = {"kind": "line", "x": [int(label) for label in labels], "series": [{"name": name, "values": values}]}
    else:
        fields = {
            "kind": "column",
            "bars": [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)],
        }
    return Candidate(name, fields, taken, 1.0 + 0.5 * len(dated))
