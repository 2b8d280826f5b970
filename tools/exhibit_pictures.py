"""Draw the exhibits of docs/exhibits.md as they come out in memo and deck: one picture a block, in docs/exhibits/.

It needs LibreOffice (soffice) and poppler (pdftoppm, pdftotext), which `make stress` needs too.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageChops

from reportgen.input.yamlfile import parse_yaml
from reportgen.pipeline.documents import build

ROOT = Path(__file__).parent.parent
PAGE, PICTURES = ROOT / "docs" / "exhibits.md", ROOT / "docs" / "exhibits"
INIT = ROOT / "templates" / "init"
MEMO_DPI, DECK_DPI = 110, 62
GAP = 24  # pixels between memo and slide, and around both
COLORS = 32


def main() -> None:
    """Draw every block that has exhibits."""
    PICTURES.mkdir(exist_ok=True)
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for block in blocks:
        part = parse_yaml(block, "the block").data
        for name, exhibit in part["exhibits"].items():
            with TemporaryDirectory() as folder:
                draw_exhibit(name, exhibit, part.get("facts", {}), Path(folder))
            sys.stdout.write(f"docs/exhibits/{name}.png\n")


def draw_exhibit(name: str, exhibit: dict[str, Any], facts: dict[str, Any], folder: Path) -> None:
    """Build a brief with one exhibit, and put its figure in the memo beside its slide."""
    brief = parse_yaml((INIT / "brief.yaml").read_text(encoding="utf-8"), "brief.yaml").data
    brief["facts"] |= facts
    title = exhibit["title"]
    topic = {"kind": "opportunity", "title": title, "exhibits": [name]}
    brief |= {"exhibits": {name: exhibit}, "topics": [topic], "slug": "one"}
    brief.pop("why_now", None)
    (folder / "brief.yaml").write_text(json.dumps(brief), encoding="utf-8")
    shutil.copy(INIT / "article.txt", folder)
    build(folder / "brief.yaml", folder, check=False)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run(
        "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "one-deck.pptx")
    )
    figure = _draw_figure(folder / "one-memo.pdf", title)
    slide = _draw_page(folder / "one-deck.pdf", _find_page(folder / "one-deck.pdf", title), DECK_DPI)
    width, height = figure.width + slide.width + 3 * GAP, max(figure.height, slide.height) + 2 * GAP
    whole = Image.new("RGB", (width, height), "#e9ecef")
    whole.paste(figure, (GAP, GAP))
    whole.paste(slide, (figure.width + 2 * GAP, GAP))
    whole.quantize(COLORS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def _draw_figure(path: Path, title: str) -> Image.Image:
    """Draw the part of the memo from the exhibit's heading to the next section."""
    page = _find_page(path, title)
    words = _run("pdftotext", "-f", str(page), "-l", str(page), "-bbox", str(path), "-")
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*yMax="([\d.]+)">([^<]*)<', words)
    start = title.split()[:3]
    top = next(float(found[at][1]) for at in range(len(found)) if [row[3] for row in found[at : at + 3]] == start)
    below = [float(y) for _, y, _, word in found if word in ("What", "NOTES", "BASIS") and float(y) > top + 20]
    scale = MEMO_DPI / 72
    image = _draw_page(path, page, MEMO_DPI)
    end = (min(below) - 10) * scale if below else image.height
    part = image.crop((0, round((top - 1) * scale), image.width, round(end)))
    box = ImageChops.difference(part, Image.new("RGB", part.size, "white")).getbbox() or (0, 0, *part.size)
    margin = 14
    framed = Image.new("RGB", (box[2] - box[0] + 2 * margin, box[3] - box[1] + 2 * margin), "white")
    framed.paste(part.crop(box), (margin, margin))
    return framed


def _find_page(path: Path, title: str) -> int:
    """Return the last page that has the first words of a title."""
    pages = [" ".join(page.split()) for page in _run("pdftotext", str(path), "-").split("\f")]
    return max(number for number, words in enumerate(pages, 1) if title[:24] in words)


def _draw_page(path: Path, page: int, dpi: int) -> Image.Image:
    target = path.with_suffix("")
    _run("pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", "-png", str(path), str(target))
    return Image.open(target.with_suffix(".png")).convert("RGB")


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=180)  # noqa: S603  # our own commands
    return done.stdout


if __name__ == "__main__":
    main()
