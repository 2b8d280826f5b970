"""Fill the gaps of a brief's file with values that its models accept and that print the gap's own words.

A text stays a text: what follows `TODO:` is printed as it is written, and a long one is cut. A date prints its gap, a fact prints it in place of
its number, and an exhibit whose numbers have gaps becomes a table of them: nothing is drawn that nobody has said. Whatever else is
missing, such as a topic's kind, is left out or has its first value, and the text beside it says so.
"""

from __future__ import annotations

import textwrap
from copy import deepcopy
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brief.facts.formula import FormulaError, find_operands
from reportgen.brief.facts.source_values import name_values
from reportgen.brief.gap_filling.fields import Field, escape_gap, find_field, make_value
from reportgen.brief.open_gaps import GAP, Gap, is_gap, list_gaps
from reportgen.input.field_types import Model
from reportgen.input.model_validation import format_path
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.text.numbers import GapDate, GapDay

MOST_WORDS, MOST_TITLE, MOST_ADDED, MOST_LABEL = 110, 85, 45, 30
"""Letters of a gap as documents print it, of one that is a title, of one beside other words or in the place of a date, and of one in a label of a drawing: a note on
what is missing has to fit where the text will."""
MOST_LETTERS = 25
"""Letters of one of its words."""
_PLACES_OF_WORDS = ("title", "text", "question", "label", "name", "author")
_TITLES = frozenset(("title", "subject", "subtitle", "act", "action"))
_VALUES = frozenset(("value", "low", "high", "margin", "formula", "cell", "source", "scale", "values"))
"""The keys of a fact without which it has no number."""
_FILES = frozenset(("file", "encoding"))
_OF_EXHIBITS = frozenset(("only", "width", "quotes", "takeaway"))
"""The keys of an exhibit that nothing is drawn from."""


class Filling(Struct, frozen=True):
    """A file whose gaps have values, and what the facts with gaps print."""

    document: Document
    gaps: tuple[Gap, ...]
    valueless: dict[str, str]
    """The facts that have no value yet, with the gap that they print."""
    incomplete: dict[str, str]
    """The facts with a value and a gap beside it."""
    split: dict[str, str]
    """The ids of single sources' values in facts without value, with their gaps."""
    open_parts: frozenset[KeyPath]
    """The facts, quotes, sources and exhibits of which something is missing: no rule can judge them yet."""


def fill_gaps(document: Document, model: type[Model]) -> Filling | None:
    """Return a brief's file with its gaps filled; None where it has none."""
    gaps = list_gaps(document)
    return _Filler(document, gaps, model).fill() if gaps and isinstance(document.data, dict) else None


