"""Stamp a finished PDF: each copy is the document with one line at the foot of every page.

A copy is the prepared document, the same bytes for all copies, followed by an incremental update: the form that holds the
stamp, and its fonts. So the cost of a copy does not grow with the document.

The update is written here because pikepdf, which prepares the document, saves only whole files, and that takes seven
times as long as a copy (2.7 ms against 0.4 for the bundled memo). Nor does it embed fonts or place shaped glyphs.

The stamp is painted before all other content of the page, because WeasyPrint leaves the axes flipped at the end.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Any

from msgspec import Struct

from reportgen.brand import Brand
from reportgen.brand.contrast import parse_color
from reportgen.distribution.stamping.glyph_line import (
    Line,
    Metrics,
    Run,
    choose_face,
    read_advance,
    read_metrics,
    set_line,
    subset_font,
)
from reportgen.distribution.stamping.pieces import Content, SharedBytes
from reportgen.system.errors import FileError, FitError
from reportgen.text.stamp_text import mark_stamp

NAME = "/ReportgenStamp"
MARK = "/ReportgenCopy"
"""The key of the stamp's hidden mark in the form that holds the stamp."""
BASELINE = 11.0  # points above the page's lower edge: below footer and banner on all our sheets
SIZES = (7.0, 6.5)
MARGIN = 24.0  # points that stay free on either side
PAINT = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q 1 0 0 1 %s %s cm %s Do Q EMC\n"
UNITS_PER_EM = 1000
ROUNDING = 0.01  # of these units: smaller shifts are left out
MIN_WINDOW_BITS = 10  # of a zlib stream: not every reader takes fewer


class _Base(Struct, frozen=True):
    """The prepared document, and what an update must know of it."""

    data: SharedBytes
    form: int
    size: int
    trailer: bytes
    identity: bytes
    xref_offset: int
    max_width: float


class PdfStamper:
    """Stamps copies of one document.

    Raises FileError for a file that is not a PDF, is encrypted, damaged or already stamped.
    """

    def __init__(self, data: bytes, brand: Brand) -> None:
        self._base = _prepare(data)
        self._face = choose_face(brand)
        self._color = b"%.4g %.4g %.4g rg" % parse_color(brand.colors["secondary"])

    def copy(self, text: str) -> Content:
        """Return the document with this line: equal bytes for equal lines. Raises GlyphError or, if too wide, FitError."""
        return Content((self._base.data, _write_stamp(self._base, *self.fit(text), self._color)))

    def fit(self, text: str) -> tuple[Line, float]:
        """Return the line and the size in points at which it fits. Raises GlyphError or FitError."""
        line = set_line(text, self._face)
        size = next((size for size in SIZES if line.width * size <= self._base.max_width), None)
        if size is None:
            width, room = line.width * SIZES[-1], self._base.max_width
            message = (
                f'the stamp "{text}" is {width:.0f} pt wide at {SIZES[-1]:g} pt; the page has room for {room:.0f} pt'
            )
            raise FitError(message, hint="shorten the name")
        return line, size


def _prepare(data: bytes) -> _Base:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            max_width = _add_empty_stamp(pdf)
            target = BytesIO()
            pdf.save(
                target,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
            )
    except pikepdf.PasswordError:
        raise _encrypted() from None
    except pikepdf.PdfError as error:
        raise FileError(f"this PDF cannot be stamped: {error}", hint="build it again") from None
    return _read_base(target.getvalue(), max_width)


def _encrypted() -> FileError:
    return FileError("an encrypted PDF cannot be stamped", hint="stamp it first, then encrypt it")


