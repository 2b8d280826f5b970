"""What a presentation gets beside the parts that it has, and the file that it becomes.

What python-pptx does for one slide at a time looks through all the others: for a free name, a free id, a relation that
may be there already; and each of its parts is a tree, made from XML and made XML again. A deck knows its slides
beforehand: each name is counted on, and a new part is its bytes. So the work grows with the slides, not with their square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from posixpath import splitext
from typing import NamedTuple

from msgspec import Struct

from reportgen.deck import package
from reportgen.deck.oxml import PROLOG, build_tag, quote_attribute

KIND = package.R.strip("{}")
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
SLIDE_TYPE, NOTES_TYPE, CHART_TYPE, BOOK_TYPE = (
    f"application/vnd.openxmlformats-officedocument.{kind}"
    for kind in (
        "presentationml.slide+xml", "presentationml.notesSlide+xml", "drawingml.chart+xml", "spreadsheetml.sheet"
    )
)  # fmt: skip
OUTSIDE = ' TargetMode="External"'


class Relation(NamedTuple):
    """A part's relation to another, as it is written: of which type, to what, and whether that is in the package."""

    type: str
    target: str
    inside: bool = True


class Relations:
    """What a part relates to: each relation once, under a key by which the part's own words name it."""

    def __init__(self, part: str, held: Iterable[tuple[str, Relation]] = ()) -> None:
        self.part = part
        self._held = dict(held)
        self._keys = {relation: key for key, relation in self._held.items()}
        self._free = (key for number in count(1) if (key := f"rId{number}") not in self._held)

    def to(self, name: str, kind: str) -> str:
        """The key of the relation to the part of this name."""
        return self._key(Relation(f"{KIND}/{kind}", package.pointer(self.part, name)))

    def link(self, address: str) -> str:
        """The key of a link to an address."""
        return self._key(Relation(f"{KIND}/hyperlink", address, inside=False))

    def __bool__(self) -> bool:
        return bool(self._held)

    def xml(self) -> bytes:
        rows = "".join(
            f'<Relationship Id="{key}" Type="{kind}" Target={quote_attribute(target)}{"" if inside else OUTSIDE}/>'
            for key, (kind, target, inside) in sorted(self._held.items(), key=_number)
        )
        return f"{PROLOG}{build_tag('Relationships', _space(package.RELATIONS), rows)}".encode()

    def _key(self, relation: Relation) -> str:
        if relation not in self._keys:
            self._keys[relation] = key = next(self._free)
            self._held[key] = relation
        return self._keys[relation]


class NewPart(Struct):
    """A part that no file has yet. Its relations come first, for its bytes name them."""

    name: str
    content_type: str
    relations: Relations
    data: bytes = b""


class NewParts:
    """The parts that a presentation gets, each of a free name; the slides are among them."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.parts: list[NewPart] = []
        self._taken = frozenset(taken)
        self._numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(1))

    def add(self, template: str, content_type: str, data: bytes = b"") -> NewPart:
        """A part named by a template with a number in it: "ppt/charts/chart%d.xml"."""
        names = (template % number for number in self._numbers[template])
        name = next(name for name in names if name not in self._taken)
        part = NewPart(name, content_type, Relations(name), data)
        self.parts.append(part)
        return part


def build_package(held: package.Parts, kinds: Mapping[str, str], made: Sequence[NewPart]) -> bytes:
    """The file of the parts that are there, whose content types `kinds` has by their names, and the new ones."""
    members = {
        package.CONTENT_TYPES: build_content_types({**kinds, **{new.name: new.content_type for new in made}}),
        **held,
    }
    for new in made:
        members[new.name] = new.data
        if new.relations:
            members[package.relations_of(new.name)] = new.relations.xml()
    return package.zipped(members)


def build_content_types(kinds: Mapping[str, str]) -> bytes:
    """The list of content types: by ending where all parts of that ending are of one, by name where they are XML."""
    endings = {"rels": RELATIONS_TYPE, "xml": "application/xml"}
    names = {}
    for name, kind in kinds.items():
        ending = splitext(name)[1].lstrip(".").lower()
        if endings.setdefault(ending, kind) != kind:
            names[f"/{name}"] = kind
    defaults = (
        f"<Default Extension={quote_attribute(each)} ContentType={quote_attribute(kind)}/>"
        for each, kind in sorted(endings.items())
    )
    overrides = (
        f"<Override PartName={quote_attribute(each)} ContentType={quote_attribute(kind)}/>"
        for each, kind in sorted(names.items())
    )
    rows = "".join((*defaults, *overrides))
    return f"{PROLOG}{build_tag('Types', _space(package.TYPES), rows)}".encode()


def _space(namespace: str) -> str:
    return f' xmlns="{namespace.strip("{}")}"'


def _number(row: tuple[str, Relation]) -> tuple[int, str]:
    """Where a relation stands in its list: by the number in its key."""
    digits = row[0].removeprefix("rId")
    return (int(digits) if digits.isdigit() else 0), row[0]
