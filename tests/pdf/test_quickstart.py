"""WeasyPrint's quick start: the same documents, from declarations in the cache that no other version takes for its own."""

import functools
import subprocess
import sys
import tempfile

import cffi
import pytest

from reportgen.pdf import quickstart
from reportgen.system.cache import Cache
from tests.conftest import BUNDLED, ROOT

MEMO = """
import hashlib, os, sys
from reportgen import load_brief, render_memo
if sys.argv[2] == "quick":
    from reportgen.pdf import engine
    engine.start()
print(hashlib.sha256(render_memo(load_brief(sys.argv[1]), cache=False)).hexdigest())
print(type(__import__("weasyprint.text.ffi", fromlist=["ffi"]).ffi._ffi).__module__ if sys.argv[2] == "quick" else "cffi")
print("pycparser" in sys.modules)
import cffi
print(cffi.FFI is cffi.api.FFI)
"""


def run(*arguments: str, **variables: str) -> list[str]:
    script = [sys.executable, "-c", MEMO, str(BUNDLED), *arguments]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, env={"PATH": "", **variables})
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@functools.cache
def plain() -> list[str]:
    """Return what a run that keeps nothing says."""
    with tempfile.TemporaryDirectory() as folder:
        return run("plain", REPORTGEN_CACHE_DIR=folder)


def test_a_memo_is_the_same_and_the_second_run_parses_nothing(tmp_path):
    folder = {"REPORTGEN_CACHE_DIR": str(tmp_path)}
    first, second = run("quick", **folder), run("quick", **folder)
    assert plain()[0] == first[0] == second[0]
    assert first[1:] == ["_cffi_backend", "True", "True"]
    assert second[1:] == ["_cffi_backend", "False", "True"]
    assert len(list((tmp_path / "declarations").iterdir())) == 1


def test_without_a_folder_to_keep_them_in_they_are_parsed(tmp_path):
    (tmp_path / "file").touch()
    found = run("quick", REPORTGEN_CACHE_DIR=str(tmp_path / "file"))
    assert found[0] == plain()[0]
    assert found[2] == "True"


LEFT = """
import sys
from reportgen.pdf import engine, quickstart
engine.start()
assert not [name for name, module in sys.modules.items() if isinstance(module, quickstart._PostponedModule)]
assert "fontTools.subset" not in sys.modules
import fontTools, fontTools.ttLib
from fontTools import subset
from fontTools.varLib import instancer
assert subset.Subsetter.__module__ == "fontTools.subset", subset
assert instancer.instantiateVariableFont.__module__ == "fontTools.varLib.instancer"
from weasyprint.pdf import fonts
assert type(fonts.subset.Options(notdef_glyph=True)) is subset.Options
"""


def test_a_postponed_module_is_imported_when_it_is_needed_and_nothing_of_its_stand_in_is_left():
    done = subprocess.run([sys.executable, "-c", LEFT], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


SOURCES = ["int abs(int);", "typedef struct { int x; } point;"]


def declare(cache, sources=SOURCES):
    found = quickstart.Declarations(cffi.FFI, cache)
    for source in sources:
        found.cdef(source)
    return found


@pytest.mark.parametrize("runs", [1, 2])
def test_stored_declarations_do_what_parsed_ones_do(tmp_path, runs):
    for _ in range(runs):
        for cache in (Cache(tmp_path), None):
            found = declare(cache)
            assert found.dlopen(None).abs(-3) == 3
            assert found.new("point *").x == 0


def test_declarations_are_stored_under_every_letter_of_their_source(tmp_path):
    declare(Cache(tmp_path)).new("point *")
    assert declare(Cache(tmp_path), [SOURCES[0], SOURCES[1].replace("x", "y")]).new("point *").y == 0
    assert len(list(tmp_path.iterdir())) == 2


def test_a_stored_form_that_cffi_refuses_is_parsed_again(tmp_path, monkeypatch):
    declare(Cache(tmp_path)).new("point *")
    monkeypatch.setattr(Cache, "get", lambda self, key: b"{'_version': 1}")
    assert isinstance(declare(Cache(tmp_path)).new("point *").x, int)
