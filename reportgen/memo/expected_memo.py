"""Build what a memo should print, as plain values, for the audit of a finished file."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from msgspec import Struct

from reportgen import brand as brands
from reportgen.brand import Brand
from reportgen.brief.marks import Marks
from reportgen.brief.model import Brief
from reportgen.charts.scene import Scene, SceneText
from reportgen.charts.style import Style
from reportgen.markup.templates import template_folders
from reportgen.memo.attachments import list_attachments
from reportgen.memo.memo_html import compose
from reportgen.memo.profiles import find_profile
from reportgen.pdf.chart_svg import has_joining_letters
from reportgen.pdf.paper import PAPERS
from reportgen.text.languages import load_labels
from reportgen.text.languages.label_fields import Labels

LABEL_END = " \n"
"""What follows each label but the last in the words of a drawing."""
HEADINGS = ("h1", "h2", "h3")


class ExpectedMemo(Struct, frozen=True):
    """A memo's HTML and everything else that it prints; `charts` holds the words in each picture by its name."""

    profile: str
    copy: str
    paper: str
    html: str
    traced_html: str
    """The same with the marks of the trace (`text/trace.py`)."""
    charts: Mapping[str, str]
    running_texts: Mapping[str, str]
    marks: Marks
    labels: Labels
    alternatives: tuple[str, ...]
    headings: tuple[str, ...]
    links: tuple[str, ...]
    properties: Mapping[str, str]
    attachments: Mapping[str, bytes]
    """The files that the PDF may carry, by name."""
    required: frozenset[str]
    """The names of those that it must carry."""
    descriptions: Mapping[str, str]
    """The description of each of these files, by its name."""
    pictures: tuple[str, ...]
    """The names of its pictures, in order: those of charts, and the logo."""
    scenes: Mapping[str, Scene]
    """The drawing of each chart, by the name of its picture."""
    exhibits: Mapping[str, str]
    """The id of the exhibit in each of its pictures, by the picture's name."""
    anchors: tuple[tuple[str, str], ...]
    """The target and the words of each link."""
    boxes: tuple[str, ...]
    """The names of the boxes to tick."""
    blanks: tuple[str, ...]
    """The names of the fields to write in."""
    direction: str
    """The direction of its text: ltr or rtl."""
    language: str
    languages: frozenset[str]
    """The languages of passages."""
    brand: Brand
    is_restyled: bool
    """True where the brief brings templates or stylesheets of its own."""

    def running(self, page: int, pages: int) -> tuple[str, ...]:
        """Return the texts that may stand in the margins of a page."""
        running = self.running_texts
        texts = (
            running["title"],
            running.get("footer", ""),
            running["kind"],
            self.labels.format_page(page, pages),
            *self.marks.lines,
        )
        return tuple(text for text in texts if text)

    def required_running(self, page: int, pages: int) -> tuple[str, ...]:
        """Return those that stand on a page whatever its form: its number, and behind the first page the memo's kind."""
        kind = self.running_texts["kind"] if page > 1 else ""
        footer = self.running_texts.get("footer", "")
        texts = (self.running_texts["title"], footer, kind, self.labels.format_page(page, pages))
        return () if self.is_restyled else tuple(text for text in texts if text)


def build_expected_memo(brief: Brief, profile: str, size: tuple[float, float], copy: str = "") -> ExpectedMemo:
    """Return what the memo prints in one of its forms; `size` is a page's width and height in points, on any paper."""
    brand = brands.load(brief.folder)
    folders = template_folders(brief.folder)
    paper = min(PAPERS.values(), key=lambda paper: abs(paper.width - size[0]) + abs(paper.height - size[1]))
    form = find_profile(profile, copy)
    memo = compose(brief, brand, folders, paper, form)
    style = Style.memo(brand)
    html = memo.html
    root = etree.fromstring(html)
    metas = [(meta.get("name", ""), meta.get("content", "")) for meta in root.iter("meta")]
    head = dict(metas)
    files = list_attachments(brief, memo.exhibits, True, form)
    links = [(link.get("href", ""), "".join(str(text) for text in link.itertext())) for link in root.iter("a")]
    return ExpectedMemo(
        profile=profile,
        copy=copy,
        paper=paper.name,
        html=html,
        traced_html=memo.traced_html,
        charts={name: _read_drawing(chart.scene(width, style)) for name, (chart, width) in memo.charts.items()},
        running_texts=memo.running,
        marks=brief.marks,
        labels=load_labels(brief.writing),
        alternatives=tuple(image.get("alt", "") for image in root.iter("img")),
        headings=tuple("".join(str(text) for text in heading.itertext()) for heading in root.iter(*HEADINGS)),
        links=tuple(href for href, _ in links if not href.startswith("#")),
        properties={
            "Title": root.findtext("head/title") or "",
            "Author": ", ".join(content for name, content in metas if name == "author"),
            "Subject": head.get("description", ""),
            "Keywords": head.get("keywords", ""),
            "Rights": brief.marks.rights,
        },
        attachments={file.name: file.data for file in files},
        required=frozenset(file.name for file in list_attachments(brief, memo.exhibits, False, form)),
        descriptions={file.name: file.about for file in files},
        pictures=tuple(image.get("src", "") for image in root.iter("img")),
        scenes={name: chart.orient(chart.scene(width, style)) for name, (chart, width) in memo.charts.items()},
        exhibits={f"charts/{name}.svg": name for name in memo.exhibits},
        anchors=tuple(links),
        boxes=tuple(box.get("title", "") for box in root.iter("input") if box.get("type") == "radio"),
        blanks=tuple(box.get("title", "") for box in root.iter("input") if box.get("type") == "text"),
        direction=root.get("dir", "ltr"),
        language=root.get("lang", ""),
        languages=frozenset(str(span.get("lang")) for span in root.iter("span") if span.get("lang")),
        brand=brand,
        is_restyled=len(folders) > 1,
    )


def _read_drawing(scene: Scene) -> str:
    """Return the words that a PDF reader finds in a drawing: none where its letters are outlines."""
    texts = [item for item in scene.items if isinstance(item, SceneText)]
    return "" if any(has_joining_letters(item.text) for item in texts) else LABEL_END.join(item.text for item in texts)
