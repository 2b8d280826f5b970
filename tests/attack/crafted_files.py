"""PDF and PowerPoint files made to stop their readers: each is small, and asks for endless time or memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 12 Tf 72 700 Td (A memo that says nothing) Tj ET"


def build_pdf(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of numbered objects with a valid table of their places."""
    data, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    return data + b"trailer\n<</Size %d %b>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, start)


def stream(content: bytes, entries: bytes = b"", compress: bool = False) -> bytes:
    if compress:
        content, entries = zlib.compress(content, 9), entries + b"/Filter/FlateDecode"
    return b"<</Length %d %b>>stream\n%b\nendstream" % (len(content), entries, content)


def page_pdf(
    content: bytes = stream(WORDS),
    page: bytes = b"",
    catalog: bytes = b"",
    resources: bytes = b"",
    font: bytes = FONT,
    more: Mapping[int, bytes] | None = None,
) -> bytes:
    """Return a PDF of one page; `more` are objects from number 10 on."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R %b>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>> %b>> %b>>"
        % (resources, page),
        4: content,
        5: font,
    }
    return build_pdf(objects | dict(more or {}))


def _mapped(cmap: bytes) -> bytes:
    """Return a PDF whose font maps its letters by a ToUnicode map."""
    head = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange "
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 10 0 R>>"
    return page_pdf(font=font, more={10: stream(head + cmap + b" endcmap")})


def _deep_pages(depth: int) -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    for number in range(2, depth):
        objects[number] = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1)
    objects[depth] = b"<</Type/Page/MediaBox[0 0 612 792]>>"
    parts, places, at = [b"%PDF-1.7\n"], [], 9
    for number, content in objects.items():
        part = b"%d 0 obj\n%b\nendobj\n" % (number, content)
        places.append(at)
        parts.append(part)
        at += len(part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (depth + 1, at)
    return b"".join(parts) + b"xref\n0 1\n0000000000 65535 f \n1 %d\n" % depth + table + end


def _nested_flate(levels: int, size: int) -> bytes:
    content = bytes(size)
    for _ in range(levels):
        content = zlib.compress(content, 9)
    filters = b"/Filter[" + b"/FlateDecode" * levels + b"]"
    return page_pdf(content=stream(content, filters))


def _doubling_forms(levels: int) -> bytes:
    """Return a PDF in which each form paints the next one ten times."""
    more = {}
    for level in range(levels):
        number = 10 + level
        inner = b"/X Do " * 10 if level < levels - 1 else WORDS
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>" % (
            number + 1
        )
        more[number] = stream(inner, entries)
    return page_pdf(stream(b"/X Do"), resources=b"/XObject<</X 10 0 R>>", more=more)


def _tag_loop(depth: int) -> bytes:
    """Return a tagged PDF whose tags hold each other, twice at each level."""
    more = {10: b"<</Type/StructTreeRoot/K 11 0 R>>"}
    for number in range(11, 11 + depth):
        more[number] = b"<</S/Div/K[%d 0 R %d 0 R 11 0 R]>>" % (number + 1, number + 1)
    more[11 + depth] = b"<</S/P/Pg 3 0 R/K 0>>"
    return page_pdf(catalog=b"/StructTreeRoot 10 0 R", more=more)


def _looping_cross_references() -> bytes:
    data = page_pdf()
    place = data.rindex(b"xref", 0, data.rindex(b"startxref"))
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


PDFS: dict[str, Callable[[], bytes]] = {
    "an object that is itself": lambda: page_pdf(page=b"/Annots 10 0 R", more={10: b"10 0 R"}),
    "contents that are themselves": lambda: page_pdf(content=b"4 0 R"),
    "two objects that are each other": lambda: page_pdf(page=b"/Rotate 10 0 R", more={10: b"11 0 R", 11: b"10 0 R"}),
    "a length that is its stream": lambda: page_pdf(content=b"<</Length 4 0 R>>stream\nBT ET\nendstream"),
    "a form that paints itself": lambda: page_pdf(
        stream(b"/X Do"),
        resources=b"/XObject<</X 10 0 R>>",
        more={10: stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 10 0 R>>>>")},
    ),
    "forms that paint ten of the next": lambda: _doubling_forms(12),
    "an annotation that holds itself": lambda: page_pdf(
        page=b"/Annots[10 0 R]", more={10: b"<</Subtype/Text/Contents 10 0 R/Popup 10 0 R/A 10 0 R>>"}
    ),
    "annotations without end": lambda: page_pdf(page=b"/Annots 10 0 R", more={10: b"[10 0 R 10 0 R]"}),
    "a ToUnicode range over 2^32": lambda: _mapped(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange"),
    "a ToUnicode range of 2^40": lambda: _mapped(b"1 beginbfrange <0000000000> <ffffffffff> <0041> endbfrange"),
    "a CID range over 2^32": lambda: _mapped(b"1 begincidrange <00000000> <ffffffff> 0 endcidrange"),
    "widths of 2^31 letters": lambda: page_pdf(
        font=b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[10 0 R]>>",
        more={10: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>/W[0 2147483647 500]>>"},
    ),
    "a million states": lambda: page_pdf(stream(b"q " * 1_000_000 + WORDS, compress=True)),
    "ten million states": lambda: page_pdf(stream(b"q " * 10_000_000 + WORDS, compress=True)),
    "ten million operands": lambda: page_pdf(stream(b"1 " * 10_000_000 + WORDS, compress=True)),
    "a million nested arrays": lambda: page_pdf(stream(b"[" * 1_000_000 + WORDS, compress=True)),
    "a million nested arrays in an object": lambda: page_pdf(page=b"/Rotate " + b"[" * 1_000_000),
    "a million nested dictionaries": lambda: page_pdf(page=b"/X <<" + b"/A<<" * 1_000_000),
    "a page of ten million letters": lambda: page_pdf(
        stream(b"BT /F 12 Tf (" + b"a " * 5_000_000 + b") Tj ET", compress=True)
    ),
    "a page of a million words apart": lambda: page_pdf(
        stream(b"BT /F 12 Tf " + b"1 0 Td (word) Tj " * 1_000_000 + b"ET", compress=True)
    ),
    "a flate bomb": lambda: page_pdf(stream(bytes(2_000_000_000), compress=True)),
    "nested flate bombs": lambda: _nested_flate(3, 500_000_000),
    "flate after flate without end": lambda: page_pdf(stream(WORDS, b"/Filter[" + b"/FlateDecode" * 100_000 + b"]")),
    "2*10^9 predictor columns": lambda: page_pdf(
        stream(WORDS, b"/DecodeParms<</Predictor 15/Columns 2000000000/Colors 4/BitsPerComponent 8>>", compress=True)
    ),
    "a negative predictor": lambda: page_pdf(
        stream(WORDS, b"/DecodeParms<</Predictor 12/Columns -1>>", compress=True)
    ),
    "a loop of cross-reference tables": _looping_cross_references,
    "a cross-reference table of 10^10 entries": lambda: page_pdf().replace(b"0 1\n", b"0 9999999999\n", 1),
    "a start beyond the file": lambda: page_pdf().replace(b"startxref\n", b"startxref\n9999999"),
    "pages that hold themselves": lambda: build_pdf(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"}
    ),
    "pages 10^5 deep": lambda: _deep_pages(100_000),
    "pages that are their own parents": lambda: page_pdf().replace(b"/Parent 2 0 R", b"/Parent 3 0 R"),
    "tags that hold each other": lambda: _tag_loop(60),
    "tags that hold themselves": lambda: page_pdf(
        catalog=b"/StructTreeRoot 10 0 R", more={10: b"<</Type/StructTreeRoot/K[<</S/P/K 10 0 R>> 10 0 R]>>"}
    ),
    "bookmarks in a circle": lambda: page_pdf(
        catalog=b"/Outlines 10 0 R",
        more={10: b"<</First 11 0 R/Last 11 0 R>>", 11: b"<</Title(x)/Next 11 0 R/First 11 0 R/Last 11 0 R/A<</S/GoTo/D 1>>>>"},
    ),
    "attachments in a circle": lambda: page_pdf(
        catalog=b"/Names<</EmbeddedFiles 10 0 R>>", more={10: b"<</Kids[10 0 R]/Names[(a) 10 0 R]>>"}
    ),
    "an attachment that is a bomb": lambda: page_pdf(
        catalog=b"/Names<</EmbeddedFiles<</Names[(a) 10 0 R]>>>>",
        more={10: b"<</F(a)/EF<</F 11 0 R>>>>", 11: stream(bytes(1_500_000_000), b"/Type/EmbeddedFile", compress=True)},
    ),
    "metadata with an entity bomb": lambda: page_pdf(
        catalog=b"/Metadata 10 0 R", more={10: stream(entity_bomb(), b"/Type/Metadata/Subtype/XML")}
    ),
    "a role that stands for itself": lambda: page_pdf(
        catalog=b"/StructTreeRoot 10 0 R",
        more={10: b"<</RoleMap<</P/Q/Q/P>>/K<</S/P/Pg 3 0 R/K 0>>>>"},
    ),
    "a picture of 10^10 points": lambda: page_pdf(
        stream(b"/I Do " + WORDS),
        resources=b"/XObject<</I 10 0 R>>",
        more={10: stream(b"x", b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8")},
    ),
    "a media box of words": lambda: page_pdf(page=b"/MediaBox[/a /b (c) null]"),
    "a matrix of huge numbers": lambda: page_pdf(
        stream(b"q " + b"9" * 400 + b" 0 0 1e400 0 0 cm " + WORDS + b" Q")
    ),
    "an inline picture without end": lambda: page_pdf(stream(b"BI /W 1 /H 1 ID " + b"x" * 5_000_000 + WORDS)),
    "a string without end": lambda: page_pdf(stream(b"BT /F 12 Tf (" + b"(" * 2_000_000)),
    "a name of ten megabytes": lambda: page_pdf(stream(b"/" + b"a#41" * 2_500_000 + b" Do " + WORDS, compress=True)),
    "a number of a million digits": lambda: page_pdf(stream(b"1" * 1_000_000 + b" 0 Td " + WORDS)),
    "an object stream in itself": lambda: page_pdf(
        more={10: stream(b"10 0 11 0 ", b"/Type/ObjStm/N 1000000000/First 10/Extends 10 0 R")}
    ),
}  # fmt: skip


def entity_bomb() -> bytes:
    """Return XML of one kilobyte whose entities stand for 10^9 words."""
    entities = b"".join(b'<!ENTITY e%d "%b">' % (n + 1, b"&e%d;" % n * 10) for n in range(9))
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "words ">' + entities + b"]><x>&e9;</x>"


def change_parts(deck: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Return a package after a change of its parts."""
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


