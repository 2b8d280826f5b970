"""The theme of a Word file: the brand's colors and typefaces, which Word offers for whatever is added to the memo."""

from __future__ import annotations

from lxml import etree

from reportgen.charts.scene import Role
from reportgen.word.oxml.elements import build_plain, name
from reportgen.word.oxml.styles_xml import Looks, color_of

SLOTS: dict[str, Role] = {
    "dk1": "ink", "lt1": "paper", "dk2": "secondary", "lt2": "panel", "accent1": "accent", "accent2": "signal",
    "accent3": "quiet", "accent4": "secondary", "accent5": "ink", "accent6": "hairline", "hlink": "accent", "folHlink": "secondary",
}  # fmt: skip
"""The colors of a theme with the roles that fill them, as in the deck's theme."""


def change_theme(template: bytes, looks: Looks) -> bytes:
    """Return a theme with the brand's colors and typefaces in the place of its own."""
    root = etree.fromstring(template, etree.XMLParser(resolve_entities=False, no_network=True))
    for slot, role in SLOTS.items():
        for color in root.iter(name(f"a:{slot}")):
            color[:] = [build_plain("a:srgbClr", val=color_of(role, looks))]
    for part, face in (("majorFont", looks.sans), ("minorFont", looks.serif)):
        for latin in root.iter(name("a:latin")):
            parent = latin.getparent()
            if parent is not None and parent.tag == name(f"a:{part}"):
                latin.set("typeface", face)
                if "panose" in latin.attrib:
                    del latin.attrib["panose"]
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
