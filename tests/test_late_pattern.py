"""Patterns that are compiled when they are first used."""

import re

import pytest

from reportgen.text.late_pattern import compile_late


def test_a_late_pattern_does_what_a_compiled_one_does():
    late, compiled = compile_late(r"(?P<n>\d+) tons", re.IGNORECASE), re.compile(r"(?P<n>\d+) tons", re.IGNORECASE)
    text = "5 tons and 12 TONS"
    assert [match["n"] for match in late.finditer(text)] == [match["n"] for match in compiled.finditer(text)]
    assert late.sub("-", text) == compiled.sub("-", text)
    assert (late.pattern, late.flags, late.groups) == (compiled.pattern, compiled.flags, compiled.groups)


def test_a_wrong_pattern_is_reported_when_it_is_used():
    late = compile_late("(")
    with pytest.raises(re.error, match="missing"):
        late.search("")
