"""An exhibit's subtitle names the unit that is drawn

If the line under an exhibit's title names a unit (percent, US$ billion), it must be the unit of the numbers drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity

ID = "exhibit-unit"
SEVERITY: Severity = "error"

_UNITS = re.compile(
    r"(?P<money>US\$|[$€£¥₩]|\b(?:EUR|GBP|JPY|KRW|CNY|USD)\b)?\s?(?P<scale>\b(?:thousands?|millions?|billions?|trillions?)\b)|(?P<percent>\bpercent(?!age)\b|%)|"
    r"(?P<alone>US\$|[$€£¥₩])",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Fault]:
    for passage in case.passages:
        if passage.path[0] != "exhibits" or passage.path[-1] != "subtitle" or len(passage.path) != 3:
            continue
        quantities = case.brief.exhibits[str(passage.path[1])].quantities
        drawn = {quantity.unit.name for quantity in quantities} - {"", "date"}
        if any(unit.isalpha() and unit.lower() in passage.text.lower() for unit in drawn):
            continue  # it names what is drawn: "Disasters with damages of at least $1 billion"
        for match in _UNITS.finditer(passage.text):
            start, end = match.span()
            if drawn and not passage.touches_fact(start, end) and not any(_names(match, unit) for unit in drawn):
                message = f"the subtitle says “{match[0].strip()}”, but the exhibit draws {' and '.join(sorted(drawn))}"
                yield case.passage_fault(message, passage, start, end, "name the unit of the facts that are drawn")


def _names(match: re.Match[str], unit: str) -> bool:
    if match["percent"]:
        return unit == "%" or unit.startswith("% ")
    scale = (match["scale"] or "").lower().removesuffix("s")
    money = match["money"] or match["alone"] or ""
    return scale in unit and (not money or money.lstrip("US") in unit)
