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
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager


@contextmanager
def processes(count: int, ready: Callable[..., object] = bool, *given: object) -> Iterator[ProcessPoolExecutor]:
    """So many processes, in each of which `ready(*given)` was called. What waits when it is left is not begun."""
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin, (ready, given))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(ready: Callable[..., object], given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops us stops ours, which says so
    threading.Thread(target=_end_with_parent, daemon=True).start()
    ready(*given)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
