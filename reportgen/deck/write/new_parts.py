"""The parts that are added to a presentation, and the package that they are written into.

python-pptx adds slides one at a time and searches all the others for a free name, a free id and an existing relation;
each of its parts is an XML tree that is parsed and serialized again. A deck knows all its slides beforehand: names are
counted, and a new part is its bytes. So the work grows with the number of slides, not with its square.
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
from reportgen.system.seals import seal_archive

RELATION_TYPE = package.R.strip("{}")
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
SLIDE_TYPE, NOTES_TYPE, CHART_TYPE, BOOK_TYPE = (
    f"application/vnd.openxmlformats-officedocument.{kind}"
    for kind in (
        "presentationml.slide+xml", "presentationml.notesSlide+xml", "drawingml.chart+xml", "spreadsheetml.sheet"
    )
)  # fmt: skip
OUTSIDE = ' TargetMode="External"'


class Relation(NamedTuple):
    """A part's relation as it is written: its type and target, and whether the target is inside the package."""

    type: str
    target: str
    inside: bool = True


class Relations:
    """The relations of a part, each once, by the keys that the part's XML uses."""

    def __init__(self, part: str, rows: Iterable[tuple[str, Relation]] = ()) -> None:
        self.part = part
        self._rows = dict(rows)
        self._keys = {relation: key for key, relation in self._rows.items()}
        self._free = (key for number in count(1) if (key := f"rId{number}") not in self._rows)

    def to(self, name: str, kind: str) -> str:
        """Return the key of the relation to a part, adding the relation if it is new."""
        return self._add(Relation(f"{RELATION_TYPE}/{kind}", package.relative_target(self.part, name)))

    def link(self, address: str) -> str:
        """Return the key of a hyperlink to an address, adding the link if it is new."""
        return self._add(Relation(f"{RELATION_TYPE}/hyperlink", address, inside=False))

    def __bool__(self) -> bool:
        return bool(self._rows)

    def xml(self) -> bytes:
        rows = "".join(
            f'<Relationship Id="{key}" Type="{kind}" Target={quote_attribute(target)}{"" if inside else OUTSIDE}/>'
            for key, (kind, target, inside) in sorted(self._rows.items(), key=_sort_key)
        )
        return f"{PROLOG}{build_tag('Relationships', _space(package.RELATIONS), rows)}".encode()

    def _add(self, relation: Relation) -> str:
        if relation not in self._keys:
            self._keys[relation] = key = next(self._free)
            self._rows[key] = relation
        return self._keys[relation]


class NewPart(Struct):
    """A new part. Its relations are made before its bytes, which name them."""

    name: str
    content_type: str
    relations: Relations
    data: bytes = b""


class NewParts:
    """The parts that are added to a presentation, slides among them, each under a free name."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.parts: list[NewPart] = []
        self._taken = frozenset(taken)
        self._numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(1))

    def add(self, template: str, content_type: str, data: bytes = b"") -> NewPart:
        """Add a part; `template` is its name with a place for the number, such as "ppt/charts/chart%d.xml"."""
        names = (template % number for number in self._numbers[template])
        name = next(name for name in names if name not in self._taken)
        part = NewPart(name, content_type, Relations(name), data)
        self.parts.append(part)
        return part


def build_package(members: package.Parts, kinds: Mapping[str, str], added: Sequence[NewPart]) -> bytes:
    """Return the file of the existing `members`, whose content types are `kinds` by name, and the `added` parts."""
    kinds = {**kinds, **{part.name: part.content_type for part in added}}
    parts = {package.CONTENT_TYPES: build_content_types(kinds), **members}
    for part in added:
        parts[part.name] = part.data
        if part.relations:
            parts[package.relations_part(part.name)] = part.relations.xml()
    return seal_archive(package.write_package(parts))


def build_content_types(kinds: Mapping[str, str]) -> bytes:
    """Return the part that lists content types: by ending, or by name where parts of one ending have several types."""
    endings = {"rels": RELATIONS_TYPE, "xml": "application/xml"}
    names = {}
    for name, kind in kinds.items():
        ending = splitext(name)[1].lstrip(".").lower()
        if endings.setdefault(ending, kind) != kind:
            names[f"/{name}"] = kind
    rows = "".join(
        f"<{tag}={quote_attribute(each)} ContentType={quote_attribute(kind)}/>"
        for tag, table in (("Default Extension", endings), ("Override PartName", names))
        for each, kind in sorted(table.items())
    )
    return f"{PROLOG}{build_tag('Types', _space(package.TYPES), rows)}".encode()


def _space(namespace: str) -> str:
    return f' xmlns="{namespace.strip("{}")}"'


def _sort_key(row: tuple[str, Relation]) -> tuple[int, str]:
    """Sort relations by the number in their keys."""
    digits = row[0].removeprefix("rId")
    return (int(digits) if digits.isdigit() else 0), row[0]
