"""Nothing is turned into its opposite

A sentence must not say of a thing the opposite of what its evidence says of it: that rules hold "regardless of" institutions, where the
quote says that they "depend on" them, that a risk is high where it is low, or that a country buys what it sells. What stands around the two words is compared, synonyms
included, and a word that other evidence bears out as well is fine. The rule "direction" compares the numbers that such words move; this one compares
words alone, so that it is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.opposites.opposition import find_oppositions
from reportgen.evidence.claims.problem import Problem, show
from reportgen.evidence.findings import Fault, Severity

ID = "opposite"
SEVERITY: Severity = "warning"
READS_ENGLISH = True


def check(case: Case) -> Iterator[Fault]:
    yield from case.judge_claims(judge)


def judge(claim: Claim) -> Iterator[Problem]:
    """Yield the words of a claim whose opposite the evidence has."""
    if claim.is_ours or claim.is_advice or (claim.passage and claim.passage.path[-1] in ("subtitle", "label")):
        return
    for found in find_oppositions(claim):
        if claim.is_own(found.own.word):
            message = f"“{found.own.text}” where the evidence has “{found.other.text}”"
            yield Problem(found.own.word.start, found.own.end, message, show(found.other.statement))
