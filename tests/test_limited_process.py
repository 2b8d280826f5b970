"""A function in a process with limits ends as it would here, or with an error that names the file."""

import os
import signal
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from reportgen.system import limited_process
from reportgen.system.errors import Diagnostic, FileError, Location, UsageError
from reportgen.system.limited_process import run_limited

pytestmark = pytest.mark.alone

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory, and forks, are Linux's")


def double(text):
    print("a line that a library prints", flush=True)
    return 2 * text


def refuse():
    raise UsageError([Diagnostic("one", Location("a", 1, 2), "hint"), Diagnostic("two", severity="warning")])


def loop():
    while True:
        pass


def fill_memory():
    return len([bytearray(50_000_000) for _ in range(100)])


def recurse(depth=0):
    return recurse(depth + 1)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def fail():
    raise ZeroDivisionError("by nothing")


def open_damaged_archive():
    import io

    zipfile.ZipFile(io.BytesIO(b"PK no archive"))


@pytest.fixture(params=[pytest.param(True, marks=LINUX, id="forked"), pytest.param(False, id="spawned")])
def limited(request, monkeypatch):
    """`run_limited` in a fork, which nothing else may start, or in a new interpreter."""
    if request.param:
        monkeypatch.setattr(limited_process, "_run_spawned", None)

    def run(function, *arguments, **limits):
        return run_limited(function, *arguments, file="report.pdf", fork=request.param, **limits)

    return run


def test_the_value_comes_back_whatever_a_library_prints(limited, capfd):
    assert limited(double, b"x" * 3_000_000) == b"x" * 6_000_000
    assert capfd.readouterr() == ("", "")


def test_an_error_of_ours_comes_back_with_all_its_diagnostics(limited):
    with pytest.raises(UsageError) as caught:
        limited(refuse)
    assert [each.message for each in caught.value.diagnostics] == ["one", "two"]


def test_another_error_is_a_fault_of_ours_and_says_where_it_was_raised(limited):
    with pytest.raises(ZeroDivisionError) as caught:
        limited(fail)
    assert "in fail" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("function", "words"),
    [
        pytest.param(loop, "takes more than 1.5 s to read: it is damaged, or made to stop readers", id="loop"),
        pytest.param(fill_memory, "takes more than 400 MB of memory to read", marks=LINUX, id="memory"),
        pytest.param(recurse, "cannot be read: it is damaged (its parts are nested too deeply)", id="recursion"),
        pytest.param(die, "cannot be read: the process that read it ended", id="death"),
        pytest.param(open_damaged_archive, "it is damaged (File is not a zip file)", id="parser"),
    ],
)
def test_a_file_that_stops_its_reader_is_named(limited, function, words):
    started = time.monotonic()
    with pytest.raises(FileError) as caught:
        limited(function, seconds=1.5 if function is loop else 20, memory=400_000_000)
    (found,) = caught.value.diagnostics
    assert words in found.message
    assert (str(found.where), bool(found.hint)) == ("report.pdf", True)
    assert time.monotonic() - started < 10


@LINUX
def test_no_process_and_no_descriptor_is_left(limited):
    before = os.listdir("/proc/self/fd")
    for function in (loop, die, refuse):
        with pytest.raises((FileError, UsageError)):
            limited(function, seconds=0.5)
    assert os.listdir("/proc/self/fd") == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@LINUX
def test_ctrl_c_ends_the_process_and_reaches_the_caller(limited):
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))

    def start_late():
        time.sleep(0.2)  # after the fork, which a process with threads does not do
        timer.start()

    starter = threading.Thread(target=start_late)
    real = limited_process._receive

    def receive(*arguments):
        starter.start()
        return real(*arguments)

    if limited_process._run_spawned is None:
        limited_process._receive = receive
    else:
        starter.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            limited(loop, seconds=30)
    finally:
        limited_process._receive = real
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_threads_may_call_it():
    with ThreadPoolExecutor(3) as threads:
        values = threads.map(lambda text: run_limited(double, text, file="a", fork=True), ["a", "b", "c"])
        assert list(values) == ["aa", "bb", "cc"]
