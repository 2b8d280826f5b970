"""Content that qpdf parses gives the same text as with pdfminer alone."""

import io

import pikepdf
import pytest

from reportgen.pdf.reading import page_content
from reportgen.pdf.reading.content_stream import parse_content
from reportgen.pdf.reading.painting import painter_class
from reportgen.pdf.reading.pdf_reader import read_pdf

TEXT = b"BT /F1 12 Tf 50 700 Td (Harbor) Tj ET"
CONTENTS = {
    "arrays": b"BT /F1 12 Tf 1 0 0 1 50 700 Tm [(Ha) -20.5 <72> 3 (bor)] TJ ET",
    "lines": b"BT /F1 12 Tf 14 TL 50 700 Td (one) Tj (two) ' 1 .5 (three) \" T* 2 Ts (four) Tj 0 -30 TD (five) Tj ET",
    "graphics": b"q 1 0 0 RG 0.5 w 10 10 m 20 20 l S Q q 2 0 0 2 0 0 cm " + TEXT + b" Q 0 0 5 5 re f",
    "marks": b"/P <</MCID 0 /ActualText (read so)>> BDC " + TEXT + b" EMC /Artifact BMC (no) pop " + TEXT + b" EMC",
    "named mark": b"/P /Said BDC " + TEXT + b" EMC",
    "escapes": rb"BT /F1 12 Tf 50 700 Td (a\(b\)\\ \101\r\n) Tj <feff> Tj ET",
    "a form": b"/Fm Do " + TEXT,
    "a form that shows itself": b"/Loop Do " + TEXT,
    "a picture": b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI " + TEXT,
    "too few operands": b"1 Td " + TEXT + b" Tj",
    "what is no content": TEXT + b" ]] >> )",
    "two numbers in one": b"BT /F1 12 Tf 1 0 0 1 50 700 Tm [(Ha)6.5304.5(rbor)] TJ ET",
    "nothing behind": TEXT + b" [(cut",
    "no such font": TEXT.replace(b"F1", b"F9") + TEXT,
}


def build_pdf(*contents: bytes) -> bytes:
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        box = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 99, 99]}
        form = pdf.make_stream(TEXT, box)
        loop = pdf.make_stream(b"/Loop Do", box)
        resources = pikepdf.Dictionary(
            Font={"/F1": font}, XObject={"/Fm": form, "/Loop": loop}, Properties={"/Said": pikepdf.Dictionary(MCID=3)}
        )
        form.Resources = loop.Resources = pdf.make_indirect(resources)
        page = pdf.add_blank_page()
        page.obj.Resources = form.Resources
        page.obj.Contents = pikepdf.Array([pdf.make_stream(content) for content in contents])
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize("name", CONTENTS)
def test_content_reads_as_with_pdfminers_parser(name, monkeypatch):
    data = build_pdf(CONTENTS[name])
    found = read_pdf(data, "a.pdf")
    monkeypatch.setattr(page_content, "interpreter_class", painter_class)
    assert read_pdf(data, "a.pdf") == found
    assert found.spans


def test_a_page_of_several_streams():
    assert [span.text for span in read_pdf(build_pdf(b"q", TEXT, b"Q"), "a.pdf").spans] == ["Harbor"]


@pytest.mark.parametrize(
    ("name", "ours"), [("arrays", True), ("a picture", False), ("two numbers in one", False), ("nothing behind", False)]
)
def test_content_that_is_left_to_pdfminer(name, ours):
    assert (parse_content(CONTENTS[name]) is not None) == ours
