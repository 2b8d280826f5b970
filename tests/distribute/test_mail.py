"""`distribute --send` for its user: what is asked, what is sent, who is refused, and that no password is printed."""

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
import trustme

from reportgen.cli import main
from reportgen.distribution.ledger.ledger import Ledger
from reportgen.distribution.manifest import digest
from reportgen.distribution.run import LEDGER
from tests.conftest import ROOT
from tests.distribute.mailserver import PASSWORD, SENDER, MailServer

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server does not know of TLS from the first byte
PEOPLE = "name,email,documents\nAda Example,ada@town.example,memo\nBo Example,bo@port.example,memo\nCy,cy@sub.town.example,memo\n"
BANNER = "CUI//SP-PRVCY"
CUI = f"banner: {BANNER}, designation: {{controlled_by: [X, Y], categories: PRVCY, contact: desk@harbor.example}}"


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A server that wants TLS and a login, and an environment that has both."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REPORTGEN_SMTP_USER", SENDER)
    monkeypatch.setenv("REPORTGEN_SMTP_PASSWORD", PASSWORD)
    with MailServer(authority.issue_cert("localhost"), login=True) as server:
        yield server


@pytest.fixture
def mail(place, server):
    """Distribute by mail; the exit code."""
    place.people.write_text(PEOPLE)
    return partial(place, "--send", server.url("smtp+tls"))


@pytest.fixture
def ledger(place):
    def states():
        with Ledger.read(place.out / LEDGER) as ledger:
            return [record.state for record in ledger.records()]

    return states


def mark(place, text):
    place.brief.write_text(place.brief.read_text() + f"\nmarking: {text}\n")


def test_everybody_is_sent_their_packet_once(mail, server, place, ledger, capsys):
    assert mail("--numbered", "--yes") == 0
    assert dict(server.taken) == {"ada@town.example": 1, "bo@port.example": 1, "cy@sub.town.example": 1}
    output = capsys.readouterr()
    for words in (
        "mails:     3",
        "subject:   The harbor should plan for longer ships",
        "markings:  none",
        f"server:    smtp+tls://localhost:{server.port}",
        f"sender:    {SENDER}",
        "to:        Ada Example <ada@town.example>, Bo Example",
        "3 mails sent; everybody has theirs",
    ):
        assert words in output.err
    assert ledger() == ["sent"] * 3
    (enclosed,) = server.parsed()[1].iter_attachments()
    assert enclosed.get_content() == next(place.out.rglob("002*/harbor-memo.pdf")).read_bytes()
    assert mail("--numbered", "--yes") == 0
    assert sum(server.taken.values()) == 3


def test_zip_packets_are_sent_as_they_are(mail, server, place):
    assert mail("--zip", "--yes", "--quiet") == 0
    (enclosed,) = server.parsed()[0].iter_attachments()
    assert enclosed.get_content().startswith(b"%PDF")
    assert sum(server.taken.values()) == 3
    first = next(place.out.rglob("001*.zip"))
    with Ledger.read(place.out / LEDGER) as ledger, ledger._connection as rows:
        assert (digest(first.read_bytes()),) in rows.execute("SELECT sha256 FROM file").fetchall()


def test_an_altered_packet_is_not_sent_until_it_is_rebuilt(mail, server, place, capsys):
    assert place("--quiet") == 0
    altered = next(place.out.rglob("001*/letter.eml"))
    altered.write_bytes(altered.read_bytes().replace(b"Ada", b"Eva"))
    assert mail("--yes") == 7
    assert f"{altered}: error: was altered since it was made: not sent to Ada Example" in capsys.readouterr().err
    assert "ada@town.example" not in server.taken
    altered.unlink()
    assert mail("--yes") == 0
    assert list(server.taken.values()) == [1, 1, 1]


def test_a_limit_and_the_next_run(mail, server, ledger, capsys):
    assert mail("--yes", "--limit", "2", "--pause", "0.01") == 0
    assert "2 mails sent; 1 left: the same command continues from here" in capsys.readouterr().err
    assert ledger() == ["sent", "sent", "built"]
    assert mail("--yes", "--limit", "2") == 0
    assert set(server.taken.values()) == {1}
    assert ledger() == ["sent"] * 3


