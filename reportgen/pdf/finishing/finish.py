"""Make WeasyPrint's PDF conform to PDF/A-3a and PDF/UA-1 before it is written.

The steps work on the objects of the PDF in memory. WeasyPrint keeps no way from an HTML element to its tag, so table
headers, notes and citations are recognized by their tags, where they stand and the links that they hold.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import pydyf  # type: ignore[import-untyped,unused-ignore]

from reportgen.pdf.finishing.designation import move_designation_first
from reportgen.pdf.finishing.structure_tree import Element, StructureTree
from reportgen.pdf.finishing.text_fields import complete_text_fields
from reportgen.pdf.finishing.text_tags import tag_languages, tag_rtl_texts
from reportgen.pdf.finishing.xmp_metadata import extend_metadata

PX = 0.75  # points in a CSS pixel
NOTE = "note-"  # the beginning of the ids of notes,
CITATION = "cite-"  # and of the places that cite them: #note-3 and #cite-3 link to each other
RADIO = 1 << 15  # one of a group, and a click on the ticked one clears it: whoever ticked by mistake can take it back
DROPPED_IF_EMPTY = {"/P", "/Div", "/Span", "/NonStruct", "/Sect"}


def finish(document: Any, pdf: pydyf.PDF, rights: str) -> None:
    """Complete the structure tree, the links, the form and the metadata in place.

    `document` is WeasyPrint's layout, `rights` the words of a marking, for the metadata.
    """
    tree = StructureTree(pdf)
    tag_languages(document, tree)
    tag_rtl_texts(document, tree)
    move_designation_first(tree)
    _turn_running_text_into_artifacts(tree)
    for element in list(tree.elements()):
        match element["S"]:
            case "/TH":
                _set_scope(tree, element)
            case "/Figure":
                _convert_bounding_box(tree, element)
            case "/Link":
                _tag_citation(tree, element)
    _complete_links(document)
    _drop_empty_elements(tree)
    tree.index_ids()
    _list_attachments_once(pdf)
    _group_radio_buttons(pdf)
    complete_text_fields(pdf)
    extend_metadata(pdf, rights)


def _turn_running_text_into_artifacts(tree: StructureTree) -> None:
    """Mark headers and footers, whose tags hang outside the tree, as artifacts: not to be read aloud on every page."""
    inside = {element.number for element in tree.elements()}
    orphans = [
        item
        for item in tree.pdf.objects
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem" and item.number not in inside
    ]
    outside = {orphan.reference for orphan in orphans}
    for operators, owners in tree.pages():
        unowned = {mcid for mcid, owner in enumerate(owners) if owner in outside}
        _mark_as_artifact(operators, unowned)
        owners[:] = ["null" if mcid in unowned else owner for mcid, owner in enumerate(owners)]
        while owners and owners[-1] == "null":
            owners.pop()
    for orphan in orphans:
        orphan.clear()


def _mark_as_artifact(operators: list[Any], mcids: set[int]) -> None:
    """Mark the text of these numbers as an artifact; a mark in the operators is a tag, its properties and BDC."""
    for at, properties in enumerate(operators):
        if isinstance(properties, pydyf.Dictionary) and properties.get("MCID") in mcids:
            kept = {"ActualText": properties["ActualText"]} if "ActualText" in properties else {}
            operators[at - 1], operators[at] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination", **kept})


def _set_scope(tree: StructureTree, cell: Element) -> None:
    """Give a header cell its scope: its column in the table's head, its row anywhere else."""
    section = tree.parent(tree.parent(cell))["S"]
    cell["A"]["Scope"] = "/Column" if section == "/THead" else "/Row"


def _convert_bounding_box(tree: StructureTree, figure: Element) -> None:
    """Convert CSS pixels below the page's top to points above its bottom."""
    height = tree.get(figure["Pg"])["MediaBox"][3]
    left, top, right, bottom = figure["A"]["BBox"]
    figure["A"]["BBox"] = pydyf.Array([left * PX, height - bottom * PX, right * PX, height - top * PX])


def _tag_citation(tree: StructureTree, link: Element) -> None:
    """Turn a citation into a Reference, and the item that links back to it into a Note."""
    annotation = next((tree.get(kid["Obj"]) for kid in tree.kids(link) if kid.get("Type") == "/OBJR"), None)
    if annotation is None or "Dest" not in annotation:
        return
    target = annotation["Dest"].string
    if target.startswith(NOTE):
        annotation["Contents"] = pydyf.String(target.removeprefix(NOTE))
        tree.wrap(link, "Reference")
    elif target.startswith(CITATION):
        _add_note(tree, link, NOTE + target.removeprefix(CITATION))


def _complete_links(document: Any) -> None:
    """Give links the spoken names that their titles say, and rectangles as high as their letters.

    WeasyPrint names a link by its target, and makes it as high as its line, which is nothing for a raised number.
    """
    for page in document.pages:
        for *_, box in page.links:
            if not (annotation := getattr(box, "link_annotation", None)):
                continue
            if box.element is not None and (title := box.element.get("title")):
                annotation["Contents"] = pydyf.String(title)
            left, top, right, bottom = annotation["Rect"]
            if box.margin_height() < box.border_height():
                edges = box.border_box_y(), box.border_box_y() + box.border_height()
                top, bottom = ((page.height - y) * PX for y in edges)
            annotation["Rect"] = pydyf.Array([left, bottom, right, top])


def _add_note(tree: StructureTree, back_link: Element, name: str) -> None:
    """Put a Note with an ID between the body of the list item that holds the link and the rest of its contents."""
    body = back_link
    while body["S"] not in ("/LBody", "/Document"):
        body = tree.parent(body)
    if body["S"] != "/LBody" or any(kid["S"] == "/Note" for kid in tree.kids(body) if "S" in kid):
        return
    note = pydyf.Dictionary({**body, "S": "/Note", "P": body.reference, "ID": pydyf.String(name)})
    tree.pdf.add_object(note)
    for kid in tree.kids(body):
        if "S" in kid:
            kid["P"] = note.reference
    body["K"] = pydyf.Array([note.reference])


def _drop_empty_elements(tree: StructureTree) -> None:
    """Remove elements without content, such as the paragraph that only draws a ruled line."""
    for element in reversed(list(tree.elements())):
        if element["S"] in DROPPED_IF_EMPTY and not element["K"] and not element.keys() & {"Alt", "ActualText"}:
            tree.parent(element)["K"].remove(element.reference)
            element.clear()


def _list_attachments_once(pdf: pydyf.PDF) -> None:
    """Remove the second entry of each attachment: WeasyPrint lists it twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _group_radio_buttons(pdf: pydyf.PDF) -> None:
    """Make one field of each group, with nameless buttons: with a name each they would not exclude each other.

    The group's name is what its buttons' names begin with. No viewer is asked to redraw the boxes: PDF/A forbids it.
    """
    form = pdf.catalog.get("AcroForm")
    if not form:
        return
    form.pop("NeedAppearances", None)
    fields = {reference: pdf.objects[int(reference.split()[0])] for reference in form["Fields"]}
    for group in fields.values():
        if "Kids" in group:
            buttons = [fields[kid] for kid in group["Kids"]]
            letters = zip(*(button["TU"].string for button in buttons), strict=False)
            common = "".join(same for same, *_ in takewhile(lambda column: len(set(column)) == 1, letters))
            group["Ff"] = RADIO
            group["TU"] = pydyf.String(common.rstrip(" :.") or group["T"].string)
            for button in buttons:
                del button["T"]
    form["Fields"] = pydyf.Array([reference for reference, field in fields.items() if "Parent" not in field])
