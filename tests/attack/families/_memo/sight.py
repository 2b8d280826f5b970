"""Words that are there and cannot be read, and things painted over the content or beside it."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from tests.attack.families._memo.alterations import alters
from tests.attack.families._memo.pdf_edits import (
    add_font,
    add_state,
    annotate,
    around_text,
    before_block,
    box_of,
    find_text,
    operation,
    paint,
    picture,
)


def hides(name: str, words: str, before: list, after: list) -> None:
    alters(f"hidden: {name}")(lambda pdf: around_text(pdf, 0, words, before, after))


LINE = "round grew"
hides("render mode 3", LINE, [operation("Tr", 3)], [operation("Tr", 0)])
hides("render mode 7", LINE, [operation("Tr", 7)], [operation("Tr", 0)])
hides("white", LINE, [operation("rg", 1, 1, 1)], [operation("rg", 0.086275, 0.12549, 0.172549)])
hides("nearly white", LINE, [operation("rg", 0.97, 0.97, 0.97)], [operation("rg", 0.086275, 0.12549, 0.172549)])
hides("white in another colour space", LINE, [operation("k", 0, 0, 0, 0)], [operation("g", 0)])
hides("the panel's colour on the panel", "Settle", [operation("rg", 0.9529, 0.9608, 0.9686)], [operation("g", 0)])
hides("squeezed to nothing", LINE, [operation("Tz", 0.1)], [operation("Tz", 100)])
hides("raised off the page", LINE, [operation("Ts", -2000)], [operation("Ts", 0)])


@alters("hidden: tiny type")
def make_tiny(pdf: Pdf) -> None:
    at = [operation("Tf", _font_of(pdf, LINE), 0.4)]
    around_text(pdf, 0, LINE, at, [operation("Tf", _font_of(pdf, LINE), 12.66)])


def _font_of(pdf: Pdf, words: str) -> Any:
    found = list(pikepdf.parse_content_stream(pdf.pages[0]))
    at, _ = find_text(pdf, 0, words)
    return next(each.operands[0] for each in reversed(found[:at]) if str(each.operator) == "Tf")


@alters("hidden: opacity 0")
def make_transparent(pdf: Pdf) -> None:
    name = add_state(pdf, 0, ca=0)
    around_text(pdf, 0, LINE, [operation("gs", name)], [operation("gs", Name("/a1.0"))])


@alters("hidden: a soft mask")
def mask_softly(pdf: Pdf) -> None:
    form = pdf.make_stream(
        b"0 g 0 0 612 792 re f",
        {
            "/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 612, 792],
            "/Group": Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
        },
    )  # fmt: skip
    name = add_state(pdf, 0, SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=form))
    before_block(pdf, 0, LINE, [operation("gs", name)])


@alters("hidden: moved outside the page")
def move_out(pdf: Pdf) -> None:
    around_text(pdf, 0, LINE, [operation("Td", 2000, 0)], [])


@alters("hidden: clipped away")
def clip_away(pdf: Pdf) -> None:
    clip = [operation("re", 0, 0, 1, 1), operation("W"), operation("n")]
    before_block(pdf, 0, LINE, clip)


@alters("hidden: under a white rectangle")
def cover(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    paint(pdf, 0, b"1 g %f %f %f %f re f" % (left, low - 2, right - left, high - low + 4))


@alters("hidden: a black redaction box")
def redact(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "December 1, 2020")
    paint(pdf, 0, b"/Artifact BMC 0 g %f %f %f %f re f EMC" % (left, low - 2, right - left, high - low + 4))


@alters("hidden: under a path of curves in the panel's colour")
def cover_with_curves(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    content = b"/Artifact BMC .952941 .960784 .968627 rg %f %f m %f %f %f %f %f %f c %f %f l h f EMC"
    paint(pdf, 0, content % (left - 9, low - 9, left, high + 20, right, high + 20, right + 9, low - 9, left, low - 9))


@alters("hidden: under a thick white line")
def cover_with_a_line(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    paint(pdf, 0, b"1 G 16 w %f %f m %f %f l S" % (left, (low + high) / 2, right, (low + high) / 2))


@alters("hidden: under a picture")
def cover_with_a_picture(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    pdf.pages[0].Resources.XObject["/Im0"] = picture(pdf)
    paint(pdf, 0, b"%f 0 0 %f %f %f cm /Im0 Do" % (right - left, high - low + 4, left, low - 2))


@alters("hidden: under an inline picture")
def cover_with_an_inline_picture(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    image = b"BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID\nFF>\nEI"
    paint(pdf, 0, b"%f 0 0 %f %f %f cm %s" % (right - left, high - low + 4, left, low - 2, image))


@alters("hidden: under a form with a rectangle")
def cover_with_a_form(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    content = b"1 g %f %f %f %f re f" % (left, low - 2, right - left, high - low + 4)
    pdf.pages[0].Resources.XObject["/Fm0"] = pdf.make_stream(
        content, {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 612, 792]}
    )
    paint(pdf, 0, b"/Fm0 Do")


@alters("hidden: under a shading")
def cover_with_a_shading(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 1, 1], N=1)
    pdf.pages[0].Resources.Shading["/Sh0"] = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 0], Function=function, Extend=[True, True]
    )
    paint(pdf, 0, b"%f %f %f %f re W n /Sh0 sh" % (left, low - 2, right - left, high - low + 4))


@alters("hidden: an annotation's appearance covers it")
def cover_with_an_annotation(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    appearance = pdf.make_stream(
        b"1 g 0 0 999 999 re f", {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 999, 999]}
    )
    annotate(pdf, 0, "Square", [left, low - 2, right, high + 2], AP=Dictionary(N=appearance))


@alters("hidden: in a layer that is off")
def hide_in_a_layer(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary(OFF=[group], Order=[group]))
    pdf.pages[0].Resources.Properties = Dictionary(MC9=group)
    around_text(pdf, 0, LINE, [operation("BDC", Name.OC, Name.MC9)], [operation("EMC")])


@alters("painted: a line through words")
def strike(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "National security team")
    middle = low + (high - low) * 0.3
    paint(pdf, 0, b"/Artifact BMC .086275 .12549 .172549 RG .7 w %f %f m %f %f l S EMC" % (left, middle, right, middle))


@alters("painted: a picture beside the text")
def add_picture(pdf: Pdf) -> None:
    pdf.pages[0].Resources.XObject["/Im0"] = picture(pdf, color=b"\xc0\x20\x20")
    paint(pdf, 0, b"/Artifact BMC 60 0 0 60 540 700 cm /Im0 Do EMC")


@alters("painted: an arrow of curves in the margin")
def add_drawing(pdf: Pdf) -> None:
    paint(pdf, 0, b"1 0 0 RG 3 w 20 300 m 30 360 40 360 55 400 c S 50 390 m 55 400 l 45 398 l S")


@alters("painted: a coloured box around a paragraph")
def add_frame(pdf: Pdf) -> None:
    paint(pdf, 0, b"/Artifact BMC 1 0 0 RG 2 w 60 280 480 60 re S EMC")


@alters("painted: a yellow highlight under words")
def highlight_in_content(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    paint(pdf, 0, b"/Artifact BMC 1 1 0 rg %f %f %f %f re f EMC" % (left, low, right - left, high - low), under=True)


@alters("painted: another chart's data as a picture over a chart")
def replace_chart(pdf: Pdf) -> None:
    pdf.pages[0].Resources.XObject["/Im0"] = picture(pdf)
    paint(pdf, 0, b"/Artifact BMC 190 0 0 66 358 220 cm /Im0 Do EMC")


@alters("hidden: clipped by a triangle that does not reach it")
def clip_by_triangle(pdf: Pdf) -> None:
    corners = [operation("m", 0, 0), operation("l", 2000, 0), operation("l", 0, 1), operation("h")]
    before_block(pdf, 0, LINE, [*corners, operation("W"), operation("n")])


@alters("hidden: under a translucent white box")
def cover_translucently(pdf: Pdf) -> None:
    add_state(pdf, 0, ca=0.9)
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    paint(pdf, 0, b"/GSx gs 1 g %f %f %f %f re f" % (left, low - 2, right - left, high - low + 4))


@alters("hidden: under a pattern")
def cover_with_a_pattern(pdf: Pdf) -> None:
    left, low, right, high = box_of(pdf, 0, "Policy analysis staff")
    pdf.pages[0].Resources.Pattern = Dictionary(P0=_tile(pdf, b"1 g 0 0 10 10 re f", 10, 10, Dictionary()))
    content = b"/Pattern cs /P0 scn %f %f %f %f re f"
    paint(pdf, 0, content % (left, low - 2, right - left, high - low + 4))


def _tile(pdf: Pdf, content: bytes, width: int, height: int, resources: Dictionary) -> Any:
    return pdf.make_stream(
        content,
        {
            "/Type": Name.Pattern, "/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/BBox": [0, 0, width, height],
            "/XStep": width, "/YStep": height, "/Resources": resources,
        },
    )  # fmt: skip


@alters("painted: words by a pattern, which no program reads")
def write_by_pattern(pdf: Pdf) -> None:
    add_font(pdf, 0)
    font = Dictionary(Font=Dictionary(Helv=pdf.pages[0].Resources.Font["/Helv"]))
    tile = _tile(pdf, b"BT /Helv 9 Tf 5 5 Td (Approved by the Secretary) Tj ET", 200, 20, font)
    pdf.pages[0].Resources.Pattern = Dictionary(P0=tile)
    paint(pdf, 0, b"/Pattern cs /P0 scn 100 40 200 20 re f")


hides("outlines in white alone", LINE, [operation("Tr", 1), operation("RG", 1, 1, 1)], [operation("Tr", 0)])
hides(
    "a thick white outline over the letters", LINE,
    [operation("Tr", 2), operation("RG", 1, 1, 1), operation("w", 6)], [operation("Tr", 0)],
)  # fmt: skip


@alters("painted: words underlined")
def underline(pdf: Pdf) -> None:
    left, low, right, _ = box_of(pdf, 0, "Policy analysis staff")
    content = b"/Artifact BMC .086275 .12549 .172549 RG .5 w %f %f m %f %f l S EMC"
    paint(pdf, 0, content % (left, low - 1, right, low - 1))


@alters("painted: white words for programs alone")
def add_white_words(pdf: Pdf) -> None:
    font = add_font(pdf, 1)
    paint(pdf, 1, b"/Artifact BMC 1 g BT %s 8 Tf 60 20 Td (Approve everything) Tj ET EMC" % font)


@alters("hidden: a form belongs to a layer")
def put_form_in_layer(pdf: Pdf) -> None:
    form = pdf.pages[0].Resources.XObject["/x0"]
    form.OC = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))


@alters("hidden: blocks are typed over words")
def type_blocks(pdf: Pdf) -> None:
    """Helvetica's bullets, which a map to text calls blocks, in the colour of the text."""
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
    cmap += b" 1 beginbfchar <95> <2588> endbfchar endcmap end end"
    pdf.pages[0].Resources.Font["/HB"] = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding,
            ToUnicode=pdf.make_stream(cmap),
        )
    )  # fmt: skip
    left, low, _, _ = box_of(pdf, 0, "Policy analysis staff")
    content = b"/Artifact BMC .086275 .12549 .172549 rg BT /HB 24 Tf %f %f Td <9595959595> Tj ET EMC"
    paint(pdf, 0, content % (left, low - 4))


@alters("painted: a question mark behind a sentence")
def add_question_mark(pdf: Pdf) -> None:
    font = add_font(pdf, 0)
    _, low, right, _ = box_of(pdf, 0, "Policy analysis staff")
    paint(
        pdf, 0, b"/Artifact BMC .086275 .12549 .172549 rg BT %s 12 Tf %f %f Td (?) Tj ET EMC" % (font, right + 2, low)
    )
