"""Check a picture that a brand or a template brings before the layout engine reads it.

The engine expands every `use` and pattern of an SVG, decodes every pixel, and says little of what it could not read.
Charts are drawn here and need no check.
"""

from __future__ import annotations

import base64
import re
import warnings
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from lxml import etree

from reportgen.system.errors import Location, TemplateError
from reportgen.system.files import read_file

if TYPE_CHECKING:
    from reportgen.brand.brand_loader import Brand

MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
MOST_DRAWN = 50_000  # elements of an SVG with all that its references repeat
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
SVG = "{http://www.w3.org/2000/svg}"
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
RUNNING = frozenset({"script", "foreignObject", "iframe", "handler", "audio", "video"})
_URL = re.compile(r"""url\(\s*["']?([^"')]*)""", re.IGNORECASE)
_DATA = re.compile(r"data:[\w/+.-]*[^,]*?(?P<coded>;base64)?,(?P<data>.*)", re.DOTALL)
_VERTICES = re.compile(r"[A-Za-z]|[-+]?[\d.]+")


def check_picture(data: bytes, path: str) -> None:
    """Raise TemplateError, with the picture's file, for one that is damaged, too large, or reaches outside itself."""
    where = Location(path)
    if len(data) > MOST_BYTES:
        raise TemplateError(f"the picture has more than {MOST_BYTES // 10**6} MB", where, "save it smaller")
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        _check_svg(data, where)
    else:
        _check_pixels(data, where)


def read_emblems(brand: Brand) -> dict[str, bytes]:
    """Return the pictures of a brand's head by the names that HTML has for them. Raises TemplateError for one that is damaged."""
    emblems = {each.name: read_file(each.path) for each in brand.emblems}
    for each in brand.emblems:
        check_picture(emblems[each.name], str(each.path))
    return emblems


def _check_pixels(data: bytes, where: Location) -> None:
    """Decode a picture as the engine will."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is stricter
            with Image.open(BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    size = f"{image.width:,} × {image.height:,} pixels"
                    raise TemplateError(f"the picture has {size}: more than 40 million", where, "save it smaller")
                image.load()
    except UnidentifiedImageError:
        hint = "save it as SVG, PNG or JPEG"
        raise TemplateError("the picture is damaged, or of a kind that cannot be printed", where, hint) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise TemplateError(f"the picture is damaged: {error}", where, "save it again") from None


def _check_svg(data: bytes, where: Location) -> None:
    if b"<!DOCTYPE" in data and b"<!ENTITY" in data:
        raise TemplateError("the SVG declares entities", where, "save it as plain SVG")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"the SVG is damaged: {error.msg}", where, "save it again as plain SVG") from None
    if root.tag not in ("svg", f"{SVG}svg"):
        raise TemplateError(f"the picture is no SVG: it begins with <{_name(root)}>", where)
    for element in root.iter(etree.Element):
        _check_element(element, where)
    _Expansion(root, where).measure(root, ())


def _check_element(element: etree._Element, where: Location) -> None:
    """Refuse programs, and pictures, styles and parts from other files."""
    place = f"<{_name(element)}> in line {element.sourceline}"
    if _name(element) in RUNNING:
        raise TemplateError(f"{place} of the SVG does not belong in a picture", where, "save it as plain SVG")
    targets = [*_list_references(element)]
    if _name(element) == "style" and "@import" in (element.text or ""):
        targets.append("@import")
    for target in targets:
        if target.startswith("#") or _name(element) == "a":
            continue
        if _name(element) in ("image", "feImage") and target.startswith("data:"):
            check_picture(decode_data(target, where), str(where))
            continue
        message = f'{place} of the SVG takes "{target[:60]}" from elsewhere'
        raise TemplateError(message, where, "put all of it into the file")


def decode_data(url: str, where: Location | None = None) -> bytes:
    """Return the content of a `data:` URL. Raises TemplateError for a damaged one."""
    match = _DATA.fullmatch(url)
    try:
        if match:
            return base64.b64decode(match["data"]) if match["coded"] else unquote_to_bytes(match["data"])
    except ValueError:
        pass
    raise TemplateError("a picture inside the picture is damaged", where, "save it again")


def _list_references(element: etree._Element) -> Iterator[str]:
    """Yield what an element refers to: parts of the file by `#id`, and anything else."""
    for name, value in element.attrib.items():
        if name in HREFS:
            yield str(value).strip()
        else:
            yield from _URL.findall(str(value))
    if _name(element) == "style":
        yield from _URL.findall(element.text or "")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


class _Expansion:
    """Counter of the elements that an SVG draws once every reference is followed."""

    def __init__(self, root: etree._Element, where: Location) -> None:
        self.where = where
        self.parts: Mapping[str, etree._Element] = {
            f"#{name}": element for element in root.iter(etree.Element) if (name := element.get("id"))
        }
        self.sizes: dict[etree._Element, int] = {}

    def measure(self, element: etree._Element, above: tuple[etree._Element, ...]) -> int:
        """Return the size of an element with all that it repeats. Raises TemplateError above the limit and for circles."""
        if element in self.sizes:
            return self.sizes[element]
        if element in above or len(above) > 200:
            fault = "refers to itself" if element in above else "is nested too deeply"
            message = f"<{_name(element)}> in line {element.sourceline} of the SVG {fault}"
            raise TemplateError(message, self.where, "save it as plain SVG")
        above = (*above, element)
        size = 1 + sum(self.measure(child, above) for child in element if isinstance(child.tag, str))
        for target in _list_references(element) if _name(element) != "a" else ():
            if part := self.parts.get(target):
                times = _count_vertices(element) if "marker" in _name(part) else 1
                size += times * self.measure(part, above)
        if size > MOST_DRAWN:
            message = f"the SVG draws more than {MOST_DRAWN:,} elements, with all that it repeats"
            raise TemplateError(message, self.where, "save a simpler picture")
        self.sizes[element] = size
        return size


def _count_vertices(element: etree._Element) -> int:
    return len(_VERTICES.findall(element.get("d") or element.get("points") or ""))
