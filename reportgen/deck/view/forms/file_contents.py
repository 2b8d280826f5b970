"""The contents of a deck's file besides slides: programs, objects, links to other files, authors of comments, the show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from reportgen.deck.package import CONTENT_TYPES, P, R
from reportgen.deck.view.open_package import Package, Relation
from reportgen.deck.xml_lookup import find, get_attribute, get_int, iter_children

PLAIN = frozenset({
    "officeDocument", "core-properties", "extended-properties", "thumbnail", "slide", "slideLayout", "slideMaster", "theme",
    "themeOverride", "notesSlide", "notesMaster", "handoutMaster", "presProps", "viewProps", "tableStyles", "chart", "image",
    "hyperlink", "chartStyle", "chartColorStyle", "printerSettings", "revisionInfo", "changesInfo", "comments",
    "commentAuthors", "authors", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing", "chartEx",
})  # fmt: skip
"""The relations that every deck may have; what they lead to is compared elsewhere, or shows nothing."""
QUIET = {"custom-properties": "properties of a kind that is not compared", "customXml": "data of another program",
         "tags": "data of another program", "customXmlProps": "data of another program",
         "digital-signature/origin": "a signature", "origin": "a signature"}  # fmt: skip
PROGRAMS = {"vbaProject": "macros", "wordVbaData": "macros", "oleObject": "an embedded object", "package": "an embedded file",
            "control": "a control", "activeXControlBinary": "a control", "extensibility": "commands in the ribbon",
            "userCustomization": "commands in the toolbar", "attachedToolbars": "commands in the toolbar",
            "webextension": "a web add-in", "webextensiontaskpanes": "a web add-in", "taskpanes": "a web add-in",
            "audio": "a sound", "video": "a video", "media": "a sound or a video", "chartUserShapes": "shapes drawn over a chart",
            "slideUpdateInfo": "slides that another file updates", "slideUpdateUrl": "slides that another file updates",
            "aFChunk": "an embedded file"}  # fmt: skip
AUTHORS = ("cmAuthor", "author")


class Content(Struct, frozen=True):
    """Something in the file: a program, a link to another file, an author of comments, an embedded font, or other data ("quiet")."""

    kind: Literal["program", "outside", "author", "font", "quiet"]
    part: str
    """The part that names it."""
    what: str


def read_contents(package: Package) -> tuple[Content, ...]:
    """Return what the parts of a package name besides what every deck has."""
    return tuple(dict.fromkeys(_read_contents(package)))


def _read_contents(package: Package) -> Iterator[Content]:
    types = package.archive.read(CONTENT_TYPES) if CONTENT_TYPES in package.archive.NameToInfo else b""
    if b"macroEnabled" in types or b"vbaProject" in types:
        yield Content("program", CONTENT_TYPES, "macros")
    for part, relations in list(package.relations.items()):
        for relation in relations.values():
            yield from _judge(part, relation)
            if relation.kind in ("commentAuthors", "authors") and not relation.is_external:
                for each in iter_children(package.parse(relation.target)):
                    if each.tag.rpartition("}")[2] in AUTHORS:
                        yield Content("author", relation.target, each.get("name", ""))


def _judge(part: str, relation: Relation) -> Iterator[Content]:
    kind = relation.kind
    if relation.is_external:
        if kind != "hyperlink":
            yield Content("outside", part, f"{relation.target} ({kind})")
    elif kind == "package" and part.startswith("ppt/charts/"):
        return  # the workbook of a chart
    elif kind in PROGRAMS:
        yield Content("program", part, PROGRAMS[kind])
    elif kind == "font":
        yield Content("font", part, "embedded fonts")
    elif kind in QUIET:
        yield Content("quiet", part, QUIET[kind])
    elif kind not in PLAIN:
        yield Content("quiet", part, f"a part of the kind “{kind}”")


def read_show(package: Package, main: str) -> dict[str, str]:
    """Return how the file is shown: the size of its slides, their numbers, and whether some are left out."""
    presentation = package.parse(main)
    size = presentation.find(f"{P}sldSz")
    properties = package.parse(package.find_related(main, "presProps"))
    show = properties.find(f"{P}showPr")
    part = find(show, f"{P}sldRg")
    custom = find(show, f"{P}custShow")
    shown = "all slides"
    if part is not None:
        shown = f"slides {get_attribute(part, 'st')} to {get_attribute(part, 'end')}"
    elif custom is not None:
        shown = "a custom show"
    shows = [each.get("name", "") for each in presentation.iter(f"{P}custShow") if each.get(f"{R}id") is None]
    return {
        "size of the slides": f"{get_int(size, 'cx') / 914_400:.2f} × {get_int(size, 'cy') / 914_400:.2f} in",
        "number of the first slide": get_attribute(presentation, "firstSlideNum", "1"),
        "show": shown,
        "custom shows": ", ".join(filter(None, shows)) or "none",
    }
