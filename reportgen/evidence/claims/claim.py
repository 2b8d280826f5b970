"""Claims: the sentences of a brief that its evidence must support, each with that evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.evidence.claims.statements import Evidence, Statement, Word, read_statements, word_set
from reportgen.evidence.passages import Passage, Sentence
from reportgen.evidence.quotations import find_quotations
from reportgen.text.late_pattern import compile_late

if TYPE_CHECKING:
    from reportgen.brief.argument import Section
    from reportgen.brief.model import Brief
    from reportgen.charts import AnyExhibit

_WHOLE = ("title", "subtitle", "subject", "bottom_line", "timeline")
"""Texts that speak for the whole brief."""
_OURS = ("judgment", "recommendation")
_CLAIMING = ("finding", "summary", "point", "exhibit", "event", *_OURS)
_OUR_VERBS = word_set("judge assess believe think estimate expect recommend conclude infer")
_OUR_NOUNS = word_set("judgment judgement view count estimate assessment calculation reading inference")
_ADVICE = word_set("should must ought let please")
_ADVISING = word_set("recommend recommends advise advises urge urges")
_WRITERS = word_set("we staff memo brief paper office")
_IMPERATIVES = word_set(
    """
    accept act adopt agree aim allow apply approve ask avoid ban begin bring broker build buy call choose clarify close collect commit conclude
    consider cooperate create cut decide define delay demand deploy develop do don't draft drop ease elevate empower end engage enlist ensure equip establish
    expand explore extend finance fix focus follow fund give grant guard halt hand help hold improve include increase insist invest invite
    join keep launch lay lead learn lease lift limit link maintain make map match meet monitor move name negotiate never note offer open order
    organize pair pass pause pay phase pick plan pool prepare preserve press prevent prioritize promote propose protect provide publish pursue push put raise
    reach rebuild recognize reconsider record reduce refer reform refuse reject release repeal replace report request require rethink retain return review
    revise schedule scrap secure seek sell send set settle share shift sign simplify speed spend stabilize start stay stop strengthen study supply
    support take target tax test tie tighten track train transfer treat try turn update use wait watch withdraw work write
    """
)
_FUTURE = word_set("will would shall should to may might could can if unless")
_HEDGES = word_set("may might could would can if unless risk risks nearly almost not never")
_DETERMINERS = word_set(
    "the a an its their his her this that these those all every each any no not nothing more less both what how who where when whether only by now first early quietly with "
    "into up out off on new"
)
_AFTER_NOUN = word_set("of for in to at from is are was were has have had will would could may might can")
_SOURCES = word_set(
    "article articles report reports source sources text texts author authors chart charts figure figures table tables brief"
)
_REASON = compile_late(
    r"\b(?:because(?! of)|since(?! \d)|given that|now that|considering that|seeing that|why(?= (?:the )?\w+ (?:has |have |had )?\w+ed\b)|(?=(?:which|who|that) (?:has|have|had) )(?:which|who|that))\s+",
    re.IGNORECASE,
)
_REASONING = word_set("because since given now considering seeing why which who that")
_REASON_END = compile_late(r"[,;:—]|\.(?!\w)")
_TELLING = word_set("does do name names give gives date dates state states has have is are say says")


class Claim(Struct, frozen=True, dict=True):
    """A sentence with the statements that may support it."""

    statement: Statement
    evidence: Evidence
    is_advisory: bool = False
    """True for a judgment and a recommendation."""
    passage: Passage | None = None
    start: int = 0
    """The place of the sentence in the passage."""
    wider: Evidence | None = None
    """The whole brief's evidence, for a title or a takeaway: what another section cites may bear it out."""
    exhibits: tuple[AnyExhibit, ...] = ()
    """The exhibits that it speaks of: its own, or those of its section."""

    @cached_property
    def is_ours(self) -> bool:
        """True for a judgment, a recommendation and a sentence that marks itself as ours."""
        if self.is_advisory or self.statement.texts.isdisjoint(("we", "our", "ours")):
            return self.is_advisory
        pairs = pairwise([word.text for word in self.statement.words])
        return any(_is_our_pair(one, two) for one, two in pairs)

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """The places of words between quotation marks: they are the source's own."""
        return tuple((found.start, found.end) for found in find_quotations(self.statement.text))

    @property
    def is_narrow(self) -> bool:
        """Return whether this is a point that rests on one or two quotes: what they say is meant."""
        return self.passage is not None and self.passage.role == "point" and len(self.passage.quotes) < 3

    @property
    def is_title(self) -> bool:
        """Return whether this is the title of a section or an exhibit."""
        return (
            self.passage is not None
            and len(self.passage.path) > 1
            and self.passage.path[-1] == "title"
            and len(self.passage.path) < 4
        )

    def is_own(self, word: Word) -> bool:
        """Return whether a word is the writer's: not quoted, and not printed by a fact."""
        if any(start <= word.start < end for start, end in self.quoted):
            return False
        return not (self.passage and self.passage.touches_fact(self.start + word.start, self.start + word.end))

    @cached_property
    def is_advice(self) -> bool:
        """Return whether the sentence tells the reader what to do, or asks: what it wants is no claim."""
        text = self.statement.text.strip()
        if text.endswith("?") or not _ADVICE.isdisjoint(self.statement.texts):
            return not (
                self.passage
                and self.passage.role == "point"
                and self.passage.quotes
                and "should" in self.statement.texts
            )
        if not _ADVISING.isdisjoint(self.statement.texts):
            order = [word.text for word in self.statement.words]
            if any(one in _WRITERS and two in _ADVISING for one, two in pairwise(order)) or order[0] in _ADVISING:
                return True
        words = text.split(maxsplit=2)
        if len(words) < 2 or words[0].lower() not in _IMPERATIVES:
            return False
        after = words[1].strip(",;:.“”").lower()
        is_object = after.endswith(("al", "ed", "ing", "ive", "ic", "ble", "ous", "y", "s")) or words[1][0].isupper()
        return after in _DETERMINERS or (is_object and after not in _AFTER_NOUN)

    def is_hedged(self, word: Word) -> bool:
        """Return whether a word stands right after "could", "may" and the like."""
        return not _HEDGES.isdisjoint(self._before(word))

    def is_future(self, word: Word) -> bool:
        """Return whether a word stands right after "will", "to" and the like: it has not happened."""
        return not _FUTURE.isdisjoint(self._before(word))

    def _before(self, word: Word) -> list[str]:
        index = self.statement.words.index(word)
        return [item.text for item in self.statement.words[max(0, index - 3) : index]]

    @property
    def bodies(self) -> tuple[Evidence, ...]:
        """The evidence to search for a word that bears the claim out, the nearest first."""
        return (self.evidence,) if self.wider is None else (self.evidence, self.wider)

    def supporting(self, stems: frozenset[str]) -> Iterator[Statement]:
        """Yield the evidence that has one of some words."""
        return (item for item in self.evidence if not item.all_stems.isdisjoint(stems))

    def nearest(self) -> Statement | None:
        """Return the statement of a quote that shares most words with the claim."""
        quotes = [item for item in self.evidence if item.quote]
        return max(quotes, key=lambda item: len(item.stems & self.statement.stems), default=None)


