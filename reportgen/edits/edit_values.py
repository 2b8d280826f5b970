"""The values of a comparison: lines of a document, and the edits that a returned copy makes of its brief."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from reportgen.input.edits import Edit as YamlEdit
from reportgen.system.errors import Diagnostic, Location
from reportgen.text.trace import Piece

Kind = Literal["insertion", "deletion", "rewording", "move", "comment", "chart value", "speaker note"]
Part = Literal["text", "notes", "description", "furniture"]


class Line(Struct, frozen=True):
    """A line of a document as the brief compiles to it; `trace` says which characters come from where in the brief.

    `bookmarks` are its names in a Word file. Words of `furniture` stand on every page or slide.
    """

    text: str
    place: str
    trace: tuple[Piece, ...] = ()
    part: Part = "text"
    bookmarks: tuple[str, ...] = ()


class Revision(Struct, frozen=True):
    """A tracked change: characters of a line from `start` to `end` before it, the words that replace them, by whom and when."""

    start: int
    end: int
    new: str
    author: str = ""
    time: str = ""


class ReturnedLine(Struct, frozen=True):
    """A line of a returned copy, as it stood before the tracked changes in it."""

    text: str
    place: str
    revisions: tuple[Revision, ...] = ()
    bookmarks: tuple[str, ...] = ()
    author: str = ""
    """The person who added or deleted the whole line, if a tracked change says so."""
    time: str = ""
    is_added: bool = False
    """A tracked change has added the whole line: before it there was none."""
    is_deleted: bool = False
    """A tracked change has deleted the whole line."""

    @property
    def final(self) -> str:
        """The line with its tracked changes accepted."""
        if self.is_deleted:
            return ""
        text = self.text
        for each in sorted(self.revisions, key=lambda each: (each.start, each.end), reverse=True):
            text = text[: each.start] + each.new + text[each.end :]
        return text


class Comment(Struct, frozen=True):
    """A comment; `line` is the index of the returned line that it is on, if that is known, and `words` those that it marks."""

    text: str
    place: str
    author: str = ""
    time: str = ""
    words: str = ""
    line: int | None = None
    path: str = ""


class Copy(Struct, frozen=True):
    """A returned copy in which an edit stands: the file, the place, and who made the edit when, as far as the file knows."""

    file: str
    place: str
    author: str = ""
    time: str = ""

    def __str__(self) -> str:
        who = f", {self.author}" if self.author else ""
        when = f", {self.time.replace('T', ' ').partition('.')[0].rstrip('Z')}" if self.time else ""
        return f"{self.file}, {self.place}{who}{when}"

    def as_dict(self) -> dict[str, Any]:
        """Return the copy as `--format json` prints it."""
        return {"file": self.file, "place": self.place, "author": self.author or None, "time": self.time or None}


class Edit(Struct, frozen=True):
    """An edit of a returned copy, as a change to the brief.

    `before` and `after` are the words that differ, as printed. Where the edit touches one plain text, `old` and `new` are that text
    as the brief writes it, and `change` is what `--apply` writes; else they are the printed words. `question` says what a
    person has to decide first. `conflicts` are the numbers of edits that change the same words otherwise.
    """

    kind: Kind
    path: str
    where: Location | None
    before: str
    after: str
    old: str
    new: str
    copies: tuple[Copy, ...]
    change: YamlEdit | None = None
    trial: YamlEdit | None = None
    """The change that is checked, where it is not one to write."""
    question: str = ""
    findings: tuple[Diagnostic, ...] = ()
    """The findings of `check` for the brief with this edit, without those for the brief as it is."""
    number: int = 0
    conflicts: tuple[int, ...] = ()

    @property
    def is_clean(self) -> bool:
        """True if `--all-clean` takes it: it can be written, `check` has nothing against it, and no other copy disagrees."""
        return self.change is not None and not self.question and not self.findings and not self.conflicts

    def as_dict(self) -> dict[str, Any]:
        """Return the edit as `--format json` prints it."""
        return {
            "number": self.number,
            "kind": self.kind,
            "key": self.path or None,
            "file": self.where.file if self.where else None,
            "line": self.where.line if self.where else None,
            "column": self.where.column if self.where else None,
            "before": self.before,
            "after": self.after,
            "old": self.old,
            "new": self.new,
            "copies": [copy.as_dict() for copy in self.copies],
            "applicable": self.change is not None,
            "clean": self.is_clean,
            "question": self.question or None,
            "conflicts": list(self.conflicts),
            "check": [
                {"severity": each.severity, "message": each.message, "hint": each.hint} for each in self.findings
            ],
        }


class ReturnedFile(Struct, frozen=True):
    """A returned copy: what it is a copy of, and what could not be read or compared in it."""

    file: str
    kind: Literal["memo", "deck"]
    author: str = ""
    time: str = ""
    version: str = ""
    """The version that its stamp states, if it has one."""
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the file as `--format json` prints it."""
        return {
            "file": self.file,
            "kind": self.kind,
            "last_saved_by": self.author or None,
            "last_saved": self.time or None,
            "version": self.version or None,
            "notes": list(self.notes),
        }


class EditReport(Struct, frozen=True):
    """The edits of all returned copies, in the order of the brief."""

    brief: str
    edits: tuple[Edit, ...]
    files: tuple[ReturnedFile, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `--format json` prints it."""
        return {
            "brief": self.brief,
            "files": [file.as_dict() for file in self.files],
            "edits": [edit.as_dict() for edit in self.edits],
        }

    def summary(self) -> str:
        """Return one line: how many edits there are, and how many of them can be applied."""
        copies = len(self.files)
        parts = [f"{len(self.edits)} edit{'s' * (len(self.edits) != 1)} in {copies} cop{'ies' if copies > 1 else 'y'}"]
        counts = {
            "clean": sum(each.is_clean for each in self.edits),
            "with findings of check": sum(bool(each.findings) for each in self.edits),
            "in conflict": sum(bool(each.conflicts) for each in self.edits),
            "to decide by hand": sum(each.change is None and each.kind != "comment" for each in self.edits),
            "comments": sum(each.kind == "comment" for each in self.edits),
        }
        return "; ".join(parts + [f"{count} {name}" for name, count in counts.items() if count])
