"""ICD 203: likelihood and confidence in their own words

Where the brief asks for `standard: icd203`, a judgment says how likely, in one of the standard's terms, or with how much
confidence; never both in one sentence, because readers take the one for the other. Words that leave the likelihood open
("could", "may", "possibly", "we believe") are none of its terms. Quotations are exempt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.passages import Passage
from reportgen.evidence.quotations import find_quotations

ID = "estimative-words"
SEVERITY: Severity = "error"
READS_ENGLISH = True

LIKELIHOOD = (
    "almost no chance", "remote", "very unlikely", "highly improbable", "unlikely", "improbable", "improbably", "roughly even chance",
    "roughly even odds", "likely", "probable", "probably", "very likely", "highly probable", "almost certain", "almost certainly",
    "nearly certain",
)  # fmt: skip
_LIKELIHOOD = re.compile(rf"\b(?:{'|'.join(sorted(LIKELIHOOD, key=len, reverse=True))})\b", re.IGNORECASE)
_CONFIDENCE = re.compile(r"\b(?:low|moderate|high) confidence\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:could|may|might|possibly|perhaps|conceivabl[ye]|(?:we )?(?:believe|feel|think)|suggests?|appears? to|seems? to|a (?:real|serious|good|fair) (?:chance|possibility)|"
    r"(?:cannot|can't) (?:be )?(?:ruled? out|dismiss(?:ed)?)|a chance)\b",
    re.IGNORECASE,
)
_INSTEAD = "say it with one of: almost no chance, very unlikely, unlikely, roughly even chance, likely, very likely, almost certain"


def check(case: Case) -> Iterator[Finding]:
    if case.brief.standard != "icd203":
        return
    judgments = [judgment for section in case.brief.sections for judgment in section.judgments]
    passages = [passage for passage in case.passages if passage.role == "judgment"]
    for passage, judgment in zip(passages, judgments, strict=True):
        text = _without_quotations(passage)
        likely, confident = (
            _LIKELIHOOD.search(text) or judgment.likelihood,
            _CONFIDENCE.search(text) or judgment.confidence,
        )
        if likely and confident:
            yield case.at(
                ID,
                SEVERITY,
                "a likelihood and a confidence in one sentence",
                passage.path,
                "make two sentences of it, or leave one out",
            )
        elif not likely and not confident:
            yield case.at(
                ID,
                SEVERITY,
                "a judgment without likelihood and without confidence",
                passage.path,
                "add likelihood: or confidence:",
            )
        for match in _VAGUE.finditer(text):
            yield case.finding(
                ID, SEVERITY, f"“{match[0]}” is no term of ICD 203", passage, match.start(), match.end(), _INSTEAD
            )


def _without_quotations(passage: Passage) -> str:
    """The text with blanks for what it quotes."""
    text = passage.text
    for found in find_quotations(passage.text):
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text
