"""_brand.yml (Quarto's convention) as one value that CSS, matplotlib and the PPTX theme are all made from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen import resources
from reportgen.errors import BriefError, Diagnostic, TemplateError, did_you_mean
from reportgen.yamlfile import Document, read

NAME = "_brand.yml"
ROLES = {
    "ink": "foreground",
    "paper": "background",
    "accent": "primary",
    "signal": "danger",
    "secondary": "secondary",
    "hairline": "tertiary",
    "panel": "light",
    "quiet": "dark",
}
"""Our roles and the keys under which brand.yml names their colours."""

_KEYS: dict[tuple[str, ...], frozenset[str]] = {
    (): frozenset({"meta", "color", "typography", "logo", "defaults"}),
    ("color",): frozenset({"palette", "success", "info", "warning", *ROLES.values()}),
    ("typography",): frozenset(
        {"fonts", "base", "headings", "monospace", "monospace-inline", "monospace-block", "link"}
    ),
    ("defaults", "reportgen"): frozenset({"deck", "metrics"}),
    ("defaults", "reportgen", "deck"): frozenset({"headings", "base"}),
}
_HEX = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font file: its family, weight (100-900), slope and path."""

    family: str
    path: Path
    weight: int = 400
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Brand:
    """Colours by role (hex, "#12436D") and typefaces by use.

    `colors` has every role of ROLES; `metrics` maps a face that is not bundled to one of the same widths.
    """

    name: str
    colors: Mapping[str, str]
    fonts: tuple[FontFile, ...]
    serif: str
    sans: str
    deck_headings: str
    deck_base: str
    metrics: Mapping[str, str]
    logo: Path | None = None


def load(folder: Path | None = None) -> Brand:
    """Our brand, with the _brand.yml of a folder (the brief's) laid over it. Raises TemplateError."""
    ours = read(resources.asset(NAME))
    layers = [ours]
    if folder and (folder / NAME).is_file():
        try:
            layers.append(read(folder / NAME, str(folder / NAME)))
        except BriefError as error:
            raise TemplateError(error.diagnostics) from None
    problems = [problem for layer in layers for problem in _problems(layer)]
    if problems:
        raise TemplateError(problems)
    data: dict[str, Any] = {}
    for layer in layers:
        data = _merged(data, layer.data)
    try:
        return _brand(data, layers)
    except BriefError as error:
        raise TemplateError(error.diagnostics) from None


def _problems(document: Document) -> list[Diagnostic]:
    """Unknown keys and values of the wrong shape; what Quarto knows and we don't use is let through."""
    found = list(document.problems)
    if not isinstance(document.data, dict):
        return [*found, Diagnostic("expected keys and values", document.where(()))]
    for path, known in _KEYS.items():
        part: Any = document.data
        for key in path:
            part = part.get(key) if isinstance(part, dict) else None
        if part is None:
            continue
        if not isinstance(part, dict):
            found.append(Diagnostic(f"{'.'.join(path)}: expected keys and values", document.where(path)))
            continue
        for key in part:
            if key not in known:
                found.append(
                    Diagnostic(
                        f"unknown key {'.'.join((*path, key))}",
                        document.key_places[(*path, key)],
                        did_you_mean(key, known),
                    )
                )
    return found


def _merged(below: Any, above: Any) -> Any:
    """`above` over `below`, key by key; the lists of font families are joined."""
    if isinstance(below, dict) and isinstance(above, dict):
        return {
            key: _merged(below.get(key), above[key]) if key in above else below[key]
            for key in [*below, *(k for k in above if k not in below)]
        }
    if isinstance(below, list) and isinstance(above, list):
        return below + above
    return below if above is None else above


def _brand(data: Mapping[str, Any], layers: list[Document]) -> Brand:
    color, typography = data["color"], data["typography"]
    ours = data["defaults"]["reportgen"]
    folders = [(layer, Path(layer.file).parent) for layer in reversed(layers)]
    fonts = tuple(_fonts(typography.get("fonts") or [], folders))
    brand = Brand(
        name=_name(data.get("meta")),
        colors={role: _color(color, key, layers) for role, key in ROLES.items()},
        fonts=fonts,
        serif=_family(typography["base"]),
        sans=_family(typography["headings"]),
        deck_headings=ours["deck"]["headings"],
        deck_base=ours["deck"]["base"],
        metrics=dict(ours["metrics"]),
        logo=_logo(data.get("logo"), folders),
    )
    families = {font.family for font in fonts}
    for key, family in (("base", brand.serif), ("headings", brand.sans)):
        if family not in families:
            raise TemplateError(
                f'typography.{key}: no font file is given for "{family}"',
                _where(layers, ("typography", key)),
                did_you_mean(family, families),
            )
    return brand


def _name(meta: Any) -> str:
    name = (meta or {}).get("name", "")
    return str(name.get("short") or name.get("full", "")) if isinstance(name, dict) else str(name)


def _where(layers: list[Document], path: tuple[str, ...]) -> Any:
    """The place in the topmost layer that has this key."""
    return next((layer.places[path] for layer in reversed(layers) if path in layer.places), None)


def _color(color: Mapping[str, Any], key: str, layers: list[Document]) -> str:
    """A colour as #RRGGBB; it may name one of the palette, or another key."""
    value, seen = color.get(key), [key]
    while isinstance(value, str) and not value.startswith("#"):
        if value in seen:
            raise TemplateError(f'color.{key}: "{value}" is defined by itself', _where(layers, ("color", key)))
        seen.append(value)
        names = {**color, **(color.get("palette") or {})}
        if value not in names:
            raise TemplateError(
                f'color.{key}: no colour "{value}"',
                _where(layers, ("color", key)),
                did_you_mean(value, color.get("palette") or {}) or 'write it as "#12436D", in quotes',
            )
        value = names[value]
    if not isinstance(value, str) or not (match := _HEX.fullmatch(value)):
        raise TemplateError(
            f"color.{key}: {value!r} is no colour", _where(layers, ("color", key)), 'write it as "#12436D", in quotes'
        )
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return f"#{digits.upper()}"


def _family(value: Any) -> str:
    return str(value.get("family", "")) if isinstance(value, dict) else str(value)


def _fonts(families: list[Any], folders: list[tuple[Document, Path]]) -> list[FontFile]:
    found = []
    for family in families:
        if not isinstance(family, dict) or family.get("source", "file") != "file":
            continue  # fonts from the web are for Quarto's HTML: nothing is fetched here
        for entry in family.get("files") or []:
            entry = {"path": entry} if isinstance(entry, str) else entry
            path = _existing(str(entry.get("path", "")), folders, "font")
            found.append(
                FontFile(str(family.get("family")), path, int(entry.get("weight", 400)), entry.get("style") == "italic")
            )
    return found


def _existing(name: str, folders: list[tuple[Document, Path]], what: str) -> Path:
    """A file that a brand names, beside that brand."""
    for document, folder in folders:
        if f"{name}" in document.text and (folder / name).is_file():
            return (folder / name).resolve()
    document = next((document for document, _ in folders if name in document.text), folders[0][0])
    raise TemplateError(
        f'the {what} file "{name}" is not there', document.find((), name), f"it is looked for beside {NAME}"
    )


def _logo(value: Any, folders: list[tuple[Document, Path]]) -> Path | None:
    if isinstance(value, dict):
        value = value.get("small") or value.get("medium") or value.get("large")
    if isinstance(value, dict):
        value = value.get("light") or value.get("path")
    return _existing(value, folders, "logo") if isinstance(value, str) else None
