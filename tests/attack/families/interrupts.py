"""Signals at any moment: one line, exit code 130, no traceback, no half file, no temporary file, no process left.

What Python itself prints before our first line of code runs is not counted: no program can change that.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.cli import main
from tests.attack.outcome import Outcome
from tests.conftest import INIT, ROOT

TITLE = "signals at any moment"
FULL = 200
SAMPLE = 6

LINE = re.compile(r"interrupted; no file was left incomplete\n")
COMMANDS: dict[str, Sequence[str]] = {
    "build": ("build", "brief.yaml", "--output-dir", "out"),
    "build without workers": ("build", "brief.yaml", "--output-dir", "out", "--no-check", "--jobs", "2"),
    "two briefs": ("build", "brief.yaml", "other.yaml", "--output-dir", "out", "--jobs", "2"),
    "memo": ("memo", "brief.yaml", "-o", "out/memo.pdf"),
    "deck": ("deck", "brief.yaml", "-o", "out/deck.pptx", "--handout", "out/handout.pdf"),
    "check": ("check", "brief.yaml"),
    "distribute": ("distribute", "brief.yaml", "--to", "recipients.csv", "--output-dir", "out", "--numbered"),
    "distribute by two": ("distribute", "brief.yaml", "--to", "recipients.csv", "--output-dir", "out", "--jobs", "2"),
    "proof": ("deck", "brief.yaml", "-o", "out/deck.pptx", "--proof", "out"),
    "audit": ("audit", "brief.yaml", "made/harbor-memo.pdf", "made/harbor-deck.pptx"),
    "help": ("--help",),
}
MARK = "REPORTGEN_ATTACK_MARK"


def attack(count: int, seed: int) -> Iterator[Outcome]:
    chooser = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        yield from _interrupt_all(Path(folder), chooser, count)


def _interrupt_all(folder: Path, chooser: random.Random, count: int) -> Iterator[Outcome]:
    model = folder / "model"
    _make_workspace(model)
    known = [name for name in COMMANDS if name != "proof" or shutil.which("soffice")]
    for number in range(count):
        name = known[number % len(known)] if count > len(known) else chooser.choice(known)
        number_of_signal = chooser.choices([signal.SIGINT, signal.SIGTERM, signal.SIGKILL], [8, 2, 1])[0]
        delay = chooser.uniform(0.005, 0.1 if name == "help" else 4.0 if name == "proof" else 1.6)
        is_for_group, is_twice = chooser.random() < 0.4, chooser.random() < 0.2
        place = folder / str(number)
        shutil.copytree(model, place / "work")
        yield _interrupt(place, name, number_of_signal, delay, is_for_group, is_twice)


def _make_workspace(folder: Path) -> None:
    """Make a folder with two briefs and the finished files of one of them."""
    shutil.copytree(INIT.parent, folder)
    text = INIT.read_text(encoding="utf-8")
    (folder / "other.yaml").write_text(text.replace("slug: harbor", "slug: other", 1), encoding="utf-8")
    assert main(["build", str(folder / "brief.yaml"), "--output-dir", str(folder / "made"), "--no-check", "-q"]) == 0


def _interrupt(folder: Path, name: str, number: int, delay: float, is_for_group: bool, is_twice: bool) -> Outcome:
    work, temporary, mark = folder / "work", folder / "tmp", os.urandom(8).hex()
    temporary.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), MARK: mark}
    environment["REPORTGEN_CACHE_DIR"] = str(folder / "cache")
    process = subprocess.Popen(
        [sys.executable, "-m", "reportgen", *COMMANDS[name]],
        cwd=work, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    time.sleep(delay)
    _send(process, number, is_for_group)
    if is_twice:
        time.sleep(0.02)
        _send(process, number, is_for_group)
    sent = time.monotonic()
    _, errors = process.communicate(timeout=60)
    seconds = time.monotonic() - sent
    case = f"{name}, {signal.Signals(number).name} after {delay:.3f} s{' to all' * is_for_group}{', twice' * is_twice}"
    if number == signal.SIGKILL:
        end = subprocess.run(
            [sys.executable, "-m", "reportgen", *COMMANDS[name]], cwd=work, env=environment, capture_output=True, text=True
        )  # fmt: skip
        faults = [f"the next run ends with {end.returncode}: {end.stderr}"] * (end.returncode != 0)
    else:
        faults = list(_find_faults(process.returncode, errors, number))
    faults += [f"{seconds:.1f} s"] * (seconds > 10)
    faults += _find_leftovers(work, temporary, mark)
    verdict = "killed" if number == signal.SIGKILL else "done" if process.returncode == 0 else "interrupted"
    return Outcome(case, "fault" if faults else verdict, bool(faults), "; ".join(faults))


def _send(process: subprocess.Popen[str], number: int, is_for_group: bool) -> None:
    if process.poll() is None:
        (os.killpg if is_for_group else os.kill)(process.pid, number)


def _find_faults(code: int, errors: str, number: int) -> Iterator[str]:
    if "Traceback" in errors or "Exception ignored" in errors:
        if re.search(rf"{re.escape(str(ROOT))}|Internal", errors) or "KeyboardInterrupt" not in errors:
            yield f"a traceback: {errors}"
        return
    if code in (0, -number):  # done already, or not yet begun
        return
    if code != 128 + number:
        yield f"exit code {code}: {errors}"
    elif not LINE.fullmatch(errors):
        yield f"not one line: {errors!r}"


def _find_leftovers(work: Path, temporary: Path, mark: str) -> list[str]:
    until = time.monotonic() + 3
    while (processes := _find_processes(mark)) and time.monotonic() < until:
        time.sleep(0.02)
    faults = [f"a process is left: {each}" for each in processes]
    faults += [f"left in TMPDIR: {path.name}" for path in temporary.iterdir()]
    out = work / "out"
    for path in work.rglob("*"):
        if path.name.endswith(".reportgen-tmp"):
            faults.append(f"left: {path.name}")
        elif path.is_file() and not _is_whole(path):
            faults.append(f"half a file: {path.name}")
    for memo in out.glob("*-memo.pdf"):
        if not memo.with_name(memo.name.replace("-memo.pdf", "-deck.pptx")).exists():
            faults.append(f"a memo without its deck: {memo.name}")
    return faults


def _is_whole(path: Path) -> bool:
    if path.suffix == ".pdf":
        return path.read_bytes().rstrip().endswith(b"%%EOF")
    return path.suffix != ".pptx" or zipfile.is_zipfile(path)


def _find_processes(mark: str) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}".encode() in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:80])
        except OSError:  # it has just ended
            continue
    return found
