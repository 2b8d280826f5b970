"""A cause is in the evidence, not in the order of events

"Because of", "due to", "thanks to", "caused by", "led to": what such a word ties together must be tied in the evidence as well, in whatever words
("higher rates cut demand" backs "demand fell because of higher rates"). That one thing came after another is no cause. Advice, judgments and
recommendations may give their own reasons. It is a warning where the evidence speaks of the cause, and an error where it never does.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.claims.causes import find_causes, states_cause
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.problem import Problem, show_nearest
from reportgen.evidence.findings import Fault, Severity

ID = "cause"
SEVERITY: Severity = "warning"
READS_ENGLISH = True


def check(case: Case) -> Iterator[Fault]:
    yield from case.judge_claims(judge)


def judge(claim: Claim) -> Iterator[Problem]:
    """Yield the causes of a claim that its evidence does not state."""
    if claim.is_ours or claim.is_advice:
        return
    for cause in find_causes(claim.statement):
        if any(start <= cause.start < end for start, end in claim.quoted) or not cause.cause:
            continue
        if not any(states_cause(item, cause) for body in claim.bodies for item in body.quotes):
            words = claim.statement.text[cause.start : cause.end]
            yield Problem(
                cause.start,
                cause.end,
                f"“{words}” states a cause that the text's evidence does not",
                show_nearest(claim),
            )
