"""Limits on the work that a template may cause: steps, letters, the size of numbers, and processor time.

Time is this thread's on the processor: a busy machine does not change whether a document is written.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2.exceptions import SecurityError

MOST_STEPS = 200_000  # turns of all loops of one document together, and calls of macros and functions
MOST_ITEMS = 10_000  # of a list that is made from others
MOST_TEXT = 1_000_000  # letters of one text
MOST_LETTERS = 50_000_000  # letters read and written by all filters and joins of one document together
MOST_SECONDS = 4.0
LARGEST = 2**63  # of a whole number
LETTERS_BETWEEN, STEPS_BETWEEN = 100_000, 256  # two looks at the clock


class WorkMeter:
    """Counter of what one filling of a template has cost so far."""

    def __init__(self, most_printed: int) -> None:
        self.most_printed = most_printed
        """Letters of a whole document, or of a part that a template keeps in a name."""
        self.restart()

    def restart(self) -> None:
        """Begin to count for another document."""
        self.steps = self.letters = 0
        self._next_look = LETTERS_BETWEEN
        self._deadline = time.thread_time() + MOST_SECONDS

    def count_step(self) -> None:
        """Count one turn of a loop, or one call."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise SecurityError(f"loops and calls of more than {MOST_STEPS:,} steps in all")
        if not self.steps % STEPS_BETWEEN:
            self._look_at_clock()

    def count_steps(self, values: Iterable[Any]) -> Iterator[Any]:
        """Yield values, counting each."""
        for value in values:
            self.count_step()
            yield value

    def count_letters(self, letters: int) -> None:
        """Count letters that an operation reads or writes."""
        self.letters += letters
        if self.letters > MOST_LETTERS:
            raise SecurityError(f"texts of more than {MOST_LETTERS:,} letters in all")
        if self.letters > self._next_look:
            self._next_look = self.letters + LETTERS_BETWEEN
            self._look_at_clock()

    def check(self, value: Any) -> Any:
        """Return a value that an operation made; raise SecurityError if it is too large."""
        kind = type(value)
        if kind is int:
            if abs(value) > LARGEST:
                raise SecurityError("a whole number of more than 19 digits")
        elif isinstance(value, str):
            require_short_text(len(value))
            self.count_letters(len(value))
        elif isinstance(value, list | tuple | Mapping):
            self._require_few(value)
        return value

    def _require_few(self, value: Any) -> None:
        """Raise SecurityError for a list with too many items, those of the lists in it included.

        Such a list can be short and share its parts, but whoever prints or compares it goes through all of them.
        """
        waiting, found = [value], 0
        while waiting:
            items = waiting.pop()
            found += len(items)
            if found > MOST_STEPS:
                raise SecurityError(f"lists of more than {MOST_STEPS:,} items in all")
            waiting += (
                item
                for item in (items.values() if isinstance(items, Mapping) else items)
                if isinstance(item, list | tuple | Mapping)
            )
        self.count_letters(found)

    def weigh(self, values: Iterable[Any]) -> None:
        """Count the letters of texts, and of the texts in lists, that an operation is about to read."""
        for value in values:
            if isinstance(value, str):
                self.count_letters(len(value))
            elif isinstance(value, list | tuple):
                self.count_letters(sum(len(item) if isinstance(item, str) else 1 for item in value))

    def join(self, texts: Iterable[str]) -> str:
        """Join texts, as Jinja does with everything that a template prints."""
        found, length = [], 0
        for text in texts:
            length += len(text)
            if length > self.most_printed:
                raise SecurityError(f"more than {self.most_printed:,} letters are printed")
            found.append(text)
        self.count_letters(length)
        return "".join(found)

    def _look_at_clock(self) -> None:
        if time.thread_time() > self._deadline:
            raise SecurityError(f"more than {MOST_SECONDS:.0f} seconds of work")


def require_short_text(length: int) -> None:
    """Raise SecurityError for a text that would be too long."""
    if length > MOST_TEXT:
        raise SecurityError(f"a text of more than {MOST_TEXT:,} letters")
