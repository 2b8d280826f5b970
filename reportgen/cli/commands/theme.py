"""`reportgen theme inspect`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from reportgen.cli.options import command
from reportgen.system.errors import ExitCode


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    theme = commands.add_parser("theme", help="look into a house's PowerPoint template")
    actions = theme.add_subparsers(title="commands", metavar="COMMAND", required=True)
    parser = command(actions, "inspect", run, "list and draw a theme's layouts, and what stands for each of ours")
    parser.add_argument("file", metavar="FILE", type=Path, help="a .pptx or .potx file")
    parser.add_argument("--write", metavar="MAP", type=Path, help="write the mapping to a .yml file, to be edited")
    parser.epilog = "Exit code 6 when the theme can't hold our layouts."


def run(parsed: argparse.Namespace) -> int:
    from reportgen import brand
    from reportgen.deck import theme as themes
    from reportgen.deck.theme import inspect, map_file
    from reportgen.system.errors import TemplateError
    from reportgen.system.files import read_file, write_file

    house = themes.read(read_file(parsed.file), str(parsed.file))
    chosen, faults = house.proposed()
    sys.stdout.write(inspect.described(house, brand.load(), chosen))
    sys.stdout.flush()
    if faults:
        raise TemplateError(faults)
    if parsed.write:
        name = os.path.relpath(parsed.file, parsed.write.parent)
        write_file(parsed.write, map_file.written(name, chosen, house.layouts).encode())
        print(f"wrote {parsed.write}", file=sys.stderr)
    return ExitCode.OK
