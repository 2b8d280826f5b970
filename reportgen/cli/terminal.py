"""Output of the commands: results on stdout, progress and diagnostics on stderr."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.system.errors import Diagnostic, ExitCode, FileError, Location, ReportgenError, escape_unprintable
from reportgen.system.progress import Progress, listening

if TYPE_CHECKING:
    from reportgen.audit import Finding as AuditFinding
    from reportgen.evidence import Finding


def prepare_streams() -> None:
    """Let the streams take any text in any locale; one that was closed becomes the null device."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # for as long as the process runs
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # for as long as the process runs
        elif isinstance(stream := getattr(sys, name), io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def drop_stdout() -> None:
    """Discard what could not be written, so that it is not tried again at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_error(error: Exception) -> int:
    """Print an error and return its exit code: of the user's input, of the system, or an internal one."""
    if isinstance(error, OSError):
        place = Location(str(error.filename)) if error.filename else None
        error = FileError(f"the system reports: {error.strerror or error}", place)
    if isinstance(error, ReportgenError):
        print_diagnostics(error.diagnostics)
        if len(error.diagnostics) > 1:
            print(count_diagnostics(error.diagnostics), file=sys.stderr)
        return error.code
    hint = "set REPORTGEN_TRACEBACK=1 to see where; please report it with the brief"
    print(f"error: internal error: {type(error).__name__}: {error}\n  hint: {hint}", file=sys.stderr)
    return ExitCode.INTERNAL


def count_diagnostics(diagnostics: Sequence[Diagnostic]) -> str:
    """Return "2 errors, 1 warning": whatever there is, apart."""
    counts = [(kind, sum(each.severity == kind for each in diagnostics)) for kind in ("error", "warning", "note")]
    return ", ".join(f"{count} {kind}{'s' * (count != 1)}" for kind, count in counts if count)


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        print(diagnostic, file=sys.stderr)


def print_findings(findings: Sequence[Finding | AuditFinding]) -> None:
    print_diagnostics(finding.diagnostic for finding in findings)


def print_json(value: Any) -> None:
    import json

    sys.stdout.buffer.write(json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n")


def write_stdout(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


class Terminal:
    """Shows on a terminal, in one line, the work that is going on; elsewhere prints nothing but results.

    With `timings` it prints at the end how long each stage took, from its construction on: imports come first.
    """

    def __init__(self, quiet: bool, timings: bool = False) -> None:
        self.quiet = quiet
        self.live = not quiet and sys.stderr.isatty()
        self.timings = timings
        self._stages = [("starting", time.perf_counter())]

    @contextmanager
    def showing(self) -> Iterator[None]:
        """Show the progress of the work inside."""
        try:
            with listening(self.show):
                yield
        finally:
            self.clear()
            if self.timings:
                self._print_timings()

    def show(self, message: Progress) -> None:
        if self.timings:
            self._stages.append((str(message), time.perf_counter()))
        if self.live:
            print(f"\r\x1b[K{escape_unprintable(str(message))} …", end="", file=sys.stderr, flush=True)

    def _print_timings(self) -> None:
        ends = [*(at for _, at in self._stages[1:]), time.perf_counter()]
        for (text, at), end in zip(self._stages, ends, strict=True):
            print(f"{end - at:8.3f} s  {text}", file=sys.stderr)
        print(f"{ends[-1] - self._stages[0][1]:8.3f} s  in all", file=sys.stderr)

    def warn(self, diagnostic: Diagnostic) -> None:
        self.clear()
        print(diagnostic, file=sys.stderr)

    def ask(self, text: str, question: str) -> str:
        """Print a text and a question, and return the line that the user types."""
        self.clear()
        print(f"{text}\n{question} ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip()

    def clear(self) -> None:
        if self.live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def note(self, text: str) -> None:
        if not self.quiet:
            print(escape_unprintable(text, "\n"), file=sys.stderr)

    def result(self, path: Path, size: int) -> None:
        self.line(f"{path}  {size / 1024:.0f} KB")

    def line(self, text: str) -> None:
        if not self.quiet:
            print(escape_unprintable(text, "\n"))
