"""A run that distributes, for tests that kill it: python -m tests.distribute.ledger_run LEDGER SERVER COPIES WAIT.

SERVER is a file that stands for a mail server: a line in it is a mail that was accepted, by copy and Message-ID.
Without SERVER and WAIT, copies are only recorded, and each is printed once the ledger has it.
"""

import os
import sys
import time
from pathlib import Path

from reportgen.distribution.ledger.ledger import Ledger
from reportgen.distribution.recipients.recipient_list import parse
from reportgen.system.errors import ReportgenError

DIGEST = "a" * 64


def people(count):
    return parse("name,email\n" + "".join(f"Jane {n},jane{n}@example.org\n" for n in range(1, count + 1)), "r.csv")


def run(ledger, server, copies, wait):
    print("begins", flush=True)
    with Ledger.open(Path(ledger)) as opened, opened.open_edition(DIGEST, wait=float(wait)) as edition:
        edition.plan(people(int(copies)))
        accepted = os.open(server, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for copy in edition.pending():
            if copy.state == "planned":
                edition.record_files(copy.number, {"memo.pdf": "b" * 64})
            message_id = edition.begin_attempt(copy.number, "example.org")
            os.write(accepted, f"{copy.number} {message_id}\n".encode())
            time.sleep(0.003)  # while the server's answer is on its way
            edition.record_sent(copy.number, "250 OK")


def build(ledger, copies):
    with Ledger.open(Path(ledger)) as opened, opened.open_edition(DIGEST) as edition:
        edition.plan(people(int(copies)))
        for number in range(1, int(copies) + 1):
            edition.record_files(number, {"memo.pdf": "b" * 64, "letter.eml": "c" * 64})
            print(number, flush=True)


if __name__ == "__main__":
    try:
        (run if len(sys.argv) > 3 else build)(*sys.argv[1:])
    except ReportgenError as error:
        sys.exit(str(error))
