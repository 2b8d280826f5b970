"""A presentation without its slides: what its theme has, and what it says of the slides to come.

Built by python-pptx from the parts of the theme.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.deck import package
from reportgen.deck.oxml import presentation_xml
from reportgen.deck.pptx_library import import_pptx
from reportgen.deck.values import Properties
from reportgen.deck.write import notes_pages
from reportgen.deck.write.new_parts import Relation, Relations
from reportgen.deck.write.notes_pages import NotesPage
from reportgen.deck.write.outline import Outline

if TYPE_CHECKING:
    from pptx.opc.package import Part
    from pptx.presentation import Presentation


class Shell(Struct, frozen=True):
    """The parts that are there, with their content types by name; and the page that all notes begin as, if there are any.

    What is empty is as it was: a film or picture that was not handed over.
    """

    members: Mapping[str, bytes]
    kinds: Mapping[str, str]
    notes: NotesPage | None


def build_shell(
    theme: package.Parts,
    outline: Outline,
    properties: Properties,
) -> Shell:
    """Return the presentation made of a theme's parts, ready for the slides of `outline`."""
    file = import_pptx().Presentation(package.packed(theme))
    _leave_out(file, outline.left_out)
    notes = notes_pages.build_page(file, properties) if outline.noted else None
    listed = _list_slides(file, outline)
    _list_notes_master(file)
    _set_properties(file, properties)
    opened: Any = file.part.package
    held = list(opened.iter_parts())
    members = {package.relations_of(""): opened._rels.xml}
    for part in held:
        members[part.partname.membername] = part.blob
        if len(part.rels):
            members[part.partname.rels_uri.membername] = listed.xml() if part is file.part else part.rels.xml
    return Shell(members, {part.partname.membername: part.content_type for part in held}, notes)


def _leave_out(file: Presentation, names: Collection[str]) -> None:
    """A house's file keeps its own layouts; of those that we added, it gets the ones that slides use."""
    for master in file.slide_masters:
        for layout in list(master.slide_layouts):
            if layout.part.partname.membername in names:
                master.slide_layouts.remove(layout)


def _list_slides(file: Presentation, outline: Outline) -> Relations:
    """Lists the slides in their order, and their sections; what the presentation then relates to."""
    relations = _relations(file.part)
    keys = [relations.to(name, "slide") for name in outline.slides]
    presentation_xml.add_slides(file.element.get_or_add_sldIdLst(), keys)
    if sections := outline.section_slides():
        presentation_xml.add_sections(file.element, sections)
    return relations


def _relations(part: Part) -> Relations:
    """Those that a part of the file has."""
    rows = ((key, Relation(each.reltype, each.target_ref, not each.is_external)) for key, each in part.rels.items())
    return Relations(part.partname.membername, rows)


def _list_notes_master(file: Presentation) -> None:
    """The presentation lists its notes master, which python-pptx only relates it to."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    for relation, target in file.part.rels.items():
        if target.reltype == RELATIONSHIP_TYPE.NOTES_MASTER:
            presentation_xml.add_notes_master(file.element, relation)


def _set_properties(file: Presentation, properties: Properties) -> None:
    core = file.core_properties
    core.language = properties.language
    texts = {
        "title": properties.title, "creator": properties.author, "lastModifiedBy": properties.author,
        "subject": properties.subject,
    }  # fmt: skip
    marks = properties.marks
    marked = {"contentStatus": marks.banner, "keywords": ", ".join(marks.lines), "description": marks.rights}
    texts |= {name: text for name, text in marked.items() if text}
    for name, text in texts.items():  # python-pptx refuses more than 255 letters, which no reader does
        getattr(core._element, f"get_or_add_{name}")().text = text
    core.created = core.modified = properties.created
