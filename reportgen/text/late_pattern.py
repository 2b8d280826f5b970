"""Regular expressions that are compiled when they are first used.

Compiling a long pattern takes as long as searching all texts of a brief with it, and most briefs need a part of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


def compile_late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when its first attribute is asked for."""
    return cast("re.Pattern[str]", _LatePattern(pattern, flags))


class _LatePattern:
    """A pattern that keeps each attribute of the compiled one as its own, so that only the first use takes longer."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = (pattern, flags)
        self._compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._compiled is None:
            self._compiled = re.compile(*self._source)
        attribute = getattr(self._compiled, name)
        setattr(self, name, attribute)
        return attribute
