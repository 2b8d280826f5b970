"""Look up in a Word file's styles and lists what its paragraphs do not say themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from msgspec import Struct

from reportgen.word.oxml.elements import name
from reportgen.word.reading.paragraph_reader import read_value


def find_heading_levels(styles: etree._Element | None) -> Mapping[str, int]:
    """Return the level of each style that makes headings, by its id."""
    found: dict[str, int] = {}
    bases: dict[str, str] = {}
    for style in styles.iter(name("w:style")) if styles is not None else ():
        identity = style.get(name("w:styleId"), "")
        bases[identity] = read_value(style, "w:basedOn")
        level = read_value(style, "w:pPr/w:outlineLvl")
        label = re.fullmatch(r"heading (\d)", read_value(style, "w:name"), re.IGNORECASE)
        if level.isdigit():
            found[identity] = int(level) + 1 if int(level) < 9 else 0
        elif label:
            found[identity] = int(label[1])
    for identity in bases:
        base, steps = identity, 0
        while base and base not in found and steps < len(bases):
            base, steps = bases.get(base, ""), steps + 1
        found.setdefault(identity, found.get(base, 0))
    return {identity: level for identity, level in found.items() if level}


def find_raised_styles(styles: etree._Element | None) -> Mapping[str, str]:
    """Return the styles that raise or lower letters, such as those of notes' numbers, by their ids."""
    found = {
        style.get(name("w:styleId"), ""): read_value(style, "w:rPr/w:vertAlign")
        for style in (styles.iter(name("w:style")) if styles is not None else ())
    }
    return {identity: place for identity, place in found.items() if place in ("superscript", "subscript")}


class Counted(Struct, frozen=True):
    """A numbered level of a list: the definition that counts it, and the number that it begins anew with, if it does."""

    definition: str
    restart: int | None


PLAIN = ("bullet", "none", "")
"""The formats of lists that number nothing."""


def find_numbered_lists(numbering: etree._Element | None) -> Mapping[tuple[str, str], Counted]:
    """Return the lists and levels whose items have numbers."""
    if numbering is None:
        return {}
    kinds: dict[str, set[str]] = {}
    for each in numbering.iter(name("w:abstractNum")):
        levels = each.iter(name("w:lvl"))
        counted = {level.get(name("w:ilvl"), "") for level in levels if read_value(level, "w:numFmt") not in PLAIN}
        kinds[each.get(name("w:abstractNumId"), "")] = counted
    found = {}
    for number in numbering.iter(name("w:num")):
        definition = read_value(number, "w:abstractNumId")
        starts = {
            override.get(name("w:ilvl"), ""): read_value(override, "w:startOverride")
            for override in number.iter(name("w:lvlOverride"))
        }
        for level in kinds.get(definition, ()):
            start = starts.get(level, "")
            restart = int(start) if start.isdigit() else None
            found[number.get(name("w:numId"), ""), level] = Counted(definition, restart)
    return found


def find_languages(styles: etree._Element | None) -> str:
    """Return the languages of the document, of each kind of script, with a space between them."""
    path = "/".join(name(f"w:{each}") for each in ("docDefaults", "rPrDefault", "rPr", "lang"))
    found = styles.find(path) if styles is not None else None
    return " ".join(str(value) for value in found.attrib.values()) if found is not None else ""
