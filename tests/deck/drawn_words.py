"""Words that cannot be read as LibreOffice draws them, found by the pixels in each word's box."""

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree
from PIL import Image

from reportgen.brand.contrast import contrast_ratio

LEAST = 2.2  # the contrast that some pixels of a word must have; the edges of small letters are grey
SCALE = 72  # pixels an inch: one a point
SMALL = re.compile(r"[\W_]+|.")  # signs and single letters have too few pixels


def find_unreadable(decks: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Draw decks in one run; return the words of each that cannot be read, with their slides."""
    for name, data in decks.items():
        (folder / f"{name}.pptx").write_bytes(data)
    office = ["soffice", f"-env:UserInstallation=file://{folder}/lo", "--headless", "--convert-to", "pdf"]
    files = [str(folder / f"{name}.pptx") for name in decks]
    subprocess.run([*office, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=240)
    return {name: list(_find_in_pdf(folder / f"{name}.pdf")) for name in decks}


def _find_in_pdf(path: Path) -> Iterator[str]:
    subprocess.run(["pdftoppm", "-r", str(SCALE), "-png", str(path), str(path.with_suffix(""))], check=True)
    listed = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True).stdout
    pages = etree.HTML(listed.decode()).iter("page")
    pictures = sorted(path.parent.glob(f"{path.stem}-*.png"))
    for number, (page, picture) in enumerate(zip(pages, pictures, strict=True), 1):
        with Image.open(picture) as opened:
            image = opened.convert("RGB")
        for word in page.iter("word"):
            if not SMALL.fullmatch(word.text or "") and _measure(image, word) < LEAST:
                yield f"slide {number}: {word.text}"


def _measure(image: Image.Image, word: etree._Element) -> float:
    """Return the contrast of the best ink in a word's box with what most of the box shows."""
    left, top, right, bottom = (float(word.get(key)) for key in ("xmin", "ymin", "xmax", "ymax"))
    area = (
        max(0, int(left) - 1),
        max(0, int(top) - 1),
        min(image.width, int(right) + 2),
        min(image.height, int(bottom) + 2),
    )
    part = image.crop(area)
    counted = sorted(part.quantize(12).convert("RGB").getcolors(part.width * part.height), reverse=True)
    (_, ground), *inks = [(count, tuple(channel / 255 for channel in color)) for count, color in counted]
    return max((contrast_ratio(ground, ink) for count, ink in inks if count > 1), default=1.0)
