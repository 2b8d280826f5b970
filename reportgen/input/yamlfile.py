"""Read YAML as plain values, each with its place in the file, and a hint for everything that YAML mangles.

PyYAML parses; the walk over its nodes is our own. PyYAML's constructors drop the places, keep the last of two equal
keys, and apply YAML 1.1: `no` is false, `12:30` is 750. ruamel.yaml keeps places and reads YAML 1.2, but stops at the
first error, accepts without a word what the two versions read differently, and limits neither depth nor aliases. Here
scalars follow YAML 1.2's core schema, what YAML 1.1 tools would read as something else is refused, so that all editors
and tools agree on what the file says, and there are no tags and no objects.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from reportgen.input.yamlhints import QUOTE_IT, describe_syntax_error, locate_mark
from reportgen.system.errors import BriefError, Diagnostic, Location
from reportgen.system.files import read_file
from reportgen.text.late_pattern import compile_late

MAX_BYTES = 2 * 1024 * 1024
MAX_VALUES = 50_000
MAX_DEPTH = 40
KEEP_APART = "a brief is a summary of a few pages: keep data and articles in separate files"
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
_JOINED_LIST = re.compile(
    r"\n(?P<indent>[ \t]*)(?P<item>[-*] \S[^\n]*)\n(?:(?P=indent)[ \t]+[^\n]*\n)*(?P=indent)[-*] \S"
    r"|\n(?P<before>[ \t]*)(?P<first>1[.)] \S[^\n]*)\n(?:(?P=before)[ \t]+[^\n]*\n)*(?P=before)2[.)] \S"
)
"""Two items of a list inside a text, below one another."""
_LIST_KEPT = compile_late(r"\n[ \t]*(?:[-*]|\d+[.)]) ")
_COMMENT = re.compile(r"[ \t]*(#[^\n #!=\t-][^\n]*)")
_ESCAPE = compile_late(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0abvfe])")


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
        """Return the place of a value, or of the nearest value around it that the file has."""
        for length in range(len(path), -1, -1):
            if place := self.places.get(path[:length]):
                return place
        return Location(self.file)

    def find(self, path: KeyPath, words: str) -> Location:
        """Return the place of some words inside a text value; the value's place if they are not in it literally."""
        begin, end = self.offsets.get(path, (0, 0))
        at = self.text.find(words, begin, end)
        return _locate(self.file, self.text, at) if at >= 0 else self.where(path)


def read_yaml(path: Path, shown_as: str | None = None) -> Document:
    """Read and parse a file. Raises FileError, or BriefError for YAML that is not accepted."""
    name = shown_as or str(path)
    raw = read_file(path, MAX_BYTES, name, too_large=KEEP_APART)
    return parse_yaml(decode(raw, name).replace("\r\n", "\n"), name)


