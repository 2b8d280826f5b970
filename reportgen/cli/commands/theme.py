"""`reportgen theme inspect`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from reportgen.cli.options import add_command, check_output
from reportgen.cli.terminal import Terminal
from reportgen.system.errors import ExitCode


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    theme = commands.add_parser("theme", help="inspect a PowerPoint template")
    actions = theme.add_subparsers(title="commands", metavar="COMMAND", required=True)
    parser = add_command(actions, "inspect", run, "list and draw a theme's layouts, and which one each of ours maps to")
    parser.add_argument("file", metavar="FILE", type=Path, help="a .pptx or .potx file")
    parser.add_argument("--write", metavar="MAP", type=Path, help="write the mapping to a .yml file that you can edit")
    parser.epilog = "Exit code 6 when the theme cannot hold our layouts."


def run(parsed: argparse.Namespace) -> int:
    from reportgen import brand
    from reportgen.deck import theme as themes
    from reportgen.deck.theme import map_file, theme_report
    from reportgen.system.errors import Location, TemplateError, UsageError
    from reportgen.system.files import read_file, write_file

    check_output(parsed.write, [".yml", ".yaml"], "theme inspect --write")
    if parsed.write and os.path.lexists(parsed.write) and not map_file.is_map(parsed.write):
        hint = "only an earlier map is overwritten: name another file"
        raise UsageError("--write would overwrite a file that is no map", Location(str(parsed.write)), hint)
    file = themes.open_theme_file(read_file(parsed.file), str(parsed.file))
    chosen, faults = file.match_layouts()
    sys.stdout.write(theme_report.describe_theme(file, brand.load(), chosen))
    sys.stdout.flush()
    if faults:
        raise TemplateError(faults)
    if parsed.write:
        name = os.path.relpath(parsed.file, parsed.write.parent)
        write_file(parsed.write, map_file.format_map(name, chosen, file.layouts).encode())
        Terminal(quiet=False).note(f"wrote {parsed.write}")
    return ExitCode.OK
