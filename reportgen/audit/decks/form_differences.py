"""Forms of two shapes or slides, part by part: what differs, and whether it is a matter of looks."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.audit.audit_report import Kind, Place, ReportBuilder, Severity
from reportgen.deck.view.forms.fill_names import NONE, UNREAD

STYLE = frozenset({"transition", "effects", "value axis’s step", "gap between bars"})
"""The parts of a form that are looks alone."""
PAINT = frozenset({"fill", "line", "outline", "dashes", "weight"})
"""The parts of a form that are a matter of looks where there are words, and carry meaning in a drawing."""
THICKER = 0.5  # the share by which a line may be thicker or thinner: programs round


def compare_forms(
    ours: Mapping[str, str], theirs: Mapping[str, str], name: str, place: Place, report: ReportBuilder,
    style: frozenset[str] = frozenset(), room: float = 0.0,
) -> None:  # fmt: skip
    """Report each part of a form that differs: `style` names those that are looks, if no picture takes their place.

    Numbers may differ by the share `room`.
    """
    for part in dict.fromkeys([*ours, *theirs]):
        before, after = ours.get(part, NONE), theirs.get(part, NONE)
        if part == "weight" and (theirs.get("line") == NONE or _is_same_number(before, after, THICKER)):
            continue
        if before == after or _is_same_color(before, after) or (room and _is_same_number(before, after, room)):
            continue
        is_look = part in STYLE or (part in style and after != UNREAD)
        severity: Severity = "note" if is_look else "error"
        kind: Kind = "link" if part == "link" else "look" if is_look else "form"
        whose = "its" if name == "it" else f"{name}’s"
        report.add(kind, f"{whose} {part}: {before} has become {after}", place, severity, before=before, after=after)


def _is_same_number(before: str, after: str, room: float) -> bool:
    try:
        return abs(float(after) - float(before)) <= room * abs(float(before))
    except ValueError:
        return False


def _is_same_color(before: str, after: str) -> bool:
    """Say whether two names of colours differ only by rounding."""
    if not (before.startswith("#") and after.startswith("#") and len(before) == len(after) == 7):
        return False
    try:
        return all(abs(int(before[at : at + 2], 16) - int(after[at : at + 2], 16)) <= 3 for at in (1, 3, 5))
    except ValueError:
        return False
