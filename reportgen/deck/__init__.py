"""The briefing deck: brief -> strict HTML -> Deck -> fitted Deck -> .pptx bytes. The steps can be taken one by one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import resources
from reportgen.deck import origin
from reportgen.deck.compile import compile_deck
from reportgen.deck.fit import fit
from reportgen.deck.model import Deck, Properties
from reportgen.deck.theme import Theme, read as read_theme
from reportgen.deck.write import write
from reportgen.errors import UsageError

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief.model import Brief

__all__ = ["compile_deck", "compiled", "compose", "default_theme", "fit", "fitted", "properties", "render", "write"]

TEMPLATE = "deck/briefing.html"
FURNITURE = {"footer": "title", "marking": "marking", "date": "date"}  # slots of every slide, and the brief's keys
FILLED_IN = f"{TEMPLATE} as filled in"  # lines and columns count in what the template made


def render(brief: Brief, brand: Brand, folders: Sequence[Path]) -> bytes:
    """The deck of a brief as a .pptx file."""
    theme = default_theme(brand)
    return write(fitted(brief, brand, folders, theme), theme, brand)


def fitted(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme) -> Deck:
    """The deck of a brief as a value, every size chosen."""
    return fit(compiled(brief, brand, folders, theme), theme, brand)


def compiled(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme) -> Deck:
    """The deck as a value before its sizes are chosen: all that its slides say, for reading a finished file back."""
    source = compose(brief, folders)
    return compile_deck(source, FILLED_IN, properties(brief), brief.exhibits, theme, brand, origin.of(brief))


def compose(brief: Brief, folders: Sequence[Path]) -> str:
    """The deck's strict HTML."""
    from reportgen.markup.render import render as rendered

    return rendered(TEMPLATE, folders, {"inline": brief.markup, "plain": brief.plain}, brief=brief)


def default_theme(brand: Brand) -> Theme:
    return read_theme(resources.asset("themes", "default"), brand)


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
        date=f"{brief.date:%B} {brief.date.day}, {brief.date.year}",
        marking=brief.marking or "",
        places={slot: place for slot, key in FURNITURE.items() if (place := brief.where(key))},
    )
