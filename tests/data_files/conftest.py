"""Briefs whose numbers are in a data file that the test writes."""

import json
import subprocess
import sys

import pytest

from reportgen.brief import load_brief
from reportgen.system import limited_process
from reportgen.system.errors import BriefError
from tests.conftest import ROOT

TRADE = "Year,Exports,Imports\n2019,10.5,12\n2020,11,13.25\n2021,12.5,14\n"


@pytest.fixture
def write(tmp_path):
    """Write a data file and a brief with facts or one exhibit of it; return the brief's path."""

    def write_files(content=TRADE, file="trade.csv", facts=None, exhibit=None, text=None, **source):
        if content is not None:
            data = content.encode() if isinstance(content, str) else content
            (tmp_path / file).write_bytes(data)
        facts, exhibit = facts or {}, exhibit and {"title": "Trade grows", **exhibit}
        brief = {
            "title": "Trade of Freedonia",
            "slug": "trade",
            "date": "2026-02-10",
            "to": "Board",
            "from": "Staff",
            "sources": {
                "trade": {"author": "Customs", "title": "Trade by year", "published": "2022", "file": file, **source}
            },
            "facts": {name: {"source": "trade", **fact} if "cell" in fact else fact for name, fact in facts.items()},
            "bottom_line": text or "".join(f"Trade was ${{{name}}}. " for name in facts) or "Trade grows.",
        }
        if exhibit:
            brief["why_now"] = {"title": "Trade grows", "points": ["We judge that it grows."], "exhibits": ["chart"]}
            brief["exhibits"] = {"chart": {"data": "trade", **exhibit}}
        path = tmp_path / "brief.yaml"
        path.write_text(json.dumps(brief, ensure_ascii=False, indent=1), encoding="utf-8")
        return path

    return write_files


@pytest.fixture
def value_of(write):
    """Return how a cell prints as a fact."""

    def read(content, cell, file="trade.csv", fact=None, **source):
        path = write(content, file, {"it": {"cell": cell, **(fact or {})}}, **source)
        return load_brief(path).quantities["it"].short.replace("\u00a0", " ")

    return read


@pytest.fixture
def problem_of(write):
    """Return the one message and hint with which a brief is refused, and check that its place is in the brief."""

    def refuse(*arguments, **more):
        path = write(*arguments, **more)
        with pytest.raises(BriefError) as caught:
            load_brief(path)
        assert len(caught.value.diagnostics) == 1, str(caught.value)
        found = caught.value.diagnostics[0]
        assert found.where.file == str(path)
        assert found.where.line > 1
        return found.message, found.hint

    return refuse


@pytest.fixture
def drawn(write):
    """Return the labels, series and printed numbers of a chart."""

    def draw(content, exhibit, file="trade.csv", **source):
        brief = load_brief(write(content, file, exhibit=exhibit, **source))
        return [
            (datum.item, datum.series, datum.printed.replace("\u00a0", " ")) for datum in brief.exhibits["chart"].data()
        ]

    return draw


@pytest.fixture
def run():
    """Run the command and return the finished process."""

    def run_command(*arguments):
        command = [sys.executable, "-m", "reportgen", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)

    return run_command


@pytest.fixture(autouse=True)
def one_process(request, monkeypatch):
    """Read workbooks in this process, which is fast; tests/data_files/test_workbooks.py reads them as users do."""
    if request.module.__name__.rpartition(".")[2] != "test_workbooks":
        monkeypatch.setattr(limited_process, "run_limited", lambda function, *arguments, **_: function(*arguments))
