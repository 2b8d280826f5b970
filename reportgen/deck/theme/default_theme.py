"""The default theme: the parts in assets/themes/default, in the brand's colours and typefaces."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.deck.package import A, Parts, parse, serialize
from reportgen.system import resources
from reportgen.system.errors import FileError, Location

THEMES = "ppt/theme/theme"
HANGUL = "가힣"
COLORS = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "secondary",
    "lt2": "panel",
    "accent1": "accent",
    "accent2": "signal",
    "accent3": "quiet",
    "accent4": "secondary",
    "accent6": "hairline",
    "hlink": "accent",
    "folHlink": "secondary",
}
"""The theme's colour slots and the brand's roles; accent5, for a fifth series, lies halfway from accent to paper."""


@lru_cache(maxsize=1)
def read_parts() -> Parts:
    """Return the parts in the theme's folder, unpacked so that git shows their changes. Raise FileError on failure."""
    folder = resources.asset("themes", "default")
    try:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    except OSError as error:
        raise FileError(f"cannot read the theme: {error.strerror}", Location(str(folder))) from None


def apply_brand(parts: Parts, brand: Brand) -> Parts:
    """Return the parts with the brand's colours and typefaces in place of the theme's."""
    return {name: _rebrand(data, brand) if name.startswith(THEMES) else data for name, data in parts.items()}


def _rebrand(data: bytes, brand: Brand) -> bytes:
    theme = parse(data)
    colors = {slot: brand.colors[role] for slot, role in COLORS.items()}
    colors["accent5"] = _halfway(brand.colors["accent"], brand.colors["paper"])
    for slot, value in colors.items():
        for element in theme.iter(f"{A}{slot}"):
            for old in list(element):
                element.remove(old)
            etree.SubElement(element, f"{A}srgbClr", val=value.lstrip("#").upper())
    for kind, family in (("majorFont", brand.deck_headings), ("minorFont", brand.deck_base)):
        for latin in theme.iterfind(f".//{A}{kind}/{A}latin"):
            latin.set("typeface", family)
        if not fonts.find_missing(fonts.find_face(brand, family), HANGUL):
            # without this, PowerPoint sets Hangul in a face of its own choice
            for eastern in theme.iterfind(f".//{A}{kind}/{A}ea"):
                eastern.set("typeface", family)
    return serialize(theme)


def _halfway(first: str, second: str) -> str:
    mixed = ((int(first[at : at + 2], 16) + int(second[at : at + 2], 16)) // 2 for at in (1, 3, 5))
    return "#" + "".join(f"{value:02X}" for value in mixed)
