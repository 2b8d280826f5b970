"""Tolerant look-ups in the XML of PowerPoint files: an odd value must not stop the reader, whoever saved the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from reportgen.system.errors import TemplateError

Element = etree._Element


def iter_children(element: Element | None) -> Iterator[Element]:
    """Yield the child elements, without comments and processing instructions."""
    if element is not None:
        yield from (child for child in element if isinstance(child.tag, str))


def find(element: Element | None, path: str) -> Element | None:
    return None if element is None else element.find(path)


def get_attribute(element: Element | None, name: str, default: str = "") -> str:
    return default if element is None else element.get(name, default)


def get_int(element: Element | None, name: str, default: int = 0) -> int:
    return parse_int(get_attribute(element, name), default)


def get_flag(element: Element | None, name: str, default: bool = False) -> bool:
    value = get_attribute(element, name)
    return is_on(value) if value else default


def is_on(value: str) -> bool:
    return value in ("1", "true", "on")


def parse_int(text: str, default: int = 0) -> int:
    """Return a whole number; some programs write decimals, which are cut off."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default


def parse_share(text: str, default: float = 1.0) -> float:
    """Return a percentage, written in thousandths of a percent or with a % sign, as a number where 1 is 100 %."""
    if text.endswith("%"):
        try:
            return float(text[:-1]) / 100
        except ValueError:
            return default
    return parse_int(text, round(default * 100_000)) / 100_000


def get_first(elements: Sequence[Element | None], path: str, name: str, default: str = "") -> str:
    """Return an attribute from the first of several elements that has it, at `path` below each (empty: on it)."""
    for element in elements:
        found = find(element, path) if path else element
        if found is not None and (value := found.get(name)) is not None:
            return value
    return default


def require_child(element: Element, path: str) -> Element:
    """Return a descendant that the schema requires. Raise TemplateError without it: only themes are read so strictly."""
    found = element.find(path)
    if found is None:
        wanted, name = (re.sub(r"\{[^}]*\}", "", str(each)) for each in (path, element.tag))
        raise TemplateError(
            f"the theme is damaged: {name} lacks its {wanted}",
            hint="open it in PowerPoint, let it be repaired, and save it",
        )
    return found


def remove_element(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def copy_element(element: Element) -> Element:
    return etree.fromstring(etree.tostring(element))
