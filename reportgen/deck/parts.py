"""What a presentation gets beside the parts that it has, and the file that it becomes.

What python-pptx does for one slide at a time looks through all the others: for a free name, a free id, a relation that
may be there already; and each of its parts is a tree, made from XML and made XML again. A deck knows its slides
beforehand: each name is counted on, the slides are listed at once, and a new part is its bytes. So the work grows with
the slides, not with their square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import count
from posixpath import relpath, splitext
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from reportgen.deck import package
from reportgen.deck.oxml import PROLOG, attribute, presentation, tag
from reportgen.later import put_off

if TYPE_CHECKING:
    from pptx.opc.package import Part
    from pptx.presentation import Presentation


SPACE = f' xmlns="{package.RELATIONS.strip("{}")}"'
OUTSIDE = ' TargetMode="External"'


def library() -> Any:
    """python-pptx. What it imports for pictures comes when it meets one."""
    with put_off("PIL.Image", "PIL.ImageFont"):
        import pptx

    return pptx


class Relation(NamedTuple):
    """A part's relation to another, as it is written: of which type, to what, and whether that is in the package."""

    type: str
    target: str
    inside: bool = True


class Relations:
    """What a part in `folder` relates to: each relation once, under a key by which the part's own words name it."""

    def __init__(self, folder: str, held: Iterable[tuple[str, Relation]] = ()) -> None:
        self.folder = folder
        self._held = dict(held)
        self._keys = {relation: key for key, relation in self._held.items()}
        self._free = (key for number in count(1) if (key := f"rId{number}") not in self._held)

    @classmethod
    def of(cls, part: Part) -> Relations:
        """Those that a part of the file has."""
        rows = ((key, Relation(each.reltype, each.target_ref, not each.is_external)) for key, each in part.rels.items())
        return cls(part.partname.baseURI.lstrip("/"), rows)

    def to(self, name: str, kind: str) -> str:
        """The key of the relation to the part of this name."""
        folder, _, file = name.rpartition("/")
        return self._key(Relation(kind, _way(self.folder, folder) + file))

    def link(self, address: str) -> str:
        """The key of a link to an address."""
        from pptx.opc.constants import RELATIONSHIP_TYPE

        return self._key(Relation(RELATIONSHIP_TYPE.HYPERLINK, address, inside=False))

    def __bool__(self) -> bool:
        return bool(self._held)

    def xml(self) -> bytes:
        rows = "".join(
            f'<Relationship Id="{key}" Type="{kind}" Target={attribute(target)}{"" if inside else OUTSIDE}/>'
            for key, (kind, target, inside) in sorted(self._held.items(), key=_number)
        )
        return f"{PROLOG}{tag('Relationships', SPACE, rows)}".encode()

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

    def __init__(self, file: Presentation) -> None:
        self.made: list[NewPart] = []
        self._taken = {str(part.partname) for part in file.part.package.iter_parts()}
        self._numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(1))

    def add(self, template: str, content_type: str, data: bytes = b"") -> NewPart:
        """A part named by a template with a number in it: "ppt/charts/chart%d.xml"."""
        names = (template % number for number in self._numbers[template])
        name = next(name for name in names if f"/{name}" not in self._taken)
        part = NewPart(name, content_type, Relations(name.rpartition("/")[0]), data)
        self.made.append(part)
        return part


def list_slides(file: Presentation, slides: Sequence[NewPart]) -> Relations:
    """Lists the slides in their order; what the presentation then relates to."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    relations = Relations.of(file.part)
    keys = [relations.to(slide.name, RELATIONSHIP_TYPE.SLIDE) for slide in slides]
    presentation.add_slides(file.slides._sldIdLst, keys)
    return relations


def saved(file: Presentation, made: Iterable[NewPart], listed: Relations) -> bytes:
    """The file with its new parts, packed once; python-pptx would date them by the clock.

    `listed` is what the presentation relates to now.
    """
    opened: Any = file.part.package
    held = list(opened.iter_parts())
    kinds = {part.partname.membername: part.content_type for part in held} | {
        new.name: new.content_type for new in made
    }
    members = {package.CONTENT_TYPES: _content_types(kinds), package.relations_of(""): opened._rels.xml}
    for part in held:
        members[part.partname.membername] = part.blob
        if len(part.rels):
            members[part.partname.rels_uri.membername] = listed.xml() if part is file.part else part.rels.xml
    for new in made:
        members[new.name] = new.data
        if new.relations:
            members[package.relations_of(new.name)] = new.relations.xml()
    return package.zipped(members)


def _content_types(kinds: Mapping[str, str]) -> bytes:
    """By ending where the ending says it all, else by name."""
    from pptx.opc.constants import CONTENT_TYPE
    from pptx.opc.oxml import CT_Types, serialize_part_xml
    from pptx.opc.spec import default_content_types

    endings = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    names = {}
    for name, kind in kinds.items():
        ending = splitext(name)[1].lstrip(".").lower()
        if (ending, kind) in default_content_types:
            endings[ending] = kind
        else:
            names[f"/{name}"] = kind
    types = CT_Types.new()
    for ending, kind in sorted(endings.items()):
        types.add_default(ending, kind)
    for name, kind in sorted(names.items()):
        types.add_override(name, kind)
    return bytes(serialize_part_xml(types))


def _number(row: tuple[str, Relation]) -> tuple[int, str]:
    """Where a relation stands in its list: by the number in its key."""
    digits = row[0].removeprefix("rId")
    return (int(digits) if digits.isdigit() else 0), row[0]


@cache
def _way(folder: str, to: str) -> str:
    """What leads from one folder to files of another."""
    way = relpath(to or ".", folder or ".")
    return "" if way == "." else f"{way}/"