SLIDE = "ppt/slides/slide2.xml"


def _with_shapes(deck: bytes, shapes: bytes) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        parts[SLIDE] = parts[SLIDE].replace(b"</p:spTree>", shapes + b"</p:spTree>")

    return change_parts(deck, change)


def _group(inner: bytes, depth: int) -> bytes:
    head = b'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    return head * depth + inner + b"</p:grpSp>" * depth


def _shape(words: bytes) -> bytes:
    return (
        b'<p:sp><p:nvSpPr><p:cNvPr id="99" name="s"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        b'<a:ext cx="99999" cy="99999"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>%b</a:t></a:r></a:p></p:txBody></p:sp>'
        % words
    )


def _table(rows: int, columns: int) -> bytes:
    row = b'<a:tr h="1">' + b"<a:tc><a:txBody><a:bodyPr/><a:p/></a:txBody></a:tc>" * columns + b"</a:tr>"
    return (
        b'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="98" name="t"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        b'<p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        b"<a:tbl><a:tblGrid/>" + row * rows + b"</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _bomb_part(deck: bytes, name: str, size: int) -> bytes:
    return change_parts(deck, lambda parts: parts.__setitem__(name, bytes(size)))


def _lie_about_sizes(deck: bytes) -> bytes:
    """Return a package with a part of 2 GB that its directory calls one byte."""
    target = io.BytesIO(deck)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("ppt/media/bomb.png", "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(bytes(10_000_000))
        archive.getinfo("ppt/media/bomb.png").file_size = 1
    return target.getvalue()


def _overlapping(deck: bytes, count: int) -> bytes:
    """Return a package in which many names share one compressed part, as in a bomb without nesting."""
    target = io.BytesIO(deck)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/media/a.png", bytes(3_000_000))
        info = archive.getinfo("ppt/media/a.png")
        for number in range(count):
            twin = zipfile.ZipInfo(f"ppt/media/b{number}.png")
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type", "flag_bits"):
                setattr(twin, name, getattr(info, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
    return target.getvalue()


def _replace(deck: bytes, name: str, old: bytes, new: bytes) -> bytes:
    return change_parts(deck, lambda parts: parts.__setitem__(name, parts[name].replace(old, new, 1)))


DECKS: dict[str, Callable[[bytes], bytes]] = {
    "a part of 2 GB": lambda deck: _bomb_part(deck, "ppt/media/bomb.png", 2_000_000_000),
    "a slide of 390 MB": lambda deck: _with_shapes(deck, b" " * 390_000_000),
    "a slide of a hundred million spaces in a text": lambda deck: _with_shapes(deck, _shape(b" " * 9_000_000) * 11),
    "a package whose directory lies": _lie_about_sizes,
    "parts that overlap": lambda deck: _overlapping(deck, 5_000),
    "a million parts": lambda deck: change_parts(
        deck, lambda parts: parts.update({f"x/{number}": b"" for number in range(100_000)})
    ),
    "a slide with an entity bomb": lambda deck: change_parts(
        deck, lambda parts: parts.__setitem__(SLIDE, entity_bomb())
    ),
    "a slide with an outside entity": lambda deck: _replace(
        deck, SLIDE, b"<p:sld ", b'<!DOCTYPE p:sld [<!ENTITY a SYSTEM "file:///dev/zero">]><p:sld '
    ),
    "a million nested groups": lambda deck: _with_shapes(deck, _group(_shape(b"x"), 1_000_000)),
    "two hundred nested groups": lambda deck: _with_shapes(deck, _group(_shape(b"x"), 200)),
    "a table of a million cells": lambda deck: _with_shapes(deck, _table(1_000, 1_000)),
    "a table of one row of a million cells": lambda deck: _with_shapes(deck, _table(1, 1_000_000)),
    "a hundred thousand shapes": lambda deck: _with_shapes(deck, _shape(b"word") * 100_000),
    "a shape of a million words": lambda deck: _with_shapes(deck, _shape(b"seven words of one text, the same " * 150_000)),
    "a shape of a million different words": lambda deck: _with_shapes(
        deck, _shape(b" ".join(b"%d" % number for number in range(1_000_000)))
    ),
    "a million runs": lambda deck: _replace(deck, SLIDE, b"</a:p>", b"<a:r><a:t>1</a:t></a:r>" * 300_000 + b"</a:p>"),
    "a slide listed a hundred thousand times": lambda deck: change_parts(deck, _list_slides),
    "a slide whose layout is itself": lambda deck: change_parts(
        deck,
        lambda parts: parts.__setitem__(
            "ppt/slides/_rels/slide2.xml.rels",
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideLayout" Target="slide2.xml"/></Relationships>',
        ),
    ),
    "an empty package": lambda deck: b"PK\5\6" + bytes(18),
    "a package of garbage": lambda deck: b"PK\3\4" + bytes(range(256)) * 40,
    "a shape of huge numbers": lambda deck: _with_shapes(deck, _shape(b"x").replace(b"99999", b"9" * 5_000)),
}  # fmt: skip


def _list_slides(parts: dict[str, bytes]) -> None:
    name = "ppt/presentation.xml"
    start = parts[name].index(b"<p:sldId ")
    end = parts[name].index(b"/>", start) + 2
    parts[name] = parts[name][:end] + parts[name][start:end] * 100_000 + parts[name][end:]
