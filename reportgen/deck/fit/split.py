"""Splits a slide that holds too much into several, marked "(2 of 3)": nothing is dropped or shrunk below its smallest size.

A text is split between paragraphs, a table between rows. The title, the source line and a table's header stand on every
part. A drawing, and whatever fits, stays on the first; words beside or below a drawing continue on a slide of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.deck.fit import shares
from reportgen.deck.fit.slot_fit import SlotFitter, add_suffix, count_words
from reportgen.deck.layouts import LAYOUTS, arrange_boxes
from reportgen.deck.theme import Theme
from reportgen.deck.values import EMU_PER_POINT, Paragraph, Run, Slide, Slot, TableContent, Text, runs_of
from reportgen.system.errors import FitError
from reportgen.text.languages import load_labels
from reportgen.text.numbers import NBSP

MAX_SLIDES = 40  # that one slide may become: beyond that, the input is at fault


class Pieces(Struct, frozen=True):
    """The parts of one slot: those on slides of its own layout, and those that continue on slides of another."""

    here: tuple[Slot, ...]
    elsewhere: tuple[Slot, ...] = ()


def split_slot(fitter: SlotFitter, theme: Theme) -> Pieces:
    """Split a slot's content. Raises FitError where that does not help."""
    slot, slide, target = fitter.slot, fitter.slide, fitter.spec.continues_in
    if target and isinstance(slot.content, TableContent):
        return Pieces(tuple(_split_table(fitter, slot.content, theme)))
    assert isinstance(slot.content, Text)
    paragraphs = slot.content.paragraphs
    if not target:
        raise FitError([fitter.describe_text_excess(paragraphs)])
    layout, name = target
    if target == (slide.layout, slot.name):
        return Pieces(tuple(_split_text(fitter, paragraphs)))
    other = SlotFitter.of(replace(slide, layout=layout), replace(slot, name=name, box=None), theme, fitter.brand)
    if slot.own_slide or fitter.measure_excess(paragraphs[:1], fitter.steps[-1]) > 0:
        return Pieces((), tuple(_split_text(other, paragraphs)))
    return _split_after_first(fitter, other, paragraphs)


def _split_text(fitter: SlotFitter, paragraphs: Sequence[Paragraph]) -> Iterator[Slot]:
    """Split a text over slides of one layout, in the largest size that takes no more slides than the smallest."""
    _require_paragraphs_fit(fitter, paragraphs)
    fewest = _count_slides(fitter, paragraphs, fitter.steps[-1])
    if fewest is None:
        raise _too_many(fitter)
    size = next(size for size in fitter.steps if _count_slides(fitter, paragraphs, size) == fewest)
    pile, splits, room = _pile_up(fitter, paragraphs, size)
    ends = shares.divide_evenly(pile, splits, room, fewest)
    assert ends, "what fits greedily fits evenly"
    numbered = shares.continue_numbering(paragraphs, ends)
    for start, end in pairwise([0, *ends]):
        yield replace(fitter.slot, content=Text(tuple(numbered[start:end]), size))


def _pile_up(
    fitter: SlotFitter, paragraphs: Sequence[Paragraph], size: float
) -> tuple[shares.Pile, tuple[int, ...], float]:
    """Return the measured paragraphs, the places where they may be split, and the height of their room."""
    pile = shares.Pile.of_paragraphs(fitter.measure_paragraphs(paragraphs, size))
    _, room = fitter.room
    return pile, shares.find_splits(paragraphs, pile, room), room


def _count_slides(fitter: SlotFitter, paragraphs: Sequence[Paragraph], size: float) -> int | None:
    return shares.count_shares(*_pile_up(fitter, paragraphs, size), MAX_SLIDES)


def _too_many(fitter: SlotFitter) -> FitError:
    message = f'slide "{fitter.slide.id}", box "{fitter.slot.name}": it would take more than {MAX_SLIDES} slides'
    return FitError(message, fitter.slot.where, "cut it, or divide it between several slides")


def _require_paragraphs_fit(fitter: SlotFitter, paragraphs: Sequence[Paragraph], first: int = 1) -> None:
    """Raise FitError where a paragraph alone is too high; `first` is the number of the first in its slot."""
    over = [at for at, each in enumerate(paragraphs) if fitter.measure_excess([each], fitter.steps[-1]) > 0]
    if over:
        only = len(paragraphs) == 1 and first == 1
        parts = ["the text" if only else f"its paragraph {first + at} alone" for at in over]
        raise FitError(
            [fitter.describe_text_excess([paragraphs[at]], part) for at, part in zip(over, parts, strict=True)]
        )


