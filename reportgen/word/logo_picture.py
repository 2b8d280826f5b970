"""The brand's logo and seal as a Word file takes them: a bitmap for every program, and the SVG itself where the logo is one."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from reportgen import fonts
from reportgen.brand.pictures import check_picture
from reportgen.system.files import read_file
from reportgen.word.word_writer import Drawing

if TYPE_CHECKING:
    from PIL.Image import Image

    from reportgen.brand import Brand
    from reportgen.brand.page_style import Emblem

DOTS = 220 / 72  # a point, in the bitmap that stands in for an SVG
KNOWN = ("PNG", "JPEG", "GIF")
"""The formats of bitmaps that every program shows."""
_NUMBER = re.compile(r"\s*([0-9.]+)")


def read_emblem(emblem: Emblem, brand: Brand) -> tuple[Drawing, tuple[float, float]]:
    """Return a picture and its width and height in points. Raises TemplateError for a picture that cannot be shown."""
    data, height = read_file(emblem.path), emblem.height
    check_picture(data, str(emblem.path))
    if data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        width = height * _measure_svg(data)
        return Drawing(_draw_name(brand, width, height), data), (width, height)
    from PIL import Image

    with Image.open(BytesIO(data)) as image:
        size = height * image.width / image.height, height
        return Drawing(data if image.format in KNOWN else _encode(image)), size


def _measure_svg(data: bytes) -> float:
    """Return the width of an SVG for a height of 1."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    box = [float(each) for each in re.findall(r"-?[0-9.]+", root.get("viewBox", ""))]
    sides = [_NUMBER.match(root.get(side, "")) for side in ("width", "height")]
    if len(box) == 4 and box[2] > 0 < box[3]:
        return box[2] / box[3]
    width, height = (float(found[1]) if found else 0.0 for found in sides)
    return width / height if width and height else 1.0


def _draw_name(brand: Brand, width: float, height: float) -> bytes:
    """Return the brand's name as a bitmap, which programs show that show no SVG."""
    from PIL import Image, ImageDraw, ImageFont

    pixels = max(1, round(width * DOTS)), round(height * DOTS)
    image = Image.new("RGBA", pixels, (255, 255, 255, 0))
    path = str(fonts.find_face(brand, brand.sans, bold=True).path)
    size = pixels[1] * 0.7
    room = ImageFont.truetype(path, size).getlength(brand.name or " ")
    font = ImageFont.truetype(path, max(4.0, size * min(1.0, pixels[0] / room)))
    ImageDraw.Draw(image).text((pixels[0] / 2, pixels[1] / 2), brand.name, brand.colors["ink"], font, "mm")
    return _encode(image)


def _encode(image: Image) -> bytes:
    target = BytesIO()
    image.convert("RGBA").save(target, "PNG")
    return target.getvalue()
