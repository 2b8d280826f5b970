"""Numbers of one unit side by side: a sentence that lists them with what each belongs to, as bars, or as the parts of a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from reportgen.drafting.draft_values import TakenSentence
from reportgen.drafting.drafted_facts import DraftedFact
from reportgen.drafting.exhibits.candidate import Candidate
from reportgen.drafting.readable_ids import make_slug

FEWEST = 3
LONGEST_LABEL = 42  # letters
_BRACKET = re.compile(r"(?P<label>[^,;:()]+?)\s*\(\s*\Z")
_AFTER = re.compile(
    r"\s*(?:of [^,;()]{1,30}?)?\s*(?:in|for|among|from|to|at|by|of)\s(?:the )?(?P<label>[^,;:.()\d]{2,44}?)(?=,|;|\.\s|\.?\Z|\sand\s|\)|\s\()"
)
_LEAD = re.compile(
    r"\A(?:and|or|by|with|including|followed by|then|while|but|the|in|for|at|to|of|from|such as|namely|mostly)\s+",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|went|goes|spent|includ(?:e|es|ed|ing)|account(?:s|ed)? for|made up of|consist(?:s|ed)? of|led by)\s(?:\w+ed\s)?(?:on|to|for|in|by|of|from)?\s?"
)
"""The statement before the first name of a list: "the budget was spent on hulls (48 percent), …"."""
_TIME = re.compile(
    r"\b(?:year|month|quarter|week|decade|day|period|january|february|march|april|may|june|july|august|september|october|november|december|today|average|time|least|most|total|same|pace|level|rate|record|high|low)s?\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\A(?:this|that|these|those|it|them|which|all|each|both|others?)\b", re.IGNORECASE)


def propose_bars(taken: TakenSentence) -> Iterator[Candidate]:
    """Yield a chart for each unit of which the sentence lists three numbers or more, each with its own name."""
    groups: dict[tuple[str, str, str], list[tuple[str, DraftedFact]]] = {}
    for name, fact in zip(taken.facts, taken.sentence.facts, strict=True):
        if (
            name
            and not fact.is_date
            and fact.mention.high is None
            and fact.mention.kind in ("money", "percent", "count", "times")
        ):
            unit = str(fact.fields.get("unit", "")) if fact.mention.kind != "count" else ""
            groups.setdefault((fact.mention.kind, unit, fact.mention.per), []).append((name, fact))
    for group in groups.values():
        for find in (_find_before, _find_behind):
            labels = find(taken.sentence.text, [fact for _, fact in group])
            bars = [(label, name, fact) for label, (name, fact) in zip(labels, group, strict=True) if label]
            if (
                len(bars) >= FEWEST
                and not _is_partial(taken, find, group, len(bars))
                and len({label.lower() for label, _, _ in bars}) == len(bars)
            ):
                yield _draw(taken, bars)
                break


def _is_partial(
    taken: TakenSentence,
    find: Callable[[str, Sequence[DraftedFact]], list[str]],
    group: Sequence[tuple[str, DraftedFact]],
    drawn: int,
) -> bool:
    """Return whether the sentence's list has more entries than would be drawn: "China (NZ$27.8b), Australia ($26.2b), …"."""
    kind = group[0][1].mention.kind
    others = [fact for fact in taken.sentence.facts if fact.mention.kind == kind]
    return sum(map(bool, find(taken.sentence.text, others))) > drawn


def _find_before(text: str, facts: Sequence[DraftedFact]) -> list[str]:
    """Return the names before numbers in brackets: "France (12 percent)"."""
    return [_clean(found["label"]) if (found := _BRACKET.search(text[: fact.mention.first])) else "" for fact in facts]


def _find_behind(text: str, facts: Sequence[DraftedFact]) -> list[str]:
    """Return the names behind numbers: "12 percent in France"."""
    ends = [max(fact.mention.end, fact.mention.stop) for fact in facts]
    return [_clean(found["label"]) if (found := _AFTER.match(text, end)) else "" for end in ends]


def _clean(label: str) -> str:
    """Return a name alone; empty for what is a time, a pronoun, or too long to be one."""
    name = _PREDICATE.split(label.strip(" “”\"'"))[-1]
    name = re.split(r"\b(?:and|or)\s+(?=[A-Z])", name)[-1] if name.count(" ") > 3 else name
    while cut := _LEAD.match(name):
        name = name[cut.end() :]
    if (
        not name
        or len(name) > LONGEST_LABEL
        or len(name.split()) > 6
        or _TIME.search(name)
        or _PRONOUN.match(name)
        or re.search(r"\d", name)
    ):
        return ""
    return name


def _draw(taken: TakenSentence, bars: Sequence[tuple[str, str, DraftedFact]]) -> Candidate:
    kinds = {fact.mention.kind for _, _, fact in bars}
    whole = sum(float(fact.fields["value"]) for _, _, fact in bars if isinstance(fact.fields.get("value"), int | float))
    is_whole = kinds == {"percent"} and 99 <= whole <= 101
    name = make_slug(bars[0][0], 20) or "comparison"
    name = f"by-{name}" if not is_whole else f"parts-{name}"
    items = [{"label": label[:1].upper() + label[1:], "value": fact} for label, fact, _ in bars]
    fields = {"kind": "share", "parts": items} if is_whole else {"kind": "bar", "bars": items}
    return Candidate(name, fields, taken, 1.5 + 0.5 * len(bars))