def _split_after_first(fitter: SlotFitter, other: SlotFitter, paragraphs: Sequence[Paragraph]) -> Pieces:
    """Keep as much as there is room for and continue the rest on slides of another layout."""
    best: tuple[int, float, int] | None = None
    for size in reversed(fitter.steps):
        end = _find_first_end(fitter, paragraphs, size)
        smaller = max((step for step in other.steps if step <= size), default=other.steps[-1])
        count = end and _count_slides(other, paragraphs[end:], smaller)
        if count and (best is None or count <= best[0]):
            best = (count, size, end)
    if best is None:
        end = _find_first_end(fitter, paragraphs, fitter.steps[-1])
        _require_paragraphs_fit(other, paragraphs[end:], end + 1)
        raise _too_many(fitter)
    _, size, end = best
    numbered = shares.continue_numbering(paragraphs, (end,))
    first = fitter.hug(replace(fitter.slot, content=Text(tuple(numbered[:end]), size)))
    return Pieces((first,), tuple(_split_text(other, numbered[end:])))


def _find_first_end(fitter: SlotFitter, paragraphs: Sequence[Paragraph], size: float) -> int:
    """Return how many paragraphs stay on the first slide."""
    pile, splits, room = _pile_up(fitter, paragraphs, size)
    furthest = pile.find_end(0, room)
    return max((split for split in splits if split <= furthest), default=0)


def _split_table(fitter: SlotFitter, content: TableContent, theme: Theme) -> Iterator[Slot]:
    """Split a table; the words below it stand below its last part only, so the other parts take their room."""
    slide, slot = fitter.slide, fitter.slot
    used = {each.name for each in slide.slots} - {fitter.spec.absorbs}
    higher = arrange_boxes(LAYOUTS[slide.layout], theme.boxes(slide.layout), used).get(slot.name, slot.box)
    early = replace(fitter, slot=replace(slot, box=higher))
    _require_rows_fit(early, content)
    least = _find_row_ends(early, fitter, content, fitter.steps[-1])
    if least is None:
        raise _too_many(fitter)
    size, ends = fitter.steps[-1], least
    for larger in fitter.steps[:-1]:
        if (found := _find_row_ends(early, fitter, content, larger)) and len(found) == len(least):
            size, ends = larger, found
            break
    header, *heights = fitter.measure_rows(content, size)
    label = load_labels(slide.language).deck.part_alt
    for number, (start, end) in enumerate(pairwise([0, *ends]), 1):
        alt = f"{content.alt} {label.format(part=number, parts=len(ends))}"
        part = replace(content, rows=content.rows[start:end], alt=alt)
        yield (fitter if number == len(ends) else early).size_table(part, size, [header, *heights[start:end]])


def _find_row_ends(early: SlotFitter, last: SlotFitter, content: TableContent, size: float) -> list[int] | None:
    """Return the end of each part's rows; None where there would be too many parts, or a row is too high for one."""
    header, *heights = early.measure_rows(content, size)
    room, last_room = (each.box.height / EMU_PER_POINT - header for each in (early, last))
    pile = shares.Pile.of_rows(heights)
    splits = range(1, len(pile))
    least = shares.count_shares(pile, splits, room, MAX_SLIDES)
    tries = range(least, min(MAX_SLIDES, len(pile)) + 1) if least else ()
    return next((ends for count in tries if (ends := shares.divide_evenly(pile, splits, room, count, last_room))), None)


def _require_rows_fit(fitter: SlotFitter, content: TableContent) -> None:
    """Raise FitError where a row alone, or the header, is too high in the smallest size."""
    header, *heights = fitter.measure_rows(content, fitter.steps[-1])
    room = fitter.box.height / EMU_PER_POINT - header
    if room <= 0:
        words = ceil(count_words(content.header) * -room / header)
        raise FitError([fitter.describe_excess("its header alone", -room, words)])
    faults = [
        fitter.describe_excess(f"its row {number} alone", height - room, ceil(count_words(row) * (1 - room / height)))
        for number, (row, height) in enumerate(zip(content.rows, heights, strict=True), 1)
        if height > room
    ]
    if faults:
        raise FitError(faults)


