"""A copy's stamp is no alteration: it is taken out of the file's text before that is compared, and judged by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.audit.align import Region, align
from reportgen.audit.judge import judge
from reportgen.audit.origins import Mark, Origins
from reportgen.audit.report import Draft, Place
from reportgen.deck.read import ReadDeck, ReadShape
from reportgen.numbers import long_date
from reportgen.pdf.read import Pdf
from reportgen.stamps import exact_stamp, plain, without_stamp

if TYPE_CHECKING:
    from reportgen.brief.model import Brief


def unstamped_pdf(pdf: Pdf) -> tuple[Pdf, list[Region]]:
    """The file without its stamps, and those. Only running text can be one; a file without tags does not say which is."""
    found = [span for span in pdf.spans if (span.role == "Artifact" or not pdf.tagged) and exact_stamp(span.text)]
    spans = tuple(span for span in pdf.spans if span not in found)
    return replace(pdf, spans=spans), [Region(span.text, Place(span.page, shape="stamp")) for span in found]


def unstamped_deck(deck: ReadDeck) -> tuple[ReadDeck, list[Region]]:
    """The deck without the stamps in its footers, and those; a footer that is nothing else goes."""
    slides, found = [], []
    for slide in deck.slides:
        shapes, stamps = _unstamped(slide.shapes)
        notes, below = _unstamped(slide.notes)
        slides.append(replace(slide, shapes=shapes, notes=notes))
        found += [Region(text, Place(slide=slide.number, shape="stamp")) for text in stamps]
        found += [Region(text, Place(slide=slide.number, shape="notes, stamp")) for text in below]
    return replace(deck, slides=tuple(slides)), found


def _unstamped(shapes: Iterable[ReadShape]) -> tuple[tuple[ReadShape, ...], list[str]]:
    left: list[ReadShape] = []
    found: list[str] = []
    for shape in shapes:
        before, stamp = without_stamp(shape.paragraphs[-1]) if shape.holds == "ftr" and shape.paragraphs else ("", "")
        if stamp:
            found.append(stamp)
            shape = replace(shape, paragraphs=(*shape.paragraphs[:-1], *([before] if before else [])))
        if not stamp or shape.text:
            left.append(shape)
    return tuple(left), found


def judge_stamps(
    brief: Brief, found: Sequence[Region], everywhere: Iterable[Place], origins: Origins, draft: Draft
) -> None:
    """All must say the same, on every page or slide if on any, and name the brief's own date."""
    if not found:
        return
    most, _ = Counter(plain(region.text) for region in found).most_common(1)[0]
    stamp = exact_stamp(most)
    assert stamp
    said = replace(stamp, date=plain(long_date(brief.date, brief.language)), language=brief.language).text
    expected = Region(said, Place(), (Mark(0, len(said), "structural", "stamp"),))
    for region in found:
        judge(align([expected], [region]), origins, draft, region.place)
    stamped = {(region.place.page, region.place.slide) for region in found}
    for place in everywhere:
        if (place.page, place.slide) not in stamped:
            draft.finding("missing", f"the stamp “{said}” is missing here", place, "warning", before=said)
