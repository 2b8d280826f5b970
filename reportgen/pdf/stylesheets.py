"""Parse strict HTML and its stylesheets for WeasyPrint, each only once. Imported by the engine after WeasyPrint.

Our markup is well-formed and contains all that HTML's own rules would add, so an XML parser gives the same tree in a
hundredth of the time. Linked sheets are parsed once for all layouts of a document, and our own once for each process.
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
    """A document without its links to sheets, whose addresses are `linked`; `below` are sheets that rank under them."""

    def __init__(self, markup: str, base_url: str, url_fetcher: Any) -> None:
        """Set what WeasyPrint's own constructor sets."""
        root = ElementTree.fromstring(markup)  # noqa: S314  # from our templates, and without a document type
        self.linked = list(_remove_links(root, base_url))
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
        self.below: Sequence[CSS] = ()

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [*super()._ua_stylesheets(forms), *self.below]


def _remove_links(root: ElementTree.Element, base_url: str) -> Iterator[str]:
    """Remove the links to sheets and yield their addresses."""
    for head in root.iter("head"):
        for link in head.findall("link"):
            if link.attrib.keys() == {"rel", "href"} and link.attrib["rel"] == "stylesheet":
                head.remove(link)
                yield urljoin(base_url, link.attrib["href"])


def load_sheet(url: str, content: bytes, base_url: str, fetcher: Any, shared: Mapping[str, Any]) -> CSS:
    """Parse a linked sheet; `shared` are WeasyPrint's registers of a document's fonts, counters and colours.

    Our own sheets add nothing to them. Others are parsed for each document, so that each reports their faults.
    """
    path = list_bundled_sheets(base_url).get(url)
    if path and path.read_bytes() == content:
        return load_bundled_sheet(url, path)
    return CSS(file_obj=io.BytesIO(content), base_url=url, url_fetcher=fetcher, **shared)


@cache
def load_bundled_sheet(url: str, path: Path) -> CSS:
    """Parse one of our own sheets."""
    return CSS(file_obj=io.BytesIO(path.read_bytes()), base_url=url)


@cache
def list_bundled_sheets(base_url: str) -> Mapping[str, Path]:
    """Return the files of our own sheets by the addresses under which templates link them."""
    return {urljoin(base_url, f"css/{path.name}"): path for path in sorted(asset("css").glob("*.css"))}
