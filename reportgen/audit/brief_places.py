"""The place in the brief of what a finding is about: the key, and the line and column of its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.audit.word_stream import plain_words
from reportgen.brief.traced_brief import list_texts
from reportgen.input.field_types import Model
from reportgen.input.model_validation import parse_path
from reportgen.text.numbers import PartialDate, Quantity
from reportgen.text.trace import Piece

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

NEAR = 6  # words on either side of a change that tell which of several texts it is in


class BriefPlace(Struct, frozen=True):
    """A place in the brief's file; lines and columns are numbered from 1."""

    file: str
    line: int | None
    column: int | None
    key: str

    def __str__(self) -> str:
        return f"{':'.join(str(part) for part in (self.file, self.line, self.column) if part is not None)}: {self.key}"


class BriefPlaces(Struct, frozen=True, dict=True):
    """The places of a brief's texts, facts and drawn numbers."""

    brief: Brief

    def locate(self, path: str) -> BriefPlace | None:
        """Return the place of a path, or of the nearest part around it that the file has; None for no path."""
        where = self.brief.where(*parse_path(path)) if path else None
        return BriefPlace(where.file, where.line, where.column, path) if where else None

    def locate_fact(self, fact: str) -> BriefPlace | None:
        """Return the place of a fact; None for one that no key of the file states."""
        return self.locate(f"facts.{fact}") if fact in self.brief.facts else None

    def choose(self, pieces: Sequence[Piece], words: Sequence[str], first: int, last: int) -> str:
        """Return the path that pieces of a text come from, "" where there are none.

        Of several, it is the one whose text has most of the changed `words`, from `first` to `last`, and then of those
        around them. What an exhibit says of itself comes from the text or number of it that has these words.
        """
        paths = tuple(dict.fromkeys(path for piece in pieces for path in piece.paths))
        changed, near = set(words[first:last]), set(words[max(0, first - NEAR) : last + NEAR])
        if len(paths) == 1 and (exhibit := self._as_exhibit(paths[0])):
            return self._find_part(exhibit, words, first, last) or paths[0]
        if len(paths) < 2:
            return "".join(paths)
        return max(paths, key=lambda path: (len(changed & self._words_of(path)), len(near & self._words_of(path))))

    def _as_exhibit(self, path: str) -> str:
        """Return the id of the exhibit that a path leads to; "" where it leads elsewhere, or into one."""
        name = path.removeprefix("exhibits.")
        return name if name in self.brief.exhibits and name != path else ""

    def _find_part(self, exhibit: str, words: Sequence[str], first: int, last: int) -> str:
        """Return the path of the longest text or number of an exhibit that stands at these words, or ""."""
        found = [
            (len(part), path)
            for path, part in self._drawn(exhibit)
            if any(part == tuple(words[at : at + len(part)]) for at in range(max(0, last - len(part)), first + 1))
        ]
        return max(found, default=(0, ""))[1]

    def _words_of(self, path: str) -> frozenset[str]:
        """Return the words that a path prints."""
        if path not in self._words and path.startswith("quotes."):
            return frozenset(word for place in self.brief.places(path.split(".")[1]) for word in plain_words(place))
        return self._words.get(path, frozenset())

    def find_label(self, exhibit: str, text: str) -> str:
        """Return the path of a drawing's words: of the exhibit's text or number that says most of them, else its own."""
        own, best, most = set(plain_words(text)), f"exhibits.{exhibit}", 0
        for path, words in self._drawn(exhibit):
            if own.issuperset(words) and len(words) > most:
                best, most = path, len(words)
        return best

    def find_labels(self, exhibit: str, text: str) -> set[str]:
        """Return the paths of all texts and numbers of an exhibit that a drawing's words contain, whole and in order."""
        words = plain_words(text)
        return {
            path
            for path, part in self._drawn(exhibit)
            if part and any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))
        }

    def find_value(self, exhibit: str, value: float, *names: str) -> str:
        """Return the path of a number that a chart draws, in a row, category or series of these names."""
        numbers = [
            path
            for path, quantity in find_quantities(self.brief.exhibits[exhibit], f"exhibits.{exhibit}")
            if not isinstance(quantity.value, PartialDate)
            and abs(quantity.value - value) <= 1e-9 * max(1.0, abs(value))
        ]
        wanted = set(names)
        best = max(numbers, key=lambda path: len(wanted & self._names_of(exhibit, path)), default="")
        return best or self.find_label(exhibit, " ".join(names))

    def _names_of(self, exhibit: str, path: str) -> set[str]:
        """Return the names that belong to a number: those beside it, and those of its place in a list of names."""
        parent, _, _ = path.rpartition(".")
        index = path.rpartition("[")[2].rstrip("]") if path.endswith("]") else ""
        return {
            text
            for key, text in self._texts.items()
            if key.startswith(f"exhibits.{exhibit}.")
            and (key.rpartition(".")[0] == parent or (index and key.endswith(f"[{index}]")))
        }

    def _drawn(self, exhibit: str) -> list[tuple[str, tuple[str, ...]]]:
        """Return the paths of an exhibit's texts and numbers, each with words that it prints."""
        if exhibit not in self._by_exhibit:
            prefix = f"exhibits.{exhibit}."
            texts = [
                (path, plain_words(self.brief.plain(text)))
                for path, text in self._texts.items()
                if path.startswith(prefix)
            ]
            for path, quantity in find_quantities(self.brief.exhibits[exhibit], prefix[:-1]):
                texts += [(path, plain_words(text)) for text in (quantity.short, quantity.prose)]
            self._by_exhibit[exhibit] = texts
        return self._by_exhibit[exhibit]

    @cached_property
    def _by_exhibit(self) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        return {}

    @cached_property
    def _texts(self) -> dict[str, str]:
        return dict(list_texts(self.brief))

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {path: frozenset(plain_words(self.brief.plain(text))) for path, text in self._texts.items()}


def find_quantities(value: Any, path: str) -> Iterator[tuple[str, Quantity]]:
    """Yield every number and date inside a model, with its path."""
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            yield from find_quantities(getattr(value, name), f"{path}.{info.alias or name}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from find_quantities(item, f"{path}[{index}]")
