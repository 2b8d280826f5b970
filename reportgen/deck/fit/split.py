"""What is too much for one slide goes on on further ones, marked "(2 of 3)": nothing is dropped, nothing is shrunk away.

A text is split between paragraphs, a table between rows. Title, source line and a table's head stand on every part; a
drawing, and whatever fits, stays on the first; what stands beside or below a drawing goes on on a slide of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.deck.fit import shares
from reportgen.deck.fit.slot_fit import Shortfall, Space, row_words, space, suffixed
from reportgen.deck.layouts import LAYOUTS, arrange_boxes
from reportgen.deck.theme import Theme
from reportgen.deck.values import EMU_PER_POINT, Paragraph, Run, Slide, Slot, TableContent, Text, runs_of
from reportgen.system.errors import Diagnostic
from reportgen.text.languages import load_labels
from reportgen.text.numbers import NBSP

MOST = 40  # slides that one may become: beyond that, the input is what is wrong


class TooMany(Struct, frozen=True):
    """A slot that would take more slides than anyone would look at."""

    slide: Slide
    slot: Slot

    def diagnostic(self) -> Diagnostic:
        message = f'slide "{self.slide.id}", box "{self.slot.name}": it would take more than {MOST} slides'
        return Diagnostic(message, self.slot.where, "cut it, or make several slides of it")


Fault = Shortfall | TooMany


class UnsplittableError(Exception):
    """What cannot be told on any number of slides."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


class Pieces(Struct, frozen=True):
    """What of one slot stands on slides of its own layout, one after the other, and what on slides of another."""

    here: tuple[Slot, ...]
    there: tuple[Slot, ...] = ()


def pieces(own: Space, theme: Theme) -> Pieces:
    """A slot's content, shared out. Raises UnsplittableError."""
    if isinstance(own.slot.content, TableContent):
        return Pieces(tuple(_rows(own, own.slot.content, theme)))
    assert own.row.continues_in
    assert isinstance(own.slot.content, Text)
    layout, name = own.row.continues_in
    if (layout, name) == (own.slide.layout, own.slot.name):
        return Pieces(tuple(_paragraphs(own, own.slot.content.paragraphs)))
    further = space(replace(own.slide, layout=layout), replace(own.slot, name=name, box=None), theme, own.brand)
    paragraphs = own.slot.content.paragraphs
    if own.slot.own_slide or own.excess(paragraphs[:1], own.steps[-1]) > 0:
        return Pieces((), tuple(_paragraphs(further, paragraphs)))
    return _first_and_rest(own, further, paragraphs)


def _paragraphs(own: Space, paragraphs: Sequence[Paragraph]) -> Iterator[Slot]:
    """A text on slides that are all alike, in the largest size that takes no more of them than the smallest."""
    _require_each(own, paragraphs)
    fewest = _count(own, paragraphs, own.steps[-1])
    if fewest is None:
        raise UnsplittableError(TooMany(own.slide, own.slot))
    size = next(size for size in own.steps if _count(own, paragraphs, size) == fewest)
    piled = shares.of_blocks(tuple(own.blocks(paragraphs, size)))
    _, room = own.room
    ends = shares.even(piled, shares.places(paragraphs, piled, room), room, fewest)
    assert ends, "what fits greedily fits evenly"
    written = shares.numbered(paragraphs, ends)
    for start, end in zip([0, *ends], ends, strict=False):
        yield replace(own.slot, content=Text(tuple(written[start:end]), size))


def _count(own: Space, paragraphs: Sequence[Paragraph], size: float) -> int | None:
    piled = shares.of_blocks(tuple(own.blocks(paragraphs, size)))
    _, room = own.room
    return shares.fewest(piled, shares.places(paragraphs, piled, room), room, MOST)


def _require_each(own: Space, paragraphs: Sequence[Paragraph], first: int = 1) -> None:
    """That no paragraph alone is too high; `first` is the number of the first in its slot."""
    over = [index for index, each in enumerate(paragraphs) if own.excess([each], own.steps[-1]) > 0]
    if over:
        alone = len(paragraphs) == 1 and first == 1
        raise UnsplittableError(
            *(
                own.text_shortfall([paragraphs[index]], "the text" if alone else f"its paragraph {first + index} alone")
                for index in over
            )
        )


