"""The files that a run reads, none of which it may write: refused before any work is done.

Files are compared by what they are, not by their names: a link, another spelling or another case of the same file is that file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.system.errors import Location, ReportgenError, UsageError

if TYPE_CHECKING:
    from reportgen.brief.model import Brief


class Input(Struct, frozen=True):
    """A file that is read, and what it is: "the theme"."""

    what: str
    path: Path


class Output(Struct, frozen=True):
    """A file that would be written, what it is, and the option that says where; of a folder, all that lies in it."""

    what: str
    path: Path
    option: str
    is_folder: bool = False


def refuse_overlap(outputs: Iterable[Output], inputs: Iterable[Input]) -> None:
    """Raise UsageError with each output that is one of the inputs."""
    known = [(each, identity) for each in inputs if (identity := _identify(each.path))]
    for output in outputs:
        identity = _identify(output.path)
        for each, other in known:
            is_same = _contains(output.path, each.path) if output.is_folder else identity == other
            if identity and is_same:
                hint = f"choose another {output.option}, or move the file that is there"
                raise UsageError(f"{output.what} would overwrite {each.what}", Location(str(output.path)), hint)


def protect_inputs(
    outputs: Iterable[Output], brief: Brief, theme: Path | None = None, more: Iterable[Input] = (), lock: bool = True
) -> None:
    """Raise UsageError when an output is a file that the brief's documents are made from, or one of `more`.

    Without `lock`, evidence.lock may be written: `check` does so.
    """
    if existing := [output for output in outputs if _identify(output.path)]:
        refuse_overlap(existing, [*more, *list_inputs(brief, theme, lock)])


def list_inputs(brief: Brief, theme: Path | None = None, lock: bool = True) -> Iterator[Input]:
    """Yield the files that a brief's documents are made from."""
    from reportgen.brand.brand_loader import NAME
    from reportgen.evidence.evidence_lock import LOCK_NAME

    yield Input("the brief", Path(brief.document.file))
    for name, source in brief.sources.items():
        if source.file:
            yield Input(f'the source "{name}"', brief.folder / source.file)
    if lock:
        yield Input("the lock of the evidence", brief.folder / LOCK_NAME)
    yield Input("the brand", brief.folder / NAME)
    for path in _find_named_files(brief.folder / NAME):
        yield Input(f"a file that {NAME} names", path)
        if path.suffix.lower() in (".yml", ".yaml"):  # the map of a theme
            yield from (Input("the theme", file) for file in _find_named_files(path))
    for path in (brief.folder / "templates").rglob("*"):
        yield Input("a template", path)
    if theme:
        yield Input("the theme", theme)
        if theme.suffix.lower() in (".yml", ".yaml"):
            yield from (Input("the theme", file) for file in _find_named_files(theme))


def _find_named_files(path: Path) -> Iterator[Path]:
    """Yield the files that the texts of a YAML file name, relative to its folder; a faulty file names none."""
    from reportgen.input.yamlfile import read_yaml

    if not path.exists():
        return
    with suppress(ReportgenError):
        for text in _list_texts(read_yaml(path).data):
            with suppress(OSError, ValueError, RuntimeError):
                named = path.parent / Path(text).expanduser()
                if named.is_file():
                    yield named


def _list_texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _list_texts(value)


def _identify(path: Path) -> tuple[int, int] | None:
    """Return what is the same for every name of a file; None where there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _contains(folder: Path, path: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
