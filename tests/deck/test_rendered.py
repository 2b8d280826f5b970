"""Our measuring against a program that draws: LibreOffice breaks the same text into the same number of lines."""

import random
import re
import shutil
import subprocess

import pytest

from reportgen import resources
from reportgen.deck import measure
from reportgen.deck.model import EMU_PER_POINT

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice and poppler draw the slides"
)
WORDS = str.split("""alliance negotiations Seoul Washington’s contribution multiyear agreement, $5 “reported” initial demands; North
Korea policy 20 January 2021 little less than 16 months working-level technology artificial intelligence Huawei U.S.–Korea
of the to and is was by for it on AVAILABLE To. We Yes, key 8.2 percent so-called Ta Va fi ffl office affluent""")
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>Georgia</family><prefer><family>Gelasio</family></prefer></alias>
<alias binding="same"><family>Calibri</family><prefer><family>Carlito</family></prefer></alias></fontconfig>"""
NEAR = 6.0  # points: words whose feet differ by less stand on one line


def words(rng: random.Random, count: int) -> str:
    def dressed(word: str) -> str:
        chance = rng.random()
        return f"<strong>{word}</strong>" if chance < 0.1 else f"<em>{word}</em>" if chance < 0.2 else word

    return " ".join(dressed(word) for word in rng.choices(WORDS, k=count))


def slides() -> str:
    rng = random.Random(7)
    made = []
    for number in range(12):
        narrow = number % 2
        tag = "<p>{}</p>" if narrow or number % 4 else "<ul><li>{}</li></ul>"
        inner = "".join(tag.format(words(rng, rng.randint(4, 12) if narrow else rng.randint(8, 30))) for _ in range(4))
        layout, slot = ("chart-left", "takeaway") if narrow else ("bullets", "body")
        title = re.sub("<.*?>", "", words(rng, rng.randint(5, 15)))
        made.append(
            f'<section id="s{number}" data-layout="{layout}"><h2>{title}</h2><div data-slot="{slot}">{inner}</div></section>'
        )
    return "".join(made)


@pytest.fixture(scope="module")
def drawn(written, tmp_path_factory) -> list[list[float]]:
    """For each page, the feet of its words, in points from the top."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "deck.pptx").write_bytes(written(slides()))
    (folder / "fonts.conf").write_text(FONTS.format(fonts=resources.asset("fonts"), cache=folder / "cache"))
    environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder), "PATH": "/usr/bin:/bin"}
    soffice = ["soffice", f"-env:UserInstallation=file://{folder}/lo", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run(
        [*soffice, str(folder), str(folder / "deck.pptx")],
        check=True,
        capture_output=True,
        env=environment,
        timeout=180,
    )
    subprocess.run(["pdftotext", "-bbox-layout", str(folder / "deck.pdf"), str(folder / "deck.html")], check=True)
    pages = (folder / "deck.html").read_text().split("<page ")[1:]
    return [[float(foot) for foot in re.findall(r'<word [^>]*yMax="([\d.]+)"', page)] for page in pages]


def lines(feet: list[float], top: float, bottom: float) -> int:
    found: list[float] = []
    for foot in sorted(foot for foot in feet if top < foot <= bottom + NEAR):
        if not found or foot - found[-1] > NEAR:
            found.append(foot)
    return len(found)


def test_libreoffice_draws_as_many_lines_as_we_measure_and_within_the_box(drawn, fitted, theme, brand):
    for page, slide in zip(drawn, fitted(slides()).slides, strict=True):
        for slot in slide.slots:
            placeholder = theme.layouts[slide.layout][slot.name]
            width, _ = placeholder.room()
            measured = measure.text(slot.content.paragraphs, placeholder.levels, slot.content.size, width, brand)
            top, height = placeholder.box.y / EMU_PER_POINT, placeholder.box.height / EMU_PER_POINT
            assert lines(page, top, top + height) == measured.count, (slide.id, slot.name)
            assert measured.height <= height
