"""A sample of the stress run, on two themes and in one run of LibreOffice; and planted defects that its checks must find."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from reportgen import brand as brands, deck
from reportgen.brief import load_brief
from reportgen.deck.proof import office
from reportgen.deck.theme import build_default
from reportgen.markup.templates import template_folders

from ..conftest import BUNDLED
from . import briefs, checks, drawn, themes
from .planted import INK, WORDS, planted
from .trial import Trial, WrittenDeck, find_ink_faults, start_trial

SEED = "sample-4"
COUNT = 6
THEMES = ("ours", "python-pptx")
drawing = pytest.mark.skipif(
    not all(map(shutil.which, office.PACKAGES)), reason="LibreOffice and poppler draw the slides"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("stress")


@pytest.fixture(scope="module")
def brand():
    return brands.load()


@pytest.fixture(scope="module")
def trials(brand, folder) -> list[Trial | WrittenDeck]:
    return [
        start_trial(briefs.make_brief(f"{SEED}-{number}"), name, themes.load(name, brand), brand, folder)
        for name in THEMES
        for number in range(COUNT)
    ]


@pytest.fixture(scope="module")
def bundled(brand):
    """The bundled brief's deck: (brief, compiled, fitted, theme, bytes)."""
    brief, theme = load_brief(BUNDLED), build_default(brand)
    compiled = deck.compile_brief(brief, brand, template_folders(brief.folder), theme)
    fitted = deck.fit_deck(compiled, theme, brand)
    return brief, compiled, fitted, theme, deck.write_deck(fitted, theme, brand)


@pytest.fixture(scope="module")
def faults(trials, bundled, brand, folder):
    """Return drawing faults by deck: the sample's, the bundled one and a copy of it with all defects."""
    decks = {each.name: each.data for each in trials if isinstance(each, WrittenDeck)}
    decks |= {"bundled": bundled[-1], "planted": planted(bundled[-1], *(change for change, _ in INK.values()))[0]}
    return find_ink_faults(decks, brand, folder)


def test_the_same_seed_makes_the_same_brief():
    assert briefs.make_brief("a") == briefs.make_brief("a")
    assert briefs.make_brief("a").text != briefs.make_brief("b").text


def test_every_brief_is_written_or_refused_by_name_and_nothing_is_lost(trials):
    for each in trials:
        trial = each.trial if isinstance(each, WrittenDeck) else each
        assert trial.good, (trial.theme, trial.seed, *map(str, trial.faults))


def test_most_of_the_sample_is_drawn(trials):
    for name in THEMES:
        assert sum(isinstance(each, WrittenDeck) and each.trial.theme == name for each in trials) > COUNT / 2


@drawing
def test_all_ink_stands_in_its_box(trials, faults):
    for each in trials:
        if isinstance(each, WrittenDeck):
            assert not faults[each.name], (each.name, *map(str, faults[each.name]))


@drawing
def test_all_ink_of_the_bundled_deck_stands_in_its_box(faults):
    assert not faults["bundled"]


@drawing
@pytest.mark.parametrize("name", INK)
def test_a_planted_defect_is_found(name, faults, bundled):
    change, kind = INK[name]
    _, [(slide, shape)] = planted(bundled[-1], change)
    found = [fault for fault in faults["planted"] if fault.where.startswith(f"slide {slide}, {shape}")]
    assert kind in checks.kinds(found)


@pytest.mark.parametrize("name", WORDS)
def test_a_lost_word_is_found(name, bundled):
    *others, data = bundled
    assert not list(checks.lost_words(*others, data))
    bad, [(slide, _)] = planted(data, WORDS[name])
    (found,) = checks.lost_words(*others, bad)
    assert found.kind == "words missing"
    assert found.where.startswith(f"slide {slide}")


def test_small_type_is_found(bundled):
    _, _, fitted, *_ = bundled
    assert not list(checks.small_type(fitted))
    first = fitted.slides[1]
    slots = tuple(
        replace(slot, content=replace(slot.content, size=9)) if slot.name == "title" else slot for slot in first.slots
    )
    small = replace(fitted, slides=(replace(first, slots=slots),))
    assert checks.kinds(checks.small_type(small)) == {"small type": 1}


def test_a_colour_is_found_where_its_pixels_are(tmp_path):
    """A 4 × 2 page with one pixel of colour 258: red 1, green 2, and our blue."""
    pixels = bytearray(b"\xff" * 24)
    pixels[3 * 5 : 3 * 6] = bytes((1, 2, drawn.BLUE))
    (tmp_path / "page.ppm").write_bytes(b"P6\n4 2\n255\n" + pixels)
    point, margin = 72 / drawn.DPI, drawn.MARGIN / 12_700
    found = drawn.inks(tmp_path / "page.ppm")
    assert found == {258: drawn.Ink(point - margin, point - margin, 2 * point - margin, 2 * point - margin)}
