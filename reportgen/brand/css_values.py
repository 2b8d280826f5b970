"""Values as CSS and brand files write them: lists of typefaces, lengths of paper. Nobody who asks for them builds a model."""

from __future__ import annotations

import re
from typing import Any

GENERIC = frozenset(
    {"serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif", "cursive", "fantasy"}
)
"""CSS's names for whatever face a machine has."""
POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(pt|mm|cm|in)")


def list_families(stack: str) -> tuple[str, ...]:
    """Return the families of a CSS list of typefaces: ("Noto Sans", "Aptos", "sans-serif")."""
    return tuple(name for each in stack.split(",") if (name := each.strip().strip("\"'").strip()))


def read_length(value: Any) -> float | None:
    """Return a length of paper in points: "11pt", "25 mm"; None for anything else, such as a size of web pages."""
    found = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
    return float(found[1]) * POINTS[found[2]] if found else None
