"""Shared parts of the commands: options, the brief, outputs, workers."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.cli.terminal import Terminal
from reportgen.system import resources
from reportgen.system.errors import FileError, Location, UsageError

if TYPE_CHECKING:
    from reportgen.pdf.typesetting import Workers
    from reportgen.pipeline.kinds import Options


def add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.set_defaults(run=run)
    return parser


def _option(*flags: str, **settings: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return flags, settings


OPTIONS = {
    "brief": _option("brief", metavar="BRIEF", nargs="?", type=Path, help="the brief (default: ./brief.yaml)"),
    "profile": _option(
        "--profile",
        metavar="NAME",
        help="the memo's form: info, action, decision, meeting or onepage (default: the brief's own)",
    ),
    "copy": _option(
        "--copy",
        choices=("principal",),
        help="the memo without its last page, which says who drafted, approved and cleared it",
    ),
    "paper": _option(
        "--paper",
        choices=("letter", "a4"),
        help="paper size (default: the one in _brand.yml, else a4 for en-GB and its like, else letter)",
    ),
    "theme": _option(
        "--theme",
        metavar="FILE",
        type=Path,
        help="a PowerPoint template (.pptx, .potx) or its map (.yml): see theme inspect",
    ),
    "overwrite": _option(
        "--overwrite", action="store_true", help="replace files that were changed since they were built, too"
    ),
    "draft": _option(
        "--draft", action="store_true", help="print the brief's gaps (TODO: …) where they stand, and DRAFT on each page"
    ),
    "cache": _option("--no-cache", action="store_true", help="draw every chart, and keep none"),
    "timings": _option("--timings", action="store_true", help="print the seconds that each stage took, on stderr"),
    "quiet": _option("-q", "--quiet", action="store_true", help="print diagnostics only"),
    "format": _option("--format", choices=("text", "json"), default="text", help="how to print the findings"),
}
"""The options that several commands have, as argparse takes them."""


def add_options(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add some of OPTIONS."""
    for name in names:
        flags, settings = OPTIONS[name]
        parser.add_argument(*flags, **settings)


def add_output(parser: argparse.ArgumentParser, ending: str, note: str = "") -> None:
    text = f'the file to write (default: build/SLUG-{ending}); "-" is stdout{note}'
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=text)


def document_options(parsed: argparse.Namespace) -> Options:
    """Return how the documents are to be made. Raises UsageError for a profile that does not exist."""
    from reportgen.pipeline.kinds import Options

    if parsed.profile:
        from reportgen.memo.profiles import find_profile

        find_profile(parsed.profile)
    attach_brief = getattr(parsed, "attach_brief", False)
    copy = getattr(parsed, "copy", None) or ""
    return Options(parsed.profile, parsed.paper, attach_brief, getattr(parsed, "theme", None), copy=copy)


@contextmanager
def open_workers(parsed: argparse.Namespace, in_process: bool = False) -> Iterator[Workers]:
    """Open the workers that typeset and draw; when the command is interrupted, they are stopped.

    They are opened before the brief is read and fork at once, so that their slow imports run meanwhile. Charts get a
    worker of their own where none is cached yet. With `in_process`, or without an idle core, the work is done here.
    """
    from reportgen.pdf import engine
    from reportgen.pdf.typesetting import Workers
    from reportgen.system.cache import Cache
    from reportgen.system.executors import ForkedExecutor, InlineExecutor, can_fork

    cache = None if parsed.no_cache else Cache.of_user()
    workers = Workers(layout=InlineExecutor(engine.start), cache=cache)
    if not in_process and can_fork():
        workers = Workers(ForkedExecutor(engine.start), cache=cache)
        if not cache or cache.is_empty():
            from reportgen.pdf import chart_svg  # with all that both processes need

            workers = Workers(workers.layout, ForkedExecutor(chart_svg.import_matplotlib), cache)
    try:
        yield workers
    except BaseException:
        workers.shutdown(cancel=True)
        raise
    workers.shutdown()


