"""`reportgen schema`."""

from __future__ import annotations

import argparse
import sys

from reportgen.cli.options import add_command
from reportgen.system import resources
from reportgen.system.errors import ExitCode


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "schema", run, "print the brief's JSON Schema, for editors")
    parser.epilog = (
        "In an editor with YAML support, begin the brief with: # yaml-language-server: $schema=brief.schema.json"
    )


def run(_: argparse.Namespace) -> int:
    sys.stdout.buffer.write(resources.asset("brief.schema.json").read_bytes())
    return ExitCode.OK
