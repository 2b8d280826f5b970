"""`reportgen verify`."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.cli.options import add_command, add_options
from reportgen.cli.terminal import Terminal, count_diagnostics, print_diagnostics
from reportgen.system.errors import ExitCode


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "verify", run, "check that a folder's packets are as they were made")
    parser.add_argument("folder", metavar="DIR", type=Path, help="the output folder of distribute")
    parser.epilog = "Exit code 4 when a file is missing, was changed or does not belong to the folder."
    add_options(parser, "quiet")


def run(parsed: argparse.Namespace) -> int:
    from reportgen.distribution.manifest import verify

    manifest, diagnostics = verify(parsed.folder)
    print_diagnostics(diagnostics)
    files = sum(len(packet.files) for packet in manifest.packets)
    result = count_diagnostics(diagnostics) or "all as they were made"
    Terminal(parsed.quiet).line(
        f"{parsed.folder}: version {manifest.version}, {len(manifest.packets)} packets, {files} files: {result}"
    )
    return ExitCode.EVIDENCE if any(each.severity == "error" for each in diagnostics) else ExitCode.OK
