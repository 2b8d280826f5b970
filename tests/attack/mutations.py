"""Random damage: to bytes, to the parts of a package, to their XML, and to the objects of a PDF."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from lxml import etree

VALUES = (
    "", " ", "0", "-1", "1", "true", "no", "abc", "NaN", "inf", "1e400", "-2147483649", "99999999999999999999", "1.5", "12pt",
    "50%", "-50%", "%", "１２", "rId1", "rId999", "FF00", "GGGGGG", "phClr", "title", "body", "\u202e", "a" * 5000, "{}", "&", "../..",
)  # fmt: skip
"""Attributes and texts that a part may be given instead of its own."""


def damage_package(data: bytes, random: random.Random, only: str = "") -> tuple[bytes, str]:
    """Return a package with one to three kinds of damage, and their names; `only` matches the parts to damage."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = []
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        damage = random.choice(PART_DAMAGE + XML_DAMAGE * 3)
        targets = [name for name in parts if re.search(only, name)] or list(parts)
        if damage in XML_DAMAGE:
            targets = [name for name in targets if name.endswith((".xml", ".rels"))] or list(parts)
        target = random.choice(targets)
        damage(parts, target, random)
        names.append(f"{damage.__name__.strip('_')} {target}")
    if random.random() < 0.05:
        return damage_bytes(zip_parts(parts), random), "; ".join([*names, "bytes"])
    return zip_parts(parts), "; ".join(names)


def zip_parts(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def damage_bytes(data: bytes, random: random.Random) -> bytes:
    """Return bytes cut off, overwritten, doubled or taken out at a random place."""
    at, size = random.randrange(len(data)), random.choice((1, 4, 100, 5000))
    match random.randrange(5):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + size :]
        case 2:
            return data[:at] + random.randbytes(size) + data[at + size :]
        case 3:
            return data[:at] + data[at : at + size] * 2 + data[at + size :]
        case _:
            changed = bytearray(data)
            for _ in range(random.choice((1, 10, 100))):
                changed[random.randrange(len(changed))] = random.randrange(256)
            return bytes(changed)


Parts = dict[str, bytes]


def _lose_part(parts: Parts, name: str, random: random.Random) -> None:
    del parts[name]


def _empty_part(parts: Parts, name: str, random: random.Random) -> None:
    parts[name] = random.choice((b"", b"<a/>", b"\0" * 100, b"<?xml version='1.0'?>", b"\xff\xfe<\0a\0/\0>\0"))


def _exchange_parts(parts: Parts, name: str, random: random.Random) -> None:
    other = random.choice(list(parts))
    parts[name], parts[other] = parts[other], parts[name]


def _double_part(parts: Parts, name: str, random: random.Random) -> None:
    parts[random.choice((name.upper(), f"/{name}", f"{name}x", name.replace("/", "\\")))] = parts[name]


def _recode(parts: Parts, name: str, random: random.Random) -> None:
    text = re.sub(r"<\?xml[^>]*\?>", "", parts[name].decode("utf-8", "replace"))
    encoding = random.choice(("utf-16", "utf-16-le", "latin-1", "utf-7", "ascii"))
    parts[name] = text.encode(encoding, "xmlcharrefreplace")


def _redirect(parts: Parts, name: str, random: random.Random) -> None:
    """Let a relation lead to another part, to none, or outside."""
    listed = random.choice([each for each in parts if each.endswith(".rels")] or [name])
    others = [each for each in parts if each.endswith(".xml")] or [name]
    target = random.choice(
        (f"/{random.choice(others)}", "nowhere.xml", "", "../../../../x", "http://a.invalid/", "?", "%20")
    ).encode()
    targets = list(re.finditer(rb'Target="[^"]*"', parts[listed]))
    if targets:
        found = random.choice(targets)
        parts[listed] = parts[listed][: found.start()] + b'Target="%b"' % target + parts[listed][found.end() :]


def _damage_part(parts: Parts, name: str, random: random.Random) -> None:
    if parts[name]:
        parts[name] = damage_bytes(parts[name], random)


PART_DAMAGE: tuple[Callable[[Parts, str, random.Random], None], ...] = (
    _lose_part, _empty_part, _exchange_parts, _double_part, _recode, _redirect, _redirect, _damage_part,
)  # fmt: skip


def _of_xml(change: Callable[[Any, random.Random], object]) -> Callable[[Parts, str, random.Random], None]:
    """Return damage to one element of a part, but for its root, by a function."""

    def damage(parts: Parts, name: str, random: random.Random) -> None:
        try:
            root = etree.fromstring(parts[name])
        except (etree.XMLSyntaxError, ValueError):
            return
        elements = list(root.iterdescendants(etree.Element))
        if elements:
            change(random.choice(elements), random)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    damage.__name__ = change.__name__
    return damage


def _lose_element(element: Any, random: random.Random) -> None:
    element.getparent().remove(element)


