"""Whole processes, timed in pairs: ours, then the other's, again and again, so that a machine's drift falls on both.

Read the ratios first and the seconds second: machines are noisy, and so are their neighbours.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shlex
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One process with all its children: seconds by the clock and of the processors, and its most memory in MiB."""

    wall: float
    cpu: float
    peak: float

    def per(self, count: float) -> Run:
        """The same for one of the `count` things that it made."""
        return Run(self.wall / count, self.cpu / count, self.peak)

    def without(self, other: Run) -> Run:
        return Run(self.wall - other.wall, self.cpu - other.cpu, self.peak)


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, in which folder, with what besides the environment; `made` is how many things it makes."""

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    made: float = 1

    def run(self) -> Run:
        """Runs it once. SystemExit with what it said when it fails, for a figure of a failed run is none."""
        began = time.perf_counter()
        with subprocess.Popen(
            self.words, cwd=self.folder, env=dict(self.environment), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        ) as child:  # fmt: skip
            assert child.stderr
            said = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            wall = time.perf_counter() - began
            child.returncode = os.waitstatus_to_exitcode(status)
            usages = [usage, *_left_behind()]
        if child.returncode:
            raise SystemExit(f"exit code {child.returncode}: {shlex.join(self.words)}\n{said.decode(errors='replace')}")
        cpu = sum(each.ru_utime + each.ru_stime for each in usages)
        return Run(wall, cpu, max(each.ru_maxrss for each in usages) / 1024)


def adopt() -> None:
    """What a command leaves behind is waited for by us, so that its work counts too."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _left_behind() -> Iterator[resource.struct_rusage]:
    """What the processes took that had not ended when the command did: helpers end when it has."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait3(0)[2]


_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Paired:
    """The runs of two commands, one after the other in turn."""

    ours: tuple[Run, ...]
    theirs: tuple[Run, ...]

    def ratio(self, figure: str) -> float:
        """The median of the ratios, pair by pair."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(getattr(own, figure) / getattr(other, figure) for own, other in pairs)

    def above(self, floor: tuple[Run, ...]) -> Paired:
        """Without what both have to do in any case."""
        own, other = (
            [run.without(low) for run, low in zip(runs, floor, strict=True)] for runs in (self.ours, self.theirs)
        )
        return Paired(tuple(own), tuple(other))


def paired(ours: Command, theirs: Command, runs: int, warm: bool, before: Callable[[], object]) -> Paired:
    """Both in turn; `before` each run of ours. A warm-up, not counted, fills the system's caches."""
    found: list[tuple[Run, Run]] = []
    for _ in range(runs + warm):
        before()
        found.append((ours.run().per(ours.made), theirs.run().per(theirs.made)))
    own, other = zip(*found[warm:], strict=True)
    return Paired(own, other)


def median(runs: Sequence[Run], figure: str) -> float:
    return statistics.median(getattr(run, figure) for run in runs)
