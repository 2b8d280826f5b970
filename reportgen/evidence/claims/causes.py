"""Causes: where a text says that one thing made another, and whether the evidence says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from reportgen.evidence.claims.axes import directed_stems
from reportgen.evidence.claims.opposites.senses import find_meanings, meaning_of
from reportgen.evidence.claims.statements import Statement, Word, count_shared, stems_of, word_set
from reportgen.text.late_pattern import compile_late

_EFFECT_FIRST = (
    "because of, because, due to, owing to, thanks to, caused by, driven by, fueled by, fuelled by, triggered by, sparked by, prompted by, explained by, spurred by, forced by, unleashed by, "
    "brought about by, brought on by, a result of, the result of, as a result of, result from, resulted from, resulting from, stem from, stems from, stemmed from, stemming from, "
    "attributable to, is attributed to, are attributed to, was attributed to, were attributed to, blame on, blamed on, on account of, a consequence of, the fault of"
)
"""Words between an effect and its cause."""
_CAUSE_FIRST = (
    "caused, causes, cause, causing, led to, leads to, lead to, leading to, resulted in, results in, resulting in, drove, drives, triggered, triggers, sparked, sparks, prompted, brought about, spurred, "
    "spurs, forced, unleashed, to blame for, is the cause of, are the cause of, is the reason for, are the reason for, was the reason for, is responsible for, are responsible for, is behind, are behind, "
    "was behind, were behind, explains, explain, is why, are why, was why"
)
"""Words between a cause and its effect."""
_BRINGING = word_set("brought brings bring")
_BROUGHT = word_set("down about under end halt back")
"""Words that end what "brought" begins: "brought the deaths down"."""
_DEGREES = word_set("largely mainly mostly partly entirely primarily chiefly in part")
_NOT_STATED = word_set(
    "to not may might could can would will should no the a that which some all several many few these those other main leading top common root of two three four five six seven eight nine ten"
)
_DUE_TO_DO = word_set(
    "be end expire start begin open close report publish vote meet take come run finish arrive leave retire appear hold"
)
_DRIVEN = word_set("mile miles kilometer kilometers kilometre kilometres km car cars truck trucks van vans bus buses")
_SHARES = word_set("most much half part nearly almost all about some many two a the over")
_STRONG = (
    "because due owe owing thanks cause drive drove driven driver fuel trigger spark prompt result stem attribute attributable blame explain reason lead led contribute factor force effect "
    "impact consequence consequently therefore thus hence reflect spur account responsible origin source role derive bring induce produce generate associate link relate influence depend mediate via "
    "behind underlie root arise"
)
_ACTING = word_set(
    "weigh weighs weighed weighing affect affects affected drag drags hit hits hurt hurts help helps helped harms harmed"
)
"""Verbs that act on whatever it is: "rate rises weigh on the economy"."""
_UNSURE = word_set(
    "unclear unknown uncertain whether doubt doubts correlation correlates correlated tell coincided coincidence"
)
_MAKING = compile_late(
    r"\b(?:make|makes|made|making|render|renders|rendered)\b(?:[^.;:]|\.(?!\s)){1,80}?\b(?:more|less|harder|easier|\w{3,}er)\b"
)
"""The words that make a thing so, as its cause: "the drought makes bread dearer"."""
_WEAKEST = word_set("as by with through amid")
_WEAK = (
    "mean leave left help hurt boost push pull raise lower cut reduce increase prevent enable allow require weigh hit slow squeeze strain burden "
    "affect offset worsen improve weaken strengthen accelerate delay threaten limit create provide offer afford add support undermine erode block give gave kill damage disrupt change shift turn respond"
)


class Cause(Struct, frozen=True):
    """A cause that a text states: the place of the connecting words, and the stems on its sides."""

    start: int
    end: int
    cause: frozenset[str]
    effect: frozenset[str]


class _Connection(Struct, frozen=True):
    words: tuple[str, ...]
    effect_first: bool


@cache
def _connections() -> dict[str, list[_Connection]]:
    """Return the words that tie a cause to an effect, by the first of them, the longest first."""
    found: dict[str, list[_Connection]] = {}
    for table, effect_first in ((_EFFECT_FIRST, True), (_CAUSE_FIRST, False)):
        for item in table.split(", "):
            words = tuple(item.split())
            found.setdefault(words[0], []).append(_Connection(words, effect_first))
    for items in found.values():
        items.sort(key=lambda item: -len(item.words))
    return found


@cache
def _strong() -> frozenset[str]:
    return stems_of(_STRONG)


@cache
def _degrees() -> frozenset[str]:
    return stems_of(" ".join(_DEGREES))


@cache
def _whole() -> frozenset[str]:
    return stems_of("almost nearly all most much half part bulk rest mostly largely entirely mainly")


@cache
def _weak() -> frozenset[str]:
    return stems_of(_WEAK)


def find_causes(statement: Statement) -> Iterator[Cause]:
    """Yield the causes that a text states."""
    if _connections().keys().isdisjoint(statement.texts) and _BRINGING.isdisjoint(statement.texts):
        return
    words, index = statement.words, 0
    while index < len(words):
        found = _match(words, index)
        if not found:
            index += 1
            continue
        connection, last = found
        start, end = words[index].start, words[last].end
        before = [stem for stem in statement.stems_before(start, 8) if stem not in _degrees()]
        after = statement.stems_after(end, 8)
        if not before:  # "Sales fell, because …"
            before = [stem for stem, _, to in statement.content if to <= start]
        if not before and connection.effect_first:  # "Because of the strike, sales fell"
            before = [stem for stem, at, _ in statement.content if at >= end and stem not in after]
        sides = (after, before) if connection.effect_first else (before, after)
        if sides[0] and (sides[1] or connection.effect_first):  # "the south drove it" ties nothing to a word
            yield Cause(start, end, frozenset(sides[0]), frozenset(sides[1]))
        index = last + 1


def _match(words: Sequence[Word], index: int) -> tuple[_Connection, int] | None:
    """Return the connection that begins at a word, and the index of its last word."""
    if words[index].text in _BRINGING and any(word.text in _BROUGHT for word in words[index + 1 : index + 6]):
        return _Connection((words[index].text,), False), index
    for connection in _connections().get(words[index].text, ()):
        at = index + 1
        for wanted in connection.words[1:]:
            while at < len(words) and words[at].text != wanted and words[at].text in _DEGREES:
                at += 1
            if at == len(words) or words[at].text != wanted:
                break
            at += 1
        else:
            before = words[index - 1].text if index else ""
            after = words[at].text if at < len(words) else ""
            if connection.words == ("due", "to") and after in _DUE_TO_DO:
                return None
            if words[index].text in ("drove", "drives") and any(word.text in _DRIVEN for word in words[at : at + 6]):
                return None
            if connection.words in (("cause",),) and after in ("of", "for", "to"):
                return None
            if not connection.effect_first and before in _NOT_STATED:
                return None
            if words[index].text in ("explains", "explain") and after in _SHARES:
                return None  # "one crash explains most deaths" counts them
            return connection, at - 1
    return None


def states_cause(statement: Statement, cause: Cause) -> bool:
    """Return whether a text ties a cause to an effect."""
    causes, effects = cause.cause & statement.stems, cause.effect & statement.stems
    if not causes:  # "severe" for "severity"
        causes = frozenset(found for found in cause.cause if count_shared(frozenset((found,)), statement.stems))
    if not causes:  # "war" for "conflict"
        meanings = find_meanings(statement)
        causes = frozenset(found for found in cause.cause if meaning_of(found, found) in meanings)
    if not _UNSURE.isdisjoint(statement.texts):
        return False
    words = statement.all_stems - cause.cause - cause.effect
    if not words.isdisjoint(_strong()):
        is_named_so = any(cause.effect & stems and words & stems for stems in directed_stems())
        # "maize was behind the gain" for "maize drove that increase"
        is_pronoun = cause.effect <= _whole()  # "lower sales explain almost all of it"
        return bool(causes and (effects or is_named_so or is_pronoun)) or len(causes) >= max(
            2, (len(cause.cause) + 1) // 2
        )
    if not words.isdisjoint(_weak()) and causes and effects:
        return True
    if causes and effects and _MAKING.search(statement.text.lower()):
        return True
    if 2 * len(causes) >= len(cause.cause) and not statement.texts.isdisjoint(_ACTING):
        return True
    return bool(causes and effects) and not statement.texts.isdisjoint(_WEAKEST)
