"""Denials: what a clause denies, and whether another affirms it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from reportgen.evidence.claims.statements import Statement, Word, stems_of, word_set
from reportgen.text.late_pattern import compile_late

_NEGATORS = word_set(
    "not never no none neither nor without cannot nobody nothing lack lacks lacked unable fails failed fail refuses refused refuse shied denies denied avoid avoids avoided averted averts avert"
)
_AVOIDED = word_set("avoided averted")
_BE = word_set("be been being is are was were")
_NOT_DENIED = {
    "not": word_set("only just least merely until all every always necessarily rule ruled"),
    "no": word_set("longer later doubt matter"),
    "nothing": frozenset(["but"]),
}
"""Words after which a "not" or "no" denies nothing: "not only", "no later than"."""
_LESS_THAN = compile_late(r"\b(?:less|fewer|[a-z]{3,}er)\b.* than\b", re.IGNORECASE | re.DOTALL)
_NOT_AS = compile_late(r"(?:\bnot|n['’]t)\b.*\b(?:as|so) \w+ as\b", re.IGNORECASE | re.DOTALL)
_THAN_EVER = compile_late(
    r"\b(?:more|less|fewer|better|worse|[a-z]{3,}er)\b.* than ever\b|\bat (?:its|their) [a-z]+est\b", re.IGNORECASE
)
_NEVER_MORE = compile_late(
    r"\bnever (?:before )?(?:been |had |was |were )?(?:so |more |less |fewer |better |worse |[a-z]{3,}er\b)",
    re.IGNORECASE,
)
_ALIKE = 4  # words in common with a sentence of which a clause has two words only
_SCOPE = 4  # content words that a "not" denies
_PREFIXES = ("un", "dis", "non", "in", "im", "ir", "il")
_SURE_PREFIXES = ("un", "dis", "non")
_ADVERBS = word_set("already now since just also still even recently largely")
_SAYING = word_set("say says said need needs make makes take takes include includes know known work works")


class Part(Struct, frozen=True):
    """A clause with its content stems, and those that it denies."""

    text: str
    stems: frozenset[str]
    denied: frozenset[str]
    prefixed: frozenset[str]
    """Stems that may be another word denied: unresolved."""


@lru_cache(maxsize=4096)
def read_parts(statement: Statement) -> tuple[Part, ...]:
    """Return the clauses of a text with what each denies."""
    clauses = groupby(zip(statement.words, statement.clauses, strict=True), key=itemgetter(1))
    return tuple(_read(statement, [word for word, _ in members]) for _, members in clauses)


def _read(statement: Statement, words: Sequence[Word]) -> Part:
    start, end = words[0].start, words[-1].end
    content = [(found, at) for found, at, to in statement.content if start <= at and to <= end]
    stems = frozenset(found for found, _ in content)
    denied: set[str] = set()
    if _may_deny(statement) and not any(
        word.text == "than" for word in words
    ):  # "no mill is bigger than" denies nothing of it
        for index, word in enumerate(words):
            if denies(word) and not _is_idiom(words, index):
                if word.text in _AVOIDED and not _BE.isdisjoint(item.text for item in words[max(0, index - 3) : index]):
                    denied.update([found for found, at in content if at < word.start][-_SCOPE:])  # "was avoided"
                else:
                    denied.update([found for found, at in content if at >= word.end][:_SCOPE])
    return Part(statement.text[start:end], stems, frozenset(denied), frozenset(filter(_is_prefixed, stems)))


def _is_prefixed(found: str) -> bool:
    """Return whether a stem may be another word denied."""
    return len(found) > 6 and (found.startswith(_SURE_PREFIXES) or found in _denying_stems())


@cache
def _denying_stems() -> frozenset[str]:
    return stems_of(
        "insufficient incomplete ineffective inadequate inaccurate inconsistent independent indirect inactive inability invalid insecure impossible improbable imperfect irregular irrelevant "
        "irresponsible illegal illiterate"
    )


@lru_cache(maxsize=4096)
def _may_deny(statement: Statement) -> bool:
    return statement.has_denial or not _NEGATORS.isdisjoint(statement.texts) or any(map(_is_prefixed, statement.stems))


def _is_idiom(words: Sequence[Word], index: int) -> bool:
    after = words[index + 1].text if index + 1 < len(words) else ""
    before = words[index - 1].text if index else ""
    return after in _NOT_DENIED.get(words[index].text, ()) or (
        words[index].text == "not" and before in ("why", "if", "or")
    )


def is_adverb(word: str) -> bool:
    return word in _ADVERBS or word.endswith("ly")


def denies(word: Word) -> bool:
    return word.text in _NEGATORS or word.text.endswith("n't")


def find_reversal(statement: Statement, evidence: Iterable[Statement]) -> tuple[Part, Statement] | None:
    """Return a clause that the evidence has with a denial more or less; None if some evidence has it as it stands."""
    near = [item for item in evidence if len(item.stems & statement.stems) > 1 and "should" not in item.texts]
    denying = near if _may_deny(statement) else list(filter(_may_deny, near))
    for part in read_parts(statement) if denying else ():
        if len(part.stems) < 2:
            continue
        if len(part.stems) == 2 and "nor" in part.text.lower():
            continue
        is_short = len(part.stems) == 2 and not ("there" in statement.texts and not part.denied)
        found: tuple[Statement, frozenset[str]] | None = None
        for item in denying:
            if is_short and (len(item.stems & statement.stems) < _ALIKE or not item.texts.isdisjoint(("if", "unless"))):
                continue
            for other in read_parts(item):
                turned = _turned(part, other)
                if turned and (not found or len(item.stems & part.stems) > len(found[0].stems & part.stems)):
                    found = (item, turned)
        if found and not any(_agrees(part, other, found[1]) for item in near for other in read_parts(item)):
            return part, found[0]
    return None


def _turned(part: Part, other: Part) -> frozenset[str]:
    """Return the words that one of two like clauses denies; empty if the clauses are not alike."""
    if not (part.denied or other.denied or part.prefixed or other.prefixed):
        return frozenset()
    if any(_is_less(*pair) or _is_ever(*pair) for pair in ((part.text, other.text), (other.text, part.text))):
        return frozenset()
    shared = part.stems & other.stems
    needed = max(2, 0.7 * min(len(part.stems), len(other.stems)), 0.55 * len(part.stems))
    if len(shared) + 1 < needed:
        return frozenset()
    if opposed := _opposed(part, other):
        return opposed
    if len(shared) < needed or bool(part.denied & shared) == bool(other.denied & shared):
        return frozenset()
    return (part.denied ^ other.denied) & shared


def _is_less(one: str, two: str) -> bool:
    """Return whether a text says with "less than" what another does with "not as much as"."""
    return "than" in one and bool(_LESS_THAN.search(one) and _NOT_AS.search(two))


def _is_ever(one: str, two: str) -> bool:
    """Return whether a text says with "stronger than ever" what another does with "never been stronger"."""
    return "never" in two and bool(_THAN_EVER.search(one) and _NEVER_MORE.search(two))


def _opposed(part: Part, other: Part) -> frozenset[str]:
    """Return the words of a clause that the other has with un-, in- or dis-, or the other way round: resolved and unresolved."""
    if part.denied or other.denied:
        return frozenset()
    own, theirs = part.stems - other.stems, other.stems - part.stems
    longer = {word for word in part.prefixed & own if any(word.removeprefix(prefix) in theirs for prefix in _PREFIXES)}
    shorter = {word.removeprefix(prefix) for word in other.prefixed & theirs for prefix in _PREFIXES} & own
    return frozenset(word for word in longer | shorter if len(word) > 4)


def _agrees(part: Part, other: Part, turned: frozenset[str]) -> bool:
    """Return whether a clause of the evidence has the words in question as the claim has them."""
    shared = part.stems & other.stems
    return len(shared) > 1 and any((word in part.denied) == (word in other.denied) for word in turned & shared)


def find_exchange(statement: Statement, evidence: Iterable[Statement]) -> tuple[Word, Statement] | None:
    """Return the word of the claim that takes one thing and leaves another, where the evidence does it the other way round."""
    for word, kept, left in _find_choices(statement):
        for item in evidence:
            for _, own, other in _find_choices(item):
                if (kept - own) & other and (left - other) & own:
                    return word, item
    return None


def _find_choices(statement: Statement) -> Iterator[tuple[Word, frozenset[str], frozenset[str]]]:
    """Yield what a text takes and what it leaves: "resignation rather than retirement", "retirements, not resignations"."""
    words = statement.words
    for index, word in enumerate(words):
        after = words[index + 1].text if index + 1 < len(words) else ""
        is_choice = (word.text, after) in (("rather", "than"), ("instead", "of")) or (
            word.text == "not" and statement.text[: word.start].rstrip().endswith(",")
        )
        if is_choice:
            at = word.end if word.text == "not" else words[index + 1].end
            kept = [found for found, _, end in statement.content if end <= word.start][-2:]
            left = [found for found, start, _ in statement.content if start >= at][:2]
            yield word, frozenset(kept), frozenset(left)


def find_denied(statement: Statement, evidence: Iterable[Statement]) -> tuple[Word, Statement] | None:
    """Return a verb of the claim that each use in the evidence denies."""
    if statement.has_denial or "unless" in statement.texts or not _NEGATORS.isdisjoint(statement.texts):
        return None
    near = [item for item in evidence if len(item.stems & statement.stems) > 2]
    if not any(item.has_denial for item in near):
        return None
    for word in statement.words:
        if word.stem in statement.stems and word.text not in _SAYING:
            uses = [
                (item, _is_denied(item, index))
                for item in near
                for index, use in enumerate(item.words)
                if use.stem == word.stem
            ]
            if uses and all(
                denied and not _is_less(statement.text, item.text) and not _is_ever(statement.text, item.text)
                for item, denied in uses
            ):
                return word, uses[0][0]
    return None


def _is_denied(statement: Statement, index: int) -> bool:
    """Return whether a verb stands right after its "not", but for an adverb."""
    before = statement.words[max(0, index - 2) : index]
    if not before or not statement.has_denial:
        return False
    last = before[-1]
    is_between = last.text in ("be", "been", "have") or is_adverb(last.text)
    return _is_not(last) or bool(is_between and len(before) > 1 and _is_not(before[0]))


def _is_not(word: Word) -> bool:
    return word.text in ("not", "never", "cannot") or word.text.endswith("n't")