def _add_empty_stamp(pdf: Any) -> float:
    """Paint one form, still empty, in the middle of each page's foot. Return the width (pt) that the narrowest page has."""
    import pikepdf

    if not len(pdf.pages):
        raise FileError("a PDF without pages cannot be stamped")
    if pdf.is_encrypted:
        raise _encrypted()
    form = pdf.make_stream(b"", {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 0, 0]})
    streams: dict[bytes, Any] = {}
    widths = []
    for page in pdf.pages:
        resources = page.obj.get("/Resources")
        if resources is None:
            resources = page.obj["/Resources"] = pikepdf.Dictionary(page.resources)  # a copy: they are inherited
        if "/XObject" not in resources:
            resources["/XObject"] = pikepdf.Dictionary()
        stamp = resources["/XObject"].get(NAME)
        if stamp is not None and stamp.objgen != form.objgen:
            raise FileError("this PDF is already stamped", hint="stamp the file that was built, not a copy")
        resources["/XObject"][NAME] = form
        left, bottom, right, _ = (float(edge) for edge in page.cropbox)
        content = PAINT % (b"%.2f" % ((left + right) / 2), b"%.2f" % (bottom + BASELINE), NAME.encode())
        if content not in streams:
            streams[content] = pdf.make_stream(content)
        page.contents_add(streams[content], prepend=True)
        widths.append(right - left - 2 * MARGIN)
    return min(widths)


def _read_base(data: bytes, max_width: float) -> _Base:
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        form = pdf.pages[0].resources["/XObject"][NAME].objgen[0]
        trailer = b"".join(
            b"%s %d %d R" % (key.encode(), *pdf.trailer[key].objgen) for key in ("/Root", "/Info") if key in pdf.trailer
        )
        size, identity = int(pdf.trailer["/Size"]), bytes(pdf.trailer["/ID"][0])
    offsets = re.findall(rb"startxref\s+(\d+)", data)
    return _Base(SharedBytes(data), form, size, trailer, identity, int(offsets[-1]), max_width)


def _write_stamp(base: _Base, line: Line, size: float, color: bytes) -> bytes:
    """Write the update that fills the form: the form, its fonts, and their cross-reference table."""
    fonts = _group_by_font(line)
    objects: dict[int, bytes] = {}
    number = base.size
    names = []
    for index, runs in enumerate(fonts):
        names.append(b"/F%d %d 0 R" % (index, number))
        for content in _write_font(runs, number):
            objects[number] = content
            number += 1
    width = line.width * size
    box = b"[%.2f %.2f %.2f %.2f]" % (-width / 2 - 2, -size / 2, width / 2 + 2, size * 1.2)
    head = b"/Type/XObject/Subtype/Form/BBox%s/Resources<</Font<<%s>>>>%s<%s>" % (
        box, b" ".join(names), MARK.encode(), mark_stamp(line.text).encode(),
    )  # fmt: skip
    objects[base.form] = _write_stream(head, _write_content(line, fonts, size, color))
    return _write_update(base, objects, number, line.text)


def _group_by_font(line: Line) -> list[list[Run]]:
    groups: dict[Any, list[Run]] = {}
    for run in line.runs:
        groups.setdefault(run.file.path, []).append(run)
    return list(groups.values())


def _write_content(line: Line, fonts: list[list[Run]], size: float, color: bytes) -> bytes:
    """Show the glyphs, centred. Where they do not spell the text, ActualText gives it to whoever reads it."""
    indexes, plain = {runs[0].file.path: index for index, runs in enumerate(fonts)}, line.is_plain
    parts = [color, b"BT", b"1 0 0 1 %.3f 0 Tm" % (-line.width * size / 2)]
    if not plain:
        parts.insert(1, b"/Span <</ActualText <FEFF%s>>> BDC" % line.text.encode("utf-16-be").hex().encode())
    for run in line.runs:
        parts.append(b"/F%d %g Tf" % (indexes[run.file.path], size))
        parts += _show_glyphs(run, size)
    return b"\n".join([*parts, b"ET", *([] if plain else [b"EMC"])])


def _show_glyphs(run: Run, size: float) -> Iterator[bytes]:
    """Show glyphs with their shifts; a raised glyph is shown alone."""
    pieces: list[bytes] = []
    rise, path = 0.0, run.file.path
    for glyph in run.glyphs:
        if glyph.y != rise:
            yield b"[%s] TJ %.3f Ts" % (b"".join(pieces), glyph.y * size / UNITS_PER_EM)
            pieces, rise = [], glyph.y
        shift = read_advance(path, glyph.number) + glyph.x - glyph.advance
        if abs(glyph.x) > ROUNDING:
            pieces.append(b" %.4g" % -glyph.x)  # the space parts it from a number before it
        pieces.append(b"<%04X>" % glyph.number)
        if abs(shift) > ROUNDING:
            pieces.append(b"%.4g" % shift)
    yield b"[%s] TJ" % b"".join(pieces)
    if rise:
        yield b"0 Ts"


