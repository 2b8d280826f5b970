"""The lock keeps the cells that are used: each one that changes is reported, and the file need not be there."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.api import check, load_brief, render_memo
from reportgen.evidence import LOCK_NAME
from reportgen.system.errors import UsageError
from tests.data_files import workbooks
from tests.data_files.conftest import TRADE

FACTS = {"exports": {"cell": "B3", "unit": "US$ billion"}}
CHART = {"kind": "line", "x": "Year", "y": ["Exports", "Imports"], "unit": "US$ billion"}


def save_lock(path):
    """Check a brief and write its lock; return the brief's folder."""
    report = check(load_brief(path))
    assert [str(finding.diagnostic) for finding in report.findings] == []
    (path.parent / LOCK_NAME).write_bytes(report.lock)
    return path.parent


def list_faults(path):
    return [finding for finding in check(load_brief(path)).findings if finding.rule == "data-cell"]


def test_a_changed_cell_is_reported_where_the_brief_names_it(write):
    path = write(facts=FACTS, exhibit=CHART)
    folder = save_lock(path)
    assert check(load_brief(path)).lock is None
    (folder / "trade.csv").write_text(TRADE.replace("11,13.25", "11.5,13.25"), encoding="utf-8")
    fact, chart = list_faults(path)
    assert fact.message.startswith("a cell of trade.csv changed since the check on ")
    assert fact.message.endswith(": B3 was 11 and is 11.5")
    assert fact.hint == "read what says it again, then accept the file: check --accept-data"
    assert (fact.path, chart.path) == (("facts", "exports", "cell"), ("exhibits", "chart", "data"))
    report = check(load_brief(path), accept_data=True)
    assert report.passed
    (folder / LOCK_NAME).write_bytes(report.lock)
    assert list_faults(path) == []


def test_the_command_accepts_changed_data(write, run):
    path = write(facts=FACTS)
    assert run("check", path).returncode == 0
    (path.parent / "trade.csv").write_text(TRADE.replace("2020,11", "2020,12"), encoding="utf-8")
    assert run("check", path).returncode == 4
    assert run("check", "--accept-data", path).returncode == 0
    assert run("check", path).stdout.startswith("3 cells of data files compared")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2020,11,13.25", "2020,11.0,13.250", None),  # other bytes, the same numbers
        ("2021,", "2022,", 'A4 was "2021" and is "2022"'),
        ("Imports", "imports", 'C1 was "Imports" and is "imports"'),
        ("2021,12.5,14\n", "2021,12.5,14\n2022,13,15\n", 'A5 is new: "2022"; B5 is new: 13; C5 is new: 15'),
        ("2021,12.5,14\n", "", 'A4 was "2021" and is not in the table'),
        ("2020,11,13.25\n", "2020,11,13.25\n\n", 'A4 was "2021" and is not in the table'),
    ],
)
def test_what_is_a_change(write, old, new, words):
    path = write(exhibit={**CHART, "kind": "column"})
    folder = save_lock(path)
    assert old in TRADE
    (folder / "trade.csv").write_text(TRADE.replace(old, new), encoding="utf-8")
    found = list_faults(path)
    if words is None and "11.0" in new:
        assert "B3 was 11 and is 11.0" in found[0].message  # it prints otherwise
    else:
        assert words in found[0].message


def test_without_the_file_the_lock_has_its_cells(write):
    path = write(workbooks.TRADE, "trade.xlsx", {"share": {"cell": "C4", "unit": "%"}, "day": {"cell": "D5"}, "exports": {"cell": "B4", "unit": "US$ million", "scale": 1000}},
                 {"kind": "column", "x": "Year", "y": "Share"}, text="The share was ${share}, and exports ${exports}. The last day is ${day}.")  # fmt: skip
    with_file = load_brief(path)
    folder = save_lock(path)
    (folder / "trade.xlsx").unlink()
    brief = load_brief(path)
    assert brief.quantities == with_file.quantities
    assert brief.exhibits == with_file.exhibits
    report = check(brief)
    assert [str(finding.diagnostic) for finding in report.findings] == []
    assert report.lock is None
    assert brief.source_line(brief.exhibits["chart"]) == with_file.source_line(with_file.exhibits["chart"])
    assert render_memo(brief).startswith(b"%PDF")


def test_a_stated_value_without_file_and_lock_was_never_read(write):
    path = write(None, facts={"exports": {"cell": "B3", "unit": "US$ billion", "value": 11}})
    (found,) = list_faults(path)
    assert found.message == 'the cell of the fact "exports" was never read'


def test_the_lock_names_cells_and_keeps_what_it_had(write):
    path = write(facts=FACTS)
    folder = save_lock(path)
    locked = json.loads((folder / LOCK_NAME).read_text(encoding="utf-8"))
    assert locked["cells"] == {"trade": {"A3": "2020", "B1": "Exports", "B3": 11.0}}
    assert len(locked["sources"]["trade"]["sha256"]) == 64


def test_a_damaged_lock_is_no_data(write):
    path = write(None, facts={"exports": {"cell": "B3", "unit": "tons", "value": 11}})
    (path.parent / LOCK_NAME).write_text('{"version": 1, "cells": {"trade": {"B0": 3}}}', encoding="utf-8")
    assert load_brief(path).quantities["exports"].value == 11


def test_a_data_file_is_not_named_on_the_command_line(write):
    path = write(facts=FACTS)
    with pytest.raises(UsageError, match="is read where the brief is"):
        check(load_brief(path), {"trade": path.parent / "trade.csv"})


def test_a_data_file_is_no_output(write, run):
    path = write(facts=FACTS)
    shown = run("memo", path, "-o", path.parent / "trade.csv")
    assert shown.returncode == 2
    assert (path.parent / "trade.csv").read_text(encoding="utf-8") == TRADE


@settings(max_examples=25)
@given(st.data())
def test_every_changed_cell_that_is_used_is_reported(data):
    """Change any cells of a table: those that are drawn or printed are named, and no others are."""
    rows = [
        ["Year", "Exports", "Imports", "Note"],
        *([str(2010 + n), str(n + 0.5), str(n * 2), "x"] for n in range(1, 9)),
    ]
    places = [(row, column) for row in range(1, 9) for column in range(4)]
    changed = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=12, unique=True))
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "brief.yaml"
        path.write_text(BRIEF, encoding="utf-8")
        table = Path(name) / "trade.csv"
        table.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
        save_lock(path)
        for row, column in changed:
            rows[row][column] += "9" if column != 3 else "y"
        table.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
        reported = {found.path[1]: found.message for found in list_faults(path)}
    used = [(row, column) for row, column in changed if column in (0, 1)]
    for row, column in used:
        assert f"{'AB'[column]}{row + 1} was " in reported["chart"]
    assert reported.get("chart", "").count(" was ") == len(used)
    mine = [place for place in changed if place in ((4, 0), (4, 2))]  # C5 and its label
    assert reported.get("imports", "").count(" was ") == len(mine)


BRIEF = """\
title: Trade
slug: trade
date: 2026-02-10
to: Board
from: Staff
sources: {trade: {author: Customs, title: Trade, file: trade.csv}}
facts: {imports: {cell: C5, source: trade, unit: tons}}
bottom_line: Imports were ${imports}.
why_now: {title: It grows, points: [We judge so.], exhibits: [chart]}
exhibits:
  chart: {kind: bar, title: It grows, data: trade, x: Year, y: Exports}
"""
