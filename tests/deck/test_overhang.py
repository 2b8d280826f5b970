"""Ink beyond its line has room in the box, in both reading directions."""

import re
import shutil

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from reportgen import deck
from reportgen.charts.scene import Scene
from reportgen.charts.style import Style
from reportgen.deck import theme as themes
from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.text_xml import TextSetting, build_paragraph
from reportgen.deck.proof import office
from reportgen.deck.values import EMU_PER_POINT, Paragraph, Run
from reportgen.fonts import overhang
from tests.stress.trial import find_ink_faults

from . import sample_themes
from .conftest import PROPERTIES, Drawn

MACRON, TONE, FLAG = "x\u0304\u0331", "\U0001f44d\U0001f3fd", "\U0001f1f0\U0001f1f7"
LINES = (
    f"level {MACRON}",
    MACRON * 60,
    f"level {TONE} 应当 {TONE}",
    f"launch of ships {TONE} " * 8 + "now",
    f"موسم {TONE} موسم",
    "level a\u0329\u032a z\u0305 o\u0321",
)
LABELS = (f"level {MACRON}", MACRON, f"level {TONE} more", f"{FLAG} 42% of the winter’s deliveries")
LISTS = {"text": ("", "p"), "bullets": ("ul", "li"), "numbers": ("ol", "li")}
MASTER = r"ppt/slideMasters/slideMaster1\.xml"


@pytest.fixture(scope="module")
def house():
    """A theme in Arial, whose marks have no anchors in its stand-in; no margins hide ink, and no style names a face."""
    bare = sample_themes.replace_bytes(
        rf"{MASTER}|ppt/presentation\.xml", rb'<a:latin typeface="\+m[jn]-lt"/>', b"", sample_themes.wide()
    )
    return themes.parse_theme(
        sample_themes.replace_bytes(MASTER, rb'([lr])Ins="91440"', rb'\1Ins="0"', bare), "house.pptx"
    )


def slides():
    for name, (listing, item) in LISTS.items():
        items = "".join(f"<{item}>{line}</{item}>" for line in LINES)
        text = f"<{listing}>{items}</{listing}>" if listing else items
        yield f'<section id="{name}" data-layout="bullets"><h2>a {MACRON}</h2><div data-slot="body">{text}</div></section>'
    rows = "".join(f"<tr><th>{line}</th><td>{line}</td></tr>" for line in LINES)
    head = f"<thead><tr><th>{MACRON}</th><th>{MACRON}</th></tr></thead>"
    yield f'<section id="t" data-layout="table"><h2>a</h2><table data-slot="table">{head}<tbody>{rows}</tbody></table></section>'
    yield '<section id="l" data-layout="timeline"><h2>a</h2><figure data-slot="timeline" data-exhibit="labels"/></section>'


def labels(brand):
    blocks = [Style.deck(brand).block(label, 200, small=True) for label in LABELS]
    for row, align in enumerate(("left", "center", "right")):
        yield from (block.at(100 + 150 * at, 60 * row, align=align) for at, block in enumerate(blocks))


@pytest.fixture(scope="module")
def faults(house, brand, tmp_path_factory):
    """Return the faults of ink that LibreOffice draws outside its box, by the deck's language."""
    dressed = house.adapt_brand(brand)
    exhibits = {"labels": Drawn(title="x", drawing=Scene(650, 200, tuple(labels(dressed))))}
    decks = {}
    for language in ("ar", "en"):
        properties = replace(PROPERTIES, language=language)
        html = f"<main>{''.join(slides())}</main>"
        compiled = deck.compile_deck(html, "slides.html", properties, exhibits, house, dressed)
        decks[language] = deck.write_deck(deck.fit_deck(compiled, house, dressed), house, dressed)
    return find_ink_faults(decks, brand, tmp_path_factory.mktemp("overhang"))


@pytest.mark.skipif(not all(map(shutil.which, office.PACKAGES)), reason="LibreOffice and poppler draw the slides")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_all_ink_stands_in_its_box(language, faults):
    assert not faults[language], list(map(str, faults[language]))


def margins(theme, language, text, **look):
    """Where a paragraph of 20 pt begins and ends in its box, and its first line begins, in em; the theme's where none is said."""
    level = theme.layouts["bullets"]["body"].levels[0]
    written = build_paragraph(
        Paragraph((Run(text),), **look), level, TextSetting(language, str, Paint(theme.palette), 20.0)
    )
    found = dict(re.findall(r'(marL|marR|indent)="(-?\d+)"', written))
    theirs = {"marL": level.indent, "indent": -level.hanging} if look else {}
    own = {name: int(emu) / EMU_PER_POINT for name, emu in found.items()}
    return [(theirs | own).get(name, 0) / 20 for name in ("marL", "marR", "indent")]


def test_the_room_is_on_the_right_whichever_way_is_read(theme):
    assert margins(theme, "en", MACRON) == pytest.approx([0, overhang.MARK, 0])
    assert margins(theme, "ar", MACRON) == pytest.approx([overhang.MARK, 0, 0])
    assert margins(theme, "ar", TONE) == pytest.approx([overhang.SKIN_TONE_SHIFT, overhang.HALF_EMOJI, 0])
    assert margins(theme, "en", TONE) == pytest.approx([0, overhang.HALF_EMOJI, 0])


@pytest.mark.parametrize("kind", ["bullet", "number"])
def test_the_sign_of_an_item_stays_where_the_others_are(theme, kind):
    left, _, indent = margins(theme, "ar", "level x", list=kind)
    moved, _, hanging = margins(theme, "ar", f"level {MACRON}", list=kind)
    assert moved == pytest.approx(left + overhang.MARK)
    assert moved + hanging == pytest.approx(left + indent)


@given(st.text(st.characters(codec="latin-1")), st.booleans())
def test_letters_that_a_face_has_with_their_accents_need_no_room(text, rtl):
    assert overhang.measure_sides(text, rtl) == (0, 0)
    assert overhang.measure_sides(text + "e\u0301", rtl) == (0, 0)


@given(st.text(st.sampled_from(f"a م{MACRON}{TONE}\u6e2f")), st.booleans())
def test_a_line_is_measured_with_at_least_the_room_that_is_kept(text, rtl):
    assert sum(overhang.measure_sides(text, rtl)) <= overhang.measure_total(text)