def parse_yaml(text: str, file: str) -> Document:
    """Parse YAML text. Raises BriefError for a syntax error; the document collects lesser problems."""
    if match := _BAD_CHARACTER.search(text):
        raise BriefError(_describe_character(match[0]), _locate(file, text, match.start()), "delete it")
    try:
        _check_depth(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise BriefError([describe_syntax_error(error, file, text)]) from None
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
                raise BriefError(
                    f"nested more than {MAX_DEPTH} deep",
                    locate_mark(event.start_mark, file),
                    "no part of a brief is: look for brackets that do not close",
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def decode(raw: bytes, name: str) -> str:
    """Return the text of a file without its byte order mark. Raises BriefError for the first byte that is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _locate(name, raw.decode("latin-1"), error.start)
        raise BriefError(f"byte 0x{raw[error.start]:02x} is not UTF-8", place, "save the file as UTF-8 text") from None


def _locate(file: str, text: str, index: int) -> Location:
    return Location(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _describe_character(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return f"half of a surrogate pair (U+{code:04X}) is not a character"
    return f"the character U+{code:04X} cannot be printed"


class _Builder(Struct):
    """Builds plain values, with their places and problems, in one walk over the node tree."""

    file: str
    text: str
    places: dict[KeyPath, Location] = {}
    key_places: dict[KeyPath, Location] = {}
    offsets: dict[KeyPath, tuple[int, int]] = {}
    problems: list[Diagnostic] = []
    count: int = 0

    def build(self, node: yaml.Node, path: KeyPath, above: tuple[int, ...]) -> Any:
        self.count += 1
        where = locate_mark(node.start_mark, self.file)
        if self.count > MAX_VALUES:
            message = f"more than {MAX_VALUES:,} values, counting each use of an alias"
            raise BriefError(message, where, "write less, or avoid anchors")
        if id(node) in above:
            raise BriefError("an anchor contains itself", where, "write the value out")
        self.places[path] = where
        self.offsets[path] = (node.start_mark.index, node.end_mark.index)
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.startswith("tag:yaml.org,2002:python"):
            self._report(where, f"the tag {node.tag} is not allowed: a brief is data only", "delete the tag")
        if isinstance(node, yaml.MappingNode):
            return self._build_mapping(node, path, (*above, id(node)))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index), (*above, id(node))) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._build_scalar(node, where)

    def _build_mapping(self, node: yaml.MappingNode, path: KeyPath, above: tuple[int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            where = locate_mark(key_node.start_mark, self.file)
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(where, "a key must be plain text", 'quote a value that begins with "[" or "{"')
                continue
            self._build_scalar(key_node, where)
            key = str(key_node.value)
            if key in result:
                hint = f"the first is on line {self.key_places[(*path, key)].line}; YAML would keep only the last"
                self._report(where, f'the key "{key}" is repeated', hint)
                continue
            self.key_places[(*path, key)] = where
            result[key] = self.build(value_node, (*path, key), above)
        return result

    def _build_scalar(self, node: yaml.ScalarNode, where: Location) -> Any:
        value: str = node.value
        self._check_characters(node)
        if node.style in (">", "|"):
            if not value.strip():
                message = f'"{node.style}" begins a block of text, but there is none'
                self._report(where, message, f'to write "{node.style}" itself, quote the value')
            value = value.rstrip("\n")
        if node.style != "|" and node.start_mark.line != node.end_mark.line:
            self._check_joined_list(node)
            value = value.replace("\n", "\n\n")  # where lines are joined, one newline is an empty line of the file
        if node.style:
            return value
        self._check_comment(node)
        quote_it = f'write "{value}" in quotes'
        if _BOOL_1_1.fullmatch(value):
            self._report(where, f"YAML tools read a bare {value} as true or false", f"{quote_it}, or true or false")
        elif _CLOCK_1_1.fullmatch(value):
            self._report(where, f"YAML tools read a bare {value} as {_read_sexagesimal(value)}", quote_it)
        elif _ODD_INT.fullmatch(value):
            hint = f'write it without leading zero, "_" or "0x", or as "{value}" in quotes'
            self._report(where, f"YAML tools disagree about the number {value}", hint)
        return _resolve_scalar(value)

    def _check_comment(self, node: yaml.ScalarNode) -> None:
        """Report ` #2` in the middle of a plain text, where it cuts the sentence: a comment has a space after the #."""
        match = _COMMENT.match(self.text, node.end_mark.index)
        if match and isinstance(_resolve_scalar(node.value), str | None):
            message = f'"{match[1][:12].strip()}" begins a comment, so the text ends before it'
            self._report_at(match.start(1), message, f'{QUOTE_IT}; if it is a comment, write "# "')

    def _check_joined_list(self, node: yaml.ScalarNode) -> None:
        """Report lists in a text whose lines YAML joins: the items would be run together."""
        match = _JOINED_LIST.search(self.text, node.start_mark.index, node.end_mark.index)
        if match and not _LIST_KEPT.search(node.value):  # it keeps the lines that stand further in
            message = "YAML joins the lines of this text, so its list would be one sentence"
            self._report_at(
                match.start("item" if match["item"] else "first"),
                message,
                'begin the text with "|" on the line of its key',
            )

    def _check_characters(self, node: yaml.ScalarNode) -> None:
        if not (match := _BAD_CHARACTER.search(node.value)):
            return
        begin, end = node.start_mark.index, node.end_mark.index
        escapes = _ESCAPE.finditer(self.text, begin, end)
        index = next((found.start() for found in escapes if _BAD_CHARACTER.match(_unescape(found[1]))), begin)
        self._report_at(index, _describe_character(match[0]), "delete it")

    def _report(self, where: Location, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(message, where, hint))

    def _report_at(self, index: int, message: str, hint: str) -> None:
        self._report(_locate(self.file, self.text, index), message, hint)


def _unescape(code: str) -> str:
    if code[0] in "xuU":
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 else ""
    return {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b"}[code]


def _read_sexagesimal(value: str) -> str:
    total = 0.0
    for part in value.lstrip("+-").split(":"):
        total = total * 60 + float(part)
    return f"{total:g}"


def _resolve_scalar(value: str) -> Any:
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
