"""Alterations of a finished memo, one kind each, from what PDF editors, converters and attackers do.

Whatever changes what a reader understands, sees or may do must be an error; what only concerns the file itself, nothing.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from tests.attack.families._pdf_edits import (
    add_font,
    add_state,
    annotate,
    around_text,
    before_block,
    box_of,
    elements,
    figure_range,
    find_text,
    in_figure,
    operation,
    paint,
    picture,
    retype,
    rewrite,
    saved,
)
from tests.attack.outcome import Outcome
from tests.conftest import BUNDLED

TITLE = "memo edits"
SAMPLE = 12
HARMLESS = "harmless"
"""The verdict wanted where nothing that is read, seen or done has changed: no error."""
ALTERATIONS: dict[str, tuple[Callable[[bytes], bytes], bool]] = {}
"""Each alteration by its name, and whether it changes what is understood."""


def alters(name: str, harmless: bool = False) -> Callable[[Callable[[Pdf], Any]], Callable[[Pdf], Any]]:
    """Register an alteration of an open file."""

    def register(change: Callable[[Pdf], Any]) -> Callable[[Pdf], Any]:
        def altered(data: bytes) -> bytes:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                change(pdf)
                return saved(pdf)

        ALTERATIONS[name] = altered, harmless
        return change

    return register


def retypes(name: str, old: str, new: str, nth: int = 0) -> None:
    ALTERATIONS[f"retyped: {name}"] = (lambda data: retype(data, old, new, nth)), False


# Words

retypes("a typing mistake in the body", "demographic", "demograhpic")
retypes("an organization", "USAID can", "NASA can")
retypes("a name", "Troy", "Tony")
retypes("a place", "Seoul will look", "Tokyo will look")
retypes("a word of the subject", "deals", "deeds")
retypes("a lead in the table", "USAID, State", "State, USAID")
retypes("a word of a table's head", "Lead", "Load")
retypes("a verb in a table", "Finance Samsung", "Finish Samsung")
retypes("a word of a note", "conclusion", "confusion")
retypes("a hedge", "will likely", "will")
retypes("a number", "8.2", "9.2")
retypes("a word of the caption", "period not", "period now")
retypes("the running foot", "from old deals", "from cold deals", 1)
retypes("the sender", "Policy analysis", "Policy analyst")


@alters("a sentence is added by FreeText turned into content")
def add_sentence(pdf: Pdf) -> None:
    font = add_font(pdf, 0)
    paint(pdf, 0, b"BT %s 9 Tf 70 60 Td (Approved by the Secretary.) Tj ET" % font)


@alters("a sentence is added as an artifact")
def add_artifact_sentence(pdf: Pdf) -> None:
    font = add_font(pdf, 0)
    paint(pdf, 0, b"/Artifact BMC BT %s 9 Tf 300 770 Td (Approved by the Secretary.) Tj ET EMC" % font)


@alters("a watermark is painted across the page as an artifact")
def add_watermark(pdf: Pdf) -> None:
    font = add_font(pdf, 1)
    content = b"/Artifact <</Subtype /Watermark>> BDC .9 g BT %s 70 Tf .7 .7 -.7 .7 150 200 Tm (OBSOLETE) Tj ET EMC"
    paint(pdf, 1, content % font, under=True)


@alters("a paragraph's text is deleted")
def delete_text(pdf: Pdf) -> None:
    at, _ = find_text(pdf, 0, "reported U.S. initial demands")
    rewrite(pdf, 0, lambda found: [*found[:at], *found[at + 1 :]])


@alters("a marking is painted on a page")
def add_marking(pdf: Pdf) -> None:
    font = add_font(pdf, 0)
    paint(pdf, 0, b"/Artifact <</Type /Pagination>> BDC BT %s 8 Tf 250 775 Td (FOUO) Tj ET EMC" % font)


# Text that is there and cannot be read


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


# Painted over or beside the content


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


# Charts


@alters("chart: a bar is longer")
def lengthen_bar(pdf: Pdf) -> None:
    in_figure(pdf, 0, 1, lambda each: _moved_x(each, 158.06225, 178.0))


def _moved_x(each: Any, old: float, new: float) -> Any:
    """Return a path operator with another x in the place of one."""
    if str(each.operator) in ("m", "l") and abs(float(each.operands[0]) - old) < 0.01:
        return operation(str(each.operator), new, each.operands[1])
    return each


@alters("chart: a bar is as short as the other")
def shorten_bar(pdf: Pdf) -> None:
    in_figure(pdf, 0, 1, lambda each: _moved_x(each, 158.06225, 31.61245))


@alters("chart: a mark of the timeline is moved")
def move_mark(pdf: Pdf) -> None:
    def moved(each: Any) -> Any:
        if str(each.operator) == "cm" and abs(float(each.operands[4]) - 57.675294) < 0.01:
            return operation("cm", 1, 0, 0, 1, 120, each.operands[5])
        return each

    in_figure(pdf, 0, 0, moved)


@alters("chart: a bar has another colour")
def recolor_bar(pdf: Pdf) -> None:
    def recolored(each: Any) -> Any:
        is_signal = str(each.operator) == "rg" and abs(float(each.operands[0]) - 0.701961) < 0.001
        return operation("rg", 0.070588, 0.262745, 0.427451) if is_signal else each

    in_figure(pdf, 0, 1, recolored)


@alters("chart: a bar is removed")
def remove_bar(pdf: Pdf) -> None:
    def removed(each: Any) -> Any:
        return operation("n") if str(each.operator) in ("f", "B") else each

    in_figure(pdf, 0, 1, removed)


@alters("chart: an uncertain bar is drawn as a certain one")
def make_certain(pdf: Pdf) -> None:
    def changed(each: Any) -> Any:
        is_tint = str(each.operator) == "rg" and abs(float(each.operands[0]) - 0.898039) < 0.001
        return operation("rg", 0.541176, 0.580392, 0.627451) if is_tint else each

    in_figure(pdf, 0, 1, changed)


@alters("chart: a third bar is added")
def add_bar(pdf: Pdf) -> None:
    def added(found: list) -> list:
        _, last = figure_range(found, 1)
        bar = [
            operation("q"), operation("rg", 0.070588, 0.262745, 0.427451), operation("re", 480, 740, 200, 12),
            operation("f"), operation("Q"),
        ]  # fmt: skip
        return [*found[:last], *bar, *found[last:]]

    rewrite(pdf, 0, added)


@alters("chart: labels are exchanged by their places")
def exchange_labels(pdf: Pdf) -> None:
    def moved(each: Any) -> Any:
        if str(each.operator) == "Tm":
            y = float(each.operands[5])
            other = {23.46: 61.285, 61.285: 23.46}.get(round(y, 3))
            if other:
                return operation("Tm", *each.operands[:5], other)
        return each

    in_figure(pdf, 0, 1, moved)


@alters("chart: a label's letters are other ones")
def change_label(pdf: Pdf) -> None:
    """Exchange the first two letters of each line, which stand in operators of their own."""

    def exchanged(found: list) -> list:
        first, last = figure_range(found, 1)
        shown = [at for at in range(first, last) if str(found[at].operator) == "TJ"]
        found[shown[0]], found[shown[1]] = found[shown[1]], found[shown[0]]
        return found

    rewrite(pdf, 0, exchanged)


@alters("chart: the drawing is mirrored")
def mirror_chart(pdf: Pdf) -> None:
    def mirrored(found: list) -> list:
        first, _ = figure_range(found, 1)
        at = next(place for place in range(first, len(found)) if str(found[place].operator) == "cm")
        return [*found[: at + 1], operation("cm", -1, 0, 0, 1, 249.6, 0), *found[at + 1 :]]

    rewrite(pdf, 0, mirrored)


# Pages


def on_page(name: str, harmless: bool = False, **keys: Any) -> None:
    def change(pdf: Pdf) -> None:
        for key, value in keys.items():
            pdf.pages[0][f"/{key}"] = value

    alters(f"page: {name}", harmless)(change)


on_page("a crop box cuts the foot off", CropBox=Array([0, 200, 612, 792]))
on_page("a smaller media box", MediaBox=Array([0, 300, 612, 792]))
on_page("turned by 180 degrees", Rotate=180)
on_page("a user unit of 10", UserUnit=10)
on_page("an action when it opens", AA=Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))))


@alters("page: removed")
def remove_page(pdf: Pdf) -> None:
    del pdf.pages[1]


@alters("page: exchanged")
def exchange_pages(pdf: Pdf) -> None:
    pdf.pages.append(pdf.pages[0])
    del pdf.pages[0]


@alters("page: an empty one is added")
def add_page(pdf: Pdf) -> None:
    pdf.add_blank_page(page_size=(612, 792))


@alters("page: shown twice")
def repeat_page(pdf: Pdf) -> None:
    pdf.pages.append(pdf.pages[1])


@alters("page: shown twice by the same object")
def repeat_page_object(pdf: Pdf) -> None:
    kids = pdf.Root.Pages.Kids
    kids.append(kids[0])
    pdf.Root.Pages.Count = len(kids)


@alters("page: labels that number them otherwise")
def label_pages(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.r, St=5)])


# What a file does, and what it carries


@alters("does: JavaScript among the names")
def add_script(pdf: Pdf) -> None:
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert('x')")))
    pdf.Root.Names.JavaScript = Dictionary(Names=[String("a"), script])


def opens(name: str, **action: Any) -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(**action)

    alters(f"does: {name} when it opens")(change)


opens("JavaScript", S=Name.JavaScript, JS=String("app.alert(1)"))
opens("a program", S=Name.Launch, F=String("cmd.exe"))
opens("a web address", S=Name.URI, URI=String("https://example.org/collect"))
opens("another file", S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit]))
opens("the print dialog", S=Name.Named, N=Name.Print)


@alters("does: it submits when it is printed")
def submit_on_print(pdf: Pdf) -> None:
    pdf.Root.AA = Dictionary(WP=Dictionary(S=Name.SubmitForm, F=String("https://example.org/")))


@alters("does: a link to a web address is added")
def add_link(pdf: Pdf) -> None:
    annotate(pdf, 0, "Link", [72, 60, 200, 72], A=Dictionary(S=Name.URI, URI=String("https://example.org/")))


@alters("does: a link starts a program")
def add_launch(pdf: Pdf) -> None:
    annotate(pdf, 0, "Link", [72, 60, 200, 72], A=Dictionary(S=Name.Launch, F=String("cmd.exe")))


@alters("does: a citation leads to another note")
def retarget_link(pdf: Pdf) -> None:
    pdf.pages[0].Annots[0].Dest = String("note-7")


@alters("does: a note's place is another one")
def retarget_destination(pdf: Pdf) -> None:
    pairs = pdf.Root.Names.Dests.Names
    for at in range(0, len(pairs), 2):
        if str(pairs[at]) == "note-1":
            pairs[at + 1] = Array([pdf.pages[0].obj, Name.XYZ, 0, 792, 0])


@alters("does: a citation becomes a web address")
def replace_link(pdf: Pdf) -> None:
    link = pdf.pages[0].Annots[0]
    del link.Dest
    link.A = Dictionary(S=Name.URI, URI=String("https://example.org/"))


@alters("carries: a foreign file")
def attach(pdf: Pdf) -> None:
    pdf.attachments["tool.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="tool.exe")


@alters("carries: a foreign file on an annotation")
def attach_to_page(pdf: Pdf) -> None:
    spec = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="tool.exe")
    annotate(pdf, 0, "FileAttachment", [20, 20, 40, 40], FS=spec.obj)


@alters("carries: the data of a chart, changed")
def change_attachment(pdf: Pdf) -> None:
    spec = pdf.attachments["sma.csv"]
    data = spec.get_file().read_bytes()
    del pdf.attachments["sma.csv"]
    pdf.attachments["sma.csv"] = pikepdf.AttachedFileSpec(pdf, data.replace(b"5", b"6"), filename="sma.csv")


@alters("carries: no files any more")
def drop_attachments(pdf: Pdf) -> None:
    del pdf.Root.Names.EmbeddedFiles
    del pdf.Root.AF


@alters("carries: a portfolio's view")
def make_portfolio(pdf: Pdf) -> None:
    pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.T)


for subtype, words in {
    "Text": "Is this right?", "FreeText": "See the annex", "Stamp": "Void", "Highlight": None, "StrikeOut": None,
    "Underline": None, "Ink": None, "Redact": None, "Line": None, "RichMedia": None, "Screen": None, "3D": None,
    "Watermark": None, "Caret": "not",
}.items():  # fmt: skip
    alters(f"annotation: {subtype}")(
        lambda pdf, subtype=subtype, words=words: annotate(pdf, 0, subtype, [72, 400, 300, 412], words)
    )


@alters("form: a text field is added")
def add_field(pdf: Pdf) -> None:
    field = annotate(pdf, 0, "Widget", [72, 60, 200, 72], FT=Name.Tx, T=String("name"), V=String("Kim"))
    pdf.Root.AcroForm = Dictionary(Fields=[field])


@alters("form: a button that submits is added")
def add_button(pdf: Pdf) -> None:
    action = Dictionary(S=Name.SubmitForm, F=String("https://example.org/"))
    field = annotate(pdf, 0, "Widget", [72, 60, 200, 72], FT=Name.Btn, Ff=65536, T=String("go"), A=action)
    pdf.Root.AcroForm = Dictionary(Fields=[field])


@alters("form: XFA is added")
def add_xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp:xdp/>"))


# What screen readers and programs are told


@alters("tags: removed")
def remove_tags(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot
    del pdf.Root.MarkInfo


@alters("tags: two parts exchanged")
def exchange_tags(pdf: Pdf) -> None:
    (document,) = elements(pdf, "Document")
    document.K[0], document.K[1] = document.K[1], document.K[0]


@alters("tags: a heading is a paragraph")
def retag_heading(pdf: Pdf) -> None:
    next(elements(pdf, "H2")).S = Name.P


@alters("tags: cells are paragraphs")
def retag_cells(pdf: Pdf) -> None:
    for tag in ("TH", "TD", "TR", "Table", "THead", "TBody"):
        for each in list(elements(pdf, tag)):
            each.S = Name.P if tag in ("TH", "TD") else Name.Div


@alters("tags: ActualText says other words")
def tell_other_words(pdf: Pdf) -> None:
    next(elements(pdf, "H2")).ActualText = String("The window opens on March 20, 2022")


@alters("tags: ActualText in the page says other words than are painted")
def tell_other_words_inside(pdf: Pdf) -> None:
    words = String("for ten years. The next round grew contentious amid ")
    around_text(pdf, 0, LINE, [operation("BDC", Name.Span, Dictionary(ActualText=words))], [operation("EMC")])


@alters("tags: painted words changed under the true ActualText")
def paint_under_actual_text(pdf: Pdf) -> None:
    _, text = find_text(pdf, 0, LINE)
    words = String(text)
    around_text(pdf, 0, LINE, [operation("BDC", Name.Span, Dictionary(ActualText=words))], [operation("EMC")])
    with pikepdf.open(io.BytesIO(retype(saved(pdf), "round grew", "sound grew"))) as other:
        pdf.pages[0].Contents = pdf.make_stream(other.pages[0].Contents.read_bytes())


@alters("tags: Alt on a paragraph")
def describe_paragraph(pdf: Pdf) -> None:
    list(elements(pdf, "P"))[8].Alt = String("Nothing of note")


@alters("tags: a chart's Alt says otherwise")
def describe_chart(pdf: Pdf) -> None:
    chart = next(elements(pdf, "Figure"))
    chart.Alt = String(str(chart.Alt).replace("January", "June"))


@alters("tags: the Alt of charts is removed")
def remove_alt(pdf: Pdf) -> None:
    for chart in elements(pdf, "Figure"):
        del chart.Alt


@alters("tags: an expansion")
def expand(pdf: Pdf) -> None:
    next(elements(pdf, "H2")).E = String("never")


@alters("text: a map to Unicode that says other letters")
def remap(pdf: Pdf) -> None:
    """What is copied, searched and read aloud is not what is painted."""
    for font in pdf.pages[0].Resources.Font.values():
        cmap = font.ToUnicode.read_bytes()
        codes = dict(re.findall(rb"<(\w+)> ?<(\w+)>", cmap.split(b"beginbfchar", 1)[1]))
        five, nine = (next((code for code, text in codes.items() if text == want), None) for want in (b"0035", b"0039"))
        if five and nine:
            swapped = cmap.replace(b"<%s> <0035>" % five, b"<%s> <0039>" % five)
            font.ToUnicode.write(swapped if swapped != cmap else cmap.replace(b"<0035>", b"<0039>"))


@alters("text: glyphs exchanged, so that other letters are painted than read")
def exchange_glyphs(pdf: Pdf) -> None:
    """Paint "nine" where the text says "five": the codes of 5 and 9 change places, and so do their texts."""
    for font in pdf.pages[0].Resources.Font.values():
        cmap = font.ToUnicode.read_bytes()
        codes = {text: code for code, text in re.findall(rb"<(\w+)> ?<(\w+)>", cmap.split(b"beginbfchar", 1)[1])}
        if b"0035" in codes and b"0031" in codes:
            ids = bytearray(2 * 4096)
            for gid in range(4096):
                ids[2 * gid : 2 * gid + 2] = gid.to_bytes(2, "big")
            five, one = int(codes[b"0035"], 16), int(codes[b"0031"], 16)
            ids[2 * five : 2 * five + 2], ids[2 * one : 2 * one + 2] = one.to_bytes(2, "big"), five.to_bytes(2, "big")
            font.DescendantFonts[0].CIDToGIDMap = pdf.make_stream(bytes(ids))


@alters("document: the language is another one")
def change_language(pdf: Pdf) -> None:
    pdf.Root.Lang = String("fr-FR")


@alters("document: the language is removed")
def remove_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@alters("document: the output intent is removed")
def remove_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@alters("document: the title is another one")
def change_title(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = String("The partnership: from new deals to old work")


@alters("document: the title is removed")
def remove_title(pdf: Pdf) -> None:
    del pdf.docinfo["/Title"]


@alters("document: the metadata names another author")
def change_metadata(pdf: Pdf) -> None:
    pdf.Root.Metadata.write(
        pdf.Root.Metadata.read_bytes().replace(b"Policy analysis staff", b"Office of the Secretary")
    )


@alters("document: a bookmark says otherwise")
def change_bookmark(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Old deals")


@alters("document: bookmarks are removed")
def remove_bookmarks(pdf: Pdf) -> None:
    del pdf.Root.Outlines


@alters("document: a bookmark runs a script")
def script_bookmark(pdf: Pdf) -> None:
    item = pdf.Root.Outlines.First
    item.A = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@alters("document: a bookmark is added")
def add_bookmark(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("Annex: what was left out", 1))


def _encrypted(data: bytes) -> bytes:
    allow = pikepdf.Permissions(accessibility=False, extract=False, print_highres=False, print_lowres=False)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="secret", user="", R=6, allow=allow))


ALTERATIONS["document: encrypted, so that nobody may print or read aloud"] = _encrypted, False


def _updated(data: bytes, old: bytes, new: bytes) -> bytes:
    """Append an update of the first page's content, as an editor that saves quickly does."""
    other = retype(data, old.decode(), new.decode())
    with pikepdf.open(io.BytesIO(other)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number, size = pdf.pages[0].Contents.objgen[0], int(pdf.trailer["/Size"])
        root = pdf.trailer["/Root"].objgen[0]
    previous = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    start = len(data)
    part = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(content), content)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return data + part + table % (number, start, size, root, previous, start + len(part))


