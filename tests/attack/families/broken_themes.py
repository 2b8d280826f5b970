"""Damaged themes: ours, python-pptx's and pandoc's; a deck is made in each, or the theme is refused."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen import brand as brands, deck as decks
from reportgen.brief import load_brief
from reportgen.brief.model import Brief
from reportgen.deck.theme import parse_theme
from reportgen.deck.theme.default_theme import read_parts
from reportgen.markup.templates import template_folders
from tests.attack.mutations import damage_package
from tests.attack.outcome import Outcome
from tests.attack.trials import judge
from tests.conftest import INIT
from tests.deck import sample_themes
from tests.stress import themes as others

TITLE = "Damaged themes"
FULL, SAMPLE = 600, 14
PARTS = (r"/(theme|slideMaster|slideLayout|notesMaster|presentation|presProps|tableStyles)\d*\.xml$", r"\.rels$|\.xml$")
"""The parts to damage, most often the first: those that a theme is made of; then all."""


def attack(count: int, seed: int) -> Iterator[Outcome]:
    choices = random.Random(seed)
    for number in range(count):
        name, data = choices.choice(_themes())
        theme, damage = damage_package(data, choices, PARTS[choices.random() < 0.25])
        yield judge(f"{name} {number}: {damage}", partial(_make_deck, _briefs()[number % 4 == 0], theme))


def _make_deck(brief: Brief, theme_file: bytes) -> None:
    """Make a deck in a theme, as the command does."""
    theme, brand = parse_theme(theme_file, "theme.pptx"), brands.load(brief.folder)
    deck = decks.compile_brief(brief, brand, template_folders(brief.folder), theme)
    decks.write_deck(decks.fit_deck(deck, theme, theme.adapt_brand(brand)), theme, brand)


@cache
def _briefs() -> tuple[Brief, Brief]:
    """Return the small brief, and the same with a marking, which notes pages bear too."""
    with TemporaryDirectory() as folder:
        marked = Path(folder, "brief.yaml")
        marked.write_text(INIT.read_text(encoding="utf-8") + "\nmarking: EMBARGOED\n", encoding="utf-8")
        return load_brief(INIT), load_brief(marked)


@cache
def _themes() -> tuple[tuple[str, bytes], ...]:
    """Return the whole themes by name; pandoc's where it is installed."""
    found = [("ours", sample_themes.zip_parts(read_parts())), ("wide", sample_themes.wide())]
    for name in ("python-pptx", "pandoc"):
        with suppress(LookupError):
            found.append((name, others.FILES[name]()))
    return tuple(found)
