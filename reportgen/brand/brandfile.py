"""The shape of a _brand.yml: what Quarto's convention has, of which the rest is let through unread."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from reportgen.input.validation import Model, Plain

Face = Annotated[
    str,
    StringConstraints(pattern=r"^\w[\w .&'+-]*$", max_length=80),  # a count in the pattern would take 30 ms to compile
    Field(description="A typeface's name: letters, digits and spaces"),
]


def _as(key: str) -> BeforeValidator:
    """A bare text stands for the mapping that has it under this key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


class Loose(Model, extra="ignore"):
    """A part of which the convention has more than we read."""


class FontEntry(Loose):
    """One file of a family."""

    path: Plain
    weight: Annotated[int, Field(ge=1, le=1000)] = 400
    style: str = "normal"


class Family(Loose):
    """A typeface and its files; those from the web are for Quarto's HTML, as nothing is fetched here."""

    family: Face
    source: str = "file"
    files: list[Annotated[FontEntry, _as("path")]] | None = None


class Use(Loose):
    """Where a typeface is used."""

    family: Face


class Typography(Model):
    """The typefaces and their uses."""

    fonts: list[Family] | None = None
    base: Annotated[Use | None, _as("family")] = None
    headings: Annotated[Use | None, _as("family")] = None
    monospace: Any = None
    monospace_inline: Annotated[Any, Field(alias="monospace-inline")] = None
    monospace_block: Annotated[Any, Field(alias="monospace-block")] = None
    link: Any = None


class Colors(Model):
    """The palette, and the colours by their use."""

    palette: dict[str, str] | None = None
    foreground: str | None = None
    background: str | None = None
    primary: str | None = None
    secondary: str | None = None
    tertiary: str | None = None
    success: str | None = None
    info: str | None = None
    warning: str | None = None
    danger: str | None = None
    light: str | None = None
    dark: str | None = None


class Picture(Loose):
    """A picture, or one for each of two backgrounds."""

    path: Plain | None = None
    light: Plain | None = None


AnyPicture = Annotated[Picture | None, _as("path")]


class Logo(Loose):
    """The logo in its sizes; `images` gives names to files."""

    path: Plain | None = None
    images: dict[str, AnyPicture] | None = None
    small: AnyPicture = None
    medium: AnyPicture = None
    large: AnyPicture = None

    def file(self) -> str | None:
        """The file to print: the smallest size that there is, on a light background."""
        picture = self.small or self.medium or self.large
        name = self.path or (picture.light or picture.path if picture else None)
        named = (self.images or {}).get(name or "")
        return named.path if named else name


class DeckLooks(Model):
    """The deck's own typefaces, and the house's theme: a .pptx or .potx file, or a map (.yml) of one."""

    headings: Face | None = None
    base: Face | None = None
    theme: Plain | None = None


class Ours(Model):
    """What the convention has no word for."""

    deck: DeckLooks | None = None
    metrics: dict[Face, Face] | None = None


class Defaults(Loose):
    """A part for each program."""

    reportgen: Ours | None = None


class Names(Loose):
    """The brand's name."""

    short: Plain | None = None
    full: Plain | None = None


class Meta(Loose):
    """Who the brand is."""

    name: Annotated[Names | None, _as("full")] = None


class BrandFile(Model):
    """The whole file; every part may be left out."""

    meta: Meta | None = None
    color: Colors | None = None
    typography: Typography | None = None
    logo: Annotated[Logo | None, _as("path")] = None
    defaults: Defaults | None = None
