"""Tests that fork: those of a module run together in a process of their own.

The suite's processes have threads: pytest's, and those of the Java machine that veraPDF runs in, whose locks a fork would
wait for in vain.
"""

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

MARK = "alone: in a fresh process, as a command is when it forks"
INSIDE = "REPORTGEN_TEST_ALONE"


def is_elsewhere(item: pytest.Item) -> bool:
    """Return whether the test runs in another process than this."""
    return item.get_closest_marker("alone") is not None and INSIDE not in os.environ


def run(item: pytest.Item) -> None:
    """Run the tests of the item's module in their own pytest, once; the outcome of the item there is its outcome here."""
    selected = [each.nodeid for each in item.session.items if each.path == item.path and is_elsewhere(each)]
    outcomes, output = _run_all(tuple(selected), str(item.config.rootpath))
    outcome = outcomes.get(item.name, ("failure", f"no outcome:\n{output}"))
    if outcome[0] == "skipped":
        pytest.skip(outcome[1])
    if outcome[0] != "passed":
        pytest.fail(outcome[1], pytrace=False)


@cache
def _run_all(selected: tuple[str, ...], root: str) -> tuple[dict[str, tuple[str, str]], str]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", f"--junitxml={report}", *selected],
            cwd=root, env={**os.environ, INSIDE: "1"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        if not report.exists():
            return {}, done.stdout
        return {
            case.get("name", ""): _outcome(case) for case in ElementTree.parse(report).iter("testcase")
        }, done.stdout


def _outcome(case: ElementTree.Element) -> tuple[str, str]:
    for kind in ("error", "failure", "skipped"):
        if (found := case.find(kind)) is not None:
            return kind, f"{found.get('message')}\n{found.text}"
    return "passed", ""
