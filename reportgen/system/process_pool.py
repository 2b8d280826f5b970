"""A pool of spawned processes that ignore Ctrl-C and end when their parent does, in whatever way.

The standard pool's workers wait on a pipe whose other end each of them holds too, so none would learn that the parent was
killed. They are spawned, not forked: a fork of a process with threads may wait forever for a lock that one of them held.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


@contextmanager
def open_pool(
    count: int, initializer: Callable[..., object] = bool, *arguments: object
) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of `count` processes, each of which runs `initializer(*arguments)` first; pending work is cancelled on exit."""
    pool = _Pool(count, multiprocessing.get_context("spawn"), _start, (initializer, arguments))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


class _Pool(ProcessPoolExecutor):
    """Spawns its processes with Ctrl-C blocked, which they inherit: it is for the parent alone."""

    def submit(self, function: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        if not hasattr(signal, "pthread_sigmask"):
            return super().submit(function, *args, **kwargs)
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(function, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _start(initializer: Callable[..., object], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it cannot be blocked
    threading.Thread(target=_end_with_parent, daemon=True).start()
    initializer(*arguments)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
