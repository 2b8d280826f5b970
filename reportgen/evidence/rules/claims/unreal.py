"""Something wanted or possible has not happened

"Has joined", "has been cut", "have accepted": if the evidence has this verb only as something that is wanted, planned, possible or denied ("reluctant
to join", "could be cut"), it has not happened. It is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.modality.unreal_verbs import find_unreal, find_unsure
from reportgen.evidence.claims.problem import Problem, show
from reportgen.evidence.findings import Fault, Severity

ID = "unreal"
SEVERITY: Severity = "warning"
READS_ENGLISH = True


def check(case: Case) -> Iterator[Fault]:
    yield from case.judge_claims(judge)


def judge(claim: Claim) -> Iterator[Problem]:
    """Yield a verb of a claim that says that something has happened, where its evidence does not."""
    if claim.is_ours or claim.is_advice:
        return
    found = find_unreal(claim.statement, claim.evidence)
    if found and claim.is_own(found[0]):
        word, item = found
        words = claim.statement.text[word.start : word.end]
        yield Problem(word.start, word.end, f"“{words}” says that it happened, which the evidence does not", show(item))
    elif (unsure := find_unsure(claim.statement, claim.evidence)) and claim.is_own(unsure[0]):
        word, item = unsure
        words = claim.statement.text[word.start : word.end]
        yield Problem(word.start, word.end, f"“{words}” is only possible in the evidence", show(item))
