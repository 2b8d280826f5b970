"""A box to tick as a content control, which Word and LibreOffice tick with a click."""

from __future__ import annotations

from lxml import etree

from reportgen.word.oxml.elements import build

OPEN, TICKED = "\u2610", "\u2612"
GAP = 60  # twentieths of a point between a box and its words
FACE = "MS Gothic"  # the face that Word itself sets such boxes in


def build_box(name: str, number: int) -> etree._Element:
    """Return an open box; `name` is what screen readers say."""
    sign = build("w:t")
    sign.text = OPEN
    faces = build("w:rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, hint="eastAsia")
    return build(
        "w:sdt",
        build(
            "w:sdtPr",
            build("w:alias", val=name[:64]),  # as many letters as Word allows
            build("w:tag", val=name[:64]),
            build("w:id", val=number),
            build(
                "w14:checkbox",
                build("w14:checked", val=0),
                build("w14:checkedState", val="2612", font=FACE),
                build("w14:uncheckedState", val="2610", font=FACE),
            ),
        ),
        build("w:sdtContent", build("w:r", build("w:rPr", faces, build("w:spacing", val=GAP)), sign)),
    )
