"""The stamps of a copy: taken out of the file's text before that is compared, and checked by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reportgen.audit.align import Region
from reportgen.audit.audit_report import Place, ReportBuilder
from reportgen.audit.comparison import compare
from reportgen.audit.origins import Origins
from reportgen.text.numbers import format_long_date
from reportgen.text.stamp_text import clean_line, parse_stamp, split_stamp

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.deck.view.view_values import Deck, Shape
    from reportgen.pdf.reading.pdf_reader import Pdf


class Stamps(Struct, frozen=True):
    """The stamps of a file, and its pages or slides."""

    found: Sequence[Region]
    places: Sequence[Place]
    boxes: Sequence[tuple[int, tuple[float, float, float, float]]] = ()
    """Each stamp's page, and its left, top, right and bottom as shares of the page."""

    def check(self, brief: Brief, origins: Origins, report: ReportBuilder) -> None:
        """Report stamps that differ from one another or from the brief's date, and pages that have none."""
        if not self.found:
            return
        commonest, _ = Counter(clean_line(region.text) for region in self.found).most_common(1)[0]
        stamp = parse_stamp(commonest)
        assert stamp
        text = replace(stamp, date=clean_line(format_long_date(brief.date, brief.writing)), language=brief.writing).text
        for region in self.found:
            compare([Region.structural(text, "stamp")], [region], origins, report, region.place)
        stamped = {(region.place.page, region.place.slide) for region in self.found}
        for place in self.places:
            if (place.page, place.slide) not in stamped:
                report.add("missing", f"the stamp “{text}” is missing here", place, "warning", before=text)


def split_pdf_stamps(pdf: Pdf) -> tuple[Pdf, Stamps]:
    """Return the file without its stamps, and the stamps. Only running text can be one, where tags say which that is."""
    found = [span for span in pdf.spans if (span.role == "Artifact" or not pdf.tagged) and parse_stamp(span.text)]
    spans = tuple(span for span in pdf.spans if span not in found)
    regions = [Region(span.text, Place(span.page, shape="stamp")) for span in found]
    width, height = (max(1.0, side) for side in pdf.size)
    boxes = [
        (span.page, (left / width, 1 - high / height, right / width, 1 - low / height))
        for span in found
        for left, low, right, high in [span.box]
    ]
    return replace(pdf, spans=spans), Stamps(regions, [Place(page=page) for page in range(1, pdf.pages + 1)], boxes)


def split_deck_stamps(deck: Deck) -> tuple[Deck, Stamps]:
    """Return the deck without the stamps in its footers, and the stamps. A footer with nothing else is removed."""
    slides, found, boxes = [], [], []
    for slide in deck.slides:
        shapes, stamps = _split_footers(slide.all_shapes)
        for shape in slide.all_shapes if stamps else ():
            if shape.placeholder == "ftr" and (box := shape.box) and deck.width and deck.height:
                sides = (box.x / deck.width, box.y / deck.height, box.right / deck.width, box.bottom / deck.height)
                boxes.append((slide.number, sides))
        notes, notes_stamps = _split_footers(slide.notes)
        slides.append(replace(slide, all_shapes=shapes, notes=notes))
        found += [Region(text, Place(slide=slide.number, shape="stamp")) for text in stamps]
        found += [Region(text, Place(slide=slide.number, shape="notes, stamp")) for text in notes_stamps]
    return replace(deck, slides=tuple(slides)), Stamps(found, [Place(slide=slide.number) for slide in slides], boxes)


def _split_footers(shapes: Iterable[Shape]) -> tuple[tuple[Shape, ...], list[str]]:
    kept: list[Shape] = []
    stamps: list[str] = []
    for shape in shapes:
        last = shape.paragraphs[-1] if shape.placeholder == "ftr" and shape.paragraphs else None
        before, stamp = split_stamp(last.marked_text) if last else ("", "")
        if last and stamp:
            stamps.append(stamp)
            rest = [replace(last, runs=(replace(last.runs[0], text=before, raised=False),))] if before else []
            shape = replace(shape, paragraphs=(*shape.paragraphs[:-1], *rest))
        if not stamp or shape.text:
            kept.append(shape)
    return tuple(kept), stamps
