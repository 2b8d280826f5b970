"""The outcome of one attack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """One case: how it ended, and what a reader needs to try it again.

    `verdict` is a word of its family ("error", "refused", "silent", "crash", "hang"); `failed` is True where the program's
    promise did not hold.
    """

    case: str
    verdict: str
    failed: bool = False
    detail: str = ""
