"""A run that sends mail, for tests that kill it: python -m tests.distribute.mail_run FOLDER PORT COPIES.

The packets are small, since these tests are about mail; other tests build and stamp documents.
"""

import sys
from datetime import date
from functools import partial
from pathlib import Path

from reportgen.distribution.cover_letter import Letter, build_draft
from reportgen.distribution.editions.edition import Document, Edition
from reportgen.distribution.ledger.ledger import Ledger
from reportgen.distribution.mail.delivery import Mail, Pace, send_mails
from reportgen.distribution.mail.mail_server import Server, connect
from reportgen.distribution.mail.outgoing import Sender
from reportgen.distribution.mail.smtp_session import Connection
from reportgen.distribution.manifest import digest
from reportgen.distribution.recipients.recipient_list import parse
from reportgen.distribution.stamping.pieces import Content
from reportgen.system.errors import ReportgenError
from tests.distribute.ledger_run import DIGEST
from tests.distribute.mailserver import SENDER

MEMO = Document("memo", "harbor-memo.pdf", b"%PDF-1.7 \x00\xff\r\n.\r\nend")
ENCLOSED = {MEMO.file_name: Content((MEMO.data,))}
EDITION = Edition("The harbor", "harbor", date(2026, 2, 10), "en", (), {"memo": MEMO})


def listed(count):
    return parse(
        "name,email\n" + "".join(f"Jane {n},jane{n}@town.example\n" for n in range(1, count + 1)), "recipients.csv"
    )


def mails(edition, folder, recipients):
    """Return the mails that are still to be sent, and write their packets where there are none."""
    made = []
    for row, number in edition.plan(recipients).numbers.items():
        path = folder / f"{number:03}" / "letter.eml"
        if not edition.files(number):
            data = build_draft(
                Letter("The harbor", f"Dear {row.name}\n.\n"), row, EDITION, ENCLOSED, f"<{number}@x.invalid>"
            ).data
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            edition.record_files(number, {path.relative_to(folder).as_posix(): digest(data)})
        made.append(Mail(number, row, folder, dict(edition.files(number))))
    left = {record.number for record in edition.pending()}
    return [mail for mail in made if mail.number in left]


def run(folder, port, recipients, pace, login=None, timeout=10.0, scheme="smtp"):
    """Return the result of a run."""
    connection = Connection(partial(connect, Server(scheme, "localhost", int(port)), login, timeout))
    with Ledger.open(folder / "ledger.sqlite") as ledger, ledger.open_edition(DIGEST, wait=10) as edition:
        return send_mails(edition, mails(edition, folder, recipients), connection, Sender(SENDER), pace)


if __name__ == "__main__":
    print("begins", flush=True)
    try:
        result = run(Path(sys.argv[1]), sys.argv[2], listed(int(sys.argv[3])), Pace())
    except ReportgenError as error:
        sys.exit(str(error))
    if not result.is_complete:
        sys.exit(str(result))
