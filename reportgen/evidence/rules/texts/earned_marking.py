"""Markings are earned

A brief marked CUI must carry its designation block, `marking.designation`: a banner alone does not say whom to ask. Its
banner is CUI, or CUI//CATEGORY//CONTROL, where nothing else may stand (32 CFR 2002.20), and controls that the banner
names are those of the block. Distribution statement A releases a document to the public, which CUI never is. And a
brief whose sources are all public is neither CUI nor PRE-DECISIONAL nor DELIBERATIVE: what anyone can read needs no
control. A source is public if it has a publisher, an address or a date of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.brief.marking import Marking
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity

ID = "marking"
SEVERITY: Severity = "error"

_CUI = re.compile(r"\bCUI\b|CONTROLLED UNCLASSIFIED", re.IGNORECASE)
_CONTROLLED = re.compile(r"\bCUI\b|CONTROLLED UNCLASSIFIED|PRE-?\s?DECISIONAL|DELIBERATIVE", re.IGNORECASE)
_PART = r"[^/\s][^/]*(?:/[^/]+)*"
_BANNER = re.compile(rf"(?:CUI|CONTROLLED)(?://{_PART}){{0,2}}")
_CONTROLS = re.compile(r"NOFORN|FED ONLY|FEDCON|NOCON|DL ONLY|(?:REL TO|DISPLAY ONLY) .+")


def check(case: Case) -> Iterator[Finding]:
    marking = case.brief.marking
    if marking is None:
        return
    banner = next(iter(marking.marks.lines), "") if marking.banner or marking.designation else ""
    for message, hint in (*_cui(marking, banner), *_public(case, banner)):
        yield case.at(ID, SEVERITY, message, ("marking",), hint)


def _cui(marking: Marking, banner: str) -> Iterator[tuple[str, str]]:
    if not _CUI.search(banner) and not marking.is_cui:
        return
    if marking.designation is None:
        yield (
            "CUI needs its designation block",
            "under `marking`, give banner: CUI and designation with controlled_by, categories and contact",
        )
    if marking.is_cui and not _BANNER.fullmatch(banner):
        yield f"“{banner}” is no CUI banner", "CUI, or CUI//SP-PRVCY, or CUI//SP-PRVCY//FEDCON"
    if marking.distribution and marking.distribution.statement == "A":
        yield "CUI is not for public release, and distribution statement A says that it is", "choose B, C, D, E or F"
    named = {part for part in re.split(r"/+", banner) if _CONTROLS.fullmatch(part)}
    given = set((marking.designation and marking.designation.dissemination) or ())
    if marking.designation and named - given:
        told = ", ".join(sorted(named - given))
        yield f"the banner says {told} and the designation block does not", "list it under designation.dissemination"


def _public(case: Case, banner: str) -> Iterator[tuple[str, str]]:
    public = [source for source in case.brief.sources.values() if source.publisher or source.url or source.published]
    if (found := _CONTROLLED.search(banner)) and len(public) == len(case.brief.sources):
        yield (
            f"“{found[0]}” on a brief whose sources are all public",
            "leave the marking out, or name the source that is not public",
        )
