"""Check that the parts of a theme's package belong together: python-pptx, which opens it, takes that for granted."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck import package
from reportgen.deck.package import CONTENT_TYPES, PRESENTATION, RELATIONS, TYPES, P, Parts, R
from reportgen.deck.xml_lookup import Element, iter_children
from reportgen.system.errors import Location, TemplateError

OPEN_XML = "application/vnd.openxmlformats-officedocument.presentationml."
RELATION_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
KINDS = {
    "officeDocument": (f"{P}presentation", f"{OPEN_XML}presentation.main+xml"),
    "slideMaster": (f"{P}sldMaster", f"{OPEN_XML}slideMaster+xml"),
    "slideLayout": (f"{P}sldLayout", f"{OPEN_XML}slideLayout+xml"),
    "notesMaster": (f"{P}notesMaster", f"{OPEN_XML}notesMaster+xml"),
}
"""By the kind of relation that leads to a part: its root element and its content type."""


def require_integrity(parts: Parts, where: Location) -> None:
    """Raise TemplateError, which names the part, if parts do not refer to each other as those of a presentation do."""
    fault = next(_find_faults(parts), None)
    if fault:
        raise TemplateError(
            f"the theme is damaged: {fault}", where, "open it in PowerPoint, let it be repaired, and save it"
        )


def _find_faults(parts: Parts) -> Iterator[str]:
    types = package.parse(parts[CONTENT_TYPES], CONTENT_TYPES)
    yield from _find_type_faults(parts, types)
    kinds = {
        each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in types.iterfind(f"{TYPES}Override")
    }
    sources = ["", *(name for name in parts if package.relations_part(name) in parts)]
    for source in sources:
        yield from _find_relation_faults(parts, source, kinds)
    if PRESENTATION not in package.related_parts(parts, "", "officeDocument"):
        yield "no relation leads to its presentation"
    for name, lists, kind in (
        (PRESENTATION, "sldMasterIdLst/{}sldMasterId", "slideMaster"),
        (PRESENTATION, "notesMasterIdLst/{}notesMasterId", "notesMaster"),
        *(
            (master, "sldLayoutIdLst/{}sldLayoutId", "slideLayout")
            for master in package.related_parts(parts, PRESENTATION, "slideMaster")
        ),
    ):
        yield from _find_list_faults(parts, name, f"{P}{lists.format(P)}", kind)
    for master in package.related_parts(parts, PRESENTATION, "slideMaster"):
        for layout in package.related_parts(parts, master, "slideLayout"):
            if not package.related_parts(parts, layout, "slideMaster"):
                yield f"{layout} has no slide master"


def _find_type_faults(parts: Parts, types: Element) -> Iterator[str]:
    """Yield a fault of the list of content types, and each part without a type."""
    if types.tag != f"{TYPES}Types":
        yield f"{CONTENT_TYPES} is no list of content types"
    for kind, key in (("Default", "Extension"), ("Override", "PartName")):
        if not all(each.get(key) and each.get("ContentType") for each in types.iterfind(f"{TYPES}{kind}")):
            yield f"{CONTENT_TYPES} has an entry without {key} or ContentType"
    known = {each.get("PartName", "").lower() for each in types.iterfind(f"{TYPES}Override")}
    endings = tuple(f".{each.get('Extension', '').lower()}" for each in types.iterfind(f"{TYPES}Default"))
    for name in parts:
        if name != CONTENT_TYPES and f"/{name.lower()}" not in known and not name.lower().endswith((".rels", *endings)):
            yield f"{name} has no content type"


def _find_relation_faults(parts: Parts, source: str, kinds: dict[str, str]) -> Iterator[str]:
    """Yield the faults of a part's relations: incomplete, repeated, leading nowhere, or to a part of another kind."""
    name = package.relations_part(source)
    root, seen = package.parse(parts[name], name), set[str]()
    for each in iter_children(root):
        if (root.tag, each.tag) != (f"{RELATIONS}Relationships", f"{RELATIONS}Relationship"):
            yield f"{name} is no list of relations"
            return
        missing = next((key for key in ("Id", "Type", "Target") if not each.get(key)), "")
        if missing or each.get("Id", "") in seen:
            yield f"{name} has a relation without {missing}" if missing else f"{name} has two relations of the same Id"
        seen.add(each.get("Id", ""))
        if each.get("TargetMode") == "External":
            continue
        target, kind = package.target_part(source, each), each.get("Type", "").rpartition("/")[2]
        if target not in parts:
            yield f"{name} leads to {target}, which is missing"
        elif kind in KINDS:
            tag, content_type = KINDS[kind]
            is_kind = package.parse(parts[target], target).tag == tag and kinds.get(target) == content_type
            if not is_kind or each.get("Type") != f"{RELATION_TYPES}{kind}":
                yield f"{name} leads to {target} as to a {kind}, which it is not"


def _find_list_faults(parts: Parts, name: str, path: str, kind: str) -> Iterator[str]:
    """Yield a fault if a part lists another that none of its relations of this kind leads to."""
    keys = {
        each.get("Id")
        for each in package.read_relations(parts, name)
        if each.get("Type", "").rpartition("/")[2] == kind
    }
    for entry in package.parse(parts[name], name).iterfind(path):
        if entry.get(f"{R}id") not in keys:
            yield f"{name} lists a {kind} that it has no relation to"
