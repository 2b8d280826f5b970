"""Chooses type sizes from measured text, and splits slides that hold too much: a pure Deck -> Deck.

Each slot takes the largest of its sizes in which its text fits its box. Text that fits in none continues on further
slides, split between paragraphs or rows. Nothing is shrunk below the smallest size, cut, or left to a program's own
shrinking. Where splitting does not help, a FitError names for every box at once the slide, the box, by how much it is
too high, and about how many words to cut.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.charts.scene import Scene
from reportgen.deck.charts.chart_labels import measure_scene_labels
from reportgen.deck.fit import footer_sizes, split
from reportgen.deck.fit.slot_fit import SlotFitter
from reportgen.deck.theme import Theme
from reportgen.deck.values import Deck, Drawing, Slide, Slot, Text
from reportgen.system.errors import Diagnostic, FitError

LARGE_TITLES = ("cover", "section", "statement")
ROUNDING = 1.02  # labels of a drawing are laid out to the point


def fit_deck(deck: Deck, theme: Theme, brand: Brand) -> Deck:
    """Return the deck with a size for every text, a height for every row, and as many slides as that takes.

    Raises
    ------
    FitError
        with every text that does not fit.
    """
    slides: list[Slide] = []
    faults: list[Diagnostic] = []
    ids = frozenset(slide.id for slide in deck.slides)
    for slide in deck.slides:
        try:
            slides += _fit_slide(slide, theme, brand, ids)
        except FitError as error:
            faults += error.diagnostics
    fitted = replace(deck, slides=tuple(_align_titles(slides, theme, brand)))
    sizes, unfit = footer_sizes.choose_sizes(fitted, theme, brand)
    faults += [*unfit, *(fault for slide in slides for fault in _find_long_labels(slide, brand))]
    if faults:
        raise FitError(faults)
    return replace(fitted, furniture_sizes=sizes)


def _fit_slide(slide: Slide, theme: Theme, brand: Brand, ids: Collection[str]) -> list[Slide]:
    """Return the slide, or the slides that it is split into. Raises FitError with all that does not fit."""
    fitters = [SlotFitter.of(slide, slot, theme, brand) for slot in slide.slots]
    found = _align_sizes(fitters, [None if fitter.slot.own_slide else fitter.fit() for fitter in fitters])
    fitted = [slot for slot in found if slot]
    if len(fitted) == len(fitters):
        return [replace(slide, slots=tuple(fitted))]
    pieces: dict[str, split.Pieces] = {}
    faults: list[Diagnostic] = []
    for fitter, slot in zip(fitters, found, strict=True):
        if slot is None:
            try:
                pieces[fitter.slot.name] = split.split_slot(fitter, theme)
            except FitError as error:
                faults += error.diagnostics
    if faults:
        raise FitError(faults)
    return split.mark_titles(slide, split.build_parts(slide, fitted, pieces, ids), theme, brand)


def _align_titles(slides: Sequence[Slide], theme: Theme, brand: Brand) -> Iterator[Slide]:
    """Yield the slides with all titles in the size of the smallest, but for slides that are all title."""
    fitters = {
        index: SlotFitter.of(slide, slot, theme, brand)
        for index, slide in enumerate(slides)
        for slot in slide.slots
        if slide.layout not in LARGE_TITLES and slot.name == "title"
    }
    sizes = [content.size for each in fitters.values() if isinstance(content := each.slot.content, Text)]
    smallest = min((size for size in sizes if size), default=0.0)
    for index, slide in enumerate(slides):
        fitter = fitters.get(index)
        if fitter and isinstance(content := fitter.slot.content, Text) and content.size != smallest:
            whole = SlotFitter.of(slide, replace(fitter.slot, box=None), theme, brand)
            title = whole.fit((smallest,)) or fitter.slot
            slide = replace(slide, slots=tuple(title if slot is fitter.slot else slot for slot in slide.slots))
        yield slide


def _align_sizes(fitters: Sequence[SlotFitter], found: Sequence[Slot | None]) -> list[Slot | None]:
    """Return the slots, those of a group in the smallest size that any of them has; parts of a split slide keep theirs."""
    smallest: dict[str, float] = {}
    for fitter, slot in zip(fitters, found, strict=True):
        group = "" if fitter.slide.part else fitter.spec.group
        if group and slot and isinstance(slot.content, Text) and slot.content.size:
            smallest[group] = min(slot.content.size, smallest.get(group, slot.content.size))
    return [
        (slot and fitter.spec.group in smallest and fitter.fit((smallest[fitter.spec.group],))) or slot
        for fitter, slot in zip(fitters, found, strict=True)
    ]


def fits_one_slide(slide: Slide, theme: Theme, brand: Brand) -> bool:
    """Return whether all that a slide holds fits on it."""
    try:
        parts = _fit_slide(slide, theme, brand, ())
    except FitError:
        return False
    return len(parts) == 1 and not any(_find_long_labels(parts[0], brand))


def _find_long_labels(slide: Slide, brand: Brand) -> Iterator[Diagnostic]:
    """Yield an error for each label of a drawing that is too long for its place."""
    for slot in slide.slots:
        if isinstance(slot.content, Drawing) and isinstance(slot.content.native, Scene):
            for label in measure_scene_labels(slot.content.native, brand):
                if label.needed > label.room * ROUNDING:
                    fault = label.diagnostic()
                    message = f'slide "{slide.id}", box "{slot.name}": {fault.message}'
                    yield fault._replace(message=message, where=slot.where)
