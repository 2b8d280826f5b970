"""Signals belong to the command line: a host's process keeps its own handlers, whatever it is called with."""

import subprocess
import sys

import pytest

from reportgen.system import interrupts
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("original", "first", "expected"),
    [
        (["python", "-m", "reportgen", "build"], "-m", True),
        (["python", "-X", "utf8", "-W", "error", "-m", "reportgen"], "-m", True),
        (["python", "-Im", "reportgen"], "-m", True),
        (["python", "-mreportgen"], "-m", True),
        (["python", "/venv/bin/reportgen", "build"], "/venv/bin/reportgen", True),
        (["python", "/venv/bin/pytest", "-m", "reportgen"], "/venv/bin/pytest", False),
        (["python", "-m", "pytest", "-m", "reportgen"], "-m", False),
        (["python", "-c", "import reportgen", "-m", "reportgen"], "-c", False),
        (["python"], "", False),
        (["python", "host.py", "reportgen"], "host.py", False),
    ],
)
def test_the_command_is_known_by_how_it_was_started(monkeypatch, original, first, expected):
    monkeypatch.setattr(sys, "orig_argv", original)
    monkeypatch.setattr(sys, "argv", [first])
    assert interrupts.is_command() == expected


def run(script):
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=30)


def test_a_host_keeps_its_handlers_and_hooks():
    state = "(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), sys.excepthook, sys.unraisablehook)"
    ended = run(f"import signal, sys\nbefore = {state}\nimport reportgen\nassert before == {state}")
    assert ended.returncode == 0, ended.stderr


LOST = """
import os, signal
from reportgen.system import interrupts
interrupts.watch()
class Loses:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000): pass
with interrupts.Cleanup(lambda: print("cleaned up", flush=True)):
    loses = Loses()
    del loses
    print("went on")
"""


def test_an_interrupt_that_python_loses_ends_the_process_all_the_same():
    ended = run(LOST)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "cleaned up\n", f"{interrupts.LINE}\n")


SWALLOWED = """
import os, signal, time
from reportgen.system import interrupts
interrupts.watch()
interrupts.GRACE = 0.2
try:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
except BaseException:
    pass
while True:
    time.sleep(0.01)
"""


def test_an_interrupt_that_a_library_swallows_ends_the_process_after_a_while():
    ended = run(SWALLOWED)
    assert (ended.returncode, ended.stderr) == (143, f"{interrupts.LINE}\n")


HELD = """
import os, signal
from reportgen.system import interrupts
interrupts.watch()
try:
    with interrupts.Hold():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        print("both files are in place")
    print("went on")
except KeyboardInterrupt:
    print("then interrupted")
"""


def test_a_signal_waits_for_what_must_not_be_halved():
    assert run(HELD).stdout == "both files are in place\nthen interrupted\n"
