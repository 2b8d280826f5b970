"""Documents on paper are the same whichever executors make them, errors included, and whatever happens to their processes."""

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from reportgen.brief import load_brief
from reportgen.handout import write_handout
from reportgen.memo.page_budget import Budget, lay_out_ahead, write_memo
from reportgen.pdf.drawings import draw, load_or_draw
from reportgen.pdf.glyphs import GlyphError
from reportgen.pdf.reading.pdf_reader import read_pdf
from reportgen.pdf.typesetting import Workers
from reportgen.pipeline.documents import make_documents
from reportgen.pipeline.kinds import KINDS, Options
from reportgen.system.errors import ReportgenError, TemplateError
from reportgen.system.executors import ForkedExecutor
from reportgen.system.progress import Stage, listening
from tests.charts.samples import ASK, BRAND, EVERY_CHART, MEASURE, make
from tests.conftest import BUNDLED, ROOT
from tests.memo.conftest import DECIDED

pytestmark = pytest.mark.alone

CHARTS = {name: (make(keys), MEASURE) for name, keys in EVERY_CHART.items()}


@pytest.fixture(scope="module")
def forked():
    """Workers as a command opens them where no chart is cached yet."""
    return Workers(ForkedExecutor(bool), ForkedExecutor(bool))


def killed():
    executor = ForkedExecutor(bool)
    os.kill(executor.pid, signal.SIGKILL)
    os.waitpid(executor.pid, 0)
    return executor


def memo(brief, workers=None, **options):
    return KINDS["memo"].start(brief, Options(**options), workers).result()


def test_charts_are_drawn_alike(forked):
    assert load_or_draw(CHARTS, BRAND, None, forked.drawing) == draw(CHARTS, BRAND)


def test_a_chart_has_the_same_error(forked):
    charts, errors = {"a.svg": (make({"kind": "bar", "bars": [{"label": "Seoul 서울", "value": 1}]}), MEASURE)}, []
    for executor in (None, forked.drawing):
        with pytest.raises(GlyphError) as raised:
            load_or_draw(charts, BRAND, None, executor)
        errors.append((raised.value.characters, str(raised.value)))
    assert errors[0] == errors[1]


def test_where_processes_are_killed_their_work_is_done_here(job):
    charts = {"a.svg": (make(ASK), MEASURE)}
    assert load_or_draw(charts, BRAND, None, killed()) == draw(charts, BRAND)
    pdf = killed().submit(write_handout, job()).result()
    assert pdf == write_handout(job())
    assert killed().submit(read_pdf, pdf, "a.pdf").result() == read_pdf(pdf, "a.pdf")


def test_a_process_may_be_killed_while_it_typesets(job):
    executor = ForkedExecutor(bool)
    future = executor.submit(write_handout, job("<p>Words.</p>" * 2000))
    os.kill(executor.pid, signal.SIGKILL)
    assert future.result().startswith(b"%PDF-")


@pytest.mark.parametrize("body", ['<p><img src="none.png" alt="none"/></p>', "<p>unclosed"])
def test_a_document_has_the_same_error(forked, job, body):
    errors = []
    for write in (write_handout, lambda job: forked.layout.submit(write_handout, job).result()):
        with pytest.raises((TemplateError, SyntaxError)) as raised:
            write(job(body))
        errors.append((type(raised.value), str(raised.value)))
    assert errors[0] == errors[1]


@pytest.mark.parametrize("profile", ["info", "onepage"])
def test_a_memo_is_the_same(forked, profile):
    brief, messages = load_brief(BUNDLED), []
    with listening(lambda message: messages.append(message.stage)):
        assert memo(brief, forked, profile=profile) == memo(brief, profile=profile)
    stages = [Stage.MAKING, Stage.DRAWING, Stage.LAYING_OUT, Stage.WRITING_PDF]
    assert messages == stages * 2


LONGER = [
    ("      - Last year ${long-ships}", f"      - {'The pilots ask for a longer basin. ' * 9}\n" * 25),
    ("bottom_line: >-\n  Decide", "bottom_line: >-\n  " + "The commission should decide soon and decide well. " * 9),
    ("bottom_line: >-\n  Decide", "bottom_line: >-\n  서울"),
]


@pytest.mark.parametrize(
    ("longer", "profile", "expected"),
    [
        (LONGER[0], "info", r"pages, and the budget is 1: cut about \d+ words"),
        (LONGER[0], "action", r'pages, and the profile "action" allows 2: cut about \d+ words'),
        (LONGER[1], "action", "the bottom line has"),
        (LONGER[2], "action", "no font of this document has"),
    ],
)
def test_a_memo_is_refused_alike(forked, write_brief, longer, profile, expected):
    (old, new), errors = longer, []
    brief = load_brief(write_brief((old, new + old.removeprefix("bottom_line: >-\n ")), add=f"{DECIDED}pages: 1\n"))
    for workers in (None, forked):
        with pytest.raises(ReportgenError, match=expected) as raised:
            memo(brief, workers, profile=profile)
        errors.append((type(raised.value), raised.value.diagnostics))
    assert errors[0] == errors[1]


