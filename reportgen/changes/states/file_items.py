"""The items of a finished file while it is read, and its words without what is no content."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.changes.states.snapshot import FactState, FactUse, Item, Text
from reportgen.evidence.sources.footnote_marks import MARK, blank_marks

_NOTE_MARK = re.compile(
    r"(?<=[^\W\d_][.!?…”’)»؟])\d{1,3}$|(?<=[^\W\d_]{3}[.!?…”’)»؟])\s\d{1,2}$|(?<=[^\W\d_]{3}[.!?][”’)»])\s\d{1,2}$"
)


class ItemBuilder(Struct):
    """The items of a file that is being read: each is under the last heading or slide."""

    items: list[Item] = field(default_factory=list)
    parent: str = ""
    above: list[tuple[int, str]] = field(default_factory=list)
    """The headings that the last one is in, and itself, with their levels."""
    counts: dict[str, int] = field(default_factory=dict)

    def begin(self, words: str, place: str, kind: str = "sections", level: int = 0) -> None:
        """Add a heading, or a slide by its title; what follows is under it. A `level` of 0 is in no other."""
        self.above = [each for each in self.above if each[0] < level]
        inside = self.above[-1][1] if self.above else ""
        self.parent = f"{kind}[{self._count(kind)}]"
        self.above.append((level, self.parent))
        self.items.append(Item(f"{kind}[]", self.parent, {"title": Text(words)}, inside, place=place))

    def add(self, texts: dict[str, Text], place: str, kind: str = "paragraph") -> None:
        name = f"{self.parent}.{kind}s" if self.parent else f"{kind}s"
        if any(text.words.strip() for text in texts.values()):
            self.items.append(Item(kind, f"{name}[{self._count(name)}]", texts, self.parent, place=place))

    def _count(self, name: str) -> int:
        self.counts[name] = self.counts.get(name, -1) + 1
        return self.counts[name]


def clean_words(text: str) -> str:
    """Return words in one line, without the marks of notes."""
    text = " ".join(text.split())
    return _NOTE_MARK.sub("", blank_marks(text).replace(MARK, "")).strip()


def mark_facts(item: Item, facts: Mapping[str, FactState]) -> Item:
    """Return an item with the places in its texts where facts are printed, the longest words first."""
    texts = {key: replace(text, facts=_find_facts(text.words, facts)) for key, text in item.texts.items()}
    return replace(item, texts=texts)


def _find_facts(words: str, facts: Mapping[str, FactState]) -> tuple[FactUse, ...]:
    uses: list[FactUse] = []
    for name, fact in sorted(facts.items(), key=lambda pair: -len(pair[1].words)):
        printed = " ".join(fact.words.split())
        if not re.search(r"\d", printed):
            continue
        for match in re.finditer(rf"(?<![\w.,]){re.escape(printed)}(?![\w]|[.,]\d)", words, re.IGNORECASE):
            if all(match.end() <= use.start or use.end <= match.start() for use in uses):
                uses.append(FactUse(match.start(), match.end(), name))
    return tuple(sorted(uses, key=lambda use: use.start))
