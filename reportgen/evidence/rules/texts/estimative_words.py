"""ICD 203: likelihood and confidence in their own words

If the brief asks for `standard: icd203`, a judgment states how likely something is, in one of the standard's terms, or how
confident we are in it. One sentence never states both, because readers mistake one for the other. Words that leave the
likelihood open ("could", "may", "possibly", "we believe") are not among its terms. Quotations are exempt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.passages import Passage
from reportgen.evidence.quotations import find_quotations
from reportgen.text.late_pattern import compile_late

ID = "estimative-words"
SEVERITY: Severity = "error"
READS_ENGLISH = True

LIKELIHOOD = (
    "almost no chance", "remote", "very unlikely", "highly improbable", "unlikely", "improbable", "improbably", "roughly even chance",
    "roughly even odds", "likely", "probable", "probably", "very likely", "highly probable", "almost certain", "almost certainly",
    "nearly certain",
)  # fmt: skip
_LIKELIHOOD = compile_late(rf"\b(?:{'|'.join(sorted(LIKELIHOOD, key=len, reverse=True))})\b", re.IGNORECASE)
_CONFIDENCE = compile_late(r"\b(?:low|moderate|high) confidence\b", re.IGNORECASE)
_VAGUE = compile_late(
    r"\b(?:could|may|might|possibly|perhaps|conceivabl[ye]|(?:we )?(?:believe|feel|think)|suggests?|appears? to|seems? to|a (?:real|serious|good|fair) (?:chance|possibility)|"
    r"(?:cannot|can't) (?:be )?(?:ruled? out|dismiss(?:ed)?)|a chance)\b",
    re.IGNORECASE,
)
_TERMS = (
    "use one of: almost no chance, very unlikely, unlikely, roughly even chance, likely, very likely, almost certain"
)


def check(case: Case) -> Iterator[Fault]:
    if case.brief.standard != "icd203":
        return
    judgments = [judgment for section in case.brief.sections for judgment in section.judgments]
    passages = [passage for passage in case.passages if passage.role == "judgment"]
    for passage, judgment in zip(passages, judgments, strict=True):
        text = _blank_quotations(passage)
        has_likelihood = bool(_LIKELIHOOD.search(text) or judgment.likelihood)
        has_confidence = bool(_CONFIDENCE.search(text) or judgment.confidence)
        if has_likelihood and has_confidence:
            message = "a likelihood and a confidence in one sentence"
            yield case.fault(message, passage.path, "make two sentences of it, or leave one out")
        elif not has_likelihood and not has_confidence:
            message = "a judgment without a likelihood and without a confidence"
            yield case.fault(message, passage.path, "add likelihood: or confidence:")
        for match in _VAGUE.finditer(text):
            yield case.passage_fault(f"“{match[0]}” is not a term of ICD 203", passage, *match.span(), _TERMS)


def _blank_quotations(passage: Passage) -> str:
    text = passage.text
    for found in find_quotations(text):
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text
