"""The pages of a new edition that say what changed: one for each earlier version and choice of documents that somebody has.

A page says what has changed for its reader: texts that none of their documents prints, such as speaker notes beside a memo
alone, are not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from reportgen.brand import Brand
from reportgen.changes import Changes, Snapshot, compare_snapshots
from reportgen.changes.page.changes_page import render_pdf
from reportgen.distribution.editions.edition import CHANGES, Document, Edition
from reportgen.distribution.editions.sealed_snapshot import unseal
from reportgen.distribution.ledger.held_copies import HeldCopy
from reportgen.system.errors import Diagnostic, Location


class PageKey(Struct, frozen=True):
    """The version that a recipient has, the documents of it, and those of the new edition that they get."""

    version: int
    had: tuple[str, ...]
    gets: tuple[str, ...]

    @classmethod
    def of(cls, held: HeldCopy, gets: Iterable[str]) -> PageKey:
        return cls(held.version, tuple(sorted(held.documents)), tuple(sorted(gets)))

    @property
    def name(self) -> str:
        """The name under which a page's stamper is kept."""
        return f"{CHANGES} {self.version} {'+'.join(self.had)} {'+'.join(self.gets)}"


class PageMaker(Struct, frozen=True):
    """Makes the pages of an edition; `stored` returns an earlier version's snapshot as the ledger keeps it."""

    edition: Edition
    snapshot: Snapshot
    version: int
    brand: Brand
    folders: tuple[Path, ...]
    paper: str | None
    stored: Callable[[int], bytes | None]
    password: str

    def make(
        self, keys: Iterable[PageKey], ledger: Path, warn: Callable[[Diagnostic], object]
    ) -> Mapping[str, Document]:
        """Return the pages by the names of their keys; a version that cannot be compared is reported, and has none."""
        known: dict[int, Snapshot | None] = {}
        pages = {}
        for key in dict.fromkeys(keys):
            if key.version not in known:
                known[key.version] = self._find_snapshot(key.version, ledger, warn)
            if old := known[key.version]:
                pages[key.name] = self._render(self._compare(old, key))
        return pages

    def _find_snapshot(self, version: int, ledger: Path, warn: Callable[[Diagnostic], object]) -> Snapshot | None:
        """Return the snapshot of an earlier version, or None with a warning that says why there can be no page."""
        data = self.stored(version)
        found = unseal(data, self.password) if data is not None else None
        if found is None:
            reason = "it was encrypted with another password" if data is not None else "an earlier reportgen made it"
            message = f"packets do not say what has changed since version {version}: {reason}"
            hint = "their letters name the version that they replace"
            warn(Diagnostic(message, Location(str(ledger)), hint, "warning"))
            return None
        strangers = [each for each in compare_snapshots(found, self.snapshot).warnings if "different" in each.message]
        if strangers:
            message = (
                f"packets do not say what has changed since version {version}: it was another brief, “{found.title}”"
            )
            warn(Diagnostic(message, Location(str(ledger)), "distribute another brief in another folder", "warning"))
            return None
        return found

    def _compare(self, old: Snapshot, key: PageKey) -> Changes:
        from msgspec.structs import replace

        before, after = old.limit_to(key.had), self.snapshot.limit_to(key.gets)
        return compare_snapshots(replace(before, version=key.version), replace(after, version=self.version))

    def _render(self, changes: Changes) -> Document:
        data = render_pdf(changes, self.brand, self.folders, self.paper)
        return Document(CHANGES, f"{self.edition.slug}-{CHANGES}.pdf", data)
