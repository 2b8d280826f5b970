"""Chooses sizes of type from measured text, or says what does not fit: a pure Deck -> Deck.

Each slot takes the largest of its sizes in which its text fits its box. What fits in none goes on on further slides,
split between paragraphs or rows. Nothing is shrunk below the smallest size, cut, or left to a program's own shrinking:
what can be helped by neither is a FitError that names the slide, the box, by how much, and about how many words have
to go, for all boxes at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.charts.scene import Scene
from reportgen.deck.charts.chart_labels import measure_scene_labels
from reportgen.deck.fit import footer_sizes, split
from reportgen.deck.fit.slot_fit import space
from reportgen.deck.theme import Theme
from reportgen.deck.values import Deck, Drawing, Slide
from reportgen.system.errors import Diagnostic, FitError

ROUNDING = 1.02  # a label of a drawing is laid out to the point


def fit_deck(deck: Deck, theme: Theme, brand: Brand) -> Deck:
    """The deck with a size for every text and a height for every row, its slides as many as that takes."""
    faults: list[split.Fault] = []
    ids = frozenset(slide.id for slide in deck.slides)
    slides = tuple(part for slide in deck.slides for part in _fit_slide(slide, theme, brand, ids, faults))
    sizes, unfit = footer_sizes.sizes(replace(deck, slides=slides), theme, brand)
    unfit += [fault for slide in slides for fault in _scene_faults(slide, brand)]
    if faults or unfit:
        raise FitError([*(each.diagnostic() for each in faults), *unfit])
    return replace(deck, slides=slides, furniture_sizes=sizes)


def _fit_slide(
    slide: Slide, theme: Theme, brand: Brand, ids: Collection[str], faults: list[split.Fault]
) -> list[Slide]:
    """The slide, or the slides that it becomes; what can be helped by neither joins the faults."""
    spaces = [space(slide, slot, theme, brand) for slot in slide.slots]
    tried = {own.slot.name: None if own.slot.own_slide else own.fitted() for own in spaces}
    fitted = [slot for slot in tried.values() if slot]
    if len(fitted) == len(spaces):
        return [replace(slide, slots=tuple(fitted))]
    shared: dict[str, split.Pieces] = {}
    found: list[split.Fault] = []
    for own in spaces:
        if tried[own.slot.name]:
            continue
        if not own.row.continues_in:
            found.append(own.shortfall())
            continue
        try:
            shared[own.slot.name] = split.pieces(own, theme)
        except split.UnsplittableError as unsplittable:
            found += unsplittable.faults
    try:
        if not found:
            return split.titled(split.parts(slide, fitted, shared, ids), theme, brand)
    except split.UnsplittableError as unsplittable:
        found += (replace(each, slide=slide) for each in unsplittable.faults)
    faults += found
    return []


def _scene_faults(slide: Slide, brand: Brand) -> Iterator[Diagnostic]:
    """The labels of a drawing that are too long for the places that they were given."""
    for slot in slide.slots:
        if isinstance(slot.content, Drawing) and isinstance(slot.content.native, Scene):
            for label in measure_scene_labels(slot.content.native, brand):
                if label.needed > label.room * ROUNDING:
                    told = label.diagnostic()
                    yield told._replace(
                        message=f'slide "{slide.id}", box "{slot.name}": {told.message}', where=slot.where
                    )
