"""A brief's file as commands change it: edits are made at their places, and every other byte, line ends and mark included, stays."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from reportgen.brief.loader import build_brief
from reportgen.brief.model import Brief
from reportgen.input.edits import Edit
from reportgen.input.yaml_splice import Change, splice
from reportgen.input.yamlfile import KEEP_APART, MAX_BYTES, decode, parse_yaml
from reportgen.system.errors import BriefError, Diagnostic, Location
from reportgen.system.files import read_file


class BriefFile(Struct, frozen=True):
    """The text of a brief's file with its own line ends, and its byte order mark or b""."""

    path: Path
    text: str
    mark: bytes = b""

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.mark + self.text.encode()

    @property
    def lines(self) -> str:
        """The text with the line ends that YAML is parsed with."""
        return self.text.replace("\r\n", "\n")

    def build(self, draft: bool = False) -> Brief:
        """Return the brief that it has. Raises BriefError."""
        return build_brief(parse_yaml(self.lines, str(self.path)), draft)

    def edit(self, edits: Sequence[Edit]) -> tuple[BriefFile, list[Change]]:
        """Return the file with some edits, and the changes. Raises BriefError where nothing else would stay as it is."""
        text, changes = splice(self.text, str(self.path), edits)
        return BriefFile(self.path, text, self.mark), changes


def read_brief_file(path: Path) -> BriefFile:
    """Read a brief's file to change it. Raises FileError, or BriefError for a text that is not UTF-8."""
    raw = read_file(path, MAX_BYTES, str(path), too_large=KEEP_APART)
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    return BriefFile(path, decode(raw, str(path)), mark)


def edit_brief(brief: Brief, edits: Sequence[Edit], since: str, by_hand: str) -> bytes:
    """Return the file of a brief that was read before, with some edits.

    Parameters
    ----------
    brief
        The brief as it was read.
    edits
        What to change.
    since
        What was read when the file was last the same, for the message that it is another one: "it was read".
    by_hand
        What to do instead where the brief would be invalid afterwards.

    Raises
    ------
    BriefError
        When the file has changed since, when an edit's place cannot be changed without touching anything else, or when the brief would
        be invalid afterwards.
    """
    file = read_brief_file(Path(brief.document.file))
    if file.lines != brief.document.text:
        message = f"the brief has changed since {since}: nothing was written"
        raise BriefError(message, Location(str(file.path)), "run the command again")
    new, _ = file.edit(edits)
    try:
        new.build()
    except BriefError as error:
        first = error.diagnostics[0]
        message = f"nothing was written: the brief would be invalid afterwards ({first.message})"
        raise BriefError([Diagnostic(message, first.where, by_hand)]) from None
    return new.data
