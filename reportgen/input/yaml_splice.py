"""Change a YAML file at one place and leave every other character as it is.

An edit names its place by the keys and indexes that lead there. The parser's own nodes say where that is, so comments, order,
quotation marks, line ends and flow or block style all stay. After each edit the text is parsed again: unless it then holds
exactly the values that were wanted, nothing is changed and the reason is raised.

splice(text, "brief.yaml", [Insert(("quotes", "cost"), "page", 14, after="source"), Remove(("facts", "old"))])
"""

from __future__ import annotations

import copy
import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from reportgen.input.edits import Amend, Append, Cut, Edit, Extend, Insert, Record, Remove, Replace, Scalar, apply_cuts
from reportgen.input.model_validation import format_path
from reportgen.input.scalar_source import Mapped, encode_characters, map_scalar
from reportgen.input.yamlfile import KeyPath, parse_yaml
from reportgen.input.yamlhints import locate_mark
from reportgen.system.errors import BriefError, Location

WIDTH = 100  # of a folded text whose lines were shorter than FULL_WIDTH
FULL_WIDTH = 60
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = re.compile(r"[A-Za-z0-9(][^\n\r\t#:,\[\]{}&*!|>'\"%@`]*[^\s#:,\[\]{}&*!|>'\"%@`]|[A-Za-z0-9]")
_AFTER_DASH = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n[ \t]*(?:#[^\n]*)?)*")
_HEADER = re.compile(r"[|>][-+0-9]*")


class Change(Struct, frozen=True):
    """One replaced stretch of the text, and its place in the file before it."""

    start: int
    end: int
    new: str
    where: Location
    what: str


def splice(text: str, file: str, edits: Sequence[Edit]) -> tuple[str, list[Change]]:
    """Return the text with all edits, and the changes in the order in which they were made.

    Parameters
    ----------
    text
        The file's text as it is, with its own line ends and without a byte order mark.
    file
        The file's name for messages.
    edits
        What to change. Each is made on the result of those before it.

    Raises
    ------
    BriefError
        When an edit's place is not there, or cannot be changed without touching anything else.
    """
    changes = []
    for edit in edits:
        change = _plan(text, file, edit)
        new = text[: change.start] + change.new + text[change.end :]
        _check_values(text, new, file, edit, change)
        text = new
        changes.append(change)
    return text, changes


def _plan(text: str, file: str, edit: Edit) -> Change:
    tree = _Tree(text, file)
    match edit:
        case Replace(path, value):
            return tree.replace(path, value)
        case Amend(path, cuts):
            return tree.amend(path, cuts)
        case Insert(path, key, value, after):
            return tree.insert(path, key, value, after)
        case Extend(path, source):
            return tree.extend(path, source)
        case Append(path, value):
            return tree.append(path, value)
        case Remove(path):
            return tree.remove(tree.widen(path))


def _check_values(before: str, after: str, file: str, edit: Edit, change: Change) -> None:
    """Raise BriefError unless the text has the wanted values, and no others, after a change."""
    wanted = copy.deepcopy(parse_yaml(before, file).data)
    path = _Tree(before, file).widen(edit.path) if isinstance(edit, Remove) else edit.path
    if isinstance(edit, Extend):
        _add_entries(wanted, edit)
        _compare(wanted, after, file, path, change)
        return
    *above, last = (*edit.path, edit.key) if isinstance(edit, Insert) else path
    holder = wanted
    for part in above:
        holder = holder[part]
    if isinstance(edit, Append):
        holder[last].append(edit.value)
    elif isinstance(edit, Remove):
        del holder[last]
    elif isinstance(edit, Amend):
        holder[last] = apply_cuts(holder[last], edit.cuts)
    else:
        holder[last] = edit.value
    _compare(wanted, after, file, path, change)


def _add_entries(wanted: Any, edit: Extend) -> None:
    """Add the entries to the values as they are to be."""
    holder = wanted
    for part in edit.path:
        holder = holder.setdefault(part, {}) if isinstance(holder, dict) else holder[part]
    holder.update(parse_yaml(edit.source, "").data)


def _compare(wanted: Any, after: str, file: str, path: KeyPath, change: Change) -> None:
    try:
        found = parse_yaml(after, file).data
    except BriefError:
        found = None
    if found != wanted:
        raise _refuse(change.where, path, "the file's layout there is too unusual")


def _refuse(where: Location, path: KeyPath, reason: str) -> BriefError:
    return BriefError(f"{format_path(path)} cannot be changed here: {reason}", where, "change it by hand")


class _Tree:
    """The nodes of a text."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.root = yaml.compose(text, Loader=_Loader)
        self.shared = _find_shared(self.root)
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def widen(self, path: KeyPath) -> KeyPath:
        """Return the path of the outermost entry that holds nothing but the entry to remove."""
        while len(path) > 1 and len(self._node(path[:-1]).value) == 1:
            path = path[:-1]
        return path

    def replace(self, path: KeyPath, value: str | int | float) -> Change:
        node = self._node(path)
        where = locate_mark(node.start_mark, self.file)
        if not isinstance(node, yaml.ScalarNode):
            raise _refuse(where, path, "it is not a single value")
        start, end = node.start_mark.index, node.end_mark.index
        what = f"{format_path(path)}: {shorten_value(node.value)} becomes {shorten_value(value)}"
        if node.style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
            return Change(start, end, self._write_block(node, str(value), path, where), where, what)
        return Change(start, end, write_scalar(value, node.style, self._is_in_flow(path)), where, what)

    def amend(self, path: KeyPath, cuts: Sequence[Cut]) -> Change:
        """Replace some characters of a text; where its style cannot write the new ones, the whole text is written anew."""
        node = self._node(path)
        where = locate_mark(node.start_mark, self.file)
        if not isinstance(node, yaml.ScalarNode):
            raise _refuse(where, path, "it is not a single value")
        start, end = node.start_mark.index, node.end_mark.index
        source = self.text[start:end]
        value, mapped = _map_value(source, node)
        wanted = apply_cuts(value, cuts)
        new = source if mapped else ""
        for cut in sorted(cuts, key=lambda each: (each.start, each.end), reverse=True) if mapped else ():
            first, last = _find_span(mapped, cut, source)
            new = new[:first] + encode_characters(cut.new, node.style) + new[last:]
        what = f"{format_path(path)}: {shorten_value(value)} becomes {shorten_value(wanted)}"
        if new and self._reads_as(path, start, end, new, wanted):
            return Change(start, end, new, where, what)
        return self.replace(path, wanted)

    def _reads_as(self, path: KeyPath, start: int, end: int, new: str, wanted: str) -> bool:
        """Say whether a value's new source gives the wanted text."""
        try:
            data: Any = parse_yaml(self.text[:start] + new + self.text[end:], self.file).data
            for part in path:
                data = data[part]
        except (BriefError, KeyError, IndexError, TypeError):
            return False
        return bool(data == wanted)

    def insert(self, path: KeyPath, key: str, value: Scalar | Record | Sequence[Record], after: str | None) -> Change:
        node = self._node(path)
        where = locate_mark(node.start_mark, self.file)
        shown = f": {shorten_value(value)}" if isinstance(value, Scalar) else ""
        what = f"{format_path((*path, key))}{shown} added"
        if not isinstance(node, yaml.MappingNode):
            raise _refuse(where, path, "it has no keys")
        is_flow = bool(node.flow_style)
        words = f"{write_scalar(key, None, is_flow)}:{self._write_value(value, is_flow)}"
        if not node.value:
            return Change(node.start_mark.index + 1, node.start_mark.index + 1, words, where, what)
        entry = next((pair for pair in node.value if pair[0].value == after), node.value[-1])
        where = locate_mark(entry[0].start_mark, self.file)
        self._check_simple((*path, entry[0].value), entry[1], where)
        end = self._end(entry[1])
        if is_flow:
            return Change(end, end, f", {words}", where, what)
        if not self.text[node.start_mark.index :].startswith(self._source(node.value[0][0])):
            raise _refuse(where, path, "its first key is not plain")
        line_end = self._line_end(end)
        indent = " " * node.value[0][0].start_mark.column
        return Change(line_end, line_end, f"{self.newline}{indent}{words}", where, what)

    def extend(self, path: KeyPath, source: str) -> Change:
        """Add entries behind the last one of a mapping, with the indent of its first; a new key of the file at its end."""
        what = f"{format_path(path)}: {len(source.splitlines())} lines added"
        known = {key.value for key, _ in self.root.value} if isinstance(self.root, yaml.MappingNode) else set()
        if len(path) == 1 and path[0] not in known:
            end = len(self.text.rstrip())
            lines = "".join(f"{self.newline}  {line}" if line else self.newline for line in source.splitlines())
            return Change(end, end, f"{self.newline * 2}{path[0]}:{lines}", Location(self.file), what)
        node = self._node(path)
        where = locate_mark(node.start_mark, self.file)
        if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
            raise _refuse(where, path, "it is not a block with an entry on each line")
        end = self._line_end(self._end(node))
        indent = " " * node.value[0][0].start_mark.column
        lines = "".join(f"{self.newline}{indent}{line}" if line else self.newline for line in source.splitlines())
        return Change(end, end, lines, where, what)

    def _write_value(self, value: Scalar | Record | Sequence[Record], is_flow: bool) -> str:
        """Return what follows a key and its colon: a value on the same line, or an entry a line below it."""
        if isinstance(value, Scalar):
            return f" {write_scalar(value, None, is_flow)}"
        if is_flow:
            listed = write_record(value) if isinstance(value, Mapping) else f"[{', '.join(map(write_record, value))}]"
            return f" {listed}"
        if isinstance(value, Mapping):
            entries = [f"{write_scalar(key)}: {write_scalar(each)}" for key, each in value.items()]
        else:
            entries = [f"- {write_record(each)}" for each in value]
        return "".join(f"{self.newline}  {entry}" for entry in entries)

    def append(self, path: KeyPath, value: Record) -> Change:
        node = self._node(path)
        where = locate_mark(node.start_mark, self.file)
        what = f"{format_path(path)}: {', '.join(shorten_value(each) for each in list(value.values())[:2])} added"
        if not isinstance(node, yaml.SequenceNode):
            raise _refuse(where, path, "it is no list")
        if not node.value:
            return Change(node.start_mark.index + 1, node.start_mark.index + 1, write_record(value), where, what)
        last = node.value[-1]
        self._check_simple((*path, len(node.value) - 1), last, where)
        end = self._end(last)
        if node.flow_style:
            return Change(end, end, f", {write_record(value)}", where, what)
        dash, line_end = self._find_dash(last.start_mark.index), self._line_end(end)
        indent = self.text[self._line_start(dash) : dash]
        if indent.strip():
            raise _refuse(where, path, "its last entry does not begin a line")
        return Change(line_end, line_end, f"{self.newline}{indent}- {write_record(value)}", where, what)

    def remove(self, path: KeyPath) -> Change:
        holder, last = self._node(path[:-1]), path[-1]
        if isinstance(holder, yaml.MappingNode):
            spans = list(holder.value)
            index = next(index for index, (key, _) in enumerate(spans) if key.value == last)
        else:
            spans = [(value, value) for value in holder.value]
            index = int(last)
        first, value = spans[index]
        where = locate_mark(first.start_mark, self.file)
        self._check_simple(path, value, where)
        change = self._cut_flow(spans, index) if holder.flow_style else self._cut_block(first, value, path, where)
        return Change(*change, "", where, f"{format_path(path)} removed")

    def _cut_flow(self, spans: list[tuple[yaml.Node, yaml.Node]], index: int) -> tuple[int, int]:
        start, end = spans[index][0].start_mark.index, self._end(spans[index][1])
        if index + 1 < len(spans):
            comma = re.compile(r"\s*,[ \t]*").match(self.text, end)
            end = comma.end() if comma else end
            line = self.text[self._line_start(start) : start]
            newline = re.compile(r"\r?\n").match(self.text, end)
            if not line.strip() and newline:  # the entry has lines of its own
                return self._line_start(start), newline.end()
            return start, end
        before = self._end(spans[index - 1][1])
        return (before, end) if re.fullmatch(r"\s*,\s*", self.text[before:start]) else (start, end)

    def _cut_block(self, first: yaml.Node, value: yaml.Node, path: KeyPath, where: Location) -> tuple[int, int]:
        begin, end = first.start_mark.index, self._line_end(self._end(value))
        if isinstance(path[-1], int):
            begin = self._find_dash(begin)
        start = self._line_start(begin)
        if self.text[start:begin].strip():
            raise _refuse(where, path, "it does not begin a line")
        if newline := re.compile(r"\r?\n").match(self.text, end):
            return start, newline.end()
        return start - len(re.search(r"(?:\r?\n)?\Z", self.text[:start])[0]), end  # type: ignore[index]

    def _find_dash(self, at: int) -> int:
        """Return the place of the dash before an item; it may be on a line above."""
        dash = self.text.rfind("-", 0, at)
        while dash >= 0 and not _AFTER_DASH.fullmatch(self.text, dash + 1, at):
            dash = self.text.rfind("-", 0, dash)
        return max(dash, 0)

    def _node(self, path: KeyPath) -> Any:
        node: Any = self.root
        for depth, part in enumerate(path, 1):
            where = locate_mark(node.start_mark, self.file)
            if isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == part), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
            else:
                node = None
            if node is None:
                raise _refuse(where, path, "it is not there")
            if id(node) in self.shared:
                raise _refuse(where, path[:depth], "it is shared by an anchor (&) and an alias (*)")
        if self.text[node.start_mark.index : node.start_mark.index + 1] in ("&", "!", "*"):
            raise _refuse(locate_mark(node.start_mark, self.file), path, "it has an anchor or a tag")
        return node

    def _check_simple(self, path: KeyPath, value: yaml.Node, where: Location) -> None:
        """Refuse an entry with anything that another place of the file may refer to."""
        for node in _walk(value):
            begins = self.text[node.start_mark.index : node.start_mark.index + 1]
            if id(node) in self.shared or begins in ("&", "*"):
                raise _refuse(where, path, "it has an anchor (&) or an alias (*)")

    def _end(self, node: Any) -> int:
        """Return the end of a value's last character: a block's own end is where the next entry begins."""
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            return start + len(self.text[start:end].rstrip())
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _is_in_flow(self, path: KeyPath) -> bool:
        return any(bool(self._node(path[:length]).flow_style) for length in range(len(path)))

    def _source(self, node: yaml.Node) -> str:
        return self.text[node.start_mark.index : node.end_mark.index]

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[:end].endswith("\r") else end

    def _write_block(self, node: yaml.ScalarNode, value: str, path: KeyPath, where: Location) -> str:
        """Return a text as a block of the same kind, with the old one's indent and about its width."""
        old = self.text[node.start_mark.index : node.end_mark.index].splitlines()
        header = _HEADER.match(old[0])
        lines = [line for line in old[1:] if line.strip()]
        if not header or re.search(r"[+\d]", header[0]) or value != value.strip() or not value:
            raise _refuse(where, path, "its block of text has an indent of its own or keeps its last lines")
        indent = " " * min(len(line) - len(line.lstrip(" ")) for line in lines)
        longest = max(len(line) for line in lines)
        width = (longest if longest >= FULL_WIDTH else WIDTH) - len(indent)
        if node.style == "|":
            new = value.split("\n")
        else:
            new = [line for part in value.split("\n") for line in (*_wrap(part, width), "")][:-1]
        return self.newline.join([old[0], *(indent + line if line else "" for line in new)])


