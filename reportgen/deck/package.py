"""The package around the parts: a theme's folder as a file in the brand's colours, and bytes that hold still."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from reportgen.brand import Brand
from reportgen.errors import FileError, Location

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip can name
THEMES = "ppt/theme/theme"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
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
"""A theme's colours and the brand's roles; accent5, for a fifth series, is halfway from the accent to paper."""


def branded(folder: Path, brand: Brand) -> BytesIO:
    """The theme in an unpacked folder as a file, its colours and faces replaced by the brand's."""
    target = BytesIO()
    try:
        with ZipFile(target, "w", ZIP_STORED) as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                name = path.relative_to(folder).as_posix()
                data = path.read_bytes()
                archive.writestr(name, _in_brand(data, brand) if name.startswith(THEMES) else data)
    except OSError as error:
        raise FileError(f"the theme cannot be read: {error.strerror}", Location(str(folder))) from None
    target.seek(0)
    return target


def _in_brand(data: bytes, brand: Brand) -> bytes:
    theme = etree.fromstring(data)
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
    return etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _halfway(first: str, second: str) -> str:
    mixed = ((int(first[at : at + 2], 16) + int(second[at : at + 2], 16)) // 2 for at in (1, 3, 5))
    return "#" + "".join(f"{value:02X}" for value in mixed)


def settled(data: bytes) -> bytes:
    """The same package with every date fixed, so that one brief always makes the same bytes."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w") as archive:
        for entry in source.infolist():
            still = ZipInfo(entry.filename, EPOCH)
            still.compress_type = ZIP_DEFLATED
            still.external_attr = 0o600 << 16
            archive.writestr(still, source.read(entry))
    return target.getvalue()
