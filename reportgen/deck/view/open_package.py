"""The parts of a finished deck as XML, each parsed once, with their relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from typing import Protocol
from zipfile import BadZipFile, ZipFile

from lxml import etree
from msgspec import Struct, field

from reportgen.deck.package import PRESENTATION, RELATIONS, Parts, relations_part, target_part
from reportgen.deck.xml_lookup import Element, iter_children
from reportgen.system.errors import FileError, Location

COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
TAGS = (f"{RELATIONS}Relationships", f"{RELATIONS}Relationship")
LARGEST = 400_000_000  # bytes unpacked: no deck is larger


def require_package(data: bytes, name: str) -> None:
    """Raise FileError if the file is no PowerPoint package, encrypted, damaged or too large."""
    where = Location(name)
    if data.startswith(COMPOUND_FILE):
        raise FileError("an encrypted deck, or one of PowerPoint 97–2003", where, "save it as .pptx without a password")
    if not data.startswith(b"PK"):
        raise FileError("not a PowerPoint deck", where, "name a finished memo (.pdf) or deck (.pptx)")
    try:
        with ZipFile(BytesIO(data)) as archive:
            size = measure_unpacked(archive)
            broken = archive.testzip() if size <= LARGEST else None
            is_deck = PRESENTATION in archive.NameToInfo
            names = Counter(name.casefold() for name in archive.namelist())
            twice = next((name for name, count in names.items() if count > 1), "")
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise FileError("a damaged deck: it is cut off, or no ZIP archive", where, "build it again") from None
    except Exception as error:  # zlib.error, which zipfile does not wrap, is a plain Exception
        raise FileError(f"a damaged deck: {error}", where, "build it again") from None
    if size > LARGEST:
        raise FileError(f"too large: {size // 1_000_000} MB unpacked", where, "audit takes decks of up to 400 MB")
    if broken:
        raise FileError(f"a damaged deck: {broken} has a wrong checksum", where, "build it again")
    if twice:  # one program reads the first, another the last
        raise FileError(f"a damaged deck: two of its parts have the name {twice}", where, "build it again")
    if not is_deck:
        hint = "name a finished memo (.pdf) or deck (.pptx)"
        raise FileError("not a PowerPoint deck: it has no presentation", where, hint)


def measure_unpacked(archive: ZipFile) -> int:
    """Return the number of bytes of all parts together."""
    return sum(info.file_size for info in archive.infolist())


class Relation(Struct, frozen=True):
    """A part's reference: the last word of its type (slideLayout, theme, chart, hyperlink, …) and a part's name or address."""

    kind: str
    target: str
    is_external: bool = False


class Archive(Protocol):
    """A source of parts: a ZIP archive, or parts in memory."""

    @property
    def NameToInfo(self) -> Mapping[str, object]: ...  # noqa: N802 - zipfile's name

    def read(self, name: str, /) -> bytes: ...


class PartsArchive(Struct, frozen=True):
    """Parts in memory as an archive."""

    parts: Parts

    @property
    def NameToInfo(self) -> Mapping[str, object]:  # noqa: N802 - zipfile's name
        return self.parts

    def read(self, name: str, /) -> bytes:
        return self.parts[name]


class Package(Struct):
    """An open package, in which each part is parsed once."""

    archive: Archive
    roots: dict[str, Element] = field(default_factory=dict)
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def parse(self, name: str) -> Element:
        """Return a part's root, or an empty element for no name. Raise KeyError if the package lacks the part."""
        if name not in self.roots:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            self.roots[name] = etree.fromstring(self.archive.read(name), parser) if name else etree.Element("missing")
        return self.roots[name]

    def read_relations(self, name: str) -> dict[str, Relation]:
        """Return a part's relations by their ids; "" is the package itself."""
        if name not in self.relations:
            found = {}
            part = relations_part(name)
            root = self.parse(part if part in self.archive.NameToInfo else "")
            for each in iter_children(root):
                if (root.tag, each.tag) != TAGS or not {"Id", "Type", "Target"} <= set(each.attrib):
                    raise ValueError(f"{part} has a damaged relation")
                is_external = each.get("TargetMode") == "External"
                address = each.get("Target", "") if is_external else target_part(name, each)
                found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], address, is_external)
            self.relations[name] = found
        return self.relations[name]

    def require_all_parts(self) -> None:
        """Raise LookupError if a part leads to one that the package lacks."""
        known, pending = {""}, [""]
        while pending:
            for relation in self.read_relations(pending.pop()).values():
                if not relation.is_external and relation.target not in known:
                    if relation.target not in self.archive.NameToInfo:
                        raise LookupError(f"{relation.target} is missing")
                    known.add(relation.target)
                    pending.append(relation.target)

    def find_related(self, name: str, kind: str) -> str:
        """Return the name of the first part of a kind that a part refers to, or an empty string."""
        relations = self.read_relations(name).values()
        return next((each.target for each in relations if each.kind == kind and not each.is_external), "")

    def require_related(self, name: str, kind: str) -> str:
        """Return the name of the first part of a kind that a part refers to. Raise LookupError without one."""
        if found := self.find_related(name, kind):
            return found
        raise LookupError(f"{name or 'the package'} has no {kind}")

    def follow(self, name: str, identity: str) -> str:
        """Return the name of the part that a relation of a part leads to. Raise LookupError if it leads to none."""
        relation = self.read_relations(name).get(identity)
        if relation is None or relation.is_external:
            raise LookupError(f"{name} has no part “{identity}”")
        return relation.target
