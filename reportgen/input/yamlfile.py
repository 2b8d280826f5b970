"""YAML text -> plain values, with a place for each and a hint for everything that YAML mangles.

Only data: no tags, no objects. Scalars follow YAML 1.2's core schema, and what YAML 1.1 tools would read as something
else (`no`, `12:30`) is refused, so that every editor and every tool agrees on what the file says.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from reportgen.input.yamlhints import QUOTE_IT, mark_place, syntax_error
from reportgen.system.errors import BriefError, Diagnostic, FileError, Location

MAX_BYTES = 2 * 1024 * 1024
MAX_VALUES = 50_000
MAX_DEPTH = 40
KeyPath = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_BOOL_1_1 = re.compile(r"yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF")
_CLOCK_1_1 = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?")
_ODD_INT = re.compile(r"[-+]?0[0-9]+|[-+]?0[xo][0-9a-fA-F]+|[-+]?[0-9][0-9_]*_[0-9_]*")
_BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202d\u202e\U000e0000-\U000e007f]"  # these show other letters than there are: turned around, or none
)
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0abvfe])")


class Document(Struct, frozen=True, dict=True):
    """A parsed file. `places` and `key_places` map a path such as ("topics", 2, "title") to its value and its key."""

    file: str
    text: str
    data: Any
    places: dict[KeyPath, Location]
    key_places: dict[KeyPath, Location]
    offsets: dict[KeyPath, tuple[int, int]]
    problems: tuple[Diagnostic, ...] = ()

    def where(self, path: KeyPath) -> Location:
        """The place of a value, or of the nearest thing around it that the file has."""
        for length in range(len(path), -1, -1):
            if place := self.places.get(path[:length]):
                return place
        return Location(self.file)

    def find(self, path: KeyPath, words: str) -> Location:
        """The place of some words inside a text value: exact where they stand literally in the file."""
        begin, end = self.offsets.get(path, (0, 0))
        at = self.text.find(words, begin, end)
        if at < 0:
            return self.where(path)
        line_start = self.text.rfind("\n", 0, at) + 1
        return Location(self.file, self.text.count("\n", 0, at) + 1, at - line_start + 1)


def read_yaml(path: Path, shown_as: str | None = None) -> Document:
    """Read and parse a file. Raises FileError (cannot be read) or BriefError (not the YAML that we take)."""
    name = shown_as or str(path)
    try:
        if path.is_dir():
            raise FileError("is a folder, not a YAML file", Location(name), "name the brief.yaml inside it")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)  # and no more: a device has no end
        if len(raw) > MAX_BYTES:
            raise BriefError(
                f"too much YAML: at most {MAX_BYTES // 1024 // 1024} MB are read",
                Location(name),
                "a brief is a summary of some pages: keep data and articles in files of their own",
            )
    except FileNotFoundError:
        raise FileError("there is no such file", Location(name)) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", Location(name)) from None
    return parse_yaml(_decode(raw, name), name)


def parse_yaml(text: str, file: str) -> Document:
    """Parse YAML text. Raises BriefError for a syntax error; lesser problems are collected in the document."""
    if match := _BAD_CHARACTER.search(text):
        raise BriefError(_character_message(match[0]), _location(file, text, match.start()), "delete it")
    try:
        _check_depth(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise BriefError([syntax_error(error, file, text)]) from None
    if node is None:
        raise BriefError(
            "the file is empty", Location(file, 1, 1), "`python -m reportgen init DIR` writes a brief to start from"
        )
    builder = _Builder(file, text)
    data = builder.build(node, (), ())
    return Document(file, text, data, builder.places, builder.key_places, builder.offsets, tuple(builder.problems))


def _check_depth(text: str, file: str) -> None:
    """Refuse deep nesting before the tree is built: the parser's own recursion would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                where = mark_place(event.start_mark, file)
                raise BriefError(
                    f"nested more than {MAX_DEPTH} deep",
                    where,
                    "no part of a brief is: look for brackets that do not close",
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _decode(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise BriefError(
            f"byte 0x{raw[error.start]:02x} is not UTF-8", Location(name, line, column), "save the file as UTF-8 text"
        ) from None


def _location(file: str, text: str, index: int) -> Location:
    return Location(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _character_message(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return f"half of a surrogate pair (U+{code:04X}) is not a character"
    return f"the character U+{code:04X} cannot be printed"


class _Builder:
    """Walks the node tree once; keeps places and problems beside the values that it makes."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.places: dict[KeyPath, Location] = {}
        self.key_places: dict[KeyPath, Location] = {}
        self.offsets: dict[KeyPath, tuple[int, int]] = {}
        self.problems: list[Diagnostic] = []
        self.count = 0

    def build(self, node: yaml.Node, path: KeyPath, above: tuple[int, ...]) -> Any:
        self.count += 1
        where = self._place(node.start_mark)
        if self.count > MAX_VALUES:
            raise BriefError(
                f"more than {MAX_VALUES:,} values, aliases counted as often as they stand",
                where,
                "write less, or without anchors",
            )
        if id(node) in above:
            raise BriefError("an anchor contains itself", where, "write the value out")
        self.places[path] = where
        self.offsets[path] = (node.start_mark.index, node.end_mark.index)
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.startswith("tag:yaml.org,2002:python"):
            self._problem(node.start_mark, f"the tag {node.tag} is not taken: a brief is data only", "delete the tag")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, (*above, id(node)))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index), (*above, id(node))) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath, above: tuple[int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(
                    key_node.start_mark, "a key must be plain text", 'quote a value that begins with "[" or "{"'
                )
                continue
            self._scalar(key_node)
            key = str(key_node.value)
            if key in result:
                first = self.key_places[(*path, key)]
                self._problem(
                    key_node.start_mark,
                    f'the key "{key}" stands twice',
                    f"the first is in line {first.line}; YAML would keep only the last",
                )
                continue
            self.key_places[(*path, key)] = self._place(key_node.start_mark)
            result[key] = self.build(value_node, (*path, key), above)
        return result

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        value: str = node.value
        self._check_characters(node)
        if node.style in (">", "|"):
            if not value.strip():
                self._problem(
                    node.start_mark,
                    f'"{node.style}" begins a block of text, and there is none',
                    f'to write "{node.style}" itself, quote the value',
                )
            return value.rstrip("\n")
        if node.style:
            return value
        self._check_comment(node)
        if _BOOL_1_1.fullmatch(value):
            self._problem(
                node.start_mark,
                f"YAML tools read a bare {value} as true or false",
                f'write "{value}" in quotes, or true or false',
            )
        elif _CLOCK_1_1.fullmatch(value):
            self._problem(
                node.start_mark,
                f"YAML tools read a bare {value} as {_sexagesimal(value)}",
                f'write "{value}" in quotes',
            )
        elif _ODD_INT.fullmatch(value):
            self._problem(
                node.start_mark,
                f"YAML tools do not agree on what the number {value} is",
                f'write it without leading zero, "_" or "0x", or as "{value}" in quotes',
            )
        return _resolve(value)

    def _check_comment(self, node: yaml.ScalarNode) -> None:
        """` #2` in the middle of a plain text is a comment, and cuts the sentence: comments have a space after the #."""
        line_end = self.text.find("\n", node.end_mark.index)
        rest = self.text[node.end_mark.index : line_end if line_end >= 0 else None]
        stripped = rest.lstrip(" \t")
        if (
            len(stripped) > 1
            and stripped[0] == "#"
            and stripped[1] not in " #!-=\t"
            and isinstance(_resolve(node.value), str | None)
        ):
            place = _location(self.file, self.text, node.end_mark.index + len(rest) - len(stripped))
            self.problems.append(
                Diagnostic(
                    f'everything from "{stripped[:12].strip()}" on is a comment, so the text ends before it',
                    place,
                    f'{QUOTE_IT}; if it is a comment, write "# "',
                )
            )

    def _check_characters(self, node: yaml.ScalarNode) -> None:
        if not (match := _BAD_CHARACTER.search(node.value)):
            return
        index = node.start_mark.index
        for escape in _ESCAPE.finditer(self.text, node.start_mark.index, node.end_mark.index):
            if _BAD_CHARACTER.match(_unescape(escape[1])):
                index = escape.start()
                break
        self.problems.append(
            Diagnostic(_character_message(match[0]), _location(self.file, self.text, index), "delete it")
        )

    def _place(self, mark: yaml.Mark) -> Location:
        return mark_place(mark, self.file)

    def _problem(self, mark: yaml.Mark, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(message, self._place(mark), hint))


def _unescape(code: str) -> str:
    if code[0] in "xuU":
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 else ""
    return {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b"}[code]


def _sexagesimal(value: str) -> str:
    total = 0.0
    for part in value.lstrip("+-").split(":"):
        total = total * 60 + float(part)
    return f"{total:g}"


def _resolve(value: str) -> Any:
    if value in ("", "~", "null", "Null", "NULL"):
        return None
    if value in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return value.lower() == "true"
    if _INT.fullmatch(value) and not _ODD_INT.fullmatch(value) and len(value) < 19:
        return int(value)
    if _FLOAT.fullmatch(value):
        return float(value)
    if _NOT_FINITE.fullmatch(value):
        return float(value.replace(".", ""))
    return value
