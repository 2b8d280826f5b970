"""The type sizes of the furniture, which stands on every slide: footer, date, marking and number, each in its layout's box."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.deck.layouts import LAYOUTS, OPENING, SlotSpec
from reportgen.deck.text import text_box
from reportgen.deck.theme import Placeholder, Theme
from reportgen.deck.values import Deck, Paragraph, Run
from reportgen.system.errors import Diagnostic


def get_text(deck: Deck, slot: str, placeholder: Placeholder) -> str:
    """Return the words of a furniture slot, the theme's own first; for the slide number, the last, which is the widest."""
    if slot == "slide-number":
        return str(len(deck.slides))
    return placeholder.words or deck.properties.furniture_text(slot)


def choose_sizes(deck: Deck, theme: Theme, brand: Brand) -> tuple[dict[tuple[str, str], float], list[Diagnostic]]:
    """Return a size for each layout's furniture by (layout, slot), and an error for each slot that fits in no size.

    A slot is reported once, for the first slide that has it.
    """
    sizes: dict[tuple[str, str], float] = {}
    faults: dict[str, Diagnostic] = {}
    for slide in deck.slides:
        for name in OPENING:
            lacks = LAYOUTS[slide.layout].slot(name) and name not in theme.layouts[slide.layout]
            if lacks and deck.properties.furniture_text(name):
                message = f'slide "{slide.id}": the theme has no room for the {name} that its marking requires'
                where = deck.properties.locations.get(name, slide.where)
                faults[name] = Diagnostic(message, where, "use a theme whose cover has more room at its foot")
        for spec, placeholder in find_furniture(slide.layout, theme):
            text = get_text(deck, spec.name, placeholder)
            if not text or (slide.layout, spec.name) in sizes or spec.name in faults:
                continue
            steps = placeholder.steps or spec.steps
            if size := next((size for size in steps if _fits(text, placeholder, size, brand)), None):
                sizes[slide.layout, spec.name] = size
            else:
                message, hint = _describe_excess(text, placeholder, steps[-1], brand)
                where = deck.properties.locations.get(spec.name, slide.where)
                faults[spec.name] = Diagnostic(f'slide "{slide.id}", box "{spec.name}": {message}', where, hint)
    return sizes, list(faults.values())


def find_furniture(layout: str, theme: Theme) -> Iterator[tuple[SlotSpec, Placeholder]]:
    """Yield the furniture slots of a layout with the theme's placeholders for them."""
    for spec in LAYOUTS[layout].slots:
        if spec.kind == "furniture" and spec.name in theme.layouts[layout]:
            yield spec, theme.layouts[layout][spec.name]


def measure(text: str, placeholder: Placeholder, size: float, brand: Brand) -> text_box.MeasuredText:
    """Measure a furniture slot's words, one paragraph a line."""
    width, _ = placeholder.text_area()
    lines = [Paragraph((Run(line),)) for line in text.split("\n")]
    return text_box.measure_text(lines, placeholder.levels, size, width, brand)


def _fits(text: str, placeholder: Placeholder, size: float, brand: Brand) -> bool:
    """Return whether the box holds the words, on one line or on as many as it has room for, with no word broken."""
    width, height = placeholder.text_area()
    measured, level = measure(text, placeholder, size, brand), placeholder.levels[0]
    if measured.count == 1:
        return size <= height
    face = fonts.find_face(brand, level.family, level.bold)
    drawn = text.upper() if level.capitals else text
    return measured.height <= height and fonts.measure_longest_word(face, drawn, size) <= width


def _describe_excess(text: str, placeholder: Placeholder, size: float, brand: Brand) -> tuple[str, str]:
    """Return a message and a hint for words that take more lines than the box has."""
    measured = measure(text, placeholder, size, brand)
    _, height = placeholder.text_area()
    room = max(1, int(height / (measured.height / measured.count)))
    lines = [line for lines in measured.lines for line in lines]
    words = sum(len(line.split()) for line in lines[:room])
    shown, has = " ".join(text.split()), "one" if room == 1 else str(room)
    message = f'"{shown}" takes {measured.count} lines at {size:g} pt and has {has}'
    return message, f"shorten it to about {words} words"