def _first_and_rest(own: Space, further: Space, paragraphs: Sequence[Paragraph]) -> Pieces:
    """As much as there is room for stays; the rest goes on on slides of another layout."""
    best: tuple[int, float, int] | None = None
    for size in reversed(own.steps):
        end = _first_end(own, paragraphs, size)
        count = end and _count(further, paragraphs[end:], _nearest(further, size))
        if count and (best is None or count <= best[0]):
            best = (count, size, end)
    if best is None:
        end = _first_end(own, paragraphs, own.steps[-1])
        _require_each(further, paragraphs[end:], end + 1)
        raise UnsplittableError(TooMany(own.slide, own.slot))
    _, size, end = best
    written = shares.numbered(paragraphs, (end,))
    first = replace(own.slot, content=Text(tuple(written[:end]), size))
    return Pieces((first,), tuple(_paragraphs(further, written[end:])))


def _first_end(own: Space, paragraphs: Sequence[Paragraph], size: float) -> int:
    """How many paragraphs stay."""
    piled = shares.of_blocks(tuple(own.blocks(paragraphs, size)))
    _, room = own.room
    reach = piled.reach(0, room)
    return max((place for place in shares.places(paragraphs, piled, room) if place <= reach), default=0)


def _nearest(further: Space, size: float) -> float:
    return max((step for step in further.steps if step <= size), default=further.steps[-1])


def _rows(own: Space, content: TableContent, theme: Theme) -> Iterator[Slot]:
    """A table on several slides; what stands below it stands below the last part, so the others have its room."""
    used = {slot.name for slot in own.slide.slots} - {own.row.absorbs}
    wider = arrange_boxes(LAYOUTS[own.slide.layout], theme.boxes(own.slide.layout), used).get(
        own.slot.name, own.slot.box
    )
    early = replace(own, slot=replace(own.slot, box=wider))
    _require_rows(early, content)
    least = _row_ends(early, own, content, own.steps[-1])
    if least is None:
        raise UnsplittableError(TooMany(own.slide, own.slot))
    size, ends = own.steps[-1], least
    for tried in own.steps[:-1]:
        if (larger := _row_ends(early, own, content, tried)) and len(larger) == len(least):
            size, ends = tried, larger
            break
    needed = list(own.row_heights(content, size))
    told = load_labels(own.slide.language).deck.part_alt
    for index, (start, end) in enumerate(zip([0, *ends], ends, strict=False), 1):
        part = replace(
            content, rows=content.rows[start:end], alt=f"{content.alt} {told.format(part=index, parts=len(ends))}"
        )
        room = own if index == len(ends) else early
        yield room.table(part, size, [needed[0], *needed[1 + start : 1 + end]])


def _row_ends(early: Space, late: Space, content: TableContent, size: float) -> list[int] | None:
    """Where each part's rows end; None where there would be too many parts, or a row is too high for one."""
    heights = list(early.row_heights(content, size))
    room, last = (each.box.height / EMU_PER_POINT - heights[0] for each in (early, late))
    piled = shares.pile(heights[1:])
    allowed = range(1, len(piled))
    least = shares.fewest(piled, allowed, room, MOST)
    tries = range(least, min(MOST, len(piled)) + 1) if least else ()
    return next((ends for count in tries if (ends := shares.even(piled, allowed, room, count, last))), None)


def _require_rows(own: Space, content: TableContent) -> None:
    """That no row alone is too high, in the smallest size, below the table's head."""
    size = own.steps[-1]
    head, *rows = own.row_heights(content, size)
    room = own.box.height / EMU_PER_POINT - head
    if room <= 0:
        excess, words = -room, row_words(content.header)
        raise UnsplittableError(own.missing("its head alone", size, excess, ceil(words * excess / head)))
    over = [(number, row, height) for number, (row, height) in enumerate(zip(content.rows, rows, strict=True), 1)]
    over = [each for each in over if each[2] > room]
    if over:
        raise UnsplittableError(
            *(
                own.missing(f"its row {number} alone", size, high - room, ceil(row_words(row) * (1 - room / high)))
                for number, row, high in over
            )
        )


