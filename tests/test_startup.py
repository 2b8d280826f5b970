"""A command imports what it needs and nothing else: what each would cost is most of what it takes to answer."""

import importlib
import os
import subprocess
import sys

import pytest

from reportgen import brief  # noqa: F401  # all models
from reportgen.deck.theme import map_file  # noqa: F401
from reportgen.input.field_types import Model
from tests.conftest import BUNDLED, ROOT

SCRIPT = """
import sys
from reportgen.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print(*sorted({*sys.modules, *(name.partition(".")[0] for name in sys.modules)}), file=sys.stderr)
sys.exit(code)
"""
HEAVY = {"pydantic", "yaml", "jinja2", "markdown_it", "lxml", "weasyprint", "matplotlib", "numpy", "multiprocessing", "pptx", "pikepdf", "pdfminer", "PIL.Image", "urllib.request"}  # fmt: skip


def imported(*arguments) -> set[str]:
    """The heavy packages that a command has imported, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return HEAVY & set(done.stderr.split())


@pytest.mark.parametrize("command", [["--help"], ["memo", "--help"], ["schema"], ["--version"]], ids=" ".join)
def test_who_asks_for_help_waits_for_nothing(command):
    assert imported(*command) == set()


def test_init_only_copies(tmp_path):
    assert imported("init", tmp_path / "new") == set()


def test_check_reads_and_draws_nothing():
    assert imported("check", "-q", BUNDLED) == {"pydantic", "yaml"}


def test_the_deck_needs_neither_layout_engine_nor_drawing(tmp_path):
    found = imported("deck", "-q", BUNDLED, "-o", tmp_path / "deck.pptx")
    assert not found & {"weasyprint", "matplotlib", "pikepdf", "pdfminer"}


def test_annotations_of_models_are_no_texts():
    """pydantic would evaluate each of them from its text, which takes it a third of its time."""
    importlib.import_module("reportgen.brand.brandfile")  # which only a brand that is read needs

    def kinds(model):
        for kind in model.__subclasses__():
            yield kind
            yield from kinds(kind)

    found = [kind for kind in kinds(Model) if kind.__module__.startswith("reportgen.")]
    assert {"Brief", "BrandFile", "Bars"} <= {kind.__name__ for kind in found}
    assert [(kind, name) for kind in found for name, of in kind.__annotations__.items() if isinstance(of, str)] == []


def test_a_memo_whose_charts_were_drawn_before_needs_no_drawing(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTGEN_CACHE_DIR", str(tmp_path / "cache"))
    _, second = (imported("memo", "-q", BUNDLED, "-o", tmp_path / f"{number}.pdf") for number in (1, 2))
    assert not second & {"matplotlib", "numpy", "multiprocessing", "pptx", "pikepdf", "pdfminer"}
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


@pytest.mark.parametrize("code", [0, 5])
def test_whoever_waits_for_the_end_is_told_before_the_process_goes(code):
    """The end is quick, but what was printed, the exit code and others' exit handlers are as ever."""
    script = f"""
import atexit, reportgen.cli
from reportgen.__main__ import run
def command():
    atexit.register(print, "told")
    print("done")
    return {code}
reportgen.cli.main = command
run()
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (code, "done\ntold\n", "")


def test_an_end_that_was_not_a_command_s_is_python_s_own():
    script = "import reportgen.cli\nfrom reportgen.__main__ import run\nreportgen.cli.main = lambda: 1 / 0\nrun()"
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "ZeroDivisionError" in ended.stderr
