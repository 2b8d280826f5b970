"""A process that draws beside ours.

matplotlib takes five times as long to import as to draw. So where nothing is kept yet and a second core is free, a process
is forked before the brief is read: it imports matplotlib meanwhile, and draws while ours starts the layout engine.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.pdf.drawings import Charts


def spare() -> bool:
    """Whether there is a core to draw on, and a way of getting a process on it that costs nothing.

    A process with threads is not forked: its copy may wait forever for what one of them held.
    """
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


class Beside:
    """A process that imports matplotlib, draws what it is asked for once, and ends, as it does when ours ends."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(self._ours, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, charts: Charts, brand: Brand) -> bool:
        """Whether it takes the order: it takes one."""
        try:
            self._ours.send((charts, brand))
        except OSError:
            return False
        return True

    def answer(self) -> dict[str, bytes] | None:
        """The pictures; None when the process was ended from outside. Raises what our own drawing would."""
        try:
            pictures: dict[str, bytes] | ReportgenError | None = self._ours.recv()
        except (EOFError, OSError):
            return None
        finally:
            self._ours.close()
        if isinstance(pictures, ReportgenError):
            raise pictures
        return pictures


def _serve(ours: Connection, theirs: Connection) -> None:
    """The life of that process; an end of ours shows as the pipe's. What is no fault of the brief's, ours finds itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops us stops ours, which says so
    ours.close()
    from reportgen.pdf.drawings import draw
    from reportgen.pdf.figures import imported

    imported()
    with suppress(EOFError, OSError):
        charts, brand = theirs.recv()
        try:
            theirs.send(draw(charts, brand))
        except ReportgenError as error:
            theirs.send(error)
        except Exception:
            theirs.send(None)
