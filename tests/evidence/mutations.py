"""Single changes to a brief, drawn by a program: of digits, units, quantifiers, qualifiers and quoted words.

A program finds every place, so the only choices here are the lists of units, quantifiers and qualifiers, and EXCLUDED:
texts that are ours alone have no source that could contradict a change.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportgen.evidence.passages import collect_passages

EXCLUDED = (
    "ids, keys and references (${id}, [@id]), which are no text",
    "the memo's own date, deadlines and the notes beside them: ours",
    "silences and their reasons",
    "qualifiers, units and quantifiers of judgments, recommendations, talking points and the basis: ours (their digits are drawn)",
    "qualifiers and quantifiers of questions to expect: somebody else's words; and of notes on facts: the writer's own",
    "qualifiers and quantifiers in sentences that speak to the audience or of the slide itself: see OURS",
    "words that are a unit or an order elsewhere but belong to no number here (the month Moon leaves, the last row)",
)
OURS = re.compile(
    r"\b(?:you|please|we|our|ours|us|expect to be asked|inferred|the article (?:does|names|gives|dates)|this table|this is|slides?|bars?|rows?|columns?|cells?|marks?|clause)\b",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d|\bone|\btwo|\bthree|\bfour|\bfive|\bsix|\bseven|\beight|\bnine|\bten|\bhalf|\0)"
UNITS = {
    "percent": "billion", "billion": "million", "million": "billion", "years": "months", "year": "month", "months": "years", "month": "year",
    "decades": "years", "decade": "year", "%": "US$ billion", "US$": "€", "$": "€", "rank": "%",
}  # fmt: skip
QUANTIFIERS = {
    "a little less than": "less than", "a little less": "a little more", "less than": "more than", "more than": "less than", "at least": "at most",
    "less": "more", "more": "less", "most": "least", "least": "most", "largest": "smallest", "all": "some", "many": "few",
    "two": "three", "three": "four", "four": "five", "five": "six", "six": "seven", "seven": "eight", "eight": "nine", "nine": "ten",
    "one year": "two years", "one-year": "two-year", "half": "third", "a third": "a quarter", "fourth": "second",
    "next two": "last two", "last four": "next four", "last year": "next year", "this year": "last year", "early 1980s": "late 1980s",
}  # fmt: skip
QUALIFIERS = {
    "reported": "", "reportedly": "", "initial": "", "initially": "", "expected": "", "likely": "", "probably": "", "could": "will", "may": "will",
    "might": "will", "relatively": "",
}  # fmt: skip
_REFERENCE = re.compile(r"\$\{[^}]*\}|\[@[^\]]*\]|\\.")
_QUOTED = re.compile(r"“([^”]*)”")
_WORDS = ("granite", "silver", "however", "ninety", "against", "window", "harvest", "cannot", "remove", "stable")


@dataclass(frozen=True)
class Change:
    """A change of the file's text, with its kind."""

    kind: str
    path: tuple[Any, ...]
    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]

    def describe(self, text: str) -> str:
        line = text.count("\n", 0, self.start) + 1
        return f"{self.kind} {'.'.join(map(str, self.path))} (line {line}): …{text[max(0, self.start - 30) : self.start]}[{text[self.start : self.end]}→{self.new}]{text[self.end : self.end + 30]}…"


def changes(brief, seed: int) -> dict[str, list[Change]]:
    """Return every single change that can be drawn, by kind; the new digit or word is drawn too."""
    draw = random.Random(seed)
    found: dict[str, list[Change]] = {kind: [] for kind in ("digit", "unit", "quantifier", "qualifier", "quoted word")}
    for path, ours in _texts(brief):
        for change in _of(brief, path, ours, draw):
            found[change.kind].append(change)
    return found


