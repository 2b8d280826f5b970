"""`reportgen distribute`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import add_command, add_options, document_options, find_brief, open_workers
from reportgen.cli.terminal import Terminal, print_diagnostics
from reportgen.system.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from reportgen.distribution.mail.delivery import MailResult
    from reportgen.distribution.mail.mail_run import Mailing, Question


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "distribute", run, "make a stamped packet for everybody on a list, and mail it")
    add_options(parser, "brief")
    parser.add_argument("--to", metavar="FILE", type=Path, required=True, help="the list of recipients, a CSV file")
    parser.add_argument(
        "--output-dir", metavar="DIR", type=Path, required=True, help="the folder for packets, manifest and ledger"
    )
    add_options(parser, "profile", "paper", "copy", "theme")
    parser.add_argument(
        "--numbered", action="store_true", help="print each copy's number and holder on every page and slide"
    )
    parser.add_argument("--zip", action="store_true", help="make each packet one zip file instead of a folder")
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="how many packets at a time (default: 1)")
    parser.add_argument(
        "--dask", metavar="ADDRESS", default="", help="let a Dask cluster make them: its scheduler, as tcp://HOST:8786"
    )
    parser.add_argument(
        "--encrypt", action="store_true", help="encrypt copies (AES-256) with the password in REPORTGEN_COPY_PASSWORD"
    )
    parser.add_argument("--new-edition", action="store_true", help="begin a new version after the brief has changed")
    _add_mail_options(parser)
    parser.epilog = (
        "Each packet has the documents that its row names and a letter as a draft mail (letter.eml). To continue a run"
        " that was stopped, repeat the command. Exit code 7 when not everybody was sent their mail."
    )
    add_options(parser, "cache", "quiet")


def _add_mail_options(parser: argparse.ArgumentParser) -> None:
    mail = parser.add_argument_group(
        "mail",
        "The login comes from REPORTGEN_SMTP_USER and REPORTGEN_SMTP_PASSWORD, or the password from the system's keyring.",
    )
    mail.add_argument(
        "--send", metavar="URL", help="mail the packets: smtp+tls://HOST[:PORT] or smtp+starttls://HOST[:PORT]"
    )
    mail.add_argument("--from", dest="sender", metavar="ADDRESS", help="the sender (default: REPORTGEN_SMTP_USER)")
    mail.add_argument(
        "--sample", metavar="N", type=int, help="send the first N mails to the sender instead, and none to recipients"
    )
    mail.add_argument("--limit", metavar="N", type=int, help="send at most N mails; the next run continues from there")
    mail.add_argument("--pause", metavar="SECONDS", type=float, help="wait between two mails (default: 0)")
    mail.add_argument(
        "--give-up",
        metavar="MINUTES",
        type=float,
        help="try for so long again what the server refuses for now (default: 30)",
    )
    mail.add_argument("--yes", action="store_true", help="send without asking")


def run(parsed: argparse.Namespace) -> int:
    from reportgen.distribution.manifest import MANIFEST, packet_files
    from reportgen.distribution.packet_makers import Executors
    from reportgen.distribution.run import DistributionOptions, distribute

    if parsed.jobs < 1:
        raise UsageError(f"--jobs {parsed.jobs}: at least one worker is needed")
    if parsed.dask and parsed.jobs > 1:
        raise UsageError("--jobs and --dask both choose who makes the packets", hint="give one of them")
    documents = document_options(parsed)
    terminal = Terminal(parsed.quiet)
    path = find_brief(parsed.brief, terminal)
    executors, password = Executors(parsed.jobs, parsed.dask), _read_password() if parsed.encrypt else ""
    mailing = _plan_mailing(parsed, terminal)
    with terminal.showing(), open_workers(parsed) as workers:
        options = DistributionOptions(
            parsed.numbered, parsed.zip, executors, parsed.new_edition, password, mailing, documents, workers
        )
        result = distribute(path, parsed.to, parsed.output_dir, options, terminal.warn)
    for name in packet_files(parsed.output_dir):
        terminal.line(str(parsed.output_dir / name))
    kept = f", {result.kept} kept from earlier runs" if result.kept else ""
    terminal.note(
        f"{result.made} packet{'s' * (result.made != 1)} made{kept}; version {result.version}; "
        f"see {parsed.output_dir / MANIFEST}"
    )
    return _print_mail(result.mail, terminal) if result.mail else ExitCode.OK


def _read_password() -> str:
    from reportgen.distribution import encryption

    encryption.require_packages()
    return encryption.read_password(os.environ)


def _plan_mailing(parsed: argparse.Namespace, terminal: Terminal) -> Mailing | None:
    """Return how mail is to be sent, checked before any work is done. Raises UsageError."""
    if not parsed.send:
        for option in ("sender", "sample", "limit", "pause", "give_up", "yes"):
            if (value := getattr(parsed, option)) is not None and value is not False:  # a 0 was given, too
                name = "from" if option == "sender" else option.replace("_", "-")
                raise UsageError(f"--{name} needs --send")
        return None
    from reportgen.distribution.mail.mail_run import plan_mailing

    def confirm(question: Question) -> bool:
        if parsed.yes:
            terminal.note(str(question))
            return True
        count = f"{question.count} mail{'s' * (question.count != 1)}"
        return terminal.ask(str(question), f"send {count}? type yes:").casefold() == "yes"

    give_up = {} if parsed.give_up is None else {"give_up": parsed.give_up}
    mailing = plan_mailing(
        parsed.send, parsed.sender, confirm, parsed.sample, parsed.limit, parsed.pause or 0.0, **give_up
    )
    if not (parsed.yes or parsed.sample or sys.stdin.isatty()):
        raise UsageError("nobody is at the terminal to confirm the mails", hint="--yes sends without asking")
    return mailing


def _print_mail(mail: MailResult, terminal: Terminal) -> int:
    """Print how the mail went, and return the exit code for it."""
    print_diagnostics((*mail.failed, *(mail.stopped.diagnostics if mail.stopped else ())))
    terminal.note(str(mail))
    return ExitCode.OK if mail.is_complete else ExitCode.FILE
