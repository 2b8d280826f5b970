"""Tags, texts for screen readers, maps to text, properties and bookmarks."""

from __future__ import annotations

import io
import re

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from tests.attack.families._memo.alterations import ALTERATIONS, alters
from tests.attack.families._memo.pdf_edits import around_text, elements, find_text, operation, retype, rewrite, saved
from tests.attack.families._memo.sight import LINE


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


@alters("tags: an empty ActualText hides words from programs")
def tell_nothing(pdf: Pdf) -> None:
    around_text(pdf, 0, LINE, [operation("BDC", Name.Span, Dictionary(ActualText=String("")))], [operation("EMC")])


@alters("tags: a paragraph is an artifact")
def make_artifact(pdf: Pdf) -> None:
    at, _ = find_text(pdf, 0, "Talks opened")

    def changed(found: list) -> list:
        start = next(place for place in range(at, -1, -1) if str(found[place].operator) == "BDC")
        found[start] = operation("BMC", Name.Artifact)
        return found

    rewrite(pdf, 0, changed)


@alters("tags: a passage in another language")
def change_passage_language(pdf: Pdf) -> None:
    next(elements(pdf, "H2")).Lang = String("de")


@alters("text: a simple font whose map contradicts its encoding")
def contradict(pdf: Pdf) -> None:
    """Paint "Oefense" where programs read "Defense"."""
    rows = b" ".join(b"<%02X> <%04X>" % pair for pair in zip(b"Oefns", b"Defns", strict=True))
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
    cmap += b" 5 beginbfchar " + rows + b" endbfchar endcmap end end"
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding,
        ToUnicode=pdf.make_stream(cmap),
    )  # fmt: skip
    pdf.pages[1].Resources.Font["/HX"] = pdf.make_indirect(font)
    at, _ = find_text(pdf, 1, "State, Defense")

    def changed(found: list) -> list:
        codes = b"".join(bytes(part) for part in found[at].operands[0] if isinstance(part, String))
        kept = String(codes[: 2 * len("State, ")])
        shown = [operation("TJ", Array([kept])), operation("Tf", Name.HX, 10), operation("Tj", String("Oefense"))]
        return [*found[:at], *shown, *found[at + 1 :]]

    rewrite(pdf, 1, changed)


@alters("text: a font whose letters are drawings")
def draw_letters(pdf: Pdf) -> None:
    drawing = pdf.make_stream(b"500 0 0 0 500 700 d1 0 0 500 700 re f")
    names = [67, Name.C, 78, Name.N, 83, Name.S]
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary(C=drawing, N=drawing, S=drawing), FirstChar=67, LastChar=83, Widths=[500] * 17,
        Encoding=Dictionary(Type=Name.Encoding, Differences=names),
    )  # fmt: skip
    pdf.pages[1].Resources.Font["/T3"] = pdf.make_indirect(font)
    at, _ = find_text(pdf, 1, "NSC, State")
    shown = [operation("Tf", Name.T3, 10), operation("Tj", String("NSC"))]
    rewrite(pdf, 1, lambda found: [*found[:at], *shown, *found[at + 1 :]])


@alters("document: only the metadata's title is another one")
def change_metadata_title(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"from old deals to new work", b"from old deals to no work"))


@alters("document: a bookmark leads to another page")
def retarget_bookmark(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest = Array([pdf.pages[1].obj, Name.XYZ, 0, 700, 0])


@alters("tags: the file says that it has none")
def unmark(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@alters("tags: the texts of two cells are exchanged")
def exchange_cell_kids(pdf: Pdf) -> None:
    cells = [cell for cell in elements(pdf, "TD") if "/K" in cell]
    cells[6].K, cells[11].K = cells[11].K, cells[6].K
