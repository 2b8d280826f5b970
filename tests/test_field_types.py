"""The models' base leaves its host's process as it was."""

import subprocess
import sys

from tests.conftest import ROOT


def test_importing_the_models_changes_neither_environment_nor_modules():
    code = (
        "import os; before = dict(os.environ); import reportgen.brief\n"
        "assert dict(os.environ) == before\n"
        "import importlib.metadata as m; assert m.version('pydantic') and type(m).__name__ == 'module'"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_the_command_line_searches_for_no_plugins_of_pydantic():
    code = (
        "import atexit, os, sys; sys.argv = ['reportgen', '--version']\n"
        "atexit.register(lambda: print(os.environ['PYDANTIC_DISABLE_PLUGINS'], flush=True))\n"
        "from reportgen.__main__ import run; run()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split()[-1] == "__all__", done.stderr
