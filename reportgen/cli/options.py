"""What several commands share: how one is declared, which brief is meant, where its output may go."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.terminal import Progress
from reportgen.system import resources
from reportgen.system.errors import FileError, Location, UsageError

if TYPE_CHECKING:
    from reportgen.pdf.workshop import Workshop
    from reportgen.pipeline.kinds import DocumentKind


def command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    about: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    parser.set_defaults(run=run)
    return parser


def takes_brief(parser: argparse.ArgumentParser, ending: str) -> None:
    parser.add_argument("brief", metavar="BRIEF", nargs="?", type=Path, help="the brief (default: ./brief.yaml)")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help=f'the file to write (default: build/SLUG-{ending}); "-" is stdout',
    )
    quiet(parser)


def quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-q", "--quiet", action="store_true", help="print diagnostics only")


def timed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--timings", action="store_true", help="print how many seconds each stage took, on stderr")


def draws(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-cache", action="store_true", help="draw every chart anew, and keep none")


def workshop_for(parsed: argparse.Namespace, busy: bool = False) -> Workshop:
    """What documents are drawn and typeset with. Asked before the brief is read: its processes get ready meanwhile.

    None works beside ours where all cores are `busy`.
    """
    from reportgen.pdf.workshop import Workshop
    from reportgen.system.cache import Cache

    cache = None if parsed.no_cache else Cache.of_user()
    return Workshop(cache) if busy else Workshop.opened(cache)


def brief_path(given: Path | None, progress: Progress) -> Path:
    """The brief that is meant: the one named, ./brief.yaml, or the one that a checkout carries."""
    if given is not None:
        return given
    here, bundled = Path("brief.yaml"), resources.bundled_brief()
    if here.is_file() or bundled is None:
        if not here.is_file():
            raise FileError(
                "there is no such file",
                Location("brief.yaml"),
                "name the brief, or write one to start from: reportgen init DIR",
            )
        chosen = here
    else:
        chosen = Path(os.path.relpath(bundled)) if bundled.is_relative_to(Path.cwd()) else bundled
    progress.note(f"no brief named: using {chosen}")
    return chosen


def check_output(output: Path | None, brief: Path, kind: DocumentKind) -> None:
    """Refuse, before any work is done, an output that would be lost or would destroy the brief."""
    if not output:
        return
    if str(output) == "-":
        hint = f"send it on: reportgen {kind.name} -o - > file{kind.suffix}"
        if sys.stdout.isatty():
            raise UsageError(f"a {kind.suffix} file is not for a terminal", hint=hint)
        if sys.stdout.name == os.devnull:
            raise FileError("stdout is closed", hint=hint)
    elif output.exists() and brief.exists() and output.samefile(brief):
        raise UsageError("the output would overwrite the brief", Location(str(output)), "name another file")
