"""Measured text compared with drawn text: LibreOffice breaks it into the same number of lines."""

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.deck.text import text_box
from reportgen.deck.values import EMU_PER_POINT
from reportgen.system import resources

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice and poppler draw the slides"
)
WORDS = str.split("""alliance negotiations Seoul Washington’s contribution multiyear agreement, $5 “reported” initial demands; North
Korea policy 20 January 2021 little less than 16 months working-level technology artificial intelligence Huawei U.S.–Korea
of the to and is was by for it on AVAILABLE To. We Yes, key 8.2 percent so-called Ta Va fi ffl office affluent""")
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>{more}<cachedir>{cache}</cachedir>
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


def draw(data: bytes, folder: Path, more: str = "") -> list[list[float]]:
    """Return the lower edges of each page's words in points from the top; `more` are further folders of fonts."""
    (folder / "deck.pptx").write_bytes(data)
    (folder / "fonts.conf").write_text(FONTS.format(fonts=resources.asset("fonts"), more=more, cache=folder / "cache"))
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


@pytest.fixture(scope="module")
def drawn(written, tmp_path_factory) -> list[list[float]]:
    return draw(written(slides()), tmp_path_factory.mktemp("drawn"))


def lines(feet: list[float], top: float, bottom: float, near: float = NEAR) -> int:
    found: list[float] = []
    for foot in sorted(foot for foot in feet if top < foot <= bottom + near):
        if not found or foot - found[-1] > near:
            found.append(foot)
    return len(found)


def test_libreoffice_draws_as_many_lines_as_we_measure_and_within_the_box(drawn, fitted, theme, brand):
    alike = []
    for page, slide in zip(drawn, fitted(slides()).slides, strict=True):
        for slot in slide.slots:
            placeholder = theme.layouts[slide.layout][slot.name]
            width, _ = placeholder.text_area()
            measured = text_box.measure_text(
                slot.content.paragraphs, placeholder.levels, slot.content.size, width, brand
            )
            top, height = placeholder.box.y / EMU_PER_POINT, placeholder.box.height / EMU_PER_POINT
            taken = lines(page, top, top + height)
            assert taken <= measured.count <= taken + 1, (slide.id, slot.name)
            assert measured.height <= height
            alike.append(taken == measured.count)
    assert alike.count(False) <= len(alike) / 10


URLS = (
    "https://www.example.org/a/very/long/path/to/an-article?id=12345&amp;lang=en#section-4",
    "http://example.org/sites/default/files/publications/policy-brief_2020-12.pdf",
)
HARD = {
    "hyphens": ["so-called", "U.S.–Korea", "2017–2021", "pre-2020", "A-B-C", "self-", "-5", "COVID-19", "(re-)start"],
    "dashes": ["word—another", "long—", "a – b", "30–40%", "wait…what", "...", "yes/no", "1/2", "North/South/East"],
    "marks": [
        "“quote",
        "end”",
        "(paren)",
        "[x]",
        "{x}",
        "‘s’",
        "#5",
        "€5",
        "5€",
        "a|b",
        "x@y",
        "a=b",
        "end.Next",
        "U.S.A.",
    ],
    "spaces": ["a\u00a0b", "20\u00a0January\u00a02021", "narrow\u202fspace", "em\u2003space", "word\u2060joiner"],
    "unseen": ["nego\u00adtia\u00adtions", "contri\u00adbu\u00adtion", "zero\u200bwidth\u200bspace", "zw\u200cnj"],
    "addresses": [*URLS, "someone@example.org"],
    "long words": ["Donaudampfschifffahrtsgesellschaftskapitänswitwe" * 3, "x" * 200, "W" * 45, "il" * 90],
    "accents": ["naïve", "Łódź", "Đặng", "e\u0301te\u0301", "Ångström", "ŒUVRE", "İstanbul"],
    "greek": ["α", "βγδ", "Привет", "соглашение", "µm", "≤", "→", "∑", "½"],
    "scripts": [
        "CO<sub>2</sub>",
        "x<sup>2</sup>",
        "<sup>12</sup>",
        "<strong>H<sub>2</sub>O</strong>",
        "<em>m<sup>3</sup></em>",
    ],
}
EASTERN = {
    "chinese": [
        "美韓同盟の交渉は、合意に至らなかった。",
        "「報告書」によれば、",
        "負担額は約十億ドル（2020年）であり、",
        "次の政権が決める。",
    ],
    "korean": ["한국과", "미국의", "동맹은", "방위비", "분담금", "협상에서", "합의에", "이르지", "못했다."],
    "emoji": ["😀", "👨\u200d👩\u200d👧", "🇰🇷", "👍🏽", "❤\ufe0f", "🎉!", "☑"],
    "wide": ["ＡＢＣ", "１２３", "！"],
}


