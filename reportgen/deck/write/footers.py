"""Footers of finished slides and notes pages: finds them, adds words to them, and adds a footer where there is none."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from reportgen.brand.contrast import RGB, format_color
from reportgen.deck.oxml import build_tag, build_tight_body, parse_shape, quote_attribute
from reportgen.deck.oxml.run_faces import COMPLEX
from reportgen.deck.oxml.shape_xml import Place, build_placeholder
from reportgen.deck.package import A, P
from reportgen.deck.theme.placeholders import find_mark, find_placeholders, placeholder_type
from reportgen.deck.values import Box
from reportgen.text.languages import find_direction

NAME = "footer"
CREATION = "{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}"  # the uri of the extension with a shape's identifier
CREATION_ID = "{http://schemas.microsoft.com/office/drawing/2014/main}"
FACE = '<a:latin typeface="+mn-lt"/>'


def find_footers(part: etree._Element) -> list[etree._Element]:
    """Return the footer placeholders of a slide, layout, master or notes page."""
    return [shape for shape in find_placeholders(part) if placeholder_type(shape) == "ftr"]


def read_place(shape: etree._Element) -> Place:
    """Return the keys by which a slide's shape names this placeholder of its layout."""
    mark = find_mark(shape)
    return Place("ftr", mark.get("idx"), mark.get("sz"))


def read_text(shape: etree._Element) -> str:
    return " ".join(text for each in shape.iter(f"{A}p") if (text := _text(each)).strip())


def add_footer(
    slide: etree._Element, place: Place, box: Box | None, size: float, color: RGB | None = None
) -> etree._Element:
    """Add a footer as the slide's last shape; with a `box`, which its layout lacks then, it gets its own look as well."""
    tree = slide.find(f"{P}cSld/{P}spTree")
    assert tree is not None
    number = 1 + max((int(each.get("id", "0")) for each in tree.iter(f"{P}cNvPr")), default=1)
    language = next((each.get("lang", "") for each in tree.iter(f"{A}rPr") if each.get("lang")), "en-US")
    is_rtl = find_direction(language) == "rtl"
    ink = f'<a:srgbClr val="{format_color(color)[1:]}"/>' if color else '<a:schemeClr val="tx1"/>'
    own = f"<a:solidFill>{ink}</a:solidFill>{FACE}" if box else ""
    own += f'<a:cs typeface="{COMPLEX}"/>' if is_rtl else ""
    look = build_tag("a:rPr", f' lang={quote_attribute(language)} sz="{round(size * 100)}"', own)
    alignment = '<a:pPr algn="l" rtl="1"/>' if is_rtl else ""
    body = build_tight_body("ctr") if box else "<a:bodyPr><a:noAutofit/></a:bodyPr>"
    text = f"<p:txBody>{body}<a:lstStyle/><a:p>{alignment}<a:r>{look}<a:t/></a:r></a:p></p:txBody>"
    shape = parse_shape(build_placeholder(number, NAME, place, text, box))
    last = tree.find(f"{P}extLst")
    tree.insert(len(tree) if last is None else tree.index(last), shape)
    return shape


def add_creation_id(shape: etree._Element, identity: str) -> None:
    """Give the footer an identifier of the kind that PowerPoint gives new shapes, and keeps when their text is edited."""
    properties = next(shape.iter(f"{P}cNvPr"))
    extensions = properties.find(f"{A}extLst")
    if extensions is None:
        extensions = etree.SubElement(properties, f"{A}extLst")
    for each in [each for each in extensions if each.get("uri") == CREATION]:
        extensions.remove(each)
    extension = etree.SubElement(extensions, f"{A}ext", uri=CREATION)
    etree.SubElement(extension, f"{CREATION_ID}creationId", {"id": identity}, nsmap={"a16": CREATION_ID.strip("{}")})


def append_text(shape: etree._Element, text: str) -> None:
    """Add a run at the end of the footer's words, in the same format."""
    body = shape.find(f"{P}txBody")
    if body is None:
        body = etree.SubElement(shape, f"{P}txBody")
        etree.SubElement(body, f"{A}bodyPr")
        etree.SubElement(body, f"{A}lstStyle")
    paragraphs = body.findall(f"{A}p") or [etree.SubElement(body, f"{A}p")]
    paragraph = next((each for each in reversed(paragraphs) if _text(each).strip()), paragraphs[-1])
    runs = [each for each in paragraph if each.tag in (f"{A}r", f"{A}fld")]
    run = etree.Element(f"{A}r")
    look = runs[-1].find(f"{A}rPr") if runs else paragraph.find(f"{A}endParaRPr")
    own = etree.SubElement(run, f"{A}rPr")
    if look is not None:
        own.attrib.update({key: value for key, value in look.attrib.items() if key != "dirty"})
        own.extend(deepcopy(child) for child in look if "hlink" not in child.tag)
    etree.SubElement(run, f"{A}t").text = text
    if runs and not "".join(str(piece) for piece in runs[-1].itertext()):
        paragraph.replace(runs[-1], run)
    elif runs:
        runs[-1].addnext(run)
    elif (end := paragraph.find(f"{A}endParaRPr")) is not None:
        end.addprevious(run)
    else:
        paragraph.append(run)


def run_properties(shape: etree._Element) -> list[etree._Element]:
    """Return the properties of the footer's runs, where their size is; runs without any get empty ones."""
    runs = list(shape.iter(f"{A}r", f"{A}fld", f"{A}br"))
    for run in runs:
        if run.find(f"{A}rPr") is None:
            run.insert(0, etree.Element(f"{A}rPr"))
    return [properties for run in runs if (properties := run.find(f"{A}rPr")) is not None]


def _text(paragraph: etree._Element) -> str:
    return "".join(each.findtext(f"{A}t") or "" for each in paragraph.iter(f"{A}r", f"{A}fld"))
