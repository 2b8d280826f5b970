"""The quick start of WeasyPrint and matplotlib: the same documents, and nothing of it is left behind."""

import subprocess
import sys

import cffi
import pytest

from reportgen.pdf import quickstart
from tests.conftest import BUNDLED, ROOT

declared = pytest.importorskip("reportgen.pdf.declared", reason="make setup writes it")

MEMO = """
import contextlib, hashlib, sys
from reportgen import load_brief, render_memo
from reportgen.pdf import chart_svg, engine
if sys.argv[2] == "plain":
    engine.quick = chart_svg.undocumented = contextlib.nullcontext
print(hashlib.sha256(render_memo(load_brief(sys.argv[1]))).hexdigest())
print(type(__import__("weasyprint.text.ffi", fromlist=["ffi"]).ffi).__name__)
"""
LEFT = """
import sys
import cffi
from reportgen.system.later import Later
before = cffi.FFI
from reportgen.pdf.engine import _weasyprint
_weasyprint()
assert cffi.FFI is before
assert "pycparser" not in sys.modules
assert not [name for name, module in sys.modules.items() if isinstance(module, Later)]
import fontTools, fontTools.ttLib
from fontTools import subset
from fontTools.varLib import instancer
assert subset.Subsetter.__module__ == "fontTools.subset", subset
assert instancer.instantiateVariableFont.__module__ == "fontTools.varLib.instancer"
from weasyprint.pdf import fonts
assert type(fonts.subset.Options(notdef_glyph=True)) is subset.Options
"""
DRAWN = """
from reportgen.pdf.quickstart import undocumented
with undocumented():
    from matplotlib.figure import Figure
from matplotlib import artist
from matplotlib.lines import Line2D
assert "linewidth" in artist.kwdoc(Line2D)
import matplotlib.pyplot
"""


def run(script: str, *arguments: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_memo_is_the_same_without_it():
    (quick, how), (plain, otherwise) = (run(MEMO, str(BUNDLED), way) for way in ("quick", "plain"))
    assert quick == plain
    assert how != otherwise  # the two ways were taken


def test_everything_is_put_back():
    run("from reportgen.pdf import quickstart\n" + LEFT)
    run(DRAWN)


def test_the_declarations_are_those_of_the_weasyprint_that_is_installed():
    """Set-up has written them; after an upgrade by hand they are parsed as ever, and slower."""
    script = "from reportgen.pdf import quickstart as q; print(q.written(q.declared_by_weasyprint()), end='')"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode() == (ROOT / "reportgen" / "pdf" / "declared.py").read_text()


def test_other_declarations_are_parsed_as_ever():
    others = quickstart.Declarations(cffi.FFI)
    others.cdef("int abs(int);")
    others.cdef("typedef struct { int x; } point;")
    assert others.dlopen(None).abs(-3) == 3
    assert others.new("point *").x == 0
    assert isinstance(others._made, cffi.FFI)


def test_declarations_are_known_by_every_letter():
    assert quickstart.digest("") != declared.DIGEST
    nearly = quickstart.Declarations(cffi.FFI)
    nearly.cdef("typedef int hb_bool_t;")
    with pytest.raises(Exception, match="hb_font_t"):
        nearly.new("hb_font_t **")


def test_where_libraries_are_found_otherwise_nothing_is_changed(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    before = cffi.FFI
    with quickstart.quick():
        assert cffi.FFI is before
