"""Unpacks any PowerPoint file as the parts of a theme: masters, layouts and styles, without slides.

Presentations, shows and templates are all accepted. Any other file, or one that cannot be opened, raises one TemplateError
that gives the reason.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree
from msgspec import Struct

from reportgen.deck import package
from reportgen.deck.package import CONTENT_TYPES, PRESENTATION, RELATIONS, SECTIONS, TYPES, P, Parts
from reportgen.deck.theme import default_theme
from reportgen.deck.theme.package_integrity import require_integrity
from reportgen.deck.xml_lookup import get_int, remove_element
from reportgen.system.errors import Location, TemplateError

COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LARGEST = 1_000_000_000  # bytes unpacked; beyond that, it is a ZIP bomb or holds a film
OPEN_XML = "application/vnd.openxmlformats-officedocument."
MAIN = f"{OPEN_XML}presentationml.presentation.main+xml"
WITH_MACROS = "application/vnd.ms-powerpoint.{}.macroEnabled.main+xml"
ACCEPTED = (
    *(f"{OPEN_XML}presentationml.{kind}.main+xml" for kind in ("presentation", "template", "slideshow")),
    *(WITH_MACROS.format(kind) for kind in ("presentation", "template", "slideshow")),
)
REJECTED = {"wordprocessingml": "is a Word document", "spreadsheetml": "is an Excel workbook"}
VIEW = "ppt/viewProps.xml"
VIEW_TYPE = f"{OPEN_XML}presentationml.viewProps+xml"
VIEW_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/viewProps"
STRICT = "http://purl.oclc.org/ooxml/"
SAVE_AS = "open it in PowerPoint and save it as .pptx, without a password"
SLIDE_SIZES = range(914_400, 51_206_401)  # EMU, which ECMA-376 allows (ST_SlideSizeCoordinate)
DROPPED = (
    "slide", "thumbnail", "extended-properties", "custom-properties", "printerSettings", "commentAuthors", "authors", "core-properties",
    "revisionInfo", "changesInfo", "customXml", "vbaProject", "webextensiontaskpanes", "customUI", "extensibility", "tags",
)  # fmt: skip
"""Relations to the file's own slides, to what describes the file, and to programs in it."""
PROGRAMS = {"vbaProject": "macros", "webextensiontaskpanes": "web add-ins"}
"""The programs that a file may hold, by the kind of relation that leads to them."""
NEEDED = ("officeDocument", "slideMaster", "notesMaster", "theme")
"""Relations that must lead somewhere: without the others, a deck is as good."""
OF_SLIDES = (f"{P}sldIdLst", f"{P}custShowLst", f"{P}modifyVerifier")


class Unpacked(Struct, frozen=True):
    """A theme's parts, and the names of the programs in its file, which are left out."""

    parts: Parts
    programs: tuple[str, ...]


def unpack_theme(data: bytes, name: str) -> Unpacked:
    """Return a theme's parts; `name` is the file's, for messages."""
    where = Location(name)
    parts = _unpack(data, where)
    _require_presentation(parts, where)
    kinds = {
        str(each.get("Type")).rpartition("/")[2]
        for part in ("", PRESENTATION)
        for each in package.read_relations(parts, part)
    }
    for part in ("", PRESENTATION):
        parts[package.relations_part(part)] = _drop_relations(parts, part)
    parts[PRESENTATION] = _drop_slides(parts[PRESENTATION])
    parts[CONTENT_TYPES] = _mark_as_presentation(parts[CONTENT_TYPES])
    kept = package.drop_unreachable(_add_view(parts))
    require_integrity(kept, where)
    return Unpacked(kept, tuple(words for kind, words in PROGRAMS.items() if kind in kinds))


