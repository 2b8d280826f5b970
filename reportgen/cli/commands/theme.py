"""`reportgen theme inspect`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from reportgen.cli.options import add_command, check_output
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
    from reportgen.system.errors import TemplateError
    from reportgen.system.files import read_file, write_file

    check_output(parsed.write, parsed.file, [".yml", ".yaml"], "theme inspect --write")
    file = themes.open_theme_file(read_file(parsed.file), str(parsed.file))
    chosen, faults = file.match_layouts()
    sys.stdout.write(theme_report.describe_theme(file, brand.load(), chosen))
    sys.stdout.flush()
    if faults:
        raise TemplateError(faults)
    if parsed.write:
        name = os.path.relpath(parsed.file, parsed.write.parent)
        write_file(parsed.write, map_file.format_map(name, chosen, file.layouts).encode())
        print(f"wrote {parsed.write}", file=sys.stderr)
    return ExitCode.OK
