"""What floats to the foot of the first page stands first in the structure tree, as it does in the HTML.

WeasyPrint writes it where it is painted, between two pages and, as often as not, inside a sentence that goes on over
them. Somebody who listens should know who may read a document before it is read to them.
"""

from __future__ import annotations

from typing import Any

import pydyf  # type: ignore[import-untyped,unused-ignore]

FLOATING = "/Art"  # how WeasyPrint tags an <article>, the only one there is


def move_designation_first(pdf: pydyf.PDF) -> None:
    """Moves each such part to the document's beginning, as a section, without the empty tags that it floated in."""
    floating = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("S") == FLOATING]
    numbers = {element.number for element in floating}
    for element in floating:
        parent = _parent(pdf, element)
        if parent.number in numbers:  # the place of a footnote's number, which this has not
            parent["K"].remove(element.reference)
            continue
        holder = element
        while parent["S"] != "/Document":
            holder, parent = parent, _parent(pdf, parent)
        parent["K"].remove(holder.reference)
        parent["K"].insert(0, element.reference)
        element["P"] = parent.reference
    for element in floating:
        element["S"] = "/Sect"


def _parent(pdf: pydyf.PDF, element: Any) -> Any:
    return pdf.objects[int(element["P"].split()[0])]
