"""The verdict on a number of the document: which passage of the sources speaks of the same thing, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nlargest

from msgspec import Struct

from reportgen.evidence.number_grammar.mention import Mention
from reportgen.factcheck.claims import Span
from reportgen.factcheck.fact_values import CheckedClaim, Difference, Evidence, Verdict
from reportgen.factcheck.numbers.computed import find_computation
from reportgen.factcheck.numbers.contexts import Context
from reportgen.factcheck.numbers.differences import (
    describe_other,
    find_claimants,
    find_differences,
    is_other_number,
    print_number,
)
from reportgen.factcheck.numbers.likeness import (
    weigh_anchors,
    weigh_company,
    weigh_likeness,
    weigh_neighbors,
    weigh_partners,
    weigh_rarity,
)
from reportgen.factcheck.numbers.same_number import Sameness, compare_numbers, is_less_exact
from reportgen.factcheck.numbers.sentences import Sentence, SentenceIndex, Spot

FOUND = 0.34  # of a number's context that a passage must have to speak of the same thing
NEAR = 0.46  # the same for a passage that says another number
HINT = 0.25  # the same for a passage that is shown beside a number that was not found
AHEAD = 0.12  # by how much such a passage must be better than the best that says the number itself
MOST_EQUAL = 40  # equal numbers of the sources whose contexts are compared
LEAST_SHARED = 2  # words and numbers that such a passage must share with the claim's sentence
WIDE = 1.2  # the factor within which rounded numbers are looked for


_RANKS: dict[Sameness, float] = {"same": 0.05, "rounded": 0.0, "end": -0.05, "less exact": -0.1}


class Match(Struct, frozen=True):
    """A number of a source. `context` is how much of the claim's context is there too, `weight` that and what the figures tell."""

    spot: Spot
    context: float
    weight: float
    sameness: Sameness | None = None


