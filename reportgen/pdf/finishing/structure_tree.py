"""The structure tree of a PDF in memory: its elements, the marked content that they own, and their IDs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf  # type: ignore[import-untyped,unused-ignore]

Element: TypeAlias = Any  # a pydyf.Dictionary: a dict that is also an object of the PDF


class StructureTree:
    """The structure tree by references, as pydyf keeps it: `b"12 0 R"` is `pdf.objects[12]`."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.root = self.get(pdf.catalog["StructTreeRoot"])

    def get(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def parent(self, element: Element) -> Element:
        return self.get(element["P"])

    def kids(self, element: Element) -> Iterator[Any]:
        """Yield the objects below an element: other elements and references to annotations, not marked content."""
        return (self.get(kid) for kid in element["K"] if isinstance(kid, bytes))

    def elements(self, below: Element | None = None) -> Iterator[Element]:
        """Yield the structure elements of the document in reading order."""
        for kid in self.kids(below or self.root):
            if "S" in kid:
                yield kid
                yield from self.elements(kid)

    def pages(self) -> Iterator[tuple[list[Any], list[Any]]]:
        """Yield each page's drawing operators, and the owner of each piece of its marked content, by number."""
        numbers = self.get(self.root["ParentTree"])["Nums"]
        for page, reference in enumerate(self.pdf.page_references):
            yield self.get(self.get(reference)["Contents"]).stream, numbers[2 * page + 1]

    def wrap(self, element: Element, tag: str) -> None:
        """Put a new element between an element and its parent."""
        parent = self.parent(element)
        kids = pydyf.Array([element.reference])
        new = pydyf.Dictionary(
            {"Type": "/StructElem", "S": f"/{tag}", "K": kids, "P": element["P"], "Pg": element["Pg"]}
        )
        self.pdf.add_object(new)
        parent["K"][parent["K"].index(element.reference)] = new.reference
        element["P"] = new.reference

    def index_ids(self) -> None:
        """Add the index that the root needs where an element has an ID."""
        named = sorted((element["ID"].string, element.reference) for element in self.elements() if "ID" in element)
        if named:
            names = pydyf.Array([part for name, reference in named for part in (pydyf.String(name), reference)])
            limits = pydyf.Array([pydyf.String(named[0][0]), pydyf.String(named[-1][0])])
            leaf = pydyf.Dictionary({"Limits": limits, "Names": names})
            self.pdf.add_object(leaf)
            self.root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
