"""Regular expressions that set-up compiled: the very same ones, and what Python makes of a pattern wherever it did not."""

import json
import marshal
import re
import subprocess
import sys

import pytest
from hypothesis import given, strategies as st

from reportgen import regexes
from tests.conftest import BUNDLED, ROOT

COMPILED_ANYWAY = """
import json, re, sys
from reportgen import regexes
compiler, anyway = regexes._compiler(), []
plain = compiler.compile
def compile(pattern, flags=0):
    anyway.append(str(pattern))
    return plain(pattern, flags)
compiler.compile = compile
regexes.quicken()
re.compile("nobody else has (this)")
from reportgen.cli import main
assert main(sys.argv[1:]) == 0
print(json.dumps(anyway))
"""
PATTERNS = [
    "a",
    r"(?P<year>\d{4})-(\d\d)?",
    r"(?i)straße|ÉTÉ",
    r"(?x) [^\W_]+ # words",
    b"[\x80-\xff]+(?P<end>$)",
    r"(?<=x)\b",
]
TEXTS = ["a", "2020-11 a x", "STRASSE été", "", "x_y", b"\x90\xff", b""]


@pytest.fixture(scope="module")
def kept():
    if not regexes.KEPT.is_file():
        pytest.skip("make setup writes reportgen/regexes.bin")
    return regexes.read(regexes.KEPT)


def test_each_is_what_python_compiles(kept):
    assert len(kept) > 200
    with regexes.Recording() as anew:
        for _, pattern, flags in kept:
            regexes._compiler().compile(pattern, flags)
    assert {key: anew[key] for key in kept} == kept


@pytest.mark.parametrize("command", ["check", "deck", "memo --no-cache"])
def test_a_command_compiles_no_other(kept, command, tmp_path):
    script = [sys.executable, "-c", COMPILED_ANYWAY, *command.split(), str(BUNDLED), "--quiet"]
    script += ["-o", tmp_path / "made"] if command != "check" else []
    done = subprocess.run(script, cwd=ROOT, capture_output=True, check=True, text=True)
    nobodys, *others = json.loads(done.stdout.splitlines()[-1])
    assert nobodys == "nobody else has (this)"
    anew = "set-up knew others: .venv/bin/python -m reportgen.regexes > reportgen/regexes.bin"
    assert len(others) <= 1, anew  # markdown-it joins a set of characters, each time in another order


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no marshal", id="something else"),
        pytest.param(marshal.dumps(7), id="not a pair"),
        pytest.param(marshal.dumps(("3.11.0 of another", {(False, "a", 0): ()})), id="another Python's"),
        pytest.param(regexes.written({(False, "a", 0): ("a", 32, b"\0\0\0\0", 0, {}, (None,))})[:-9], id="cut off"),
    ],
)
def test_a_file_of_another_kind_is_none(content, tmp_path):
    path = tmp_path / "regexes.bin"
    path.write_bytes(content)
    assert regexes.read(path) == {}


def test_no_file_is_none(tmp_path):
    assert regexes.read(tmp_path / "regexes.bin") == {}


@given(st.sampled_from(PATTERNS), st.sampled_from([0, re.IGNORECASE, re.MULTILINE | re.DOTALL, re.ASCII]))
def test_a_kept_one_is_as_the_plain(pattern, flags):
    with regexes.Recording() as recorded:
        plain = regexes._compiler().compile(pattern, flags)
    python, again = marshal.loads(regexes.written(recorded))
    quick = regexes._compiled(*again[regexes._key(pattern, flags)])
    assert python == regexes.PYTHON
    assert (quick, quick.flags, quick.groups, dict(quick.groupindex)) == (
        plain,
        plain.flags,
        plain.groups,
        dict(plain.groupindex),
    )
    for text in TEXTS:
        if isinstance(text, type(pattern)):
            assert [found.span() for found in quick.finditer(text)] == [found.span() for found in plain.finditer(text)]


def test_wrong_code_is_refused_by_the_engine():
    with pytest.raises(RuntimeError, match="invalid SRE code"):
        regexes._compiled("a", 32, b"\xff\xff\xff\xff", 0, {}, (None,))
