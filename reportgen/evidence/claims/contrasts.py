"""Contrasts: the opposable words of a statement, with what they are said of and the numbers that they move."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from msgspec import Struct

from reportgen.evidence.claims.axes import Pole, axis_words, poles
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.statements import Statement, Word, stems_of, word_set
from reportgen.evidence.number_grammar.number_mentions import Mention
from reportgen.text.late_pattern import compile_late

COMPARISONS = word_set(
    "more less fewer above below over under greater larger smaller longer shorter bigger higher lower exceed exceeds exceeded exceeding surpass surpasses surpassed overtake overtakes overtook overtaken behind"
)
"""Words that compare two things; the others say that one thing moves."""
_LARGE = 0.2
_NEGATORS = word_set(
    "not never no nor neither cannot without hardly barely rarely instead rather than none little nobody nothing"
)
_OBJECT_END = word_set("and than from to by as even")
_ABOUT = word_set(
    "about around nearly almost roughly some a an the estimated just only over more than less at least little as much up level"
)
_LINKS = _ABOUT | word_set(
    "by to from of approximately another further reach reached reaches reaching total totaled totals sharply slightly modestly strongly again have has had been was were is are "
    "amount amounted be in additional extra reported expected projected it stood that between income position"
)
_TO = ("to", "at", "reach", "reached", "reaches", "reaching", "total", "totaled", "totals", "stood")
_UNITS = word_set("percent percentage point points billion million of in net per year a annual further")
_ARTICLES = word_set(
    "it they we the a an its their his her this that at in of by every each our your no until year month week season"
)
_BREAKS = word_set("but while whereas which than")
_ALSO = word_set("and or to from about nearly some around percent in")
_NUMBER = compile_late(
    r"\W*than\W+(?:an? |about )?(?:[$€£]?\d|half|two|three|four|five|six|ten|dozen|twice|a third)", re.IGNORECASE
)
_IS = word_set(
    "is are was were be been being went goes go going come comes came coming edged ticked inched crept nudged moved trending remains stays still"
)
_STEPS = word_set("edged ticked went goes gone inched crept nudged moved")
_FORMING = word_set("make makes made making set take takes took taken end ends ended break broke")
_LAGGED = word_set("fall falls fell fallen lag lags lagged trail trails trailed")
_FALLEN = word_set("behind short apart ill victim within under into on foul silent asleep due")
_OF_FALLS = word_set("from by of after prevent preventing unintentional accidental fatal nonfatal serious against")
_TIMES = word_set("second minute hour day week month quarter year decade century")
_JUST = word_set("well far just slightly still much fall falls fell remain remains stay stays")


@cache
def _generic() -> frozenset[str]:
    """Return the stems of words that say nothing of what rises or falls."""
    return stems_of(
        "percent year years month months quarter quarters decade billion million trillion thousand rate level number total amount time point percentage fiscal half third share u.s us united "
        "states new last first next period people country countries world government report data estimate during between since one two three four five have been its their per day week end made make "
        "use well included said says high low"
    )


class Contrast(Struct, frozen=True, dict=True):
    """An opposable word of a statement; `sign` is 0 where it is denied."""

    word: Word
    pole: Pole
    sign: int
    statement: Statement
    index: int

    @cached_property
    def near(self) -> frozenset[str]:
        """The stems around it, in its clause."""
        alike = {word.stem for word in self.statement.words if word.text in axis_words()[self.pole.axis]}
        return frozenset(_near(self.statement, self.index, self.pole.axis == "size")) - alike - _generic()

    @cached_property
    def heads(self) -> frozenset[str]:
        """The stems right beside it."""
        return self.neighbors & self.near

    @cached_property
    def neighbors(self) -> frozenset[str]:
        """The stems right beside it, the general ones included."""
        content, word = self.statement.content, self.word
        before = [found for found, _, to in content if to <= word.start][-1:]
        after = [found for found, start, _ in content if start >= word.end][:1]
        return frozenset((*before, *after))

    @property
    def compares(self) -> bool:
        return self.word.text in COMPARISONS and not (self.word.text in ("more", "fewer") and not self.index)


Moved = Mapping[int, tuple[tuple[Mention, str], ...]]
"""The numbers that a word moves or measures, by the word's place, each with its role: by, to or from."""


def has_axis(statement: Statement, axis: str) -> bool:
    return not statement.texts.isdisjoint(axis_words()[axis])