class _Filler:
    def __init__(self, document: Document, gaps: tuple[Gap, ...], model: type[Model]) -> None:
        self.document, self.gaps, self.model = document, gaps, model
        self.data: dict[str, Any] = deepcopy(document.data)
        self.valueless: dict[str, str] = {}
        self.incomplete: dict[str, str] = {}
        self.undrawn: dict[str, list[tuple[str, str]]] = {}
        self.added: set[str] = set()
        self.labels: list[tuple[KeyPath, str]] = []

    def fill(self) -> Filling:
        fields = [(gap, find_field(self.model, gap.path, self.document.data)) for gap in self.gaps]
        others = []
        for gap, field in fields:
            if field.kind in ("text", "label") and not self._has_meaning(gap.path):
                self._put(
                    gap.path,
                    self._tell_apart(
                        gap.path, print_gap(self._look_up(gap.path), field, gap.path[-1] in _TITLES), field
                    ),
                )
            else:
                others.append((gap, field))
        for gap, field in reversed(others):  # so that the places of list items before it stay
            self._fill_other(gap, field)
        self._name_sources()
        split = self._spread_to_formulas()
        drawn_less = self._replace_exhibits(self.valueless | split)
        parts = {gap.path[:2] for gap in self.gaps if gap.path[0] in ("facts", "quotes", "sources", "clearances")}
        parts |= {("facts", name) for name in self.valueless} | {("sources", name) for name in self.added}
        parts |= {("exhibits", name) for name in drawn_less}
        document = replace(self.document, data=self.data)
        return Filling(document, self.gaps, self.valueless, self.incomplete, split, frozenset(parts))

    def _tell_apart(self, path: KeyPath, words: str, field: Field) -> str:
        """Return a label with a number behind it where the exhibit has the same one already: no two marks are called alike."""
        if field.kind != "label" and path[-1] != "office":
            return words
        self.labels.append((path[:2], words))
        count = self.labels.count((path[:2], words))
        return words if count == 1 else f"{words} {count}"

    def _has_meaning(self, path: KeyPath) -> bool:
        """Return whether the program acts on a text, so that it cannot hold a gap's words."""
        match path:
            case ("facts", _, key, *_):
                return key in _VALUES
            case ("sources", _, key):
                return key in _FILES or key == "sheet"
            case ("marking", "recipients", *_) | ("marking", "distribution", "statement" | "date"):
                return True
            case ("exhibits", str(name), *rest) if rest and rest[0] not in _OF_EXHIBITS:
                field = find_field(self.model, path, self.document.data)
                return "sheet" in rest or (field.kind == "label" and self._names_its_marks(name))
        return False

    def _names_its_marks(self, name: str) -> bool:
        """Return whether an exhibit has keys that name its marks by their labels, none of which may be missing."""
        raw = self.data["exhibits"][name]
        return any(
            isinstance(raw.get(key), str | list) for key in ("annotations", "highlight", "forecast_from", "numeric")
        )

    def _fill_other(self, gap: Gap, field: Field) -> None:
        words = _shorten(gap.words, MOST_ADDED)
        match gap.path:
            case ("facts", str(name), *rest):
                self._fill_fact(name, rest, words)
            case ("exhibits", str(name), *rest) if rest and rest[0] not in _OF_EXHIBITS:
                self.undrawn.setdefault(name, []).append((format_path(tuple(rest)), words))
            case ("exhibits", str(name)):
                self.data["exhibits"][name] = {"kind": "table", "title": escape_gap(words)}
                self.undrawn[name] = [("kind", words)]
            case ("quotes", str(name)):
                self.data["quotes"][name] = {"source": self._add_source(words), "text": words}
            case ("quotes", str(name), "source"):
                self.data["quotes"][name]["source"] = self._add_source(words)
            case ("quotes", str(name), str(key)):
                self.data["quotes"][name].pop(key)
                self.data["quotes"][name].setdefault("section", _name_key(words, key))
            case ("slug",):
                self.data["slug"] = "draft"
                self._say(gap.path, words)
            case ("marking", *_):
                self._fill_marking(gap.path, words)
            case ("clearances", int(index), str(key)):
                item = self.data["clearances"][index]
                self.data["clearances"][index] = {name: item[name] for name in ("office", "name") if name in item}
                self._say(("clearances", index, key), words)
            case ("recommendations", int(index), "deadline"):
                item = self.data["recommendations"][index]
                item["deadline_note"] = "; ".join(filter(None, (escape_gap(words), item.get("deadline_note"))))
                item.pop("deadline")
            case _:
                self._fill_by_type(gap.path, words, field)

    def _fill_by_type(self, path: KeyPath, words: str, field: Field) -> None:
        value = make_value(field.annotation, field.marks, words)
        says_words = _says_gap(value)
        if not says_words and not field.is_required:
            value = None
        if path == ("sources",):
            value, says_words = {"todo": {"author": words, "title": words}}, True
        if value is None and len(path) > 1 and path[-1] == "fact":
            path = path[:-1]  # an entry that names a fact is nothing without it
        if value is None:
            self._drop(path)
        else:
            self._put(path, value)
        if value is None or not says_words:
            self._say(path, words)

    def _fill_fact(self, name: str, rest: list[int | str], words: str) -> None:
        fact = self.data["facts"].get(name)
        if not isinstance(fact, dict):
            self.valueless[name] = words
        elif rest == ["unit"] and isinstance(fact.get("value"), int | float):
            self.valueless[name] = f"{fact['value']} {_name_key(words, 'unit')}"
        elif rest[0] in _VALUES:
            self.valueless[name] = words
        else:
            self._drop(("facts", name, *rest))
            self.incomplete[name] = _name_key(words, str(rest[0]))

    def _fill_marking(self, path: KeyPath, words: str) -> None:
        """Let the banner say what a marking lacks, as a part of it may need all others."""
        marking = self.data["marking"]
        key = str(path[1])
        if key == "distribution":
            marking["distribution"] = {"text": words}
            return
        marking.pop(key, None)
        marking["banner"] = f"{marking.get('banner', '')} {_name_key(words, key)}".strip()

    def _add_source(self, words: str) -> str:
        """Add a source that is not known yet; equal gaps share one."""
        sources = self.data["sources"]
        name = next((name for name, raw in sources.items() if isinstance(raw, dict) and raw.get("short") == words), "")
        if not name:
            name = next(name for number in range(1, 10_000) if (name := f"todo-{number}") not in sources)
            self.added.add(name)
            sources[name] = {"author": words, "title": words, "short": words}
        return name

    def _name_sources(self) -> None:
        """Let notes name a source by the gap where its author is one: it has no family name."""
        for raw in self.data["sources"].values() if isinstance(self.data.get("sources"), dict) else ():
            if isinstance(raw, dict) and is_gap(author := raw.get("author")):
                raw.setdefault("short", author)

    def _spread_to_formulas(self) -> dict[str, str]:
        """Give each fact without a value one that is never drawn, and find those whose formulas rest on it."""
        facts = self.data.get("facts")
        if not isinstance(facts, dict):
            return {}
        for _ in facts:
            found = {
                name: words
                for name, raw in facts.items()
                if name not in self.valueless and (words := self._find_operand_gap(raw))
            }
            if not found:
                break
            self.valueless |= found
        split: dict[str, str] = {}
        for name, words in self.valueless.items():
            raw = facts[name] if isinstance(facts[name], dict) else {}
            if isinstance(values := raw.get("values"), list):
                split |= dict.fromkeys(name_values(name, values, self.data.get("quotes", {})), words)
            facts[name] = {**{key: raw[key] for key in ("quote", "note") if key in raw}, "value": 1}
        return split

    def _find_operand_gap(self, raw: Any) -> str | None:
        formula = raw.get("formula") if isinstance(raw, dict) else None
        if not isinstance(formula, str):
            return None
        try:
            return next((self.valueless[name] for name in find_operands(formula) if name in self.valueless), None)
        except FormulaError:
            return None

    def _replace_exhibits(self, valueless: dict[str, str]) -> list[str]:
        """Put a table of the gaps in the place of each exhibit that has no number for some of its marks; return their names."""
        exhibits = self.data.get("exhibits")
        if not isinstance(exhibits, dict):
            return []
        replaced = []
        for name, raw in exhibits.items():
            if not isinstance(raw, dict):
                continue
            missing = [*reversed(self.undrawn.get(name, []))]
            missing += [(f"facts.{fact}", valueless[fact]) for fact in _list_drawn(raw) if fact in valueless]
            if missing:
                replaced.append(name)
                kept = {
                    key: raw[key]
                    for key in ("title", "subtitle", "note", "quotes", "only", "takeaway", "notes")
                    if key in raw
                }
                missing = list(dict.fromkeys(missing))[:40]
                exhibits[name] = {
                    **kept,
                    "kind": "table",
                    "header": [f"exhibits.{name}", GAP.rstrip(":")],
                    "rows": [[escape_gap(key), escape_gap(words)] for key, words in missing],
                }

        return replaced

    def _say(self, path: KeyPath, words: str) -> None:
        """Add a gap that no value can say to the nearest text around it; to the basis where there is none."""
        named = _name_key(words, next(str(part) for part in reversed(path) if isinstance(part, str)))
        for length in range(len(path) - 1, 0, -1):
            around = self._look_up(path[:length])
            points = around.get("points") if isinstance(around, dict) else None
            if isinstance(points, list) and points and isinstance(points[0], str):
                points[0] = f"{points[0]} {escape_gap(named)}"  # which has more room than a title
                return
            for key in _PLACES_OF_WORDS if isinstance(around, dict) else ():
                text = around.get(key)
                if isinstance(text, str) and path[0] != "quotes":
                    field = find_field(self.model, (*path[:length], key), self.data)
                    around[key] = f"{text} {escape_gap(named) if field.is_inline else named}"
                    return
        basis = self.data.setdefault("basis", [])
        if isinstance(basis, list):
            basis.append(escape_gap(named))

    def _look_up(self, path: KeyPath) -> Any:
        value: Any = self.data
        for part in path:
            value = value[part]
        return value

    def _put(self, path: KeyPath, value: Any) -> None:
        self._look_up(path[:-1])[path[-1]] = value

    def _drop(self, path: KeyPath) -> None:
        self._look_up(path[:-1]).pop(path[-1])