def _texts(brief) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """Yield the paths of the values that bear evidence, and True for those that are ours."""
    for name in brief.quotes:
        yield from ((("quotes", name, field), False) for field in ("text", "speaker", "paragraph"))
    for name in brief.facts:
        yield from (
            (("facts", name, field), False)
            for field in ("value", "formula", "unit", "bound", "status", "as_of", "attributed_to", "words", "label")
        )
    for name in brief.sources:
        yield ("sources", name, "published"), True
    for path, value in _scalars(brief._document.data.get("exhibits", {}), ("exhibits",)):
        if path[-1] in ("date", "from", "to", "value") and re.match(r"-?[\d-]", str(value)):
            yield path, False
    for passage in collect_passages(brief):
        if passage.path[-1] != "deadline_note":
            yield (
                passage.path,
                passage.role in ("judgment", "recommendation", "basis") or passage.path[0] == "talking_points",
            )


def _scalars(value, path) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _scalars(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _scalars(item, (*path, index))
    else:
        yield path, value


def _of(brief, path, ours: bool, draw: random.Random) -> Iterator[Change]:
    document = brief._document
    if path not in document.offsets:
        return
    start, end = document.offsets[path]
    text = document.text[start:end]
    masked = _REFERENCE.sub(lambda match: "\0" * len(match[0]), text)
    for match in re.finditer(r"\d", masked):
        yield Change(
            "digit",
            path,
            start + match.start(),
            start + match.end(),
            draw.choice([digit for digit in "0123456789" if digit != match[0]]),
        )
    if not ours:
        is_field = path[0] == "facts" and path[-1] == "unit"
        yield from (
            change
            for change in _words("unit", UNITS, masked, path, start)
            if is_field or _counts(masked, change.start - start, change.end - start)
        )
        if path[-1] == "question" or (path[0] in ("facts", "sources") and path[-1] == "note"):
            return
        is_text = path[0] not in ("quotes", "facts", "sources") or path[-1] in (
            "note", "text", "words", "label", "bound", "status",
        )  # fmt: skip
        stated = _evidence_only(masked) if path[0] not in ("quotes", "facts") else masked
        if is_text:
            yield from _words("quantifier", QUANTIFIERS, stated, path, start)
            yield from _words("qualifier", QUALIFIERS, stated, path, start)
    quoted = (
        [(0, len(masked))]
        if path[0] == "quotes" and path[-1] != "paragraph"
        else [match.span(1) for match in _QUOTED.finditer(masked)]
    )
    for begin, stop in quoted:
        for match in re.finditer(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", masked[begin:stop]):
            yield Change(
                "quoted word", path, start + begin + match.start(), start + begin + match.end(), draw.choice(_WORDS)
            )


def _counts(masked: str, start: int, end: int) -> bool:
    """Return whether a word is the unit of a number: next to one, or next to a fact."""
    return bool(
        re.search(rf"{_NUMBER}(?:[ -]|\n +)?$", masked[:start], re.IGNORECASE)
        or re.match(r"\d", masked[end:])
        or (masked[start:end].strip() == "US$" and "billion" in masked[end : end + 9])
    )


def _words(kind: str, table: dict[str, str], masked: str, path, start: int) -> Iterator[Change]:
    pattern = "|".join(
        rf"(?<!\w){re.escape(word)}(?!\w)" if word[0].isalpha() else re.escape(word)
        for word in sorted(table, key=len, reverse=True)
    )
    for match in re.finditer(pattern, masked, re.IGNORECASE):
        new = table[next(word for word in table if word.lower() == match[0].lower())]
        if match[0][:1].isupper() and new[:1].isalpha() and kind != "unit":
            new = new[:1].upper() + new[1:]
        stop = match.end()
        while not new and stop < len(masked) and masked[stop] == " ":
            stop += 1
        yield Change(kind, path, start + match.start(), start + stop, new)


def _evidence_only(masked: str) -> str:
    """Return the text with blanks for sentences that are ours."""
    parts = re.split(r"(?<=[a-z”’)\0][.!?])(\s+)", masked)
    return "".join("\0" * len(part) if OURS.search(part) else part for part in parts)