def _double_element(element: Any, random: random.Random) -> None:
    element.addnext(etree.fromstring(etree.tostring(element)))


def _empty_element(element: Any, random: random.Random) -> None:
    element.clear()


def _strip_children(element: Any, random: random.Random) -> None:
    for child in list(element):
        element.remove(child)


def _rename_element(element: Any, random: random.Random) -> None:
    others = [each.tag for each in element.getroottree().iter(etree.Element)]
    element.tag = random.choice([*others, "x", "{urn:x}y"])


def _move_element(element: Any, random: random.Random) -> None:
    within = set(element.iter())
    others = [each for each in element.getroottree().iter(etree.Element) if each not in within]
    random.choice(others).append(element)


def _lose_attribute(element: Any, random: random.Random) -> None:
    if element.attrib:
        del element.attrib[random.choice(list(element.attrib))]


def _set_attribute(element: Any, random: random.Random) -> None:
    if element.attrib:
        others = [value for each in element.getroottree().iter(etree.Element) for value in each.attrib.values()]
        element.set(random.choice(list(element.attrib)), random.choice((*VALUES, random.choice(others))))


def _set_text(element: Any, random: random.Random) -> None:
    holders = [each for each in element.getroottree().iter(etree.Element) if (each.text or "").strip()]
    random.choice(holders or [element]).text = random.choice(VALUES)


def _comment(element: Any, random: random.Random) -> None:
    element.insert(0, random.choice((etree.Comment("x"), etree.ProcessingInstruction("x", "y"))))


XML_DAMAGE = tuple(
    _of_xml(change)
    for change in (
        _lose_element, _lose_element, _lose_element, _double_element, _empty_element, _strip_children, _rename_element, _move_element,
        _lose_attribute, _lose_attribute, _set_attribute, _set_attribute, _set_attribute, _set_text, _comment,
    )
)  # fmt: skip


def damage_pdf(data: bytes, random: random.Random) -> tuple[bytes, str]:
    """Return a PDF with damage to its bytes, or to one to four of its objects, and what was done."""
    if random.random() < 0.25:
        return damage_bytes(data, random), "bytes"
    target, names = io.BytesIO(), []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = [
            each for each in pdf.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array)
        ]
        for _ in range(random.choice((1, 1, 2, 4))):
            names.append(_damage_object(pdf, random.choice(objects), objects, random))
        modes = tuple(pikepdf.ObjectStreamMode.__members__.values())
        try:
            pdf.save(target, object_stream_mode=random.choice(modes), static_id=True)
        except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError):
            return damage_bytes(data, random), "bytes"
    return target.getvalue(), "; ".join(names)


def _damage_object(pdf: Any, damaged: Any, objects: list[Any], random: random.Random) -> str:
    number = damaged.objgen[0]
    if isinstance(damaged, pikepdf.Stream) and random.random() < 0.4:
        try:
            content = damaged.read_bytes()
        except pikepdf.PdfError:
            return f"nothing in {number}"
        if content:
            damaged.write(damage_bytes(content, random))
        return f"content of {number}"
    if isinstance(damaged, pikepdf.Array):
        if not len(damaged):
            return f"nothing in {number}"
        at = random.randrange(len(damaged))
        if random.random() < 0.3:
            del damaged[at]
        else:
            damaged[at] = _value(pdf, damaged, objects, random)
        return f"item {at} of {number}"
    keys = [key for key in damaged if key != "/Length"]
    if not keys:
        return f"nothing in {number}"
    key = random.choice(keys)
    inner = damaged[key]
    if isinstance(inner, pikepdf.Dictionary | pikepdf.Array) and random.random() < 0.4 and not inner.is_indirect:
        return f"{key} of {number}: " + _damage_object(pdf, inner, objects, random)
    if random.random() < 0.3:
        del damaged[key]
    else:
        damaged[key] = _value(pdf, damaged, objects, random)
    return f"{key} of {number}"


def _value(pdf: Any, damaged: Any, objects: list[Any], random: random.Random) -> Any:
    match random.randrange(9):
        case 0:
            return damaged if damaged.is_indirect else random.choice(objects)
        case 1 | 2:
            return random.choice(objects)
        case 3:
            return random.choice((0, -1, 1, 2**31, -(2**40), 10**15))
        case 4:
            return pikepdf.Name(random.choice(("/X", "/Font", "/Identity-H", "/DeviceRGB", "/Page", "/Pages")))
        case 5:
            return pikepdf.String(random.choice(("", "x", "\u202e서울", "a" * 3000)))
        case 6:
            return pikepdf.Array(
                [random.choice((0, pikepdf.Name("/X"), pikepdf.String("x")))] * random.choice((0, 1, 4))
            )
        case 7:
            return random.choice((True, 0.5, None)) or pikepdf.Dictionary()
        case _:
            return pikepdf.Dictionary(X=1)
