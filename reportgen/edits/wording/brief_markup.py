"""The places of printed words in the brief's own markup.

A text of the brief prints `${fact}` as words, `[@quote]` as nothing, and drops the signs of Markdown. `read_markup` walks along the
text and what it prints, and keeps for every printed character the stretch of the brief that writes it. An edit of printed words
becomes cuts of the brief's text that leave its markup alone; the result is printed again and compared before anybody sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from reportgen.edits.wording.tokens import is_same_text, split_tokens
from reportgen.edits.wording.word_changes import Difference
from reportgen.input.edits import Cut, apply_cuts
from reportgen.text.blocks import BlockError
from reportgen.text.inline import FACT_ID, WORD_JOINER, list_pieces, render_plain
from reportgen.text.numbers import Quantity

_FACT = re.compile(rf"\$\{{{FACT_ID}(?::short)?\}}")
_CITATION = re.compile(r"\[@[^\]\n]*\]")
_TARGET = re.compile(r"\](?:\([^)\s]*\)|\{[a-zA-Z0-9-]+\})")
_ITEM = re.compile(r"(?:[-*]|\d+[.)])(?=\s)")
_CLOSING = re.compile(r"(?:[*_~^]+|\](?:\([^)\s]*\)|\{[a-zA-Z0-9-]+\}))+")
_SIGNS = "*_[]~^"
_JOINED = (("---", "—"), ("--", "–"), ("...", "…"))


class PrintedText(Struct, frozen=True):
    """The words that a text of the brief prints. `spans` and `facts` have an entry for each character: its place in the brief's text, and
    the id of the fact that prints it, or ""."""  # fmt: skip

    raw: str
    text: str
    spans: tuple[tuple[int, int], ...]
    facts: tuple[str, ...]

    def find_facts(self, start: int, end: int) -> tuple[str, ...]:
        """Return the ids of the facts that print some of these characters."""
        return tuple(dict.fromkeys(fact for fact in self.facts[start:end] if fact))

    def widen(self, difference: Difference) -> Difference:
        """Return a difference that holds each fact that it touches as a whole."""
        start, end, new = difference.start, difference.end, difference.new
        while 0 < start < len(self.text) and start < end and self._is_one_fact(start - 1, start):
            start, new = start - 1, self.text[start - 1] + new
        while start < end < len(self.text) and self._is_one_fact(end - 1, end):
            new, end = new + self.text[end], end + 1
        if start == end and 0 < start < len(self.text) and self._is_one_fact(start - 1, start):  # inside a fact's words
            return self.widen(Difference(start - 1, end, self.text[start - 1] + new))
        return Difference(start, end, new)

    def _is_one_fact(self, one: int, other: int) -> bool:
        return bool(self.facts[one]) and self.spans[one] == self.spans[other]


def read_markup(raw: str, facts: Mapping[str, Quantity], short: bool = False) -> PrintedText | None:
    """Return what a text prints, with the places of its characters; None where the two cannot be followed side by side."""
    try:
        pieces = list(list_pieces(raw, facts, short))
    except (BlockError, KeyError):
        return None
    text = "".join(words for words, _ in pieces)
    owners = [(number, fact) for number, (words, fact) in enumerate(pieces) for _ in words]
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(raw):
        here = len(spans)
        step = _step(raw, at, text, here, owners)
        if step is None:
            return None
        length, count = step
        spans += [(at, at + length)] * count
        at += length
    spans += [(len(raw), len(raw))] * sum(1 for char in text[len(spans) :] if char.isspace() or char == WORD_JOINER)
    if len(spans) != len(text):
        return None
    return PrintedText(raw, text, tuple(spans), tuple(fact for _, fact in owners))


def _step(raw: str, at: int, text: str, here: int, owners: Sequence[tuple[int, str]]) -> tuple[int, int] | None:
    """Return how many characters of the brief are read next, and how many they print; None where the two part."""
    printed = text[here : here + 1]
    if here < len(owners) and owners[here][1] and (match := _FACT.match(raw, at)):
        number = owners[here][0]
        return len(match[0]), sum(1 for owner in owners[here:] if owner[0] == number)
    if printed == WORD_JOINER:
        return 0, 1
    if match := _CITATION.match(raw, at):
        return len(match[0]), 0
    if raw[at] == "\\" and printed and raw[at + 1 : at + 2] == printed:
        return 2, 1
    for signs, sign in _JOINED:
        if printed == sign and raw.startswith(signs, at):
            return len(signs), 1
    if printed and _is_same(raw[at], printed):
        return 1, 1
    if raw[at].isspace():
        return 1, 0
    if match := _TARGET.match(raw, at) or (_ITEM.match(raw, at) if _begins_line(raw, at) else None):
        return len(match[0]), 0
    return (1, 0) if raw[at] in _SIGNS or (raw[at] == "\\" and raw[at + 1 : at + 2] == "\n") else None


def _begins_line(raw: str, at: int) -> bool:
    return not raw[raw.rfind("\n", 0, at) + 1 : at].strip()


def _is_same(written: str, printed: str) -> bool:
    if written == printed or (written.isspace() and printed.isspace()):
        return True
    return (written == '"' and printed in "“”") or (written == "'" and printed in "‘’")


class Splice(Struct, frozen=True):
    """Cuts of the brief's text that print an edit. `changed_facts` are the facts whose words the edit replaces by others."""

    cuts: tuple[Cut, ...]
    changed_facts: tuple[str, ...] = ()


