"""Raw PresentationML and DrawingML: functions that build XML from values. No room above this one writes XML.

Colours are the theme's (a:schemeClr), by way of `Paint`, so that a new theme or brand recolours every drawing. Only on a background
that no slot of a custom theme names, paper and panels take that very colour.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from lxml import etree
from msgspec import Struct

from reportgen.charts.scene import Role, Texture
from reportgen.deck.package import A, P, R
from reportgen.deck.palette import OUR_PALETTE, Palette
from reportgen.deck.values import Box


def declare_namespaces(**namespaces: str) -> str:
    """Build the attributes that declare namespaces, written as lxml writes them, by prefix."""
    return " ".join(f'xmlns:{prefix}="{name.strip("{}")}"' for prefix, name in namespaces.items())


NAMESPACES = declare_namespaces(a=A, p=P, r=R)
NO_LINE = "<a:ln><a:noFill/></a:ln>"
QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
escape_text = escape  # for character data
PROLOG = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def quote_attribute(value: str) -> str:
    """Return an attribute's value, quoted and escaped."""
    return f'"{escape(value, QUOTED)}"'


def build_tag(name: str, attributes: str = "", inner: str = "") -> str:
    """Build an element, self-closing if it is empty."""
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def build_part(name: str, inner: str) -> bytes:
    """Build a part of the presentation; its root declares the namespaces."""
    return f"{PROLOG}<{name} {NAMESPACES}>{inner}</{name}>".encode()


def parse_shape(xml: str) -> etree._Element:
    """Parse one element that this package built, to add it to an existing tree."""
    return etree.fromstring(f"<shapes {NAMESPACES}>{xml}</shapes>")[0]


TINT = 22  # percent: the opacity of a value that is not exactly known


class Paint(Struct, frozen=True):
    """Builds fills and lines in the colours that one theme has for the brand's roles."""

    palette: Palette
    face: str = "+mn-lt"
    """The typeface of words in tables and drawings, or the theme's reference to it."""
    named: bool = False
    """Words there name it: a custom theme may have another for what stands in no placeholder."""

    @property
    def default_role(self) -> Role | None:
        """The role that words need which no placeholder colours; None where the theme's own text colour is the ink."""
        return None if self.palette["ink"] == OUR_PALETTE["ink"] else "ink"

    def color(self, role: Role, opacity: int = 100) -> str:
        """Build a colour; `opacity` in percent."""
        shade = self.palette[role]
        inner = f'<a:lumMod val="{shade.mod * 1000}"/>' if shade.mod != 100 else ""
        inner += f'<a:lumOff val="{shade.off * 1000}"/>' if shade.off else ""
        inner += f'<a:alpha val="{opacity * 1000}"/>' if opacity != 100 else ""
        tag = "a:srgbClr" if shade.slot.startswith("#") else "a:schemeClr"
        return build_tag(tag, f' val="{shade.slot.lstrip("#")}"', inner)

    def solid(self, role: Role) -> str:
        return f"<a:solidFill>{self.color(role)}</a:solidFill>"

    def fill(self, role: Role, texture: Texture) -> str:
        """Build the fill of a drawn value: a tint that lets the ground through if the value is not exactly known."""
        if texture == "solid":
            return self.solid(role)
        return f"<a:solidFill>{self.color(role, TINT)}</a:solidFill>"

    def outline(self, role: Role, texture: Texture) -> str:
        """Build the outline of a drawn value: dashed if the value is not exactly known, else none."""
        return self.line(role, 1.25, dashed=True) if texture == "open" else NO_LINE

    def line(self, role: Role, weight: float, dashed: bool = False) -> str:
        """Build a line `weight` points thick."""
        dash = '<a:prstDash val="dash"/>' if dashed else ""
        return f'<a:ln w="{round(weight * 12_700)}">{self.solid(role)}{dash}</a:ln>'


def build_tight_body(anchor: str, wrap: str = "square") -> str:
    """Build the properties of a text without insets and autofit; `anchor` is "t", "ctr" or "b"."""
    insets = 'lIns="0" tIns="0" rIns="0" bIns="0"'
    return f'<a:bodyPr wrap="{wrap}" {insets} anchor="{anchor}"><a:noAutofit/></a:bodyPr>'


def build_transform(box: Box, tag: str = "a:xfrm", flip: str = "") -> str:
    return f'<{tag}{flip}><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.width}" cy="{box.height}"/></{tag}>'


def build_identity(number: int, name: str, alt: str = "", decorative: bool = False) -> str:
    """Build a shape's id, its name in the selection pane and its alternative text."""
    described = f" descr={quote_attribute(alt)}" if alt else ""
    return build_tag(
        "p:cNvPr", f' id="{number}" name={quote_attribute(name)}{described}', DECORATIVE if decorative else ""
    )
