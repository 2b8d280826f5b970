"""Blocks of a saved web page: those of its article, without menus, adverts and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.evidence.sources.paragraphs import Block
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = {
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "button", "textarea", "figure", "figcaption",
    "iframe", "svg", "select", "video", "audio", "object", "dialog",
}  # fmt: skip
_CLUTTER = re.compile(
    r"(?:^|[\s_-])(?:comments?|share|sharing|social|related|recirc|promo|newsletter|subscribe|sidebar|footer|breadcrumbs?|"
    r"cookie|advert|ad|ads|banner|pagination|tags|popup|modal|masthead)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ICON = re.compile(r"icon|glyph|symbol|(?:^|\s)fa[bsrl]?(?:\s|$)", re.IGNORECASE)
_BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dt", "dd", "tr", "caption"}
_CONTAINERS = {
    "div", "section", "article", "main", "ul", "ol", "dl", "table", "tbody", "thead", "body", "td", "th", "center",
}  # fmt: skip


def read_html(data: bytes, name: str) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks of the page's largest <article>, else of its <main>, else of its body, and a note on hidden text."""
    from lxml import etree, html

    from reportgen.evidence.sources.hidden_html import remove_hidden

    try:
        page = html.document_fromstring(data, parser=html.HTMLParser(encoding=_encoding(data)))
    except (etree.ParserError, ValueError):
        raise FileError("it has no HTML", Location(name), "save the page again") from None
    etree.strip_elements(page, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    hidden = remove_hidden(page)
    root = _root(page)
    for element in list(root.iterdescendants()):
        if element.getparent() is not None and _is_clutter(element, root):
            element.drop_tree()
    blocks = list(_blocks(root))
    words = sum(each.words for each in hidden if each.parent is root or root in each.parent.iterancestors())
    if words and not blocks:
        raise FileError(f"all of its text is hidden ({words} words)", Location(name), "save the text that you see")
    return blocks, ((f"hidden text ({words} word{'s' * (words != 1)})",) if words else ())


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 if the bytes are valid UTF-8, whatever the page declares; None for what it declares."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _root(page: HtmlElement) -> HtmlElement:
    """Return the element that has most of the page's running text, or an <article> that has some."""
    articles = sorted(page.iter("article"), key=_weight)[-1:]
    mains = sorted([*page.iter("main"), *page.xpath('//*[@role="main"]')], key=_weight)[-1:]
    body = page.find("body")
    whole = page if body is None else body
    for candidate in [*articles, *mains]:
        if _weight(candidate) * 2 >= _weight(whole) or (candidate in articles and _weight(candidate) > 200):
            return candidate
    return whole


def _weight(element: HtmlElement) -> int:
    """Return how many characters of running text an element has."""
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _is_clutter(element: HtmlElement, root: HtmlElement) -> bool:
    if element.tag == "form":  # some pages are one form
        return _weight(element) * 2 < _weight(root)
    if element.tag in _DROPPED or _is_icon(element):
        return True
    if element.tag == "sup" and re.fullmatch(r"\[?[\d*†‡a-z]{1,3}\]?", element.text_content().strip()):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    return (
        element.tag in _CONTAINERS | {"p", "span"}
        and element.tag not in ("body", "article", "main")
        and bool(_CLUTTER.search(names))
    )


def _is_icon(element: HtmlElement) -> bool:
    """Return whether an element is a sign, which listeners need not hear: a name in an icon font, or no word at all."""
    if element.get("aria-hidden") != "true":
        return False
    return bool(_ICON.search(element.get("class") or "")) or not re.search(r"\w", element.text_content())


def _blocks(element: HtmlElement) -> Iterator[Block]:
    if element.tag in _BLOCKS and not any(
        child.tag in _BLOCKS | _CONTAINERS - {"td", "th"} for child in element.iterdescendants()
    ):
        yield from _block(element.tag, _text(element))
        return
    loose = element.text or ""
    for child in element:
        if child.tag in _BLOCKS | _CONTAINERS or any(below.tag in _BLOCKS for below in child.iterdescendants()):
            yield from _block("p", loose)
            yield from _blocks(child)
            loose = child.tail or ""
        else:
            loose += _text(child) + (child.tail or "")
    yield from _block("p", loose)


def _block(tag: str, text: str) -> Iterator[Block]:
    text = re.sub(r"\s+", " ", text).strip()
    if text:
        kind = "head" if re.fullmatch(r"h[1-6]", tag) else "item" if tag == "li" else "text"
        yield Block((text,), kind, structured=True)  # type: ignore[arg-type]


def _text(element: HtmlElement) -> str:
    """Return the text of an inline element, with a space for a line break and for the end of a table cell."""
    if element.tag == "br":
        return " "
    parts = [element.text or ""]
    for child in element:
        parts += [_text(child), " " if child.tag in ("td", "th") else "", child.tail or ""]
    return "".join(parts)
