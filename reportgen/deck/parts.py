"""A presentation's new parts: their names, their places in it, and the file that they become.

What python-pptx does for one slide at a time looks through all the others: for a free name, a free id, a relation that
may be there already. A deck knows its slides beforehand, so each name is counted on and the slides are listed at once;
the work grows with the slides, not with their square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from reportgen.deck import package
from reportgen.deck.oxml import presentation
from reportgen.later import put_off

if TYPE_CHECKING:
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI
    from pptx.parts.slide import SlidePart
    from pptx.presentation import Presentation


def library() -> Any:
    """python-pptx. What it imports for pictures comes when it meets one."""
    with put_off("PIL.Image", "PIL.ImageFont"):
        import pptx

    return pptx


class Names:
    """Free names of parts, by a template with a number in it: "/ppt/charts/chart%d.xml"."""

    def __init__(self, file: Presentation) -> None:
        self._taken = {part.partname for part in file.part.package.iter_parts()}
        self._numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(1))

    def free(self, template: str) -> PackURI:
        from pptx.opc.packuri import PackURI

        names = (PackURI(template % number) for number in self._numbers[template])
        return next(name for name in names if name not in self._taken)


def list_slides(file: Presentation, slides: Sequence[SlidePart]) -> None:
    """Relates the presentation to its slides, in their order, after whatever it is related to."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.oxml import CT_Relationships

    part = file.part
    known = {each.partname: each for each in part.package.iter_parts()} | {each.partname: each for each in slides}
    listed = CT_Relationships.new()
    for key, each in part.rels.items():
        listed.add_rel(key, each.reltype, each.target_ref, each.is_external)
    free = (key for number in count(1) if (key := f"rId{number}") not in part.rels)
    keys = [key for _, key in zip(slides, free, strict=False)]
    for key, slide in zip(keys, slides, strict=True):
        listed.add_rel(key, RELATIONSHIP_TYPE.SLIDE, slide.partname.relative_ref(part.partname.baseURI))
    part.load_rels_from_xml(listed, known)
    presentation.add_slides(file.slides._sldIdLst, keys)


def saved(file: Presentation) -> bytes:
    """The file, each of its parts packed once; python-pptx would date them by the clock."""
    opened: Any = file.part.package
    parts = list(opened.iter_parts())
    members = {package.CONTENT_TYPES: _content_types(parts), package.relations_of(""): opened._rels.xml}
    for part in parts:
        members[part.partname.membername] = part.blob
        if len(part.rels):
            members[part.partname.rels_uri.membername] = part.rels.xml
    return package.zipped(members)


def _content_types(parts: Iterable[Part]) -> bytes:
    """By ending where the ending says it all, else by name."""
    from pptx.opc.constants import CONTENT_TYPE
    from pptx.opc.oxml import CT_Types, serialize_part_xml
    from pptx.opc.spec import default_content_types

    endings = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    names = {}
    for part in parts:
        ending = part.partname.ext.lower()
        if (ending, part.content_type) in default_content_types:
            endings[ending] = part.content_type
        else:
            names[part.partname] = part.content_type
    types = CT_Types.new()
    for ending, kind in sorted(endings.items()):
        types.add_default(ending, kind)
    for name, kind in sorted(names.items()):
        types.add_override(name, kind)
    return bytes(serialize_part_xml(types))