def build_parts(
    slide: Slide, fitted: Sequence[Slot], pieces: Mapping[str, Pieces], ids: Collection[str]
) -> list[Slide]:
    """Return the slides that one becomes, their titles not marked yet; `fitted` are the slots that were not split."""
    specs = LAYOUTS[slide.layout].slots
    here = {slot.name: (slot,) for slot in fitted} | {name: each.here for name, each in pieces.items()}
    count = max(len(each) for each in here.values())
    late = {spec.absorbs for spec in specs if spec.kind == "table" and len(here.get(spec.name, ())) > 1}
    parts = []
    for index in range(count):
        slots: list[Slot] = []
        for spec in specs:
            at = 0 if spec.repeats else index - (count - 1 if spec.name in late else 0)
            slots += here.get(spec.name, ())[at : at + 1] if at >= 0 else ()
        parts.append(replace(slide, slots=tuple(slots)))
    repeated = {slot.name: replace(slot, box=None) for slot in fitted if _repeats(slide, slot)}
    for spec in specs:
        for slot in pieces[spec.name].elsewhere if spec.name in pieces else ():
            assert spec.continues_in
            layout, slots_there = LAYOUTS[spec.continues_in[0]], {slot.name: slot, **repeated}
            ordered = tuple(slots_there[each.name] for each in layout.slots if each.name in slots_there)
            parts.append(replace(slide, layout=layout.name, slots=ordered))
    return [_mark_part(slide, part, number, len(parts), ids) for number, part in enumerate(parts, 1)]


def _repeats(slide: Slide, slot: Slot) -> bool:
    spec = LAYOUTS[slide.layout].slot(slot.name)
    return bool(spec and spec.repeats)


def _mark_part(slide: Slide, part: Slide, number: int, count: int, ids: Collection[str]) -> Slide:
    """Return the part with its number and id; the speaker notes stay with the first part."""
    if number == 1:
        return replace(part, part=(number, count))
    name = f"{slide.id}--{number}"
    while name in ids:
        name += "-"
    title = [run for slot in slide.slots if slot.name == "title" for run in runs_of(slot.content)]
    before, after = load_labels(slide.language).deck.continued.split("{title}")
    notes = Paragraph((Run(before), *title, Run(after)))
    return replace(part, id=name, part=(number, count), notes=(notes,))


def mark_titles(slide: Slide, parts: Sequence[Slide], theme: Theme, brand: Brand) -> list[Slide]:
    """Return the parts of `slide` with marked titles, those of one layout in one size. Raises FitError."""
    sizes: dict[str, float] = {}
    for part in parts:
        for title in (slot for slot in part.slots if slot.name == "title"):
            content = _fit_title(slide, part, title, theme, brand).content
            size = content.size or 0 if isinstance(content, Text) else 0
            sizes[part.layout] = min(size, sizes.get(part.layout, size))
    found = []
    for part in parts:
        slots = []
        for slot in (each for each in part.slots if each.name in theme.layouts[part.layout]):
            if slot.name == "title":
                slot = _fit_title(slide, part, slot, theme, brand, sizes[part.layout])
            elif _repeats(part, slot):
                slot = _fit_again(SlotFitter.of(replace(part, id=slide.id, part=None), slot, theme, brand))
            slots.append(slot)
        found.append(replace(part, slots=tuple(slots)))
    return found


def _fit_again(fitter: SlotFitter) -> Slot:
    """Return a repeated slot in a size that fits the part's layout."""
    if slot := fitter.fit():
        return slot
    assert isinstance(fitter.slot.content, Text)
    raise FitError([fitter.describe_text_excess(fitter.slot.content.paragraphs)])


def _fit_title(slide: Slide, part: Slide, title: Slot, theme: Theme, brand: Brand, size: float | None = None) -> Slot:
    """Return a part's title with its mark, in the largest size in which it fits or in the one given."""
    assert isinstance(title.content, Text)
    assert part.part
    number, count = part.part
    # the mark keeps together
    mark = load_labels(slide.language).deck.part.format(part=number, parts=count).replace(" ", NBSP)
    marked = replace(title, content=Text(add_suffix(title.content.paragraphs, f" {mark}")))
    fitter = SlotFitter.of(replace(part, id=slide.id), marked, theme, brand)
    if fitted := fitter.fit((size,) if size else ()):
        return fitted
    paragraphs = title.content.paragraphs
    raise FitError([fitter.describe_text_excess(paragraphs, f"the title with “{mark}”", f" {mark}")])
