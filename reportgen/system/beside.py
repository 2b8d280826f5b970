"""Processes beside ours: forked before there is anything to do, so that each is ready when there is.

A layout engine and a plotting library take longer to import than to work. Where a core is free, a process imports one of
them while ours reads the brief; then it does what it is asked for, a function of plain values.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO, NoReturn, TypeVar

from reportgen.system.errors import ReportgenError

Tell = Callable[[str], object]
Made = TypeVar("Made")

ROOM = (
    2**20
)  # bytes that a pipe takes before its reader is there: most orders are smaller, and nobody waits to give one


def spare() -> bool:
    """Whether there is a core to work on, and a way of getting a process on it that costs nothing.

    A process with threads, its libraries' own among them, is not forked: its copy may wait forever for what one of
    them held.
    """
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and _threads() == 1


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:  # no /proc here: nobody knows
        return 0


class Beside:
    """A process that gets `ready`, does what it is asked for, one order after another, and ends when ours does."""

    def __init__(self, ready: Callable[[], object]) -> None:
        (orders, to), (back, answers), (alive, ours) = _pipe(), _pipe(), os.pipe()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # and blocked it stays there: ours says so
        self.pid = os.fork()
        if not self.pid:
            for fd in (to, back, ours):
                os.close(fd)
            _serve(ready, open(orders, "rb"), open(answers, "wb"), alive)  # noqa: SIM115  # until it ends
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for fd in (orders, answers, alive):
            os.close(fd)
        self._orders: BinaryIO = open(to, "wb", buffering=0)  # noqa: SIM115  # until ours ends
        self._answers: BinaryIO = open(back, "rb")  # noqa: SIM115
        self._given = 0

    def ask(self, work: Callable[..., object], *given: object) -> Callable[[Tell], Any] | None:
        """What waits for `work(*given, tell)`, a function of a module and values that can be sent. None if it has ended."""
        try:
            self._orders.write(pickle.dumps((work, given)))
        except (OSError, ValueError):  # killed, or closed by us
            return None
        self._given += 1
        return partial(self._answer, self._given)

    def close(self) -> None:
        """It ends once it has done what it was asked for."""
        self._orders.close()

    def _answer(self, number: int, tell: Tell) -> Any:
        """What was made, or None when the process was ended from outside. Raises what our own work would."""
        while (received := self._received()) is not None:
            order, answer = received
            if order < number:
                continue  # nobody waited for that
            if isinstance(answer, ReportgenError):
                raise answer
            if not isinstance(answer, str):
                return answer
            tell(answer)
        return None

    def _received(self) -> tuple[int, object] | None:
        with suppress(EOFError, OSError, pickle.UnpicklingError):  # killed before an answer, or within one
            received: tuple[int, object] = pickle.load(self._answers)  # noqa: S301  # from our own fork
            return received
        return None


def waiting(beside: Beside | None, work: Callable[..., Made], *given: object) -> Callable[[Tell], Made]:
    """What waits for a process that has taken the order, and does it here where there is none, or it has ended."""
    answer = beside.ask(work, *given) if beside else None

    def waited(tell: Tell) -> Made:
        made: Made | None = answer(tell) if answer else None
        return work(*given, tell) if made is None else made

    return waited


def _pipe() -> tuple[int, int]:
    import fcntl

    reads, writes = os.pipe()
    with suppress(OSError):  # a user may have too much in pipes already
        fcntl.fcntl(writes, fcntl.F_SETPIPE_SZ, ROOM)
    return reads, writes


def _serve(ready: Callable[[], object], orders: BinaryIO, answers: BinaryIO, alive: int) -> NoReturn:
    """The life of that process. What is no fault of the user's ends it: ours does the same work then, and finds it itself."""

    def send(number: int, answer: object) -> None:
        answers.write(pickle.dumps((number, answer)))
        answers.flush()

    try:
        threading.Thread(target=_end_with_ours, args=(alive,), daemon=True).start()
        ready()
        number = 0
        while True:
            work, given = pickle.load(orders)  # noqa: S301  # from the process that forked us
            number += 1
            try:
                send(number, work(*given, partial(send, number)))
            except ReportgenError as error:
                send(number, error)
    finally:
        os._exit(0)


def _end_with_ours(alive: int) -> None:
    """Nothing is ever written to this pipe: it ends when our process does."""
    os.read(alive, 1)
    os._exit(1)
