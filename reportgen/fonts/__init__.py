"""Measures text with the real font files, so that nothing overflows and nothing is guessed. All sizes are points.

HarfBuzz shapes as LibreOffice, PowerPoint and Pango do: kerning and ligatures count. A face that cannot be bundled
(Georgia, Calibri) is measured with the one of the same widths that the brand names under `metrics`. A character that
the face lacks is drawn by whichever face the reader's machine has: it is given what the widest usual one takes.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen.brand.fontfile import FontFile
from reportgen.fonts import fontconfig
from reportgen.system.errors import TemplateError

if TYPE_CHECKING:
    import uharfbuzz

    from reportgen.brand import Brand

LEADING = 1.2  # what PowerPoint and LibreOffice take for a line, whatever the face says
BORROWED_LEADING = 1.45  # the same, of a line with characters from another face: Noto's for Chinese, Segoe's for emoji
BOLD = 700
STAND_IN = 1.05  # of a stand-in's widths: the face that it stands in for may be wider
KEPT = 1024  # lines whose measures are kept: those of a large deck; more would only grow with the copies of a run
SLACK = 1e-6  # so that a text exactly as wide as its box still fits

WIDE = (
    "\u2e80-\u303e\u3040-\u312f\u3190-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
"""Chinese and Japanese: a line may end between any two of these. Not Korean, which has spaces."""
NEVER_FIRST = (
    "、。，．・：；？！゛゜ヽヾゝゞ々〻ー’”）〕］｝〉》」』】〙〗〟｠〜～‥…‰℃％\\])}!%,.:;?»›"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ\u2010-\u2015\u00a0\u202f\u2060"
)
NEVER_LAST = "‘“（〔［｛〈《「『【〘〖〝｟\\[({«‹$£¥€＄￡￥#\u00a0\u202f\u2060"
CLOSING = "\\])},.:;!?/、。，．：；！？）］｝〉》」』】"
# Patterns of so many characters take a hundredth of a second each to compile: `re` does it at their first use.
END = (
    rf"(?<= )(?![ {CLOSING}])|(?<=[^\W_][-\u2010\u2013\u2014])(?=[^\W\d_])"
    rf"|(?<=[{WIDE}])(?<![{NEVER_LAST}])(?![ {NEVER_FIRST}])|(?<![ {NEVER_LAST}])(?=[{WIDE}])(?![{NEVER_FIRST}])"
)
"""Where a line may end: after spaces, after a hyphen inside a word, around a Chinese or Japanese character.

Not before a word that begins with a closing mark, such as "...": LibreOffice keeps it with the one before.
"""
LOOSE_END = (
    rf"{END}|(?<=-)(?=[^\W\d_])|(?<=[|}}…\u00ad\u200b\u2013\u2014])(?=\w)|(?<=[?!])(?=[\w#&=])"
    rf"|(?<=\w)(?=\u2014)"
)
"""Where LibreOffice ends one too, and PowerPoint does not: inside addresses, and at dashes."""
SLASHED_END = rf"{LOOSE_END}|(?<=/)(?=[^\W\d_])"
"""The same, in its later versions."""
EASTERN = rf"{WIDE}\u1100-\u11ff\uac00-\ud7a3"
BORDER = rf"(?<=[{EASTERN}])(?=[^{EASTERN}])|(?<=[^{EASTERN}])(?=[{EASTERN}])"
SHARED = rf"(?<=[{EASTERN}])[‘’“”…—·]+|[‘’“”…—·]+(?=[{EASTERN}])"
"""Marks that an eastern face draws, an em wide, where they stand beside its characters."""
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
JOINED = 0.72  # em, of a letter of Arabic or Hebrew, taken over a word
BESIDE_RTL = ((re.compile(r"\d"), 0.7), (re.compile(r"\s"), 0.35), (re.compile(r"[^\w\s]"), 0.4))
"""What other characters take at least, in em, where a text has letters that run from right to left: DejaVu Bold's."""
BORDER_SPACE = 0.25  # em that both put between an eastern character and a western one
ROOMS = (0.98, 1.0, 1.01)  # of the line: where a word is cut depends on the last of points
EMOJI = 1.4  # em, of Segoe's and Noto's
EMOJIS = re.compile("((?:(?:[\U0001f000-\U0001ffff]|\\S\ufe0f)(?:[\ufe0f\u20e3\U000e0020-\U000e007f]|\u200d\\S)*)+)")
"""Emoji one after the other: each one character, or several that are drawn as one (a family, a flag, a keycap)."""
FAMILY_CLASS, SANS = 30, 8  # where an OS/2 table has its class, and that of faces without serifs
PANOSE, SANS_SERIFS = 32, range(11, 16)  # where it has Panose, whose second number is the kind of serifs
SOFT_HYPHEN = 0.35  # em: PowerPoint may draw it within a line, too


