"""The Python API: its page is true, its arguments are checked, threads may share it, and the host stays as it was."""

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import reportgen
from tests.conftest import BUNDLED, INIT, ROOT
from tools.api_page import EXAMPLES, write_page

FUNCTIONS = [name for name in reportgen.__all__ if inspect.isfunction(getattr(reportgen, name))]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """What `reportgen init .` writes, as the working folder."""
    for path in INIT.parent.iterdir():
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_is_up_to_date():
    assert (ROOT / "docs" / "api.md").read_text(encoding="utf-8") == write_page(), "run: make reference"


def test_every_function_has_its_section_and_numpydoc():
    assert set(EXAMPLES) == set(FUNCTIONS)
    for name in FUNCTIONS:
        text = inspect.getdoc(getattr(reportgen, name))
        assert re.match(r"[A-Z][a-z]+ [^\n]+\.\n\nParameters\n-+\n", text), name
        documented = re.findall(
            r"^(\w[\w, ]*)\n    ", text.partition("Returns\n")[0].partition("Yields\n")[0], re.MULTILINE
        )
        names = {each.strip() for line in documented for each in line.split(",")}
        assert names >= set(inspect.signature(getattr(reportgen, name)).parameters), name


RUN_EXAMPLES = """
import json, os, subprocess, sys, traceback
import matplotlib, pptx, weasyprint  # which are slow to import, and the host's affair

for name, (code, folder) in json.load(sys.stdin).items():
    if (child := os.fork()) == 0:
        os.chdir(folder)
        for number, file in ((0, os.devnull), (1, os.devnull), (2, "stderr.txt")):
            os.dup2(os.open(file, os.O_RDWR | os.O_CREAT), number)
        try:
            exec(code, {"__name__": "__main__"})
            sys.stderr.flush()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.waitpid(child, 0)[1] and print(name, flush=True)
"""


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """Run each example in a folder and a process of its own; return those that failed, and the folders."""
    folders = {name: tmp_path_factory.mktemp(name) for name in EXAMPLES}
    for folder in folders.values():
        for path in INIT.parent.iterdir():
            shutil.copy(path, folder)
    given = {name: (code, str(folders[name])) for name, code in EXAMPLES.items()}
    done = subprocess.run(
        [sys.executable, "-c", RUN_EXAMPLES], input=json.dumps(given), stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    return done.stdout.split(), folders


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_runs(examples, name):
    if name == "draw_proof" and not shutil.which("soffice"):
        pytest.skip("LibreOffice draws the proof")
    failed, folders = examples
    assert (folders[name] / "stderr.txt").read_text() == ""
    assert name not in failed


def test_the_first_example_of_the_page_runs(folder):
    code = re.search(r"```python\n(.*?)```", write_page(), re.DOTALL)[1]
    names = {}
    exec(code, names)
    assert names["pdf"].startswith(b"%PDF-")
    assert names["pptx"].startswith(b"PK")


def test_every_error_class_is_exported():
    from reportgen.system import errors

    defined = {name for name, value in vars(errors).items() if inspect.isclass(value) and issubclass(value, Exception)}
    assert defined <= set(reportgen.__all__)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda brief: reportgen.load_brief(5), TypeError, "path must be a path (str or Path), not int"),
        (
            lambda brief: reportgen.render_memo("brief.yaml"),
            TypeError,
            "brief must be a Brief, which load_brief returns",
        ),
        (
            lambda brief: reportgen.render_memo(brief, paper="a5"),
            ValueError,
            "paper must be one of None, 'letter', 'a4', not 'a5'",
        ),
        (
            lambda brief: reportgen.render_memo(brief, profile="inform"),
            ValueError,
            "profile must be one of None, 'info'",
        ),
        (lambda brief: reportgen.render_deck(brief, theme=3), TypeError, "theme must be a path"),
        (lambda brief: reportgen.audit_file(brief, "x.pdf", data="x"), TypeError, "data must be bytes, not str"),
        (lambda brief: reportgen.check(brief, {"a": 1}), TypeError, "sources['a'] must be a path"),
        (
            lambda brief: reportgen.build_all("brief.yaml"),
            TypeError,
            "briefs must be a sequence of paths, not one path",
        ),
        (lambda brief: reportgen.build_all([], jobs=0), ValueError, "jobs must be at least 1, not 0"),
        (lambda brief: reportgen.build_all([], jobs=1.5), TypeError, "jobs must be a whole number, not float"),
        (lambda brief: reportgen.distribute("a", "b", "c", jobs=2, dask="tcp://h:1"), ValueError, "give one of them"),
        (lambda brief: reportgen.plan_mailing("smtp+tls://h", True), TypeError, "confirm must be a function"),
    ],
)
def test_a_wrong_argument_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call(reportgen.load_brief(INIT))
    assert words in str(raised.value)
    assert not isinstance(raised.value, reportgen.ReportgenError)


