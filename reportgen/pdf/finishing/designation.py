"""Move the designation block, which floats to the foot of the first page, to the head of the structure tree.

The block comes first in the HTML. WeasyPrint writes it where it is painted, between two pages and often inside a
sentence that runs over them. A listener should know who may read a document before it is read aloud.
"""

from __future__ import annotations

import pydyf  # type: ignore[import-untyped,unused-ignore]

from reportgen.pdf.finishing.structure_tree import StructureTree

ARTICLE = "/Art"  # WeasyPrint's tag for an <article>; only the designation block is one


def move_designation_first(tree: StructureTree) -> None:
    """Move the block to the document's beginning, as a section, and drop the empty tags that it floated in."""
    blocks = [item for item in tree.pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("S") == ARTICLE]
    numbers = {block.number for block in blocks}
    for block in blocks:
        parent = tree.parent(block)
        if parent.number in numbers:  # the place of a footnote's number, which the block does not have
            parent["K"].remove(block.reference)
            continue
        holder = block
        while parent["S"] != "/Document":
            holder, parent = parent, tree.parent(parent)
        parent["K"].remove(holder.reference)
        parent["K"].insert(0, block.reference)
        block["P"] = parent.reference
    for block in blocks:
        block["S"] = "/Sect"
