"""The parts of a finished deck as XML, and lenient looks into it: whoever saved the file, an odd value is no reason to stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from lxml import etree
from msgspec import Struct, field

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

Element = etree._Element


class Relation(Struct, frozen=True):
    """What a part refers to: the last word of the kind (slideLayout, theme, chart, hyperlink ...), and a part's name."""

    kind: str
    target: str
    outside: bool = False


class Parts(Struct):
    """The package; each part is parsed once."""

    archive: ZipFile
    read: dict[str, Element] = field(default_factory=dict)
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def xml(self, name: str) -> Element:
        """A part's root; one without anything in it where the package lacks the part."""
        if name not in self.read:
            known = name in self.archive.NameToInfo
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            self.read[name] = etree.fromstring(self.archive.read(name), parser) if known else etree.Element("missing")
        return self.read[name]

    def related(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by the relation's id."""
        if name not in self.relations:
            base, _, file = name.rpartition("/")
            found = {}
            for each in self.xml(f"{base}/_rels/{file}.rels"):
                outside, target = each.get("TargetMode") == "External", each.get("Target", "")
                if not outside:
                    target = normpath(join(dirname(name), target)).lstrip("/")
                kind = each.get("Type", "").rpartition("/")[2]
                found[each.get("Id", "")] = Relation(kind, target, outside)
            self.relations[name] = found
        return self.relations[name]

    def one(self, name: str, kind: str) -> str:
        """The first part of a kind that a part refers to; no name where there is none."""
        return next((each.target for each in self.related(name).values() if each.kind == kind and not each.outside), "")


def children(element: Element | None) -> Iterator[Element]:
    """The child elements, without comments and the like."""
    if element is not None:
        yield from (child for child in element if isinstance(child.tag, str))


def at(element: Element | None, path: str) -> Element | None:
    return None if element is None else element.find(path)


def word(element: Element | None, name: str, default: str = "") -> str:
    return default if element is None else element.get(name, default)


def number(element: Element | None, name: str, default: int = 0) -> int:
    return whole(word(element, name), default)


def whole(text: str, default: int = 0) -> int:
    """A number as files have it: whole, or with a part after the point, which no reader needs."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default


def share(text: str, default: float = 1.0) -> float:
    """A percentage: thousandths of one, or with its sign."""
    if text.endswith("%"):
        try:
            return float(text[:-1]) / 100
        except ValueError:
            return default
    return whole(text, round(default * 100_000)) / 100_000


def on(element: Element | None, name: str, default: bool = False) -> bool:
    value = word(element, name)
    return default if not value else value in ("1", "true", "on")


def first(elements: Sequence[Element | None], path: str, name: str, default: str = "") -> str:
    """An attribute from the first of some elements that has it."""
    for element in elements:
        target = element if not path else at(element, path)
        if target is not None and (value := target.get(name)) is not None:
            return value
    return default
