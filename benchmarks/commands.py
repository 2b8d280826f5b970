"""Times reportgen's commands as whole processes, each paired with an empty Python, and writes RESULTS.md.

    python benchmarks/commands.py [RUNS]

Machines are noisy: read the ratios first, the seconds second. The first run of each command is a warm-up.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BRIEF = ROOT / "data" / "us-korea-2020" / "brief.yaml"
EMPTY = [sys.executable, "-c", "pass"]
# without it every run would compile every module anew, which no user's machine does
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
LIBRARIES = ("weasyprint", "matplotlib", "python-pptx", "pydantic")


def seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - began


def paired(command: list[str], runs: int) -> tuple[list[float], float]:
    """The command's seconds, and the median of its ratios to an empty Python run just before it."""
    seconds(command)
    times, ratios = [], []
    for _ in range(runs):
        empty, ours = seconds(EMPTY), seconds(command)
        times.append(ours)
        ratios.append(ours / empty)
    return times, statistics.median(ratios)


def main(runs: int) -> None:
    ours = [sys.executable, "-m", "reportgen"]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        commands = {
            "`--help`": [*ours, "--help"],
            "`schema`": [*ours, "schema"],
            "`check`": [*ours, "check", str(BRIEF)],
            "`memo`": [*ours, "memo", str(BRIEF), "-o", str(out / "memo.pdf")],
            "`deck`": [*ours, "deck", str(BRIEF), "-o", str(out / "deck.pptx")],
            "`build`": [*ours, "build", str(BRIEF), "--output-dir", str(out)],
        }
        rows = []
        for name, command in commands.items():
            times, ratio = paired(command, runs)
            rows.append(f"| {name} | {statistics.median(times):.2f} | {min(times):.2f}–{max(times):.2f} | ×{ratio:.1f} |")
            print(rows[-1])
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    text = f"""# Results

{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {libraries}; the bundled
brief; whole processes, {runs} runs after a warm-up, each paired with `python -c pass`. `make bench` repeats it.

| command | median, s | min–max, s | against an empty Python |
| --- | --- | --- | --- |
""" + "\n".join(rows) + "\n"
    (ROOT / "benchmarks" / "RESULTS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
