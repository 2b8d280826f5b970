"""What WeasyPrint leaves undone for a file that is PDF/A-3a and PDF/UA-1 at once, mended before it is written.

`finish` works on the objects of the PDF in memory, in the steps that it lists. The structure tree is read by the tags
that WeasyPrint gives: it keeps no way from an HTML element to its tag, so headers, notes and citations are known by
where they stand and by the links they hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any, TypeAlias

import pydyf  # type: ignore[import-untyped,unused-ignore]

PX = 0.75  # points in a CSS pixel
NOTE = "note-"  # how the ids of notes begin,
CITATION = "cite-"  # and those of the places that cite them: #note-3 and #cite-3 link to each other

PDF_UA = """
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

Element: TypeAlias = Any  # a pydyf.Dictionary: a dict that is also an object of the PDF


def finish(pdf: pydyf.PDF) -> None:
    """Mend the structure tree, the links and the metadata in place."""
    tree = _Tree(pdf)
    _running_text_as_artifacts(pdf, tree)
    for element in list(tree.elements()):
        match element["S"]:
            case "/TH":
                _scope(tree, element)
            case "/Figure":
                _bounding_box(tree, element)
            case "/Link":
                _link(tree, element)
    _no_empty_elements(tree)
    tree.index_ids()
    _attachments_once(pdf)
    _radio_groups(pdf)
    _declare_pdf_ua(pdf)


class _Tree:
    """The structure tree by references, which is how pydyf keeps it: `b"12 0 R"` is `pdf.objects[12]`."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.root = self.get(pdf.catalog["StructTreeRoot"])

    def get(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def parent(self, element: Element) -> Element:
        return self.get(element["P"])

    def kids(self, element: Element) -> Iterator[Any]:
        """The objects below an element: other elements and references to annotations, not marked content."""
        return (self.get(kid) for kid in element["K"] if isinstance(kid, bytes))

    def elements(self, below: Element | None = None) -> Iterator[Element]:
        """All structure elements that belong to the document, in reading order."""
        for kid in self.kids(below or self.root):
            if "S" in kid:
                yield kid
                yield from self.elements(kid)

    def wrap(self, element: Element, tag: str) -> Element:
        """A new element between another and its parent."""
        parent = self.parent(element)
        kids = pydyf.Array([element.reference])
        new = pydyf.Dictionary(
            {"Type": "/StructElem", "S": f"/{tag}", "K": kids, "P": element["P"], "Pg": element["Pg"]}
        )
        self.pdf.add_object(new)
        parent["K"][parent["K"].index(element.reference)] = new.reference
        element["P"] = new.reference
        return new

    def index_ids(self) -> None:
        """Where a structure element has an ID, the root needs a tree of all of them."""
        named = sorted((element["ID"].string, element.reference) for element in self.elements() if "ID" in element)
        if named:
            names = pydyf.Array([part for name, reference in named for part in (pydyf.String(name), reference)])
            limits = pydyf.Array([pydyf.String(named[0][0]), pydyf.String(named[-1][0])])
            leaf = pydyf.Dictionary({"Limits": limits, "Names": names})
            self.pdf.add_object(leaf)
            self.root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})


def _running_text_as_artifacts(pdf: pydyf.PDF, tree: _Tree) -> None:
    """Headers and footers hang on elements outside the tree; a reader should not be told them on every page."""
    inside = {element.number for element in tree.elements()}
    elements = [
        item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
    ]
    orphans = [element for element in elements if element.number not in inside]
    outside = {orphan.reference for orphan in orphans}
    numbers = tree.get(tree.root["ParentTree"])["Nums"]
    for page, reference in enumerate(pdf.page_references):
        owners = numbers[2 * page + 1]
        lost = {mcid for mcid, owner in enumerate(owners) if owner in outside}
        _as_artifact(tree.get(tree.get(reference)["Contents"]), lost)
        owners[:] = ["null" if mcid in lost else owner for mcid, owner in enumerate(owners)]
        while owners and owners[-1] == "null":
            owners.pop()
    for orphan in orphans:
        orphan.clear()


def _as_artifact(content: pydyf.Stream, lost: set[int]) -> None:
    """Mark the text of these numbers as an artifact, in a page's list of operators: tag, properties, BDC."""
    operators = content.stream
    for at, properties in enumerate(operators):
        if isinstance(properties, pydyf.Dictionary) and properties.get("MCID") in lost:
            read = {key: properties[key] for key in ("ActualText",) if key in properties}
            operators[at - 1], operators[at] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination", **read})