def test_a_mail_that_may_have_arrived_is_announced_before_it_is_sent_again(mail, server, place, ledger, capsys):
    assert place("--quiet") == 0
    with sqlite3.connect(place.out / LEDGER) as rows:
        ((digest,),) = rows.execute("SELECT hash FROM edition")
    with Ledger.open(place.out / LEDGER) as opened, opened.open_edition(digest) as edition:
        message_id = edition.begin_attempt(1, "harbor.example")  # and a run that is killed here
    assert mail("--yes") == 0
    output = capsys.readouterr().err
    assert 'warning: copy 1 to "Ada Example" <ada@town.example>: may have arrived in an earlier run' in output
    assert server.parsed()[0]["Message-ID"] == message_id


def test_a_greylist_is_waited_for_as_long_as_is_asked(mail, server, ledger, capsys):
    server.at_rcpt = lambda mailbox, time: "451 greylisted" if "bo@" in mailbox else None
    assert mail("--yes", "--give-up", "0.01") == 7
    output = capsys.readouterr().err
    assert "gave up after 2 tries" in output
    assert ledger() == ["sent", "failed", "sent"]


def test_those_who_failed_do_not_use_up_the_limit(mail, server):
    server.at_rcpt = lambda mailbox, time: "550 unknown" if "ada" in mailbox else None
    assert mail("--yes", "--limit", "1", "--quiet") == 7
    assert mail("--yes", "--limit", "1", "--quiet") == 0
    assert mail("--yes", "--limit", "1", "--quiet") == 0
    assert set(server.taken) == {"bo@port.example", "cy@sub.town.example"}


