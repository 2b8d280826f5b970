"""The briefing deck: brief -> strict HTML -> Deck -> fitted Deck -> .pptx bytes.

`render_deck` takes every step, `render_stages` keeps what each of them returned, and the other functions take one step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from msgspec import Struct

from reportgen.charts.base import Chart
from reportgen.deck import theme as themes
from reportgen.deck.compile import origin
from reportgen.deck.compile.compiler import compile_deck
from reportgen.deck.fit.fitting import fit_deck, fits_one_slide
from reportgen.deck.theme import Theme
from reportgen.deck.values import Deck, Properties, Slide
from reportgen.deck.write.writer import write_deck
from reportgen.system.creation_time import find_creation_time
from reportgen.system.errors import FitError
from reportgen.text.blocks import has_blocks, render_blocks, render_items
from reportgen.text.languages import load_labels
from reportgen.text.numbers import NBSP, format_long_date, format_short_date

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brand.page_style import PageStyle
    from reportgen.brief.model import Brief

__all__ = [
    "DeckStages", "collect_properties", "compile_brief", "compile_deck", "compose_html", "fit_deck", "load_theme",
    "render_deck", "render_stages", "write_deck",
]  # fmt: skip

TEMPLATE = "deck/briefing.html"
FURNITURE = {"footer": "title", "date": "date"} | dict.fromkeys(("marking", "designation", "distribution"), "marking")
"""The slots that no template fills, and the keys of the brief that their words come from."""
SQUEEZES = 3
"""Steps that save slides to keep a budget: without the divider, one exhibit a topic, one slide of findings for each kind of topic."""
MOST_PRINTED = 10_000_000  # letters of the deck's HTML: thousands of slides
FILLED_IN = f"{TEMPLATE} as filled in"  # lines and columns count in the template's output, not in the template


class DeckStages(Struct, frozen=True):
    """A rendered deck: the deck as compiled and as fitted, its theme, and the file's bytes."""

    compiled: Deck
    fitted: Deck
    theme: Theme
    data: bytes


def render_deck(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme | None = None) -> bytes:
    """Return the deck of a brief as the bytes of a .pptx file; without a `theme`, the brand's is used."""
    return render_stages(brief, brand, folders, theme).data


def render_stages(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme | None = None) -> DeckStages:
    """Render the deck of a brief and return every stage; without a `theme`, the brand's is used.

    Raises
    ------
    TemplateError, FileError
        when a template or the theme cannot be used.
    FitError
        when some slot's text does not fit; it lists all of them.
    """
    theme = theme or load_theme(brand)
    compiled = compile_brief(brief, brand, folders, theme)
    fitted = fit_deck(compiled, theme, theme.adapt_brand(brand))
    return DeckStages(compiled, fitted, theme, write_deck(fitted, theme, brand))


def compile_brief(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme) -> Deck:
    """Return the deck of a brief before its sizes are chosen; an audit compares a finished file with it.

    Raises
    ------
    TemplateError, FitError
        as `compile_deck` does; FitError also when the deck has more slides than the brief allows, whatever may be left out.
    """
    compiled = _compile(brief, brand, folders, theme, 0)
    for squeeze in range(1, SQUEEZES + 1) if brief.slides else ():
        if _count_slides(compiled, theme, brand) <= (brief.slides or 0):
            return compiled
        compiled = _compile(brief, brand, folders, theme, squeeze)
    if brief.slides and not brief.is_draft and (count := _count_slides(compiled, theme, brand)) > brief.slides:
        message = f"the deck has {count} slides, and `slides` allows {brief.slides}"
        raise FitError(message, brief.where("slides"), _suggest_cuts(brief, compiled, count - brief.slides))
    return compiled


