"""Files are written whole or not at all."""

import fcntl
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.system import files, work_folder
from reportgen.system.errors import ExitCode, FileError, ReportgenError
from reportgen.system.files import ENDING, read_file, write_file
from reportgen.system.work_folder import open_work_folder
from tests.conftest import ROOT


def test_it_writes_and_replaces(tmp_path):
    target = tmp_path / "new" / "memo.pdf"
    write_file(target, b"one")
    write_file(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["memo.pdf"]


def test_a_new_file_has_ordinary_permissions(tmp_path):
    write_file(tmp_path / "memo.pdf", b"x")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "memo.pdf").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.parametrize("target", ["", "file/below-a-file"])
def test_where_nothing_can_be_written_it_says_so(tmp_path, target):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReportgenError) as caught:
        write_file(tmp_path / target, b"x")
    assert caught.value.code == ExitCode.FILE


def test_a_full_disk_leaves_the_earlier_file(tmp_path):
    """The kernel's file-size limit stands for the full disk: the write fails half-way, as it would there."""
    target = tmp_path / "memo.pdf"
    target.write_bytes(b"earlier")
    code = f"from pathlib import Path; from reportgen.system.files import write_file; write_file(Path({str(target)!r}), b'x' * 1_000_000)"
    done = subprocess.run(
        [sys.executable, "-c", "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + code],
        capture_output=True,
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert b"cannot be written" in done.stderr
    assert target.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["memo.pdf"]


def make_pipe(path):
    os.mkfifo(path)


def make_socket(path):
    socket.socket(socket.AF_UNIX).bind(str(path))


def make_huge(path):
    with path.open("xb") as stream:
        stream.truncate(2**41)


def link_to_device(path):
    path.symlink_to("/dev/zero")


def link_to_itself(path):
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (make_pipe, "is a pipe, not a file"),
        (make_socket, "is a socket, not a file"),
        (link_to_device, "is a device, not a file"),
        (link_to_itself, "symbolic links"),
        (Path.mkdir, "is a folder, not a file"),
        (make_huge, "2,097,152 MB; at most 200 MB are read"),
        (lambda path: None, "there is no such file"),
    ],
)
def test_only_a_file_of_a_sane_size_is_read(tmp_path, monkeypatch, make, says):
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    make(Path("input"))
    with pytest.raises(FileError, match=says):
        read_file(Path("input"))


@pytest.mark.parametrize("name", ["a\0b", "a" * 300, "\ud800", "a/" * 3000])
def test_a_name_that_no_file_can_have_is_reported(tmp_path, name):
    with pytest.raises(FileError, match=r"cannot be read: File name too long|is not a name"):
        read_file(tmp_path / name)
    with pytest.raises(FileError, match=r"cannot be written: File name too long|is not a name"):
        write_file(tmp_path / name, b"x")


def test_a_file_that_is_just_as_large_as_allowed_is_read(tmp_path):
    (tmp_path / "file").write_bytes(b"12345")
    assert read_file(tmp_path / "file", 5) == b"12345"
    with pytest.raises(FileError, match="at most 0.0 MB"):
        read_file(tmp_path / "file", 4)


def test_the_next_write_removes_what_a_killed_run_has_left_and_nothing_else(tmp_path):
    dead, alive = tmp_path / f".memo.pdf.01234567{ENDING}", tmp_path / f".deck.pptx.01234567{ENDING}"
    others = [tmp_path / ".memo.pdf.abcdefgh", tmp_path / f"memo{ENDING}", tmp_path / f".link{ENDING}"]
    for path in (dead, alive, *others[:2]):
        path.write_bytes(b"x")
    others[2].symlink_to(others[0])
    with alive.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        write_file(tmp_path / "memo.pdf", b"new")
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "memo.pdf", alive, *others])


def test_a_temporary_file_that_another_process_takes_for_dead_is_made_again(tmp_path, monkeypatch):
    taken = []

    def take(descriptor):
        if not taken:
            (taken_now,) = tmp_path.iterdir()
            taken.append(taken_now)
            taken_now.unlink()
        return True

    monkeypatch.setattr(files, "try_lock", take)
    write_file(tmp_path / "memo.pdf", b"new")
    assert taken
    assert [path.name for path in tmp_path.iterdir()] == ["memo.pdf"]


def test_a_work_folder_is_removed_and_so_is_that_of_a_killed_process(tmp_path, monkeypatch):
    monkeypatch.setattr(work_folder.tempfile, "gettempdir", lambda: str(tmp_path))
    dead, foreign, kept = tmp_path / "reportgen-dead", tmp_path / "reportgen-open", tmp_path / "victim"
    for folder, mode in ((dead, 0o700), (foreign, 0o755), (kept, 0o700)):
        folder.mkdir(mode=mode)
        (folder / "file").write_bytes(b"x")
    (dead / "link").symlink_to(kept, target_is_directory=True)
    (tmp_path / "reportgen-link").symlink_to(kept, target_is_directory=True)
    with open_work_folder() as first:
        (first / "file").write_bytes(b"x")
        with open_work_folder() as second:
            assert (first / "file").exists()
            assert second.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in tmp_path.iterdir()} == {"reportgen-open", "victim", "reportgen-link"}
    assert (kept / "file").exists()


def test_a_work_folder_is_removed_after_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(work_folder.tempfile, "gettempdir", lambda: str(tmp_path))
    with pytest.raises(ZeroDivisionError), open_work_folder() as folder:
        (folder / "file").write_bytes(bytes(1 // 0))
    assert list(tmp_path.iterdir()) == []
