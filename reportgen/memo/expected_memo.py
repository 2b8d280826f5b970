"""What a memo prints, as plain values, for whoever holds a finished file against its brief."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from msgspec import Struct

from reportgen import brand as brands, fonts
from reportgen.brief.marks import Marks
from reportgen.brief.model import Brief
from reportgen.charts.scene import Scene, SceneText
from reportgen.charts.style import Style
from reportgen.markup.templates import template_folders
from reportgen.memo import attachments
from reportgen.memo.memo_html import MemoMarkup, compose
from reportgen.memo.profiles import find_profile
from reportgen.pdf.chart_svg import joins
from reportgen.pdf.paper import PAPERS
from reportgen.text.languages import load_labels
from reportgen.text.languages.label_fields import Labels

HEADINGS = ("h1", "h2", "h3")


class ExpectedMemo(Struct, frozen=True):
    """A memo's HTML and all that it prints besides: the words in charts by the picture's name, running text, properties."""

    html: str
    charts: Mapping[str, str]
    running_texts: Mapping[str, str]
    marks: Marks
    labels: Labels
    alternatives: tuple[str, ...]
    headings: tuple[str, ...]
    links: tuple[str, ...]
    properties: Mapping[str, str]
    attachments: Mapping[str, bytes]
    """The files that may be inside, by name."""
    required: frozenset[str]
    """The names of those that are always inside."""

    def running(self, page: int, pages: int) -> tuple[str, ...]:
        """What may stand in the margins of a page."""
        said = self.running_texts
        texts = (said["title"], said["kind"], self.labels.format_page(page, pages), *self.marks.lines)
        return tuple(text for text in texts if text)


def build_expected_memo(brief: Brief, profile: str, size: tuple[float, float]) -> ExpectedMemo:
    """What the memo prints in one of its forms, on the paper that is nearest to a page of this size (points)."""
    brand = brands.load(brief.folder)
    paper = min(PAPERS.values(), key=lambda each: abs(each.width - size[0]) + abs(each.height - size[1]))
    composed = compose(brief, brand, template_folders(brief.folder), paper, find_profile(profile))
    style = Style.memo(brand)
    charts = {name: _words(chart.scene(width, style), style) for name, (chart, width) in composed.charts.items()}
    return _printed(composed, charts, brief)


def _words(scene: Scene, style: Style) -> str:
    """What can be read off a drawing: nothing where its letters are outlines."""
    texts = [item for item in scene.items if isinstance(item, SceneText)]
    return "" if any(joins(item.text) for item in texts) else " \n".join(_drawn(item, style) for item in texts)


def _drawn(item: SceneText, style: Style) -> str:
    """A label as it reads: a word that is wider than its room stands in pieces, one a line."""
    face = style.face(item.bold)
    if fonts.measure_longest_word(face, item.text, item.size) <= item.width:
        return item.text
    return " ".join(fonts.wrap(face, item.text, item.size, item.width))


def _printed(composed: MemoMarkup, charts: Mapping[str, str], brief: Brief) -> ExpectedMemo:
    root = etree.fromstring(composed.html)
    head = {meta.get("name", ""): meta.get("content", "") for meta in root.iter("meta") if meta.get("name") != "author"}
    authors = [meta.get("content", "") for meta in root.iter("meta") if meta.get("name") == "author"]
    properties = {
        "Title": root.findtext("head/title") or "",
        "Author": ", ".join(authors),
        "Subject": head.get("description", ""),
        "Keywords": head.get("keywords", ""),
        "Rights": brief.marks.rights,
    }
    return ExpectedMemo(
        composed.html, charts, composed.running, brief.marks, load_labels(brief.language),
        tuple(image.get("alt", "") for image in root.iter("img")),
        tuple("".join(str(text) for text in heading.itertext()) for heading in root.iter(*HEADINGS)),
        tuple(href for link in root.iter("a") if not (href := link.get("href", "")).startswith("#")),
        properties,
        {each.name: each.data for each in attachments.list_attachments(brief, composed.exhibits, with_brief=True)},
        frozenset(each.name for each in attachments.list_attachments(brief, composed.exhibits, with_brief=False)),
    )  # fmt: skip