ALTERATIONS["document: an update says something else than the revision below it"] = (
    (lambda data: _updated(saved_plainly(data), b"8.2", b"9.2")),
    False,
)


def saved_plainly(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


# Harmless


def resaves(name: str, **options: Any) -> None:
    def altered(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return saved(pdf, **options)

    ALTERATIONS[f"harmless: {name}"] = altered, True


resaves("saved again")
resaves("linearized", linearize=True)
resaves("with object streams", object_stream_mode=pikepdf.ObjectStreamMode.generate)
resaves("in QDF mode", qdf=True)
resaves("decompressed", stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)


@alters("harmless: another producer and date", harmless=True)
def change_producer(pdf: Pdf) -> None:
    pdf.docinfo["/Producer"], pdf.docinfo["/ModDate"] = String("Editor 9"), String("D:20260101000000Z")


@alters("harmless: the content in two streams", harmless=True)
def split_content(pdf: Pdf) -> None:
    pdf.pages[0].contents_coalesce()
    pdf.pages[0].contents_add(pdf.make_stream(b"% nothing"), prepend=True)


FULL = len(ALTERATIONS)


@cache
def _bundled() -> tuple[Any, bytes]:
    from reportgen.brief import load_brief
    from reportgen.pipeline.kinds import KINDS

    brief = load_brief(BUNDLED)
    return brief, KINDS["memo"].render(brief)


def attack(count: int, seed: int) -> Iterator[Outcome]:
    from reportgen.audit import audit

    brief, memo = _bundled()
    names = list(ALTERATIONS)
    if count < len(names):
        names = random.Random(seed).sample(names, count)
    for name in names:
        change, harmless = ALTERATIONS[name]
        report = audit(brief, change(memo), "memo.pdf")
        severities = {finding.severity for finding in report.findings}
        verdict = next((each for each in ("error", "warning", "note") if each in severities), "silent")
        verdict = "unread" if verdict == "silent" and report.unread else verdict
        failed = verdict in ("error", "warning") if harmless else verdict != "error"
        yield Outcome(name, f"{HARMLESS}, {verdict}" if harmless else verdict, failed, _details(report))


def _details(report: Any) -> str:
    return "; ".join([*(finding.message for finding in report.findings[:3]), *report.unread[:2]])
