"""What a memo prints, as plain values, for whoever holds a finished file against its brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from reportgen import brand as brands
from reportgen.brief.marks import Marks
from reportgen.brief.model import Brief
from reportgen.charts.scene import SceneText
from reportgen.charts.style import Style
from reportgen.markup.render import template_folders
from reportgen.memo.compose import Composed, compose
from reportgen.memo.labels import Labels, labels
from reportgen.memo.profiles import profile as profile_named
from reportgen.pdf.sheet import PAPERS

HEADINGS = ("h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Printed:
    """A memo's HTML and all that it prints besides: the words in charts by the picture's name, running text, properties."""

    html: str
    charts: Mapping[str, str]
    title: str
    kind: str
    marks: Marks
    labels: Labels
    alternatives: tuple[str, ...]
    headings: tuple[str, ...]
    links: tuple[str, ...]
    properties: Mapping[str, str]

    def running(self, page: int, pages: int) -> tuple[str, ...]:
        """What may stand in the margins of a page."""
        texts = (self.title, self.kind, f"{self.labels.page} {page} {self.labels.of} {pages}", *self.marks.lines)
        return tuple(text for text in texts if text)


def printed(brief: Brief, profile: str, size: tuple[float, float]) -> Printed:
    """What the memo prints in one of its forms, on the paper that is nearest to a page of this size (points)."""
    brand = brands.load(brief.folder)
    paper = min(PAPERS.values(), key=lambda each: abs(each.width - size[0]) + abs(each.height - size[1]))
    composed = compose(brief, brand, template_folders(brief.folder), paper, profile_named(profile))
    style = Style.memo(brand)
    charts = {
        name: " \n".join(item.text for item in chart.scene(width, style).items if isinstance(item, SceneText))
        for name, (chart, width) in composed.charts.items()
    }
    words = labels(brief.language)
    return _printed(composed, charts, brief, words)


def _printed(composed: Composed, charts: Mapping[str, str], brief: Brief, words: Labels) -> Printed:
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
    return Printed(
        composed.html, charts, brief.plain(brief.title), f"{words.memorandum} · {words.long_date(brief.date)}", brief.marks, words,
        tuple(image.get("alt", "") for image in root.iter("img")),
        tuple("".join(str(text) for text in heading.itertext()) for heading in root.iter(*HEADINGS)),
        tuple(href for link in root.iter("a") if not (href := link.get("href", "")).startswith("#")),
        properties,
    )  # fmt: skip
