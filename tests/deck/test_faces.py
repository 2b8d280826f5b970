"""Text of any script is drawn in the typeface and the room in which it was measured."""

import re
import shutil
from io import BytesIO

import pptx
import pytest
from msgspec.structs import replace
from pdfminer.high_level import extract_text

from reportgen import deck, fonts
from reportgen.charts.scene import Scene, SceneText
from reportgen.charts.style import Style
from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.text_xml import TextSetting, build_text_body
from reportgen.deck.proof import office
from reportgen.deck.values import Paragraph, Run
from tests.stress.trial import find_ink_faults

from .conftest import PROPERTIES, Drawn

ADDRESS = "Https://www.example.org/holstalor/kamzeipraquigaukam/sta/tion?id=666631046&amp;lang=en#part-38"
EMOJI = (
    "Costs 📈 🙂 launch semiconductor 1️⃣ Thị x̱̄ ไทย working-level. (1/2)",
    "1️⃣ 1️⃣ launch 📈 👩‍👩‍👧‍👦 ⚠️ 1️⃣ semiconductor",
    "1️⃣ launch ไทย 1️⃣ Thị x̱̄ 1️⃣1️⃣ a",
)
TEXTS = "".join(f"<p>{each}</p>" for each in EMOJI)
TITLES = "".join(
    f'<section id="e{at}" data-layout="bullets"><h2>{each}</h2><div data-slot="body">{TEXTS}</div></section>'
    for at, each in enumerate(EMOJI)
)
YEARS = (
    '<section id="a" data-layout="timeline"><h2>عام</h2><figure data-slot="timeline" data-exhibit="years"/></section>'
)
SOURCE = f"""<section id="a" data-layout="sources"><h2>مصدر</h2><div data-slot="body">
  <p><a href="https://www.example.org/">مصدر، «{ADDRESS}» 42% for the review، 1998.</a></p></div></section>"""
WORDS = ["reactor", "한미동맹", "Íslenska", "undated"]
COMMAS = f"""<section id="a" data-layout="sources"><h2>مصدر</h2><div data-slot="body">
  <p><a href="https://www.example.org/">{"، ".join(WORDS)}</a></p></div></section>"""
SLIDES = {"years": ("ar", YEARS), "an address": ("ar", SOURCE), "commas": ("ar", COMMAS), "emoji": ("ko", TITLES)}


def build_deck(name, theme, brand, labels=()):
    """Return a deck of SLIDES; `labels` are those of its drawing."""
    language, slides = SLIDES[name]
    exhibits = {"years": Drawn(title="x", drawing=Scene(860, 200, tuple(labels)))}
    properties = replace(PROPERTIES, language=language)
    compiled = deck.compile_deck(f"<main>{slides}</main>", "slides.html", properties, exhibits, theme, brand)
    return deck.write_deck(deck.fit_deck(compiled, theme, brand), theme, brand)


@pytest.fixture(scope="module")
def faults(theme, brand, tmp_path_factory):
    """Return the faults of ink that LibreOffice draws outside its box, by the deck's name."""
    style = Style.deck(brand)
    blocks = [style.block(str(year), 200, small=True) for year in range(2003, 2019)]
    labels = [block.at(30 + 50 * at, 100, align="center") for at, block in enumerate(blocks)]
    decks = {name: build_deck(name, theme, brand, labels) for name in SLIDES}
    return find_ink_faults(decks, brand, tmp_path_factory.mktemp("faces"))


@pytest.mark.skipif(not all(map(shutil.which, office.PACKAGES)), reason="LibreOffice and poppler draw the slides")
@pytest.mark.parametrize("name", SLIDES)
def test_all_ink_stands_in_its_box(name, faults):
    assert not faults[name], list(map(str, faults[name]))


@pytest.mark.skipif(not all(map(shutil.which, office.PACKAGES)), reason="LibreOffice and poppler draw the slides")
def test_every_word_of_a_link_is_drawn(theme, brand, tmp_path):
    """LibreOffice draws a link as one piece: of Hangul before an Arabic comma it drew only the comma."""
    path = tmp_path / "commas.pptx"
    path.write_bytes(build_deck("commas", theme, brand))
    drawn = extract_text(office.convert([path], tmp_path, brand, "pdf")[0])
    assert [word for word in WORDS if word not in drawn] == []
    assert drawn.count("،") == len(WORDS) - 1


