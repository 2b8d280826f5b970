"""Strict HTML and its stylesheets, read once and quickly: imported by the engine, once WeasyPrint is.

Our markup is well-formed and says all that HTML's own rules would add, so XML's parser gives the same tree. Sheets that
are linked are read for all layouts of a document, and those of ours once a process: they depend on nothing else.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

from cssselect2 import ElementWrapper  # type: ignore[import-untyped,unused-ignore]
from weasyprint import CSS, HTML

from reportgen.resources import asset

PLAIN = {"rel": "stylesheet"}
SHARING = re.compile(rb"@(import|font-face|counter-style|color-profile)", re.IGNORECASE)
"""What a sheet tells the whole document of, or asks for: such a sheet is read for each."""


class Styled(HTML):  # type: ignore[misc]  # WeasyPrint has no types
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
            if link.attrib == {**PLAIN, "href": link.get("href")}:
                head.remove(link)
                yield urljoin(base_url, link.attrib["href"])


def sheet(url: str, content: bytes, fetcher: Any, shared: Mapping[str, Any]) -> CSS:
    """A linked sheet; `shared` is what all sheets of a document tell of: its fonts, counters and colours."""
    if SHARING.search(content):
        return CSS(file_obj=io.BytesIO(content), base_url=url, url_fetcher=fetcher, **shared)
    return _alone(url, content)


@cache
def _alone(url: str, content: bytes) -> CSS:
    return CSS(file_obj=io.BytesIO(content), base_url=url)


def read_ours(base_url: str) -> None:
    """All sheets of ours, under the addresses at which templates link them."""
    for path in sorted(asset("css").glob("*.css")):
        _alone(urljoin(base_url, f"css/{path.name}"), path.read_bytes())
