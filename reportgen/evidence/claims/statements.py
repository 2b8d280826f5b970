"""Statements: the sentences of a text as words and stems, read when they are first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions_in
from reportgen.evidence.pairing.number_ties import split_sentences
from reportgen.evidence.qualifiers import content_stems, stem


def word_set(words: str) -> frozenset[str]:
    """Return a list of words as a set."""
    return frozenset(words.split())


_WORD = re.compile(r"per\s+cent(?![^\W_])|[^\W_]+(?:'[^\W_]+)*")
"""A word; “per cent” is one, as it is in American English."""
_CLAUSE_WORDS = word_set("but while whereas where although though unless if because which who after before since so")
_CLAUSE_MARKS = frozenset(",;:()—")
_STOP = re.compile(r"[,;:()—–“”\"]|\s-\s|\.\s")


def _join_percent(word: str) -> str:
    return "percent" if word.endswith("cent") and not word.isalnum() else word


class Word(Struct, frozen=True):
    """A word in small letters, its stem, and its place in the text."""

    text: str
    stem: str
    start: int
    end: int


class Statement(Struct, frozen=True, dict=True):
    """A sentence of a claim or of the evidence."""

    text: str
    quote: str = ""
    """The quote that it is from; empty for the brief's own words."""
    whole: str = ""
    """The text that it is a part of, and its place there: the numbers of both are read at once."""
    at: int = 0

    @cached_property
    def _lower(self) -> str:
        return self.text.replace("İ", "i").lower().replace("’", "'")

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The numbers."""
        return find_mentions_in(self.whole or self.text, self.at, self.at + len(self.text))

    @cached_property
    def texts(self) -> frozenset[str]:
        """The words in small letters, as they stand."""
        return frozenset(map(_join_percent, _WORD.findall(self._lower)))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        matches = ((_join_percent(match[0]), match) for match in _WORD.finditer(self._lower))
        return tuple(Word(text, stem(text), match.start(), match.end()) for text, match in matches)

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """For each word, the number of the clause that it is in, roughly; a word such as "but" begins one."""
        found, number, last = [], 0, 0
        for word in self.words:
            between = self.text[last : word.start]
            is_so_far = word.text == "so" and self._lower[word.end : word.end + 4] == " far"
            if (
                (word.text in _CLAUSE_WORDS and not is_so_far)
                or not _CLAUSE_MARKS.isdisjoint(between)
                or " - " in between
                or " – " in between
            ):
                number += 1
            found.append(number)
            last = word.end
        return tuple(found)

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """The stems of all words, the smallest included."""
        return frozenset(map(stem, self.texts))

    @cached_property
    def content(self) -> tuple[tuple[str, int, int], ...]:
        return content_stems(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the content words."""
        return frozenset(found for found, _, _ in self.content)

    @cached_property
    def has_denial(self) -> bool:
        """True with "not" or "n't" among the words."""
        return not self.texts.isdisjoint(("not", "never", "cannot")) or "n't" in self._lower

    def stems_after(self, at: int, count: int) -> list[str]:
        """Return the first content stems after a place, up to the end of its part of the sentence."""
        stop = _STOP.search(self.text, at)
        end = stop.start() if stop else len(self.text)
        return [found for found, start, _ in self.content if at <= start < end][:count]

    def stems_before(self, at: int, count: int) -> list[str]:
        """Return the last content stems before a place, down to the start of its part of the sentence."""
        start = max((match.end() for match in _STOP.finditer(self.text, 0, at)), default=0)
        return [found for found, begin, end in self.content if start <= begin and end <= at][-count:]


@lru_cache(maxsize=4096)
def read_statements(text: str, quote: str = "") -> tuple[Statement, ...]:
    """Return the sentences of a text."""
    spans = split_sentences(text)
    return tuple(Statement(text[start:end], quote, text, start) for start, end in spans if text[start:end].strip())


def stems_of(words: str) -> frozenset[str]:
    """Return the stems of a list of words, those of short ones in their other forms too: "cited" has another stem than "cite"."""
    return frozenset(
        found
        for word in words.split()
        for found in (stem(word), stem(f"{word}d") if word.endswith("e") else stem(word))
    )


class Evidence(Struct, frozen=True, dict=True):
    """The statements that a claim may rest on; the claims of a section share them."""

    statements: tuple[Statement, ...]

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    @cached_property
    def _groups(self) -> dict[Callable[[Statement], Iterable[int]], dict[int, list[Statement]]]:
        return {}

    def group_by(self, read: Callable[[Statement], Iterable[int]]) -> dict[int, list[Statement]]:
        """Return the statements that have each of what a function reads in them; it reads each once."""
        if read not in self._groups:
            found = self._groups[read] = {}
            for item in self.statements:
                for key in read(item):
                    found.setdefault(key, []).append(item)
        return self._groups[read]

    @cached_property
    def texts(self) -> frozenset[str]:
        """All words, as they stand."""
        return frozenset().union(*(item.texts for item in self.statements))

    @cached_property
    def quotes(self) -> tuple[Statement, ...]:
        """The statements of each quote as one."""
        texts: dict[str, list[str]] = {}
        for item in self.statements:
            texts.setdefault(item.quote or item.text, []).append(item.text)
        return tuple(Statement(" ".join(parts), quote) for quote, parts in texts.items())


def count_shared(one: frozenset[str], two: frozenset[str]) -> int:
    """Return how many stems of a text another has as well, as they stand or longer: "burundi" and "burundian"."""
    rest = [word for word in two - one if len(word) > 4]
    return sum(word in two or (len(word) > 4 and any(_is_longer(word, other) for other in rest)) for word in one)


def _is_longer(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return long.startswith(short) and len(long) - len(short) < 4
