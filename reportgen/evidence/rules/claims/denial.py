"""No sentence affirms what its evidence denies

A sentence that repeats a clause of the evidence must keep its "not", "no", "never" or "without": "found no fault" is not "found fault", nor are
talks that remain unresolved resolved. It is a warning, because clauses are compared by their words.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.bare_words import shorten
from reportgen.evidence.case import Case
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.polarity import find_denied, find_exchange, find_reversal
from reportgen.evidence.claims.problem import Problem, show
from reportgen.evidence.findings import Fault, Severity

ID = "denial"
SEVERITY: Severity = "warning"
READS_ENGLISH = True


def check(case: Case) -> Iterator[Fault]:
    yield from case.judge_claims(judge)


def judge(claim: Claim) -> Iterator[Problem]:
    """Yield a clause of a claim that its evidence has with a denial more or less."""
    if claim.is_ours or claim.is_advice:
        return
    if reversal := find_reversal(claim.statement, claim.evidence):
        part, item = reversal
        start = claim.statement.text.index(part.text)
        message = f"“{shorten(part.text.strip(), 80)}” denies what the evidence affirms, or affirms what it denies"
        yield Problem(start, start + len(part.text), message, show(item))
    elif (denied := find_denied(claim.statement, claim.evidence)) and claim.is_own(denied[0]):
        word, item = denied
        yield Problem(word.start, word.end, f"“{word.text}”, which the evidence denies", show(item))
    elif exchange := find_exchange(claim.statement, claim.evidence):
        word, item = exchange
        yield Problem(
            word.start, word.end, "the evidence takes what this leaves, and leaves what this takes", show(item)
        )
