"""Time whole processes in pairs: ours, then the peer's, again and again, so that a machine's drift affects both.

Ratios say more than seconds: machines are noisy, and so are their neighbours.
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
    """One process with all its children: seconds of wall time and of CPU time, and its peak memory in MiB."""

    wall: float
    cpu: float
    peak: float

    def per(self, count: float) -> Run:
        """Return the figures for one of `count` outputs."""
        return Run(self.wall / count, self.cpu / count, self.peak)

    def minus(self, other: Run) -> Run:
        return Run(self.wall - other.wall, self.cpu - other.cpu, self.peak)


@dataclass(frozen=True, slots=True)
class Command:
    """A command line with its folder and environment; `outputs` is the number of things that it makes."""

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    outputs: float = 1

    def run(self) -> Run:
        """Run it once; raise SystemExit with its error output when it fails, since its figures would mean nothing."""
        start = time.perf_counter()
        with subprocess.Popen(
            self.words, cwd=self.folder, env=dict(self.environment), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        ) as child:  # fmt: skip
            assert child.stderr
            errors = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            wall = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            usages = [usage, *_wait_for_orphans()]
        if child.returncode:
            raise SystemExit(
                f"exit code {child.returncode}: {shlex.join(self.words)}\n{errors.decode(errors='replace')}"
            )
        cpu = sum(each.ru_utime + each.ru_stime for each in usages)
        return Run(wall, cpu, max(each.ru_maxrss for each in usages) / 1024)


def adopt_orphans() -> None:
    """Become the parent of the processes that a command leaves behind, so that their work counts too."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _wait_for_orphans() -> Iterator[resource.struct_rusage]:
    """Yield the usage of processes that outlive the command: its workers end after it."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait3(0)[2]


_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Comparison:
    """The runs of two commands, made in turn."""

    ours: tuple[Run, ...]
    theirs: tuple[Run, ...]

    def ratio(self, figure: str) -> float:
        """Return the median of the ratios, pair by pair."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(getattr(own, figure) / getattr(other, figure) for own, other in pairs)

    def minus(self, baseline: Sequence[Run]) -> Comparison:
        """Subtract what both commands have to do in any case."""
        own, other = (
            [run.minus(base) for run, base in zip(runs, baseline, strict=True)] for runs in (self.ours, self.theirs)
        )
        return Comparison(tuple(own), tuple(other))


def compare(ours: Command, theirs: Command, runs: int, warm_up: bool, prepare: Callable[[], object]) -> Comparison:
    """Run both in turn, `prepare` before each run of ours; a warm-up, which does not count, fills the system's caches."""
    pairs: list[tuple[Run, Run]] = []
    for _ in range(runs + warm_up):
        prepare()
        pairs.append((ours.run().per(ours.outputs), theirs.run().per(theirs.outputs)))
    own, other = zip(*pairs[warm_up:], strict=True)
    return Comparison(own, other)


def median(runs: Sequence[Run], figure: str) -> float:
    return statistics.median(getattr(run, figure) for run in runs)