def _write_font(runs: list[Run], number: int) -> Iterator[bytes]:
    """Write the five objects of a font, numbered from `number`; content streams call its glyphs by their numbers in the file."""
    path = runs[0].file.path
    texts = {glyph.number: glyph.text for run in runs for glyph in reversed(run.glyphs)}
    metrics = read_metrics(path)
    program = subset_font(path, frozenset(texts))
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
    name = f"{tag}+{metrics.name}".encode()
    kind, to_glyphs = (b"CIDFontType0", b"") if metrics.cff else (b"CIDFontType2", b"/CIDToGIDMap/Identity")
    yield (
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (name, number + 1, number + 4)
    )
    widths = b"".join(b"%d[%.5g]" % (glyph, read_advance(path, glyph)) for glyph in sorted({0, *texts}))
    yield (
        b"<</Type/Font/Subtype/%s/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>%s"
        b"/FontDescriptor %d 0 R/DW 0/W[%s]>>" % (kind, name, to_glyphs, number + 2, widths)
    )
    yield _write_descriptor(name, metrics, number + 3)
    yield _write_stream(b"/Subtype/OpenType" if metrics.cff else b"/Length1 %d" % len(program), program)
    yield _write_stream(b"", _write_to_unicode(texts))


def _write_descriptor(name: bytes, metrics: Metrics, file: int) -> bytes:
    box, key = b" ".join(b"%d" % edge for edge in metrics.box), b"FontFile3" if metrics.cff else b"FontFile2"
    return (
        b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%s]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d"
        b"/StemV 80/%s %d 0 R>>" % (name, box, metrics.ascent, metrics.descent, metrics.ascent, key, file)
    )


def _write_to_unicode(texts: dict[int, str]) -> bytes:
    rows = [_map_glyph(*each) for each in sorted(texts.items())]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        + b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks)
        + b"endcmap CMapName currentdict /CMap defineresource pop end end\n"
    )


@lru_cache(maxsize=4_096)
def _map_glyph(glyph: int, text: str) -> bytes:
    return b"<%04X> <%s>" % (glyph, text.encode("utf-16-be").hex().upper().encode())


def _write_stream(head: bytes, content: bytes) -> bytes:
    compressed = _compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (head, len(compressed), compressed)


def _compress(content: bytes) -> bytes:
    """Compress with a window no larger than the content: one of the usual size takes ten times as long to set up."""
    bits = min(max(len(content).bit_length(), MIN_WINDOW_BITS), zlib.MAX_WBITS)
    compressor = zlib.compressobj(6, zlib.DEFLATED, bits, bits + zlib.DEF_MEM_LEVEL - zlib.MAX_WBITS)
    return compressor.compress(content) + compressor.flush()


def _write_update(base: _Base, objects: dict[int, bytes], number: int, text: str) -> bytes:
    """Write the objects that follow the document; the last, with this number, is the table of their offsets."""
    parts, offsets, at = [], {}, len(base.data.data)
    for each, content in sorted(objects.items()):
        offsets[each] = at
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (each, content))
        at += len(parts[-1])
    offsets[number] = at
    numbers = sorted(offsets)
    starts = [0, *(index for index in range(1, len(numbers)) if numbers[index] != numbers[index - 1] + 1), len(numbers)]
    sections = b" ".join(b"%d %d" % (numbers[start], end - start) for start, end in pairwise(starts))
    rows = b"".join(b"\x01" + offsets[each].to_bytes(4, "big") + b"\x00" for each in numbers)
    identity = hashlib.sha256(base.identity + text.encode()).digest()[:16]
    table = b"/Type/XRef/Size %d/Index[%s]/W[1 4 1]/Prev %d%s/ID[<%s><%s>]" % (
        number + 1, sections, base.xref_offset, base.trailer, base.identity.hex().encode(), identity.hex().encode(),
    )  # fmt: skip
    parts.append(b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, _write_stream(table, rows), at))
    return b"".join(parts)