def _scope(tree: _Tree, cell: Element) -> None:
    """A header cell in the table's head speaks for its column, any other for its row."""
    section = tree.parent(tree.parent(cell))["S"]
    cell["A"]["Scope"] = "/Column" if section == "/THead" else "/Row"


def _bounding_box(tree: _Tree, figure: Element) -> None:
    """From CSS pixels below the page's top to points above its bottom."""
    height = tree.get(figure["Pg"])["MediaBox"][3]
    left, top, right, bottom = figure["A"]["BBox"]
    figure["A"]["BBox"] = pydyf.Array([left * PX, height - bottom * PX, right * PX, height - top * PX])


def _link(tree: _Tree, link: Element) -> None:
    """A citation becomes a Reference, what links back to one becomes a Note; both are told apart by their targets."""
    annotation = next((tree.get(kid["Obj"]) for kid in tree.kids(link) if kid.get("Type") == "/OBJR"), None)
    if annotation is None or "Dest" not in annotation:
        return
    target = annotation["Dest"].string
    if target.startswith(NOTE):
        annotation["Contents"] = pydyf.String(target.removeprefix(NOTE))
        tree.wrap(link, "Reference")
    elif target.startswith(CITATION):
        _note(tree, link, NOTE + target.removeprefix(CITATION))


def _note(tree: _Tree, back: Element, name: str) -> None:
    """Put a Note with an ID between the list item's body that holds a link back and the rest of its contents."""
    body = back
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


EMPTY = {"/P", "/Div", "/Span", "/NonStruct", "/Sect"}


def _no_empty_elements(tree: _Tree) -> None:
    """A ruled line is drawn by a paragraph without words: nothing that a reader should be told of."""
    for element in reversed(list(tree.elements())):
        if element["S"] in EMPTY and not element["K"] and not element.keys() & {"Alt", "ActualText"}:
            tree.parent(element)["K"].remove(element.reference)
            element.clear()


def _attachments_once(pdf: pydyf.PDF) -> None:
    """WeasyPrint lists each attachment twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _radio_groups(pdf: pydyf.PDF) -> None:
    """One field a group, its buttons without names of their own: with one each they would not exclude each other.

    The group is called what its buttons' names begin with. No viewer is asked to draw the boxes anew: PDF/A forbids it.
    """
    form = pdf.catalog.get("AcroForm")
    if not form:
        return
    form.pop("NeedAppearances", None)
    objects = {reference: pdf.objects[int(reference.split()[0])] for reference in form["Fields"]}
    for group in objects.values():
        if "Kids" in group:
            buttons = [objects[kid] for kid in group["Kids"]]
            letters = takewhile(
                lambda each: len(set(each)) == 1, zip(*(button["TU"].string for button in buttons), strict=False)
            )
            named = "".join(same for same, *_ in letters).rstrip(" :.")
            group["TU"] = pydyf.String(named or group["T"].string)
            for button in buttons:
                del button["T"]
    form["Fields"] = pydyf.Array([reference for reference, field in objects.items() if "Parent" not in field])


def _declare_pdf_ua(pdf: pydyf.PDF) -> None:
    """PDF/A allows no metadata that it does not know, so the schema of the PDF/UA mark comes along."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    text = b"".join(metadata.stream)
    metadata.stream = [text.replace(b"</rdf:RDF>", PDF_UA.encode() + b"</rdf:RDF>")]
    metadata.compress = False  # readable without a PDF library