def face(brand: Brand, family: str, bold: bool = False, italic: bool = False, *, weight: int | None = None) -> FontFile:
    """The brand's file for a family, nearest in weight; of a family in `brand.metrics`, the file of the same widths.

    A family of a house's theme that the brand does not have is looked for on this machine; where it is not, what
    the system would set it in stands in for it.
    """
    wanted = brand.metrics.get(family, family)
    files = brand.families.get(wanted)
    if not files:
        return _system_face(brand, family, bold, italic)
    weight = weight or (BOLD if bold else 400)
    return min(files, key=lambda file: (file.italic != italic, abs(file.weight - weight)))


def chain(brand: Brand, family: str) -> tuple[str, ...]:
    """The families that set a text on paper, each asked for what those before it lack.

    The brand's other face comes second, and then the fallbacks in the order named, those first that are as the family
    is, with serifs or without: Hangul in a heading is then a Gothic's where the brand names a Myeongjo too.
    """
    plain = family == brand.sans
    first = {font.family: font for font in reversed(brand.fonts)}
    fallbacks = sorted(brand.fallbacks, key=lambda name: _is_sans(first[name].path) != plain)
    return tuple(dict.fromkeys((family, brand.sans, brand.serif, *fallbacks)))


def paper_face(brand: Brand, family: str, weight: int = 400) -> FontFile:
    """The face of a text on paper, with all that draw what it lacks: what is printed there is what is measured."""
    own, *others = (face(brand, name, weight=weight) for name in chain(brand, family))
    return replace(own, others=tuple(others))


def _system_face(brand: Brand, family: str, bold: bool, italic: bool) -> FontFile:
    found = fontconfig.match(family, bold, italic)
    if found:
        return FontFile(family, found.path, BOLD if bold else 400, italic, substitute=not found.same)
    base = next(file for file in brand.fonts if file.family == brand.sans)
    return FontFile(family, base.path, substitute=True)


def width(face: FontFile, text: str, size: float) -> float:
    """How wide one line of text is, in points; of a text with line breaks, its widest line."""
    files = _files(face)
    return max([_edges(files, line)[-1] for line in text.split("\n")]) * size * _spread(face)


def wrap(face: FontFile, text: str, size: float, max_width: float) -> tuple[str, ...]:
    """The lines that a box `max_width` points wide breaks the text into, greedily, as PowerPoint does.

    Lines end at spaces and after hyphens, never at a no-break space; a word wider than the box is broken between
    letters; explicit newlines stay. Spaces at a line's end hang, so they neither count nor come back.
    """
    return _wrap(_files(face), text, max(0.0, max_width / size / _spread(face)) + SLACK)


def longest_word(face: FontFile, text: str, size: float) -> float:
    """How wide a box must be, in points, so that no word is broken between letters."""
    return max(
        (_reach(line, edges, start, end) - edges[start]) * size * _spread(face)
        for line in text.split("\n")
        for edges in (_edges(_files(face), line),)
        for start, end in pairwise([0, *breaks(line)])
    )


def _files(face: FontFile) -> tuple[Path, ...]:
    return (face.path, *[other.path for other in face.others]) if face.others else (face.path,)


def _spread(face: FontFile) -> float:
    """What the widths of a face that only stands in for another are multiplied by."""
    return STAND_IN if face.substitute else 1.0


def line_height(face: FontFile, size: float, borrowed: bool = False) -> float:
    """The distance between two baselines, in points; larger where a line holds characters that the face lacks."""
    return size * max(BORROWED_LEADING if borrowed else LEADING, sum(_verticals(face.path)))


def script_growth(face: FontFile, raised: float, lowered: float, scale: float) -> float:
    """By how much of its size a line grows for words that are smaller, and raised or lowered by shares of the size."""
    ascent, descent, gap = _verticals(face.path)
    above = raised + scale * (ascent + gap) - ascent - gap if raised else 0.0
    below = lowered + scale * descent - descent if lowered else 0.0
    return max(above, 0.0) + max(below, 0.0)