def find_brief(path: Path | None, terminal: Terminal) -> Path:
    """Return the brief that was named, else ./brief.yaml, else the one that a checkout carries. Raises FileError."""
    if path is not None:
        return path
    local, bundled = Path("brief.yaml"), resources.bundled_brief()
    if local.is_file():
        chosen = local
    elif bundled:
        chosen = Path(os.path.relpath(bundled)) if bundled.is_relative_to(Path.cwd()) else bundled
    else:
        hint = "name the brief, or write one to start from: reportgen init DIR"
        raise FileError("there is no such file", Location("brief.yaml"), hint)
    terminal.note(f"no brief named: using {chosen}")
    return chosen


WRITTEN = {
    "output": ("the output", "-o"),
    "handout": ("the handout", "--handout"),
    "fit_report": ("the fit report", "--fit-report"),
    "write": ("the map", "--write"),
    "output_dir": ("the folder", "--output-dir"),
    "proof": ("the folder", "--proof"),
    "folder": ("the folder", "DIR"),
}
"""The outputs that options name, each with the spelling of its option."""
FOLDERS = ("output_dir", "proof", "folder")
READ = {
    "brief": "the brief",
    "briefs": "the brief",
    "theme": "the theme",
    "source": "the source",
    "to": "the list of recipients",
    "file": "the file that is read",
    "document": "the document",
    "old": "the older state",
    "new": "the newer state",
}
"""The inputs that options name."""


def check_outputs(parsed: argparse.Namespace) -> None:
    """Refuse, before any work is done, an output that is also an input, or a file where a folder must be. Raises UsageError.

    It knows the files that the command line names; `protect_inputs` knows those that the brief names.
    """
    outputs = {name: path for name in WRITTEN if isinstance(path := getattr(parsed, name, None), Path)}
    if not outputs:
        return
    from reportgen.pipeline.inputs import Input, Output, refuse_overlap

    for name in FOLDERS:
        if (path := outputs.get(name)) and os.path.lexists(path) and not path.is_dir():
            raise UsageError(f"{WRITTEN[name][1]} is not a folder", Location(str(path)), "name a folder")
    inputs = [Input(what, path) for name, what in READ.items() for path in _list_paths(getattr(parsed, name, None))]
    refuse_overlap([Output(WRITTEN[name][0], path, WRITTEN[name][1]) for name, path in outputs.items()], inputs)


def _list_paths(value: object) -> list[Path]:
    """Return the paths of an option: one, several, or as `--source` takes them, ID=FILE."""
    if isinstance(value, list):
        return [path for each in value for path in _list_paths(each)]
    if isinstance(value, str):
        return [Path(value), Path(value.partition("=")[2] or value)]
    return [value] if isinstance(value, Path) else []


def check_output(output: Path | None, endings: Sequence[str], command: str) -> None:
    """Refuse, before any work is done, an output that cannot be written.

    Raises
    ------
    UsageError
        for an ending that is not one of `endings`, and for a binary file on a terminal.
    FileError
        when stdout is closed.
    """
    if not output:
        return
    if str(output) == "-":
        hint = f"redirect it: reportgen {command} -o - > file{endings[0]}"
        if sys.stdout.isatty():
            raise UsageError(f"a {endings[0]} file cannot be shown on a terminal", hint=hint)
        if sys.stdout.name == os.devnull:
            raise FileError("stdout is closed", hint=hint)
    elif output.suffix.lower() not in endings and not output.is_dir():  # a folder is refused when it is written
        ending = f'"{output.suffix}"' if output.suffix else "a name without an ending"
        raise UsageError(f"{command} cannot write {ending}", Location(str(output)), f"it writes {', '.join(endings)}")


def check_distinct(outputs: Sequence[Path | None]) -> None:
    """Raise UsageError when two outputs would go into one file."""
    files = [os.path.normcase(os.path.realpath(output)) for output in outputs if output and str(output) != "-"]
    if repeated := next((file for file in files if files.count(file) > 1), None):
        raise UsageError("two outputs would go into one file", Location(repeated), "name another file for one of them")
