"""`reportgen clear`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.cli.options import add_command, add_options, find_brief
from reportgen.cli.terminal import Terminal, print_json
from reportgen.system.errors import ExitCode, UsageError
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.clearances.clearance_review import OfficeReview


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(
        commands, "clear", run, "record what an office answered, with a hash of the words that it cleared"
    )
    parser.add_argument("office", metavar="OFFICE", nargs="?", help="an office that the brief lists")
    add_options(parser, "brief")
    parser.add_argument("--list", action="store_true", help="list the offices, their answers and what changed since")
    parser.add_argument("--name", metavar="NAME", help="who answered for the office")
    parser.add_argument(
        "--answer", metavar="ANSWER", help='ok, "ok with comments", information or "no reply" (default: ok)'
    )
    parser.add_argument("--date", metavar="DAY", help="the day of the answer, such as 2026-11-30 (default: today)")
    parser.add_argument("--comments", metavar="TEXT", help="what the office commented")
    add_options(parser, "format", "quiet")
    parser.epilog = (
        "The answer is written into `clearances` of the brief; every other byte stays. When a recommendation, a point or another part"
        " changes after that, `check` and the memo's last page say so. Nothing is written with --list."
    )


def run(parsed: argparse.Namespace) -> int:
    terminal = Terminal(parsed.quiet)
    from reportgen.brief import load_brief
    from reportgen.clearances.clearance_record import find_office, record_clearance
    from reportgen.clearances.clearance_review import review_offices
    from reportgen.system.files import write_file

    office, named = parsed.office, parsed.brief
    if parsed.list:
        office, named = None, named or (Path(office) if office else None)
        _refuse_answer(parsed)
    elif not office:
        raise UsageError(
            "no office is named", hint="name one that the brief lists, or list them: reportgen clear --list"
        )
    day = _parse_day(parsed.date)
    path = find_brief(named, terminal)
    with terminal.showing():
        report(Stage.READING, str(path))
        brief = load_brief(path)
        if office:
            data = record_clearance(
                brief, office, parsed.answer or "ok", on=day, name=parsed.name, comments=parsed.comments
            )
            write_file(path, data)
            brief = load_brief(path)
    reviews = (find_office(brief, office),) if office else review_offices(brief)
    if parsed.format == "json":
        print_json({"clearances": [_as_dict(brief, each) for each in reviews]})
    else:
        for line in _list(brief, reviews):
            terminal.line(line)
    return ExitCode.OK


def _refuse_answer(parsed: argparse.Namespace) -> None:
    if given := [name for name in ("name", "answer", "date", "comments") if getattr(parsed, name) is not None]:
        raise UsageError(f"--list writes nothing, so it takes no --{given[0]}", hint="leave one of the two out")


def _parse_day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--date: "{text}" is no day', hint="write it as 2026-11-30") from None


def _list(brief: Brief, reviews: tuple[OfficeReview, ...]) -> Iterator[str]:
    """Yield a line for each office: where it stands, who answered and when."""
    from reportgen.clearances.clearance_wording import describe_standing

    if not reviews:
        yield "no office clears this brief"
    for each in reviews:
        record = each.record
        answered = f"{record.answer}, " if record and record.answer and each.standing in ("cleared", "changed") else ""
        by = ", ".join(str(part) for part in (record.name, record.date) if part) if record else ""
        comments = f": {record.comments}" if record and record.comments else ""
        yield f"{each.office}: {answered}{describe_standing(brief, each)}{f' ({by})' if by else ''}{comments}"


def _as_dict(brief: Brief, review: OfficeReview) -> dict[str, Any]:
    from reportgen.clearances.clearance_wording import describe_standing

    record = review.record
    return {
        "office": review.office,
        "name": record.name if record else None,
        "answer": record.answer if record else None,
        "date": record.date.isoformat() if record and record.date else None,
        "comments": record.comments if record else None,
        "draft": record.draft if record else None,
        "standing": review.standing,
        "says": describe_standing(brief, review),
        "changes": [{"change": each.kind, "part": each.path} for each in review.changes],
    }
