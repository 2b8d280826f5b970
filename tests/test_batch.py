"""Many briefs in one command, as whoever runs it sees it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.cli import main
from reportgen.pipeline import batch as batches
from reportgen.pipeline.batch import build_all
from reportgen.system.errors import FileError
from tests.conftest import INIT, ROOT


@pytest.fixture
def briefs(tmp_path):
    """Four briefs with their articles; the third is broken, the fourth has the second's slug."""
    paths = []
    for number, slug in enumerate(("harbor", "ferry", "broken", "ferry"), 1):
        folder = tmp_path / str(number)
        shutil.copytree(INIT.parent, folder)
        text = (folder / "brief.yaml").read_text().replace("slug: harbor", f"slug: {slug}")
        (folder / "brief.yaml").write_text(text if slug != "broken" else f"{text}\nbogus: 1\n")
        paths.append(folder / "brief.yaml")
    return paths


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_broken_brief_does_not_stop_the_others(briefs, tmp_path, capsys, jobs):
    out = tmp_path / "out"
    assert main(["build", *map(str, briefs), "--output-dir", str(out), "--jobs", jobs]) == 3
    assert {path.name for path in out.iterdir()} == {
        "harbor-memo.pdf", "harbor-deck.pptx", "ferry-memo.pdf", "ferry-deck.pptx",
    }  # fmt: skip
    told = capsys.readouterr()
    assert told.out.splitlines()[0].startswith(f"{out}/harbor-memo.pdf")
    assert f"{briefs[2]}:" in told.err
    assert f"would overwrite {out}/ferry-memo.pdf, which was built from {briefs[1]}" in told.err
    assert told.err.splitlines()[-1] == f"2 of 4 briefs built; failed: {briefs[2]}, {briefs[3]}"


def test_several_processes_make_the_same_bytes(briefs, tmp_path):
    made = []
    for jobs in ("1", "2"):
        out = tmp_path / f"by {jobs}"
        assert main(["build", *map(str, briefs[:2]), "--output-dir", str(out), "--jobs", jobs, "-q"]) == 0
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert len(made[0]) == 4
    assert made[0] == made[1]


def test_one_brief_needs_no_summary(briefs, tmp_path, capsys):
    assert main(["build", str(briefs[0]), "--output-dir", str(tmp_path / "out")]) == 0
    assert "briefs" not in capsys.readouterr().err


def test_no_worker_is_refused(briefs, capsys):
    assert main(["build", str(briefs[0]), "--jobs", "0"]) == 2
    assert "at least one worker" in capsys.readouterr().err


def end(*_, **__):
    os._exit(1)


def test_workers_that_end_are_told_for_each_brief(briefs, tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "build_draft", end)
    outcomes = list(build_all(briefs[:3], tmp_path / "out", jobs=2))
    assert [outcome.brief for outcome in outcomes] == briefs[:3]
    assert all(isinstance(outcome.error, FileError) for outcome in outcomes)


def test_an_internal_error_stops_no_other_brief(briefs, tmp_path, monkeypatch, capsys):
    real = batches.build_draft

    def sometimes(brief, *options):
        if brief == briefs[0]:
            raise ZeroDivisionError("divided")
        return real(brief, *options)

    monkeypatch.setattr(batches, "build_draft", sometimes)
    assert main(["build", *map(str, briefs[:2]), "--output-dir", str(tmp_path / "out")]) == 1
    assert "internal error: ZeroDivisionError: divided" in capsys.readouterr().err
    assert (tmp_path / "out" / "ferry-memo.pdf").is_file()


# Ended from outside


def children(pid: int) -> set[int]:
    """The processes that a process has, and that have not ended."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child) for child in listed if running(int(child))}


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="/proc says which processes there are")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_its_processes_end_when_it_is_ended(briefs, tmp_path, how):
    command = [sys.executable, "-m", "reportgen", "build", *map(str, briefs[:2]), "--output-dir", str(tmp_path / "out")]
    process = subprocess.Popen(
        [*command, "--jobs", "2"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background ignores it
    )
    while process.poll() is None and len(workers := children(process.pid)) < 2:
        time.sleep(0.05)
    process.send_signal(how)
    told = process.communicate()[1]
    deadline = time.monotonic() + 30
    while any(map(running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(running, workers))
    assert not (tmp_path / "out").exists()
    if how == signal.SIGINT:
        assert (process.returncode, told) == (130, "interrupted; no file was left incomplete\n")
