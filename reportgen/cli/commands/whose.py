"""`reportgen whose`."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.cli.options import add_command
from reportgen.cli.terminal import Terminal
from reportgen.system.errors import ExitCode


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "whose", run, "name the holder of a numbered copy")
    parser.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="a memo, a deck, a handout, a mail (.eml) with them, or their words as text",
    )
    parser.add_argument(
        "--in", dest="folder", metavar="DIR", type=Path, required=True, help="the output folder that the copy came from"
    )
    parser.epilog = (
        "An encrypted copy needs REPORTGEN_COPY_PASSWORD. Exit code 4 when no recipient matches the file, and when its marks"
        " disagree: then nobody is named, and each mark is listed with whom it points to."
    )


def run(parsed: argparse.Namespace) -> int:
    from reportgen.distribution.whose import find_owner

    owner = find_owner(parsed.file, parsed.folder, fork=True)
    holder = ", ".join(part for part in (owner.name, owner.organization, owner.email) if part)
    Terminal(quiet=False).line(
        f"{parsed.file}: copy {owner.stamp.number}, version {owner.stamp.version}, {owner.stamp.date}: {holder}"
    )
    return ExitCode.OK
