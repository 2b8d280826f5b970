"""What the commands print, and how: results to stdout, progress and diagnostics to stderr."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.system.errors import ExitCode, FileError, Location, ReportgenError

if TYPE_CHECKING:
    from reportgen.audit import Finding as AuditFinding
    from reportgen.evidence import Finding
    from reportgen.system.errors import Diagnostic


def prepare_streams() -> None:
    """Streams that take any text in any locale; one that was closed takes it to nowhere, or has nothing to say."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # for as long as we run
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # for as long as we run
        elif isinstance(stream := getattr(sys, name), io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def drop_stdout() -> None:
    """What could not be written is not tried again at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(error: ReportgenError) -> int:
    for found in error.diagnostics:
        print(found, file=sys.stderr)
    if len(error.diagnostics) > 1:
        print(f"{len(error.diagnostics)} errors", file=sys.stderr)
    return error.code


def tell_any(error: Exception) -> int:
    """Whatever went wrong, and its exit code: what the user can mend, what the system says, or an internal error."""
    if isinstance(error, ReportgenError):
        return tell(error)
    if isinstance(error, OSError):
        place = Location(str(error.filename)) if error.filename else None
        return tell(FileError(f"the system says: {error.strerror or error}", place))
    print(
        f"internal error: {type(error).__name__}: {error}\n  hint: REPORTGEN_TRACEBACK=1 shows where; please report it with the brief",
        file=sys.stderr,
    )
    return ExitCode.INTERNAL


def print_findings(findings: Sequence[Finding | AuditFinding]) -> None:
    for finding in findings:
        print(finding.diagnostic, file=sys.stderr)


def print_diagnostics(found: Sequence[Diagnostic]) -> None:
    for each in found:
        print(each, file=sys.stderr)


def print_json(value: Any) -> None:
    import json

    sys.stdout.buffer.write(json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n")


class Progress:
    """One line on a terminal that says what is being done; elsewhere nothing but the results.

    With `timings` it says at the end how long each stage took, from when it was made: imports come first.
    """

    def __init__(self, quiet: bool, timings: bool = False) -> None:
        self.quiet = quiet
        self.live = not quiet and sys.stderr.isatty()
        self.timings = timings
        self.begun = [("starting", time.perf_counter())]

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()
        if self.timings:
            self._print_timings()

    def _print_timings(self) -> None:
        ends = [*(at for _, at in self.begun[1:]), time.perf_counter()]
        for (text, at), end in zip(self.begun, ends, strict=True):
            print(f"{end - at:8.3f} s  {text}", file=sys.stderr)
        print(f"{ends[-1] - self.begun[0][1]:8.3f} s  together", file=sys.stderr)
        self.begun = [("starting", ends[-1])]

    def stage(self, text: str) -> None:
        if self.timings:
            self.begun.append((text, time.perf_counter()))
        if self.live:
            print(f"\r\x1b[K{text} …", end="", file=sys.stderr, flush=True)

    def warn(self, found: Diagnostic) -> None:
        self.clear()
        print(found, file=sys.stderr)

    def ask(self, about: str, question: str) -> str:
        """What somebody at the terminal answers."""
        self.clear()
        print(f"{about}\n{question} ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip()

    def clear(self) -> None:
        if self.live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def note(self, text: str) -> None:
        if not self.quiet:
            print(text, file=sys.stderr)

    def result(self, path: Path, size: int) -> None:
        self.line(f"{path}  {size / 1024:.0f} KB")

    def line(self, text: str) -> None:
        if not self.quiet:
            print(text)
