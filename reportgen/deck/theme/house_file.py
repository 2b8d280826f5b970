"""Any house's PowerPoint file as the parts of a theme: its masters, layouts and looks, without its slides.

Presentations, shows and templates are all taken. What is none, or cannot be opened, is one TemplateError that says why.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from reportgen.deck.package import (
    CONTENT_TYPES,
    PRESENTATION,
    RELATIONS,
    TYPES,
    P,
    Parts,
    no_relations,
    parsed,
    reachable,
    related,
    relations,
    relations_of,
    serialized,
)  # fmt: skip
from reportgen.deck.theme import ours
from reportgen.system.errors import Location, TemplateError

COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LARGEST = 1_000_000_000  # bytes unpacked: more is a bomb, or a film
OPEN_XML = "application/vnd.openxmlformats-officedocument."
MAIN = f"{OPEN_XML}presentationml.presentation.main+xml"
TAKEN = (MAIN, f"{OPEN_XML}presentationml.template.main+xml", f"{OPEN_XML}presentationml.slideshow.main+xml")
OTHERS = {"wordprocessingml": "a Word document", "spreadsheetml": "an Excel workbook", "macroEnabled": "has macros"}
VIEW = "ppt/viewProps.xml"
VIEW_TYPE = f"{OPEN_XML}presentationml.viewProps+xml"
VIEW_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/viewProps"
STRICT = "http://purl.oclc.org/ooxml/"
SAVE_AS = "open it in PowerPoint and save it as .pptx, without a password"
DROPPED = ("slide", "thumbnail", "extended-properties", "printerSettings", "commentAuthors", "core-properties")
"""Relations of what belongs to the file's own slides, or describes it as a file."""
OF_SLIDES = (f"{P}sldIdLst", f"{P}custShowLst", f"{P}modifyVerifier")
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def opened(data: bytes, name: str) -> Parts:
    """The theme's parts. `name` is the file's, for what is told of it."""
    where = Location(name)
    parts = _unpacked(data, where)
    _require_presentation(parts, where)
    cleaned = dict(parts)
    for part in ("", PRESENTATION):
        cleaned = _without_relations(cleaned, part)
    cleaned[PRESENTATION] = _without_slides(cleaned[PRESENTATION])
    cleaned[CONTENT_TYPES] = _as_presentation(cleaned[CONTENT_TYPES])
    return reachable(_with_view(cleaned))


def _unpacked(data: bytes, where: Location) -> dict[str, bytes]:
    if data.startswith(COMPOUND_FILE):
        what = "is protected by a password" if ENCRYPTED in data else "is of PowerPoint 97–2003 (.ppt)"
        raise TemplateError(f"the theme {what}", where, SAVE_AS)
    if not data.startswith(b"PK"):
        raise TemplateError("the theme is no PowerPoint file", where, "name a .pptx or .potx file")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            size = sum(entry.file_size for entry in entries)
            if size > LARGEST:
                raise TemplateError(f"the theme is {size // 1_000_000:,} MB unpacked", where, "take out its media")
            return {entry.filename: archive.read(entry) for entry in entries}
    except TemplateError:
        raise
    except Exception as error:  # zipfile and zlib have no base in common, and tell more kinds than they document
        raise TemplateError(
            f"the theme is cut off or damaged: {error}", where, "get it anew, or let PowerPoint repair it"
        ) from None


def _require_presentation(parts: Parts, where: Location) -> None:
    """That it is a presentation which can be read, with a slide size, a master and a layout."""
    if CONTENT_TYPES not in parts:
        raise TemplateError("the theme is a ZIP archive, but no PowerPoint file", where, "name a .pptx or .potx file")
    kinds = [str(each.get("ContentType")) for each in parsed(parts[CONTENT_TYPES], str(where)).iter(f"{TYPES}Override")]
    for mark, what in OTHERS.items():
        if any(mark in kind and kind.endswith("main+xml") for kind in kinds):
            told = "the theme has macros" if what == "has macros" else f"the theme is {what}"
            raise TemplateError(told, where, "save it as .pptx or .potx")
    if PRESENTATION not in parts:
        raise TemplateError("the theme has no presentation in it", where, "name a .pptx or .potx file")
    root = parsed(parts[PRESENTATION], f"{where}: {PRESENTATION}")
    if STRICT in (root.nsmap.get(root.prefix) or ""):
        hint = "save it as .pptx, not as Strict Open XML Presentation"
        raise TemplateError("the theme is written in Strict Open XML", where, hint)
    if root.find(f"{P}sldSz") is None:
        raise TemplateError("the theme names no slide size", where, SAVE_AS)
    masters = related(parts, PRESENTATION, "slideMaster")
    if not any(related(parts, master, "slideLayout") for master in masters):
        raise TemplateError("the theme has no slide layouts", where, "name a file with a slide master and layouts")


def _without_relations(parts: dict[str, bytes], part: str) -> dict[str, bytes]:
    name = relations_of(part)
    kept = no_relations()
    kept.extend(
        each for each in relations(parts, part) if str(each.get("Type")).rpartition("/")[2] not in DROPPED
    )  # fmt: skip
    return parts | {name: serialized(kept)}


def _without_slides(data: bytes) -> bytes:
    root = parsed(data, PRESENTATION)
    sections = [each for each in root.iter(f"{P}ext") if each.get("uri") == SECTIONS]
    for element in [*(each for each in root if each.tag in OF_SLIDES), *sections]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return serialized(root)


def _with_view(parts: dict[str, bytes]) -> dict[str, bytes]:
    """PowerPoint offers to repair a file that says nothing of its views, which some programs leave out."""
    if related(parts, PRESENTATION, "viewProps"):
        return parts
    listed = parsed(parts[relations_of(PRESENTATION)])
    etree.SubElement(listed, f"{RELATIONS}Relationship", Id="rIdView", Type=VIEW_RELATION, Target="viewProps.xml")
    types = parsed(parts[CONTENT_TYPES])
    etree.SubElement(types, f"{TYPES}Override", PartName=f"/{VIEW}", ContentType=VIEW_TYPE)
    return parts | {
        VIEW: ours.parts()[VIEW],
        relations_of(PRESENTATION): serialized(listed),
        CONTENT_TYPES: serialized(types),
    }


def _as_presentation(data: bytes) -> bytes:
    """A template or a show is a presentation with another name."""
    root = parsed(data, CONTENT_TYPES)
    for override in root.iter(f"{TYPES}Override"):
        if override.get("ContentType") in TAKEN:
            override.set("ContentType", MAIN)
    return serialized(root)