def _compile(brief: Brief, brand: Brand, folders: Sequence[Path], theme: Theme, squeeze: int) -> Deck:
    html, properties, origins = (
        compose_html(brief, folders, squeeze),
        collect_properties(brief, brand.page),
        origin.map_origins(brief),
    )
    adapted = theme.adapt_brand(brand)

    def fits(slide: Slide) -> bool:
        return fits_one_slide(slide, theme, adapted)

    return compile_deck(html, FILLED_IN, properties, brief.exhibits, theme, adapted, origins, fits)


def _count_slides(deck: Deck, theme: Theme, brand: Brand) -> int:
    return len(fit_deck(deck, theme, theme.adapt_brand(brand)).slides)


def _suggest_cuts(brief: Brief, deck: Deck, excess: int) -> str:
    """Return what may be cut to save `excess` slides: the exhibits with slides of their own, last first."""
    names = [slide.id for slide in reversed(deck.slides) if slide.id in brief.exhibits]
    count = f"{excess} slide{'s' if excess > 1 else ''}"
    if not names:
        return f"cut {count}: join topics, or shorten the texts that continue on another slide"
    return f"cut {count}: join topics, or set `only: memo` for exhibits ({', '.join(names)})"


def compose_html(brief: Brief, folders: Sequence[Path], squeeze: int = 0) -> str:
    """Fill in the deck's template and return its strict HTML, with the marks of the trace (`text/trace.py`).

    From 1 on, `squeeze` leaves out slides to keep a budget.
    """
    from reportgen.brief.traced_brief import trace_brief
    from reportgen.markup.templates import render_template

    traced = trace_brief(brief)
    filters: dict[str, Callable[..., Any]] = {
        "inline": brief.markup,
        "prose": lambda text, lead="": render_blocks(text, brief.markup, escape(lead)),
        "has_blocks": has_blocks,
        "items": lambda text: render_items(text, brief.markup),
        "source_line": lambda name: traced.source_line(traced.exhibits[name]),
        "exhibit_quotes": lambda name: brief.exhibit_quotes(brief.exhibits[name]),
        "plain": brief.plain,
        "date": lambda date: date.format(brief.writing),
        "long_date": lambda day: format_long_date(day, brief.writing),
        "short_date": lambda day, year=None: format_short_date(day, year, brief.writing),
    }
    html = render_template(
        TEMPLATE,
        folders,
        filters,
        most_printed=MOST_PRINTED,
        brief=traced,
        labels=load_labels(brief.writing),
        squeeze=squeeze,
        memo_only=[name for name, exhibit in brief.exhibits.items() if exhibit.only == "memo"],
        charts=[name for name, exhibit in brief.exhibits.items() if isinstance(exhibit, Chart)],
        key_references=[f"${{{number.fact}}}" for number in brief.key_numbers],
    )
    if not brief.gaps:
        return html
    from reportgen.markup.gap_marks import mark_gaps

    return mark_gaps(html, brief.gaps)


def load_theme(brand: Brand) -> Theme:
    """Return the theme that the brand names, else our own in the brand's colours and typefaces."""
    return themes.read_theme(brand.theme) if brand.theme else themes.build_default(brand)


def collect_properties(brief: Brief, page: PageStyle | None = None) -> Properties:
    """Return the deck's properties; it was created on the brief's date, or at SOURCE_DATE_EPOCH where that is set.

    The foot of its slides has the house's line in the place of the title, and its marking the house's color.
    """
    title, marks = brief.plain(brief.title), brief.marks
    keys = FURNITURE | {"marking": marks.key}
    return Properties(
        title=title,
        author=brief.organization or ", ".join(brief.sender),
        created=find_creation_time(brief.date).replace(tzinfo=None),
        subject=brief.plain(brief.subject or brief.subtitle or ""),
        language=brief.language if "-" in brief.language else {"en": "en-US"}.get(brief.language, brief.language),
        writing=brief.writing,
        footer=(page and page.footer) or title,
        banner=page.find_banner_color(marks.lines) if page else "",
        date=format_long_date(brief.date, brief.writing).replace(NBSP, " "),
        marks=marks,
        locations={slot: place for slot, key in keys.items() if (place := brief.where(key))},
    )
