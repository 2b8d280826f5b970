"""Processes that work for ours: they leave Ctrl-C to it, and end when it does, in whatever way.

A pool's workers wait on a pipe whose other end each of them holds too, so none would ever learn that ours was killed.
They are begun anew, not forked: a fork of a process with threads, or with a library that has them, may wait forever for
what a thread held that it has no longer.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from reportgen.system.errors import FileError

Made = TypeVar("Made")


@contextmanager
def processes(count: int, ready: Callable[..., object] = bool, *given: object) -> Iterator[ProcessPoolExecutor]:
    """So many processes, in each of which `ready(*given)` was called. What waits when it is left is not begun."""
    pool = _Pool(count, multiprocessing.get_context("spawn"), _begin, (ready, given))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def result(future: Future[Made], doing: str = "", hint: str = "") -> Made:
    """What a worker has made. Raises what it raised; FileError where it ended, with what it was `doing`."""
    try:
        return future.result()
    except BrokenProcessPool:
        told = f"a worker ended{doing}, as one does that is killed or gets no memory"
        raise FileError(told, hint=f"{hint}fewer --jobs need less memory") from None


class _Pool(ProcessPoolExecutor):
    """Begins its processes as work comes. Ctrl-C waits for that, and none of them ever gets it: they inherit what is held back."""

    def submit(self, *given: Any, **named: Any) -> Future[Any]:
        with _held_back():
            return super().submit(*given, **named)


@contextmanager
def _held_back() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(ready: Callable[..., object], given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it cannot be held back
    threading.Thread(target=_end_with_parent, daemon=True).start()
    ready(*given)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
