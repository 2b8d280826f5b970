"""Diagnostics for YAML's syntax errors, each with its place and a hint."""

from __future__ import annotations

import re
from typing import Any

import yaml

from reportgen.system.errors import Diagnostic, Location
from reportgen.text.late_pattern import compile_late

QUOTE_IT = 'put the text in double quotes, or start it on the next line after ">-"'


def describe_syntax_error(error: yaml.MarkedYAMLError, file: str, text: str) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    problem = (error.problem or error.context or "not YAML").rstrip()
    if "quoted scalar" in (error.context or "") and error.context_mark and "end of" in problem:
        return Diagnostic(
            "a quoted text is not closed",
            locate_mark(error.context_mark, file),
            'end it with the quotation mark it began with; inside "…" write \\" for a quotation mark',
        )
    if mark is None:
        return Diagnostic(problem, Location(file))
    line = text.split("\n")[mark.line] if mark.line < text.count("\n") + 1 else ""
    return Diagnostic(f"this is not YAML: {problem}", locate_mark(mark, file), _find_hint(line, problem))


def locate_mark(mark: Any, file: str) -> Location:
    """Return the place of a parser's mark (of either parser's class), numbered from 1."""
    return Location(file, mark.line + 1, mark.column + 1)


_HINTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (compile_late(r"^[ ]*\t"), "indent with spaces: YAML allows no tabs"),
    (compile_late(r"(?:^\s*-|:)\s+\[@"), f"a text that begins with [@quote] is read as a list: {QUOTE_IT}"),
    (compile_late(r"(?:^\s*-|:)\s+\*"), f"a text that begins with * is read as an alias: {QUOTE_IT}"),
    (compile_late(r"(?:^\s*-|:)\s+[@`%&!]"), f"a text cannot begin with this character: {QUOTE_IT}"),
    (compile_late(r"(?:^\s*-|:)\s+[>|]\s*\S"), f'a text cannot begin with ">" or "|": {QUOTE_IT}'),
    (compile_late(r"(?:^\s*-|:)\s+\{"), f'a text that begins with "{{" is read as a mapping: {QUOTE_IT}'),
    (compile_late(r"(?:^\s*-|:)\s+(\"[^\"]*\"|'[^']*')\s*\S"), "the text continues after its closing quotation mark: quote all of it, or use \">-\""),
    (compile_late(r":\s.*:\s"), f'a colon and a space inside a text begin a new key: {QUOTE_IT}'),
)  # fmt: skip


def _find_hint(line: str, problem: str) -> str | None:
    if "Unicode character escape" in problem:
        return "write the character itself: half of a surrogate pair is not a character"
    if "mapping values are not allowed" in problem:
        return f"a colon and a space inside a text begin a new key: {QUOTE_IT}"
    for pattern, hint in _HINTS:
        if pattern.search(line):
            return hint
    if "expected" in problem or "could not find" in problem:
        return "compare the indentation of this line with the lines above it"
    return None
