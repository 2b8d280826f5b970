"""Run one case in this process and judge how it ended."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.system.errors import ReportgenError
from reportgen.system.limited_process import is_fault_of_file
from tests.attack.outcome import Outcome

LONGEST = 10.0  # seconds of a command; of the processor's time where cases are run in this process
WAITING = 8  # times as long on the clock, on a busy machine


class TooSlowError(BaseException):
    """A case took too long; no `except Exception` stops it."""


def judge(case: str, run: Callable[[], object], reads_file: bool = False, seconds: float = LONGEST) -> Outcome:
    """Run a case: "ok", "refused" by an error of the program, "crash", or "hang".

    With `reads_file`, what another's parser raises is a refusal too, as it is where a process with limits reads the file.
    """
    try:
        with _alarm(seconds):
            run()
    except ReportgenError as error:
        return Outcome(case, "refused", detail=str(error)[:200])
    except TooSlowError as error:
        return Outcome(case, "hang", failed=True, detail=_place(error))
    except Exception as error:
        if reads_file and is_fault_of_file(error):
            return Outcome(case, "refused", detail=repr(error)[:200])
        return Outcome(
            case, "crash", failed=True, detail=f"{type(error).__name__}: {str(error)[:120]} at {_place(error)}"
        )
    return Outcome(case, "ok")


def _place(error: BaseException) -> str:
    """Return the last lines of ours that an error passed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "reportgen" in frame.filename]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[:-5:-1])


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise TooSlowError after a time of this process's work, in the main thread and where the system has such timers."""

    def stop(*_: object) -> None:
        raise TooSlowError

    if not hasattr(signal, "setitimer"):
        yield
        return
    timers = {signal.SIGPROF: (signal.ITIMER_PROF, seconds), signal.SIGALRM: (signal.ITIMER_REAL, WAITING * seconds)}
    before = {number: signal.signal(number, stop) for number in timers}
    for timer, time in timers.values():
        signal.setitimer(timer, time)
    try:
        yield
    finally:
        for timer, _ in timers.values():
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
