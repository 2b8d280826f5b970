"""Load _brand.yml (Quarto's convention) as the one value from which CSS, charts and the deck's theme are made."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand import extras
from reportgen.brand.brand_colors import ROLES as ROLES, adapt_colors, resolve_colors, resolve_text_color
from reportgen.brand.css_values import read_length
from reportgen.brand.face_choice import FaceChoice
from reportgen.brand.fontfile import FontFile
from reportgen.brand.page_style import LOGO_HEIGHT, Emblem, Letterhead, Margins, PageStyle
from reportgen.brand.unused_keys import find_unused_keys
from reportgen.input.model_validation import sort_diagnostics, validate
from reportgen.input.yamlfile import Document, read_yaml
from reportgen.system import resources
from reportgen.system.errors import BriefError, Diagnostic, Location, TemplateError, did_you_mean

if TYPE_CHECKING:
    from reportgen.brand.brandfile import BrandFile, LetterheadEntry, Settings

NAME = "_brand.yml"
CUT_SHORT = "so the text ends before it"  # how the reader of YAML ends its complaint about a comment
_URL = re.compile(r"[A-Za-z][\w+.-]+://")
SIZES = ("large", "medium", "small")
LEAST_SIZE, MOST_SIZE = 8.5, 13.0  # points
SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true")
TEXT_ON_GROUND = (
    ("ink", "paper"), ("ink", "panel"), ("accent", "paper"), ("accent", "panel"), ("signal", "paper"),
    ("secondary", "paper"),
)  # fmt: skip
"""The colours of text, each with its ground; light text on the accent reads as well as the accent on paper."""


class Brand(Struct, frozen=True, dict=True):
    """Colours by role (hex, "#12436D") and typefaces by use.

    `colors` has every role of ROLES; `metrics` maps a face that is not bundled to one of the same widths.
    """

    template_names: ClassVar[tuple[str, ...]] = ("name", "colors", "serif", "sans", "logo_alt")

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
    logo_alt: str = ""
    """The logo's alternative text."""
    page: PageStyle = PageStyle()
    """The look of its pages, where no option or brief says otherwise."""
    warnings: tuple[Diagnostic, ...] = ()
    """The parts of the house's file without effect, and those that are printed otherwise than it says."""

    @cached_property
    def families(self) -> dict[str, tuple[FontFile, ...]]:
        """The font files of each family."""
        names = dict.fromkeys(font.family for font in self.fonts)
        return {name: tuple(font for font in self.fonts if font.family == name) for name in names}

    @property
    def emblems(self) -> tuple[Emblem, ...]:
        """The pictures in the head of a document: the letterhead's, or the logo alone."""
        if self.page.letterhead:
            return self.page.letterhead.emblems
        return (Emblem(f"logo{self.logo.suffix}", self.logo, LOGO_HEIGHT, self.logo_alt),) if self.logo else ()

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
        layers = [_let_comments_through(read_yaml(path)) for path in paths]
        files = [validate(BrandFile, layer) for layer in layers]
    except BriefError as error:
        raise TemplateError(error.diagnostics) from None
    data = reduce(_merge, (layer.data for layer in layers))
    fonts = [font for file, layer in zip(files, layers, strict=True) for font in _find_fonts(file, layer)]
    return _build_brand(BrandFile.model_validate(data), fonts, layers)


def _let_comments_through(layer: Document) -> Document:
    """Return a file without the complaints about comments behind a value: only where they stand for one, as #12436D does, is it lost."""
    lines = layer.text.split("\n")

    def is_fault(problem: Diagnostic) -> bool:
        if not problem.message.endswith(CUT_SHORT) or not problem.where or not problem.where.line:
            return True
        before = lines[problem.where.line - 1][: (problem.where.column or 1) - 1]
        return before.rstrip().endswith((":", "-"))

    return replace(layer, problems=tuple(filter(is_fault, layer.problems)))


def find_warnings(folder: Path) -> tuple[Diagnostic, ...]:
    """Return what of a folder's _brand.yml has no effect, or is printed otherwise than it says."""
    return load(folder).warnings if os.path.lexists(folder / NAME) else ()


def _merge(below: Any, above: Any) -> Any:
    """Lay `above` over `below`, key by key; the lists of font families are joined."""
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {key: _merge(below.get(key), value) for key, value in above.items()}
    if isinstance(below, list) and isinstance(above, list):
        return below + above
    return below if above is None else above


