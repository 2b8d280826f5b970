"""Find the keys of a house's _brand.yml that change nothing in the documents, so that nobody waits for their effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.brand.brand_colors import ROLES
from reportgen.brand.css_values import read_length
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import Diagnostic

USED = True
IDLE = False
"""The mark of a key that the convention has, and that documents like ours have no use for."""
_IDLE_FACE = {"weight": IDLE, "size": IDLE, "line-height": IDLE, "color": IDLE, "style": IDLE, "background-color": IDLE, "decoration": IDLE, "family": IDLE}  # fmt: skip
KEYS: Mapping[str, Any] = {
    "meta": {"name": USED},
    "logo": {"path": USED, "alt": USED, "images": USED, "small": USED, "medium": USED, "large": USED},
    "color": {"success": IDLE, "info": IDLE, "warning": IDLE, "link": IDLE},
    "typography": {
        "base": {**_IDLE_FACE, "family": USED},
        "headings": {**_IDLE_FACE, "family": USED},
        "monospace": IDLE,
        "monospace-inline": IDLE,
        "monospace-block": IDLE,
        "link": IDLE,
    },
    "defaults": {"reportgen": USED, "bootstrap": IDLE, "quarto": IDLE, "shiny": IDLE},
}
"""The keys that each part may have. A part that lists fewer keys than its model is refused elsewhere for any other."""
OPEN = (("meta",), ("defaults",))
"""The parts in which a house may have keys of its own."""
SIZE = ("typography", "base", "size")
"""It counts where it is a length of paper: 11pt, not 1.1rem."""
CLOSED = frozenset({"color", "typography"})
"""The parts of which an unknown key is an error."""


def find_unused_keys(document: Document) -> Iterator[Diagnostic]:
    """Yield a warning for each key that nobody knows, and one note for those that only other programs use."""
    idle: dict[str, int] = {}
    for path, is_known in _walk(document.data, KEYS, ()):
        name, where = ".".join(map(str, path)), document.key_places.get(path) or document.where(path)
        if is_known:
            idle[name] = where.line or 0
        else:
            yield Diagnostic(f"{name} has no effect: there is no such key", where, _find_hint(path), "warning")
    yield from _find_misplaced_roles(document)
    if idle:
        listed = ", ".join(f"{name} (line {line})" for name, line in idle.items())
        where = next(iter(document.key_places.values()))._replace(line=min(idle.values()), column=None)
        yield Diagnostic(f"without effect here, as only web pages use them: {listed}", where, None, "note")


def _find_misplaced_roles(document: Document) -> Iterator[Diagnostic]:
    """Yield a warning for each role that only the palette has, where it is a name that nothing uses."""
    colors = document.data.get("color") if isinstance(document.data, dict) else None
    palette = colors.get("palette") if isinstance(colors, dict) else None
    if not isinstance(colors, dict) or not isinstance(palette, dict):
        return
    named = {value for part in (colors, palette) for value in part.values() if isinstance(value, str)}
    for role in ROLES.values():
        if role in palette and role not in colors and role not in named:
            where = document.key_places.get(("color", "palette", role))
            message = f"color.palette.{role} has no effect: in the palette it is a name that nothing uses"
            yield Diagnostic(message, where, f"move it out of the palette: color.{role}", "warning")


def _walk(data: Any, known: Mapping[str, Any], path: KeyPath) -> Iterator[tuple[KeyPath, bool]]:
    """Yield the path of each key without effect, and whether the convention has it."""
    from difflib import get_close_matches

    for key, value in data.items() if isinstance(data, dict) else ():
        here = (*path, key)
        use = known.get(key, USED if path and path[0] in CLOSED else None)
        if use is None:
            yield here, path in OPEN and not get_close_matches(str(key), known, n=1, cutoff=0.6)
        elif use is IDLE:
            if here != SIZE or read_length(value) is None:
                yield here, True
        elif isinstance(use, Mapping):
            yield from _walk(value, use, here)


def _find_hint(path: KeyPath) -> str | None:
    """Return the key that was probably meant: of the same part first, then of any."""
    from difflib import get_close_matches

    part: Any = KEYS
    for key in path[:-1]:
        part = part.get(key, {}) if isinstance(part, Mapping) else {}
    places = dict(_list_places(KEYS, ()))
    own = get_close_matches(str(path[-1]), list(part) if isinstance(part, Mapping) else [], n=1, cutoff=0.6)
    if own:
        return f'did you mean "{own[0]}"?'
    other = get_close_matches(str(path[-1]), list(places), n=1, cutoff=0.8)
    return f'did you mean "{places[other[0]]}"?' if other else None


def _list_places(known: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, use in known.items():
        yield key, ".".join((*path, key))
        if isinstance(use, Mapping):
            yield from _list_places(use, (*path, key))