class NumberChecker:
    """Checks the numbers of a document against the sentences of its sources."""

    def __init__(self, index: SentenceIndex) -> None:
        self.index = index
        self._similar: dict[int, list[Sentence]] = {}
        self._overlaps: dict[int, dict[int, float]] = {}
        self._contexts: dict[tuple[int, int], Context] = {}
        self._best: dict[tuple[int, int], Match | None] = {}

    def check(self, span: Span, sentence: Sentence, mention: Mention) -> CheckedClaim:
        """Return the verdict on a number; `sentence` is that of the document in which it stands."""
        context = self._read_context(sentence, mention)
        similar = self._find_similar(sentence)
        best = self._find_best(sentence, mention)
        is_certain = best is not None and best.weight + AHEAD > 1.0
        other = None if is_certain else self._find_other(context, sentence, mention, similar)
        if other and self._is_meant(other, best):
            is_misprint = weigh_likeness(mention, other.spot.mention) > 0
            is_unknown = best is None or best.weight < FOUND
            if is_unknown and (computed := find_computation(mention, [other.spot.sentence], only_rest=is_misprint)):
                return _make_checked(span, "computed?", computed[0], note=computed[1])
            return _make_checked(span, "differs", other.spot, (describe_other(sentence, mention, other.spot),))
        if best and best.weight >= FOUND and (displaced := self._find_displaced(context, sentence, mention, best)):
            return _make_checked(span, "differs", displaced, (describe_other(sentence, mention, displaced),))
        if best and best.weight >= FOUND:
            differences = tuple(find_differences(sentence, mention, best.spot, best.sameness))
            note = "rounded" if best.sameness == "rounded" else ""
            return _make_checked(span, "differs" if differences else "found", best.spot, differences, note)
        if best and best.sameness not in ("less exact", "end"):
            return _make_checked(span, "elsewhere", best.spot)
        if computed := find_computation(mention, similar):
            return _make_checked(span, "computed?", computed[0], note=computed[1])
        if other and other.weight >= HINT:
            note = f"the nearest passage has {print_number(other.spot.sentence, other.spot.mention)}"
            return _make_checked(span, "not found", other.spot, note=note)
        return CheckedClaim(span.claim, "not found")

    def _is_meant(self, other: Match, best: Match | None) -> bool:
        """Return whether a passage with another number is what the claim rests on, not the best one with its own."""
        if best is None or best.sameness == "less exact":
            return other.weight >= NEAR
        if best.weight >= FOUND:
            return other.context >= max(NEAR, best.weight + AHEAD)
        return other.weight >= NEAR + AHEAD / 2 and other.weight >= best.weight + AHEAD

    def _find_displaced(self, context: Context, sentence: Sentence, mention: Mention, best: Match) -> Spot | None:
        """Return the number that a repeated one has taken the place of: the 2021 of "between 2020 and 2020"."""
        theirs = best.spot.sentence
        own = [each for each in sentence.mentions if compare_numbers(each, best.spot.mention) == "same"]
        found = [each for each in theirs.mentions if compare_numbers(mention, each) == "same"]
        if len(own) <= len(found):
            return None
        share = context.compare(best.spot)
        for other in own:
            rank = self._read_context(sentence, other).compare(best.spot), -other.start
            if other is not mention and rank < (share, -mention.start):
                return None  # the other one is out of place
        spots = [spot for each in theirs.mentions if self._is_free(sentence, mention, spot := Spot(theirs, each))]
        placed = [spot for spot in spots if context.compare(spot) >= max(NEAR, share)]
        return placed[0] if len(placed) == 1 else None

    @staticmethod
    def _is_free(sentence: Sentence, mention: Mention, spot: Spot) -> bool:
        """Return whether a number of a source may be what a claim should say: another one, and no other claim's."""
        return is_other_number(sentence, mention, spot) and not find_claimants(sentence, mention, spot)

    def _read_context(self, sentence: Sentence, mention: Mention) -> Context:
        key = (id(sentence.part), mention.start)
        if key not in self._contexts:
            self._contexts[key] = Context(sentence, mention, self.index)
        return self._contexts[key]

    def _find_similar(self, sentence: Sentence) -> list[Sentence]:
        if sentence.order not in self._similar:
            self._similar[sentence.order] = self.index.find_similar(self._measure_overlaps(sentence))
        return self._similar[sentence.order]

    def _measure_overlaps(self, sentence: Sentence) -> dict[int, float]:
        if sentence.order not in self._overlaps:
            self._overlaps[sentence.order] = self.index.measure_overlaps(sentence)
        return self._overlaps[sentence.order]

    def _holds(self, sentence: Sentence, claimant: Mention, theirs: Sentence) -> bool:
        """Return whether another claim rests on this very sentence of a source, and so on its own number in it."""
        best = self._find_best(sentence, claimant)
        return best is None or best.spot.sentence is theirs

    def _find_best(self, sentence: Sentence, mention: Mention) -> Match | None:
        key = (id(sentence.part), mention.start)
        if key not in self._best:
            same = self._find_same(self._read_context(sentence, mention), sentence, mention)
            self._best[key] = max(same, key=lambda match: match.weight, default=None)
        return self._best[key]

    def _find_same(self, context: Context, sentence: Sentence, mention: Mention) -> list[Match]:
        """Return the numbers of the sources that are the claim's."""
        found = []
        spots = list(self._list_equals(mention))
        if len(spots) > MOST_EQUAL:
            overlaps = self._measure_overlaps(sentence)
            spots = nlargest(MOST_EQUAL, spots, key=lambda spot: overlaps.get(spot.sentence.order, 0.0))
        for spot in spots:
            is_row = sentence.part.is_row or spot.sentence.part.is_row
            sameness = compare_numbers(mention, spot.mention, is_row)
            if sameness:
                share = context.compare(spot) + weigh_neighbors(sentence, mention, spot.sentence, spot.mention)
                share = min(1.0, share + weigh_partners(sentence, mention, spot.sentence, spot.mention))
                found.append(Match(spot, share, share + _RANKS[sameness] + weigh_rarity(mention), sameness))
        return found

    def _list_equals(self, mention: Mention) -> Iterable[Spot]:
        value = mention.value
        if not isinstance(value, float | int):
            yield from self.index.find_dates(mention)
            return
        size = abs(value)
        yield from self.index.find_values(size / WIDE, size * WIDE)
        if mention.kind == "percent":
            yield from (each for each in self.index.find_values(size / 110, size / 90) if each.mention.kind == "share")
        elif mention.kind == "share":
            yield from (
                each for each in self.index.find_values(size * 90, size * 110) if each.mention.kind == "percent"
            )

    def _find_other(
        self, context: Context, sentence: Sentence, mention: Mention, similar: Sequence[Sentence]
    ) -> Match | None:
        """Return the number that the most similar passage has in the place of the claim's, if it is another."""
        best: Match | None = None
        for theirs in similar:
            if context.find_overlap(theirs).count < LEAST_SHARED:
                continue
            for candidate in theirs.mentions:
                spot = Spot(theirs, candidate)
                if not is_other_number(sentence, mention, spot) or is_less_exact(mention, candidate):
                    continue
                share = context.compare(spot)
                if any(self._holds(sentence, each, theirs) for each in find_claimants(sentence, mention, spot)):
                    continue
                share *= weigh_company(sentence, mention, theirs, candidate)
                share += weigh_neighbors(sentence, mention, theirs, candidate)
                share += weigh_partners(sentence, mention, theirs, candidate)
                share = min(1.0, share + weigh_anchors(sentence, mention, theirs))
                weight = share + weigh_likeness(mention, candidate)
                if best is None or weight > best.weight:
                    best = Match(spot, share, weight)
        return best


def _make_checked(
    span: Span, verdict: Verdict, spot: Spot, differences: tuple[Difference, ...] = (), note: str = ""
) -> CheckedClaim:
    return CheckedClaim(span.claim, verdict, make_evidence(spot), differences, note)


def make_evidence(spot: Spot) -> Evidence:
    """Return the passage of a number in a source."""
    sentence, mention = spot.sentence, spot.mention
    text = sentence.part.text
    words = text[mention.first : max(mention.end, mention.stop)]
    return Evidence(sentence.file, sentence.part.place_at(mention.first), words, sentence.text)
