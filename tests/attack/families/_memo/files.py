"""Pages, actions, links, attachments, annotations and form fields."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.attack.families._memo.alterations import alters
from tests.attack.families._memo.pdf_edits import annotate


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


@alters("page: a crop box cuts the second page")
def crop_second_page(pdf: Pdf) -> None:
    pdf.pages[1].CropBox = Array([0, 0, 612, 600])


@alters("does: JavaScript deep among the names")
def add_deep_script(pdf: Pdf) -> None:
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert('x')")))
    leaf = pdf.make_indirect(Dictionary(Names=[String("a"), script], Limits=[String("a"), String("a")]))
    pdf.Root.Names.JavaScript = Dictionary(Kids=[leaf])


@alters("does: all links are gone")
def remove_links(pdf: Pdf) -> None:
    for page in pdf.pages:
        del page.obj["/Annots"]


@alters("does: a link is described as another note's")
def describe_link(pdf: Pdf) -> None:
    pdf.pages[0].Annots[0].Contents = String("Note 7")


@alters("carries: a file that is described otherwise")
def describe_attachment(pdf: Pdf) -> None:
    for spec in pdf.Root.AF:
        spec.Desc = String("Approved by the Secretary")
