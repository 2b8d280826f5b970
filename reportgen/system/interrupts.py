"""Ctrl-C, SIGTERM and SIGHUP on the command line: one line, exit code 130 (143, 129), nothing left behind.

The first signal raises KeyboardInterrupt in the main thread. Where Python loses that exception (in a weak reference's callback,
in a library that catches everything), or when a second signal comes, the process runs its clean-up tasks and ends at once.

Only `watch` changes signal handlers and hooks, and only the command line calls it; the library leaves them to its host. This
module is the first that the package imports, so it imports nothing at its top that is not loaded already.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any, NoReturn

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
GRACE = 5.0  # seconds from a signal to the end of the process, whatever it still does
LINE = "interrupted; no file was left incomplete"
_INTERRUPTED = 130

_received: list[int] = []
_tasks: dict[object, Callable[[], object]] = {}
_holds = 0
_is_raised = False
_is_reported = False
_is_ending = False


def is_command() -> bool:
    """Return whether this process was started as the command: `reportgen` or `python -m reportgen`."""
    words = iter(sys.orig_argv[1:])
    for word in words:  # Python's own options
        if word in ("-W", "-X", "--check-hash-based-pycs"):
            next(words, "")
        elif word.startswith("-m"):
            return (word[2:] or next(words, "")) == "reportgen"
        elif word.startswith("-") and not word.startswith("--") and word.endswith("m"):  # -Im
            return next(words, "") == "reportgen"
        elif not word.startswith("-") or word.startswith("-c"):
            break
    return os.path.basename(sys.argv[0] if sys.argv else "") in ("reportgen", "reportgen.exe")


def watch() -> None:
    """Let signals end this process as the command line's documentation says; those that it was told to ignore stay ignored."""
    sys.excepthook, sys.unraisablehook = _end_uncaught, _end_unraisable
    import signal

    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _receive)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _end_late)


def unwatch() -> None:
    """Forget all signals and tasks, and take the system's defaults: for a forked process, which its parent ends."""
    import signal

    for name in (*SIGNALS[1:], "SIGALRM"):
        if (number := getattr(signal, name, None)) and signal.getsignal(number) in (_receive, _end_late):
            signal.signal(number, signal.SIG_DFL)
    sys.excepthook, sys.unraisablehook = sys.__excepthook__, sys.__unraisablehook__
    _received.clear()
    _tasks.clear()


def finish() -> None:
    """End at once on a signal from now on: the work is done, and only the exit is left."""
    global _is_ending
    _is_ending = True


def exit_code() -> int:
    """Return the exit code for the first signal that came, or that of Ctrl-C."""
    return 128 + _received[0] if _received else _INTERRUPTED


def is_interrupted() -> bool:
    """Return whether a signal has come."""
    return bool(_received)


def report(text: str = "") -> None:
    """Print one line on stderr, the first time."""
    global _is_reported
    if _is_reported:
        return
    _is_reported = True
    try:
        start = "\n" if os.isatty(2) else ""  # the terminal shows ^C, or a line of progress
        os.write(2, f"{start}{text or LINE}\n".encode(errors="backslashreplace"))
    except OSError:  # stderr is closed
        pass


class Hold:
    """A context in which signals wait: two files that belong together are moved into place in one."""

    def __enter__(self) -> None:
        global _holds
        _holds += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        global _holds
        _holds -= 1
        if _received and not _holds and not _is_raised:
            _raise()


class Cleanup:
    """A context with a task that is also run when the process ends at once inside it: remove a file, end a process."""

    def __init__(self, task: Callable[[], object]) -> None:
        self._task = task

    def __enter__(self) -> None:
        _tasks[self] = self._task

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._task()
        finally:
            _tasks.pop(self, None)


def _receive(number: int, frame: object) -> None:  # noqa: ARG001  # the signature of a handler
    _received.append(number)
    if _holds:
        return
    if _is_ending or _is_raised:
        end_at_once()
    _raise()


def _raise() -> NoReturn:
    global _is_raised
    _is_raised = True
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, GRACE)
    raise KeyboardInterrupt


def _end_late(number: int, frame: object) -> None:  # noqa: ARG001  # the signature of a handler
    if not _holds:
        end_at_once()


def end_at_once() -> NoReturn:
    """Run the tasks, print the line and end the process without looking back."""
    for task in reversed([*_tasks.values()]):
        try:  # noqa: SIM105  # contextlib may not be imported yet
            task()
        except Exception:  # noqa: S110  # the others are run all the same
            pass
    report()
    os._exit(exit_code())


def _end_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt) or _received:  # Python may wrap it in another exception
        end_at_once()
    sys.__excepthook__(kind, error, trace)


def _end_unraisable(unraisable: Any) -> None:
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        end_at_once()
    sys.__unraisablehook__(unraisable)
