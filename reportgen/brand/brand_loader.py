"""Load _brand.yml (Quarto's convention) as the one value from which CSS, charts and the deck's theme are made."""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct

from reportgen.brand import extras
from reportgen.brand.contrast import MIN_RATIO, contrast_ratio, parse_color
from reportgen.brand.fontfile import FontFile
from reportgen.input.model_validation import validate
from reportgen.input.yamlfile import Document, read_yaml
from reportgen.system import resources
from reportgen.system.errors import BriefError, Diagnostic, Location, TemplateError, did_you_mean
from reportgen.text.late_pattern import compile_late

if TYPE_CHECKING:
    from reportgen.brand.brandfile import BrandFile

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
"""Our roles, and the keys under which _brand.yml names their colours."""
TEXT_ON_GROUND = (
    ("ink", "paper"), ("ink", "panel"), ("accent", "paper"), ("accent", "panel"), ("signal", "paper"),
    ("secondary", "paper"),
)  # fmt: skip
"""The colours of text, each with its ground; light text on the accent reads as well as the accent on paper."""

_HEX = compile_late(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


class Brand(Struct, frozen=True, dict=True):
    """Colours by role (hex, "#12436D") and typefaces by use.

    `colors` has every role of ROLES; `metrics` maps a face that is not bundled to one of the same widths.
    """

    template_names: ClassVar[tuple[str, ...]] = ("name", "colors", "serif", "sans")

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
        """The font files of each family."""
        names = dict.fromkeys(font.family for font in self.fonts)
        return {name: tuple(font for font in self.fonts if font.family == name) for name in names}

    @property
    def fallbacks(self) -> tuple[str, ...]:
        """The families that draw on paper what neither of its two faces has, in the order named.

        Not those that are there to measure faces of the deck.
        """
        return tuple(name for name in self.families if name not in {self.serif, self.sans, *self.metrics.values()})


def load(folder: Path | None = None) -> Brand:
    """Load our brand, overlaid with the _brand.yml of a folder (the brief's). Raises TemplateError."""
    from reportgen.brand.brandfile import BrandFile  # nobody who only names the type `Brand` has to build its models

    paths = [resources.asset(NAME)] + ([folder / NAME] if folder and os.path.lexists(folder / NAME) else [])
    try:
        layers = [read_yaml(path) for path in paths]
        files = [validate(BrandFile, layer) for layer in layers]
    except BriefError as error:
        raise TemplateError(error.diagnostics) from None
    data = reduce(_merge, (layer.data for layer in layers))
    fonts = [font for file, layer in zip(files, layers, strict=True) for font in _find_fonts(file, layer)]
    return _build_brand(BrandFile.model_validate(data), data["color"], fonts, layers)


def _merge(below: Any, above: Any) -> Any:
    """Lay `above` over `below`, key by key; the lists of font families are joined."""
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {key: _merge(below.get(key), value) for key, value in above.items()}
    if isinstance(below, list) and isinstance(above, list):
        return below + above
    return below if above is None else above


def _build_brand(
    file: BrandFile, colors: Mapping[str, Any], fonts: Sequence[FontFile], layers: list[Document]
) -> Brand:
    typography, settings = file.typography, file.defaults and file.defaults.reportgen
    assert typography and typography.base and typography.headings and settings and settings.deck and settings.metrics  # noqa: PT018
    names = file.meta.name if file.meta else None
    brand = Brand(
        name=(names and (names.short or names.full)) or "",
        colors={role: _resolve_color(colors, key, layers) for role, key in ROLES.items()},
        fonts=(*fonts, *extras.find_installed_faces()),
        serif=typography.base.family,
        sans=typography.headings.family,
        deck_headings=settings.deck.headings or "",
        deck_base=settings.deck.base or "",
        metrics=settings.metrics,
        logo=_find_file(name, layers, "logo file") if file.logo and (name := file.logo.file()) else None,
        theme=_find_file(settings.deck.theme, layers, "theme") if settings.deck.theme else None,
    )
    _check_faces(brand, layers)
    _check_contrast(brand, layers)
    return brand


def _check_faces(brand: Brand, layers: list[Document]) -> None:
    """Raise TemplateError for a typeface that has no files, and whose metric twin has none."""
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
            message = f'{".".join(path)}: there is no font file for "{family}"'
            raise TemplateError(message, _find_place(layers, path), did_you_mean(family, families))


def _check_contrast(brand: Brand, layers: list[Document]) -> None:
    """Raise TemplateError for colours of text that do not read on their ground, on paper or on slides."""
    faults = []
    for role, ground in TEXT_ON_GROUND:
        ratio = contrast_ratio(parse_color(brand.colors[role]), parse_color(brand.colors[ground]))
        if ratio < MIN_RATIO:
            text, below = (f"color.{ROLES[each]} ({brand.colors[each]})" for each in (role, ground))
            own = [path for each in (role, ground) if (path := ("color", ROLES[each])) in layers[-1].places]
            where = layers[-1].places[own[0]] if own else _find_place(layers, ("color", ROLES[role]))
            message = f"{text} on {below} has a contrast of {math.floor(ratio * 10) / 10}:1; text needs {MIN_RATIO:g}:1"
            faults.append(Diagnostic(message, where, "use a darker colour or a lighter ground"))
    if faults:
        raise TemplateError(faults)


def _find_place(layers: list[Document], path: tuple[str, ...]) -> Location | None:
    """Return the place of a key in the topmost layer that has it."""
    return next((layer.places[path] for layer in reversed(layers) if path in layer.places), None)


def _resolve_color(color: Mapping[str, Any], key: str, layers: list[Document]) -> str:
    """Return a colour as #RRGGBB; it may name a colour of the palette, or another key."""
    value, seen = color.get(key), [key]
    where, palette = _find_place(layers, ("color", key)), color.get("palette") or {}
    quoted = 'write it as "#12436D", in quotes'
    while isinstance(value, str) and not value.startswith("#"):
        if value in seen:
            raise TemplateError(f'color.{key}: "{value}" is defined by itself', where)
        seen.append(value)
        names = {**color, **palette}
        if value not in names:
            raise TemplateError(f'color.{key}: no colour "{value}"', where, did_you_mean(value, palette) or quoted)
        value = names[value]
    if not isinstance(value, str) or not (match := _HEX.fullmatch(value)):
        raise TemplateError(f"color.{key}: {value!r} is not a colour", where, quoted)
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return f"#{digits.upper()}"


def _find_fonts(file: BrandFile, layer: Document) -> Iterator[FontFile]:
    """Find the font files that one brand names."""
    for family in (file.typography and file.typography.fonts) or []:
        for entry in (family.files or []) if family.source == "file" else []:
            path = _find_file(entry.path, [layer], "font file")
            if not _is_font(path):
                message = f'the font file "{entry.path}" is damaged, or not a TrueType or OpenType font'
                raise TemplateError(message, layer.find((), entry.path))
            yield FontFile(family.family, path, entry.weight, entry.style == "italic")


def _is_font(path: Path) -> bool:
    """Return whether a file begins as a font does, and is as long as its tables."""
    with path.open("rb") as stream:  # a file: `_find_file` has made sure
        head = stream.read(12)
        if len(head) < 12 or head[:4] not in SIGNATURES:
            return False
        tables = stream.read(16 * int.from_bytes(head[4:6], "big"))
    ends = [sum(struct.unpack_from(">2I", tables, at + 8)) for at in range(0, len(tables) - 15, 16)]
    return bool(ends) and max(ends) <= path.stat().st_size


def _find_file(name: str, layers: list[Document], kind: str) -> Path:
    """Find a file beside the brand that names it.

    A theme may lie elsewhere, as a house's template often does, and so may a font whose path is absolute.
    """
    layer = next((layer for layer in reversed(layers) if name in layer.text), layers[-1])
    folder = Path(os.path.abspath(layer.file)).parent  # not resolved: a link inside the folder is the user's own
    installed = kind == "font file" and os.path.isabs(name)
    path = Path(os.path.normpath(folder / (Path(name).expanduser() if kind == "theme" else name)))
    if not path.is_file() or not (kind == "theme" or installed or path.is_relative_to(folder)):
        hint = _HINTS["installed font" if installed else kind]
        fault = "is not a file" if path.exists() and not path.is_file() else "does not exist"
        raise TemplateError(f'the {kind} "{name}" {fault}', layer.find((), name), hint)
    return path if kind == "theme" else path.resolve()


_HINTS = {
    "theme": f"the path is relative to the folder of {NAME}",
    "logo file": f"it must be in the folder of {NAME}",
    "font file": f"it must be in the folder of {NAME}, or be named by its absolute path",
    "installed font": "install the font, or name a file beside the brand: the PDF embeds what it needs of it",
}
