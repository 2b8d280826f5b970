"""Tests that fork, each in a process of its own.

The suite's have threads: pytest's, and those of the Java machine that veraPDF runs in, which a copy waits for in vain.
"""

import os
import subprocess
import sys

import pytest

MARK = "alone: in a fresh process without threads, as a command is when it forks"
INSIDE = "REPORTGEN_TEST_ALONE"


def handed_on(item: pytest.Item) -> bool:
    """Whether the test runs in another process than this."""
    return item.get_closest_marker("alone") is not None and INSIDE not in os.environ


def run(item: pytest.Item) -> None:
    """Run the test in its own pytest; what that one tells is this one's outcome."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", item.nodeid],
        cwd=item.config.rootpath, env={**os.environ, INSIDE: "1"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.fail(done.stdout, pytrace=False)
    if " 1 passed" not in done.stdout:
        pytest.skip(done.stdout)


def threads() -> int:
    """How many this process has, its libraries' own among them; 0 where the system does not tell."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 0
