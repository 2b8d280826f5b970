"""`reportgen distribute`: packets, and the questions that are asked of them."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import brief_path, command, draws, quiet, workshop_for
from reportgen.cli.terminal import Progress, print_diagnostics
from reportgen.system.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from reportgen.distribute.mail.delivery import MailResult
    from reportgen.distribute.mail.mail_run import Mailing, Question


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands,
        "distribute",
        run,
        "make a stamped packet for everybody on a list, and say who has which version",
    )
    parser.add_argument("brief", metavar="BRIEF", nargs="?", type=Path, help="the brief (default: ./brief.yaml)")
    parser.add_argument("--to", metavar="FILE", type=Path, help="the list of recipients, a CSV file")
    parser.add_argument("--output-dir", metavar="DIR", type=Path, help="where packets, manifest and ledger go")
    parser.add_argument(
        "--numbered",
        action="store_true",
        help="print on each page and slide whose copy it is; public material needs none",
    )
    parser.add_argument("--zip", action="store_true", help="each packet as one zip file in place of a folder")
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="how many packets at a time (default: 1)")
    parser.add_argument(
        "--dask", metavar="ADDRESS", default="", help="let a Dask cluster make them: its scheduler, as tcp://HOST:8786"
    )
    parser.add_argument(
        "--encrypt",
        action="store_true",
        help="copies open with the password in REPORTGEN_COPY_PASSWORD alone (AES-256)",
    )
    parser.add_argument(
        "--new-edition", action="store_true", help="begin a new version in a folder that has an earlier one"
    )
    _mail_options(parser)
    parser.add_argument("--verify", metavar="DIR", type=Path, help="check that a folder's packets are what was given")
    parser.add_argument(
        "--whose",
        metavar="FILE",
        type=Path,
        help="tell whose numbered copy a file is: a memo, a deck, or its words as text",
    )
    parser.add_argument("--in", dest="folder", metavar="DIR", type=Path, help="the folder that the copy came from")
    parser.epilog = (
        "Each packet has the documents that its row names and a letter as a draft mail (letter.eml). A run that was stopped"
        " is repeated with the same command. Exit code 4 when packets are not what was given, or a file is nobody's; 7 when"
        " not everybody was sent their mail."
    )
    draws(parser)
    quiet(parser)


def _mail_options(parser: argparse.ArgumentParser) -> None:
    mail = parser.add_argument_group(
        "mail",
        "The login comes from REPORTGEN_SMTP_USER and REPORTGEN_SMTP_PASSWORD, or the password from the system's keyring.",
    )
    mail.add_argument(
        "--send", metavar="URL", help="mail the packets: smtp+tls://HOST[:PORT] or smtp+starttls://HOST[:PORT]"
    )
    mail.add_argument("--from", dest="sender", metavar="ADDRESS", help="the sender (default: REPORTGEN_SMTP_USER)")
    mail.add_argument(
        "--sample", metavar="N", type=int, help="send the first N mails to the sender alone, and none to anybody else"
    )
    mail.add_argument("--limit", metavar="N", type=int, help="at most so many mails; the next run goes on from there")
    mail.add_argument("--pause", metavar="SECONDS", type=float, help="between two mails (default: 0)")
    mail.add_argument("--yes", action="store_true", help="send without asking")


def run(parsed: argparse.Namespace) -> int:
    _need_one_question(parsed)
    if parsed.verify:
        return _verify(parsed)
    if parsed.whose:
        return _whose(parsed)
    from reportgen.distribute.distribution import Wishes, distribute
    from reportgen.distribute.manifest import MANIFEST, packet_files
    from reportgen.distribute.packet_makers import Crew

    if not parsed.to or not parsed.output_dir:
        missing = "--to FILE" if not parsed.to else "--output-dir DIR"
        raise UsageError(
            f"{missing} is missing", hint="reportgen distribute brief.yaml --to recipients.csv --output-dir packets"
        )
    if parsed.jobs < 1:
        raise UsageError(f"--jobs {parsed.jobs}: at least one worker is needed")
    if parsed.dask and parsed.jobs > 1:
        raise UsageError("--jobs and --dask both say who makes the packets", hint="give one of them")
    progress = Progress(parsed.quiet)
    path = brief_path(parsed.brief, progress)
    crew, word = Crew(parsed.jobs, parsed.dask), _password() if parsed.encrypt else ""
    wishes = Wishes(
        parsed.numbered, parsed.zip, crew, parsed.new_edition, word, _mailing(parsed, progress), workshop_for(parsed)
    )
    with progress:
        done = distribute(path, parsed.to, parsed.output_dir, wishes, progress.stage, progress.warn)
    for name in packet_files(parsed.output_dir):
        progress.line(str(parsed.output_dir / name))
    lying = f", {done.kept} lay there already" if done.kept else ""
    progress.note(
        f"{done.made} packet{'s' * (done.made != 1)} made{lying}; version {done.version}; "
        f"see {parsed.output_dir / MANIFEST}"
    )
    return _told(done.mail, progress) if done.mail else ExitCode.OK


def _need_one_question(parsed: argparse.Namespace) -> None:
    """Packets are made, checked or told whose they are: an option that the others have is no wish of ours to ignore."""
    question = "--verify" if parsed.verify else "--whose" if parsed.whose else "the making of packets"
    foreign = {"--in": parsed.folder} if question != "--whose" else {}
    if parsed.verify or parsed.whose:
        names = ("brief", "to", "output_dir", "numbered", "zip", "encrypt", "dask", "new_edition", "send")
        foreign |= {
            "BRIEF" if name == "brief" else f"--{name.replace('_', '-')}": getattr(parsed, name) for name in names
        }
    if parsed.verify:
        foreign["--whose"] = parsed.whose
    if wrong := [option for option, given in foreign.items() if given]:
        hint = "reportgen distribute --verify DIR, or --whose FILE --in DIR, or BRIEF --to FILE --output-dir DIR"
        raise UsageError(f"not together with {question}: {', '.join(wrong)}", hint=hint)


def _password() -> str:
    from reportgen.distribute import encryption

    encryption.require_packages()
    return encryption.read_password(os.environ)


def _mailing(parsed: argparse.Namespace, progress: Progress) -> Mailing | None:
    """How mail is to be sent; judged before any work is done."""
    if not parsed.send:
        for option in ("sender", "sample", "limit", "pause", "yes"):
            if (given := getattr(parsed, option)) is not None and given is not False:
                raise UsageError(f"--{'from' if option == 'sender' else option} is for mail, and there is no --send")
        return None
    from reportgen.distribute.mail.delivery import Pace
    from reportgen.distribute.mail.mail_run import Mailing
    from reportgen.distribute.mail.mail_server import USER, Server, read_login, read_timeout
    from reportgen.distribute.mail.outgoing import Sender

    server = Server.parse(parsed.send)
    sender = Sender.parse(parsed.sender, os.environ.get(USER, ""))
    for name in ("sample", "limit"):
        if (number := getattr(parsed, name)) is not None and number < 1:
            raise UsageError(f"--{name} {number}: at least one")
    if parsed.sample and parsed.limit:
        raise UsageError(
            "--sample and --limit both say how many mails", hint="samples go to the sender, and are not counted"
        )
    if not 0 <= (pause := parsed.pause or 0.0) <= 86_400:
        raise UsageError(f"--pause {pause:g}: seconds, and at most a day")
    if not (parsed.yes or parsed.sample or sys.stdin.isatty()):
        raise UsageError("nobody is here to be asked before mail goes out", hint="--yes sends without asking")

    def confirm(question: Question) -> bool:
        if parsed.yes:
            progress.note(str(question))
            return True
        count = f"{question.count} mail{'s' * (question.count != 1)}"
        return progress.ask(str(question), f"send {count}? type yes:").casefold() == "yes"

    pace = Pace(parsed.limit, pause)
    return Mailing(
        server,
        read_login(server, os.environ),
        sender,
        confirm,
        read_timeout(os.environ),
        pace,
        samples=parsed.sample or 0,
    )


def _told(mail: MailResult, progress: Progress) -> int:
    """How the mail went, and the exit code for it."""
    print_diagnostics((*mail.failed, *(mail.stopped.diagnostics if mail.stopped else ())))
    progress.note(str(mail))
    return ExitCode.OK if mail.is_complete else ExitCode.FILE


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
    from reportgen.distribute.whose import find_owner

    if not parsed.folder:
        raise UsageError("--in DIR is missing", hint="name the folder that the copy came from")
    owner = find_owner(parsed.whose, parsed.folder)
    about = ", ".join(part for part in (owner.name, owner.organization, owner.email) if part)
    print(f"{parsed.whose}: copy {owner.stamp.number}, version {owner.stamp.version}, {owner.stamp.date}: {about}")
    return ExitCode.OK
