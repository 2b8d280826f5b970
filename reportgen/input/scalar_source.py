"""The characters of a text value and where each of them stands in the YAML source.

`map_scalar` decodes a scalar as the parser does, style by style, and keeps for every character of its value the stretch of the
source that writes it: an escape, a doubled quotation mark, or the line end and indent that a folded text reads as one space.
Whoever replaces some characters of a value can so leave all others as they are written, line ends included.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

Span = tuple[int, int]
Mapped = list[tuple[str, Span]]

_BREAK = re.compile(r"[ \t]*(?:\r?\n[ \t]*)+")
_ESCAPED_BREAK = re.compile(r"\\[ \t]*\r?\n[ \t]*")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_HEADER = re.compile(r"[|>][-+]?[ \t]*(?:#[^\n]*)?\r?\n")
_NAMED = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
          "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}  # fmt: skip


def map_scalar(source: str, style: str | None) -> Mapped | None:
    """Return the characters of a scalar's value with their places in its source.

    Parameters
    ----------
    source
        The scalar as the file has it, with its quotation marks, or from the sign that begins its block.
    style
        PyYAML's name of its style: `"`, `'`, `|`, `>`, or None for a plain one.

    Returns
    -------
    list of tuple, or None
        One entry a character; the final line end of a block is left out. None for a layout that is not understood, such as a
        block whose indent is stated.
    """
    if style in ("|", ">"):
        return _map_block(source, style == ">")
    if style in ("'", '"'):
        begin, end = 1, len(source) - 1
    else:
        begin, end = 0, len(source.rstrip())
    return list(_map_flow(source, begin, end, style or ""))


def encode_characters(text: str, style: str | None) -> str:
    """Return words as a scalar of this style writes them inside; a plain one writes them as they are."""
    if style == '"':
        return json.dumps(text, ensure_ascii=False)[1:-1]
    return text.replace("'", "''") if style == "'" else text


def _map_flow(source: str, begin: int, end: int, style: str) -> Iterator[tuple[str, Span]]:
    at = begin
    while at < end:
        if style == '"' and (match := _ESCAPED_BREAK.match(source, at, end)):
            at = match.end()
        elif (match := _BREAK.match(source, at, end)) and "\n" in match[0]:
            lines = match[0].count("\n")
            yield from ((char, (at, match.end())) for char in ("\n" * (lines - 1) or " "))
            at = match.end()
        elif style == '"' and (match := _ESCAPE.match(source, at, end)):
            yield _unescape(match[0][1:]), match.span()
            at = match.end()
        elif style == "'" and source.startswith("''", at):
            yield "'", (at, at + 2)
            at += 2
        else:
            yield source[at], (at, at + 1)
            at += 1


def _unescape(code: str) -> str:
    return chr(int(code[1:], 16)) if code[0] in "xuU" else _NAMED.get(code, code)


def _map_block(source: str, is_folded: bool) -> Mapped | None:
    header = _HEADER.match(source)
    if not header:
        return None
    lines: list[tuple[int, int]] = []
    at = header.end()
    for line in source[at:].splitlines(keepends=True):
        lines.append((at, at + len(line.rstrip("\r\n"))))
        at += len(line)
    while lines and not source[lines[-1][0] : lines[-1][1]].strip():
        lines.pop()
    filled = [source[begin:end] for begin, end in lines if source[begin:end].strip()]
    if not filled:
        return None
    indent = min(len(line) - len(line.lstrip(" ")) for line in filled)
    return _join_lines(source, [(min(begin + indent, end), end) for begin, end in lines], is_folded)


def _join_lines(source: str, lines: list[Span], is_folded: bool) -> Mapped:
    """Join the lines of a block, each without its indent."""
    found: Mapped = []
    for number, (begin, end) in enumerate(lines):
        if number:
            found += _map_line_end(source, lines, number, is_folded)
        found += ((source[at], (at, at + 1)) for at in range(begin, end))
    return found


def _map_line_end(source: str, lines: list[Span], number: int, is_folded: bool) -> Mapped:
    """Return what stands in the value for the end of the line before `number`."""
    span = (lines[number - 1][1], lines[number][0])
    before, here = (source[slice(*lines[at])] for at in (number - 1, number))
    if not is_folded:
        return [("\n", span)]
    last = next((source[slice(*lines[at])] for at in range(number - 1, -1, -1) if source[slice(*lines[at])]), "")
    following = next((source[slice(*line)] for line in lines[number:] if source[slice(*line)]), "")
    if last[:1] in (" ", "\t") or following[:1] in (" ", "\t"):  # lines that stand further in are kept
        return [("\n", span)]
    if not here:
        return [("\n", span)]
    return [] if not before else [(" ", span)]
