"""Markings are earned

A brief marked CUI must carry its designation block: a text under `basis` that says "Controlled by:", "CUI Category:",
"Distribution" (or "Dissemination") and "POC:". And a brief whose sources are all public is neither CUI nor
PRE-DECISIONAL nor DELIBERATIVE: what anyone can read needs no control. A source is public if it has a publisher, an
address or a date of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity

ID = "marking"
SEVERITY: Severity = "error"

_CUI = re.compile(r"\bCUI\b|CONTROLLED UNCLASSIFIED", re.IGNORECASE)
_CONTROLLED = re.compile(r"\bCUI\b|CONTROLLED UNCLASSIFIED|PRE-?\s?DECISIONAL|DELIBERATIVE", re.IGNORECASE)
_BLOCK = {
    "Controlled by:": r"controlled by\s*:",
    "CUI Category:": r"(?:cui )?categor(?:y|ies)\s*:",
    "Distribution:": r"(?:limited )?(?:distribution|dissemination)(?: statement| controls?)?\s*:",
    "POC:": r"(?:poc|point of contact)\s*:",
}


def check(case: Case) -> Iterator[Finding]:
    marking = case.brief.marking or ""
    if _CUI.search(marking):
        basis = "\n".join(case.brief.plain(text) for text in case.brief.basis)
        missing = [name for name, pattern in _BLOCK.items() if not re.search(pattern, basis, re.IGNORECASE)]
        if missing:
            yield case.at(
                ID,
                SEVERITY,
                "CUI needs its designation block",
                ("marking",),
                f"under `basis`, say {', '.join(missing)}",
            )
    public = [source for source in case.brief.sources.values() if source.publisher or source.url or source.published]
    if (found := _CONTROLLED.search(marking)) and len(public) == len(case.brief.sources):
        yield case.at(
            ID,
            SEVERITY,
            f"“{found[0]}” on a brief whose sources are all public",
            ("marking",),
            "leave the marking out, or name the source that is not public",
        )
