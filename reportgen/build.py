"""A brief's documents, made and put in place: read top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.brief import Brief, load_brief
from reportgen.files import write
from reportgen.kinds import KINDS, DocumentKind

OUTPUT_DIR = Path("build")


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file and its size in bytes."""

    kind: DocumentKind
    path: Path
    size: int


def build(brief_path: Path, output_dir: Path = OUTPUT_DIR, tell: Callable[[str], object] = str) -> list[Made]:
    """Memo and deck of one brief. Both are rendered before either is written, so that the pair always agrees."""
    tell(f"reading {brief_path}")
    brief = load_brief(brief_path)
    rendered = list(_rendered(brief, tell))
    return [_put(kind, output_dir / kind.file_name(brief.slug), data) for kind, data in rendered]


def _rendered(brief: Brief, tell: Callable[[str], object]) -> Iterator[tuple[DocumentKind, bytes]]:
    for kind in KINDS.values():
        tell(f"making the {kind.name}")
        yield kind, kind.render(brief)


def _put(kind: DocumentKind, path: Path, data: bytes) -> Made:
    write(path, data)
    return Made(kind, path, len(data))
