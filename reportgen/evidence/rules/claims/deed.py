"""Nobody admits, agrees or forbids more than in the evidence

A sentence that says that somebody admitted, denied, proved, guaranteed, agreed to, refused, approved or banned something, or calls
something a fraud or a lie, needs a quote with such a word ("conceded" backs "admitted"). An admission or a fraud that no word of
the evidence bears out is an error. Where the evidence has such a word only in sentences about something else, it is a warning.
The evidence of a point is what it cites; of a title or a takeaway, all quotes of its section; of the bottom line, all of the brief.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.modality.unreal_verbs import affirms
from reportgen.evidence.claims.problem import Problem, show_nearest
from reportgen.evidence.claims.word_families import acts, is_grave, is_noun, is_vile
from reportgen.evidence.findings import Fault, Severity

ID = "deed"
SEVERITY: Severity = "warning"
READS_ENGLISH = True


def check(case: Case) -> Iterator[Fault]:
    yield from case.judge_claims(judge)


def judge(claim: Claim) -> Iterator[Problem]:
    """Yield the deeds of a claim that its evidence does not have."""
    families = acts()
    if claim.is_ours or claim.is_advice or families.keys().isdisjoint(claim.statement.texts):
        return
    for word in claim.statement.words:
        if (
            (family := families.get(word.text))
            and claim.is_own(word)
            and not (claim.is_future(word) and not is_vile(family))
            and not is_noun(claim.statement, word)
        ):
            backing = [item for item in claim.evidence if affirms(item, family.support, family.beginnings)]
            others = claim.statement.stems - {word.stem}
            if not any(item.stems & others for item in backing):
                message = f"“{claim.statement.text[word.start : word.end]}” is in nothing that the text rests on"
                severity: Severity = "error" if is_grave(family) and not backing else "warning"
                yield Problem(word.start, word.end, message, show_nearest(claim), severity)
