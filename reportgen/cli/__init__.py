"""The command line: which command is called, and how its end becomes an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from reportgen.cli.commands import select_commands
from reportgen.cli.options import check_outputs
from reportgen.cli.terminal import drop_stdout, prepare_streams, print_error
from reportgen.system import __version__, interrupts
from reportgen.system.errors import ExitCode, ReportgenError, escape_unprintable

_DESCRIPTION = """\
Turn the structured summary of an article (the brief, a YAML file) into a PDF policy memo and an editable PowerPoint
briefing deck that carry the same sourced numbers.
"""
_EPILOG = """\
start here:
  reportgen draft article.pdf -o DIR    write a first brief from an article, with gaps to fill
  reportgen init my-brief               write a small commented brief and its article
  reportgen build my-brief/brief.yaml   build its memo and deck into build/

BRIEF is ./brief.yaml by default; in a checkout without one, the bundled brief.
A _brand.yml beside the brief changes colors and typefaces; a templates/ folder beside it overrides ours, file by file.

exit codes: 0 success, 1 internal error, 2 usage, 3 invalid brief or list, 4 evidence or audit, 5 does not fit,
6 template or theme, 7 file, disk or network, 130 interrupted (143 by SIGTERM)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    prepare_streams()
    words = sys.argv[1:] if arguments is None else arguments
    parsed = _parse(words)
    try:
        check_outputs(parsed)
        code = int(parsed.run(parsed))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt as interrupt:
        interrupts.report(str(interrupt))
        return interrupts.exit_code()
    except BrokenPipeError:
        drop_stdout()
        return ExitCode.OK
    except Exception as error:
        if interrupts.is_interrupted():  # a library made another exception of it
            interrupts.report()
            return interrupts.exit_code()
        if os.environ.get("REPORTGEN_TRACEBACK") and not isinstance(error, ReportgenError | OSError):
            raise
        if isinstance(error, OSError):
            drop_stdout()
        return print_error(error)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(escape_unprintable(message))


def _parse(words: Sequence[str]) -> argparse.Namespace:
    """Parse the words of a command. A brief may stand behind the options too, where argparse expects no further name."""
    parser = build_parser(words)
    parsed, rest = parser.parse_known_args(words)
    if len(rest) == 1 and not rest[0].startswith("-") and getattr(parsed, "brief", rest) is None:
        parsed.brief, rest = Path(rest[0]), []
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return parsed


def build_parser(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return the parser of the command that `words` begin with, or of all: that takes longer than most commands to start."""
    parser = _Parser(
        prog="reportgen", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"reportgen {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in select_commands(words):
        command.add(commands)
    return parser
