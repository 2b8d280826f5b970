"""Acronyms are spelled out first

A reader first meets an acronym where it is explained: "Special Measures Agreement (SMA)". Texts are read in the order of
the memo, then those that only the deck shows. Household names (U.S., EU, NATO, GDP, AI, NSC …), names with digits (5G),
currency codes and words of quotations need no explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.passages import Passage
from reportgen.evidence.quotations import find_quotations

ID = "acronym"
SEVERITY: Severity = "warning"
READS_ENGLISH = True

KNOWN = frozenset(
    """
    US USA UK EU UN UAE USSR NATO OECD IMF WTO WHO OPEC ASEAN BRICS G7 G20 GDP GNP AI IT TV PDF CEO CFO NGO HIV AIDS
    DNA COVID OK AM PM BC AD USAID NSC CIA FBI NSA DOD DOE DHS DOJ EPA FDA IRS NASA FEMA OMB POTUS GAO CRS CUI FOUO
    ICD UNESCO UNICEF UNHCR IAEA ISO IEEE LNG LG IBM BMW BBC CNN USB GPS WMD POC SIC ID FAQ USD EUR GBP JPY KRW CNY
    CHF VAT HR PR
    """.split()  # noqa: SIM905 - a list of literals would take a line a word
)
_ACRONYM = re.compile(r"(?<![\w.$-])(?:[A-Z]{2,6})(?:s(?=\b))?(?![\w]|\.[A-Z]|-\d)")
_ROMAN = re.compile(r"[IVXLC]+")


def check(case: Case) -> Iterator[Fault]:
    if case.brief.gaps:
        return  # the words that are missing may be the ones that spell it out
    known = set(KNOWN)
    for passage in _in_reading_order(case):
        if passage.text.isupper():
            continue
        quoted = [range(found.start, found.end) for found in find_quotations(passage.text)]
        for match in _ACRONYM.finditer(passage.text):
            name = match[0].removesuffix("s")
            if name in known or _ROMAN.fullmatch(name) or any(match.start() in span for span in quoted):
                continue
            known.add(name)
            if not _is_explained(passage.text, match.start(), match.end(), name):
                message = f"{name} is not spelled out before it is used"
                yield case.passage_fault(message, passage, *match.span(), f"write the full name ({name}) here")


def _in_reading_order(case: Case) -> Iterator[Passage]:
    """Yield the texts in the order of the memo; then those that only the deck shows."""
    later = []
    for passage in case.passages:
        if passage.role in ("note", "speech") or passage.path[0] == "subject":
            continue
        if passage.path[0] == "exhibits" and case.brief.exhibits[str(passage.path[1])].only == "deck":
            later.append(passage)
        else:
            yield passage
    yield from later


def _is_explained(text: str, start: int, end: int, name: str) -> bool:
    """Return True for Full Name (FN), and for FN (Full Name)."""
    if text[start - 1 : start] == "(" and text[end : end + 1] in ")s;,":
        before = re.findall(r"[^\W\d_]+", text[max(0, start - 120) : start])
        initials = iter("".join(word[0] for word in before[-2 * len(name) :]).upper())
        return all(letter in initials for letter in name)
    after = re.match(r"s?\s*\(([^)]*)\)", text[end:])
    return bool(after and len(after[1].split()) >= 2)