def runs(theme, language, *values, among=()):
    """Return the typefaces and words of a paragraph's runs; `among` are the paragraphs before it in its box."""
    levels = theme.layouts["bullets"]["title"].levels
    setting = TextSetting(language, str, Paint(theme.palette), 20.0, latin="+mj-lt")
    whole = build_text_body(
        [Paragraph((Run(text),)) for text in among] + [Paragraph(tuple(map(Run, values)))], levels, setting
    )
    xml = whole.rpartition("<a:p>")[2]
    found = re.findall(r"<a:r>(.*?)<a:t>(.*?)</a:t>", xml)
    return [(re.findall(r'<a:(\w+) typeface="(.*?)"', look), words) for look, words in found]


def test_only_arabic_and_what_has_no_letters_beside_it_is_in_the_face_of_arabic(theme):
    arabic, latin = [("cs", "Arial")], [("cs", "+mj-lt")]
    assert runs(theme, "ar", "2003") == [(latin, "2003")]
    assert runs(theme, "ar", "عام ", "2003", ": launch of 5G") == [(arabic, "عام "), (arabic, "2003"), (latin, ": launch of 5G")]  # fmt: skip
    assert runs(theme, "ko", "2003", " עברית") == [([], "2003"), ([], " עברית")]


@pytest.mark.parametrize(
    "emoji", ["📈", "1️⃣", "⚠️", "👍🏽", "🇰🇷", "👩‍👩‍👧‍👦", "🏃‍♀️", "🏴\U000e0067\U000e0062\U000e007f", "🙂🚢"]
)
def test_emoji_are_runs_of_their_own_and_whole(theme, emoji):
    (before, _), (own, whole), (after, _) = runs(theme, "en", f"a {emoji} b")
    assert whole == emoji
    assert {family for _, family in own} == {"Segoe UI Emoji"}
    assert dict(before) == dict(after) == {"latin": "+mj-lt", "ea": "+mj-ea", "cs": "+mj-cs"}


def test_words_below_emoji_name_their_own_faces(theme):
    """LibreOffice keeps the typeface of emoji to the end of the box where a theme's styles name none."""
    assert runs(theme, "en", "words", among=["🚢", "more"]) == [
        ([("latin", "+mj-lt"), ("ea", "+mj-ea"), ("cs", "+mj-cs")], "words")
    ]
    assert runs(theme, "ar", "عام", among=["🚢"])[0][0][-1] == ("cs", "Arial")
    assert runs(theme, "en", "words", among=["more"]) == [([], "words")]


def test_words_without_emoji_stay_one_run(theme):
    for words in ("No. 1, 5 % → ①", "1 \u200d2", "港口 ไทย e\u0301"):
        assert [each for _, each in runs(theme, "en", words)] == [words]


def test_a_label_of_a_drawing_names_its_faces_too(theme, brand):
    texts = tuple(SceneText(0, 40 * at, 300, 34, text, 14) for at, text in enumerate(("2003", "عام 2003\n1️⃣ first")))
    file = pptx.Presentation(BytesIO(build_deck("years", theme, brand, texts)))
    group = next(shape for shape in file.slides[0].shapes if shape.name.endswith("years"))
    drawn = [run for label in group.shapes for each in label.text_frame.paragraphs for run in each.runs]
    faces = {run.text: run._r.rPr.find("{*}cs").get("typeface") for run in drawn}
    assert faces == {"2003": "+mn-lt", "عام 2003": "Arial", "1️⃣": "Segoe UI Emoji", " first": "+mn-lt"}


def test_a_number_in_bold_beside_arabic_has_the_room_of_the_face_of_arabic(brand):
    face = fonts.find_face(brand, "Calibri", bold=True)
    assert (
        fonts.measure_edges(face, "2027")[-1]
        < fonts.measure_edges(face, "2027", near_rtl=True)[-1]
        == pytest.approx(2.8)
    )
