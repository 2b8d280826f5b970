"""The findings of `check` for a brief with an edit in it, without those for the brief as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen import evidence
from reportgen.brief.loader import build_brief
from reportgen.edits.edit_values import Edit
from reportgen.edits.several_copies import overlaps
from reportgen.evidence.findings import Finding
from reportgen.input.edits import Amend, Edit as YamlEdit
from reportgen.input.model_validation import parse_path
from reportgen.input.yaml_splice import splice
from reportgen.input.yamlfile import KeyPath, parse_yaml
from reportgen.system.errors import BriefError, Diagnostic

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

Key = tuple[str, str, str, KeyPath]


def judge_edits(brief: Brief, edits: Sequence[Edit], sources: Mapping[str, Path] | None = None) -> list[Edit]:
    """Return the edits with what `check` says of each.

    All are checked at once first: where that finds nothing new, none is at fault. What it finds is put down to the one edit of
    the text that it names; else the edits are halved until each finding has its edit.

    Raises
    ------
    FileError
        when the text of a source cannot be read.
    """
    checker = _Checker(brief, sources or {})
    findings: dict[int, tuple[Diagnostic, ...]] = {}
    pending = [at for at, edit in enumerate(edits) if _change_of(edit)]
    while pending:
        batch = _choose_compatible(edits, pending)
        checker.judge(edits, batch, findings)
        pending = [at for at in pending if at not in batch]
    return [replace(edit, findings=findings.get(at, ())) for at, edit in enumerate(edits)]


def _change_of(edit: Edit) -> YamlEdit | None:
    return edit.change or edit.trial


def _choose_compatible(edits: Sequence[Edit], pending: Sequence[int]) -> list[int]:
    """Return edits that can all be made together: none changes the words of another."""
    batch: list[int] = []
    for at in pending:
        if not any(overlaps(_change_of(edits[at]), _change_of(edits[other])) for other in batch):
            batch.append(at)
    return batch


def join_changes(changes: Sequence[YamlEdit]) -> list[YamlEdit]:
    """Return the changes with those of one text joined: their cuts are all places of the text as it is."""
    joined: dict[KeyPath, YamlEdit] = {}
    for change in changes:
        earlier = joined.get(change.path)
        if isinstance(change, Amend) and isinstance(earlier, Amend):
            cuts = sorted((*earlier.cuts, *change.cuts), key=lambda cut: (cut.start, cut.end))
            joined[change.path] = Amend(change.path, tuple(cuts))
        else:
            joined[change.path] = change
    return list(joined.values())


class _Checker:
    """A brief and what `check` says of it now."""

    def __init__(self, brief: Brief, sources: Mapping[str, Path]) -> None:
        self.brief, self.sources = brief, sources
        self.known = Counter(_key_of(each) for each in evidence.check(brief, sources).findings)

    def judge(self, edits: Sequence[Edit], batch: Sequence[int], findings: dict[int, tuple[Diagnostic, ...]]) -> None:
        """Add the findings of a batch of edits to those that are known."""
        new = self._find_new([edits[at] for at in batch])
        if not new:
            return
        if len(batch) == 1:
            findings[batch[0]] = tuple(each if isinstance(each, Diagnostic) else each.diagnostic for each in new)
            return
        owners = self._find_owners(edits, batch, new)
        if owners is not None:
            for at, own in owners.items():
                findings[at] = tuple(each.diagnostic for each in own)
            return
        middle = len(batch) // 2
        self.judge(edits, batch[:middle], findings)
        self.judge(edits, batch[middle:], findings)

    def _find_owners(
        self, edits: Sequence[Edit], batch: Sequence[int], new: Sequence[Finding | Diagnostic]
    ) -> dict[int, list[Finding]] | None:
        """Return the findings of each edit, where each finding names a text that just one of the edits touches."""
        owners: dict[int, list[Finding]] = {}
        for finding in new:
            if isinstance(finding, Diagnostic) or not finding.path:
                return None
            own = [at for at in batch if parse_path(edits[at].path) == finding.path]
            if len(own) != 1:
                return None
            owners.setdefault(own[0], []).append(finding)
        return owners

    def _find_new(self, edits: Sequence[Edit]) -> list[Finding | Diagnostic]:
        """Return what is found with some edits made, and not without them."""
        changes = join_changes([change for edit in edits if (change := _change_of(edit))])
        document = self.brief.document
        try:
            text, _ = splice(document.text, document.file, changes)
            brief = build_brief(parse_yaml(text, document.file))
        except BriefError as error:
            return list(error.diagnostics)
        known = Counter(self.known)
        new: list[Finding | Diagnostic] = []
        for finding in evidence.check(brief, self.sources).findings:
            if known[_key_of(finding)]:
                known[_key_of(finding)] -= 1
            else:
                new.append(finding)
        return new


def _key_of(finding: Finding) -> Key:
    return finding.rule, finding.message, finding.words, finding.path
