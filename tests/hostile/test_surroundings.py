"""Places that cannot be written, closed streams, odd locales, interrupts: told, and nothing half-done is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.system.errors import ReportgenError
from reportgen.system.files import write_file, write_files
from tests.conftest import INIT, ROOT


def test_two_files_are_placed_together_or_not_at_all(tmp_path):
    memo, deck = tmp_path / "memo.pdf", tmp_path / "deck.pptx"
    memo.write_bytes(b"earlier")
    deck.mkdir()
    with pytest.raises(ReportgenError, match="is a folder"):
        write_files({memo: b"new", deck: b"new"})
    assert memo.read_bytes() == b"earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deck.pptx", "memo.pdf"]


def test_a_pipe_or_device_is_written_to_and_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    received = []
    reader = threading.Thread(target=lambda: received.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_file(tmp_path / "pipe", b"x" * 1000)
    reader.join(5)
    assert received == [b"x" * 1000]
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "latest").symlink_to("real")
    write_file(tmp_path / "latest", b"x")
    assert (tmp_path / "latest").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"x"


def test_writers_at_the_same_place_leave_one_whole_file(tmp_path):
    contents = [bytes([number]) * 200_000 for number in range(8)]
    writers = [threading.Thread(target=write_file, args=(tmp_path / "file", content)) for content in contents]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert (tmp_path / "file").read_bytes() in contents
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_brief_is_never_overwritten_by_its_own_deck(tmp_path, capsys):
    path = tmp_path / "brief.yaml"
    path.write_bytes(INIT.read_bytes())
    assert cli.main(["deck", str(path), "-o", str(path)]) == 2
    assert "would overwrite the brief" in capsys.readouterr().err
    assert path.read_bytes() == INIT.read_bytes()


def shell(command, folder, **more):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "REPORTGEN": f"{sys.executable} -m reportgen", **more}
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("$REPORTGEN deck no.yaml >&-", 7, "no.yaml: error: there is no such file"),
        ("$REPORTGEN deck no.yaml 2>&-", 7, ""),
        ("$REPORTGEN deck brief.yaml -o - >&-", 7, "stdout is closed"),
        ("$REPORTGEN schema >/dev/full", 7, "No space left"),
        ("$REPORTGEN deck /dev/zero", 7, "is a device, not a file"),
        ("PYTHONIOENCODING=ascii LC_ALL=C $REPORTGEN schema", 0, ""),
        ("PYTHONIOENCODING=ascii:strict LC_ALL=C $REPORTGEN deck nö.yaml", 7, "there is no such file"),
        ("mkdir gone; cd gone; rmdir ../gone; $REPORTGEN deck ../brief.yaml", 7, "No such file or directory"),
        ("env -i PYTHONPATH=$PYTHONPATH $REPORTGEN deck brief.yaml -o out.pptx", 0, ""),
    ],
)
def test_the_surroundings_may_be_hostile_too(tmp_path, command, code, says):
    (tmp_path / "brief.yaml").write_bytes(INIT.read_bytes())
    found, output, told = shell(command, tmp_path)
    assert found == code, told
    assert says in told
    assert "Traceback" not in told
    assert "2>&-" not in command or output == b""


def in_the_midst(pid):
    """Whether the layout engine's library is loaded, by this process or by one that it has forked."""
    try:
        forked = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return any("libpango" in Path(f"/proc/{each}/maps").read_text() for each in (pid, *forked))
    except OSError:  # one has just ended
        return False


def test_an_interrupt_leaves_nothing_behind(tmp_path):
    (tmp_path / "brief.yaml").write_bytes(INIT.read_bytes())
    process = subprocess.Popen(
        [sys.executable, "-m", "reportgen", "build", "--no-check", "brief.yaml"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background ignores it
    )  # fmt: skip
    while process.poll() is None and not in_the_midst(process.pid):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode in (130, -signal.SIGINT), told
    assert b"Traceback" not in told
    assert [path.name for path in tmp_path.rglob("*")] == ["brief.yaml"]
