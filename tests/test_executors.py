"""Jobs in another process end as they would here, and the process is no trouble when it, or this one, ends early."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from reportgen.system import executors
from reportgen.system.errors import Diagnostic, Location, UsageError
from reportgen.system.executors import ForkedExecutor, InlineExecutor, can_fork, idle_cores
from reportgen.system.progress import Progress, Stage, listening, report
from tests.conftest import ROOT

pytestmark = pytest.mark.alone

SHORT_LIVED = """
import os, sys, time
from reportgen.system.executors import ForkedExecutor
executor = ForkedExecutor(bool)
if sys.argv[1] == "at work":
    executor.submit(time.sleep, 600)
    time.sleep(0.2)
print(executor.pid, flush=True)
os.kill(os.getpid(), int(sys.argv[2]))
"""


def double(text):
    report(Stage.CHECKING)
    report(Stage.PACKING, done=1, total=2)
    return 2 * text.encode()


def refuse():
    raise UsageError([Diagnostic("one", Location("a", 1, 2), "hint"), Diagnostic("two", severity="warning")])


class UnpicklableError(Exception):
    def __init__(self, one, two):
        super().__init__(one + two)


def fail():
    raise ZeroDivisionError("by nothing")


def fail_strangely():
    raise UnpicklableError("a", "b")


@pytest.fixture(params=[InlineExecutor, lambda: ForkedExecutor(bool)], ids=["inline", "forked"])
def executor(request):
    with request.param() as executor:
        yield executor


@pytest.mark.parametrize("value", [b"bytes", "a str", None, 0, ("a", "tuple"), Progress(Stage.READING)])
def test_any_result_comes_back(executor, value):
    assert executor.submit(identity, value).result() == value


def identity(value):
    return value


def test_messages_reach_the_listener_of_the_code_that_submitted(executor):
    messages = []
    with listening(messages.append):
        future = executor.submit(double, "word")
        assert future.result() == b"wordword"
    assert messages == [Progress(Stage.CHECKING), Progress(Stage.PACKING, done=1, total=2)]
    assert executor.submit(double, "word").result() == b"wordword"
    assert len(messages) == 2


def test_an_error_of_the_user_comes_whole(executor):
    with pytest.raises(UsageError) as raised:
        executor.submit(refuse).result()
    with pytest.raises(UsageError) as ours:
        refuse()
    assert raised.value.diagnostics == ours.value.diagnostics


def test_any_other_error_is_raised_too_and_the_next_job_runs(executor):
    with pytest.raises(ZeroDivisionError, match="by nothing"):
        executor.submit(fail).result()
    assert executor.submit(double, "word").result() == b"wordword"


def test_an_error_that_cannot_be_sent_is_raised_in_words():
    with ForkedExecutor(bool) as executor:
        with pytest.raises(RuntimeError, match="UnpicklableError: ab"):
            executor.submit(fail_strangely).result()
        assert executor.submit(double, "word").result() == b"wordword"


def test_a_job_that_cannot_be_sent_harms_no_other():
    with ForkedExecutor(bool) as executor:
        with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
            executor.submit(double, lambda: "x" * 100_000).result()
        assert executor.submit(os.getpid).result() == executor.pid


def test_an_error_of_a_listener_is_its_own():
    def complain(message):
        raise ValueError("not now")

    with ForkedExecutor(bool) as executor:
        with listening(complain), pytest.raises(ValueError, match="not now"):
            executor.submit(double, "word").result()
        assert executor.submit(double, "next").result() == b"nextnext"


def test_jobs_run_one_after_another_in_one_initialized_process():
    with ForkedExecutor(lambda: os.environ.update(IS_READY="yes")) as executor:
        assert [executor.submit(os.getpid).result() for _ in range(2)] == [executor.pid] * 2
        assert executor.submit(os.getenv, "IS_READY").result() == "yes"
    assert "IS_READY" not in os.environ


def test_an_inline_initializer_runs_once_before_the_first_job():
    runs = []
    executor = InlineExecutor(lambda: runs.append(1))
    assert runs == []
    assert [executor.submit(double, "a").result(), executor.submit(double, "b").result()] == [b"aa", b"bb"]
    assert runs == [1]


@pytest.mark.parametrize("length", [2**19, 3 * 2**20])
def test_jobs_and_results_may_be_large(length):
    with ForkedExecutor(bool) as executor:
        futures = [executor.submit(double, "x" * length) for _ in range(3)]
        assert [len(future.result()) for future in futures] == [2 * length] * 3


def test_after_shutdown_the_process_ends():
    executor = ForkedExecutor(bool)
    future = executor.submit(double, "word")
    executor.shutdown()
    assert future.result() == b"wordword"
    os.waitpid(executor.pid, 0)
    with pytest.raises(RuntimeError, match="after shutdown"):
        executor.submit(double, "word")


def test_a_process_whose_initializer_fails_leaves_its_jobs_to_this_one():
    with ForkedExecutor(lambda: 1 / 0) as executor:
        assert executor.submit(os.getpid).result() == os.getpid()


@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_killed_process_leaves_its_jobs_to_this_one(meanwhile, tmp_path):
    with ForkedExecutor(bool) as executor:
        future = executor.submit(wait_in_worker, executor.pid, tmp_path / "started") if meanwhile else None
        while meanwhile and not (tmp_path / "started").exists():
            time.sleep(0.01)
        os.kill(executor.pid, signal.SIGKILL)
        os.waitpid(executor.pid, 0)
        future = future or executor.submit(os.getpid)
        assert future.result() == os.getpid()


def wait_in_worker(worker, started):
    """Never end in the worker, and at once elsewhere."""
    if os.getpid() == worker:
        started.touch()
        time.sleep(600)
    return os.getpid()


def test_a_cancelled_job_is_stopped_and_not_repeated():
    executor = ForkedExecutor(bool)
    future = executor.submit(time.sleep, 600)
    time.sleep(0.2)
    executor.shutdown(cancel_futures=True)
    with pytest.raises(CancelledError):
        future.result()


@pytest.mark.parametrize("at", ["at work", "idle"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_when_the_parent_does(at, how):
    command = [sys.executable, "-c", SHORT_LIVED, at, str(int(how))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == -how
    pid, deadline = int(done.stdout), time.monotonic() + 30
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_ctrl_c_is_for_the_parent_alone():
    with ForkedExecutor(bool) as executor:
        os.kill(executor.pid, signal.SIGINT)
        assert executor.submit(double, "word").result() == b"wordword"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def load(running):
    """What /proc/loadavg says with so many tasks running."""
    return lambda path, **_: f"0.50 0.40 0.30 {running}/300 4711\n"


@pytest.mark.parametrize(("running", "cores", "idle"), [(1, 2, 1), (2, 2, 0), (5, 2, -3), (1, 4, 3), (3, 4, 1)])
def test_load_decides_whether_there_is_a_core_for_a_worker(monkeypatch, running, cores, idle):
    monkeypatch.setattr(executors, "count_threads", lambda: 1)
    monkeypatch.setattr(executors.Path, "read_text", load(running))
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(cores)))
    assert idle_cores() == idle
    assert can_fork() == (idle > 0)


def test_one_core_is_not_enough(monkeypatch):
    monkeypatch.setattr(executors.Path, "read_text", load(1))
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    assert not can_fork()


def test_where_the_system_says_nothing_no_process_is_forked(monkeypatch):
    monkeypatch.setattr(executors.Path, "read_text", lambda path, **_: "")
    assert not can_fork()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not can_fork()


def test_a_process_with_threads_is_not_forked():
    script = """
import _thread, time
from reportgen.system import executors
executors.idle_cores = lambda: 1
print(executors.can_fork())
_thread.start_new_thread(time.sleep, (60,))  # as a library starts them: `threading` does not know it
print(executors.can_fork())
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_listeners_belong_to_their_thread():
    messages = {"a": [], "b": []}

    def work(name):
        with listening(messages[name].append):
            for _ in range(100):
                report(Stage.READING, name)

    threads = [threading.Thread(target=work, args=(name,)) for name in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name: set(map(str, found)) for name, found in messages.items()} == {"a": {"reading a"}, "b": {"reading b"}}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (Progress(Stage.READING, "brief.yaml"), "reading brief.yaml"),
        (Progress(Stage.LAYING_OUT), "laying out the pages"),
        (Progress(Stage.PACKING, done=10, total=50, rate=4.0), "packet 10 of 50, 4 a second, 10 s left"),
        (Progress(Stage.MAILING, done=10, total=50, rate=0.5), "mail 10 of 50, 30 a minute, 80 s left"),
    ],
)
def test_messages_print_in_words(message, text):
    assert str(message) == text
