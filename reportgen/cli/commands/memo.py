"""`reportgen memo`."""

from __future__ import annotations

import argparse
import sys

from reportgen.cli.options import brief_path, check_output, command, draws, takes_brief, timed, workshop_for
from reportgen.cli.terminal import Progress
from reportgen.system.errors import ExitCode


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(commands, "memo", run, "make the policy memo, a tagged PDF")
    takes_brief(parser, "memo.pdf")
    parser.add_argument(
        "--profile",
        metavar="NAME",
        help="the memo's form: info, action, decision or onepage; the brief's own by default",
    )
    parser.add_argument("--paper", choices=("letter", "a4"), default="letter", help="paper size (default: letter)")
    parser.add_argument(
        "--attach-brief",
        action="store_true",
        help="put the brief's file into the PDF, beside its evidence and its data",
    )
    draws(parser)
    timed(parser)


def run(parsed: argparse.Namespace) -> int:
    progress = Progress(parsed.quiet, parsed.timings)
    from reportgen.pipeline.kinds import KINDS, OUTPUT_DIR
    from reportgen.system.files import write_file

    path = brief_path(parsed.brief, progress)
    kind = KINDS["memo"]
    if parsed.profile:
        from reportgen.memo.profiles import find_profile

        find_profile(parsed.profile)
    check_output(parsed.output, path, kind)
    with progress:
        progress.stage(f"reading {path}")
        workshop = workshop_for(parsed)
        from reportgen.brief import load_brief  # after a process is forked, so that both import at a time

        brief = load_brief(path)
        progress.stage("making the memo")
        data = kind.render(
            brief,
            profile=parsed.profile,
            paper=parsed.paper,
            attach_brief=parsed.attach_brief,
            workshop=workshop,
            tell=progress.stage,
        )
    if parsed.output and str(parsed.output) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return ExitCode.OK
    target = parsed.output or OUTPUT_DIR / kind.file_name(brief.slug)
    write_file(target, data)
    progress.result(target, len(data))
    return ExitCode.OK
