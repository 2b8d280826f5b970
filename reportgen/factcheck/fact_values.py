"""The values of a fact check: claims with their places, what the sources say, and the sheet of them."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Kind = Literal["number", "quotation"]
Verdict = Literal["found", "differs", "computed?", "elsewhere", "not found"]
Aspect = Literal["value", "sign", "unit", "bound", "range", "qualifier", "condition", "year", "speaker", "words"]

VERDICTS: tuple[Verdict, ...] = ("differs", "not found", "elsewhere", "computed?", "found")
"""The verdicts, those that need a reader's eye first."""


def count_words(verdict: Verdict, count: int) -> str:
    """Return a verdict as it stands behind its count: "5 differ", "2 found elsewhere"."""
    if verdict == "differs":
        return "differs" if count == 1 else "differ"
    return "found elsewhere" if verdict == "elsewhere" else verdict


class Place(Struct, frozen=True):
    """A place in a file: its page, slide or sheet, and the paragraph, part or cell there."""

    page: int | None = None
    slide: int | None = None
    part: str = ""
    """A paragraph ("¶12"), a heading, a table's row, a chart, the speaker notes, a cell ("Data!B7")."""

    def __str__(self) -> str:
        page = f"p. {self.page}" if self.page else f"slide {self.slide}" if self.slide else ""
        return ", ".join(filter(None, (page, self.part)))


class Difference(Struct, frozen=True):
    """One respect in which a claim differs from its source, in words."""

    aspect: Aspect
    document: str
    source: str

    def __str__(self) -> str:
        return f"{self.aspect}: {self.document}; the source has {self.source}"


class Evidence(Struct, frozen=True):
    """The passage of a source that speaks of a claim. `words` are the number or quotation in it."""

    source: str
    place: Place
    words: str
    passage: str

    def __str__(self) -> str:
        place = str(self.place)
        return f"{self.source}, {place}" if place else self.source


class Claim(Struct, frozen=True):
    """A number or quotation of the document, with the sentence that it stands in."""

    kind: Kind
    words: str
    sentence: str
    place: Place
    offset: int = 0
    """Where its words begin in the sentence."""


class CheckedClaim(Struct, frozen=True):
    """A claim with its verdict. `note` explains a verdict: "rounded", the sum that gives a computed number."""

    claim: Claim
    verdict: Verdict
    evidence: Evidence | None = None
    differences: tuple[Difference, ...] = ()
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the claim as `--format json` prints it."""
        found = self.evidence
        return {
            "kind": self.claim.kind,
            "words": self.claim.words,
            "place": _place_as_dict(self.claim.place),
            "sentence": self.claim.sentence,
            "verdict": self.verdict,
            "differences": [
                {"aspect": each.aspect, "document": each.document, "source": each.source} for each in self.differences
            ],
            "evidence": found
            and {
                "source": found.source,
                "place": _place_as_dict(found.place),
                "words": found.words,
                "passage": found.passage,
            },
            "note": self.note,
        }


class Contradiction(Struct, frozen=True):
    """Two places of the document that state different numbers of the same thing."""

    first: Claim
    second: Claim

    def __str__(self) -> str:
        places = [str(claim.place) for claim in (self.first, self.second)]
        return f"“{self.first.words}” ({places[0]}) and “{self.second.words}” ({places[1]})"


class FactSheet(Struct, frozen=True):
    """All claims of a document, in its order, each with what the sources say of it."""

    document: str
    sources: tuple[str, ...]
    claims: tuple[CheckedClaim, ...]
    contradictions: tuple[Contradiction, ...] = ()
    notes: tuple[str, ...] = ()
    """What of the files was not read, and other things that the reader of the sheet should know."""

    @property
    def passed(self) -> bool:
        """True where no claim differs from its source, and no two places of the document disagree."""
        return not self.contradictions and all(each.verdict != "differs" for each in self.claims)

    def count(self, verdict: Verdict) -> int:
        """Return how many claims have a verdict."""
        return sum(each.verdict == verdict for each in self.claims)

    def summarize(self) -> str:
        """Return one line: how many claims there are, and how many have each verdict."""
        if not self.claims:
            return f"{self.document}: no numbers and no quotations"
        counts = ", ".join(
            f"{count} {count_words(verdict, count)}" for verdict in VERDICTS if (count := self.count(verdict))
        )
        total = len(self.claims)
        contradicting = len(self.contradictions)
        more = f"; {contradicting} contradiction{'s' * (contradicting != 1)} within it" if contradicting else ""
        return f"{self.document}: {total} claim{'s' * (total != 1)}: {counts}{more}"

    def as_dict(self) -> dict[str, Any]:
        """Return the sheet as `--format json` prints it."""
        return {
            "document": self.document,
            "sources": list(self.sources),
            "counts": {verdict: self.count(verdict) for verdict in VERDICTS},
            "claims": [each.as_dict() for each in self.claims],
            "contradictions": [
                {
                    name: {"words": claim.words, "place": _place_as_dict(claim.place), "sentence": claim.sentence}
                    for name, claim in (("first", each.first), ("second", each.second))
                }
                for each in self.contradictions
            ],
            "notes": list(self.notes),
        }


def _place_as_dict(place: Place) -> dict[str, Any]:
    return {"page": place.page, "slide": place.slide, "part": place.part, "words": str(place)}
