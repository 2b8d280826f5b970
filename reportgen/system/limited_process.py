"""Run a function on a stranger's file in a process of its own, with limits on time and memory.

A file can be made so that its reader loops, recurses, or unpacks more than a machine holds. No parser can be trusted to
notice that, and no thread can be stopped; a process can.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn, TypeVar

from reportgen.system.errors import FileError, Location, ReportgenError
from reportgen.system.executors import as_picklable, count_threads

T = TypeVar("T")

SECONDS = 7.0  # for reading a file; with the start of the program on a busy machine, less than ten
MEMORY = 900_000_000  # bytes
PARSERS = {"lxml", "msoffcrypto", "olefile", "openpyxl", "pdfminer", "pikepdf", "PIL", "xml", "zipfile", "zlib"}
"""The packages of others that read a stranger's file: what they raise is the file's fault."""
START = """\
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from reportgen.system.limited_process import serve
serve()
"""


def run_limited(
    function: Callable[..., T],
    *arguments: object,
    file: str,
    fork: bool = False,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> T:
    """Return what a function returns in a process with limits, or raise its exception.

    Parameters
    ----------
    function
        A function of a module; arguments and result are pickled.
    file
        The name of the file that it reads, for messages.
    fork
        Whether this process may be forked, as that of the command line may be: it is much faster than to start an
        interpreter, which happens otherwise, and in a process with threads.
    seconds, memory
        The limits. That of memory (bytes) holds where the system has such a limit: not on Windows.

    Raises
    ------
    FileError
        when the function takes more time or memory, or ends its process.
    """
    job = (function, arguments, memory, int(seconds) + 2)
    if fork and sys.platform == "linux" and count_threads() == 1:
        answer = _run_forked(job, seconds)
    else:
        answer = _run_spawned(job, seconds)
    value: T = _open_answer(answer, file, seconds, memory)
    return value


def _open_answer(answer: bytes | None, file: str, seconds: float, memory: int) -> Any:
    """Return the value in an answer or raise its error; None is no answer in time."""
    value: Any
    kind, value = ("time", None) if answer is None else pickle.loads(answer) if answer else ("end", None)  # noqa: S301  # from our own process
    if kind == "value":
        return value
    if kind == "error":
        raise value
    message = {
        "time": f"takes more than {seconds:g} s to read: it is damaged, or made to stop readers",
        "memory": f"takes more than {memory // 1_000_000} MB of memory to read: it is damaged, or made to stop readers",
        "end": "cannot be read: the process that read it ended; it is damaged, or made to stop readers",
        "damage": f"cannot be read: it is damaged ({value})",
    }[kind]
    raise FileError(message, Location(file), "build it again, or save it again in the program that it comes from")


def _run_forked(job: tuple[Any, ...], seconds: float) -> bytes | None:
    """Run a job in a copy of this process; return its answer, empty if it ended without one, None if it was too slow."""
    read, write = os.pipe()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Ctrl-C is for the parent alone
    try:
        pid = os.fork()
        if not pid:
            _answer_and_exit(job, write)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    os.close(write)
    try:
        return _receive(read, time.monotonic() + seconds)
    finally:
        os.close(read)
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _receive(descriptor: int, deadline: float) -> bytes | None:
    """Return all that is written to a pipe until it is closed; None where that takes too long."""
    parts = list[bytes]()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            if not (part := os.read(descriptor, 1 << 20)):
                return b"".join(parts)
            parts.append(part)
    return None


def _run_spawned(job: tuple[Any, ...], seconds: float) -> bytes | None:
    """Do as `_run_forked` in a new interpreter, which finds the same modules as this one."""
    from multiprocessing.spawn import get_executable  # a program that embeds Python sets it

    flags = ["-I", *(["-B"] if sys.dont_write_bytecode else [])]
    request = pickle.dumps(sys.path) + pickle.dumps(job)
    process = subprocess.Popen(  # noqa: S603  # our own interpreter
        [get_executable(), *flags, "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with process:
        try:
            return process.communicate(request, seconds)[0]
        except subprocess.TimeoutExpired:
            return None
        finally:
            process.kill()
            process.wait()


def serve() -> NoReturn:
    """Read a job from stdin and write its answer to stdout, in a new interpreter."""
    job = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the process that started this one
    _answer_and_exit(job, os.dup(sys.stdout.fileno()))


def _answer_and_exit(job: tuple[Any, ...], answers: int) -> NoReturn:
    """Run a job within its limits, write its answer to a descriptor, and end this process."""
    try:
        silence = os.open(os.devnull, os.O_RDWR)
        for descriptor in (1, 2):  # what libraries in C print of a damaged file
            os.dup2(silence, descriptor)
        sys.stdout = sys.stderr = open(silence, "w", encoding="utf-8")  # noqa: SIM115  # until the process ends
        function, arguments, memory, seconds = job
        _set_limits(memory, seconds)
        with os.fdopen(answers, "wb") as stream:
            stream.write(_answer(function, arguments))
    finally:
        os._exit(0)


def _set_limits(memory: int, seconds: int) -> None:
    """Limit this process; its time too, so that it ends even if nobody is left to end it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, limit in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with suppress(OSError, ValueError):  # macOS knows RLIMIT_DATA and refuses to set it
            resource.setrlimit(kind, (limit, limit))


def _answer(function: Callable[..., object], arguments: tuple[Any, ...]) -> bytes:
    """Run a function and return, pickled, the kind of its answer and a value."""
    memory = pickle.dumps(("memory", None))  # now, because there may be no memory for it later
    try:
        return pickle.dumps(("value", function(*arguments)))
    except MemoryError:
        return memory
    except ReportgenError as error:
        return pickle.dumps(("error", error))
    except Exception as error:
        if is_fault_of_file(error):
            too_deep = isinstance(error, RecursionError)
            reason = "its parts are nested too deeply" if too_deep else str(error) or type(error).__name__
            return pickle.dumps(("damage", reason))
        error.add_note(f"in a process with limits:\n{traceback.format_exc()}")
        return pickle.dumps(("error", as_picklable(error)))


def is_fault_of_file(error: Exception) -> bool:
    """Return whether an error is that of a file: too deep a nesting, or what another's parser raised, or its code."""
    if isinstance(error, RecursionError):
        return True
    modules = [type(error).__module__]
    if frames := list(traceback.walk_tb(error.__traceback__)):
        modules.append(str(frames[-1][0].f_globals.get("__name__")))
    return any(module.partition(".")[0] in PARSERS for module in modules)
