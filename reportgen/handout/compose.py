"""A deck becomes a handout: view values for the template, strict HTML out of it, and what the engine needs to set it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.brand import Brand, FontFile
from reportgen.brief.model import Brief
from reportgen.charts.base import Chart
from reportgen.deck.model import Deck
from reportgen.handout.entries import View, view
from reportgen.handout.grammar import HANDOUT
from reportgen.handout.labels import Labels, labels
from reportgen.handout.paper import GUTTER, SHOWN, Paper
from reportgen.handout.prose import inline
from reportgen.markup import subset
from reportgen.markup.render import render as render_template

TEMPLATE = "handout/notes.html"
COVER = "cover"


@dataclass(frozen=True, slots=True)
class Composed:
    """A handout before it is set: checked HTML, the stylesheet that carries the brand, and the charts to be drawn."""

    html: str
    stylesheet: str
    charts: Mapping[str, tuple[Chart, float]]
    """Name of the picture -> the chart and the width to draw it at, in points."""


def compose(
    deck: Deck, brief: Brief, brand: Brand, folders: Sequence[Path], paper: Paper, numbers: Mapping[str, str]
) -> Composed:
    """Everything that the handout prints, as strict HTML."""
    words = labels(brief.language)
    made = view(deck, brief, brand, words, numbers)
    covered = deck.slides[0].layout == COVER
    html = render_template(
        TEMPLATE,
        folders,
        {"inline": inline},
        brief=brief,
        brand=brand,
        deck=deck.properties,
        labels=words,
        timestamp=deck.properties.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        cover=made.entries[0] if covered else None,
        entries=made.entries[1:] if covered else made.entries,
    )
    subset.parse(html, TEMPLATE, HANDOUT)
    charts = {name: drawn for name, drawn in made.charts.items() if f'"{name}"' in html}
    return Composed(html, _stylesheet(deck, brand, words, paper, made), charts)


def fonts(brand: Brand) -> tuple[FontFile, ...]:
    """The files of the two families that paper is set in."""
    return tuple(font for font in brand.fonts if font.family in (brand.serif, brand.sans))


def _stylesheet(deck: Deck, brand: Brand, words: Labels, paper: Paper, made: View) -> str:
    """The brand as CSS variables, the sheet, the running text, and the tables' columns: what handout.css builds on."""
    colors = "".join(f"--{role}:{value};" for role, value in brand.colors.items())
    families = f'--serif:"{brand.serif}","{brand.sans}";--sans:"{brand.sans}","{brand.serif}";'
    running = {
        "title": deck.properties.footer,
        "marking": deck.properties.marking,
        "kind": f"{words.kind} · {deck.properties.date}" if deck.properties.date else words.kind,
        "page": f"{words.page} ",
        "of": f" {words.of} ",
    }
    texts = "".join(f"--{name}:{_css_string(text)};" for name, text in running.items())
    columns = "".join(
        f"#{anchor} col:nth-child({place}){{width:{share:.2%}}}\n"
        for anchor, shares in made.columns.items()
        for place, share in enumerate(shares, 1)
    )
    return (
        f":root{{{colors}{families}{texts}--shown:{SHOWN:g}pt;--gutter:{GUTTER:g}pt}}\n"
        f"@page{{size:{paper.width:g}pt {paper.height:g}pt;margin-left:{paper.margin:g}pt;margin-right:{paper.margin:g}pt}}\n"
        f"{columns}"
    )


def _css_string(text: str) -> str:
    """A CSS string that holds any text."""
    return '"' + "".join(char if char.isalnum() or char in " .,·" else f"\\{ord(char):x} " for char in text) + '"'
