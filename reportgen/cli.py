"""The commands. What they print, they print through `terminal`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import __version__, resources
from reportgen.errors import ExitCode, FileError, Location, ReportgenError, UsageError
from reportgen.terminal import (
    Progress,
    drop_stdout,
    prepare_streams,
    print_diagnostics,
    print_findings,
    print_json,
    tell,
)

if TYPE_CHECKING:
    from reportgen.kinds import DocumentKind

_DESCRIPTION = """\
Turn the structured summary of an article (the brief, a YAML file) into a PDF policy memo and an editable PowerPoint
briefing deck that carry the same sourced numbers.
"""
_EPILOG = """\
begin here:
  reportgen init my-brief             write a small commented brief and its article to start from
  reportgen build my-brief/brief.yaml make memo and deck, into build/

BRIEF defaults to ./brief.yaml, else, in a checkout, to the bundled brief.
A _brand.yml beside the brief changes colours and typefaces; a templates/ folder beside it overrides ours, file by file.

exit codes: 0 fine, 1 a bug of ours, 2 usage, 3 the brief is invalid, 4 evidence or audit, 5 it does not fit,
6 template or theme, 7 a file, the disk or the network
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code tells how it went."""
    prepare_streams()
    parsed = _parser().parse_args(arguments)
    try:
        code = int(parsed.run(parsed))
        sys.stdout.flush()
        return code
    except ReportgenError as error:
        return tell(error)
    except KeyboardInterrupt:
        print("\nstopped; nothing was left half-written", file=sys.stderr)
        return 130
    except BrokenPipeError:
        drop_stdout()
        return ExitCode.OK
    except OSError as error:
        drop_stdout()
        place = Location(str(error.filename)) if error.filename else None
        return tell(FileError(f"the system says: {error.strerror or error}", place))
    except Exception as error:
        if os.environ.get("REPORTGEN_TRACEBACK"):
            raise
        print(
            f"error: a bug of ours: {type(error).__name__}: {error}\n  hint: REPORTGEN_TRACEBACK=1 shows where; please report it with the brief",
            file=sys.stderr,
        )
        return ExitCode.BUG


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reportgen", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"reportgen {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    memo = _command(commands, "memo", _memo, "make the policy memo, a tagged PDF")
    _takes_brief(memo, "memo.pdf")
    memo.add_argument(
        "--profile",
        metavar="NAME",
        help="the memo's form: info, action, decision or onepage; the brief's own by default",
    )
    memo.add_argument("--paper", choices=("letter", "a4"), default="letter", help="paper size (default: letter)")
    memo.add_argument(
        "--attach-brief",
        action="store_true",
        help="put the brief's file into the PDF, beside its evidence and its data",
    )

    deck = _command(commands, "deck", _deck, "make the briefing deck, an editable PowerPoint file")
    _takes_brief(deck, "deck.pptx")
    deck.add_argument(
        "--theme", metavar="FILE", type=Path, help="a house's .pptx or .potx, or its map (.yml), see theme inspect"
    )
    deck.add_argument(
        "--fit-report", metavar="FILE", type=Path,
        help='how full each box is: a table, or JSON where FILE ends so; "-" prints the table',
    )  # fmt: skip
    deck.add_argument(
        "--proof", metavar="DIR", type=Path, help="pictures of the slides with their boxes, drawn by LibreOffice"
    )
    deck.add_argument("--handout", metavar="FILE", type=Path, help="what is shown and said, as a PDF to hold in hand")
    deck.epilog = "A theme may also be named in _brand.yml: defaults: {reportgen: {deck: {theme: agency.pptx}}}"

    theme = commands.add_parser("theme", help="look into a house's PowerPoint template")
    actions = theme.add_subparsers(title="commands", metavar="COMMAND", required=True)
    inspect = _command(
        actions, "inspect", _inspect, "list and draw a theme's layouts, and what stands for each of ours"
    )
    inspect.add_argument("file", metavar="FILE", type=Path, help="a .pptx or .potx file")
    inspect.add_argument("--write", metavar="MAP", type=Path, help="write the mapping to a .yml file, to be edited")
    inspect.epilog = "Exit code 6 when the theme can't hold our layouts."

    build = _command(commands, "build", _build, "make memo and deck of one or more briefs")
    build.add_argument("briefs", metavar="BRIEF", nargs="*", type=Path, help="the brief (default: ./brief.yaml)")
    build.add_argument("--output-dir", metavar="DIR", type=Path, default=None, help="where files go (default: build)")
    build.add_argument("--no-check", action="store_true", help="build without check and audit, and say so")
    _quiet(build)

    check = _command(commands, "check", _check, "check a brief against its sources and the rules of docs/rules.md")
    check.add_argument("brief", metavar="BRIEF", nargs="?", type=Path, help="the brief (default: ./brief.yaml)")
    check.add_argument(
        "--source", metavar="FILE", action="append", default=[],
        help="the source's text (txt, md, html, pdf, docx); ID=FILE where the brief has several sources",
    )  # fmt: skip
    check.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    check.epilog = (
        "When every quote is found, evidence.lock is written beside the brief: from then on the brief is checked"
        " without the text. Exit code 4 when the evidence does not carry the brief."
    )
    _quiet(check)

    audit = _command(commands, "audit", _audit, "hold finished files, edited ones too, against their brief")
    audit.add_argument("brief", metavar="BRIEF", type=Path, help="the brief that the files were made from")
    audit.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a memo (.pdf) or a deck (.pptx)")
    audit.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    audit.epilog = "Exit code 4 when a file says anything that its brief does not."
    _quiet(audit)

    distribute = _command(
        commands,
        "distribute",
        _distribute,
        "make a stamped packet for everybody on a list, and say who has which version",
    )
    distribute.add_argument("brief", metavar="BRIEF", nargs="?", type=Path, help="the brief (default: ./brief.yaml)")
    distribute.add_argument("--to", metavar="FILE", type=Path, help="the list of recipients, a CSV file")
    distribute.add_argument("--output-dir", metavar="DIR", type=Path, help="where packets, manifest and ledger go")
    distribute.add_argument(
        "--numbered",
        action="store_true",
        help="print on each page and slide whose copy it is; public material needs none",
    )
    distribute.add_argument("--zip", action="store_true", help="each packet as one zip file in place of a folder")
    distribute.add_argument("--jobs", metavar="N", type=int, default=1, help="how many packets at a time (default: 1)")
    distribute.add_argument(
        "--new-edition", action="store_true", help="begin a new version in a folder that has an earlier one"
    )
    distribute.add_argument(
        "--verify", metavar="DIR", type=Path, help="check that a folder's packets are what was given"
    )
    distribute.add_argument(
        "--whose",
        metavar="FILE",
        type=Path,
        help="tell whose numbered copy a file is: a memo, a deck, or its words as text",
    )
    distribute.add_argument("--in", dest="folder", metavar="DIR", type=Path, help="the folder that the copy came from")
    distribute.epilog = (
        "Each packet has the documents that its row names and a letter as a draft mail (letter.eml). A run that was stopped"
        " is repeated with the same command. Exit code 4 when packets are not what was given, or a file is nobody's."
    )
    _quiet(distribute)

    init = _command(commands, "init", _init, "write a small commented brief and its article to start from")
    init.add_argument(
        "folder", metavar="DIR", type=Path, help="a folder, made if need be; nothing in it is overwritten"
    )

    schema = _command(commands, "schema", _schema, "print the brief's JSON Schema, for editors")
    schema.epilog = (
        "In an editor with YAML support, begin the brief with: # yaml-language-server: $schema=brief.schema.json"
    )
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    about: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    parser.set_defaults(run=run)
    return parser


def _takes_brief(parser: argparse.ArgumentParser, ending: str) -> None:
    parser.add_argument("brief", metavar="BRIEF", nargs="?", type=Path, help="the brief (default: ./brief.yaml)")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help=f'the file to write (default: build/SLUG-{ending}); "-" is stdout',
    )
    _quiet(parser)


def _quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-q", "--quiet", action="store_true", help="print diagnostics only")


def _memo(parsed: argparse.Namespace) -> int:
    return _one("memo", parsed, profile=parsed.profile, paper=parsed.paper, attach_brief=parsed.attach_brief)


def _deck(parsed: argparse.Namespace) -> int:
    from reportgen.brief import load_brief
    from reportgen.build import DeckWishes, build_deck
    from reportgen.files import write_all
    from reportgen.kinds import KINDS, OUTPUT_DIR

    progress = Progress(parsed.quiet)
    path = _brief_path(parsed.brief, progress)
    printed = parsed.fit_report and str(parsed.fit_report) == "-"
    to_stdout = parsed.output and str(parsed.output) == "-"
    if printed and to_stdout:
        raise UsageError("the deck and its fit report both go to stdout", hint="name a file for one of them")
    for output in (parsed.output, parsed.handout, None if printed else parsed.fit_report):
        _check_output(output, path, KINDS["deck"])
    _check_apart([parsed.output, parsed.handout, parsed.fit_report])
    with progress:
        progress.stage(f"reading {path}")
        brief = load_brief(path)
        wishes = DeckWishes(parsed.theme, parsed.fit_report, parsed.proof, parsed.handout)
        built = build_deck(brief, wishes, progress.stage)
    if built.estimated:
        print(f"warning: {built.estimated}", file=sys.stderr)
    files = dict(built.files)
    if printed:
        sys.stdout.write(files.pop(parsed.fit_report).decode())
    if to_stdout:
        sys.stdout.buffer.write(built.data)
        sys.stdout.buffer.flush()
    else:
        files = {parsed.output or OUTPUT_DIR / KINDS["deck"].file_name(brief.slug): built.data, **files}
    write_all(files)
    for target, data in files.items():
        if to_stdout:
            progress.note(str(target))
        else:
            progress.result(target, len(data))
    for picture in built.pictures:
        progress.note(str(picture))
    return ExitCode.OK


def _check_apart(outputs: Sequence[Path | None]) -> None:
    named = [str(output) for output in outputs if output and str(output) != "-"]
    if twice := next((name for name in named if named.count(name) > 1), None):
        raise UsageError("two outputs would go into one file", Location(twice), "name another file for one of them")


def _inspect(parsed: argparse.Namespace) -> int:
    from reportgen import brand
    from reportgen.deck import theme as themes
    from reportgen.deck.theme import inspect, mapfile
    from reportgen.errors import TemplateError
    from reportgen.files import read, write

    house = themes.read(read(parsed.file), str(parsed.file))
    chosen, faults = house.proposed()
    sys.stdout.write(inspect.described(house, brand.load(), chosen))
    sys.stdout.flush()
    if faults:
        raise TemplateError(faults)
    if parsed.write:
        name = os.path.relpath(parsed.file, parsed.write.parent)
        write(parsed.write, mapfile.written(name, chosen, house.layouts).encode())
        print(f"wrote {parsed.write}", file=sys.stderr)
    return ExitCode.OK


def _one(name: str, parsed: argparse.Namespace, **options: str | bool | None) -> int:
    """Make one document and put it where it belongs."""
    from reportgen.brief import load_brief
    from reportgen.files import write
    from reportgen.kinds import KINDS, OUTPUT_DIR

    progress = Progress(parsed.quiet)
    path = _brief_path(parsed.brief, progress)
    kind = KINDS[name]
    if options.get("profile"):
        from reportgen.memo.profiles import profile

        profile(str(options["profile"]))
    _check_output(parsed.output, path, kind)
    with progress:
        progress.stage(f"reading {path}")
        brief = load_brief(path)
        progress.stage(f"making the {name}")
        data = kind.render(brief, **options)
    if parsed.output and str(parsed.output) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return ExitCode.OK
    target = parsed.output or OUTPUT_DIR / kind.file_name(brief.slug)
    write(target, data)
    progress.result(target, len(data))
    return ExitCode.OK


def _check_output(output: Path | None, brief: Path, kind: DocumentKind) -> None:
    """Refuse, before any work is done, an output that would be lost or would destroy the brief."""
    if not output:
        return
    if str(output) == "-":
        hint = f"send it on: reportgen {kind.name} -o - > file{kind.suffix}"
        if sys.stdout.isatty():
            raise UsageError(f"a {kind.suffix} file is not for a terminal", hint=hint)
        if sys.stdout.name == os.devnull:
            raise FileError("stdout is closed", hint=hint)
    elif output.exists() and brief.exists() and output.samefile(brief):
        raise UsageError("the output would overwrite the brief", Location(str(output)), "name another file")


def _build(parsed: argparse.Namespace) -> int:
    from reportgen.build import build
    from reportgen.kinds import OUTPUT_DIR

    progress = Progress(parsed.quiet)
    worst = ExitCode.OK
    for path in parsed.briefs or [_brief_path(None, progress)]:
        try:
            with progress:
                built = build(path, parsed.output_dir or OUTPUT_DIR, not parsed.no_check, progress.stage)
        except ReportgenError as error:
            worst = max(worst, ExitCode(tell(error)))
            continue
        if built.check is None:
            progress.note(f"{path}: neither the evidence nor the files were checked")
        else:
            print_findings(built.check.findings)
        for report in built.audits:
            print_findings(report.findings)
        for file in built.files:
            progress.result(file.path, file.size)
    return worst


def _check(parsed: argparse.Namespace) -> int:
    from reportgen import evidence
    from reportgen.brief import load_brief
    from reportgen.files import write

    progress = Progress(parsed.quiet)
    path = _brief_path(parsed.brief, progress)
    with progress:
        progress.stage(f"checking {path}")
        brief = load_brief(path)
        report = evidence.check(brief, evidence.assign(brief, parsed.source))
    if report.lock:
        write(brief.folder / evidence.LOCK_NAME, report.lock)
        progress.note(f"wrote {brief.folder / evidence.LOCK_NAME}")
    if parsed.format == "json":
        print_json(report.as_dict())
    else:
        print_findings(report.findings)
        for silenced in report.silenced:
            progress.note(f"{silenced.finding.where}: silenced [{silenced.finding.rule}]: {silenced.reason}")
        for note in report.notes:
            print(note, file=sys.stderr)
        progress.line(report.summary())
    return ExitCode.OK if report.passed else ExitCode.EVIDENCE


def _audit(parsed: argparse.Namespace) -> int:
    from reportgen.audit import audit, differences
    from reportgen.brief import load_brief
    from reportgen.files import read

    progress = Progress(parsed.quiet)
    reports = []
    with progress:
        progress.stage(f"reading {parsed.brief}")
        brief = load_brief(parsed.brief)
        for file in parsed.files:
            progress.stage(f"reading {file}")
            reports.append(audit(brief, read(file), str(file)))
    disagreements = differences(reports)
    if parsed.format == "json":
        print_json(
            {
                "files": [report.as_dict() for report in reports],
                "differences": [each.as_dict() for each in disagreements],
            }
        )
    else:
        for report in reports:
            print_findings(report.findings)
            for unread in report.unread:
                print(f"{report.file}: not read: {unread}", file=sys.stderr)
            progress.line(report.summary())
        for each in disagreements:
            print(f"memo and deck differ: {each}", file=sys.stderr)
    return ExitCode.OK if all(report.passed for report in reports) else ExitCode.EVIDENCE


def _distribute(parsed: argparse.Namespace) -> int:
    if parsed.verify:
        return _verify(parsed)
    if parsed.whose:
        return _whose(parsed)
    from reportgen.distribute.manifest import MANIFEST
    from reportgen.distribute.run import Wishes, distribute

    if not parsed.to or not parsed.output_dir:
        missing = "--to FILE" if not parsed.to else "--output-dir DIR"
        raise UsageError(
            f"{missing} is missing", hint="reportgen distribute brief.yaml --to recipients.csv --output-dir packets"
        )
    if parsed.jobs < 1:
        raise UsageError(f"--jobs {parsed.jobs}: at least one worker is needed")
    progress = Progress(parsed.quiet)
    path = _brief_path(parsed.brief, progress)
    wishes = Wishes(parsed.numbered, parsed.zip, parsed.jobs, parsed.new_edition)
    with progress:
        done = distribute(path, parsed.to, parsed.output_dir, wishes, progress.stage)
    print_diagnostics(done.warnings)
    for packet in done.manifest.packets:
        for file in packet.files:
            progress.line(str(parsed.output_dir / file.path))
    lying = f", {done.kept} lay there already" if done.kept else ""
    progress.note(
        f"{done.made} packet{'s' * (done.made != 1)} made{lying}; version {done.manifest.version}; "
        f"see {parsed.output_dir / MANIFEST}"
    )
    return ExitCode.OK


def _verify(parsed: argparse.Namespace) -> int:
    from reportgen.distribute.manifest import verify

    manifest, found = verify(parsed.verify)
    print_diagnostics(found)
    faults = sum(each.severity == "error" for each in found)
    files = sum(len(packet.files) for packet in manifest.packets)
    Progress(parsed.quiet).line(
        f"{parsed.verify}: version {manifest.version}, {len(manifest.packets)} packets, {files} files: "
        + (f"{faults} fault{'s' * (faults != 1)}" if faults else "all as they were given")
    )
    return ExitCode.EVIDENCE if faults else ExitCode.OK


def _whose(parsed: argparse.Namespace) -> int:
    from reportgen.distribute.whose import whose

    if not parsed.folder:
        raise UsageError("--in DIR is missing", hint="name the folder that the copy came from")
    owner = whose(parsed.whose, parsed.folder)
    about = ", ".join(part for part in (owner.name, owner.organization, owner.email) if part)
    print(f"{parsed.whose}: copy {owner.stamp.number}, version {owner.stamp.version}, {owner.stamp.date}: {about}")
    return ExitCode.OK


def _brief_path(given: Path | None, progress: Progress) -> Path:
    """The brief that is meant: the one named, ./brief.yaml, or the one that a checkout carries."""
    if given is not None:
        return given
    here, bundled = Path("brief.yaml"), resources.bundled_brief()
    if here.is_file() or bundled is None:
        if not here.is_file():
            raise FileError(
                "there is no such file",
                Location("brief.yaml"),
                "name the brief, or write one to start from: reportgen init DIR",
            )
        chosen = here
    else:
        chosen = Path(os.path.relpath(bundled)) if bundled.is_relative_to(Path.cwd()) else bundled
    progress.note(f"no brief named: using {chosen}")
    return chosen


def _init(parsed: argparse.Namespace) -> int:
    from reportgen.files import write

    folder: Path = parsed.folder
    samples = sorted(path for path in (resources.template_folder() / "init").iterdir() if path.is_file())
    for sample in samples:
        if (folder / sample.name).exists():
            raise FileError(
                "is there already, and is not overwritten", Location(str(folder / sample.name)), "name another folder"
            )
    for sample in samples:
        write(folder / sample.name, sample.read_bytes())
        print(folder / sample.name)
    print(f"next: reportgen build {folder / 'brief.yaml'}", file=sys.stderr)
    return ExitCode.OK


def _schema(_: argparse.Namespace) -> int:
    sys.stdout.buffer.write(resources.asset("brief.schema.json").read_bytes())
    return ExitCode.OK
