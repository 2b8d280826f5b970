"""Read and write Office packages: a package is a mapping of part names to bytes."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from posixpath import join, normpath, relpath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from reportgen.system.errors import Location, TemplateError

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CONTENT_TYPES = "[Content_Types].xml"
PRESENTATION = "ppt/presentation.xml"
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"  # the uri of the extension that lists them
COMPRESSED = (".png", ".jpg", ".jpeg", ".gif", ".mp4", ".m4v", ".mov", ".wmv", ".mp3", ".m4a", ".svgz", ".emz", ".wmz")
"""Endings of media that are compressed already."""
DAY = (1980, 1, 1, 0, 0, 0)  # the earliest date that a ZIP archive can hold
UNIX = 3  # the system that zipfile names everywhere but on Windows
Parts = Mapping[str, bytes]


def parse(data: bytes, name: str = "") -> etree._Element:
    """Parse a part's XML. No entity is resolved and nothing is fetched."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        raise TemplateError(error.msg or "not well-formed", Location(name, *error.position)) from None


def serialize(element: etree._Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def relations_part(part: str) -> str:
    """Return the name of the part that holds a part's relations; "" is the package itself."""
    base, _, file = part.rpartition("/")
    return f"{base}/_rels/{file}.rels" if base else f"_rels/{file}.rels"


def new_relations() -> etree._Element:
    """Return the root of an empty list of relations."""
    return parse(f'<Relationships xmlns="{RELATIONS.strip("{}")}"/>'.encode())


def read_relations(parts: Parts, part: str) -> list[etree._Element]:
    name = relations_part(part)
    return list(parse(parts[name], name).iterfind(f"{RELATIONS}Relationship")) if name in parts else []


def target_part(part: str, relation: etree._Element) -> str:
    """Return the name of the part that a relation of `part` leads to."""
    path = str(relation.get("Target", ""))
    return path.lstrip("/") if path.startswith("/") else normpath(join(part.rpartition("/")[0], path))


def relative_target(part: str, other: str) -> str:
    """Return the Target with which a relation of `part` leads to another part."""
    return relpath(f"/{other}", f"/{part.rpartition('/')[0]}")


def related_parts(parts: Parts, part: str, kind: str) -> list[str]:
    """Return the names of the parts of one kind that a part refers to, in the order of its relations."""
    return [
        name
        for relation in read_relations(parts, part)
        if str(relation.get("Type")).endswith(f"/{kind}") and (name := target_part(part, relation)) in parts
    ]


def drop_unreachable(parts: Parts) -> dict[str, bytes]:
    """Return the parts that some relation leads to, and the content types of these alone."""
    kept: set[str] = set()
    pending = [""]
    while pending:
        part = pending.pop()
        name = relations_part(part)
        if name not in parts or name in kept:
            continue
        kept.add(name)
        for relation in read_relations(parts, part):
            if relation.get("TargetMode") != "External" and (other := target_part(part, relation)) in parts:
                kept.add(other)
                pending.append(other)
    types = parse(parts[CONTENT_TYPES], CONTENT_TYPES)
    for override in list(types.iterfind(f"{TYPES}Override")):
        if str(override.get("PartName")).lstrip("/") not in kept:
            types.remove(override)
    return {CONTENT_TYPES: serialize(types)} | {name: data for name, data in parts.items() if name in kept}


def write_package(parts: Parts, compress: bool = True) -> bytes:
    """Return the package as a file. The same parts are the same bytes, on any day and system."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in parts.items():
            entry = ZipInfo(name, DAY)
            entry.compress_type = ZIP_DEFLATED if compress and not name.lower().endswith(COMPRESSED) else ZIP_STORED
            entry.create_system = UNIX
            archive.writestr(entry, data)
    return target.getvalue()
