"""The parts of a finished deck as XML, and tolerant look-ups in them: an odd value in a file must not stop the reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zipfile import ZipFile

from lxml import etree
from msgspec import Struct, field

from reportgen.deck.package import relations_of, target

Element = etree._Element


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
            for each in self.parse(relations_of(name)):
                is_external = each.get("TargetMode") == "External"
                address = each.get("Target", "") if is_external else target(name, each)
                found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], address, is_external)
            self.relations[name] = found
        return self.relations[name]

    def find_related(self, name: str, kind: str) -> str:
        """Return the name of the first part of a kind that a part refers to, or an empty string."""
        relations = self.read_relations(name).values()
        return next((each.target for each in relations if each.kind == kind and not each.is_external), "")


def iter_children(element: Element | None) -> Iterator[Element]:
    """Yield the child elements, without comments and processing instructions."""
    if element is not None:
        yield from (child for child in element if isinstance(child.tag, str))


def find(element: Element | None, path: str) -> Element | None:
    return None if element is None else element.find(path)


def get_attribute(element: Element | None, name: str, default: str = "") -> str:
    return default if element is None else element.get(name, default)


def get_int(element: Element | None, name: str, default: int = 0) -> int:
    return parse_int(get_attribute(element, name), default)


def get_flag(element: Element | None, name: str, default: bool = False) -> bool:
    value = get_attribute(element, name)
    return is_on(value) if value else default


def is_on(value: str) -> bool:
    return value in ("1", "true", "on")


def parse_int(text: str, default: int = 0) -> int:
    """Return a whole number; some programs write decimals, which are cut off."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default


def parse_share(text: str, default: float = 1.0) -> float:
    """Return a percentage, written in thousandths of a percent or with a % sign, as a number where 1 is 100 %."""
    if text.endswith("%"):
        try:
            return float(text[:-1]) / 100
        except ValueError:
            return default
    return parse_int(text, round(default * 100_000)) / 100_000


def get_first(elements: Sequence[Element | None], path: str, name: str, default: str = "") -> str:
    """Return an attribute from the first of several elements that has it, at `path` below each (empty: on it)."""
    for element in elements:
        found = find(element, path) if path else element
        if found is not None and (value := found.get(name)) is not None:
            return value
    return default