def test_pages_laid_out_ahead_are_written_for_their_own_job_alone(forked, job):
    budget, created = Budget(), datetime(2021, 1, 20, tzinfo=UTC)
    one, other = (job(f"<p>{word}</p>") for word in ("One.", "Another."))

    def write(job, submit=lambda function, *arguments: function(*arguments)):
        done = submit(write_memo, job, budget, {}, (), created)
        return done.result() if isinstance(done, Future) else done

    plain = [write(each) for each in (one, other, one)]
    forked.layout.submit(lay_out_ahead, one, budget)
    assert [write(each, forked.layout.submit) for each in (one, other, one)] == plain
    forked.layout.submit(lay_out_ahead, job("<p>unclosed"), budget)
    assert write(one, forked.layout.submit) == plain[0]


@pytest.mark.parametrize("own", ["<html><body><marquee/></body></html>", "<html><body>", "{{ nobody }}"])
def test_a_template_is_refused_alike(forked, write_brief, own):
    path, errors = write_brief(), []
    (path.parent / "templates" / "memo").mkdir(parents=True)
    (path.parent / "templates" / "memo" / "info.html").write_text(own)
    for workers in (None, forked):
        with pytest.raises(TemplateError) as raised:
            memo(load_brief(path), workers)
        errors.append(raised.value.diagnostics)
    assert errors[0] == errors[1]


def test_a_build_is_the_same_and_raises_the_first_documents_error(forked, tmp_path, monkeypatch):
    brief = load_brief(BUNDLED)
    assert make_documents(brief, tmp_path, True, workers=forked) == make_documents(brief, tmp_path, True)

    def failing(message):
        future = Future()
        future.set_exception(TemplateError(message))
        return lambda *_: future

    monkeypatch.setitem(KINDS, "deck", replace(KINDS["deck"], start=failing("the deck's error")))
    with pytest.raises(TemplateError, match="the deck's error"):
        make_documents(brief, tmp_path, True, workers=forked)
    monkeypatch.setitem(KINDS, "memo", replace(KINDS["memo"], start=failing("the memo's error")))
    with pytest.raises(TemplateError, match="the memo's error"):
        make_documents(brief, tmp_path, True, workers=forked)


def test_a_file_is_read_alike(forked):
    for data in (memo(load_brief(BUNDLED)), b"%PDF-1.7\ncut off"):
        results = []
        for read in (read_pdf, lambda data, name: forked.layout.submit(read_pdf, data, name).result()):
            try:
                results.append(read(data, "a.pdf"))
            except ReportgenError as error:
                results.append(error.diagnostics)
        assert results[0] == results[1]


@pytest.mark.parametrize("more", [["--no-cache"], []])
def test_a_command_makes_the_same_on_one_core(tmp_path, more):
    pinned = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    for name, before in (("one", pinned), ("all", "")):
        arguments = ["memo", "-q", *more, str(BUNDLED), "-o", str(tmp_path / f"{name}.pdf")]
        script = f"{before}from reportgen.cli import main; raise SystemExit(main({arguments}))"
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "all.pdf").read_bytes()


SLOW = """
import time
from reportgen.__main__ import run
from reportgen.pdf import drawings
from reportgen.system import executors

def draw(charts, brand):
    time.sleep(60)

executors.idle_cores = lambda: 1
drawings.draw = draw
run()
"""
"""A command that forks on any machine, and has not drawn its charts when the test ends it."""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_of_a_command_that_is_ended(tmp_path, how):
    command = [sys.executable, "-c", SLOW, "memo", "--no-cache", str(BUNDLED), "-o", str(tmp_path / "out.pdf")]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background ignores it
    )
    while process.poll() is None and len(workers := children(process.pid)) < 2:
        time.sleep(0.01)
    if how == signal.SIGINT:
        os.killpg(process.pid, how)  # as a terminal does
    else:
        process.send_signal(how)
    told = process.communicate(timeout=60)[1]
    deadline = time.monotonic() + 30
    while any(map(running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(running, workers))
    assert not list(tmp_path.iterdir())
    if how == signal.SIGINT:
        assert (process.returncode, told) == (130, "interrupted; no file was left incomplete\n")


def children(pid):
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def running(pid):
    try:
        return not re.search(r"\) Z", Path(f"/proc/{pid}/stat").read_text())
    except OSError:
        return False