def plan_splice(printed: PrintedText, difference: Difference, facts: Mapping[str, Quantity]) -> Splice | None:
    """Return the cuts of the brief's text that make a difference of its printed words; None where no cuts print just that."""
    difference = printed.widen(difference)
    start, end, new = difference.start, difference.end, difference.new
    wanted = printed.text[:start] + new + printed.text[end:]
    touched = printed.find_facts(start, end)
    kept, new = _keep_facts(printed, touched, start, end, new)
    changed = tuple(fact for fact in touched if fact not in kept) if new.strip() else ()
    for words in dict.fromkeys((new, _escape(new))):
        for cuts in _list_cuts(printed, start, end, words):
            if cuts and _prints(apply_cuts(printed.raw, cuts), wanted, facts):
                return Splice(tuple(cuts), changed)
    return None


def _keep_facts(printed: PrintedText, touched: Sequence[str], start: int, end: int, new: str) -> tuple[set[str], str]:
    """Return the facts that the new words print still, and the new words with the brief's signs for them."""
    kept: set[str] = set()
    for fact in touched:
        at = next(at for at in range(start, end) if printed.facts[at] == fact)
        first, last = printed.spans[at]
        words = "".join(char for char, span in zip(printed.text, printed.spans, strict=True) if span == (first, last))
        keys, tokens = [token.key for token in split_tokens(words)], split_tokens(new)
        for index in range(len(tokens) - len(keys) + 1):
            if [token.key for token in tokens[index : index + len(keys)]] == keys:
                begin, stop = tokens[index].start, tokens[index + len(keys) - 1].end
                new = new[:begin] + printed.raw[first:last] + new[stop:]
                kept.add(fact)
                break
    return kept, new


def _escape(words: str) -> str:
    """Return words with the signs escaped that Markdown acts on, but for the facts in them."""
    parts = re.split(rf"(\$\{{{FACT_ID}(?::short)?\}})", words)
    return "".join(
        part if at % 2 else re.sub(r"[\\*_~^\[\]]|\$(?=\{)", r"\\\g<0>", part) for at, part in enumerate(parts)
    )


def _list_cuts(printed: PrintedText, start: int, end: int, new: str) -> Iterator[list[Cut]]:
    """Yield ways to cut the brief's text, the ones that keep most of its markup first."""
    if start == end:
        yield from ([Cut(at, at, new)] for at in _list_points(printed, start, new))
        return
    spans = [span for span in dict.fromkeys(printed.spans[start:end]) if span[0] < span[1]]
    if not spans:
        return
    joined: list[list[int]] = []
    for first, last in spans:
        if joined and joined[-1][1] == first:
            joined[-1][1] = last
        else:
            joined.append([first, last])
    # Words go where the text before them ends, so that they are set like it.
    yield [Cut(first, last, new if number == 0 else "") for number, (first, last) in enumerate(joined)]
    yield [Cut(first, last, new if number == len(joined) - 1 else "") for number, (first, last) in enumerate(joined)]
    first, last = joined[0][0], joined[-1][1]
    cited = "".join(f" {match[0]}" for match in _CITATION.finditer(printed.raw, first, last))
    yield [Cut(first, last, new + cited)]
    begin = first - len(re.search(r"[*_\[]*$", printed.raw[:first])[0])  # type: ignore[index]
    closing = _CLOSING.match(printed.raw, last)
    yield [Cut(begin, closing.end() if closing else last, new + cited)]


def _list_points(printed: PrintedText, at: int, new: str) -> Iterator[int]:
    """Yield the places of the brief's text where words can be added between two printed characters."""
    left = printed.spans[at - 1][1] if at else printed.spans[0][0] if printed.spans else 0
    right = printed.spans[at][0] if at < len(printed.spans) else len(printed.raw)
    closing = _CLOSING.match(printed.raw, left, right)
    if closing and new[:1].isspace():
        yield closing.end()
    yield left
    if right != left:
        yield right


def _prints(raw: str, wanted: str, facts: Mapping[str, Quantity]) -> bool:
    if not raw.strip():
        return False
    try:
        return is_same_text(render_plain(raw, facts), wanted)
    except (BlockError, KeyError):
        return False
