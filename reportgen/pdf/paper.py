"""The sheets of paper, and what every document on paper gets from its brand: variables that its stylesheet builds on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.system.errors import UsageError, did_you_mean


class Paper(Struct, frozen=True):
    """A sheet, in points."""

    name: str
    width: float
    height: float


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {paper.name: paper for paper in (Paper("letter", 612.0, 792.0), Paper("a4", 595.28, 841.89))}
)


def find_paper(name: str) -> Paper:
    """UsageError when there is none of that name."""
    try:
        return PAPERS[name]
    except KeyError:
        raise UsageError(f'there is no paper "{name}"', hint=did_you_mean(name, PAPERS)) from None


def select_fonts(brand: Brand, *texts: str) -> tuple[FontFile, ...]:
    """The files of the two families that paper is set in, and of the fallbacks that have what these lack of the texts."""
    own = tuple(font for font in brand.fonts if font.family in (brand.serif, brand.sans))
    lacking = "".join(dict.fromkeys(char for text in texts for char in text if not char.isascii()))
    for font in own:
        lacking = fonts.find_missing(font, lacking)
    more = (font for font in brand.fonts if font.family in brand.fallbacks)
    return own + tuple(font for font in more if lacking and len(fonts.find_missing(font, lacking)) < len(lacking))


def write_stylesheet(
    brand: Brand, paper: Paper, measure: float, running: Mapping[str, str], lengths: Mapping[str, float]
) -> str:
    """The brand's colours and faces, running texts and lengths (points) as variables, and the page around a measure.

    The measure is the same on every paper, so that lines and drawings are.
    """
    values: dict[str, str] = dict(brand.colors)
    uses = {"serif": brand.serif, "sans": brand.sans}
    values |= {name: _quote_families(fonts.list_paper_families(brand, family)) for name, family in uses.items()}
    values |= {name: quote_css(text) for name, text in running.items()}
    values |= {name: f"{length:g}pt" for name, length in lengths.items()}
    margin = round((paper.width - measure) / 2, 2)
    variables = "".join(f"--{name}:{value};" for name, value in values.items())
    return (
        f":root{{{variables}}}\n"
        f"@page{{size:{paper.width:g}pt {paper.height:g}pt;margin-left:{margin:g}pt;margin-right:{margin:g}pt}}\n"
    )


def split_page_number(running: Callable[[str, str], str]) -> dict[str, str]:
    """The three texts around a running page number and the number of pages, from a language's way to write them."""
    before, between, after = re.split("[\x00\x01]", running("\0", "\1"))
    return {"page": before, "of": between, "pages": after}


def write_column_widths(widths: Mapping[str, tuple[float, ...]]) -> str:
    """The widths of tables' columns, as shares, by the tables' ids."""
    return "".join(
        f"#{anchor} col:nth-child({place}){{width:{share:.2%}}}\n"
        for anchor, shares in widths.items()
        for place, share in enumerate(shares, 1)
    )


def _quote_families(names: Iterable[str]) -> str:
    return ",".join(f'"{name}"' for name in names)


def quote_css(text: str) -> str:
    """A CSS string that holds any text."""
    return '"' + "".join(char if char.isalnum() or char in " .,·" else f"\\{ord(char):x} " for char in text) + '"'