def _build_brand(file: BrandFile, fonts: Sequence[FontFile], layers: list[Document]) -> Brand:
    settings = file.defaults and file.defaults.reportgen
    assert settings and settings.deck and settings.metrics  # noqa: PT018
    faces = FaceChoice((*fonts, *extras.find_installed_faces()), settings.metrics, layers)
    colors, warnings = adapt_colors(resolve_colors(layers), layers)
    names = file.meta.name if file.meta else None
    name = (names and (names.short or names.full)) or ""
    picture = file.logo.choose(*reversed(SIZES)) if file.logo else None
    if picture and picture.path and _URL.match(picture.path):
        where = layers[-1].find((), picture.path)
        message = f'the logo "{picture.path}" is not printed: nothing is fetched'
        warnings.append(Diagnostic(message, where, f"save it beside {NAME} and name the file", "warning"))
        picture = None
    brand = Brand(
        name=name,
        colors=colors,
        fonts=faces.fonts,
        serif=faces.choose("base"),
        sans=faces.choose("headings"),
        deck_headings=settings.deck.headings or "",
        deck_base=settings.deck.base or "",
        metrics=settings.metrics,
        logo=_find_file(picture.path, layers, "logo file") if picture and picture.path else None,
        theme=_find_file(settings.deck.theme, layers, "theme") if settings.deck.theme else None,
        logo_alt=(picture and picture.alt) or name,
        page=_build_page(file, settings, name, layers, warnings, colors["panel"]),
    )
    _check_faces(brand, layers)
    unused = find_unused_keys(layers[-1]) if len(layers) > 1 else ()
    return replace(brand, warnings=tuple(sort_diagnostics([*warnings, *faces.warnings, *unused])))


def _build_page(
    file: BrandFile, settings: Settings, name: str, layers: list[Document], warnings: list[Diagnostic], paper: str
) -> PageStyle:
    """Return what the house says of its pages, and add what is printed otherwise to `warnings`."""
    margins = settings.margins
    base = file.typography.base if file.typography else None
    size = read_length(base.size) if base else None
    if size is not None and not LEAST_SIZE <= size <= MOST_SIZE:
        message = f"typography.base.size: {size:g} pt is no size for running text"
        where = layers[-1].where(("typography", "base", "size"))
        raise TemplateError(message, where, f"choose one from {LEAST_SIZE:g} to {MOST_SIZE:g} pt")
    banners = {}
    for words in sorted(settings.markings or {}, key=len, reverse=True):
        path = ("defaults", "reportgen", "markings", words)
        banners[words], found = resolve_text_color((settings.markings or {})[words], path, paper, layers)
        warnings += found
    return PageStyle(
        settings.paper,
        Margins(margins.top, margins.right, margins.bottom, margins.left) if margins else None,
        size,
        settings.footer or "",
        _build_letterhead(file, settings.letterhead, name, layers) if settings.letterhead else None,
        banners,
    )


def _build_letterhead(file: BrandFile, entry: LetterheadEntry, name: str, layers: list[Document]) -> Letterhead:
    """Return a letterhead; its logo is a size or a name of the brand's logos, or a file."""
    from reportgen.brand.brandfile import Logo, Picture

    logo = file.logo or Logo()
    if entry.logo in SIZES:
        picture = logo.choose(entry.logo)
    else:
        picture = logo.resolve(Picture(path=entry.logo)) if entry.logo else logo.choose(*SIZES)
    if entry.logo and not picture:
        where = layers[-1].where(("defaults", "reportgen", "letterhead", "logo"))
        raise TemplateError(f'the brand has no logo "{entry.logo}"', where, "name it under logo, or name a file")
    emblems = []
    for kind, each in (("seal", entry.seal), ("logo", picture)):
        if each and each.path and not _URL.match(each.path):
            path = _find_file(each.path, layers, "logo file")
            emblems.append(Emblem(f"{kind}{path.suffix}", path, entry.height, each.alt or name))
    return Letterhead(tuple(emblems), tuple(entry.address))


def _check_faces(brand: Brand, layers: list[Document]) -> None:
    """Raise TemplateError for a typeface of the deck that has no files, and whose metric twin has none."""
    families = {font.family for font in brand.fonts}
    deck = ("defaults", "reportgen", "deck")
    used = {
        (*deck, "headings"): brand.metrics.get(brand.deck_headings, brand.deck_headings),
        (*deck, "base"): brand.metrics.get(brand.deck_base, brand.deck_base),
    }
    for path, family in used.items():
        if family not in families:
            message = f'{".".join(path)}: there is no font file for "{family}"'
            raise TemplateError(message, _find_place(layers, path), did_you_mean(family, families))


def _find_place(layers: list[Document], path: tuple[str, ...]) -> Location | None:
    """Return the place of a key in the topmost layer that has it."""
    return next((layer.places[path] for layer in reversed(layers) if path in layer.places), None)


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
    rooted = kind == "logo file" and os.path.isabs(name) and not Path(name).is_relative_to(folder)
    inside = name.lstrip("/") if rooted else name  # Quarto's paths begin at the project's folder
    path = Path(os.path.normpath(folder / (Path(name).expanduser() if kind == "theme" else inside)))
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
