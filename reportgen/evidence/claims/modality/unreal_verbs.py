"""Verbs of what is wanted, possible or denied, and those of a claim that say that it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportgen.evidence.claims.opposites.base_forms import find_bases, is_irregular
from reportgen.evidence.claims.polarity import denies, is_adverb
from reportgen.evidence.claims.statements import Evidence, Statement, Word, word_set
from reportgen.evidence.qualifiers import is_verb, stem

_UNREAL = word_set(
    "to could may might would can should must will shall not never cannot nor without if unless whether no reluctance reluctant against prevent avoid instead neither"
)
_UNREAL_ING = word_set(
    "considering consider considers considered foreclosed foreclose reluctant against from without discussing discussed propose proposed proposes before suggested suggests "
    "mulling weighing weighs exploring"
)
_REAL_TO = word_set(
    "continue continues continued continuing manage manages managed begin begins began begun start starts started proceed proceeded tend tends tended seem seems seemed appear "
    "appears appeared used came come chose decided forced helped help helps led leads allowed enabled got went proved has have had able rise rises fell failing agree agrees agreed vote votes voted decide decides refuse move moved order ordered pledge pledged promised promise"
)

_POSSIBLE = word_set("may might could")
_HEDGING = word_set(
    "may might could can would will if unless whether likely unlikely possible possibly potential potentially perhaps probably risk risks threatens threaten expected projected forecast "
    "should chance"
)
_AUXILIARY = word_set("be have been also not well still even become need")
_GRADUAL = word_set(
    "rising falling growing shrinking running increasing decreasing declining dropping improving worsening slowing widening narrowing climbing easing coming going becoming getting"
)
"""Verbs of what is under way even where the evidence expects the end of it: "inflation is falling"."""
_ALIKE = 3  # words that a claim shares with the evidence whose "may" it drops
_DOING = word_set("has have had is are was were")
_ALIKE_DEEDS = {
    word: words.split()[0]
    for words in (
        "sign award formalize formalise finalize finalise ink conclude", "gain boost benefit", "adopt approve enact pass ratify", "end stop halt cease abolish", "begin start launch commence",
        "join enter accede", "close shut", "cut reduce lower", "raise increase", "ban prohibit outlaw", "build construct", "buy purchase acquire", "pay repay settle", "agree accept",
        "submit send file", "complete finish",
    )
    for word in words.split()
}  # fmt: skip
"""Deeds that mean the same, each as the first of its words."""


def affirms(statement: Statement, stems: frozenset[str], beginnings: tuple[str, ...] = ()) -> bool:
    """Return whether a text has one of some words, or one that begins so, as a thing that is so: "unable to finish" finishes nothing."""
    if statement.all_stems.isdisjoint(stems) and not any(text.startswith(beginnings) for text in statement.texts):
        return False
    return any(
        (word.stem in stems or word.text.startswith(beginnings)) and not _is_unreal(statement, index)
        for index, word in enumerate(statement.words)
    )


def find_unreal(statement: Statement, evidence: Iterable[Statement]) -> tuple[Word, Statement] | None:
    """Return a verb of what has happened that the evidence has only as wanted, possible or denied: "has joined" for "reluctant to join"."""
    items: list[Statement] | None = None
    for word, needed in _find_done(statement):
        if items is None:
            items = list(evidence)
        key = _key(word.text)
        uses = [(item, index) for item in items for index in _verbs(item).get(key, ())]
        if uses and all(_is_unreal(item, index) for item, index in uses):
            item = max((item for item, _ in uses), key=lambda item: len(item.stems & statement.stems))
            if len((item.stems & statement.stems) - {word.stem}) >= needed:
                return word, item
    return None


def find_unsure(statement: Statement, evidence: Evidence) -> tuple[Word, Statement] | None:
    """Return a verb that the evidence has only with "may" or "could", and the claim without."""
    if _POSSIBLE.isdisjoint(evidence.texts) or not _HEDGING.isdisjoint(statement.texts):
        return None
    hedged = [item for item in evidence if not _POSSIBLE.isdisjoint(item.texts)]
    hedged = [item for item in hedged if len(item.stems & statement.stems) > _ALIKE]
    possible = {key: item for item in hedged for key in _possible_verbs(item)}
    for word in statement.words[1:] if possible else ():
        item = possible.get(_key(word.text))
        if item and word.stem in statement.stems and not word.text.endswith("ing"):
            uses = [(other, index) for other in evidence for index in _verbs(other).get(_key(word.text), ())]
            if all(_is_possible(other, index) for other, index in uses):
                return word, item
    return None


def _possible_verbs(statement: Statement) -> Iterator[str]:
    """Yield the verbs that stand right after "may" or "could"."""
    for index, word in enumerate(statement.words[1:], 1):
        if _is_possible(statement, index) and word.text not in _AUXILIARY and not word.text[0].isdigit():
            yield _key(word.text)


def _is_possible(statement: Statement, index: int) -> bool:
    before = [word.text for word in statement.words[max(0, index - 3) : index] if not is_adverb(word.text)]
    return before[-1:] != [] and before[-1] in _POSSIBLE


@lru_cache(maxsize=1024)
def _verbs(statement: Statement) -> dict[str, list[int]]:
    """Return where a text has each verb or noun, by what it means."""
    found: dict[str, list[int]] = {}
    for index, word in enumerate(statement.words):
        if len(word.text) > 2:
            found.setdefault(_key(word.text), []).append(index)
    return found


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    """Return what stands for a verb in all its forms, and for those that mean the same."""
    bases = find_bases(word)
    return next(
        (_ALIKE_DEEDS[base] for base in bases if base in _ALIKE_DEEDS),
        stem(bases[-1] if bases[-1] != word and not word.endswith(("s", "ed", "ing", "ly")) else word),
    )


def _find_done(statement: Statement) -> Iterator[tuple[Word, int]]:
    """Yield the verbs of a claim that say that something has happened or is happening, and how many words its evidence must share with it."""
    if statement.texts.isdisjoint(_DOING):
        return
    words = statement.words
    for index, word in enumerate(words):
        is_going = word.text.endswith("ing") and len(word.text) > 5 and word.text not in _GRADUAL
        if not (is_going or _is_participle(word.text)) or any(
            item.text in _UNREAL or denies(item) for item in words[max(0, index - 4) : index]
        ):
            continue
        before = [item.text for item in words[max(0, index - 3) : index] if not is_adverb(item.text)]
        if before[-1:] == ["been"]:
            before.pop()
        if before and before[-1] in ("has", "have", "had"):
            yield word, 1
        elif before and before[-1] in ("is", "are", "was", "were") and (is_going or before[-1][0] == "w"):
            yield word, 1 if is_going else 2


def _is_participle(word: str) -> bool:
    if word.endswith("ed") or (is_irregular(word) and not word.endswith("er")):
        return True
    return not word.endswith(("ing", "ly")) and stem(word) != word and is_verb(word)


def _is_unreal(statement: Statement, index: int) -> bool:
    """Return whether a verb of the evidence is wanted, possible or denied, not done."""
    word = statement.words[index].text
    before = [item.text for item in statement.words[max(0, index - 3) : index]]
    if word.endswith("ing"):
        before = [item for item in before if not is_adverb(item)]
        return not _UNREAL_ING.isdisjoint(before[-1:])
    if _is_participle(word):
        return any(item in ("not", "never", "be", "if", "once", "until") or item.endswith("n't") for item in before)
    if "to" in before[-2:]:
        at = before.index("to")
        return not at or before[at - 1] not in _REAL_TO
    return any(item in _UNREAL or item.endswith("n't") for item in before)
