"""The parts of a finished deck as XML, each parsed once, with their relations."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree
from msgspec import Struct, field

from reportgen.deck.package import relations_part, target_part
from reportgen.deck.xml_lookup import Element


class Relation(Struct, frozen=True):
    """A part's reference: the last word of its type (slideLayout, theme, chart, hyperlink, …) and a part's name or address."""

    kind: str
    target: str
    is_external: bool = False


class Package(Struct):
    """An open package, in which each part is parsed once."""

    archive: ZipFile
    roots: dict[str, Element] = field(default_factory=dict)
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def parse(self, name: str) -> Element:
        """Return a part's root; an empty element if the package lacks the part."""
        if name not in self.roots:
            known = name in self.archive.NameToInfo
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            self.roots[name] = etree.fromstring(self.archive.read(name), parser) if known else etree.Element("missing")
        return self.roots[name]

    def read_relations(self, name: str) -> dict[str, Relation]:
        """Return a part's relations by their ids."""
        if name not in self.relations:
            found = {}
            for each in self.parse(relations_part(name)):
                is_external = each.get("TargetMode") == "External"
                address = each.get("Target", "") if is_external else target_part(name, each)
                found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], address, is_external)
            self.relations[name] = found
        return self.relations[name]

    def find_related(self, name: str, kind: str) -> str:
        """Return the name of the first part of a kind that a part refers to, or an empty string."""
        relations = self.read_relations(name).values()
        return next((each.target for each in relations if each.kind == kind and not each.is_external), "")
