"""Damaged memos and decks, and files made to stop their readers: `audit` and `whose` judge or refuse each, soon.

A damaged file is read in this process. One that is made to stop its reader is read by the real commands, in full runs alone.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import reportgen
from reportgen.audit import audit
from reportgen.brief.model import Brief
from reportgen.distribution.stray.file_words import read_stray
from reportgen.system.errors import ExitCode
from tests.attack.crafted_files import DECKS, PDFS
from tests.attack.mutations import damage_package, damage_pdf
from tests.attack.outcome import Outcome
from tests.attack.trials import LONGEST, judge
from tests.conftest import INIT, ROOT

TITLE = "Damaged memos and decks"
FULL, SAMPLE = 400, 12
MEMORY = 1_000_000  # KB, of the command and its processes
METER = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(max(code, 0) or (code != 0))
"""
"""Runs a command and prints the memory (KB) of its largest process: that of this one would count as its own until it starts."""
EXPECTED = {ExitCode.OK: "ok", ExitCode.EVIDENCE: "ok", ExitCode.FILE: "refused"}


def attack(count: int, seed: int) -> Iterator[Outcome]:
    choices, whole = random.Random(seed), count >= FULL
    for number in range(count - (2 * (len(PDFS) + len(DECKS)) if whole else 0)):
        kind = "pdf" if number % 2 else "deck"
        data, damage = damage_pdf(_memo(), choices) if kind == "pdf" else damage_package(_deck(), choices)
        case = f"{kind} {number}: {damage}"
        outcome = judge(case, partial(audit, _brief(), data, "report"), reads_file=True)
        yield outcome if outcome.failed else judge(case, partial(read_stray, data, "report", {}), reads_file=True)
    if whole:
        yield from _attack_commands()


def _attack_commands() -> Iterator[Outcome]:
    """Give each file that is made to stop its reader to both commands."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        reportgen.distribute(INIT, INIT.with_name("recipients.csv"), folder / "packets", numbered=True)
        files = [(folder / "report.pdf", case, make) for case, make in PDFS.items()]
        files += [(folder / "report.pptx", case, partial(change, _deck())) for case, change in DECKS.items()]
        for path, case, make in files:
            path.write_bytes(make())
            for command in (["audit", str(INIT), str(path)], ["whose", str(path), "--in", str(folder / "packets")]):
                yield _run_command(f"{command[0]}: {case}", command)


def _run_command(case: str, arguments: list[str]) -> Outcome:
    """Run a command and judge its exit code, its time and the memory of its largest process."""
    started = time.monotonic()
    command = [sys.executable, "-c", METER, sys.executable, "-m", "reportgen", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True)
    seconds, memory, detail = time.monotonic() - started, int(done.stdout), " ".join(done.stderr.decode().split())[:200]
    if seconds > LONGEST or memory > MEMORY:
        return Outcome(case, "hang", True, f"{seconds:.1f} s, {memory // 1000} MB: {detail}")
    verdict = EXPECTED.get(ExitCode(done.returncode), "crash")
    return Outcome(case, verdict, verdict == "crash", detail)


@cache
def _brief() -> Brief:
    return reportgen.load_brief(INIT)


@cache
def _memo() -> bytes:
    return reportgen.render_memo(_brief(), cache=False)


@cache
def _deck() -> bytes:
    return reportgen.render_deck(_brief())
