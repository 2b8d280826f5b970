"""Elements of WordprocessingML, with their names as the standard writes them: "w:p"."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "ap": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "ct": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
}
PREFIXES = {prefix: uri for prefix, uri in NAMESPACES.items() if prefix != "xml"}
TWIPS = 20  # in a point
EMU = 12700  # in a point


def name(tag: str) -> str:
    """Return a name with its namespace: "w:p" as "{…}p"."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else tag


def build(tag: str, *children: etree._Element | None, **attributes: object) -> etree._Element:
    """Return an element; attributes are of its own namespace, and those that are None are left out.

    An attribute of another namespace has its prefix before two underscores: `r__id`.
    """
    prefix = tag.partition(":")[0]
    element = etree.Element(name(tag), nsmap=PREFIXES)
    for key, value in attributes.items():
        if value is None:
            continue
        other, mark, local = key.partition("__")
        element.set(name(f"{other}:{local}" if mark else f"{prefix}:{key}"), _write(value))
    element.extend(child for child in children if child is not None)
    return element


def build_plain(tag: str, *children: etree._Element | None, **attributes: object) -> etree._Element:
    """Return an element whose attributes have no namespace, as those of DrawingML."""
    element = etree.Element(name(tag), nsmap=PREFIXES)
    for key, value in attributes.items():
        if value is not None:
            other, mark, local = key.partition("__")
            element.set(name(f"{other}:{local}") if mark else key, _write(value))
    element.extend(child for child in children if child is not None)
    return element


def build_field(code: str, result: str, properties: etree._Element | None = None) -> Iterator[etree._Element]:
    """Yield the runs of a field with its result, which programs show until they compute it."""

    def run(*children: etree._Element) -> etree._Element:
        own = None if properties is None else etree.fromstring(etree.tostring(properties))
        return build("w:r", own, *children)

    yield run(build("w:fldChar", fldCharType="begin"))
    yield run(build_text(f" {code} ", "w:instrText"))
    yield run(build("w:fldChar", fldCharType="separate"))
    yield run(build_text(result))
    yield run(build("w:fldChar", fldCharType="end"))


def build_text(words: str, tag: str = "w:t") -> etree._Element:
    """Return the words of a run."""
    element = build(tag, xml__space="preserve")
    element.text = words
    return element


def _write(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"{value:g}" if isinstance(value, float) else str(value)


def twips(points: float) -> int:
    """Return a length in twentieths of a point."""
    return round(points * TWIPS)


def half_points(points: float) -> int:
    """Return a size of type in half points."""
    return round(points * 2)


def serialize(element: etree._Element) -> bytes:
    """Return a part's bytes, without the declarations of namespaces that it does not use."""
    etree.cleanup_namespaces(element, keep_ns_prefixes=["w", "r"])
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
