"""`reportgen memo`."""

from __future__ import annotations

import argparse

from reportgen.cli.options import (
    add_command,
    add_options,
    add_output,
    check_output,
    document_options,
    find_brief,
    open_workers,
)
from reportgen.cli.terminal import Terminal, write_stdout
from reportgen.system.errors import ExitCode, UsageError
from reportgen.system.progress import Stage, report


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "memo", run, "build the policy memo: a tagged PDF, or a Word file for clearance")
    add_options(parser, "brief")
    add_output(parser, "memo.pdf", "; a name that ends in .docx is a Word file")
    add_options(parser, "overwrite", "profile", "paper", "copy", "draft")
    parser.add_argument("--attach-brief", action="store_true", help="attach the brief to the PDF, besides its evidence")
    add_options(parser, "cache", "timings", "quiet")


def run(parsed: argparse.Namespace) -> int:
    terminal = Terminal(parsed.quiet, parsed.timings)
    from reportgen.pipeline.kinds import KINDS, OUTPUT_DIR, WORD_MEMO
    from reportgen.system.files import write_file

    path, options = find_brief(parsed.brief, terminal), document_options(parsed)
    kinds = {kind.suffix: kind for kind in (KINDS["memo"], WORD_MEMO)}
    check_output(parsed.output, list(kinds), "memo")
    kind = kinds.get(parsed.output.suffix.lower() if parsed.output else "", KINDS["memo"])
    if options.attach_brief and kind is WORD_MEMO:
        raise UsageError("--attach-brief: a Word file carries no attachments", hint="attach the brief to the PDF")
    with terminal.showing(), open_workers(parsed, in_process=kind is WORD_MEMO) as workers:
        report(Stage.READING, str(path))
        from reportgen.brand import find_warnings
        from reportgen.brief import load_brief  # after the workers fork, so that all import at the same time
        from reportgen.brief.addressees import find_missing_decider
        from reportgen.pipeline.inputs import Output, protect_inputs
        from reportgen.pipeline.overwriting import refuse_overwriting

        brief = load_brief(path, parsed.draft)
        target = parsed.output or OUTPUT_DIR / kind.file_name(brief.slug)
        protect_inputs([Output("the memo", target, "-o")], brief)
        if not parsed.overwrite:
            refuse_overwriting([target], brief)
        if warning := find_missing_decider(brief, options.profile):
            terminal.warn(warning)
        for warning in find_warnings(brief.folder):
            terminal.warn(warning)
        data = kind.start(brief, options, workers).result()
    if parsed.output and str(parsed.output) == "-":
        write_stdout(data)
        return ExitCode.OK
    write_file(target, data)
    terminal.result(target, len(data))
    return ExitCode.OK
