"""Senses: the words of a text that stand on the table of opposites, with what they are said of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache

from msgspec import Struct

from reportgen.evidence.claims.contrasts import is_meant
from reportgen.evidence.claims.opposites import alike_words, opposite_words
from reportgen.evidence.claims.opposites.base_forms import find_bases
from reportgen.evidence.claims.statements import Statement, Word, word_set
from reportgen.evidence.qualifiers import is_stop_word

Side = int
"""A side of a line of the table: the line's number, counted from 1; negative for what stands right of the bar."""
_Phrase = tuple[tuple[str, ...], tuple[Side, ...]]

_NEGATORS = word_set("not never no nor neither cannot without hardly barely none nobody nothing")
_PARTICLES = word_set("out up off back down over short")
_WINDOW = 5  # words with content around a sense
_REACH = 9  # words in which they are looked for
_EMPTY = word_set(
    "percent year years month months decade decades billion million trillion thousand per time times point points day days week weeks half third "
    "since during between more most less than about around nearly almost roughly some many several other new last next one two three four five six also still already now "
    "far so as such well both only just even says said say according including include further especially particularly remain remains remained make makes made keep keeps kept stay stays stayed become becomes became get gets got seem seems"
)
_SHORT = word_set("us eu uk un")


class Sense(Struct, frozen=True, dict=True):
    """A word or phrase of a text that has an opposite."""

    statement: Statement
    first: int
    last: int
    sides: tuple[Side, ...]

    @cached_property
    def is_denied(self) -> bool:
        """True behind "not", "instead of" and the like."""
        words, clauses = self.statement.words, self.statement.clauses
        begin = max(0, self.first - 4)
        before = [words[at].text for at in range(begin, self.first) if clauses[at] == clauses[self.first]]
        if before[-2:] in (["rather", "than"], ["instead", "of"]) or before[-1:] == ["less"]:
            return True
        return any(word in _NEGATORS or word.endswith("n't") for word in before)

    @property
    def word(self) -> Word:
        return self.statement.words[self.first]

    @property
    def end(self) -> int:
        return self.statement.words[self.last].end

    @property
    def text(self) -> str:
        return self.statement.text[self.word.start : self.end]

    @cached_property
    def _around(self) -> tuple[list[str], list[str]]:
        """The content words before and after it in its clause, as meanings, the nearest last and first."""
        words, clauses = self.statement.words, self.statement.clauses
        begin, end = max(0, self.first - _REACH), min(len(words), self.last + 1 + _REACH)
        before = [words[at] for at in range(begin, self.first) if clauses[at] == clauses[self.first]]
        after = [words[at] for at in range(self.last + 1, end) if clauses[at] == clauses[self.last]]
        texts = [word.text for word in before]
        if "between" in texts:  # "the gap between need and money is widening"
            before = before[: texts.index("between")] or before
        own = (
            _meanings(words[self.first : self.first + 1]) if self.last > self.first else []
        )  # "revised down" and revisions
        return [*_meanings(before)[-_WINDOW:], *own], _meanings(after)[:_WINDOW]

    @cached_property
    def near(self) -> frozenset[str]:
        """The words around it in its clause, as meanings."""
        before, after = self._around
        return frozenset((*before, *after))

    @property
    def follower(self) -> str:
        """The word right after it."""
        return next(iter(self._around[1]), "")

    @cached_property
    def heads(self) -> frozenset[str]:
        """The words right beside it."""
        before, after = self._around
        return frozenset((*before[-1:], *after[:1]))


def _meanings(words: Iterable[Word]) -> list[str]:
    return [found for word in words if (found := meaning_of(word.text, word.stem))]


@lru_cache(maxsize=8192)
def meaning_of(word: str, stem: str) -> str:
    """Return what stands for a word and all that mean the same; empty for a word without content."""
    if word in _EMPTY or (len(word) < 3 and word not in _SHORT) or word[0].isdigit() or is_stop_word(word):
        return ""
    known = _meaning_by_word()
    return next((known[base] for base in find_bases(word) if base in known), stem)


@cache
def _meaning_by_word() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in alike_words.LINES.split("\n"):
        words = line.split()
        for word in words:
            found.setdefault(word, words[0])
    return found


def words_like(word: str) -> frozenset[str]:
    """Return the words that mean what a base form may mean."""
    return _alike_words().get(word, frozenset())


