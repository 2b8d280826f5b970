"""What was kept comes back as it was, or not at all; and whatever happens to the folder is no affair of the caller's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from reportgen.system.cache import Cache
from tests.conftest import ROOT

WRITER = """
import sys
from pathlib import Path
from reportgen.system.cache import Cache
cache = Cache(Path(sys.argv[1]))
for _ in range(300):
    cache.put("shared", sys.argv[2].encode() * 20_000)
    assert cache.get("shared") in (b"a" * 20_000, b"b" * 20_000)
"""


@pytest.fixture
def cache(tmp_path) -> Cache:
    return Cache(tmp_path / "new" / "cache")


@given(data=st.binary(max_size=200))
def test_any_bytes_come_back(tmp_path_factory, data):
    cache = Cache(tmp_path_factory.mktemp("cache"))
    assert cache.get("key") is None
    cache.put("key", data)
    assert cache.get("key") == data
    assert cache.get("other") is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data.replace(b"drawing", b"drowing"),
        lambda data: b"",
        lambda data: b"\0" * len(data),
    ],
)
def test_what_was_harmed_is_not_taken(cache, harm):
    cache.put("key", b"a drawing\nof two lines")
    (path,) = cache.folder.iterdir()
    path.write_bytes(harm(path.read_bytes()))
    assert cache.get("key") is None
    cache.put("key", b"anew")
    assert cache.get("key") == b"anew"


def test_it_keeps_its_bound_and_what_was_used_last(tmp_path):
    cache = Cache(tmp_path, max_bytes=1000)
    for number in range(9):
        cache.put(str(number), bytes(100))  # with its digest 165 bytes
        for age, path in enumerate(sorted(tmp_path.iterdir(), key=lambda path: int(path.stem), reverse=True)):
            os.utime(path, (1_000_000 - age, 1_000_000 - age))
        cache.get("0")
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 1000
    assert cache.get("0") == cache.get("8") == bytes(100)
    assert cache.get("1") is None


def test_what_others_keep_in_the_folder_stays(tmp_path):
    (tmp_path / "thesis.odt").write_bytes(bytes(5000))
    os.utime(tmp_path / "thesis.odt", (1, 1))
    cache = Cache(tmp_path, max_bytes=1000)
    assert cache.is_empty()
    for number in range(20):
        cache.put(str(number), bytes(100))
    assert (tmp_path / "thesis.odt").is_file()
    assert len(list(tmp_path.iterdir())) <= 1 + 1000 // 165


def unmade(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("no folder")
    return tmp_path / "file" / "cache"


@pytest.mark.parametrize("folder", [unmade, lambda _: Path("/proc/reportgen"), lambda _: Path("/dev/null")])
def test_a_folder_that_takes_nothing_harms_nobody(tmp_path, folder):
    cache = Cache(folder(tmp_path))
    cache.put("key", b"data")
    assert cache.get("key") is None


def test_a_full_disk_leaves_no_piece_behind(cache):
    """A limit on the size of files stands for the full disk: the write fails in its midst."""
    script = f"""
import resource, signal
from pathlib import Path
from reportgen.system.cache import Cache
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
Cache(Path({str(cache.folder)!r})).put("key", bytes(5000))
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    assert list(cache.folder.iterdir()) == []


def test_a_user_without_a_home_has_none(tmp_path):
    """As in a container that runs as any number: no HOME, and no entry in the system's list of users."""
    script = """
import os, pwd
def unknown(uid):
    raise KeyError(uid)
pwd.getpwuid = unknown
from reportgen.system.cache import Cache
print(Cache.of_user())
"""
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("HOME", "XDG_CACHE_HOME", "REPORTGEN_CACHE_DIR")
    }
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=bare, capture_output=True, text=True, check=True
    )
    assert done.stdout == "None\n"


def test_processes_that_write_the_same_entry_disturb_nobody(cache):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(cache.folder), letter], cwd=ROOT) for letter in "ab"]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert [path.stem for path in cache.folder.iterdir()] == ["shared"]


def test_it_lies_where_the_variable_says(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTGEN_CACHE_DIR", str(tmp_path))
    assert Cache.of_user().folder == tmp_path
    monkeypatch.delenv("REPORTGEN_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Cache.of_user().folder.is_relative_to(tmp_path)
