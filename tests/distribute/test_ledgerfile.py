"""The ledger's file: killed processes, several at once, full disks, folders that cannot be written, other files."""

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from reportgen.distribution.ledger.ledger import Ledger
from reportgen.distribution.ledger.ledger_file import APPLICATION, connect, relaxed_sync
from reportgen.system.errors import FileError
from tests.conftest import ROOT
from tests.distribute.conftest import as_somebody
from tests.distribute.ledger_run import DIGEST, people


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out" / "ledger.sqlite"


def plan(path, count=1):
    with Ledger.open(path) as ledger, ledger.open_edition(DIGEST) as edition:
        edition.plan(people(count))


def start(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.distribute.ledger_run", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def truth(path, server):
    """Return what the server has accepted and what the ledger says; fail where they contradict each other."""
    lines = server.read_text().splitlines() if server.exists() else []
    accepted = Counter(int(line.split()[0]) for line in lines)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    with Ledger.open(path) as ledger:
        states = {record.number: record.state for record in ledger.records()}
    assert all(accepted[number] for number, state in states.items() if state == "sent")
    unwritten = [number for number in accepted if states[number] != "sent"]
    assert all(states[number] == "uncertain" for number in unwritten)
    assert list(states.values()).count("uncertain") <= 1
    assert len(set(lines)) == len(accepted), "a mail that is sent again has the same Message-ID"
    return accepted, states


def test_killed_at_twenty_moments(path, tmp_path):
    """At any moment: it opens, has what was sent, and a double comes only where the answer was not recorded."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    moments, server = random.Random(seed), tmp_path / "server"
    for kill in range(20):
        process = start(path, server, 200, 10)
        assert process.stdout.readline() == "begins\n"
        # at first while the ledger is made, later while it is used
        time.sleep(moments.uniform(0, 0.02 if kill < 6 else 0.2))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if path.exists():
            truth(path, server)
    process = start(path, server, 200, 10)
    assert process.communicate()[1] == ""
    accepted, states = truth(path, server)
    assert sorted(accepted) == list(range(1, 201))
    assert set(states.values()) == {"sent"}
    with Ledger.read(path) as ledger:
        unknown = sum(record.attempts for record in ledger.records()) - 200
    doubles = sum(accepted.values()) - 200
    print(f"20 kills: {unknown} attempts without a known end, {doubles} of them sent twice")
    assert doubles <= unknown <= 20


def test_what_a_killed_run_left_can_be_read_as_it_is(path, tmp_path):
    server = tmp_path / "server"
    process = start(path, server, 200, 10)
    while not server.exists() or server.read_text().count("\n") < 5:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    with Ledger.read(path) as ledger:
        read = ledger.records()
    assert sum(record.state == "sent" for record in read) >= 4
    with Ledger.open(path) as ledger:
        assert ledger.records() == read


def test_recorded_packets_survive_a_kill(path):
    """Entries of packets do not wait for the disk, and yet a kill at any moment loses none of them."""
    for least in (1, 2, 50, 300):
        path.unlink(missing_ok=True)
        process = start(path, 5_000)
        last = [int(process.stdout.readline()) for _ in range(least)][-1]
        process.kill()
        last = max([last, *map(int, process.stdout.read().split())])
        process.communicate()
        with Ledger.open(path) as ledger, ledger.open_edition(DIGEST) as edition:
            made = {record.number for record in edition.pending() if record.state == "built"}
            assert made in (set(range(1, last + 1)), set(range(1, last + 2)))
            assert all(len(edition.files(number)) == 2 for number in made), "half a packet is none"


@pytest.mark.parametrize(("journal", "meanwhile"), [("wal", 1), ("delete", 2)])
def test_only_entries_of_packets_do_not_wait_for_the_disk(path, journal, meanwhile):
    connection = connect(path, writing=True)
    connection.execute(f"PRAGMA journal_mode = {journal}")
    with relaxed_sync(connection):
        assert connection.execute("PRAGMA synchronous").fetchone() == (meanwhile,)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.close()


def test_two_runs_at_once_send_each_copy_once(path, tmp_path):
    runs = [start(path, tmp_path / "server", 60, 120) for _ in range(2)]
    assert [run.communicate()[1] for run in runs] == ["", ""]
    accepted, states = truth(path, tmp_path / "server")
    assert set(accepted.values()) == {1}
    assert set(states.values()) == {"sent"}


def test_a_second_run_is_refused_and_may_read(path, tmp_path):
    with Ledger.open(path) as ledger, ledger.open_edition(DIGEST) as edition:
        edition.plan(people(3))
        run = start(path, tmp_path / "server", 3, 0.1)
        assert "another run is distributing from here\n  hint: wait until it has ended" in run.communicate()[1]
        assert run.returncode
        with Ledger.read(path) as reader:
            assert len(reader.records()) == 3
    assert not (tmp_path / "server").exists()


def test_several_create_the_ledger_at_once(path):
    code = f"from pathlib import Path; from reportgen.distribution.ledger.ledger import Ledger; Ledger.open(Path({str(path)!r}))"
    runs = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert [run.communicate()[1] for run in runs] == [""] * 4


def test_a_full_disk_is_reported_and_loses_nothing(path, tmp_path):
    """The kernel's file-size limit stands for the full disk."""
    plan(path)
    run = start(
        path,
        tmp_path / "server",
        20_000,
        1,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )
    assert "cannot be read or written: the disk is full or fails" in run.communicate()[1]
    with Ledger.open(path) as ledger:
        assert [record.number for record in ledger.records()] == [1]


def _foreign(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()


def _newer(path):
    plan(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def _damaged(path):
    plan(path, 500)
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * len(raw[4096:])
    path.write_bytes(raw)


@pytest.mark.parametrize("opens", [Ledger.open, Ledger.read])
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda path: path.write_bytes(b"no database at all" * 100), "is not a ledger, nor any database"),
        (_foreign, "is another program's database"),
        (_newer, "was written by a newer reportgen (its format is 99"),
        (_damaged, "is damaged"),
        (Path.mkdir, "is a folder, not a ledger"),
    ],
)
def test_files_that_are_not_a_ledger(path, make, expected, opens):
    path.parent.mkdir()
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(FileError) as caught, opens(path) as ledger:
        ledger.records()
    assert f"{path}: error: {expected}" in str(caught.value)
    assert len(caught.value.diagnostics) == 1
    assert before == (path.read_bytes() if path.is_file() else None)


def test_a_run_killed_before_it_wrote_anything(path):
    path.parent.mkdir()
    path.touch()
    with pytest.raises(FileError, match="the ledger is empty"):
        Ledger.read(path)
    plan(path)
    with Ledger.read(path) as ledger:
        assert len(ledger.records()) == 1


def test_reading_creates_nothing(path):
    with pytest.raises(FileError, match="there is no ledger"):
        Ledger.read(path)
    assert not path.parent.exists()


def test_a_folder_that_cannot_be_written():
    def open_error(path):
        try:
            with Ledger.open(path):
                pass
        except FileError as error:
            return str(error)
        return "opened"

    def read():
        with Ledger.read(path) as ledger:
            return " ".join(record.holder.name for record in ledger.records())

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "ledger.sqlite"
        plan(path, 2)
        path.chmod(0o444)
        folder.chmod(0o555)
        assert "cannot be opened or written" in as_somebody(lambda: open_error(path))
        assert "cannot be opened or written" in as_somebody(lambda: open_error(folder / "new.sqlite"))
        assert as_somebody(read) == "Jane 1 Jane 2"
        folder.chmod(0o755)


def test_a_ledger_is_identified_by_its_first_bytes(path):
    plan(path)
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION
