"""The verdict on a number of the document: which passage of the sources speaks of the same thing, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from reportgen.evidence.number_grammar.mention import Mention
from reportgen.factcheck.claims import Span
from reportgen.factcheck.fact_values import CheckedClaim, Difference, Evidence, Verdict
from reportgen.factcheck.numbers.computed import find_computation
from reportgen.factcheck.numbers.differences import describe_other, find_differences, is_other_number
from reportgen.factcheck.numbers.likeness import weigh_company, weigh_likeness, weigh_neighbors, weigh_rarity
from reportgen.factcheck.numbers.same_number import Sameness, compare_numbers, is_less_exact
from reportgen.factcheck.numbers.sentences import Context, Sentence, SentenceIndex, Spot

FOUND = 0.34  # of a number's context that a passage must have to speak of the same thing
NEAR = 0.52  # the same for a passage that says another number
AHEAD = 0.12  # by how much such a passage must be better than the best that says the number itself
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
        self._similar: dict[tuple[int, int], list[Sentence]] = {}

    def check(self, span: Span, sentence: Sentence, mention: Mention) -> CheckedClaim:
        """Return the verdict on a number; `sentence` is that of the document in which it stands."""
        context = Context(sentence, mention, self.index)
        similar = self._find_similar(sentence)
        same = self._find_same(context, sentence, mention)
        best = max(same, key=lambda match: match.weight, default=None)
        other = self._find_other(context, sentence, mention, similar)
        if other and self._is_meant(other, best):
            is_misprint = weigh_likeness(mention, other.spot.mention) > 0
            if best is None and not is_misprint and (computed := find_computation(mention, [other.spot.sentence])):
                return _make_checked(span, "computed?", computed[0], note=computed[1])
            return _make_checked(span, "differs", other.spot, (describe_other(sentence, mention, other.spot),))
        if best and best.weight >= FOUND:
            differences = tuple(find_differences(sentence, mention, best.spot, best.sameness))
            note = "rounded" if best.sameness == "rounded" else ""
            return _make_checked(span, "differs" if differences else "found", best.spot, differences, note)
        if best and best.sameness not in ("less exact", "end"):
            return _make_checked(span, "elsewhere", best.spot)
        if computed := find_computation(mention, similar):
            return _make_checked(span, "computed?", computed[0], note=computed[1])
        return CheckedClaim(span.claim, "not found")

    def _is_meant(self, other: Match, best: Match | None) -> bool:
        """Return whether a passage with another number is what the claim rests on, not the best one with its own."""
        if best is None or best.sameness == "less exact":
            return other.weight >= NEAR
        if best.weight >= FOUND:
            return other.context >= max(NEAR, best.weight + AHEAD)
        return other.weight >= NEAR + AHEAD / 2 and other.weight >= best.weight + AHEAD

    def _find_similar(self, sentence: Sentence) -> list[Sentence]:
        key = (id(sentence.part), sentence.start)
        if key not in self._similar:
            self._similar[key] = self.index.find_similar(sentence)
        return self._similar[key]

    def _find_same(self, context: Context, sentence: Sentence, mention: Mention) -> list[Match]:
        """Return the numbers of the sources that are the claim's."""
        found = []
        for spot in self._list_equals(mention):
            is_row = sentence.part.is_row or spot.sentence.part.is_row
            sameness = compare_numbers(mention, spot.mention, is_row)
            if sameness:
                share = context.compare(spot) + weigh_neighbors(sentence, mention, spot.sentence, spot.mention)
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
            for candidate in theirs.mentions:
                spot = Spot(theirs, candidate)
                if not is_other_number(sentence, mention, spot) or is_less_exact(mention, candidate):
                    continue
                share = context.compare(spot)
                share *= weigh_company(sentence, mention, theirs, candidate)
                share += weigh_neighbors(sentence, mention, theirs, candidate)
                weight = share + weigh_likeness(mention, candidate)
                if len(context.find_shared(theirs)) < LEAST_SHARED:
                    continue
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
