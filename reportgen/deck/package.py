"""Packages as values: a part's name and its bytes. Relations followed, unreachable parts left out, bytes that hold still."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from posixpath import join, normpath, relpath

from lxml import etree

from reportgen.system.archive import DEFLATED, STORED, Entry, archive
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
PACKED = (".png", ".jpg", ".jpeg", ".gif", ".mp4", ".m4v", ".mov", ".wmv", ".mp3", ".m4a", ".svgz", ".emz", ".wmz")
"""Media that are compressed already."""

MARKUP = (".xml", ".rels")

Parts = Mapping[str, bytes]


def parsed(data: bytes, name: str = "") -> etree._Element:
    """A part's XML; no entity is resolved and nothing fetched."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        raise TemplateError(error.msg or "not well-formed", Location(name, *error.position)) from None


def serialized(element: etree._Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def relations_of(part: str) -> str:
    """The name of the part that holds a part's relations; "" is the package itself."""
    base, _, file = part.rpartition("/")
    return f"{base}/_rels/{file}.rels" if base else f"_rels/{file}.rels"


def no_relations() -> etree._Element:
    """The root of a list of relations, to be filled."""
    return parsed(f'<Relationships xmlns="{RELATIONS.strip("{}")}"/>'.encode())


def relations(parts: Parts, part: str) -> list[etree._Element]:
    name = relations_of(part)
    return list(parsed(parts[name], name).iterfind(f"{RELATIONS}Relationship")) if name in parts else []


def target(part: str, relation: etree._Element) -> str:
    """The name of the part that a relation of `part` leads to."""
    written = str(relation.get("Target", ""))
    return written.lstrip("/") if written.startswith("/") else normpath(join(part.rpartition("/")[0], written))


def pointer(part: str, to: str) -> str:
    """What a relation of `part` writes to lead to another part."""
    folder, _, file = to.rpartition("/")
    return _way(part.rpartition("/")[0], folder) + file


@cache
def _way(folder: str, to: str) -> str:
    """What leads from one folder to the files of another."""
    way = relpath(to or ".", folder or ".")
    return "" if way == "." else f"{way}/"


def related(parts: Parts, part: str, kind: str) -> list[str]:
    """The names of the parts of one kind that a part refers to, in the order of the relations."""
    return [
        found
        for relation in relations(parts, part)
        if str(relation.get("Type")).endswith(f"/{kind}") and (found := target(part, relation)) in parts
    ]


def reachable(parts: Parts) -> dict[str, bytes]:
    """The parts that some relation leads to, with the content types that are left."""
    kept: set[str] = set()
    waiting = [""]
    while waiting:
        part = waiting.pop()
        name = relations_of(part)
        if name not in parts or name in kept:
            continue
        kept.add(name)
        for relation in relations(parts, part):
            if relation.get("TargetMode") != "External" and (found := target(part, relation)) in parts:
                kept.add(found)
                waiting.append(found)
    types = parsed(parts[CONTENT_TYPES], CONTENT_TYPES)
    for override in list(types.iterfind(f"{TYPES}Override")):
        if str(override.get("PartName")).lstrip("/") not in kept:
            types.remove(override)
    return {CONTENT_TYPES: serialized(types)} | {name: data for name, data in parts.items() if name in kept}


def packed(parts: Parts) -> BytesIO:
    """The package as a file, to be read at once."""
    return BytesIO(archive(Entry.of(name, data, STORED) for name, data in parts.items()))


def zipped(parts: Parts) -> bytes:
    """The package as a file, of which one brief always makes the same bytes."""
    methods = (STORED if name.lower().endswith(PACKED) else DEFLATED for name in parts)
    return archive(Entry.of(name, data, method) for (name, data), method in zip(parts.items(), methods, strict=True))