@lru_cache(maxsize=4096)
def find_contrasts(statement: Statement) -> tuple[Contrast, ...]:
    """Return the opposable words of a text."""
    if poles().keys().isdisjoint(statement.texts):
        return ()
    words = statement.words
    hits = [
        (index, pole)
        for index, word in enumerate(words)
        for pole in poles().get(word.text, ())
        if is_meant(statement, index)
    ]
    found = []
    for index, pole in hits:
        clause = statement.clauses[index]
        before = [words[at] for at in range(max(0, index - 3), index) if statement.clauses[at] == clause]
        denied = any(item.text in _NEGATORS or item.text.endswith("n't") for item in before)
        found.append(Contrast(words[index], pole, 0 if denied else pole.sign, statement, index))
    return tuple(found)


def is_meant(statement: Statement, index: int) -> bool:
    """Return whether a word is meant in the sense of its axis: "more than $5 billion" is a bound, "up to" no rise."""
    words, text = statement.words, statement.text
    word, before = words[index], words[index - 1].text if index else ""
    after = words[index + 1].text if index + 1 < len(words) else ""
    match word.text:
        case "up" | "down":
            moves = before in _IS or after in ("by", "from", "sharply", "slightly") or after[:1].isdigit()
            may_stand = after not in ("with", "for") and (after != "to" or before in _STEPS)
            return may_stand and before not in _FORMING and moves
        case "under" | "over":
            return before in _JUST and (after in ("the", "its", "their") or after[:1].isdigit())
        case "above" | "below":
            return before not in ("the", "all") and bool(after)
        case "more" | "fewer" if not index and after not in ("than", "and", "or", "of"):
            return True  # "More apartments were built"
        case "more":
            following = [item.text for item in words[index + 1 : index + 5]]
            is_gap = (
                "than" in following
                or before[-1:].isdigit()
                or before in ("percent", "points", "point", "billion", "million", "trillion", "cents")
            )
            return is_gap and not _NUMBER.match(text, word.end)
        case "less" | "fewer" | "greater" | "larger" | "smaller" | "longer" | "shorter" | "bigger":
            return after != "than" or not _NUMBER.match(text, word.end)
        case "behind":
            return before in _LAGGED
        case "falls" if before in _OF_FALLS:
            return False  # "deaths from falls" do not fall
        case "fall" | "falls" | "fell" | "fallen":
            return after not in _FALLEN
        case "slip" | "slips" | "slipped" | "slide" | "slid":
            return after in ("to", "from", "by", "below") or after[:1].isdigit()
        case "growth":
            return after not in ("rate", "rates", "factor", "strategy", "engine") and not _moves_itself(
                statement, index
            )
        case "last" | "end" | "ends" | "cut" | "cuts" | "rise" | "lead" | "near":
            return bool(before and before not in _ARTICLES) or word.text in ("cut", "cuts", "rise")
        case "back":
            return after in ("the", "a", "an", "their", "his", "her", "its", "this")
        case "confidence" | "confident":
            return before not in ("high", "moderate", "low", "medium", "percent")
    return True


def _moves_itself(statement: Statement, index: int) -> bool:
    """Return whether what follows says how "growth" moves: it is a thing there, "growth is expected to slow"."""
    words, clauses = statement.words, statement.clauses
    after = [words[at].text for at in range(index + 1, min(index + 8, len(words))) if clauses[at] == clauses[index]]
    return not axis_words()["size"].isdisjoint(after)


def _near(statement: Statement, index: int, moves: bool) -> Iterator[str]:
    """Yield the stems of the content words around a word, in its clause; acronyms and possessives only name who has something."""
    words, clauses = statement.words, statement.clauses
    stops = moves and words[index].text not in COMPARISONS
    end = index + 1
    while end < len(words) and clauses[end] == clauses[index]:
        if stops and words[end].text in _OBJECT_END and (end > index + 1 or words[end].text == "and"):
            break  # "rose by" goes on
        end += 1
    first = next(at for at in range(index + 1) if clauses[at] == clauses[index])
    if stops:
        first = _find_start(statement, first, index)
    content = statement.content
    before = [item for item in content if words[first].start <= item[1] and item[2] <= words[index].start][-4:]
    after = [item for item in content if words[index].end <= item[1] and item[2] <= words[end - 1].end][:4]
    for found, start, to in (*before, *after):
        if not _is_actor(statement.text, start, to) and (not found.isdigit() or len(found) == 4):
            yield found


