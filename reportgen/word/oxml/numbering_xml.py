"""The part of a Word file that says how lists are marked: bullets, dashes and numbers, each list counted on its own."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from reportgen.word.oxml.elements import build, twips
from reportgen.word.word_values import ListStart

BULLETS = ("•", "–", "•")
STEP = 14.0  # points from level to level
LEVELS = 3
BULLETED, NUMBERED = 0, 1


def build_numbering(lists: Sequence[ListStart]) -> etree._Element:
    """Return the root of word/numbering.xml, with a list for each of the document's."""
    root = build("w:numbering", _define(BULLETED, is_numbered=False), _define(NUMBERED, is_numbered=True))
    for at, each in enumerate(lists):
        restart = (build("w:lvlOverride", build("w:startOverride", val=1), ilvl=level) for level in range(LEVELS))
        kind = NUMBERED if each.is_numbered else BULLETED
        root.append(
            build(
                "w:num", build("w:abstractNumId", val=kind), *(restart if each.is_numbered else ()), numId=number_id(at)
            )
        )
    return root


def number_id(list_number: int) -> int:
    """Return the id of a list of the document; 0 means none in Word."""
    return list_number + 1


def _define(kind: int, is_numbered: bool) -> etree._Element:
    levels = []
    for level in range(LEVELS):
        levels.append(
            build(
                "w:lvl",
                build("w:start", val=1),
                build("w:numFmt", val="decimal" if is_numbered else "bullet"),
                build("w:lvlText", val=f"%{level + 1}." if is_numbered else BULLETS[level]),
                build("w:lvlJc", val="left"),
                build("w:pPr", build("w:ind", left=twips(STEP * (level + 1)), hanging=twips(STEP))),
                ilvl=level,
            )
        )
    return build("w:abstractNum", build("w:multiLevelType", val="multilevel"), *levels, abstractNumId=kind)
