"""The sizes of what stands on every slide: footer, date, marking and number, each in the box that the layout gives it."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.deck.layouts import LAYOUTS, OPENING, SlotSpec
from reportgen.deck.text import text_box
from reportgen.deck.theme import Placeholder, Theme
from reportgen.deck.values import Deck, Paragraph, Run
from reportgen.system.errors import Diagnostic, Location

NO_ROOM = "take a theme whose cover has more room at its foot"


def words(deck: Deck, slot: str, placeholder: Placeholder) -> str:
    """What a slot that every slide has says, the theme's own words first; of the numbers, the last, which is widest."""
    if slot == "slide-number":
        return str(len(deck.slides))
    return placeholder.words or deck.properties.furniture_text(slot)


def sizes(deck: Deck, theme: Theme, brand: Brand) -> tuple[dict[tuple[str, str], float], list[Diagnostic]]:
    """A size for each layout's furniture, and what fits in none: told once, for the first slide that has it."""
    found: dict[tuple[str, str], float] = {}
    faults: dict[str, Diagnostic] = {}
    for slide in deck.slides:
        for row in LAYOUTS[slide.layout].slots:
            if (
                row.name in OPENING
                and row.name not in theme.layouts[slide.layout]
                and deck.properties.furniture_text(row.name)
            ):
                where = deck.properties.locations.get(row.name, slide.where)
                faults[row.name] = Diagnostic(
                    f'slide "{slide.id}": the theme has no room for the {row.name} that its marking asks for',
                    where,
                    NO_ROOM,
                )
        for row, placeholder in standing(slide.layout, theme):
            text = words(deck, row.name, placeholder)
            if not text or (slide.layout, row.name) in found or row.name in faults:
                continue
            steps = placeholder.steps or row.steps
            size = next((size for size in steps if fits(text, placeholder, size, brand)), None)
            if size:
                found[slide.layout, row.name] = size
                continue
            where = deck.properties.locations.get(row.name, slide.where)
            faults[row.name] = _too_long(slide.id, row.name, text, placeholder, steps[-1], brand, where)
    return found, list(faults.values())


def standing(layout: str, theme: Theme) -> Iterator[tuple[SlotSpec, Placeholder]]:
    """What a layout has of what stands on every slide, and where."""
    for row in LAYOUTS[layout].slots:
        if row.kind == "furniture" and row.name in theme.layouts[layout]:
            yield row, theme.layouts[layout][row.name]


def measured(text: str, placeholder: Placeholder, size: float, brand: Brand) -> text_box.MeasuredText:
    width, _ = placeholder.text_area()
    lines = [Paragraph((Run(line),)) for line in text.split("\n")]
    return text_box.measure_text(lines, placeholder.levels, size, width, brand)


def fits(text: str, placeholder: Placeholder, size: float, brand: Brand) -> bool:
    """Whether the box holds the words: on one line, or on as many as it has room for, no word broken."""
    width, height = placeholder.text_area()
    found, level = measured(text, placeholder, size, brand), placeholder.levels[0]
    if found.count == 1:
        return size <= height
    face = fonts.find_face(brand, level.family, level.bold)
    shown = text.upper() if level.capitals else text
    return found.height <= height and fonts.measure_longest_word(face, shown, size) <= width


def _too_long(
    slide: str, slot: str, text: str, placeholder: Placeholder, size: float, brand: Brand, where: Location
) -> Diagnostic:
    found = measured(text, placeholder, size, brand)
    _, height = placeholder.text_area()
    room = max(1, int(height / (found.height / found.count)))
    has = "one" if room == 1 else str(room)
    said = " ".join(text.split())
    message = f'slide "{slide}", box "{slot}": "{said}" takes {found.count} lines at {size:g} pt and has {has}'
    held = sum(len(line.split()) for line in [line for lines in found.lines for line in lines][:room])
    return Diagnostic(message, where, f"shorten it to about {held} words")