def parts(slide: Slide, fitted: Sequence[Slot], shared: Mapping[str, Pieces], ids: Collection[str]) -> list[Slide]:
    """The slides that one becomes, its titles still to be marked; `fitted` is what needed no sharing out."""
    rows = LAYOUTS[slide.layout].slots
    stacks = {slot.name: (slot,) for slot in fitted} | {name: each.here for name, each in shared.items()}
    count = max(len(each) for each in stacks.values())
    late = {row.absorbs for row in rows if row.kind == "table" and len(stacks.get(row.name, ())) > 1}
    made = []
    for index in range(count):
        slots: list[Slot] = []
        for row in rows:
            stack = stacks.get(row.name, ())
            at = 0 if row.repeats else index - (count - 1 if row.name in late else 0)
            slots += stack[at : at + 1] if at >= 0 else ()
        made.append(replace(slide, slots=tuple(slots)))
    for row in rows:
        for slot in shared[row.name].there if row.name in shared and row.continues_in else ():
            assert row.continues_in
            made.append(_further(slide, row.continues_in[0], slot, [each for each in fitted if _repeats(slide, each)]))
    return [_marked(slide, part, index, len(made), ids) for index, part in enumerate(made, 1)]


def _repeats(slide: Slide, slot: Slot) -> bool:
    row = LAYOUTS[slide.layout].slot(slot.name)
    return bool(row and row.repeats)


def _further(slide: Slide, layout: str, slot: Slot, repeated: Sequence[Slot]) -> Slide:
    """A slide of another layout, for a slot's rest."""
    slots = {each.name: each for each in (slot, *(replace(each, box=None) for each in repeated))}
    return replace(
        slide, layout=layout, slots=tuple(slots[row.name] for row in LAYOUTS[layout].slots if row.name in slots)
    )


def _marked(slide: Slide, part: Slide, index: int, count: int, ids: Collection[str]) -> Slide:
    """The part with its number and id; what is to be said stands with the first."""
    if index == 1:
        return replace(part, part=(index, count))
    name = f"{slide.id}--{index}"
    while name in ids:
        name += "-"
    title = [run for each in slide.slots if each.name == "title" for run in runs_of(each.content)]
    before, after = load_labels(slide.language).deck.continued.split("{title}")
    words = (Run(before), *title, Run(after))
    return replace(part, id=name, part=(index, count), notes=(Paragraph(words),))


def suffix(slide: Slide) -> str:
    """What marks a part's title: " (1 of 2)"; it keeps together."""
    assert slide.part
    part, parts = slide.part
    return " " + load_labels(slide.language).deck.part.format(part=part, parts=parts).replace(" ", NBSP)


def titled(made: Sequence[Slide], theme: Theme, brand: Brand) -> list[Slide]:
    """The parts with their titles marked, those of one layout in one size. Raises UnsplittableError."""
    found = []
    sizes: dict[str, float] = {}
    for slide in made:
        for title in (slot for slot in slide.slots if slot.name == "title" and isinstance(slot.content, Text)):
            fitted = _title(slide, title, theme, brand)
            size = fitted.content.size or 0 if isinstance(fitted.content, Text) else 0
            sizes[slide.layout] = min(size, sizes.get(slide.layout, size))
    for slide in made:
        slots = []
        for slot in slide.slots:
            if slot.name == "title":
                slots.append(_title(slide, slot, theme, brand, sizes[slide.layout]))
            elif _repeats(slide, slot):
                own = space(replace(slide, part=None), slot, theme, brand)
                if not (again := own.fitted()):
                    raise UnsplittableError(own.shortfall())
                slots.append(again)
            else:
                slots.append(slot)
        found.append(replace(slide, slots=tuple(slots)))
    return found


def _title(slide: Slide, title: Slot, theme: Theme, brand: Brand, size: float | None = None) -> Slot:
    """A title with its mark, in the largest size in which it fits, or in this one."""
    assert isinstance(title.content, Text)
    mark = suffix(slide)
    marked = replace(title, content=Text(suffixed(title.content.paragraphs, mark)))
    own = space(slide, marked, theme, brand)
    if fitted := own.fitted((size,) if size else ()):
        return fitted
    raise UnsplittableError(own.text_shortfall(title.content.paragraphs, f"the title with “{mark.strip()}”", mark))
