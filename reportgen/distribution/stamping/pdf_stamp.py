"""A finished PDF -> its copies, each with one line at the foot of every page, without making the document again.

A copy is the document with a place for the stamp, which is made once, and what is written behind it: the stamp's form
and the fonts that it is set in. So a copy costs what its own line costs, whatever the document's length.

The stamp is painted before all else on the page: WeasyPrint leaves the axes flipped at the end of its content.
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
from reportgen.distribution.stamping.glyph_line import Line, Metrics, Run, advance, face_of, line, metrics, subset
from reportgen.distribution.stamping.pieces import Copied, Shared
from reportgen.system.errors import FileError, FitError

NAME = "/ReportgenStamp"
BASELINE = 11.0  # points above the page's lower edge: below footer and banner on all our sheets
SIZES = (7.0, 6.5)
MARGIN = 24.0  # points at either side that stay free
MARK = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q 1 0 0 1 %s %s cm %s Do Q EMC\n"
FLAT = 1000  # units in an em
MOVED = 0.01  # of these units: less is rounding
LEAST_BITS = 10  # of a packer's window: fewer are not read everywhere


class _Base(Struct, frozen=True):
    """The document with its place for a stamp, and what an update of it must say."""

    beginning: Shared
    form: int
    size: int
    trailer: bytes
    identity: bytes
    start: int
    room: float


class PdfStamper:
    """Stamps copies of one document. FileError for what is no PDF, is encrypted, damaged or stamped already."""

    def __init__(self, data: bytes, brand: Brand) -> None:
        self._base = _prepared(data)
        self._face = face_of(brand)
        self._color = b"%.4g %.4g %.4g rg" % parse_color(brand.colors["secondary"])

    def copy(self, text: str) -> Copied:
        """The document with this line; the same bytes for the same line. GlyphError, or FitError where it is too long."""
        return Copied((self._base.beginning, _written(self._base, *self.fit(text), self._color)))

    def fit(self, text: str) -> tuple[Line, float]:
        """The line as it would be painted, and its size in points. GlyphError, FitError."""
        set_ = line(text, self._face)
        size = next((size for size in SIZES if set_.width * size <= self._base.room), None)
        if size is None:
            width, room = set_.width * SIZES[-1], self._base.room
            message = f'the stamp "{text}" is {width:.0f} pt wide at {SIZES[-1]:g} pt, and the page has {room:.0f}'
            raise FitError(message, hint="shorten the name")
        return set_, size


def _prepared(data: bytes) -> _Base:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            room = _make_place(pdf)
            target = BytesIO()
            pdf.save(
                target,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
            )
    except pikepdf.PasswordError:
        raise FileError("an encrypted PDF cannot be stamped", hint="stamp it first, then encrypt it") from None
    except pikepdf.PdfError as error:
        raise FileError(f"this PDF cannot be stamped: {error}", hint="make it again") from None
    return _base(target.getvalue(), room)


def _make_place(pdf: Any) -> float:
    """Each page paints one form, still empty, in the middle of its foot; how wide it may be at most."""
    import pikepdf

    if not len(pdf.pages):
        raise FileError("a PDF without pages cannot be stamped")
    if pdf.is_encrypted:
        raise FileError("an encrypted PDF cannot be stamped", hint="stamp it first, then encrypt it")
    form = pdf.make_stream(b"", {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 0, 0]})
    marks: dict[bytes, Any] = {}
    rooms = []
    for page in pdf.pages:
        resources = page.obj.get("/Resources")
        if resources is None:
            resources = page.obj["/Resources"] = pikepdf.Dictionary(page.resources)  # its own: they are inherited
        if "/XObject" not in resources:
            resources["/XObject"] = pikepdf.Dictionary()
        held = resources["/XObject"].get(NAME)
        if held is not None and held.objgen != form.objgen:
            raise FileError("this PDF is stamped already", hint="stamp the file that was built, not a copy")
        resources["/XObject"][NAME] = form
        left, bottom, right, _ = (float(edge) for edge in page.cropbox)
        content = MARK % (b"%.2f" % ((left + right) / 2), b"%.2f" % (bottom + BASELINE), NAME.encode())
        if content not in marks:
            marks[content] = pdf.make_stream(content)
        page.contents_add(marks[content], prepend=True)
        rooms.append(right - left - 2 * MARGIN)
    return min(rooms)


def _base(data: bytes, room: float) -> _Base:
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        form = pdf.pages[0].resources["/XObject"][NAME].objgen[0]
        trailer = b"".join(
            b"%s %d %d R" % (key.encode(), *pdf.trailer[key].objgen) for key in ("/Root", "/Info") if key in pdf.trailer
        )
        size, identity = int(pdf.trailer["/Size"]), bytes(pdf.trailer["/ID"][0])
    starts = re.findall(rb"startxref\s+(\d+)", data)
    return _Base(Shared(data), form, size, trailer, identity, int(starts[-1]), room)


def _written(base: _Base, set_: Line, size: float, color: bytes) -> bytes:
    """An update behind the document: the form, its fonts, and where they stand."""
    fonts = _fonts(set_)
    objects: dict[int, bytes] = {}
    number = base.size
    names = []
    for place, runs in enumerate(fonts):
        names.append(b"/F%d %d 0 R" % (place, number))
        for content in _font(runs, number):
            objects[number] = content
            number += 1
    wide = set_.width * size
    box = b"[%.2f %.2f %.2f %.2f]" % (-wide / 2 - 2, -size / 2, wide / 2 + 2, size * 1.2)
    head = b"/Type/XObject/Subtype/Form/BBox%s/Resources<</Font<<%s>>>>" % (box, b" ".join(names))
    objects[base.form] = _stream(head, _content(set_, fonts, size, color))
    return _updated(base, objects, number, set_.text)


def _fonts(set_: Line) -> list[list[Run]]:
    """The runs by font file, in the order in which files come."""
    found: dict[Any, list[Run]] = {}
    for run in set_.runs:
        found.setdefault(run.file.path, []).append(run)
    return list(found.values())


def _content(set_: Line, fonts: list[list[Run]], size: float, color: bytes) -> bytes:
    """Shows the glyphs, in the middle; where they do not read as the text does, says what they read."""
    places, plain = {runs[0].file.path: place for place, runs in enumerate(fonts)}, set_.plain
    parts = [color, b"BT", b"1 0 0 1 %.3f 0 Tm" % (-set_.width * size / 2)]
    if not plain:
        parts.insert(1, b"/Span <</ActualText <FEFF%s>>> BDC" % set_.text.encode("utf-16-be").hex().encode())
    for run in set_.runs:
        parts.append(b"/F%d %g Tf" % (places[run.file.path], size))
        parts += _shown(run, size)
    return b"\n".join([*parts, b"ET", *([] if plain else [b"EMC"])])


def _shown(run: Run, size: float) -> Iterator[bytes]:
    """Glyphs with what they are moved by. A raised one stands alone."""
    pieces: list[bytes] = []
    rise, path = 0.0, run.file.path
    for glyph in run.glyphs:
        if glyph.y != rise:
            yield b"[%s] TJ %.3f Ts" % (b"".join(pieces), glyph.y * size / FLAT)
            pieces, rise = [], glyph.y
        behind = advance(path, glyph.number) + glyph.x - glyph.advance
        if abs(glyph.x) > MOVED:
            pieces.append(b" %.4g" % -glyph.x)  # apart from the number before, if one is
        pieces.append(b"<%04X>" % glyph.number)
        if abs(behind) > MOVED:
            pieces.append(b"%.4g" % behind)
    yield b"[%s] TJ" % b"".join(pieces)
    if rise:
        yield b"0 Ts"


def _font(runs: list[Run], number: int) -> Iterator[bytes]:
    """The five objects of a font, the first with this number: its glyphs are called by their numbers in the file."""
    path = runs[0].file.path
    glyphs = {glyph.number: glyph.reads for run in runs for glyph in reversed(run.glyphs)}
    known = metrics(path)
    program = subset(path, frozenset(glyphs))
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
    name = f"{tag}+{known.name}".encode()
    kind, mapped = (b"CIDFontType0", b"") if known.cff else (b"CIDFontType2", b"/CIDToGIDMap/Identity")
    yield (
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (name, number + 1, number + 4)
    )
    widths = b"".join(b"%d[%.5g]" % (glyph, advance(path, glyph)) for glyph in sorted({0, *glyphs}))
    yield (
        b"<</Type/Font/Subtype/%s/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>%s"
        b"/FontDescriptor %d 0 R/DW 0/W[%s]>>" % (kind, name, mapped, number + 2, widths)
    )
    yield _descriptor(name, known, number + 3)
    length = b"/Subtype/OpenType" if known.cff else b"/Length1 %d" % len(program)
    yield _stream(length, program)
    yield _stream(b"", _to_unicode(glyphs))


def _descriptor(name: bytes, known: Metrics, file: int) -> bytes:
    box = b" ".join(b"%d" % edge for edge in known.box)
    return (
        b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%s]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d"
        b"/StemV 80/%s %d 0 R>>"
        % (name, box, known.ascent, known.descent, known.ascent, b"FontFile3" if known.cff else b"FontFile2", file)
    )


def _to_unicode(glyphs: dict[int, str]) -> bytes:
    rows = [_reading(*each) for each in sorted(glyphs.items())]
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
def _reading(glyph: int, reads: str) -> bytes:
    return b"<%04X> <%s>" % (glyph, reads.encode("utf-16-be").hex().upper().encode())


def _stream(head: bytes, content: bytes) -> bytes:
    packed = _packed(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (head, len(packed), packed)


def _packed(content: bytes) -> bytes:
    """By a packer no larger than what it packs: one of the usual size takes ten times as long to make."""
    bits = min(max(len(content).bit_length(), LEAST_BITS), zlib.MAX_WBITS)
    packer = zlib.compressobj(6, zlib.DEFLATED, bits, bits + zlib.DEF_MEM_LEVEL - zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _updated(base: _Base, objects: dict[int, bytes], number: int, text: str) -> bytes:
    """Further objects behind the document, and a table of where they stand (the last of them)."""
    parts, places, at = [], {}, len(base.beginning.data)
    for each, content in sorted(objects.items()):
        places[each] = at
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (each, content))
        at += len(parts[-1])
    places[number] = at
    numbers = sorted(places)
    firsts = [numbers[0], *(new for old, new in pairwise(numbers) if new != old + 1)]
    index = b" ".join(b"%d %d" % (first, _length(numbers, first)) for first in firsts)
    rows = b"".join(b"\x01" + places[each].to_bytes(4, "big") + b"\x00" for each in numbers)
    identity = hashlib.sha256(base.identity + text.encode()).digest()[:16]
    table = b"/Type/XRef/Size %d/Index[%s]/W[1 4 1]/Prev %d%s/ID[<%s><%s>]" % (
        number + 1, index, base.start, base.trailer, base.identity.hex().encode(), identity.hex().encode(),
    )  # fmt: skip
    parts.append(b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, _stream(table, rows), at))
    return b"".join(parts)


def _length(numbers: list[int], first: int) -> int:
    """How many numbers follow one another from this one on."""
    held = set(numbers)
    count = 0
    while first + count in held:
        count += 1
    return count
