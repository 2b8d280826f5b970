"""Collect what a Word memo is written from: the composed HTML as values, the brand's looks, and the pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen import fonts
from reportgen.charts.style import Style
from reportgen.markup import subset
from reportgen.memo.memo_elements import MEMO
from reportgen.memo.memo_html import SIDE, MemoMarkup, Tabular, compose, fit_profile
from reportgen.memo.profiles import Profile, find_profile
from reportgen.pdf.drawings import load_or_draw
from reportgen.pdf.paper import Paper, find_paper, find_sides
from reportgen.system.creation_time import find_creation_time
from reportgen.text.languages import find_direction
from reportgen.text.trace import strip_marks
from reportgen.word import BRIEF, COPY, FINGERPRINT, FORM, PAPER, find_fingerprint
from reportgen.word.conversion import convert_memo
from reportgen.word.logo_picture import read_emblem
from reportgen.word.oxml.styles_xml import Looks
from reportgen.word.table_columns import Measures
from reportgen.word.word_values import WordMemo
from reportgen.word.word_writer import Drawing, FileProperties, Running, Sheet, WordJob

if TYPE_CHECKING:
    from lxml import etree

    from reportgen.brand import Brand
    from reportgen.brief.model import Brief
    from reportgen.pdf.drawings import Charts
    from reportgen.pdf.typesetting import Workers

SIGNS = {"ar": "ا", "fa": "ا", "ur": "ا", "he": "א", "ko": "가", "ja": "あ", "zh": "中"}
"""A letter of each script that a brand's Latin faces may lack."""
SYSTEM_FACES = {"ko": "Malgun Gothic", "ja": "Yu Gothic", "zh": "Microsoft YaHei"}
"""The faces that Word has for scripts, where the brand has none."""
DEFAULT_LANGUAGES = ("ko-KR", "ar-SA")
"""The languages of scripts that a document does not use: Word wants one of each."""


def start_memo(
    brief: Brief, brand: Brand, folders: Sequence[Path], paper: str | None, profile: str | None, copy: str = ""
) -> tuple[MemoMarkup, Paper, Profile]:
    """Compose the memo's HTML, on a paper and in a form."""
    form = find_profile(profile or brief.profile, copy)
    sheet = find_paper(paper, brief.language, brand)
    return compose(brief, brand, folders, sheet, form), sheet, fit_profile(form, brand, sheet)


def convert_markup(markup: MemoMarkup, brand: Brand, measure: float) -> tuple[WordMemo, etree._Element]:
    """Return a memo's HTML as values of a document, and its root; raise TemplateError for what the grammar forbids."""
    root = subset.parse(markup.traced_html, markup.template, MEMO)
    style = Style.memo(brand)
    charts = widen_charts(markup, measure)
    sizes = {name: (width, chart.scene(width, style).height) for name, (chart, width) in charts.items()}
    sizes |= {each.name: read_emblem(each, brand)[1] for each in brand.emblems}
    shares = {
        f"exhibit-{name}": exhibit.table().widths
        for name, exhibit in markup.exhibits.items()
        if isinstance(exhibit, Tabular)
    }
    return convert_memo(root, Measures(sizes, measure, shares, style)), root


def plan_word(
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str | None = None,
    profile: str | None = None,
    workers: Workers | None = None,
    copy: str = "",
) -> WordJob:
    """Return everything that the file is written from; for parameters and errors see `render_word`."""
    markup, sheet, form = start_memo(brief, brand, folders, paper, profile, copy)
    memo, root = convert_markup(markup, brand, form.measure)
    running = markup.running
    return WordJob(
        memo,
        find_looks(brief, brand),
        _plan_sheet(sheet, brand, form.measure),
        Running(
            running["title"],
            running["kind"],
            (running["page"], running["of"], running["pages"]),
            brief.marks.lines,
            running.get("footer", ""),
        ),
        _collect_properties(root, brief, markup, sheet, form),
        _draw(widen_charts(markup, form.measure), brand, workers),
    )


def _plan_sheet(paper: Paper, brand: Brand, measure: float) -> Sheet:
    """Return the paper with its margins."""
    left, right = find_sides(brand, paper, measure)
    sheet = Sheet(paper.width, paper.height, left, right)
    margins = brand.page.margins
    return replace(sheet, top=margins.top, bottom=margins.bottom) if margins else sheet


def find_looks(brief: Brief, brand: Brand) -> Looks:
    """Return the brand's colours and typefaces, with the faces and tags of the brief's language."""
    language = complete_tag(brief.language)
    base = language.partition("-")[0]
    is_rtl = find_direction(brief.language) == "rtl"
    is_east_asian = base in SYSTEM_FACES
    east_asian, complex_language = DEFAULT_LANGUAGES
    return Looks(
        brand.colors,
        brand.serif,
        brand.sans,
        _find_face(brand, base) if is_rtl else "",
        _find_face(brand, base) if is_east_asian else "",
        "en-US" if is_rtl or is_east_asian else language,
        language if is_east_asian else east_asian,
        language if is_rtl else complex_language,
        is_rtl,
        brand.page.size,
        brand.page.find_banner_color(brief.marks.lines),
    )


def complete_tag(language: str) -> str:
    """Return a language tag with a region, which Word expects: "ko-KR" for "ko"."""
    from babel.core import get_global

    if "-" in language:
        return language
    likely = get_global("likely_subtags").get(language, "")
    region = likely.rpartition("_")[2]
    return f"{language}-{region}" if region else language


def _find_face(brand: Brand, language: str) -> str:
    """Return the first family of the brand that has a language's letters."""
    sign = SIGNS.get(language, "")
    for family in fonts.list_paper_families(brand, brand.serif):
        if sign and ord(sign) in fonts.faces.read_characters(fonts.find_face(brand, family).path):
            return family
    return SYSTEM_FACES.get(language, "")


def widen_charts(markup: MemoMarkup, measure: float) -> Charts:
    """Return a memo's charts with their widths: those beside the text of a PDF have all of its width, as Word's text flows below."""
    return {name: (chart, measure if width == SIDE else width) for name, (chart, width) in markup.charts.items()}


def _draw(charts: Charts, brand: Brand, workers: Workers | None) -> Mapping[str, Drawing]:
    """Return the pictures by name: charts as bitmap and SVG, and the brand's logo."""
    cache, executor = (workers.cache, workers.drawing) if workers else (None, None)
    bitmaps = load_or_draw(charts, brand, cache, executor, "png")
    outlines = load_or_draw(charts, brand, cache, executor, "outlines")
    drawings = {name: Drawing(bitmaps[name], outlines[name]) for name in charts}
    return drawings | {each.name: read_emblem(each, brand)[0] for each in brand.emblems}


def _collect_properties(
    root: etree._Element, brief: Brief, markup: MemoMarkup, paper: Paper, form: Profile
) -> FileProperties:
    metas = [(meta.get("name", ""), meta.get("content", "")) for meta in root.iter("meta")]
    head = dict(metas)
    return FileProperties(
        strip_marks(root.findtext("head/title") or ""),
        "; ".join(content for name, content in metas if name == "author"),
        head.get("description", ""),
        head.get("keywords", ""),
        complete_tag(brief.language),
        find_creation_time(brief.date),
        {
            BRIEF: brief.slug,
            FINGERPRINT: find_fingerprint(markup),
            FORM: form.name,
            PAPER: paper.name,
            **({COPY: form.copy} if form.copy else {}),
        },
        brief.marks.banner,
    )
