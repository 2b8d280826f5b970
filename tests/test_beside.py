"""A process beside ours does what we would, and is no trouble when it, or we, end early."""

import _thread
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.system.beside import ROOM, Beside, spare
from reportgen.system.errors import Diagnostic, Location, UsageError
from tests.conftest import ROOT

pytestmark = pytest.mark.alone

SHORT_LIVED = """
import os, sys, time
from reportgen.system.beside import Beside
beside = Beside(bool)
if sys.argv[1] == "at work":
    beside.ask(time.sleep, 600)
print(beside.pid, flush=True)
os.kill(os.getpid(), int(sys.argv[2]))
"""


def doubled(text, tell):
    tell("doubling")
    tell("done soon")
    return 2 * text.encode()


def refused(tell):
    raise UsageError([Diagnostic("one", Location("a", 1, 2), "hint"), Diagnostic("two", severity="warning")])


def fails(tell):
    raise ZeroDivisionError


def where(tell):
    return os.getpid()


def test_it_does_what_we_would_and_tells_what_it_does():
    told = []
    assert Beside(bool).ask(doubled, "word")(told.append) == doubled("word", str)
    assert told == ["doubling", "done soon"]


def test_it_does_one_thing_after_another_in_one_process_that_was_made_ready():
    beside = Beside(lambda: os.environ.update(IS_READY="yes"))
    assert [beside.ask(where)(str), beside.ask(where)(str)] == [beside.pid, beside.pid]
    assert beside.ask(_environment)(str) == b"yes"
    assert "IS_READY" not in os.environ


def _environment(tell):
    return os.environ["IS_READY"].encode()


def test_what_nobody_waited_for_is_no_answer_to_the_next():
    beside = Beside(bool)
    beside.ask(doubled, "not waited for")
    beside.ask(refused)
    assert beside.ask(doubled, "word")(str) == b"wordword"


@pytest.mark.parametrize("length", [ROOM // 2, 3 * ROOM])
def test_orders_and_answers_may_be_large(length):
    assert len(Beside(bool).ask(doubled, "x" * length)(str)) == 2 * length


def test_a_fault_of_the_user_comes_whole():
    with pytest.raises(UsageError) as caught:
        Beside(bool).ask(refused)(str)
    with pytest.raises(UsageError) as ours:
        refused(str)
    assert caught.value.diagnostics == ours.value.diagnostics


def test_after_a_fault_of_the_user_it_goes_on():
    beside = Beside(bool)
    with pytest.raises(UsageError):
        beside.ask(refused)(str)
    assert beside.ask(doubled, "word")(str) == b"wordword"


def test_any_other_fault_ends_it_and_ours_is_left_to_find_it():
    beside = Beside(bool)
    assert beside.ask(fails)(str) is None
    os.waitpid(beside.pid, 0)
    assert beside.ask(doubled, "word") is None


def test_closed_it_does_what_it_was_asked_for_and_ends():
    beside = Beside(bool)
    answer = beside.ask(doubled, "word")
    beside.close()
    assert answer(str) == b"wordword"
    os.waitpid(beside.pid, 0)
    assert beside.ask(doubled, "word") is None


def test_one_that_never_gets_ready_has_no_answer():
    beside = Beside(lambda: 1 / 0)
    answer = beside.ask(doubled, "word")
    assert answer is None or answer(str) is None


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_where_it_is_killed_there_is_no_answer(when):
    beside = Beside(bool)
    answer = beside.ask(_sleeps) if when == "meanwhile" else None
    os.kill(beside.pid, signal.SIGKILL)
    os.waitpid(beside.pid, 0)
    assert (answer(str) if answer else beside.ask(where)) is None


def _sleeps(tell):
    time.sleep(600)


@pytest.mark.parametrize("at", ["at work", "idle"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_when_ours_does(at, how):
    command = [sys.executable, "-c", SHORT_LIVED, at, str(int(how))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == -how
    pid, deadline = int(done.stdout), time.monotonic() + 30
    while running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(pid)


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_ctrl_c_is_for_ours_alone():
    beside = Beside(bool)
    os.kill(beside.pid, signal.SIGINT)
    assert beside.ask(doubled, "word")(str) == b"wordword"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_one_core_has_none_to_spare():
    pinned = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    script = "from reportgen.system.beside import spare; print(spare())"
    for before, expected in ((pinned, False), ("", len(os.sched_getaffinity(0)) > 1)):
        done = subprocess.run([sys.executable, "-c", before + script], cwd=ROOT, capture_output=True, check=True)
        assert done.stdout == f"{expected}\n".encode()


@pytest.mark.skipif(len(os.sched_getaffinity(0)) == 1, reason="there is no core beside ours")
def test_a_process_with_threads_is_not_forked():
    assert spare()
    _thread.start_new_thread(time.sleep, (60,))  # as a library starts them: `threading` does not know it
    assert not spare()