def test_the_wait_for_a_greylist_can_be_interrupted(mail, server, place, ledger):
    """Exit code 130, and the ledger says what was sent and what was refused; the same command continues."""
    assert place("--quiet") == 0
    server.at_rcpt = lambda mailbox, time: "451 greylisted, come back in 300 s" if "bo@" in mailbox else None
    process = subprocess.Popen(
        [*distribute(place, server), "--yes"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while server.asked["rcpt", "cy@sub.town.example"] < 1 or sum(server.taken.values()) < 2:
        assert time.monotonic() < until, "the mails are sent"
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    output = process.communicate(timeout=30)[1]
    assert process.returncode == 130, output
    assert "stopped: 2 of 3 mails were sent; the same command continues from here" in output
    assert "Traceback" not in output
    assert ledger() == ["sent", "failed", "sent"]
    server.at_rcpt = lambda mailbox, time: None
    assert mail("--yes", "--quiet") == 0
    assert ledger() == ["sent"] * 3


def test_a_sample_goes_to_the_sender_alone(mail, server, ledger, capsys):
    assert mail("--sample", "2", "--from", f"Planning, staff <{SENDER}>") == 0
    assert dict(server.taken) == {SENDER: 2}
    first, second = server.parsed()
    assert first["Subject"] == "[sample for Ada Example] The harbor should plan for longer ships"
    assert first["To"] == first["From"] == f'"Planning, staff" <{SENDER}>'
    assert first["X-Unsent"] is None
    assert len(list(second.iter_attachments())) == 1
    assert ledger() == ["built"] * 3
    assert f"2 samples sent, to {SENDER} alone" in capsys.readouterr().err
    server.mails.clear()
    assert mail("--yes", "--quiet") == 0
    assert not {mail["Message-ID"] for mail in server.parsed()} & {first["Message-ID"], second["Message-ID"]}


def test_without_a_terminal_it_wants_a_yes(mail, server, place, capsys):
    assert mail() == 2
    assert "--yes sends without asking" in capsys.readouterr().err
    assert not place.out.exists()
    assert not server.helloes


def test_an_interrupt_reports_how_many_were_sent(mail, server, place, ledger):
    process = subprocess.Popen(
        [*distribute(place, server), "--yes", "--pause", "60"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background ignores it
    )
    while process.poll() is None and (not server.mails or ledger() != ["sent", "built", "built"]):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert "stopped: 1 of 3 mails were sent; the same command continues from here" in process.communicate()[1]
    assert process.returncode == 130
    assert mail("--yes", "--quiet") == 0
    assert list(server.taken.values()) == [1, 1, 1]


def distribute(place, server):
    return [
        *(sys.executable, "-m", "reportgen", "distribute", place.brief, "--to", place.people),
        *("--output-dir", place.out, "--send", server.url("smtp+tls")),
    ]


@pytest.mark.parametrize(("answer", "code", "count"), [("yes", 0, 3), ("y", 2, 0)])
def test_at_a_terminal_it_asks(mail, server, place, answer, code, count):
    keyboard, terminal = pty.openpty()
    process = subprocess.Popen(
        distribute(place, server),
        cwd=ROOT,
        stdin=terminal,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(terminal)
    os.write(keyboard, f"{answer}\n".encode())
    output = process.communicate()[1]
    os.close(keyboard)
    assert process.returncode == code, output
    assert "send 3 mails? type yes:" in output
    assert sum(server.taken.values()) == count
    assert ("nothing was sent" in output) == (not count)


def test_with_a_closed_stdin_nobody_is_asked_and_nothing_sent(place, server):
    done = subprocess.run(
        distribute(place, server), cwd=ROOT, capture_output=True, text=True, preexec_fn=lambda: os.close(0)
    )
    assert done.returncode == 2
    assert "nobody is at the terminal" in done.stderr
    assert not server.helloes


# The login


def test_the_password_is_nowhere(mail, server, place, capfd, tmp_path):
    listed = []

    def look(mailbox, time):
        with suppress(OSError):  # a process that has just ended
            listed.extend(path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline"))

    server.at_rcpt = look
    assert mail("--yes") == 0
    output = capfd.readouterr()
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert PASSWORD.encode() not in path.read_bytes(), path
    assert PASSWORD not in output.out + output.err
    assert listed
    assert not any(PASSWORD.encode() in arguments for arguments in listed)


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("REPORTGEN_SMTP_PASSWORD", "another", "refuses the login: 535"),
        ("SSL_CERT_FILE", "", "its certificate cannot be trusted"),
    ],
)
def test_a_login_or_certificate_that_fails_stops_it_before_any_attempt(
    mail, server, ledger, monkeypatch, capsys, variable, value, expected
):
    monkeypatch.setenv(variable, value)
    assert mail("--yes") == 7
    assert expected in capsys.readouterr().err
    assert ledger() == ["built"] * 3
    assert not server.asked


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--send", "smtp+tls://me:hunter2@localhost"], "set REPORTGEN_SMTP_USER and"),
        (["--send", "smtp://mail.example.org", "--yes"], "is not encrypted on the way to"),
        (["--send", "smtp+tls://localhost", "--yes", "--from", "nobody"], 'hint: write it like jane.doe@example.org'),
        (["--send", "smtp+tls://localhost", "--yes", "--from", "jäne@example.org"], "reject letters outside ASCII"),
        (["--send", "smtp+tls://localhost", "--yes", "--from", "a\x07 <jane@example.org>"], "cannot be printed"),
        (["--send", "smtp+tls://localhost", "--yes"], "--from ADDRESS is missing"),
        (["--send", "smtp+tls://localhost", "--from", "a@b.example", "--sample", "0"], "at least one"),
        (["--send", "smtp+tls://localhost", "--from", "a@b.example", "--sample", "3", "--limit", "1"], "both choose how many"),
        (["--send", "smtp+tls://localhost", "--from", "a@b.example", "--limit", "-1"], "at least one"),
        (["--send", "smtp+tls://localhost", "--from", "a@b.example", "--pause", "-1"], "at most a day"),
        (["--send", "smtp+tls://localhost", "--from", "a@b.example", "--pause", "nan"], "at most a day"),
        (["--send", "smtp+tls://localhost", "--from", "a@b.example", "--give-up", "-1"], "at most a week"),
        (["--send", "smtp+tls://localhost", "--from", "a@b.example", "--give-up", "nan"], "at most a week"),
        (["--give-up", "5"], "--give-up needs --send"),
        (["--yes"], "--yes needs --send"),
        (["--from", "jane@example.org"], "--from needs --send"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(place, monkeypatch, capsys, options, expected):
    monkeypatch.delenv("REPORTGEN_SMTP_USER", raising=False)
    assert place(*options) == 2
    output = capsys.readouterr().err
    assert expected in output
    assert "hunter2" not in output
    assert not place.out.exists()


# Who may have it


def test_a_list_without_addresses_is_refused_before_anything_is_made(mail, place, capsys):
    place.people.write_text("name,email\nAda,ada@town.example\nBo,\n")
    assert mail("--yes") == 3
    assert '"Bo" has no address, and mail needs one' in capsys.readouterr().err
    assert not place.out.exists()


def test_a_limiting_marking_needs_domains(mail, server, place, capsys):
    mark(place, f"{{{CUI}}}")
    assert mail("--yes") == 3
    assert "is not mailed until it says which addresses may have it" in capsys.readouterr().err
    assert place("--quiet") == 0, "drafts are made"
    assert not server.helloes


def test_public_material_is_sent_to_everybody(mail, server, place):
    mark(place, "{banner: Unclassified, distribution: A, embargoed_until: 2026-02-11 06:00 EST}")
    assert mail("--yes", "--quiet") == 0
    assert len(server.taken) == 3


def test_a_marked_brief_is_sent_to_the_domains_that_it_names(mail, server, place, ledger, capsys):
    mark(place, f"{{{CUI}, recipients: [town.example, harbor.example]}}")
    for _ in range(2):
        assert mail("--yes") == 7
        output = capsys.readouterr().err
        assert 'copy 2 to "Bo Example" <bo@port.example>: not sent: bo@port.example is in none of the domains' in output
    assert "0 mails sent, 1 refused; 1 left" in output
    assert dict(server.taken) == {"ada@town.example": 1, "cy@sub.town.example": 1}
    assert ledger() == ["sent", "built", "sent"]
    assert f"[{BANNER}]" in server.parsed()[0]["Subject"]


def test_a_sample_stays_within_the_marking_too(mail, server, place, capsys):
    mark(place, f"{{{CUI}, recipients: town.example}}")
    assert mail("--sample", "1") == 2
    assert f"does not allow a sample at {SENDER}" in capsys.readouterr().err
    assert not server.mails


def test_nobody_is_sent_anything_before_an_embargo_ends(mail, server, place, ledger, capsys):
    tomorrow = date.today() + timedelta(days=1)
    place.people.write_text(
        "name,email,documents,before embargo\nAda,ada@town.example,memo,\nBo,bo@port.example,memo,YES\nCy,cy@town.example,memo,no\n"
    )
    mark(place, f"{{embargoed_until: {tomorrow}}}")
    assert mail("--yes") == 7
    assert dict(server.taken) == {"bo@port.example": 1}
    assert (
        f"embargoed until {tomorrow} 00:00-12:00, and the row does not say before_embargo: yes"
        in capsys.readouterr().err
    )
    assert ledger() == ["built", "sent", "built"]
    assert mail("--sample", "1", "--quiet") == 0, "the sender has it anyway"
    assert dict(server.taken) == {"bo@port.example": 1, SENDER: 1}


def test_expired_recipients_are_not_sent_anything(mail, server, place, capsys):
    yesterday = date.today() - timedelta(days=1)
    place.people.write_text(f"name,email,documents,expires\nAda,ada@town.example,memo,{yesterday}\n")
    assert mail("--yes") == 7
    assert f"not sent: expired on {yesterday}" in capsys.readouterr().err
    assert not server.helloes


def test_a_newline_in_a_cell_reaches_no_header(mail, server, place, capsys):
    place.people.write_text('name,email\n"Ada\nBcc: eve@evil.example",ada@town.example\n')
    assert mail("--yes") == 3
    assert "the cell contains a line break" in capsys.readouterr().err
    place.people.write_text(
        'name,email,documents\n"=?utf-8?q?Ada=0D=0ABcc=3A_eve=40evil.example?=",ada@town.example,memo\n'
    )
    assert mail("--sample", "1") == 0
    (sample,) = server.parsed()
    assert sample["Bcc"] is None
    assert sample["Subject"].startswith("[sample for =?utf-8?q?Ada=0D")
    assert main(["verify", str(place.out)]) == 0
