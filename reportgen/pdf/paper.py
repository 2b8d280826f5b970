"""Paper sizes, and the CSS that every document on paper gets from its brand: variables that its stylesheet uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.system.errors import Location, TemplateError, UsageError, did_you_mean
from reportgen.text.languages import is_day_first

RUNNING_SIZE = 7.0  # points: the type of running texts
WHITE = "#FFFFFF"  # what paper is anyway
TITLE_GAP = 16.0  # points between a running title and what is beside it


class Paper(Struct, frozen=True):
    """A paper size in points."""

    name: str
    width: float
    height: float


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {paper.name: paper for paper in (Paper("letter", 612.0, 792.0), Paper("a4", 595.28, 841.89))}
)


def find_paper(name: str | None, language: str, brand: Brand | None = None) -> Paper:
    """Return the paper of this name, else the brand's, else the one that the language is printed on; or raise UsageError."""
    name = name or (brand and brand.page.paper) or ("a4" if is_day_first(language) else "letter")
    try:
        return PAPERS[name]
    except KeyError:
        raise UsageError(f'there is no paper "{name}"', hint=did_you_mean(name, PAPERS)) from None


def select_fonts(brand: Brand, *texts: str) -> tuple[FontFile, ...]:
    """Return the files of the brand's two families, and of the fallbacks that have characters these lack."""
    own = tuple(font for font in brand.fonts if font.family in (brand.serif, brand.sans))
    missing = "".join(dict.fromkeys(char for text in texts for char in text if not char.isascii()))
    for font in own:
        missing = fonts.find_missing(font, missing)
    fallbacks = (font for font in brand.fonts if font.family in brand.fallbacks and missing)
    return own + tuple(font for font in fallbacks if len(fonts.find_missing(font, missing)) < len(missing))


def write_stylesheet(
    brand: Brand, paper: Paper, measure: float, running: Mapping[str, str], lengths: Mapping[str, float]
) -> str:
    """Return the CSS variables for colours, typefaces, running texts and lengths (points), and the page's size.

    The measure, the text's width in points, is the same on every paper, so that lines and drawings are.
    """
    values: dict[str, str] = dict(brand.colors)
    for name, family in (("serif", brand.serif), ("sans", brand.sans)):
        values[name] = ",".join(f'"{each}"' for each in fonts.list_paper_families(brand, family))
    values |= {name: _quote_css(text) for name, text in running.items()}
    values |= {name: f"{length:g}pt" for name, length in lengths.items()}
    left, right = find_sides(brand, paper, measure)
    page, banner = brand.page, brand.page.find_banner_color(tuple(running.get("marking", "").split("\n")))
    if page.margins:
        values |= {"top": f"{page.margins.top:g}pt", "bottom": f"{page.margins.bottom:g}pt"}
    if page.footer:
        values["foot-leading"] = "8.5pt"
        values["foot"] = f'"\\A " {_quote_css(page.footer)}'
    if page.letterhead:
        values["emblem"] = f"{max((each.height for each in page.letterhead.emblems), default=0):g}pt"
    if banner:
        values["banner"] = banner
    variables = "".join(f"--{name}:{value};" for name, value in values.items())
    ground = "" if brand.colors["paper"] == WHITE else f";background:{brand.colors['paper']}"
    return (
        f":root{{{variables}}}\n"
        f"@page{{size:{paper.width:g}pt {paper.height:g}pt;margin-left:{left:g}pt;margin-right:{right:g}pt{ground}}}\n"
    )


def find_measure(brand: Brand, paper: Paper, usual: float) -> float:
    """Return the width of text in points: what the house's margins leave, else the document's usual width, the same on every paper."""
    margins = brand.page.margins
    return round(paper.width - margins.left - margins.right, 2) if margins else usual


def find_sides(brand: Brand, paper: Paper, measure: float) -> tuple[float, float]:
    """Return the left and the right margin in points of a text of this width."""
    margins = brand.page.margins
    if margins and abs(paper.width - margins.left - margins.right - measure) < 1:
        return margins.left, margins.right
    margin = round((paper.width - measure) / 2, 2)
    return margin, margin


def split_page_number(running: Callable[[str, str], str]) -> dict[str, str]:
    """Return the three texts around a page number and the number of pages, as the language's `running` writes them."""
    before, between, after = re.split("[\x00\x01]", running("\0", "\1"))
    return {"page": before, "of": between, "pages": after}


def shorten_running_title(title: str, brand: Brand, measure: float) -> str:
    """Shorten a title at a word to the one line that it has at a page's foot: the half before the banner's middle."""
    face = fonts.find_paper_face(brand, brand.sans)
    room = measure / 2 - TITLE_GAP
    words, text = title.split(), title
    while fonts.measure_width(face, text, RUNNING_SIZE) > room:
        words = words[:-1] if len(words) > 1 else [words[0][:-1]]
        text = f"{' '.join(words).rstrip(' ,;:–—')}…"
    return text


def require_line(text: str, brand: Brand, measure: float) -> str:
    """Return a house's line at the foot of pages. Raises TemplateError where it has no room beside the page's number."""
    room = measure / 2 - TITLE_GAP
    width = fonts.measure_width(fonts.find_paper_face(brand, brand.sans), text, RUNNING_SIZE)
    if width > room:
        message = f"defaults.reportgen.footer: “{text}” is {width:.0f} pt wide, and the foot of a page has {room:.0f}"
        hint = f"shorten it to about {int(len(text) * room / width)} letters"
        raise TemplateError(message, Location("_brand.yml"), hint)
    return text


def write_column_widths(widths: Mapping[str, tuple[float, ...]]) -> str:
    """Return the CSS for the columns of tables; `widths` holds their shares by the tables' ids."""
    return "".join(
        f"#{anchor} col:nth-child({place}){{width:{share:.2%}}}\n"
        for anchor, shares in widths.items()
        for place, share in enumerate(shares, 1)
    )


def _quote_css(text: str) -> str:
    """Return any text as a CSS string."""
    return '"' + "".join(char if char.isalnum() or char in " .,·" else f"\\{ord(char):x} " for char in text) + '"'
