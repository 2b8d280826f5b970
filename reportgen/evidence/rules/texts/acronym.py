"""Acronyms are spelled out first

A reader meets an acronym first where it is explained: "Special Measures Agreement (SMA)". Texts are read in the order
of the memo, then those of the deck alone. Household names (U.S., EU, NATO, GDP, AI, NSC …), names with figures (5G),
codes of money and words of quotations need no explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.passages import Passage
from reportgen.evidence.quotations import find_quotations

ID = "acronym"
SEVERITY: Severity = "warning"
READS_ENGLISH = True

KNOWN = frozenset(
    re.findall(
        r"\w+",
        """
    US USA UK EU UN UAE USSR NATO OECD IMF WTO WHO OPEC ASEAN BRICS G7 G20 GDP GNP AI IT TV PDF CEO CFO NGO HIV AIDS
    DNA COVID OK AM PM BC AD USAID NSC CIA FBI NSA DOD DOE DHS DOJ EPA FDA IRS NASA FEMA OMB POTUS GAO CRS CUI FOUO
    ICD UNESCO UNICEF UNHCR IAEA ISO IEEE LNG LG IBM BMW BBC CNN USB GPS WMD POC SIC ID FAQ USD EUR GBP JPY KRW CNY
    CHF VAT HR PR
""",
    )
)
_ACRONYM = re.compile(r"(?<![\w.$-])(?:[A-Z]{2,6})(?:s(?=\b))?(?![\w]|\.[A-Z]|-\d)")
_ROMAN = re.compile(r"[IVXLC]+")


def check(case: Case) -> Iterator[Finding]:
    known: set[str] = set()
    for passage in _as_read(case):
        quoted = [(found.start, found.end) for found in find_quotations(passage.text)]
        for match in _ACRONYM.finditer(passage.text):
            name = match[0].removesuffix("s") if match[0][-1:] == "s" else match[0]
            if (
                name in KNOWN
                or _ROMAN.fullmatch(name)
                or any(start <= match.start() < end for start, end in quoted)
                or passage.text.isupper()
            ):
                continue
            if _explained(passage.text, match.start(), match.end(), name):
                known.add(name)
            elif name not in known:
                known.add(name)
                yield case.finding(
                    ID,
                    SEVERITY,
                    f"{name} is not spelled out before it is used",
                    passage,
                    match.start(),
                    match.end(),
                    f"write the full name ({name}) here",
                )


def _as_read(case: Case) -> Iterator[Passage]:
    """The texts in the order of the memo; what the deck alone shows comes after."""
    later = []
    for passage in case.passages:
        if passage.role in ("note", "speech") or passage.path[0] == "subject":
            continue
        if passage.path[0] == "exhibits" and case.brief.exhibits[str(passage.path[1])].only == "deck":
            later.append(passage)
        else:
            yield passage
    yield from later


def _explained(text: str, start: int, end: int, name: str) -> bool:
    """Full Name (FN), or FN (Full Name)."""
    if text[start - 1 : start] == "(" and text[end : end + 1] in ")s;,":
        before = re.findall(r"[^\W\d_]+", text[max(0, start - 120) : start])
        initials = "".join(word[0] for word in before[-2 * len(name) :]).upper()
        letters = iter(initials)
        return all(letter in letters for letter in name.replace("-", ""))
    after = re.match(r"s?\s*\(([^)]*)\)", text[end:])
    return bool(after and len(after[1].split()) >= 2)