def test_no_briefs_are_built_without_a_word(tmp_path):
    assert list(reportgen.build_all([], tmp_path, jobs=2)) == []


def test_str_and_path_are_the_same(folder):
    assert reportgen.render_deck(reportgen.load_brief("brief.yaml")) == reportgen.render_deck(
        reportgen.load_brief(Path("brief.yaml"))
    )


def test_progress_is_reported_in_messages(folder):
    messages = []
    result = reportgen.build("brief.yaml", "out", cache=False, on_progress=messages.append)
    assert [message.stage for message in messages] == [
        reportgen.Stage.READING, reportgen.Stage.CHECKING, reportgen.Stage.MAKING, reportgen.Stage.DRAWING,
        reportgen.Stage.LAYING_OUT, reportgen.Stage.WRITING_PDF, reportgen.Stage.MAKING, reportgen.Stage.AUDITING,
    ]  # fmt: skip
    assert [file.path.name for file in result.files] == ["harbor-memo.pdf", "harbor-deck.pptx"]
    assert result.check.passed


def test_a_distribution_can_be_verified_and_traced(folder):
    result = reportgen.distribute("brief.yaml", "recipients.csv", "packets", numbered=True)
    manifest, diagnostics = reportgen.verify("packets")
    assert (result.made, diagnostics) == (len(manifest.packets), ())
    name = manifest.packets[0].recipient
    stray = next(path for path in Path("packets").rglob("*memo.pdf") if path.parent.name.startswith("001"))
    assert reportgen.find_owner(stray, "packets").name == name


HOST = """
import gc, io, logging, os, signal, sys, threading, warnings
import reportgen

def state():
    return (
        sys.stdout, sys.stderr, sys.stdin, dict(os.environ), gc.get_threshold(), gc.isenabled(),
        [signal.getsignal(number) for number in sorted(signal.valid_signals())], signal.pthread_sigmask(signal.SIG_BLOCK, ()),
        list(warnings.filters), os.getcwd(), threading.excepthook,
        [(logging.getLogger(name).level, logging.getLogger(name).propagate, logging.getLogger(name).filters) for name in ("weasyprint", "fontTools")],
    )

import weasyprint, matplotlib, pydantic  # their own imports are the host's affair
brief_path = sys.argv[1]
before = state()
brief = reportgen.load_brief(brief_path)
reportgen.check(brief)
memo, deck = reportgen.render_memo(brief, cache=False), reportgen.render_deck(brief)
reportgen.render_handout(brief, cache=False)
reportgen.audit_file(brief, "memo.pdf", data=memo)
reportgen.audit_file(brief, "deck.pptx", data=deck)
reportgen.build(brief_path, sys.argv[2])
assert state() == before, [pair for pair in zip(before, state()) if pair[0] != pair[1]]
assert "PYDANTIC_DISABLE_PLUGINS" not in os.environ
assert matplotlib.rcParams["svg.fonttype"] == "path"
"""


def test_nothing_of_the_host_is_changed(tmp_path):
    variables = {name: value for name, value in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    variables |= {"PYTHONPATH": str(ROOT)}
    script = [sys.executable, "-c", HOST, str(INIT), str(tmp_path)]
    done = subprocess.run(script, capture_output=True, text=True, env=variables)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_threads_get_the_bytes_that_each_would_get_alone():
    briefs = [BUNDLED, INIT, ROOT / "tests" / "briefs" / "korean" / "brief.yaml"]
    loaded = [reportgen.load_brief(path) for path in briefs]
    alone = [(reportgen.render_memo(brief, cache=False), reportgen.render_deck(brief)) for brief in loaded]
    stdout, environment = sys.stdout, dict(os.environ)

    def render(number):
        brief = loaded[number % 3]
        if number % 2:
            deck = reportgen.render_deck(brief)
            return reportgen.render_memo(brief, cache=False), deck
        return reportgen.render_memo(brief, cache=False), reportgen.render_deck(brief)

    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(render, range(12)))
    assert together == [alone[number % 3] for number in range(12)]
    assert sys.stdout is stdout
    assert dict(os.environ) == environment


def test_each_thread_gets_its_own_error(write_brief):
    wrong = reportgen.load_brief(write_brief(("bottom_line: >-\n  Decide", "bottom_line: >-\n  서울 Decide")))
    right = reportgen.load_brief(INIT)

    def render(brief):
        try:
            return reportgen.render_memo(brief, cache=False)[:5]
        except reportgen.BriefError as error:
            return "U+C11C" in str(error)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(render, [wrong, right] * 4)) == [True, b"%PDF-"] * 4


def test_the_package_is_typed():
    assert (ROOT / "reportgen" / "py.typed").is_file()
