"""The presentation without its slides: the theme's parts, and its lists of the slides, sections and notes to come.

python-pptx builds it from the parts of the theme.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.deck import package
from reportgen.deck.oxml import presentation_xml
from reportgen.deck.values import Deck, Properties, Slide
from reportgen.deck.write import notes_pages
from reportgen.deck.write.new_parts import Relation, Relations
from reportgen.deck.write.notes_pages import NotesPage

if TYPE_CHECKING:
    from pptx.presentation import Presentation


class Shell(Struct, frozen=True):
    """The package's parts and their content types by name, and the page that all notes pages begin as, if there are any."""

    members: Mapping[str, bytes]
    content_types: Mapping[str, str]
    notes: NotesPage | None


def build_shell(theme: package.Parts, deck: Deck, slides: Sequence[str], unused_layouts: Collection[str]) -> Shell:
    """Build the presentation from a theme's parts.

    `slides` are the names of the slides' parts to come; `unused_layouts` are the parts that are left out: layouts that we
    added to a house's theme and no slide uses.
    """
    import pptx

    file = pptx.Presentation(BytesIO(package.write_package(theme, compress=False)))
    for master in file.slide_masters:
        for layout in list(master.slide_layouts):
            if layout.part.partname.membername in unused_layouts:
                master.slide_layouts.remove(layout)
    has_notes = bool(deck.properties.marks.lines) or any(slide.notes for slide in deck.slides)
    notes = notes_pages.build_page(file, deck.properties) if has_notes else None
    relations = _list_slides(file, deck.slides, slides)
    for key, relation in file.part.rels.items():  # python-pptx adds no more than a relation for the notes master
        if relation.reltype.endswith("/notesMaster"):
            presentation_xml.add_notes_master(file.element, key)
    _set_properties(file, deck.properties)
    opened: Any = file.part.package
    parts = list(opened.iter_parts())
    members = {package.relations_part(""): opened._rels.xml}
    for part in parts:
        members[part.partname.membername] = part.blob
        if len(part.rels):
            xml = relations.xml() if part is file.part else part.rels.xml
            members[part.partname.rels_uri.membername] = xml
    return Shell(members, {part.partname.membername: part.content_type for part in parts}, notes)


def _list_slides(file: Presentation, slides: Sequence[Slide], names: Sequence[str]) -> Relations:
    """List the slides in their order, and their sections; return the presentation's relations with those to the slides."""
    part = file.part
    rows = ((key, Relation(each.reltype, each.target_ref, not each.is_external)) for key, each in part.rels.items())
    relations = Relations(part.partname.membername, rows)
    keys = [relations.to(name, "slide") for name in names]
    presentation_xml.add_slides(file.element.get_or_add_sldIdLst(), keys)
    sections: list[tuple[str, list[int]]] = []  # a section runs from the slide that names it to the next one
    for identity, slide in enumerate(slides, presentation_xml.FIRST_SLIDE):
        if slide.section and (not sections or sections[-1][0] != slide.section):
            sections.append((slide.section, []))
        if sections:
            sections[-1][1].append(identity)
    if sections:
        presentation_xml.add_sections(file.element, sections)
    return relations


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
    for name, text in texts.items():
        # set in the XML, because python-pptx refuses more than 255 letters; no reader does
        getattr(core._element, f"get_or_add_{name}")().text = text
    core.created = core.modified = properties.created
