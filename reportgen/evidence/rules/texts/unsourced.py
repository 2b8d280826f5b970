"""What is said as fact has a source

Every sentence in the points of a section needs evidence: a fact, a citation in it or behind it in the same paragraph
(one note a paragraph is enough), or words that mark it as ours, such as "we judge" or "by our count".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity

ID = "unsourced"
SEVERITY: Severity = "error"

_OURS = re.compile(
    r"\b(?:we (?:judge|assess|believe|think|estimate|expect|recommend|conclude|infer)|(?:in|by) our (?:judgment|judgement|view|count|estimate|assessment|"
    r"calculation|reading)|our (?:judgment|judgement|assessment|inference|calculation)|is ours|are ours)\b"
    r"|우리(?:는|의)? ?(?:판단|추정|추산|평가|예상|권고|결론|계산)|(?:نرى|نقدّر|نقدر|نتوقع|نستنتج|نوصي|تقديرنا|في رأينا|بحسابنا)",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    for passage in case.passages:
        if passage.role != "point":
            continue
        last = max(passage.cites, default=-1)
        for sentence in passage.sentences:
            backed = last >= sentence.start or any(
                sentence.start <= span.start < sentence.end for span in passage.facts
            )
            if not backed and not _OURS.search(sentence.text):
                yield case.finding(
                    ID, SEVERITY, "this sentence has neither a fact nor a citation nor a mark that it is ours", passage, sentence.start, sentence.end,
                    "cite its quote with [@id], or make it a judgment",
                )  # fmt: skip