def _find_start(statement: Statement, first: int, index: int) -> int:
    """Return where a move's part of a clause begins: behind another move, if it has words of its own, "deaths fell as cases rose"."""
    words = statement.words
    other = max((at for at in range(first, index) if words[at].text in axis_words()["size"]), default=-1)
    if other < 0:
        return first
    has_own = any(words[other].end <= start and end <= words[index].start for _, start, end in statement.content)
    return other + 1 if has_own else first


def _is_actor(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    return (len(word) > 1 and word.rstrip("s").isupper()) or word.endswith(("’s", "'s", "’"))


@lru_cache(maxsize=2048)
def find_moved(statement: Statement) -> Moved:
    """Tie each number to the opposable word that moves it: the one right after it ("a 5 percent drop"), or the last before it."""
    text = statement.text
    contrasts = find_contrasts(statement)
    mentions = [item for item in statement.mentions if item.kind not in ("name", "date", "rank")] if contrasts else []
    numbers = [item for item in mentions if item.unit not in _TIMES]  # "fell during two years" does not move the years
    found: dict[int, list[tuple[Mention, str]]] = {}
    previous: tuple[Word, int] | None = None
    for number in numbers:
        stop = max(number.end, number.stop)
        after = next(
            (
                item.word
                for item in contrasts
                if item.word.start >= number.end and _is_unit(text[stop : item.word.start])
            ),
            None,
        )
        if after:
            found.setdefault(after.start, []).append((number, "by"))
            continue
        before = [item.word for item in contrasts if item.word.end <= number.first]
        if not before:
            continue
        word = before[-1]
        between = text[word.end : number.first]
        if previous and previous[0] == word:  # "37 percent and 60 percent", "from 91 to 86"
            between = text[previous[1] : number.first]
            is_tied = _ALSO.issuperset(_words(between)) or _is_close(between)
        else:
            is_tied = _LINKS.issuperset(_words(between)) or _is_close(between)
        if is_tied and not (_role(between) != "by" and _is_mixed(contrasts, word)):
            found.setdefault(word.start, []).append((number, _role(between)))
            previous = (word, stop)
    return {start: tuple(numbers) for start, numbers in found.items()}


def _is_mixed(contrasts: Sequence[Contrast], word: Word) -> bool:
    """Return whether an opposite stands before a word in its clause, which may be what moves the number: "cut its estimate of growth"."""
    own = next(item for item in contrasts if item.word == word)
    clauses = own.statement.clauses
    return any(
        item.pole.axis == own.pole.axis
        and item.pole.sign != own.pole.sign
        and item.word.start < word.start
        and clauses[item.index] == clauses[own.index]
        for item in contrasts
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _is_unit(text: str) -> bool:
    words = _words(text)
    return len(words) < 3 and _UNITS.issuperset(words) and not text.strip(" -\u00a0\u202f" + "".join(words))


def _is_close(between: str) -> bool:
    """Return whether a few words of one clause stand between a word and its number."""
    words = _words(between)
    if len(words) > 8 or any(char in ".;:,—()" for char in between) or not _BREAKS.isdisjoint(words):
        return False
    return "and" not in words or words[-1] in ("of", "by", "to", "from")


def _role(between: str) -> str:
    words = _words(between)
    while words and words[-1] in _ABOUT and words[-1] != "at":
        words.pop()
    last = words[-1] if words else ""
    return "from" if last == "from" else "to" if last in _TO else "by"


def has_large_change(claim: Claim, sign: int) -> bool:
    """Return whether evidence that shares a word with the claim has a change of a fifth or more, upward or downward."""
    return any(
        _is_large(item, sign)
        for item in (claim.statement, *claim.evidence)
        if (item.stems & claim.statement.stems) - _generic()
    )


def _is_large(statement: Statement, sign: int) -> bool:
    for contrast in find_contrasts(statement):
        if contrast.pole.axis != "size" or contrast.sign != sign:
            continue
        moved = find_moved(statement).get(contrast.word.start, ())
        if any(
            role == "by" and item.kind in ("percent", "points") and abs(amount_of(item)) >= 100 * _LARGE
            for item, role in moved
        ):
            return True
        if any(
            _change(one, two) >= _LARGE
            for (one, _), (two, _) in pairwise(moved)
            if (one.kind, one.unit) == (two.kind, two.unit)
        ):
            return True
    return False


def amount_of(mention: Mention) -> float:
    return float(mention.value) if isinstance(mention.value, float | int) else 0.0


def _change(one: Mention, two: Mention) -> float:
    return abs(amount_of(two) - amount_of(one)) / abs(amount_of(one)) if amount_of(one) else 1.0
