"""How far a run is, at which rate, and how long the rest will take."""

from __future__ import annotations

import time
from collections.abc import Callable

EVERY = 0.5  # seconds between two lines


class Progress:
    """Counts what is done, and tells of it now and then."""

    def __init__(self, what: str, total: int, tell: Callable[[str], object]) -> None:
        self.what, self.total, self.tell, self.done = what, total, tell, 0
        self.started = self.told = time.monotonic()

    def advance(self) -> None:
        self.done += 1
        now = time.monotonic()
        if now - self.told < EVERY and self.done < self.total:
            return
        self.told = now
        rate = self.done / max(now - self.started, 0.001)
        left = (self.total - self.done) / rate
        told = f"{rate:.0f} a second" if rate >= 1 else f"{rate * 60:.0f} a minute"
        self.tell(f"{self.what} {self.done} of {self.total}, {told}, {left:.0f} s left")
