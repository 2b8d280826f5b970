"""Executors for one job at a time: in this process, or in a process that was forked before any thread started.

Both are `concurrent.futures.Executor`. A job for a process is a function of a module, with arguments and a result that
can be pickled.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, ParamSpec, TypeVar

from reportgen.system import interrupts
from reportgen.system.errors import FileError, ReportgenError
from reportgen.system.progress import Listener, Progress, current_listener, listening, send

P = ParamSpec("P")
T = TypeVar("T")


class InlineExecutor(Executor):
    """Runs each job in the thread that submits it, before `submit` returns, and `initializer` before the first job."""

    def __init__(self, initializer: Callable[[], object] | None = None) -> None:
        self._initializer = initializer

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            if self._initializer:
                self._initializer()
                self._initializer = None
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class ForkedExecutor(Executor):
    """Runs jobs one after another in a process that is forked at once and ends with this one.

    Fork it before any thread starts: see `can_fork`. If the process is killed, its jobs run here instead.

    Parameters
    ----------
    initializer
        What the process runs before its first job, such as slow imports. If it raises, the process ends.
    """

    def __init__(self, initializer: Callable[[], object]) -> None:
        self._process = _Process(initializer)
        self._thread = ThreadPoolExecutor(max_workers=1)  # it starts with the first job, after every fork

    @property
    def pid(self) -> int:
        return self._process.pid

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return self._thread.submit(self._run, current_listener(), function, args, kwargs)

    def _run(self, listener: Listener | None, function: Callable[..., T], args: Any, kwargs: Any) -> T:
        with listening(listener):
            try:
                return self._process.run(function, args, kwargs)
            except _ProcessEndedError:
                return function(*args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the process end after its last job; with `cancel_futures`, end it now."""
        if cancel_futures:
            self._process.kill()
        self._thread.shutdown(wait, cancel_futures=cancel_futures)
        self._process.close()


def worker_ended(work: str = "", hint: str = "") -> FileError:
    """Return the error for a process of a pool that ended early, with the `work` that it did."""
    message = f"a worker process ended{work}; it was killed or ran out of memory"
    return FileError(message, hint=f"{hint}use fewer --jobs to need less memory")


def can_fork() -> bool:
    """Return whether a forked process would have a core to run on.

    A process with threads, those of its libraries included, is not forked: the copy may wait forever for a lock that
    one of them held. Elsewhere than on Linux, system libraries start threads of their own.
    """
    return sys.platform == "linux" and hasattr(os, "fork") and count_threads() == 1 and idle_cores() > 0


def idle_cores() -> int:
    """Return how many cores have nothing to run just now; 0 where the system does not say."""
    try:
        running = (
            Path("/proc/loadavg").read_text(encoding="ascii").split()[3].partition("/")[0]
        )  # proc(5): tasks that are runnable now
        return min(len(os.sched_getaffinity(0)) - 1, (os.cpu_count() or 1) - int(running))  # this task is one of them
    except (OSError, ValueError, IndexError):
        return 0


def count_threads() -> int:
    """Return how many threads this process has, those of its libraries included; 0 where the system does not say."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 0


class _ProcessEndedError(Exception):
    """The process has ended without an answer."""


class _Process:
    """A forked process and the pipes to it: requests go out one at a time, reports and one answer come back."""

    def __init__(self, initializer: Callable[[], object]) -> None:
        (requests, to), (back, answers), (alive, held) = os.pipe(), os.pipe(), os.pipe()
        ours = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, ours)
        self.pid = os.fork()
        if not self.pid:
            interrupts.unwatch()
            signal.pthread_sigmask(signal.SIG_SETMASK, mask | {signal.SIGINT})  # Ctrl-C is for the parent alone
            for descriptor in (to, back, held):
                os.close(descriptor)
            _serve(initializer, os.fdopen(requests, "rb"), os.fdopen(answers, "wb"), alive)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for descriptor in (requests, answers, alive):
            os.close(descriptor)
        self._requests: BinaryIO = os.fdopen(to, "wb")
        self._answers: BinaryIO = os.fdopen(back, "rb")
        self._killed = False

    def run(self, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        """Send a job and return its result, or raise its exception."""
        request = pickle.dumps(
            (function, args, kwargs)
        )  # whole, so that a job that cannot be sent leaves nothing in the pipe
        with self._noticing_end():
            self._requests.write(request)
            self._requests.flush()
        failure: Exception | None = None
        while isinstance(message := self._receive(), Progress):
            try:
                send(message)
            except Exception as error:  # of the listener; the answer is still read, so that the next job gets its own
                failure = failure or error
        if failure:
            raise failure
        succeeded, value = message
        if not succeeded:
            raise value
        result: T = value
        return result

    def _receive(self) -> Any:
        with self._noticing_end():
            return pickle.load(self._answers)  # noqa: S301  # from our own fork

    @contextmanager
    def _noticing_end(self) -> Iterator[None]:
        """Raise CancelledError when the process was killed by this one, _ProcessEndedError when it ended otherwise."""
        try:
            yield
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            raise (CancelledError if self._killed else _ProcessEndedError) from None

    def kill(self) -> None:
        self._killed = True
        with suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        with suppress(OSError):
            self._requests.close()


def _serve(initializer: Callable[[], object], requests: BinaryIO, answers: BinaryIO, alive: int) -> NoReturn:
    """Run jobs until there are no more, in the forked process."""

    def reply(message: object) -> None:
        answers.write(pickle.dumps(message))
        answers.flush()

    try:
        threading.Thread(target=_end_with_parent, args=(alive,), daemon=True).start()
        initializer()
        while True:
            function, args, kwargs = pickle.load(requests)  # noqa: S301  # from the process that forked this one
            try:
                with listening(reply):
                    answer = (True, function(*args, **kwargs))
                reply(answer)
            except Exception as error:
                if not isinstance(error, ReportgenError):
                    error.add_note(f"in a worker process:\n{traceback.format_exc()}")
                reply((False, as_picklable(error)))
    finally:
        os._exit(0)


def as_picklable(error: Exception) -> Exception:
    """Return an error that can be pickled: itself, or its traceback as text."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    except Exception:
        return RuntimeError("".join(traceback.format_exception(error)))
    return error


def _end_with_parent(alive: int) -> None:
    """End this process when the parent ends: nothing is ever written to the pipe, whose other end the parent holds."""
    os.read(alive, 1)
    os._exit(1)
