"""A copy's stamp is no alteration: it is taken out of the file's text before that is compared, and judged by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reportgen.audit.align import Region, align
from reportgen.audit.audit_report import Draft, Place
from reportgen.audit.judge import judge
from reportgen.audit.origins import Mark, Origins
from reportgen.text.numbers import format_long_date
from reportgen.text.stamp_text import clean_line, parse_stamp, split_stamp

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.deck.reading.deck_reader import ReadDeck, ReadShape
    from reportgen.pdf.reading.pdf_reader import Pdf


class Stamps(Struct, frozen=True):
    """The stamps of a file, and the pages or slides that it has."""

    found: Sequence[Region]
    everywhere: Sequence[Place]

    def judge(self, brief: Brief, origins: Origins, draft: Draft) -> None:
        """All must say the same, on every page or slide if on any, and name the brief's own date."""
        if not self.found:
            return
        most, _ = Counter(clean_line(region.text) for region in self.found).most_common(1)[0]
        stamp = parse_stamp(most)
        assert stamp
        said = replace(
            stamp, date=clean_line(format_long_date(brief.date, brief.language)), language=brief.language
        ).text
        expected = Region(said, Place(), (Mark(0, len(said), "structural", "stamp"),))
        for region in self.found:
            judge(align([expected], [region]), origins, draft, region.place)
        stamped = {(region.place.page, region.place.slide) for region in self.found}
        for place in self.everywhere:
            if (place.page, place.slide) not in stamped:
                draft.finding("missing", f"the stamp “{said}” is missing here", place, "warning", before=said)


def unstamped_pdf(pdf: Pdf) -> tuple[Pdf, Stamps]:
    """The file without its stamps, and those. Only running text can be one; a file without tags does not say which is."""
    found = [span for span in pdf.spans if (span.role == "Artifact" or not pdf.tagged) and parse_stamp(span.text)]
    spans = tuple(span for span in pdf.spans if span not in found)
    regions = [Region(span.text, Place(span.page, shape="stamp")) for span in found]
    return replace(pdf, spans=spans), Stamps(regions, [Place(page=page) for page in range(1, pdf.pages + 1)])


def unstamped_deck(deck: ReadDeck) -> tuple[ReadDeck, Stamps]:
    """The deck without the stamps in its footers, and those; a footer that is nothing else goes."""
    slides, found = [], []
    for slide in deck.slides:
        shapes, stamps = _unstamped(slide.shapes)
        notes, below = _unstamped(slide.notes)
        slides.append(replace(slide, shapes=shapes, notes=notes))
        found += [Region(text, Place(slide=slide.number, shape="stamp")) for text in stamps]
        found += [Region(text, Place(slide=slide.number, shape="notes, stamp")) for text in below]
    return replace(deck, slides=tuple(slides)), Stamps(found, [Place(slide=slide.number) for slide in slides])


def _unstamped(shapes: Iterable[ReadShape]) -> tuple[tuple[ReadShape, ...], list[str]]:
    left: list[ReadShape] = []
    found: list[str] = []
    for shape in shapes:
        before, stamp = split_stamp(shape.paragraphs[-1]) if shape.holds == "ftr" and shape.paragraphs else ("", "")
        if stamp:
            found.append(stamp)
            shape = replace(shape, paragraphs=(*shape.paragraphs[:-1], *([before] if before else [])))
        if not stamp or shape.text:
            left.append(shape)
    return tuple(left), found
