"""The briefing deck: brief -> strict HTML -> Deck -> fitted Deck -> .pptx bytes. The steps can be taken one by one."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.deck import theme as themes
from reportgen.deck.compile import origin
from reportgen.deck.compile.compiler import compile_deck
from reportgen.deck.fit.fitting import fit_deck
from reportgen.deck.theme import Theme
from reportgen.deck.values import Deck, Properties
from reportgen.deck.write.writer import write_deck
from reportgen.system.errors import UsageError
from reportgen.text.languages import labels
from reportgen.text.numbers import NBSP, long_date, short_date

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief.model import Brief

__all__ = [
    "MadeDeck", "compile_deck", "compiled", "compose", "default_theme", "fit_deck", "fitted", "make", "properties", "render",
    "theme_of", "write_deck",
]  # fmt: skip

TEMPLATE = "deck/briefing.html"
FURNITURE = {"footer": "title", "date": "date"} | dict.fromkeys(("marking", "designation", "distribution"), "marking")
"""The slots that no template fills, and the brief's keys."""
FILLED_IN = f"{TEMPLATE} as filled in"  # lines and columns count in what the template made


class MadeDeck(Struct, frozen=True):
    """A finished deck: as compiled, as fitted, in its theme, and the file's bytes."""

    compiled: Deck
    fitted: Deck
    theme: Theme
    data: bytes


def render(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme | None = None) -> bytes:
    """The deck of a brief as a .pptx file, in our own theme or a house's."""
    return make(brief, brand, folders, theme).data


def make(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme | None = None) -> MadeDeck:
    """Return the deck of a brief with each stage it went through; without a `theme`, the brand's is used."""
    theme = theme or theme_of(brand)
    before = compiled(brief, brand, folders, theme)
    after = fit_deck(before, theme, theme.dressed(brand))
    return MadeDeck(before, after, theme, write_deck(after, theme, brand))


def fitted(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme) -> Deck:
    """The deck of a brief as a value, every size chosen."""
    return fit_deck(compiled(brief, brand, folders, theme), theme, theme.dressed(brand))


def compiled(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme) -> Deck:
    """The deck as a value before its sizes are chosen: all that its slides say, for reading a finished file back."""
    source = compose(brief, folders)
    return compile_deck(
        source, FILLED_IN, properties(brief), brief.exhibits, theme, theme.dressed(brand), origin.of(brief)
    )


def compose(brief: Brief, folders: Sequence[Path]) -> str:
    """The deck's strict HTML."""
    from reportgen.markup.templates import render as rendered

    filters: dict[str, Callable[..., Any]] = {
        "inline": brief.markup,
        "plain": brief.plain,
        "date": lambda date: date.written(brief.language),
        "long_date": lambda day: long_date(day, brief.language),
        "short_date": lambda day, year=None: short_date(day, year, brief.language),
    }
    return rendered(TEMPLATE, folders, filters, brief=brief, labels=labels(brief.language))


def theme_of(brand: Brand) -> Theme:
    """The theme that the brand names, else our own."""
    return themes.load(brand.theme) if brand.theme else default_theme(brand)


def default_theme(brand: Brand) -> Theme:
    """Our own theme, in the brand's colours and faces."""
    return themes.default(brand)


def properties(brief: Brief) -> Properties:
    """What the whole deck shares; made on the brief's own date, or on SOURCE_DATE_EPOCH where that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and not epoch.isdigit():
        raise UsageError(f'SOURCE_DATE_EPOCH is "{epoch}"', hint="it counts the seconds since 1970, or is not set")
    made = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.combine(brief.date, time(), UTC)
    title = brief.plain(brief.title)
    return Properties(
        title=title,
        author=brief.organization or ", ".join(brief.sender),
        created=made.replace(tzinfo=None),
        subject=brief.plain(brief.subject or brief.subtitle or ""),
        language=brief.language if "-" in brief.language else {"en": "en-US"}.get(brief.language, brief.language),
        footer=title,
        date=long_date(brief.date, brief.language).replace(NBSP, " "),
        marks=brief.marks,
        places={slot: place for slot, key in FURNITURE.items() if (place := brief.where(key))},
    )
