"""What a process beside ours draws, sets and reads is what ours does, faults included, and ours does it where there is none."""

import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from reportgen import handout
from reportgen.audit import audit, begun
from reportgen.brief import load_brief
from reportgen.memo import page_budget
from reportgen.pdf.glyphs import GlyphError
from reportgen.pdf.workshop import Workshop, draw
from reportgen.pipeline.documents import finished
from reportgen.pipeline.kinds import KINDS
from reportgen.system.beside import Beside
from reportgen.system.errors import ReportgenError, TemplateError
from tests.charts.samples import ASK, BRAND, EVERY_CHART, MEASURE, make
from tests.conftest import BUNDLED, ROOT
from tests.memo.conftest import DECIDED

pytestmark = pytest.mark.alone

CHARTS = {name: (make(keys), MEASURE) for name, keys in EVERY_CHART.items()}


@pytest.fixture(scope="module")
def beside():
    """As commands open it where nothing is kept yet."""
    return Workshop(None, Beside(bool), Beside(bool))


def killed():
    process = Beside(bool)
    os.kill(process.pid, signal.SIGKILL)
    os.waitpid(process.pid, 0)
    return process


def test_it_draws_what_we_would(beside):
    assert beside.drawn(CHARTS, BRAND) == draw(CHARTS, BRAND)


def test_it_finds_the_same_fault_in_a_chart(beside):
    charts = {"a.svg": (make({"kind": "bar", "bars": [{"label": "Seoul 서울", "value": 1}]}), MEASURE)}
    faults = []
    for workshop in (Workshop(), beside):
        with pytest.raises(GlyphError) as caught:
            workshop.drawn(charts, BRAND)
        faults.append((caught.value.characters, str(caught.value)))
    assert faults[0] == faults[1]


def test_where_its_processes_are_killed_we_do_their_work(job):
    workshop, charts = Workshop(None, killed(), killed()), {"a.svg": (make(ASK), MEASURE)}
    assert workshop.drawn(charts, BRAND) == draw(charts, BRAND)
    pdf = workshop.typeset(handout.typeset, job())(str)
    assert pdf == handout.typeset(job(), str)
    assert workshop.reading(pdf, "a.pdf")(str) == Workshop().reading(pdf, "a.pdf")(str)


def test_closed_it_leaves_all_to_us(job):
    workshop = Workshop(None, Beside(bool), Beside(bool))
    workshop.close()
    for process in (workshop.typesetter, workshop.drawer):
        os.waitpid(process.pid, 0)
    assert workshop.typeset(handout.typeset, job())(str) == handout.typeset(job(), str)


def test_it_is_killed_while_it_sets(job):
    workshop = Workshop(None, None, Beside(bool))
    waiting = workshop.typeset(handout.typeset, job("<p>Words.</p>" * 2000))
    os.kill(workshop.typesetter.pid, signal.SIGKILL)
    assert waiting(str).startswith(b"%PDF-")


@pytest.mark.parametrize("body", ['<p><img src="none.png" alt="none"/></p>', "<p>서울</p>", "<p>unclosed"])
def test_it_finds_the_same_fault_in_a_document(beside, job, body):
    faults = []
    for workshop in (Workshop(), beside):
        with pytest.raises((GlyphError, TemplateError)) as caught:
            workshop.typeset(handout.typeset, job(body))(str)
        faults.append((type(caught.value), caught.value.diagnostics))
    assert faults[0] == faults[1]


def test_a_document_after_a_faulty_one_is_not_taken_for_it(beside, job):
    with pytest.raises(GlyphError):
        beside.typeset(handout.typeset, job("<p>서울</p>"))
    assert beside.typeset(handout.typeset, job("<p>Words.</p>"))(str) == handout.typeset(job("<p>Words.</p>"), str)


