"""RESULTS.md: a row a case; rows of cases that were not run again stay, with the machine that they were measured on."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.cases import Case
from benchmarks.pairs import Paired, median

FILE = Path(__file__).resolve().parent / "RESULTS.md"
PACKAGES = ("python-pptx", "weasyprint", "matplotlib", "pydantic", "typst", "pypandoc-binary")
HEAD = """# Results

Each row is our command and a peer's for the same work (see `content.py`), run in turn as whole processes; the ratio is the
median of the ratios, pair by pair, and below 1 we are quicker. Seconds by the clock, of the processors, or MiB. The
row of memory is one run. `make bench` repeats it; `make bench CASES="deck growth"` some of it, and keeps the other rows.

| case | against | ours | theirs | ratio, clock | ratio, processors | goal | runs | machine |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""
ROW = re.compile(r"\| (?P<case>[^|]+) \| (?P<against>[^|]+) \|.*\| (?P<machine>[A-Z]) \|")
MACHINE = re.compile(r"- (?P<letter>[A-Z]): (?P<told>.+)")
Rows = dict[tuple[str, str], str]


def row(case: Case, found: Paired, machine: str) -> str:
    ours, theirs = (median(runs, case.figure) for runs in (found.ours, found.theirs))
    unit = {"wall": " s", "cpu": " s cpu", "peak": " MiB"}[case.figure]
    ratios = [f"×{found.ratio(each):.3g}" if each in _told(case) else "" for each in ("wall", "cpu")]
    if case.figure == "peak":
        ratios[0] = f"memory ×{found.ratio('peak'):.2f}"
    goal = f"≤ {case.goal:.3g}" if case.goal else ""
    cells = (
        case.name,
        case.against,
        f"{ours:.3g}{unit}",
        f"{theirs:.3g}{unit}",
        *ratios,
        goal,
        str(len(found.ours)),
        machine,
    )
    return "| " + " | ".join(cells) + " |"


def _told(case: Case) -> tuple[str, ...]:
    """The ratios that mean something: by the clock, what is left of a few slides without their start is noise."""
    return () if case.figure == "peak" else ("cpu",) if case.above else ("wall", "cpu")


def read() -> tuple[Rows, dict[str, str]]:
    """The rows by case and peer, and what their machines' letters stand for."""
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    rows = {(each["case"], each["against"]): each[0] for each in ROW.finditer(text)}
    return rows, {each["letter"]: each["told"] for each in MACHINE.finditer(text)}


def write(rows: Mapping[tuple[str, str], str], machines: Mapping[str, str]) -> None:
    used = {found["machine"] for each in rows.values() if (found := ROW.fullmatch(each))}
    told = [f"- {letter}: {words}" for letter, words in sorted(machines.items()) if letter in used]
    FILE.write_text(HEAD + "\n".join(rows.values()) + "\n\nMachines:\n\n" + "\n".join(told) + "\n", encoding="utf-8")


def letter(machines: dict[str, str]) -> str:
    """This machine's letter today: its old one, or the first that is free."""
    words = _here()
    free = next(each for each in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if machines.get(each, words) == words)
    machines[free] = words
    return free


def _here() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    node = f", Node {_said('node', '--version')}" if shutil.which("node") else ""
    python = f"Python {platform.python_version()}"
    return f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, {python}{node}; {packages}; ours at {_said('git', 'rev-parse', '--short', 'HEAD')}"


def _said(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=FILE.parent)
    return done.stdout.strip() or "?"
