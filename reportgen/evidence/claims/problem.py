"""Problems of a claim, as the rules about claims report them."""

from __future__ import annotations

from msgspec import Struct

from reportgen.evidence.bare_words import shorten
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.statements import Statement
from reportgen.evidence.findings import Severity


class Problem(Struct, frozen=True):
    """Some characters of a claim that its evidence does not bear out."""

    start: int
    end: int
    message: str
    hint: str | None = None
    severity: Severity = "warning"


def show(item: Statement) -> str:
    """Return a hint: what the evidence says."""
    holder = f"the quote “{item.quote}” has" if item.quote else "a point says"
    return f"{holder} “{shorten(item.text.strip(), 160)}”"


def show_nearest(claim: Claim) -> str:
    """Return a hint: what the nearest quote says."""
    found = claim.nearest()
    if found and found.stems & claim.statement.stems:
        return show(found)
    return "cite the quote that says so, or say only what the quotes say"
