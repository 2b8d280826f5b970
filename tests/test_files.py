"""Files are written whole or not at all."""

import os
import resource
import subprocess
import sys

import pytest

from reportgen.system.errors import ExitCode, ReportgenError
from reportgen.system.files import write_file
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
