"""List the sheets of data files that a brief asks for, from its keys alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.input.tables.sheets import split_address


def list_requests(data: Mapping[str, Any]) -> tuple[dict[str, frozenset[str | None]], frozenset[str]]:
    """Return the sheets that are asked for by source, None for a sheet that is not named, and the optional sources.

    A source is optional if every value that is its cell is stated in the brief too.
    """
    wanted: dict[str, set[str | None]] = {}
    needed: set[str] = set()
    for source, sheet, is_stated in _walk(data):
        settings = _get(data, "sources").get(source)
        default = settings.get("sheet") if isinstance(settings, dict) else None
        wanted.setdefault(source, set()).add(sheet or (default if isinstance(default, str) else None))
        if not is_stated:
            needed.add(source)
    return {source: frozenset(sheets) for source, sheets in wanted.items()}, frozenset(set(wanted) - needed)


def _walk(data: Mapping[str, Any]) -> Iterator[tuple[str, str | None, bool]]:
    """Yield a source, a sheet and whether the value is stated, for each fact and exhibit that names them."""
    for raw in _get(data, "facts").values():
        if isinstance(raw, dict) and isinstance(raw.get("cell"), str) and isinstance(raw.get("source"), str):
            yield raw["source"], split_address(raw["cell"])[0], raw.get("value") is not None
    for raw in _get(data, "exhibits").values():
        if isinstance(raw, dict) and isinstance(raw.get("data"), str):
            sheet = raw.get("sheet") if isinstance(raw.get("sheet"), str) else None
            columns = [raw.get("x"), *_list(raw.get("y"))]
            named = {split_address(text)[0] for text in columns if isinstance(text, str) and ":" in text}
            for each in named - {None} or {sheet}:
                yield raw["data"], each, False


def _list(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]


def _get(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    part = data.get(key)
    return part if isinstance(part, dict) else {}
