"""Limits on a stylesheet beside a brief: the layout engine follows every variable and every number, however large."""

from __future__ import annotations

import re

from reportgen.system.errors import Location, TemplateError

MOST_BYTES = 200_000
LARGEST = 10_000.0  # of any number: no page, margin or count of ours comes near it
MOST_TRACKS = 100  # of a grid's repeat()
SMALLEST_PAGE = 72.0  # points
MOST_VARIABLES = 1_000  # uses of variables that one value comes to
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|#[0-9a-fA-F]{3,8}\b|U\+[0-9A-Fa-f?-]+|url\([^)]*\))""")
_NUMBER = re.compile(r"(?<![\w.-])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_TRACKS = re.compile(r"repeat\(\s*(\d+)")
_SIZE = re.compile(r"(?<![\w-])size\s*:([^;}]*)")
_LENGTH = re.compile(r"(\d+\.?\d*|\.\d+)(pt|px|pc|in|cm|mm|q)?\b", re.IGNORECASE)
POINTS = {"pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6}
_VARIABLE = re.compile(r"(--[\w-]+)\s*:([^;}]*)")
_USE = re.compile(r"var\(\s*(--[\w-]+)")


def check_stylesheet(data: bytes, path: str) -> None:
    """Raise TemplateError, with file and line, for a stylesheet that would make the layout engine work without end."""
    if len(data) > MOST_BYTES:
        raise TemplateError(f"the stylesheet is larger than {MOST_BYTES:,} bytes", Location(path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TemplateError("the stylesheet is not UTF-8", Location(path), "save it as UTF-8 text") from None
    text = _COMMENT.sub(_blank, text)
    for match in _NUMBER.finditer(_QUOTED.sub(_blank, text)):
        if abs(float(match[0])) > LARGEST:
            message = f"{match[0]} is larger than any number that a page needs"
            raise TemplateError(message, _locate(text, match.start(), path))
    for match in _TRACKS.finditer(text):
        if int(match[1]) > MOST_TRACKS:
            message = f"{match[0]}) makes more than {MOST_TRACKS} tracks"
            raise TemplateError(message, _locate(text, match.start(), path))
    for match in _SIZE.finditer(text):
        for number, unit in _LENGTH.findall(match[1]):
            if float(number) * POINTS.get(unit.lower(), 0.0) < SMALLEST_PAGE:
                raise TemplateError(
                    "a page has to be at least an inch wide and high", _locate(text, match.start(), path)
                )
    _check_variables(text, path)


def _check_variables(text: str, path: str) -> None:
    uses: dict[str, list[str]] = {}
    for match in _VARIABLE.finditer(text):  # a variable with several values counts with all of them
        uses.setdefault(match[1], []).extend(_USE.findall(match[2]))
    sizes: dict[str, int] = {}

    def measure(name: str, above: frozenset[str]) -> int:
        """Return how many uses of variables a variable comes to; a circle counts as too many."""
        if name in above or len(above) > 50:
            return MOST_VARIABLES + 1
        if name not in sizes:
            sizes[name] = 1 + sum(measure(other, above | {name}) for other in uses.get(name, ()))
        return sizes[name]

    for match in _VARIABLE.finditer(text):
        if measure(match[1], frozenset()) > MOST_VARIABLES:
            message = f"{match[1]} refers to itself, or to more than {MOST_VARIABLES:,} variables"
            raise TemplateError(message, _locate(text, match.start(), path))


def _blank(match: re.Match[str]) -> str:
    """Return as many lines without words, so that places stay."""
    return re.sub(r"[^\n]", " ", match[0])


def _locate(text: str, at: int, path: str) -> Location:
    return Location(path, text.count("\n", 0, at) + 1)
