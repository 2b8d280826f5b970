"""Read and write RESULTS.md: one row a case; rows of cases that are not run again stay, with their machine."""

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
from string import ascii_uppercase

from benchmarks.cases import Case
from benchmarks.pairs import Comparison, median

FILE = Path(__file__).resolve().parent / "RESULTS.md"
PACKAGES = ("python-pptx", "weasyprint", "matplotlib", "pydantic", "typst", "pypandoc-binary")
HEAD = """# Results

Each row compares our command with a peer's for the same work (see `peer_content.py`). Both run in turn as whole
processes; the ratio is the median of the ratios, pair by pair, and below 1 we are faster. Figures are seconds of wall
time, seconds of CPU time, or MiB. The row on memory is one run. `make bench` runs all cases; `make bench CASES="deck
growth"` runs some and keeps the other rows.

| case | against | ours | theirs | ratio, wall | ratio, CPU | goal | runs | machine |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""
ROW = re.compile(r"\| (?P<case>[^|]+) \| (?P<against>[^|]+) \|.*\| (?P<machine>[A-Z]) \|")
MACHINE = re.compile(r"- (?P<letter>[A-Z]): (?P<description>.+)")
Rows = dict[tuple[str, str], str]


def format_row(case: Case, comparison: Comparison, machine: str) -> str:
    ours, theirs = (median(runs, case.figure) for runs in (comparison.ours, comparison.theirs))
    unit = {"wall": " s", "cpu": " s cpu", "peak": " MiB"}[case.figure]
    ratios = [f"×{comparison.ratio(each):.3g}" if each in _choose_ratios(case) else "" for each in ("wall", "cpu")]
    if case.figure == "peak":
        ratios[0] = f"memory ×{comparison.ratio('peak'):.2f}"
    goal = f"≤ {case.goal:.3g}" if case.goal else ""
    cells = (
        case.name,
        case.against,
        f"{ours:.3g}{unit}",
        f"{theirs:.3g}{unit}",
        *ratios,
        goal,
        str(len(comparison.ours)),
        machine,
    )
    return "| " + " | ".join(cells) + " |"


def _choose_ratios(case: Case) -> tuple[str, ...]:
    """Return the ratios that mean something: a few slides less the baseline leave only noise in wall time."""
    return () if case.figure == "peak" else ("cpu",) if case.baseline else ("wall", "cpu")


def read() -> tuple[Rows, dict[str, str]]:
    """Return the rows by case and peer, and the machines by their letters."""
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    rows = {(each["case"], each["against"]): each[0] for each in ROW.finditer(text)}
    return rows, {each["letter"]: each["description"] for each in MACHINE.finditer(text)}


def write(rows: Mapping[tuple[str, str], str], machines: Mapping[str, str]) -> None:
    used = {found["machine"] for each in rows.values() if (found := ROW.fullmatch(each))}
    listed = [f"- {letter}: {description}" for letter, description in sorted(machines.items()) if letter in used]
    text = HEAD + "\n".join(rows.values()) + "\n\nMachines:\n\n" + "\n".join(listed) + "\n"
    FILE.write_text(text, encoding="utf-8")


def assign_letter(machines: dict[str, str]) -> str:
    """Return this machine's letter today: its old one, or the first that is free."""
    description = _describe_machine()
    letter = next(each for each in ascii_uppercase if machines.get(each, description) == description)
    machines[letter] = description
    return letter


def _describe_machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    node = f", Node {_run('node', '--version')}" if shutil.which("node") else ""
    python = f"Python {platform.python_version()}"
    commit = _run("git", "rev-parse", "--short", "HEAD")
    machine = f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores"
    return f"{machine}, {python}{node}; {packages}; ours at {commit}"


def _run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=FILE.parent)
    return done.stdout.strip() or "?"
