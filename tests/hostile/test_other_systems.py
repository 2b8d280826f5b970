"""Memo and deck without what only Linux has, and files that Windows locks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.system.errors import FileError
from reportgen.system.files import write_file
from tests.conftest import BUNDLED, ROOT

WITHOUT = """
import builtins, io, os, signal, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "resource", "grp", "pwd"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Refuse())
for name in ("fcntl", "resource", "grp", "pwd"):
    sys.modules.pop(name, None)
for module, names in ((os, "fork sched_getaffinity sched_setaffinity killpg setsid"), (signal, "pthread_sigmask SIGKILL")):
    for name in names.split():
        delattr(module, name)

def guard(original):
    def guarded(path, *args, **kwargs):
        if isinstance(path, (str, os.PathLike)) and os.fspath(path).startswith("/proc"):
            raise FileNotFoundError(2, "no such file", os.fspath(path))
        return original(path, *args, **kwargs)
    return guarded

builtins.open = io.open = guard(open)
os.listdir, os.open = guard(os.listdir), guard(os.open)
from reportgen.__main__ import run
run()
"""


def test_memo_and_deck_are_the_same_without_fork_fcntl_and_proc(tmp_path):
    for name, start in (("here", ["-m", "reportgen"]), ("there", ["-c", WITHOUT])):
        command = [
            sys.executable,
            *start,
            "build",
            str(BUNDLED),
            "--no-cache",
            "-q",
            "--output-dir",
            str(tmp_path / name),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
    for path in (tmp_path / "here").iterdir():
        assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes()
    assert len(list((tmp_path / "there").iterdir())) == 2


def test_no_file_is_read_or_written_in_the_encoding_of_the_system(tmp_path):
    command = [
        sys.executable,
        "-X",
        "warn_default_encoding",
        "-W",
        "error::EncodingWarning:reportgen",
        "-m",
        "reportgen",
    ]
    for arguments in (["build", str(BUNDLED), "--output-dir", str(tmp_path)], ["init", str(tmp_path / "new")]):
        done = subprocess.run([*command, *arguments, "-q"][:-1], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        own = [line for line in done.stderr.splitlines() if "EncodingWarning" in line and "/reportgen/" in line]
        assert own == []


@pytest.mark.parametrize(("code", "locked"), [(32, True), (5, True), (112, False)])
def test_a_file_that_another_program_has_open_is_named_with_what_to_do(tmp_path, monkeypatch, code, locked):
    def refuse(source, target):
        error = PermissionError(13, "The process cannot access the file")
        error.winerror = code
        raise error

    target = tmp_path / "memo.pdf"
    target.write_bytes(b"earlier")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(FileError, match="cannot access the file") as raised:
        write_file(target, b"new")
    assert ("close it in the program that has it open" in raised.value.diagnostics[0].hint) == locked
    assert target.read_bytes() == b"earlier"
    assert list(Path(tmp_path).iterdir()) == [target]
