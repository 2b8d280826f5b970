"""Progress of long work, as messages that whoever started the work may receive.

Work calls `report` and does not know who listens, if anybody does. A listener belongs to the thread or task in which it
listens; an executor passes the reports of a job on to the listener of the code that submitted it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """A kind of work; its value is how it is printed."""

    READING = "reading"
    CHECKING = "checking the evidence"
    DRAWING = "drawing the charts"
    LAYING_OUT = "laying out the pages"
    WRITING_PDF = "writing the PDF"
    MAKING = "making the"
    AUDITING = "reading the files back"
    DRAWING_PROOF = "drawing the proof"
    BUILDING = "brief"
    PACKING = "packet"
    LOGGING_IN = "logging in at"
    MAILING = "mail"
    WAITING = "waiting"


class Progress(NamedTuple):
    """A message about running work.

    `subject` names the object of the stage, such as a file. Where work is counted, `done` of `total` pieces are finished,
    and `rate` says how many are finished a second.
    """

    stage: Stage
    subject: str = ""
    done: int | None = None
    total: int | None = None
    rate: float | None = None

    def __str__(self) -> str:
        text = f"{self.stage} {self.subject}" if self.subject else str(self.stage)
        if self.done is not None and self.total is not None:
            text += f" {self.done} of {self.total}"
            if self.rate:
                speed = f"{self.rate:.0f} a second" if self.rate >= 1 else f"{self.rate * 60:.0f} a minute"
                text += f", {speed}, {(self.total - self.done) / self.rate:.0f} s left"
        return text


Listener = Callable[[Progress], object]
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def report(
    stage: Stage, subject: str = "", done: int | None = None, total: int | None = None, rate: float | None = None
) -> None:
    """Send a message to the listener, if there is one."""
    send(Progress(stage, subject, done, total, rate))


def send(message: Progress) -> None:
    """Pass a message on to the listener, if there is one."""
    if listener := _listener.get():
        listener(message)


def current_listener() -> Listener | None:
    """Return the listener of this thread or task."""
    return _listener.get()


@contextmanager
def listening(listener: Listener | None) -> Iterator[None]:
    """Let `listener` receive the messages of the work inside; None keeps the listener that there is."""
    if listener is None:
        yield
        return
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