def print_gap(text: str, field: Field, is_title: bool = False) -> str:
    """Return a text with a gap as documents print it: what follows `TODO:` is in one line, short, and without Markdown."""
    at = text.find("TODO")
    words = _shorten(text[at:], MOST_LABEL if field.kind == "label" else MOST_TITLE if is_title else MOST_WORDS)
    return text[:at] + (escape_gap(words) if field.is_inline else words)


def _shorten(text: str, most: int) -> str:
    words = " ".join(word if len(word) <= MOST_LETTERS else f"{word[: MOST_LETTERS - 1]}…" for word in text.split())
    return words if len(words) <= most else textwrap.shorten(words, most, placeholder=" …")


def _name_key(words: str, key: str) -> str:
    """Return a gap with the key that it stands for: TODO: kind: which."""
    return f"{GAP} {key}: {words.removeprefix(GAP).removeprefix('TODO').strip()}".rstrip(": ")


def _says_gap(value: Any) -> bool:
    """Return whether a value prints a gap."""
    if isinstance(value, dict | list):
        return any(map(_says_gap, value.values() if isinstance(value, dict) else value))
    return isinstance(value, GapDay | GapDate) or is_gap(value)


def _list_drawn(value: Any) -> list[str]:
    """Return the texts of an exhibit that may be ids of facts."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [name for item in value for name in _list_drawn(item)]
    return [value] if isinstance(value, str) else []
