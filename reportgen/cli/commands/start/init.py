"""`reportgen init`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from reportgen.cli.options import add_command
from reportgen.cli.terminal import Terminal
from reportgen.system import resources
from reportgen.system.errors import ExitCode, FileError, Location


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "init", run, "write a small commented brief, its article and a list of recipients")
    parser.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        help="the folder to write to; created if missing, and nothing in it is overwritten",
    )


def run(parsed: argparse.Namespace) -> int:
    from reportgen.system.files import write_file

    folder: Path = parsed.folder
    terminal = Terminal(quiet=False)
    samples = sorted(path for path in (resources.template_folder() / "init").iterdir() if path.is_file())
    for sample in samples:
        if os.path.lexists(folder / sample.name):
            raise FileError(
                "already exists, and is not overwritten", Location(str(folder / sample.name)), "name another folder"
            )
    for sample in samples:
        write_file(folder / sample.name, sample.read_bytes())
        terminal.line(str(folder / sample.name))
    terminal.note(f"next: reportgen build {folder / 'brief.yaml'}")
    return ExitCode.OK
