"""Dramatic words need dramatic evidence

"Collapsed", "plunged", "soared" or "eliminated" need such a word in the evidence, or a change of at least a fifth. Where the evidence
says that deliveries slowed in two states, service has not collapsed.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.contrasts import has_large_change
from reportgen.evidence.claims.modality.unreal_verbs import affirms
from reportgen.evidence.claims.problem import Problem, show_nearest
from reportgen.evidence.claims.word_families import is_noun, strengths
from reportgen.evidence.findings import Fault, Severity

ID = "drama"
SEVERITY: Severity = "warning"
READS_ENGLISH = True

_OF_CHANGE = {"collapse": -1, "soar": 1}


def check(case: Case) -> Iterator[Fault]:
    yield from case.judge_claims(judge)


def judge(claim: Claim) -> Iterator[Problem]:
    """Yield the dramatic words of a claim that its evidence does not bear out."""
    families = strengths()
    if claim.is_ours or claim.is_advice or families.keys().isdisjoint(claim.statement.texts):
        return
    for word in claim.statement.words:
        if (family := families.get(word.text)) and claim.is_own(word) and not is_noun(claim.statement, word):
            others = claim.statement.stems - {word.stem}
            if family.name == "eliminate" and claim.is_hedged(word):
                continue
            backing = [item for item in claim.evidence if affirms(item, family.support, family.beginnings)]
            if any(item.stems & others for item in backing):
                continue
            if family.name in _OF_CHANGE and has_large_change(claim, _OF_CHANGE[family.name]):
                continue
            message = f"“{claim.statement.text[word.start : word.end]}” is stronger than what the text rests on"
            yield Problem(word.start, word.end, message, show_nearest(claim), "warning" if backing else "error")
