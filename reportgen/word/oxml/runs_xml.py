"""Runs of text: each in one direction, with the typefaces and the language of its script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from reportgen.word.house_styles import style_id
from reportgen.word.oxml.elements import build, build_text
from reportgen.word.oxml.styles_xml import Looks
from reportgen.word.word_values import Text

RIGHT_TO_LEFT = ("R", "AL")
COMPLEX = ("ar", "he", "fa", "ur", "yi", "ps", "dv", "syr")
"""Languages that Word keeps under the name of complex scripts."""
EAST_ASIAN = ("ko", "ja", "zh")


def build_runs(text: Text, looks: Looks) -> list[etree._Element]:
    """Return the runs of a text, one for each direction."""
    return [_build_run(words, is_rtl, text, looks) for words, is_rtl in split_directions(text.words, looks.is_rtl)]


def split_directions(words: str, is_rtl: bool) -> Iterator[tuple[str, bool]]:
    """Yield stretches of a text with whether they run from right to left.

    Signs between two words of the other direction belong to it, and those at its edges to the paragraph's direction.
    """
    kinds = [unicodedata.bidirectional(char) for char in words]
    strong = [(at, kind in RIGHT_TO_LEFT) for at, kind in enumerate(kinds) if kind in ("L", *RIGHT_TO_LEFT)]
    if not strong:
        yield words, is_rtl
        return
    directions = [is_rtl] * len(words)
    for (at, one), (after, other) in pairwise(strong):
        if one == other:
            directions[at:after] = [one] * (after - at)
    for at, direction in strong:
        directions[at] = direction
    begin = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or directions[at] != directions[begin]:
            yield words[begin:at], directions[begin]
            begin = at


def _build_run(words: str, is_rtl: bool, text: Text, looks: Looks) -> etree._Element:
    position = {"superscript": "superscript", "subscript": "subscript"}.get(text.position)
    style = text.style or ("Hyperlink" if text.href else "")
    properties = build(
        "w:rPr",
        build("w:rStyle", val=style_id(style)) if style else None,
        build("w:b") if text.bold else None,
        build("w:bCs") if text.bold else None,
        build("w:i") if text.italic else None,
        build("w:iCs") if text.italic else None,
        build("w:vertAlign", val=position) if position else None,
        build("w:rtl") if is_rtl else None,
        _build_language(text.language, looks) if text.language else None,
    )
    return build("w:r", properties if len(properties) else None, build_text(words))


def _build_language(language: str, looks: Looks) -> etree._Element:
    base = language.partition("-")[0].lower()
    if base in COMPLEX:
        return build("w:lang", bidi=language)
    if base in EAST_ASIAN:
        return build("w:lang", val=looks.language, eastAsia=language)
    return build("w:lang", val=language)
