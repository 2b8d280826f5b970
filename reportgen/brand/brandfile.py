"""The schema of _brand.yml: the part of Quarto's convention that is used here. The rest is ignored."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from reportgen.input.field_types import Model, Plain

Face = Annotated[
    str,
    StringConstraints(pattern=r"^\w[\w .&'+-]*$", max_length=80),  # a count in the pattern would take 30 ms to compile
    Field(description="A typeface's name: letters, digits and spaces"),
]


def _expand_to(key: str) -> BeforeValidator:
    """Accept a bare string in place of a mapping that has it under this key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


class Loose(Model, extra="ignore"):
    """A part of which the convention has keys that are not used here."""


class FontEntry(Loose):
    """One file of a family."""

    path: Plain
    weight: Annotated[int, Field(ge=1, le=1000)] = 400
    style: str = "normal"


class Family(Loose):
    """A typeface and its files; web fonts are for Quarto's HTML, as nothing is fetched here."""

    family: Face
    source: str = "file"
    files: list[Annotated[FontEntry, _expand_to("path")]] | None = None


class Use(Loose):
    """The typeface for one use."""

    family: Face


class Typography(Model):
    """The typefaces and their uses."""

    fonts: list[Family] | None = None
    base: Annotated[Use | None, _expand_to("family")] = None
    headings: Annotated[Use | None, _expand_to("family")] = None
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


AnyPicture = Annotated[Picture | None, _expand_to("path")]


class Logo(Loose):
    """The logo in its sizes; `images` gives names to files."""

    path: Plain | None = None
    images: dict[str, AnyPicture] | None = None
    small: AnyPicture = None
    medium: AnyPicture = None
    large: AnyPicture = None

    def file(self) -> str | None:
        """Return the file to print: the smallest size that there is, on a light background."""
        picture = self.small or self.medium or self.large
        name = self.path or (picture.light or picture.path if picture else None)
        named = (self.images or {}).get(name or "")
        return named.path if named else name


class DeckLooks(Model):
    """The deck's own typefaces, and the house's theme: a .pptx or .potx file, or a map (.yml) of one."""

    headings: Face | None = None
    base: Face | None = None
    theme: Plain | None = None


class Settings(Model):
    """Our own keys, which the convention does not have."""

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
