"""`reportgen build`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import add_command, add_options, check_output, document_options, find_brief, open_workers
from reportgen.cli.terminal import Terminal, count_diagnostics, print_diagnostics, print_error
from reportgen.system.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from reportgen.pipeline.documents import Build


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "build", run, "check one or more briefs, build memo and deck, and audit them")
    parser.add_argument("briefs", metavar="BRIEF", nargs="*", type=Path, help="the brief (default: ./brief.yaml)")
    parser.add_argument("--output-dir", metavar="DIR", type=Path, help="the folder for the files (default: build)")
    add_options(parser, "profile", "paper", "copy", "theme")
    add_options(parser, "overwrite", "draft")
    parser.add_argument(
        "--coverage",
        metavar="FILE",
        type=Path,
        help="write which document prints which text of the brief, and what each leaves out and why (.json or text)",
    )
    parser.add_argument(
        "--fact-sheet",
        metavar="FILE",
        type=Path,
        help="write a sheet of the facts and quotations that the documents print, with their evidence (.pdf, .docx or .html)",
    )
    parser.add_argument("--word", action="store_true", help="write the memo as a Word file (.docx), too, for clearance")
    parser.add_argument("--no-check", action="store_true", help="skip check and audit, and say so")
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="how many briefs at a time (default: 1)")
    add_options(parser, "cache", "timings", "quiet")


def run(parsed: argparse.Namespace) -> int:
    terminal = Terminal(parsed.quiet, parsed.timings)
    from msgspec.structs import replace

    from reportgen.pipeline.kinds import OUTPUT_DIR

    if parsed.jobs < 1:
        raise UsageError(f"--jobs {parsed.jobs}: at least one worker is needed")
    options = replace(
        document_options(parsed),
        coverage=parsed.coverage,
        fact_sheet=parsed.fact_sheet,
        word=parsed.word,
        draft=parsed.draft,
    )
    briefs = parsed.briefs or [find_brief(None, terminal)]
    if parsed.coverage and len(briefs) > 1:
        raise UsageError("--coverage names one file, and there are several briefs", hint="build them one by one")
    if parsed.fact_sheet and len(briefs) > 1:
        raise UsageError("--fact-sheet names one file, and there are several briefs", hint="build them one by one")
    if parsed.fact_sheet:
        from reportgen.factcheck.sheet.sheet_file import ENDINGS

        check_output(parsed.fact_sheet, ENDINGS, "build --fact-sheet")
    worst, failed = ExitCode.OK, []
    with terminal.showing(), open_workers(parsed, in_process=parsed.jobs > 1) as workers:
        from reportgen.pipeline.batch import build_all  # after the workers fork, so that all import at the same time

        output_dir = parsed.output_dir or OUTPUT_DIR
        outcomes = build_all(
            briefs, output_dir, not parsed.no_check, parsed.jobs, options, workers, overwrite=parsed.overwrite
        )
        for outcome in outcomes:
            terminal.clear()
            if outcome.build:
                _print_build(outcome.brief, outcome.build, terminal)
            if outcome.error:
                failed.append(outcome.brief)
                worst = max(worst, ExitCode(print_error(outcome.error)))
    if len(briefs) > 1:
        terminal.note(_summarize(len(briefs), failed))
    return worst


def _print_build(brief: Path, build: Build, terminal: Terminal) -> None:
    if build.check is None:
        terminal.note(f"{brief}: neither the evidence nor the files were checked")
    diagnostics = [*build.warnings, *(finding.diagnostic for finding in (build.check.findings if build.check else ()))]
    diagnostics += [finding.diagnostic for audit in build.audits for finding in audit.findings]
    print_diagnostics(diagnostics)
    if diagnostics:
        terminal.note(f"{brief}: {count_diagnostics(diagnostics)}")
    if build.coverage and (left_out := build.coverage.summarize()):
        terminal.note(f"{brief}: {left_out}")
    for file in build.files:
        terminal.result(file.path, file.size)


def _summarize(count: int, failed: Sequence[Path]) -> str:
    """Return how many briefs were built, and which were not, in a line."""
    if not failed:
        return f"{count} briefs built"
    return f"{count - len(failed)} of {count} briefs built; failed: {', '.join(map(str, failed))}"