def collect_claims(brief: Brief, passages: Iterable[Passage], quote_words: Mapping[str, str]) -> tuple[Claim, ...]:
    """Return the brief's claims. Those of a section, or of the whole brief, may rest on its cited points as well as on the quotes."""
    return tuple(_Collection(brief, tuple(passages), quote_words).collect())


class _Collection:
    def __init__(self, brief: Brief, passages: tuple[Passage, ...], quote_words: Mapping[str, str]) -> None:
        self.brief, self.passages, self.quote_words = brief, passages, quote_words
        self.sections: dict[str, list[Passage]] = {}
        self.section_of: dict[str, str] = {}
        for name, section in self._sections():
            self.section_of |= dict.fromkeys(section.exhibits, name)
        for passage in passages:
            if passage.role == "point":
                self.sections.setdefault(_section_name(passage), []).append(passage)
        self.evidence: dict[tuple[object, ...], Evidence] = {}

    def _sections(self) -> Iterator[tuple[str, Section]]:
        if self.brief.why_now:
            yield "why_now", self.brief.why_now
        yield from ((f"topics{index}", topic) for index, topic in enumerate(self.brief.topics))

    def collect(self) -> Iterator[Claim]:
        for passage in self.passages:
            if passage.role in _CLAIMING:
                evidence = self._find_evidence(passage)
                for sentence in passage.sentences:
                    if passage.role != "exhibit" or (
                        sentence.text.count(" ") > 1 and not _is_about_source(sentence.text)
                    ):
                        yield from self._claims(passage, sentence, evidence)

    def _claims(self, passage: Passage, sentence: Sentence, evidence: Evidence) -> Iterator[Claim]:
        """Yield a sentence as a claim, and what advice gives as its reason as another: "because every state has failed"."""
        claim = self._claim(passage, sentence, evidence)
        yield claim
        if passage.role == "recommendation" or (passage.role != "judgment" and claim.is_advice):
            for start, end in () if _REASONING.isdisjoint(claim.statement.texts) else _find_reasons(sentence.text):
                statement = Statement(sentence.text[start:end])
                yield Claim(statement, self.whole, False, passage, sentence.start + start)

    def _claim(self, passage: Passage, sentence: Sentence, evidence: Evidence) -> Claim:
        is_ours = passage.role in _OURS
        wider = self.whole if passage.role in ("finding", "exhibit") else None
        exhibits = self._find_exhibits(passage)
        return Claim(
            Statement(sentence.text, "", passage.text, sentence.start),
            evidence,
            is_ours,
            passage,
            sentence.start,
            wider,
            exhibits,
        )

    def _find_exhibits(self, passage: Passage) -> tuple[AnyExhibit, ...]:
        exhibits = self.brief.exhibits
        if passage.role == "exhibit":
            return (exhibits[str(passage.path[1])],)
        if passage.role in ("finding", "point"):
            name = _section_name(passage)
            return tuple(exhibits[exhibit] for exhibit, section in self.section_of.items() if section == name)
        return tuple(exhibits.values())

    @cached_property
    def whole(self) -> Evidence:
        """The evidence of the whole brief: all quotes, all cited points, and the titles of its sources."""
        points = [point for name in self.sections for point in self.sections[name]]
        return Evidence(tuple(self._read(self.brief.quotes, points, whole=True)))

    def _find_evidence(self, passage: Passage) -> Evidence:
        first = passage.path[0]
        points: list[Passage] = []
        quotes = passage.quotes
        if first in _WHOLE:
            return self.whole
        if passage.role == "finding":
            points = self.sections.get(_section_name(passage), [])
        elif passage.role == "judgment":
            quotes = self.brief.citations(passage.raw)
        elif passage.role == "exhibit":
            points = self.sections.get(self.section_of.get(str(passage.path[1]), ""), [])
            quotes = tuple(dict.fromkeys([*quotes, *(quote for point in points for quote in point.quotes)]))
        key = (quotes, tuple(point.path for point in points))
        if key not in self.evidence:
            self.evidence[key] = Evidence(tuple(self._read(quotes, points, whole=False)))
        return self.evidence[key]

    def _read(self, quotes: Iterable[str], points: Iterable[Passage], whole: bool) -> Iterator[Statement]:
        for quote in quotes:
            yield from read_statements(self.quote_words[quote], quote)
        for point in points:
            if point.quotes:
                yield from read_statements(point.text)
        if whole:
            for source in self.brief.sources.values():
                yield from read_statements(source.title)


def _find_reasons(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what a sentence states as known, whatever it advises: "since rules have failed", "which has ended"."""
    for match in _REASON.finditer(text):
        stop = _REASON_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        if text.count(" ", match.end(), end) > 1:
            yield match.end(), end


def _is_our_pair(one: str, two: str) -> bool:
    return (
        (one == "we" and two in _OUR_VERBS)
        or (one == "our" and two in _OUR_NOUNS)
        or (one in ("is", "are") and two == "ours")
    )


def _is_about_source(text: str) -> bool:
    """Return whether a remark is on what the source has: "the article names no runner-up"."""
    words = text.lower().split()
    return any(one in _SOURCES and two in _TELLING for one, two in pairwise(words))


def _section_name(passage: Passage) -> str:
    return "why_now" if passage.path[0] == "why_now" else "".join(map(str, passage.path[:2]))
