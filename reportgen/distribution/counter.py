"""The count of finished pieces of a long run, reported now and then with its rate."""

from __future__ import annotations

import time

from reportgen.system.progress import Stage, report

INTERVAL = 0.5  # seconds between two reports


class Counter:
    """Counts the finished pieces of a run."""

    def __init__(self, stage: Stage, total: int) -> None:
        self.stage, self.total, self.done = stage, total, 0
        self._started = self._reported = time.monotonic()

    def add_one(self) -> None:
        """Count one more piece, and report where the last report is old enough."""
        self.done += 1
        now = time.monotonic()
        if now - self._reported >= INTERVAL or self.done == self.total:
            self._reported = now
            report(self.stage, done=self.done, total=self.total, rate=self.done / max(now - self._started, 0.001))
