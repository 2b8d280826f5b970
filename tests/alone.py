"""Tests that fork, each in a process of its own.

The suite's have threads: pytest's, and those of the Java machine that veraPDF runs in, which a copy waits for in vain.
"""

import os
import subprocess
import sys
import time

import pytest

MARK = "alone: in a fresh process without threads, as a command is when it forks"
INSIDE = "REPORTGEN_TEST_ALONE"


def run(item: pytest.Item) -> bool | None:
    """Run a test that is marked so in its own pytest, and report what that one told. None for any other test."""
    if item.get_closest_marker("alone") is None:
        return None
    if INSIDE in os.environ:
        assert threads() <= 1, "what the test's module imports starts a thread"
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    item.ihook.pytest_runtest_logreport(report=_report(item))
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def threads() -> int:
    """How many this process has, its libraries' own among them; 0 where the system does not tell."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 0


def _report(item: pytest.Item) -> pytest.TestReport:
    started = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", item.nodeid],
        cwd=item.config.rootpath, env={**os.environ, INSIDE: "1"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    about = {"keywords": {}, "when": "call", "start": started, "stop": time.time(), "duration": time.time() - started}
    if done.returncode:
        return pytest.TestReport(item.nodeid, item.location, outcome="failed", longrepr=done.stdout, **about)
    if " 1 passed" in done.stdout:
        return pytest.TestReport(item.nodeid, item.location, outcome="passed", longrepr=None, **about)
    path, line, _ = item.location
    return pytest.TestReport(item.nodeid, item.location, outcome="skipped", longrepr=(path, line, done.stdout), **about)