@pytest.mark.parametrize("profile", ["info", "onepage"])
def test_a_memo_is_the_same(beside, profile):
    brief, told = load_brief(BUNDLED), []
    ours = KINDS["memo"].render(brief, profile=profile)
    assert KINDS["memo"].render(brief, profile=profile, workshop=beside, tell=told.append) == ours
    assert told == ["drawing the charts", "laying out the pages", "writing the PDF"]


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
def test_a_memo_is_refused_alike(beside, write_brief, longer, profile, expected):
    (old, new), faults = longer, []
    brief = load_brief(write_brief((old, new + old.removeprefix("bottom_line: >-\n ")), add=f"{DECIDED}pages: 1\n"))
    for workshop in (None, beside):
        with pytest.raises(ReportgenError, match=expected) as caught:
            KINDS["memo"].render(brief, profile=profile, workshop=workshop)
        faults.append((type(caught.value), caught.value.diagnostics))
    assert faults[0] == faults[1]


def test_what_is_laid_out_ahead_is_written_for_its_own_job_alone(beside, job):
    limits, dated = page_budget.Budget(None, None), datetime(2021, 1, 20, tzinfo=UTC)
    one, other = (job(f"<p>{word}</p>") for word in ("One.", "Another."))
    parts = page_budget.Parts({}, (), dated)
    plain = [page_budget.typeset(each, limits, parts, str) for each in (one, other, one)]
    beside.ahead(page_budget.lay_out, one, limits)
    assert [beside.typeset(page_budget.typeset, each, limits, parts)(str) for each in (one, other, one)] == plain
    beside.ahead(page_budget.lay_out, job("<p>unclosed"), limits)
    assert beside.typeset(page_budget.typeset, one, limits, parts)(str) == plain[0]


@pytest.mark.parametrize("own", ["<html><body><marquee/></body></html>", "<html><body>", "{{ nobody }}"])
def test_a_template_is_refused_alike(beside, write_brief, own):
    path, faults = write_brief(), []
    (path.parent / "templates" / "memo").mkdir(parents=True)
    (path.parent / "templates" / "memo" / "info.html").write_text(own)
    for workshop in (None, beside):
        with pytest.raises(TemplateError) as caught:
            KINDS["memo"].render(load_brief(path), workshop=workshop)
        faults.append(caught.value.diagnostics)
    assert faults[0] == faults[1]


def test_a_build_is_the_same_and_tells_the_first_documents_fault(beside, tmp_path, monkeypatch):
    brief = load_brief(BUNDLED)
    assert finished(brief, tmp_path, True, str, beside) == finished(brief, tmp_path, True, str)

    def at_fault(*_, **__):
        raise TemplateError("the deck's fault")

    monkeypatch.setitem(KINDS, "deck", replace(KINDS["deck"], begun=lambda *_, **__: at_fault))
    with pytest.raises(TemplateError, match="the deck's fault"):
        finished(brief, tmp_path, True, str, beside)
    monkeypatch.setitem(KINDS, "memo", replace(KINDS["memo"], begun=lambda *_, **__: memo_at_fault))
    with pytest.raises(TemplateError, match="the memo's fault"):
        finished(brief, tmp_path, True, str, beside)


def memo_at_fault():
    raise TemplateError("the memo's fault")


def test_a_file_is_read_alike(beside):
    brief = load_brief(BUNDLED)
    for data in (KINDS["memo"].render(brief), b"%PDF-1.7\ncut off"):
        told = []
        for finish in (lambda data=data: audit(brief, data, "a.pdf"), begun(brief, data, "a.pdf", beside)):
            try:
                told.append(finish())
            except ReportgenError as error:
                told.append(error.diagnostics)
        assert told[0] == told[1]


@pytest.mark.parametrize("more", [["--no-cache"], []])
def test_a_command_makes_the_same_on_one_core(tmp_path, more):
    pinned = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    for name, before in (("one", pinned), ("all", "")):
        arguments = ["memo", "-q", *more, str(BUNDLED), "-o", str(tmp_path / name)]
        script = f"{before}from reportgen.cli import main; raise SystemExit(main({arguments}))"
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "all").read_bytes()


@pytest.mark.skipif(len(os.sched_getaffinity(0)) == 1, reason="there is no core beside ours")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_of_a_command_that_is_ended(tmp_path, how):
    command = [sys.executable, "-m", "reportgen", "memo", "--no-cache", str(BUNDLED), "-o", str(tmp_path / "out.pdf")]
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
        assert (process.returncode, told) == (130, "\nstopped; nothing was left half-written\n")


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
