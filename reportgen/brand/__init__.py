"""_brand.yml (Quarto's convention) as one value that CSS, matplotlib and the PPTX theme are all made from."""

from __future__ import annotations

import math
import os
import re
import struct
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from reportgen.brand import extras
from reportgen.brand.brandfile import BrandFile
from reportgen.brand.contrast import NEEDED, contrast, rgb
from reportgen.brand.fontfile import FontFile
from reportgen.input.explain import validate
from reportgen.input.yamlfile import Document, read
from reportgen.system import resources
from reportgen.system.errors import BriefError, Diagnostic, TemplateError, did_you_mean

NAME = "_brand.yml"
SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true")
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
READ = (
    ("ink", "paper"), ("ink", "panel"), ("accent", "paper"), ("accent", "panel"), ("signal", "paper"),
    ("secondary", "paper"),
)  # fmt: skip
"""Which colours text is set in, and on which grounds; light text on the accent reads as well as the accent on paper."""

_HEX = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


class Brand(Struct, frozen=True, dict=True):
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
    theme: Path | None = None

    @cached_property
    def families(self) -> dict[str, tuple[FontFile, ...]]:
        """The files of each family."""
        names = dict.fromkeys(font.family for font in self.fonts)
        return {name: tuple(font for font in self.fonts if font.family == name) for name in names}

    @property
    def fallbacks(self) -> tuple[str, ...]:
        """The families that draw on paper what neither of its two faces has, in the order named.

        Not those that are there to measure faces of the deck.
        """
        return tuple(name for name in self.families if name not in {self.serif, self.sans, *self.metrics.values()})


def load(folder: Path | None = None) -> Brand:
    """Our brand, with the _brand.yml of a folder (the brief's) laid over it. Raises TemplateError."""
    paths = [resources.asset(NAME)] + ([folder / NAME] if folder and (folder / NAME).exists() else [])
    try:
        layers = [read(path) for path in paths]
        for layer in layers:
            validate(BrandFile, layer)
        data: dict[str, Any] = {}
        for layer in layers:
            data = _merged(data, layer.data)
        return _brand(data, layers)
    except BriefError as error:
        raise TemplateError(error.diagnostics) from None


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
    file = BrandFile.model_validate(data)
    color, typography = data["color"], file.typography
    ours = file.defaults.reportgen if file.defaults else None
    assert typography and typography.base and typography.headings and ours and ours.deck and ours.metrics  # noqa: PT018
    extra = (FontFile(*face) for face in extras.installed())
    fonts = (*(font for layer in layers for font in _fonts(layer)), *extra)
    names = file.meta.name if file.meta else None
    brand = Brand(
        name=(names and (names.short or names.full)) or "",
        colors={role: _color(color, key, layers) for role, key in ROLES.items()},
        fonts=fonts,
        serif=typography.base.family,
        sans=typography.headings.family,
        deck_headings=ours.deck.headings or "",
        deck_base=ours.deck.base or "",
        metrics=ours.metrics,
        logo=_existing(name, layers, "logo") if file.logo and (name := file.logo.file()) else None,
        theme=_theme(ours.deck.theme, layers) if ours.deck.theme else None,
    )
    _check_faces(brand, layers)
    _check_contrast(brand, layers)
    return brand


def _check_faces(brand: Brand, layers: list[Document]) -> None:
    """Every face that is used has files, or one of the same widths has."""
    families = {font.family for font in brand.fonts}
    deck = ("defaults", "reportgen", "deck")
    used = {
        ("typography", "base"): brand.serif,
        ("typography", "headings"): brand.sans,
        (*deck, "headings"): brand.metrics.get(brand.deck_headings, brand.deck_headings),
        (*deck, "base"): brand.metrics.get(brand.deck_base, brand.deck_base),
    }
    for path, family in used.items():
        if family not in families:
            raise TemplateError(
                f'{".".join(path)}: no font file is given for "{family}"',
                _where(layers, path),
                did_you_mean(family, families),
            )