@cache
def _alike_words() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in alike_words.LINES.split("\n"):
        words = frozenset(line.split())
        for word in words:
            found[word] = found.get(word, frozenset()) | words
    return found


class _Table(Struct, frozen=True):
    words: dict[str, tuple[Side, ...]]
    phrases: dict[str, list[_Phrase]]
    loose: frozenset[int]
    counting: frozenset[int]


@cache
def read_table() -> _Table:
    """Return the table of opposites, by word and by the first word of a phrase."""
    words: dict[str, tuple[Side, ...]] = {}
    phrases: dict[str, list[_Phrase]] = {}
    loose, counting = set[int](), set[int]()
    for number, line in enumerate(opposite_words.LINES.split("\n"), 1):
        if line[0] in "~=":
            (loose if line[0] == "~" else counting).add(number)
            line = line[1:]
        owner: tuple[Side, ...] = (number,)
        for word in line.split():
            if word == "|":
                owner = (-number,)
            elif "_" in word:
                head, *rest = word.split("_")
                phrases.setdefault(head, []).append((tuple(rest), owner))
            elif word in words:
                words[word] += owner
            else:
                words[word] = owner
    return _Table(words, phrases, frozenset(loose), frozenset(counting))


@lru_cache(maxsize=8192)
def _look_up(word: str) -> tuple[tuple[Side, ...], tuple[_Phrase, ...]] | None:
    """Return the sides that have a word in any of its forms, and the phrases that begin with it."""
    table = read_table()
    bases = find_bases(word)
    sides = next((table.words[base] for base in bases if base in table.words), ())
    phrases = tuple(item for base in bases if base in table.phrases for item in table.phrases[base])
    return (sides, phrases) if sides or phrases else None


@lru_cache(maxsize=4096)
def find_sides(statement: Statement) -> frozenset[Side]:
    """Return the sides of the table that a text may have, before anybody reads it word by word."""
    found: set[Side] = set()
    for sides, phrases in filter(None, map(_look_up, statement.texts)):
        found.update(sides)
        for _, owners in phrases:
            found.update(owners)
    return frozenset(found)


@lru_cache(maxsize=4096)
def find_meanings(statement: Statement) -> frozenset[str]:
    """Return the meanings of all words of a text."""
    return frozenset(_meanings(statement.words))


@lru_cache(maxsize=4096)
def find_senses(statement: Statement) -> tuple[Sense, ...]:
    """Return the words of a text that stand on the table of opposites."""
    return tuple(_find(statement))


def _find(statement: Statement) -> Iterator[Sense]:
    done = -1
    for index, found in enumerate([_look_up(word.text) for word in statement.words]):
        if found and index > done:
            done, sides = _match(statement, index, *found) if found[1] else (index, found[0])
            is_measure = index > 0 and statement.words[index - 1].text == "as"  # "ten times as large as"
            is_degree = _is_degree(statement, index)
            if sides and (done > index or (not (is_measure or is_degree) and is_meant(statement, index))):
                yield Sense(statement, index, done, sides)


def _is_degree(statement: Statement, index: int) -> bool:
    """Return whether a "less" or "more" only says how much of the next word: "less safe"."""
    words = statement.words
    if words[index].text not in ("less", "more") or index + 1 == len(words):
        return False
    return _look_up(words[index + 1].text) is not None


def _match(
    statement: Statement, index: int, sides: tuple[Side, ...], phrases: tuple[_Phrase, ...]
) -> tuple[int, tuple[Side, ...]]:
    """Return the last word of the longest phrase that begins at a word, and the sides that have it."""
    last, longest = index, tuple[Side, ...]()
    for rest, owners in phrases:
        end = _follow(statement.words, index, rest)
        if end > last:
            last, longest = end, owners
        elif end == last > index:
            longest += owners
    if longest:
        return last, longest
    return index, sides


def _follow(words: tuple[Word, ...], index: int, rest: tuple[str, ...]) -> int:
    """Return the index of a phrase's last word; 0 if it does not stand there."""
    at = index + 1
    for wanted in rest:
        gap = 3 if len(rest) == 1 and wanted in _PARTICLES else 1
        for step in range(at, min(at + gap, len(words))):
            if wanted in find_bases(words[step].text):
                at = step + 1
                break
        else:
            return 0
    return at - 1