def edges(face: FontFile, line: str, beside_rtl: bool = False) -> tuple[float, ...]:
    """Where each character of a line begins, in em; one more for the end.

    `beside_rtl` says that it stands in one paragraph with letters that run from right to left.
    """
    found = _edges(_files(face), line, beside_rtl)
    return tuple(edge * STAND_IN for edge in found) if face.substitute else found


def broken(text: str, edges: Sequence[float], limit: float, pieced: tuple[int, ...] = ()) -> list[str]:
    """One line of text whose characters begin at `edges`, broken so that none is wider than `limit`.

    A word wider than that is broken between letters. Where such a word could end in several places, programs differ:
    taken is what gives the most lines. `pieced` are the places where one of them ends lines that hold links.
    """
    lines, cut = _filled(text, edges, limit, breaks(text))
    others = {_places(pattern, text) for pattern in (END, LOOSE_END, SLASHED_END)} if cut else set()
    others |= {pieced} if pieced else set()
    tried = (_filled(text, edges, limit * share, places)[0] for places in sorted(others) for share in ROOMS)
    return max([lines, *tried], key=len)


def missing(face: FontFile, text: str) -> str:
    """The characters of a text that neither the font nor its `others` have a glyph for, each once, in order."""
    known = [_characters(path) for path in _files(face)]
    asked = (char for char in dict.fromkeys(text) if char not in "\n\r\t")
    return "".join(char for char in asked if not any(ord(char) in each for each in known))


def borrows(face: FontFile, text: str) -> bool:
    """Whether another face draws a part of the text, so that widths and heights are safe guesses."""
    return not text.isascii() and bool(EMOJIS.search(text) or any(map(_guessed, missing(face, text))))


def emoji_apart(text: str) -> list[str]:
    """A text in pieces: emoji, which a face of their own draws, and what stands between them."""
    return [piece for piece in EMOJIS.split(text) if piece]


@lru_cache(maxsize=64)
def _hb_font(path: Path) -> uharfbuzz.Font:
    import uharfbuzz

    try:
        return uharfbuzz.Font(uharfbuzz.Face(path.read_bytes()))
    except OSError as error:
        raise TemplateError(f"the font file cannot be read: {error.strerror}: {path}") from None


@lru_cache(maxsize=64)
def _characters(path: Path) -> frozenset[int]:
    return frozenset(_hb_font(path).face.unicodes)


@lru_cache(maxsize=64)
def _is_sans(path: Path) -> bool:
    """Whether a font calls itself one without serifs: by its class, or by Panose's kinds of serifs."""
    table = _hb_font(path).face.reference_table("OS/2").data
    return len(table) > PANOSE + 1 and (table[FAMILY_CLASS] == SANS or table[PANOSE + 1] in SANS_SERIFS)


@lru_cache(maxsize=64)
def _verticals(path: Path) -> tuple[float, float, float]:
    """Ascent, descent and gap of the hhea table, in em."""
    face = _hb_font(path).face
    ascent, descent, gap = struct.unpack_from(">3h", face.reference_table("hhea").data, 4)
    return int(ascent) / face.upem, -int(descent) / face.upem, int(gap) / face.upem


@lru_cache(maxsize=KEPT)
def _edges(files: tuple[Path, ...], line: str, beside_rtl: bool = False) -> tuple[float, ...]:
    """Where each character of a line begins, in em; one more for the end. Shaped whole, so kerning is right.

    Where further files are given, they draw what the first lacks; else it is not known what does.
    """
    if not line:
        return (0.0,)
    own, *others = files
    advances = _advances(own, line)
    if beside_rtl or not line.isascii():
        if others:
            _share_out(own, tuple(others), line, advances)
        else:
            _borrow(own, line, advances, beside_rtl or bool(RTL.search(line)))
    return tuple(accumulate(advances, initial=0.0))


def _advances(path: Path, text: str) -> list[float]:
    """How far each character moves on, in em, in one font."""
    import uharfbuzz

    font = _hb_font(path)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    advances, upem = [0.0] * len(text), font.face.upem
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        advances[info.cluster] += position.x_advance / upem
    return advances


def _share_out(own: Path, others: tuple[Path, ...], line: str, advances: list[float]) -> None:
    """Give each run of characters that another font draws what it takes there; what none has, a safe guess."""
    known = _characters(own)
    drawn = [own if ord(char) in known else _drawing(others, char) for char in line]
    start = 0
    for file, run in groupby(drawn):
        end = start + len(list(run))
        if file is None:
            advances[start:end] = [
                advance if (guess := _guessed(char)) is None else guess
                for char, advance in zip(line[start:end], advances[start:end], strict=True)
            ]
        elif file != own:
            advances[start:end] = _advances(file, line[start:end])
        start = end