def _check_contrast(brand: Brand, layers: list[Document]) -> None:
    """Every colour that text is set in reads on every ground that it is set on, on paper and on slides."""
    faults = []
    for role, ground in READ:
        ratio = contrast(rgb(brand.colors[role]), rgb(brand.colors[ground]))
        if ratio < NEEDED:
            text, below = (f"color.{ROLES[each]} ({brand.colors[each]})" for each in (role, ground))
            own = [path for each in (role, ground) if (path := ("color", ROLES[each])) in layers[-1].places]
            where = layers[-1].places[own[0]] if own else _where(layers, ("color", ROLES[role]))
            message = f"{text} reads on {below} at {math.floor(ratio * 10) / 10}:1, and text needs {NEEDED:g}:1"
            faults.append(Diagnostic(message, where, "take a darker colour, or a lighter ground"))
    if faults:
        raise TemplateError(faults)


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


def _fonts(layer: Document) -> Iterator[FontFile]:
    """The files that one brand names; a name is looked for beside the brand that has it."""
    typography = BrandFile.model_validate(layer.data).typography
    for family in (typography and typography.fonts) or []:
        for entry in (family.files or []) if family.source == "file" else []:
            path = _font_path(entry.path, layer)
            if not _is_font(path):
                message = f'the font file "{entry.path}" is broken, or no TrueType or OpenType font'
                raise TemplateError(message, layer.find((), entry.path))
            yield FontFile(family.family, path, entry.weight, entry.style == "italic")


def _font_path(name: str, layer: Document) -> Path:
    """A font's file: beside the brand, or anywhere on this machine where the brand says the whole path."""
    if not os.path.isabs(name):
        return _existing(name, [layer], "font")
    path = Path(name)
    if not path.is_file():
        hint = "install the font, or name a file beside the brand: the PDF holds what it needs of it"
        raise TemplateError(f'the font file "{name}" is not there', layer.find((), name), hint)
    return path.resolve()


def _is_font(path: Path) -> bool:
    """Whether a file begins as a font does, and is as long as its tables."""
    with path.open("rb") as stream:
        head = stream.read(12)
        if len(head) < 12 or head[:4] not in SIGNATURES:
            return False
        tables = stream.read(16 * int.from_bytes(head[4:6], "big"))
    ends = [sum(struct.unpack_from(">2I", tables, at + 8)) for at in range(0, len(tables) - 15, 16)]
    return bool(ends) and max(ends) <= path.stat().st_size


def _existing(name: str, layers: list[Document], what: str) -> Path:
    """A file that a brand names, beside that brand and nowhere else."""
    layer = _naming(name, layers)
    folder = Path(os.path.abspath(layer.file)).parent  # not resolved: a link inside the folder is the user's own
    path = Path(os.path.normpath(folder / name))
    if not path.is_relative_to(folder) or not path.is_file():
        hint = f"it is looked for beside {NAME}, and not outside that folder"
        hint += "; a font elsewhere is named by its whole path" if what == "font" else ""
        raise TemplateError(f'the {what} file "{name}" is not there', layer.find((), name), hint)
    return path.resolve()


def _theme(name: str, layers: list[Document]) -> Path:
    """The theme's file, named from the brand's folder; it may lie elsewhere, as a house's template often does."""
    layer = _naming(name, layers)
    path = Path(os.path.normpath(Path(os.path.abspath(layer.file)).parent / Path(name).expanduser()))
    if not path.is_file():
        raise TemplateError(
            f'the theme "{name}" is not there', layer.find((), name), f"it is looked for from {NAME}'s folder"
        )
    return path


def _naming(name: str, layers: list[Document]) -> Document:
    """The topmost layer that names a file."""
    return next((layer for layer in reversed(layers) if name in layer.text), layers[-1])
