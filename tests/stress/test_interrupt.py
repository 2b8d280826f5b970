"""A stress run takes an hour; when interrupted, it reports what it has seen and how to continue."""

import os
import re
import shutil
import signal
import subprocess
import sys

import pytest

from reportgen.deck.proof import office

from ..conftest import ROOT
from .__main__ import next_of
from .trial import Trial


@pytest.mark.skipif(not all(map(shutil.which, office.PACKAGES)), reason="the run needs LibreOffice and poppler")
def test_an_interrupted_run_prints_its_table_and_says_how_to_go_on(tmp_path):
    command = [
        sys.executable,
        "-m",
        "tests.stress",
        "--seed",
        "9",
        "--first",
        "5",
        "--count",
        "300",
        "--themes",
        "ours",
    ]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    ignoring = lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)  # noqa: E731  as in a shell's background
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=ignoring
    ) as run:
        assert run.stdout.readline() == "seed 9: 300 briefs on ours\n"
        run.send_signal(signal.SIGINT)
        told = run.stdout.read()
    assert run.returncode == 1
    assert "ink outside" in told
    (first, count), *_ = re.findall(r"interrupted: continue with --seed 9 --first (\d+) --count (\d+)\n$", told)
    assert 5 <= int(first) < 5 + 25
    assert int(first) + int(count) == 305
    assert list(tmp_path.iterdir()) == []


def test_a_run_continues_with_the_first_brief_that_a_theme_still_lacks():
    done = [Trial(f"9-{at}", "short", name, "fitted") for name, number in (("a", 4), ("b", 2)) for at in range(number)]
    assert next_of(done, 9, 0, 6, ["a"]) == 4
    assert next_of(done, 9, 0, 6, ["a", "b"]) == 2
    assert next_of(done, 9, 0, 2, ["a", "b"]) == 2
    assert next_of([], 9, 7, 2, ["a"]) == 7
