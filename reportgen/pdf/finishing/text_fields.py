"""Make the text fields of a form from boxes, as PDF/A allows them.

WeasyPrint embeds the whole font of a text field, without the letters that Arabic words are joined from. So text fields are laid out as
check boxes, which need no font, and become text fields in the finished file.
"""

from __future__ import annotations

import pydyf  # type: ignore[import-untyped,unused-ignore]

MULTILINE = 1 << 12
TYPED = 8  # points: the size of what is typed
TALL = 21  # points: a text field as high as this holds several lines
WRITTEN, LAID_OUT = '<input type="text"', '<input type="checkbox"'


def draw_fields_without_fonts(html: str) -> str:
    """Return a memo's HTML with its text fields as boxes."""
    return html.replace(WRITTEN, LAID_OUT)


def complete_text_fields(pdf: pydyf.PDF) -> None:
    """Turn check boxes into text fields, each empty, with the appearance that PDF/A-3 6.3.3 asks of every field.

    What is typed is drawn by the viewer: in Helvetica, which every viewer has.
    """
    fields = [
        item
        for item in pdf.objects
        if isinstance(item, pydyf.Dictionary)
        and item.get("FT") == "/Btn"
        and "Kids" not in item
        and "Parent" not in item
    ]
    if not fields:
        return
    font = pydyf.Dictionary(
        {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica", "Encoding": "/WinAnsiEncoding"}
    )
    pdf.add_object(font)
    resources = pydyf.Dictionary({"Font": pydyf.Dictionary({"Helv": font.reference})})
    pdf.add_object(resources)
    pdf.catalog["AcroForm"]["DR"] = resources.reference
    for field in fields:
        left, top, right, bottom = field["Rect"]
        width, height = abs(right - left), abs(bottom - top)
        box = pydyf.Array([0, 0, round(width, 2), round(height, 2)])
        about = {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": resources.reference}
        appearance = pydyf.Stream([b"/Tx BMC EMC"], about)
        pdf.add_object(appearance)
        for key in ("AS", "MK", "Border"):
            field.pop(key, None)
        field.update(
            FT="/Tx", V=pydyf.String(""), DA=pydyf.String(f"/Helv {TYPED} Tf 0 g"), AP=pydyf.Dictionary({"N": appearance.reference})
        )  # fmt: skip
        if height >= TALL:
            field["Ff"] = MULTILINE
