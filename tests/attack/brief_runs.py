"""Run a command on a copy of the bundled brief in a process of its own, with its time and memory measured."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.attack.outcome import Outcome
from tests.conftest import ROOT

BRIEF = ROOT / "data" / "us-korea-2020"
MOST_SECONDS, MOST_BYTES = 5.0, 500_000_000
HANGS = 60  # seconds


@dataclass(frozen=True)
class Run:
    """The end of a command: its exit code, seconds of the processor and on the clock, peak memory in bytes, and its words."""

    code: int
    cpu: float
    seconds: float
    peak: int
    said: str

    def list_excesses(self) -> list[str]:
        """Return which limits were passed; time counts if both clocks say so."""
        return [
            *(
                [f"{self.cpu:.1f} s of the processor in {self.seconds:.1f} s"]
                if min(self.cpu, self.seconds) > MOST_SECONDS
                else []
            ),
            *([f"{self.peak / 1e6:.0f} MB"] if self.peak > MOST_BYTES else []),
        ]

    def judge(self, case: str, verdict: str, faults: Sequence[str]) -> Outcome:
        """Return the outcome, with the command's last words where there are faults."""
        return Outcome(case, verdict, bool(faults), f"{'; '.join(faults)} {self.said[-300:]}" if faults else "")


def import_all() -> None:
    """Import what the commands import, so that a forked case starts at once."""
    import matplotlib.figure  # noqa: F401
    import pptx  # noqa: F401

    import reportgen.api
    import reportgen.distribution.run
    import reportgen.pdf.engine  # noqa: F401


def run_command(home: Path, command: list[str]) -> Run:
    """Run a command in a folder, in a fork of this process."""
    started = time.monotonic()
    code, cpu, peak = _run_in_child(home, command)
    seconds = time.monotonic() - started
    return Run(code, cpu, seconds, peak, Path(home, "said").read_text(encoding="utf-8", errors="replace"))


def _run_in_child(home: Path, command: list[str]) -> tuple[int, float, int]:
    """Run a command in a fork of this process; return its exit code, processor seconds and peak memory in bytes."""
    sys.stdout.flush()
    before = _own_memory()  # the child begins with a copy of it
    child = os.fork()
    if not child:
        code = 1
        try:
            os.chdir(home)
            said = os.open("said", os.O_CREAT | os.O_WRONLY)
            os.dup2(said, 1), os.dup2(said, 2)
            sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
            signal.alarm(HANGS)
            from reportgen.cli import main

            code = main(command)
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, max(0, usage.ru_maxrss * 1024 - before)


def _own_memory() -> int:
    """Return the bytes of this process that are in memory; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