def _drawing(files: tuple[Path, ...], char: str) -> Path | None:
    return next((file for file in files if ord(char) in _characters(file)), None)


def _borrow(path: Path, line: str, advances: list[float], beside_rtl: bool) -> None:
    """Give the characters that another face will draw their widths, and a border of scripts its space."""
    known = _characters(path)
    strange = EMOJIS.search(line) or "\u00ad" in line or "\ufe0f" in line or not known.issuperset(map(ord, line))
    for at, char in enumerate(line if strange else ""):
        if char == "\u00ad" or (line[at + 1 : at + 2] == "\ufe0f" and char.isprintable()):
            advances[at] = SOFT_HYPHEN if char == "\u00ad" else EMOJI
        elif (ord(char) not in known or EMOJIS.match(char)) and (guess := _guessed(char)) is not None:
            advances[at] = guess
    if beside_rtl:  # the other face draws its digits and spaces too, and is wider than most
        for at, char in enumerate(line):
            advances[at] = max(advances[at], next((least for kind, least in BESIDE_RTL if kind.match(char)), 0.0))
    for shared in re.finditer(SHARED, line):
        advances[slice(*shared.span())] = [1.0] * len(shared[0])
    for border in re.finditer(BORDER, line):
        advances[border.start()] += BORDER_SPACE


@lru_cache(maxsize=KEPT)
def _guessed(char: str) -> float | None:
    """How wide in em a character is in another face, at most; None where HarfBuzz knows without a glyph."""
    category = unicodedata.category(char)
    if category in ("Zs", "Cf"):  # spaces of every width; joiners and marks of direction, which take none
        return None
    if category in ("Mn", "Me"):  # marks above and below
        return 0.0
    if "\U0001f1e6" <= char <= "\U0001f1ff" or category[0] == "N":  # two letters make a flag
        return 1.0
    if char >= "\U0001f000" and not re.match(f"[{WIDE}]", char):
        return EMOJI
    if RTL.match(char):  # joined letters are narrower than letters that stand alone
        return JOINED
    wide = unicodedata.east_asian_width(char) in "WF"
    return 1.0 if wide or category[0] != "L" or category == "Lu" else 0.8


@lru_cache(maxsize=KEPT)
def _wrap(files: tuple[Path, ...], text: str, limit: float) -> tuple[str, ...]:
    return tuple(line for each in text.split("\n") for line in broken(each, _edges(files, each), limit))


def _filled(text: str, edges: Sequence[float], limit: float, places: Sequence[int]) -> tuple[list[str], bool]:
    """The lines that end in those places, and whether a word had to be broken between letters."""
    lines: list[str] = []
    cut = False
    start, last = 0, 0  # where this line begins, and the last place where it may end
    for end in places:
        while _reach(text, edges, start, end) - edges[start] > limit:
            if last <= start:
                last, cut = _split(text, edges, start, limit), True
            lines.append(text[start:last].rstrip(" "))
            start = last
        last = end
    if start < len(text) or not text:
        lines.append(text[start:].rstrip(" "))
    return lines, cut


@lru_cache(maxsize=KEPT)
def breaks(line: str) -> tuple[int, ...]:
    """The places where a line may end, after the first character; its end."""
    return _places(END, line)


def _places(pattern: str, line: str) -> tuple[int, ...]:
    return (*(place.start() for place in re.finditer(pattern, line) if 0 < place.start() < len(line)), len(line))


def _reach(line: str, edges: Sequence[float], start: int, end: int) -> float:
    """Where the ink of line[start:end] ends: spaces at its end hang."""
    while end > start and line[end - 1] == " ":
        end -= 1
    return edges[end]


def _split(line: str, edges: Sequence[float], start: int, limit: float) -> int:
    """Where to break a word that is wider than the line; at least one letter, never before a combining mark."""
    end = max(start + 1, bisect_right(edges, edges[start] + limit, start) - 1)
    while end < len(line) and _joined(line, end):
        end += 1
    return end


def _joined(line: str, at: int) -> bool:
    """Whether a character belongs to the one before it: a combining mark, or a part of an emoji."""
    return unicodedata.category(line[at])[0] == "M" or "\u200d" in line[at - 1 : at + 1]
