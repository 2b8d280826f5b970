"""Share the validator, the bundled handout, and a way from a deck as a value to its handout."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from reportgen import brand, deck, handout
from reportgen.brief import load_brief
from reportgen.deck.theme import build_default
from reportgen.deck.values import Deck, TableContent, Text
from reportgen.markup.templates import template_folders
from reportgen.pdf.reading.pdf_reader import Pdf, read_pdf
from reportgen.pdf.typesetting import typeset
from tests.conftest import BUNDLED
from tests.documents import workers
from tests.verapdf import verapdf

__all__ = ["verapdf"]


@dataclass
class Maker:
    """A brief's file, its compiled deck, and the handout of that deck or of one that a test has changed."""

    path: Path

    def __post_init__(self):
        self.brief, self.brand = load_brief(self.path), brand.load(self.path.parent)
        self.folders = template_folders(self.path.parent)
        self.deck = deck.compile_brief(self.brief, self.brand, self.folders, build_default(self.brand))

    def pdf(self, changed: Deck | None = None, **options) -> bytes:
        plan = handout.plan_handout(changed or self.deck, self.brief, self.brand, self.folders, **options)
        return typeset(plan, self.brief, workers()).result()

    def pdf_drawn_anew(self) -> bytes:
        return handout.render_handout(self.deck, self.brief, self.brand, self.folders)

    def with_slide(self, name: str, **changes) -> Deck:
        """The deck, one of its slides changed."""
        slides = tuple(replace(slide, **changes) if slide.id == name else slide for slide in self.deck.slides)
        return replace(self.deck, slides=slides)

    def of_slides(self, *slides) -> Deck:
        """The deck with these slides alone."""
        return replace(self.deck, slides=slides)

    def slide(self, name: str):
        return next(slide for slide in self.deck.slides if slide.id == name)


def letters(text: str) -> str:
    """Return a text without spaces and in one case, since line breaks and capitals do not change its meaning."""
    return re.sub(r"\s+", "", text).casefold()


def printed(pdf: bytes) -> str:
    """Return the whole text in reading order, running text last, as `letters`."""
    found = opened(pdf)
    return letters(" ".join(span.text for span in sorted(found.spans, key=lambda span: span.role == "Artifact")))


@cache
def opened(pdf: bytes) -> Pdf:
    return read_pdf(pdf, "handout.pdf")


def said_by(slide) -> list[str]:
    """Return every text of a slide and of its notes: titles, points, cells, words to say."""
    found = []
    for slot in slide.slots:
        if isinstance(slot.content, Text):
            found += [paragraph.text for paragraph in slot.content.paragraphs]
        elif isinstance(slot.content, TableContent):
            found += ["".join(run.text for run in cell.runs) for row in slot.content.all_rows for cell in row]
    return found + [paragraph.text.removeprefix("Evidence:") for paragraph in slide.notes]


@pytest.fixture(scope="session")
def bundled() -> Maker:
    return Maker(BUNDLED)


@pytest.fixture(scope="session")
def bundled_pdf(bundled) -> bytes:
    return bundled.pdf()


@pytest.fixture(scope="session")
def bundled_on(bundled, bundled_pdf) -> dict[str, bytes]:
    """The handouts by paper; in the last, entries run over pages."""
    table = next(slot.content for slot in bundled.slide("_decisions").slots if isinstance(slot.content, TableContent))
    long = replace(table, rows=table.rows * 9)
    changed = bundled.with_slide(
        "_decisions",
        slots=tuple(
            replace(slot, content=long) if slot.content is table else slot for slot in bundled.slide("_decisions").slots
        ),
        notes=bundled.slide("_decisions").notes * 20,
    )
    return {"letter": bundled_pdf, "a4": bundled.pdf(paper="a4"), "long": bundled.pdf(changed)}


@pytest.fixture
def small(write_brief) -> Maker:
    return Maker(write_brief())
