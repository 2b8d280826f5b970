"""Strict HTML and its stylesheets, read once and quickly: imported by the engine, once WeasyPrint is.

Our markup is well-formed and says all that HTML's own rules would add, so XML's parser gives the same tree. Sheets that
are linked are read for all layouts of a document, and those of ours once a process: they depend on nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

from cssselect2 import ElementWrapper  # type: ignore[import-untyped,unused-ignore]
from weasyprint import CSS, HTML

from reportgen.system.resources import asset


class StrictDocument(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A document whose linked sheets were taken out of it; `below` are sheets that yield to these in everything."""

    def __init__(self, markup: str, base_url: str, url_fetcher: Any) -> None:
        """Sets what WeasyPrint's own constructor does."""
        root = ElementTree.fromstring(markup)  # noqa: S314  # made by our templates, and of no document type
        self.linked = list(_taken(root, base_url))
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
        self.below: Sequence[CSS] = ()

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [*super()._ua_stylesheets(forms), *self.below]


def _taken(root: ElementTree.Element, base_url: str) -> Iterator[str]:
    """The addresses of linked sheets, without their links."""
    for head in root.iter("head"):
        for link in head.findall("link"):
            if link.attrib.keys() == {"rel", "href"} and link.attrib["rel"] == "stylesheet":
                head.remove(link)
                yield urljoin(base_url, link.attrib["href"])


def load_sheet(url: str, content: bytes, base_url: str, fetcher: Any, shared: Mapping[str, Any]) -> CSS:
    """A linked sheet; `shared` is what all sheets of a document tell of: its fonts, counters and colours.

    Ours tell of none. Others are read for each document, which is told of what is wrong with them.
    """
    path = list_bundled_sheets(base_url).get(url)
    if path and path.read_bytes() == content:
        return load_bundled_sheet(url, path)
    return CSS(file_obj=io.BytesIO(content), base_url=url, url_fetcher=fetcher, **shared)


@cache
def load_bundled_sheet(url: str, path: Path) -> CSS:
    """A sheet of ours, as templates link it."""
    return CSS(file_obj=io.BytesIO(path.read_bytes()), base_url=url)


@cache
def list_bundled_sheets(base_url: str) -> Mapping[str, Path]:
    """Our sheets by their addresses."""
    return {urljoin(base_url, f"css/{path.name}"): path for path in sorted(asset("css").glob("*.css"))}
