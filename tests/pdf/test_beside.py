"""A process that draws beside ours gives what we would draw, and is no trouble when it, or we, end early."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reportgen.pdf.beside import Beside, spare
from reportgen.pdf.drawings import Drawings, draw
from reportgen.pdf.glyphs import GlyphError
from tests.charts.samples import ASK, BRAND, EVERY_CHART, MEASURE, make
from tests.conftest import BUNDLED, ROOT

CHARTS = {name: (make(keys), MEASURE) for name, keys in EVERY_CHART.items()}
SHORT_LIVED = """
import os
from reportgen.pdf.beside import Beside
print(Beside()._process.pid, flush=True)
os._exit(0)
"""


def test_it_draws_what_we_would():
    worked = []
    assert Drawings(beside=Beside()).of(CHARTS, BRAND, meanwhile=lambda: worked.append(True)) == draw(CHARTS, BRAND)
    assert worked == [True]


def test_it_finds_the_same_fault():
    charts = {"a.svg": (make({"kind": "bar", "bars": [{"label": "Seoul 서울", "value": 1}]}), MEASURE)}
    faults = []
    for drawings in (Drawings(), Drawings(beside=Beside())):
        with pytest.raises(GlyphError) as caught:
            drawings.of(charts, BRAND)
        faults.append((caught.value.characters, str(caught.value)))
    assert faults[0] == faults[1]


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_where_it_is_killed_we_draw(when):
    beside = Beside()

    def kill() -> None:
        os.kill(beside._process.pid, signal.SIGKILL)
        beside._process.join()

    if when == "before":
        kill()
    charts = {"a.svg": (make(ASK), MEASURE)}
    assert Drawings(beside=beside).of(charts, BRAND, meanwhile=kill if when == "meanwhile" else bool) == draw(
        charts, BRAND
    )


def test_a_second_order_is_drawn_here():
    drawings, charts = Drawings(beside=Beside()), {"a.svg": (make(ASK), MEASURE)}
    assert drawings.of(charts, BRAND) == drawings.of(charts, BRAND)


def test_it_ends_when_ours_does():
    done = subprocess.run([sys.executable, "-c", SHORT_LIVED], cwd=ROOT, capture_output=True, text=True, check=True)
    pid, deadline = int(done.stdout), time.monotonic() + 30
    while running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(pid)


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def on(cores: str, script: str) -> str:
    """What a script prints that may run on "one" core, or on "all" that there are."""
    pinned = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n" if cores == "one" else ""
    done = subprocess.run([sys.executable, "-c", pinned + script], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_one_core_has_none_to_spare():
    script = "from reportgen.pdf.beside import spare; print(spare())"
    assert on("one", script) == "False\n"
    assert on("all", script) == f"{len(os.sched_getaffinity(0)) > 1}\n"


def test_a_memo_is_the_same_on_one_core(tmp_path):
    for cores in ("one", "all"):
        arguments = ["memo", "-q", "--no-cache", str(BUNDLED), "-o", str(tmp_path / cores)]
        on(cores, f"from reportgen.cli import main; main({arguments})")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "all").read_bytes()


def test_a_process_with_threads_is_not_forked():
    thread = threading.Timer(60, print)
    thread.start()
    assert not spare()
    thread.cancel()
