"""Markings are complete and justified

A brief marked CUI must carry its designation block, `marking.designation`: a banner alone does not say whom to ask. The
banner is CUI or CUI//CATEGORY//CONTROL and nothing else (32 CFR 2002.20), and the block lists the controls that the
banner names. CUI cannot carry distribution statement A, which releases a document to the public. And a brief whose
sources are all public must not be marked CUI: what anyone can read needs no control. A source is public if it has a
publisher, an address or a date of publication. PRE-DECISIONAL and DELIBERATIVE protect the advice, whatever the sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.brief.marking import Marking
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.text.late_pattern import compile_late

ID = "marking"
SEVERITY: Severity = "error"

_CUI = compile_late(r"\bCUI\b|CONTROLLED UNCLASSIFIED", re.IGNORECASE)
_PART = r"[^/\s][^/]*(?:/[^/]+)*"
_BANNER = compile_late(rf"(?:CUI|CONTROLLED)(?://{_PART}){{0,2}}")
_CONTROLS = compile_late(r"NOFORN|FED ONLY|FEDCON|NOCON|DL ONLY|(?:REL TO|DISPLAY ONLY) .+")


def check(case: Case) -> Iterator[Fault]:
    marking = case.brief.marking
    if marking is None:
        return
    banner = next(iter(marking.marks.lines), "") if marking.banner or marking.designation else ""
    for message, hint in (*_check_cui(marking, banner), *_check_sources(case, banner)):
        yield case.fault(message, ("marking",), hint)


def _check_cui(marking: Marking, banner: str) -> Iterator[tuple[str, str]]:
    if not _CUI.search(banner) and not marking.is_cui:
        return
    if marking.designation is None:
        yield (
            "CUI needs its designation block",
            "under `marking`, give banner: CUI and designation with controlled_by, categories and contact",
        )
    if marking.is_cui and not _BANNER.fullmatch(banner):
        yield f"“{banner}” is not a CUI banner", "write CUI, CUI//SP-PRVCY or CUI//SP-PRVCY//FEDCON"
    if marking.distribution and marking.distribution.statement == "A":
        yield "CUI is not for public release, but distribution statement A says that it is", "choose B, C, D, E or F"
    named = {part for part in re.split(r"/+", banner) if _CONTROLS.fullmatch(part)}
    if marking.designation and (missing := named.difference(marking.designation.dissemination or ())):
        controls = ", ".join(sorted(missing))
        yield (
            f"the banner says {controls}, but the designation block does not",
            "list it under designation.dissemination",
        )


def _check_sources(case: Case, banner: str) -> Iterator[tuple[str, str]]:
    all_public = all(source.publisher or source.url or source.published for source in case.brief.sources.values())
    if all_public and (found := _CUI.search(banner)):
        yield (
            f"“{found[0]}” marks a brief whose sources are all public",
            "leave the marking out, or name the source that is not public",
        )
