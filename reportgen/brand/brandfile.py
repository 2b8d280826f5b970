"""The schema of _brand.yml: the part of Quarto's convention that is used here, and our own keys. The rest is reported."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from reportgen.brand.css_values import list_families, read_length
from reportgen.input.field_types import Model, Plain, Typographic, problem

Face = Annotated[
    str,
    StringConstraints(pattern=r"^\w[\w .&'+-]*$", max_length=80),  # a count in the pattern would take 30 ms to compile
    Field(description="A typeface's name: letters, digits and spaces"),
]


_FACE_NAME = re.compile(r"\w[\w .&'+-]{0,79}")
WEIGHTS = {
    "thin": 100, "extra-light": 200, "ultra-light": 200, "light": 300, "normal": 400, "regular": 400, "medium": 500,
    "semi-bold": 600, "demi-bold": 600, "bold": 700, "extra-bold": 800, "ultra-bold": 800, "black": 900,
}  # fmt: skip
"""The convention's names of weights."""


def _check_stack(stack: str) -> str:
    for name in list_families(stack) or ("",):
        if not _FACE_NAME.fullmatch(name):
            raise problem(f'"{name}" has the wrong form', "a typeface's name has letters, digits and spaces")
    return stack


def _name_weight(value: Any) -> Any:
    return WEIGHTS.get(value, value) if isinstance(value, str) else value


def _take_light(value: Any) -> Any:
    """Take the color for a light background where there is one for each of two."""
    if isinstance(value, dict) and value.keys() <= {"light", "dark"}:
        return value.get("light")
    return value


def _between(least: int, most: int) -> BeforeValidator:
    """Read a length of paper, written with its unit, as points from `least` to `most`."""

    def convert(value: Any) -> float:
        if (length := read_length(value)) is None:
            raise problem(f"{value!r} is no length of paper", 'write it as "25mm", "1in" or "72pt"')
        if not least <= round(length, 1) <= most:
            raise problem(
                f"{value} is out of range: from {least} pt to {most} pt ({least / 72:.2g} to {most / 72:.2g} in)"
            )
        return length

    return BeforeValidator(convert)


def _expand_to(key: str) -> BeforeValidator:
    """Accept a bare string in place of a mapping that has it under this key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


class Loose(Model, extra="ignore"):
    """A part of which the convention has keys that are not used here."""


class FontEntry(Loose):
    """One file of a family."""

    path: Plain
    weight: Annotated[int, BeforeValidator(_name_weight), Field(ge=1, le=1000)] = 400
    style: str = "normal"


class Family(Loose):
    """A typeface and its files; web fonts are for Quarto's HTML, as nothing is fetched here."""

    family: Face
    source: str = "file"
    files: list[Annotated[FontEntry, _expand_to("path")]] | None = None


class Use(Loose):
    """The typeface for one use: a name, or several as CSS lists them, the first of which is taken that there is a file for."""

    family: Annotated[Plain, AfterValidator(_check_stack)] | None = None
    size: Any = None


class Typography(Model):
    """The typefaces and their uses."""

    fonts: list[Family] | None = None
    base: Annotated[Use | None, _expand_to("family")] = None
    headings: Annotated[Use | None, _expand_to("family")] = None
    monospace: Any = None
    monospace_inline: Annotated[Any, Field(alias="monospace-inline")] = None
    monospace_block: Annotated[Any, Field(alias="monospace-block")] = None
    link: Any = None


Color = Annotated[str | None, BeforeValidator(_take_light)]


class Colors(Model):
    """The palette, and the colors by their use."""

    palette: dict[str, Color] | None = None
    foreground: Color = None
    background: Color = None
    primary: Color = None
    secondary: Color = None
    tertiary: Color = None
    success: Color = None
    info: Color = None
    warning: Color = None
    danger: Color = None
    light: Color = None
    dark: Color = None
    link: Color = None


class Picture(Loose):
    """A picture, or one for each of two backgrounds."""

    path: Plain | None = None
    alt: Plain | None = None
    light: Annotated["Picture | None", _expand_to("path")] = None


AnyPicture = Annotated[Picture | None, _expand_to("path")]


class Logo(Loose):
    """The logo in its sizes; `images` gives names to files."""

    path: Plain | None = None
    images: dict[str, AnyPicture] | None = None
    small: AnyPicture = None
    medium: AnyPicture = None
    large: AnyPicture = None

    def choose(self, *sizes: str) -> Picture | None:
        """Return the picture to print, on a light background: the first of these sizes that there is."""
        if self.path:
            return Picture(path=self.path)
        found = next((picture for size in sizes if (picture := getattr(self, size))), None)
        return self.resolve(found) if found else None

    def resolve(self, picture: Picture) -> Picture | None:
        """Return the file behind a picture, which may name one of `images`."""
        picture = picture.light or picture
        named = (self.images or {}).get(picture.path or "")
        named = (named.light or named) if named else None
        found = named or picture
        return Picture(path=found.path, alt=picture.alt or found.alt) if found.path else None


def _expand_margins(value: Any) -> Any:
    return dict.fromkeys(("top", "right", "bottom", "left"), value) if isinstance(value, str) else value


class MarginsEntry(Model):
    """The margins of paper, each with its unit."""

    top: Annotated[float, _between(40, 110)] = 47.0
    right: Annotated[float, _between(36, 95)] = 66.0
    bottom: Annotated[float, _between(40, 110)] = 46.0
    left: Annotated[float, _between(36, 95)] = 66.0


class LetterheadEntry(Model):
    """The head of a first page: pictures in one height, and the lines of an address."""

    logo: Plain | None = None
    seal: AnyPicture = None
    height: Annotated[float, _between(30, 40)] = 36.0
    address: Annotated[list[Typographic], Field(max_length=8)] = []


class DeckLooks(Model):
    """The deck's own typefaces, and the house's theme: a .pptx or .potx file, or a map (.yml) of one."""

    headings: Face | None = None
    base: Face | None = None
    theme: Plain | None = None


class Settings(Model):
    """Our own keys, which the convention does not have."""

    paper: Literal["letter", "a4"] | None = None
    dialect: Literal["en-US", "en-GB", "en-AU", "en-CA"] | None = None
    dates: Literal["day-month", "month-day"] | None = None
    percent: Literal["percent", "per cent", "%"] | None = None
    margins: Annotated[MarginsEntry | None, BeforeValidator(_expand_margins)] = None
    letterhead: LetterheadEntry | None = None
    footer: Typographic | None = None
    markings: dict[Plain, str] | None = None
    deck: DeckLooks | None = None
    metrics: dict[Face, Face] | None = None


class Defaults(Loose):
    """Settings by program."""

    reportgen: Settings | None = None


class Names(Loose):
    """The brand's name."""

    short: Plain | None = None
    full: Plain | None = None


class Meta(Loose):
    """The brand's identity."""

    name: Annotated[Names | None, _expand_to("full")] = None


class BrandFile(Model):
    """The whole file; every part is optional."""

    meta: Meta | None = None
    color: Colors | None = None
    typography: Typography | None = None
    logo: Annotated[Logo | None, _expand_to("path")] = None
    defaults: Defaults | None = None