def _unpack(data: bytes, where: Location) -> dict[str, bytes]:
    if data.startswith(COMPOUND_FILE):
        what = "is protected by a password" if ENCRYPTED in data else "is a PowerPoint 97–2003 file (.ppt)"
        raise TemplateError(f"the theme {what}", where, SAVE_AS)
    if not data.startswith(b"PK"):
        raise TemplateError("the theme is not a PowerPoint file", where, "name a .pptx or .potx file")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            size = sum(entry.file_size for entry in entries)
            if size > LARGEST:
                raise TemplateError(f"the theme is {size // 1_000_000:,} MB unpacked", where, "remove its media")
            return {entry.filename: _read_entry(archive, entry) for entry in entries}
    except TemplateError:
        raise
    except Exception as error:  # zipfile and zlib share no base class, and raise more than they document
        hint = "get a new copy, or let PowerPoint repair it"
        raise TemplateError(f"the theme is truncated or damaged: {error}", where, hint) from None


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read no more than the directory states; `ZipFile.read` unpacks all that is there."""
    with archive.open(entry) as stream:
        return stream.read(entry.file_size)


def _require_presentation(parts: Parts, where: Location) -> None:
    """Raise TemplateError unless the parts are a presentation with a slide size, a master and a layout."""
    if CONTENT_TYPES not in parts:
        raise TemplateError(
            "the theme is a ZIP archive, but not a PowerPoint file", where, "name a .pptx or .potx file"
        )
    types = package.parse(parts[CONTENT_TYPES], str(where))
    kinds = [str(each.get("ContentType")) for each in types.iter(f"{TYPES}Override")]
    for mark, fault in REJECTED.items():
        if any(mark in kind and kind.endswith("main+xml") for kind in kinds):
            raise TemplateError(f"the theme {fault}", where, "save it as .pptx or .potx")
    if PRESENTATION not in parts:
        raise TemplateError("the theme holds no presentation", where, "name a .pptx or .potx file")
    root = package.parse(parts[PRESENTATION], f"{where}: {PRESENTATION}")
    if STRICT in (root.nsmap.get(root.prefix) or ""):
        hint = "save it as .pptx, not as Strict Open XML Presentation"
        raise TemplateError("the theme is in Strict Open XML format", where, hint)
    if root.find(f"{P}sldSz") is None:
        raise TemplateError("the theme has no slide size", where, SAVE_AS)
    if not all(get_int(root.find(f"{P}sldSz"), key) in SLIDE_SIZES for key in ("cx", "cy")):
        raise TemplateError("the theme has a slide size that is not 1 to 56 inches", where, SAVE_AS)
    masters = package.related_parts(parts, PRESENTATION, "slideMaster")
    if not any(package.related_parts(parts, master, "slideLayout") for master in masters):
        raise TemplateError("the theme has no slide layouts", where, "name a file with a slide master and layouts")


def _drop_relations(parts: Parts, part: str) -> bytes:
    """Return a part's relations without those that a theme does not need, some of which lead to parts that programs leave out."""
    kept = package.new_relations()
    for relation in package.read_relations(parts, part):
        kind = str(relation.get("Type")).rpartition("/")[2]
        leads_nowhere = relation.get("TargetMode") != "External" and package.target_part(part, relation) not in parts
        if kind not in DROPPED and (kind in NEEDED or not leads_nowhere):
            kept.append(relation)
    return package.serialize(kept)


def _drop_slides(data: bytes) -> bytes:
    root = package.parse(data, PRESENTATION)
    sections = [each for each in root.iter(f"{P}ext") if each.get("uri") == SECTIONS]
    for element in [*(each for each in root if each.tag in OF_SLIDES), *sections]:
        remove_element(element)
    return package.serialize(root)


def _add_view(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Add the view properties that some programs omit: without them PowerPoint offers to repair the file."""
    if package.related_parts(parts, PRESENTATION, "viewProps"):
        return parts
    listed = package.parse(parts[package.relations_part(PRESENTATION)])
    etree.SubElement(listed, f"{RELATIONS}Relationship", Id="rIdView", Type=VIEW_RELATION, Target="viewProps.xml")
    types = package.parse(parts[CONTENT_TYPES])
    etree.SubElement(types, f"{TYPES}Override", PartName=f"/{VIEW}", ContentType=VIEW_TYPE)
    return parts | {
        VIEW: default_theme.read_parts()[VIEW],
        package.relations_part(PRESENTATION): package.serialize(listed),
        CONTENT_TYPES: package.serialize(types),
    }


def _mark_as_presentation(data: bytes) -> bytes:
    """Give a template or show, also one whose macros were left out, the content type of a presentation."""
    root = package.parse(data, CONTENT_TYPES)
    for override in root.iter(f"{TYPES}Override"):
        if override.get("ContentType") in ACCEPTED:
            override.set("ContentType", MAIN)
    return package.serialize(root)