def _map_value(source: str, node: yaml.ScalarNode) -> tuple[str, Mapped]:
    """Return a text as it is read, and where its characters stand in its source; nothing for a layout that is not understood."""
    mapped: Mapped = []
    is_doubled = node.style != "|" and node.start_mark.line != node.end_mark.line
    for char, (start, end) in map_scalar(source, node.style) or ():
        mapped.append((char, (start, end)))
        if char == "\n" and is_doubled:  # as the walker reads it
            mapped.append((char, (end, end)))
    value = node.value.rstrip("\n") if node.style in ("|", ">") else node.value
    value = value.replace("\n", "\n\n") if is_doubled else value
    return value, mapped if "".join(char for char, _ in mapped) == value else []


def _find_span(mapped: Mapped, cut: Cut, source: str) -> tuple[int, int]:
    """Return the place of a cut in a value's source."""
    if cut.start < cut.end:
        return mapped[cut.start][1][0], mapped[cut.end - 1][1][1]
    at = mapped[cut.start - 1][1][1] if cut.start else mapped[0][1][0] if mapped else len(source)
    return at, at


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, FULL_WIDTH), break_long_words=False, break_on_hyphens=False)


def _find_shared(root: yaml.Node | None) -> set[int]:
    """Return the ids of the nodes that the file uses more than once."""
    seen: set[int] = set()
    shared: set[int] = set()
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if id(node) in seen:
            shared.add(id(node))
            continue
        seen.add(id(node))
        stack += _children(node)
    return shared


def _walk(node: yaml.Node) -> Iterator[yaml.Node]:
    stack, seen = [node], set[int]()
    while stack:
        current = stack.pop()
        if id(current) not in seen:
            seen.add(id(current))
            yield current
            stack += _children(current)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [each for pair in node.value for each in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def write_scalar(value: str | int | float, style: str | None = None, in_flow: bool = False) -> str:
    """Return a value as YAML: in the given quotation marks, else without any where that reads the same."""
    if not isinstance(value, str):
        return json.dumps(value)
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _PLAIN.fullmatch(value):
        read = parse_yaml(f"[{value}]" if in_flow else f"- {value}", "")
        if read.data == [value] and not read.problems:
            return value
    return json.dumps(value, ensure_ascii=False)


def write_record(value: Record) -> str:
    """Return keys with single values as YAML in one line: {office: State, answer: ok}."""
    return (
        "{"
        + ", ".join(f"{write_scalar(key, None, True)}: {write_scalar(each, None, True)}" for key, each in value.items())
        + "}"
    )


def shorten_value(value: str | int | float, length: int = 40) -> str:
    """Return a value for a message, cut after some characters."""
    text = re.sub(r"\s+", " ", str(value))
    return text if len(text) <= length else text[: length - 2] + " …"
