"""Trials of briefs: loaded, compiled, fitted, written, checked, drawn by LibreOffice and inspected."""

from __future__ import annotations

import re
import shutil
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from reportgen import deck
from reportgen.brand import Brand
from reportgen.brief.model import Brief
from reportgen.deck.fit.fit_report import measure_boxes
from reportgen.deck.proof import office
from reportgen.deck.theme import Theme
from reportgen.deck.values import Deck
from reportgen.markup.templates import template_folders
from reportgen.system.errors import FitError, ReportgenError

from . import checks, drawn
from .briefs import RandomBrief, shorten
from .checks import Fault

PAINT = ("-aa", "no", "-aaVector", "no")
ATTEMPTS = 6
SLIDE = re.compile(r'slide "([^"]+)"')
Outcome = Literal["fitted", "reduced", "refused", "invalid", "crashed"]
"""Reduced: refused as it was written, and drawn with less on the slides that were refused."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome of one brief, with its faults and the kinds of its refusals."""

    seed: str
    wild: str
    theme: str
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    refusals: tuple[str, ...] = ()
    slides: int = 0
    continued: int = 0
    estimated: int = 0
    boxes: int = 0

    @property
    def good(self) -> bool:
        return self.outcome in ("fitted", "reduced", "refused") and not self.faults


@dataclass(frozen=True, slots=True)
class WrittenDeck:
    """A deck that was written, and its trial so far."""

    trial: Trial
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.trial.theme}-{self.trial.seed}"


def run_trials(briefs: Iterable[RandomBrief], name: str, theme: Theme, brand: Brand, folder: Path) -> list[Trial]:
    """Every brief's trial; those that fit are drawn by one run of LibreOffice. The folder is the caller's own."""
    results = [start_trial(each, name, theme, brand, folder) for each in briefs]
    decks = [each for each in results if isinstance(each, WrittenDeck)]
    found = find_ink_faults({each.name: each.data for each in decks}, brand, folder)
    looked = [replace(each.trial, faults=each.trial.faults + found[each.name]) for each in decks]
    return looked + [each for each in results if isinstance(each, Trial)]


def start_trial(random_brief: RandomBrief, name: str, theme: Theme, brand: Brand, folder: Path) -> Trial | WrittenDeck:
    """A brief's deck, checked but not drawn. Where slides are refused, the brief is tried again with less on them."""
    trial = Trial(random_brief.seed, random_brief.wild, name, "fitted")
    refusals: list[str] = []
    for _ in range(ATTEMPTS):
        try:
            brief = random_brief.load(folder)
            compiled = deck.compile_brief(brief, brand, template_folders(brief.folder), theme)
            fitted = deck.fit_deck(compiled, theme, theme.adapt_brand(brand))
            data = deck.write_deck(fitted, theme, brand)
        except FitError as error:
            refusals += [_kind(each.message) for each in error.diagnostics]
            random_brief = shorten(random_brief, set(SLIDE.findall(str(error))))
        except ReportgenError as error:
            return replace(trial, outcome="invalid", faults=(Fault("invalid", random_brief.seed, str(error)[:2000]),))
        except Exception:
            return replace(
                trial, outcome="crashed", faults=(Fault("crash", random_brief.seed, traceback.format_exc()[-3000:]),)
            )
        else:
            outcome: Outcome = "reduced" if refusals else "fitted"
            trial = replace(trial, outcome=outcome, refusals=tuple(refusals))
            return _checked(trial, brief, compiled, fitted, data, theme, brand, folder)
    return replace(trial, outcome="refused", refusals=tuple(refusals))


def _checked(
    trial: Trial, brief: Brief, compiled: Deck, fitted: Deck, data: bytes, theme: Theme, brand: Brand, folder: Path
) -> WrittenDeck:
    path = folder / f"{trial.theme}-{trial.seed}.pptx"
    path.write_bytes(data)
    faults = [
        *checks.invalid(path),
        *checks.lost_words(brief, compiled, fitted, theme, data),
        *checks.small_type(fitted),
    ]
    boxes = measure_boxes(fitted, theme, theme.adapt_brand(brand))
    return WrittenDeck(
        replace(
            trial,
            faults=tuple(faults),
            slides=len(fitted.slides),
            continued=len(fitted.slides) - len(compiled.slides),
            estimated=sum(each.status == "estimated" for each in boxes),
            boxes=len(boxes),
        ),
        data,
    )


def find_ink_faults(decks: Mapping[str, bytes], brand: Brand, folder: Path) -> dict[str, tuple[Fault, ...]]:
    """Return ink outside the boxes of decks, drawn in one run of LibreOffice."""
    copies = {name: drawn.marked(data) for name, data in decks.items()}
    paths = [folder / f"{name}-drawn.pptx" for name in copies]
    for path, copy in zip(paths, copies.values(), strict=True):
        path.write_bytes(copy.data)
    pdfs = office.convert(paths, folder, brand, "pdf") if paths else ()
    return {
        name: tuple(checks.stray_ink(copy, find_inks(pdf, folder)))
        for (name, copy), pdf in zip(copies.items(), pdfs, strict=True)
    }


def find_inks(pdf: Path, folder: Path) -> dict[int, dict[int, drawn.Ink]]:
    """For each page the ink of its colours."""
    pictures = folder / f"{pdf.stem}-pages"
    pictures.mkdir(exist_ok=True)
    try:
        pages = office.draw_pages(pdf, pictures, drawn.DPI, *PAINT)
        return {number: drawn.inks(page) for number, page in enumerate(pages, 1)}
    finally:
        shutil.rmtree(pictures)


def _kind(message: str) -> str:
    """Return a diagnostic without the names and numbers of its brief."""
    message = re.sub(r"“[^”]*”|\"(?:[^\"]|\"(?=\w))*\"", "…", message)
    return re.sub(r"\d+(\.\d+)?", "N", message)[:120]