def hard_slides(kinds: dict[str, list[str]], seed: int) -> str:
    """Return slides with about every third word a hard one, in a wide and a narrow box, as text and as lists."""
    rng = random.Random(seed)
    made = []
    for name, hard in kinds.items():
        for number in range(4):
            body = []
            for _ in range(3):
                picked = (
                    rng.choice(hard) if rng.random() < 0.4 else rng.choice(WORDS) for _ in range(rng.randint(3, 9))
                )
                body.append(f"<li>{' '.join(picked)}</li>")
            layout, slot = ("chart-left", "takeaway") if number % 2 else ("bullets", "body")
            tag = "ul" if number < 2 else "ol"
            made.append(
                f'<section id="{name.replace(" ", "-")}{number}" data-layout="{layout}"><h2>{name}</h2>'
                f'<div data-slot="{slot}"><{tag}>{"".join(body)}</{tag}></div></section>'
            )
    return "".join(made)


def require_drawn_within(pages: list[list[float]], deck, theme, brand) -> None:
    """Assert that no text takes more lines than measured, and that none is drawn below its box."""
    assert len(pages) == len(deck.slides)
    for page, slide in zip(pages, deck.slides, strict=True):
        slot = slide.slots[1]
        placeholder = theme.layouts[slide.layout][slot.name]
        width, height = placeholder.text_area()
        top = (placeholder.box.y + placeholder.insets[1]) / EMU_PER_POINT
        measured = text_box.measure_text(slot.content.paragraphs, placeholder.levels, slot.content.size, width, brand)
        feet = [foot for foot in page if top < foot < FURNITURE_TOP]
        assert lines(feet, top, FURNITURE_TOP, SCRIPTS_NEAR) <= measured.count, slide.id
        assert max(feet) <= top + height + BELOW * slot.content.size, slide.id
        assert max(feet) - min(feet) <= measured.height - LEAST_LINE * slot.content.size, slide.id
        assert measured.height <= height


FURNITURE_TOP = 495.0  # points: below it stand the footer and its like
BELOW = 0.25  # of the size: how far a word's box reaches below its line, in faces with a deep descent


SCRIPTS_NEAR = 12.0  # points: the same, for words with raised and lowered ones among them
LEAST_LINE = 0.8  # of the size: from one foot to the next it is more


def test_hard_words_never_take_more_lines_or_more_height_than_we_measure(written, fitted, theme, brand, tmp_path):
    html = hard_slides(HARD, 3)
    require_drawn_within(draw(written(html), tmp_path), fitted(html), theme, brand)


def _has_cjk() -> bool:
    listed = subprocess.run(["fc-list", ":charset=4e2d 3042"], check=False, capture_output=True, text=True).stdout
    return bool(listed.strip())


@pytest.mark.skipif(
    not (shutil.which("fc-list") and _has_cjk()), reason="a Chinese font draws the words (fonts-droid-fallback)"
)
def test_words_of_other_scripts_never_take_more_lines_or_more_height_than_we_guess(
    written, fitted, theme, brand, tmp_path
):
    html = hard_slides(EASTERN, 5)
    require_drawn_within(draw(written(html), tmp_path, "<dir>/usr/share/fonts</dir>"), fitted(html), theme, brand)


def test_parts_of_lists_and_tables_are_drawn_within_their_boxes(written, fitted, theme, brand, tmp_path):
    rng = random.Random(11)
    items = "".join(f"<li>{words(rng, rng.randint(8, 40))}</li>" for _ in range(24))
    rows = "".join(
        f"<tr><th>{words(rng, 2)}</th><td>{words(rng, rng.randint(3, 40))}</td><td>{words(rng, 4)}</td></tr>"
        for _ in range(40)
    )
    html = (
        f'<section id="list" data-layout="bullets"><h2>A list</h2><div data-slot="body"><ol>{items}</ol></div></section>'
        '<section id="rows" data-layout="decision"><h2>Rows</h2><table data-slot="table" data-widths="2 5 2">'
        f"<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )
    deck = fitted(html)
    pages = draw(written(html), tmp_path)
    assert len(deck.slides) > 6
    for page, slide in zip(pages, deck.slides, strict=True):
        box = theme.layouts[slide.layout][slide.slots[1].name].box
        assert max(foot for foot in page if foot < FURNITURE_TOP + 5) <= (box.y + box.height) / EMU_PER_POINT, slide.id
