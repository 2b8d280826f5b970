"""The one layer of raw PresentationML and DrawingML: strings of XML from values; everything above speaks in values.

Colours are always the theme's (a:schemeClr), by way of `Paint`, so that a changed theme or brand changes every drawing.
"""

from __future__ import annotations

from lxml import etree
from msgspec import Struct

from reportgen.charts.scene import Role, Texture
from reportgen.deck.palette import Palette
from reportgen.deck.values import Box
from reportgen.system.later import put_off

with put_off("urllib.request"):  # which it imports for addresses, and nobody here gives it one
    from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
PROLOG = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def attribute(value: str) -> str:
    """A quoted and escaped attribute value."""
    return f'"{escape(value, QUOTED)}"'


def chars(value: str) -> str:
    """Escaped character data."""
    return escape(value)


def tag(name: str, attributes: str = "", inner: str = "") -> str:
    """An element, closed at once where nothing is in it."""
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def document(name: str, inner: str) -> bytes:
    """A part of the presentation: its root, which names the namespaces for all that is in it."""
    return f"{PROLOG}<{name} {NAMESPACES}>{inner}</{name}>".encode()


def element(xml: str) -> etree._Element:
    """One of our elements, for a tree that is there already."""
    return etree.fromstring(f"<shapes {NAMESPACES}>{xml}</shapes>")[0]


NO_LINE = "<a:ln><a:noFill/></a:ln>"


class Paint(Struct, frozen=True):
    """Roles as colours of one theme."""

    palette: Palette

    def color(self, role: Role) -> str:
        shade = self.palette[role]
        inner = f'<a:lumMod val="{shade.mod * 1000}"/>' if shade.mod != 100 else ""
        inner += f'<a:lumOff val="{shade.off * 1000}"/>' if shade.off else ""
        return (
            f'<a:schemeClr val="{shade.slot}">{inner}</a:schemeClr>' if inner else f'<a:schemeClr val="{shade.slot}"/>'
        )

    def solid(self, role: Role) -> str:
        return f"<a:solidFill>{self.color(role)}</a:solidFill>"

    def fill(self, role: Role, texture: Texture) -> str:
        """The inside of a drawn value: hatched when the value is not exactly known."""
        if texture == "solid":
            return self.solid(role)
        ground = f"<a:bgClr>{self.color('paper')}</a:bgClr>"
        return f'<a:pattFill prst="ltUpDiag"><a:fgClr>{self.color(role)}</a:fgClr>{ground}</a:pattFill>'

    def outline(self, role: Role, texture: Texture, weight: float = 1.25) -> str:
        """The edge of a drawn value: dashed when the value is not exactly known, else none."""
        return self.line(role, weight, dashed=True) if texture == "open" else NO_LINE

    def line(self, role: Role, weight: float, dashed: bool = False) -> str:
        """A stroke, `weight` points thick."""
        dash = '<a:prstDash val="dash"/>' if dashed else ""
        return f'<a:ln w="{round(weight * 12_700)}">{self.solid(role)}{dash}</a:ln>'


def position(box: Box, tag: str = "a:xfrm", flip: str = "") -> str:
    return f'<{tag}{flip}><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.width}" cy="{box.height}"/></{tag}>'


def identity(number: int, name: str, alt: str = "", decorative: bool = False) -> str:
    """An object's id, its name in the selection pane, and what is read to those who cannot see it."""
    described = f" descr={attribute(alt)}" if alt else ""
    return tag("p:cNvPr", f' id="{number}" name={attribute(name)}{described}', DECORATIVE if decorative else "")
