"""The command line: which command is meant, and how its end becomes an exit code."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from reportgen.cli.commands import meant
from reportgen.cli.terminal import drop_stdout, prepare_streams, tell_any
from reportgen.system.errors import ExitCode, ReportgenError
from reportgen.system.version import __version__

_DESCRIPTION = """\
Turn the structured summary of an article (the brief, a YAML file) into a PDF policy memo and an editable PowerPoint
briefing deck that carry the same sourced numbers.
"""
_EPILOG = """\
begin here:
  reportgen init my-brief             write a small commented brief and its article to start from
  reportgen build my-brief/brief.yaml make memo and deck, into build/

BRIEF defaults to ./brief.yaml, else, in a checkout, to the bundled brief.
A _brand.yml beside the brief changes colours and typefaces; a templates/ folder beside it overrides ours, file by file.

exit codes: 0 fine, 1 internal error, 2 usage, 3 the brief is invalid, 4 evidence or audit, 5 it does not fit,
6 template or theme, 7 a file, the disk or the network
"""

SELDOM = (200_000, 20, 50)
"""How often cycles are looked for: a command keeps nearly all that it makes, so the default takes a twelfth of its time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code tells how it went."""
    prepare_streams()
    gc.set_threshold(*SELDOM)
    given = sys.argv[1:] if arguments is None else arguments
    parsed = parser(given).parse_args(given)
    try:
        code = int(parsed.run(parsed))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt as stopped:
        print(f"\n{str(stopped) or 'stopped; nothing was left half-written'}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        drop_stdout()
        return ExitCode.OK
    except Exception as error:
        if os.environ.get("REPORTGEN_TRACEBACK") and not isinstance(error, ReportgenError | OSError):
            raise
        if isinstance(error, OSError):
            drop_stdout()
        return tell_any(error)


def parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The command line, as far as these arguments need it: the whole takes longer to build than most commands to start."""
    whole = argparse.ArgumentParser(
        prog="reportgen", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    whole.add_argument("--version", action="version", version=f"reportgen {__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in meant(arguments):
        command.add(commands)
    return whole
