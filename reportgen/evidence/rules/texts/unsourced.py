"""Every statement of fact has a source

Every sentence in the points of a section needs evidence: a fact, a citation in it or after it in the same paragraph (one
note a paragraph is enough), or words that mark it as ours, such as "we judge" or "by our count".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.text.late_pattern import compile_late

ID = "unsourced"
SEVERITY: Severity = "error"

_OURS = compile_late(
    r"\b(?:we (?:judge|assess|believe|think|estimate|expect|recommend|conclude|infer)|(?:in|by) our (?:judgment|judgement|view|count|estimate|assessment|"
    r"calculation|reading)|our (?:judgment|judgement|assessment|inference|calculation)|is ours|are ours)\b"
    r"|우리(?:는|의)? ?(?:판단|추정|추산|평가|예상|권고|결론|계산)|(?:نرى|نقدّر|نقدر|نتوقع|نستنتج|نوصي|تقديرنا|في رأينا|بحسابنا)",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Fault]:
    for passage in case.passages:
        if passage.role != "point":
            continue
        last_citation = max(passage.cites, default=-1)
        for sentence in passage.sentences:
            is_backed = last_citation >= sentence.start or any(passage.facts_in(sentence))
            if not is_backed and not _OURS.search(sentence.text):
                message = "this sentence has no fact, no citation and no words that mark it as ours"
                hint = "cite its quote with [@id], or make it a judgment"
                yield case.passage_fault(message, passage, sentence.start, sentence.end, hint)
