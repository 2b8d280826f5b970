"""Blocks of a saved web page: those of its article, without menus, adverts and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.evidence.sources.footnote_marks import is_raised_mark
from reportgen.evidence.sources.paragraphs import Block, describe_skipped
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = {
    "script", "style", "noscript", "template", "nav", "header", "footer", "button", "textarea",
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
    "div", "section", "article", "main", "ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "body", "td", "th", "center",
    "figure", "figcaption", "aside",
}  # fmt: skip
_NOTES = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?|references|reflist|fn-?list)(?:$|[\s_-])", re.IGNORECASE)
_NOTE_LINK = re.compile(r"(?:^|[\s_-])(?:footnote|fn|noteref|cite|reference|endnote|sidenote)", re.IGNORECASE)
_ASIDE_WORDS = 8  # an aside with fewer words is a label


def read_html(data: bytes, name: str) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks of the page's largest <article>, else of its <main>, else of its body, and a note on hidden text."""
    from lxml import etree, html

    from reportgen.evidence.sources.hidden_html import remove_hidden

    try:
        page = html.document_fromstring(data, parser=html.HTMLParser(encoding=find_encoding(data)))
    except (etree.ParserError, ValueError):
        raise FileError("it has no HTML", Location(name), "save the page again") from None
    etree.strip_elements(page, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    hidden = remove_hidden(page)
    root = _root(page)
    skipped: Counter[str] = Counter()
    left_out = 0
    for element in list(root.iterdescendants()):
        if element.getparent() is not None and (kind := _clutter_kind(element, root)):
            count = len(element.text_content().split()) if kind != "sign" else 0
            if count:
                skipped[kind] += 1
                left_out += count
            element.drop_tree()
    blocks = list(_blocks(root))
    words = sum(each.words for each in hidden if each.parent is root or root in each.parent.iterancestors())
    if words and not blocks:
        raise FileError(f"all of its text is hidden ({words} words)", Location(name), "save the text that you see")
    unread = [f"hidden text ({words} word{'s' * (words != 1)})"] if words else []
    return blocks, (*unread, *describe_skipped(skipped, left_out))


def find_encoding(data: bytes) -> str | None:
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


def _clutter_kind(element: HtmlElement, root: HtmlElement) -> str | None:
    """Return what an element is that is no text of the article: an aside, a menu or other part, a sign; None for text."""
    if element.tag == "form":  # some pages are one form
        return "other part" if _weight(element) * 2 < _weight(root) else None
    if element.tag in ("script", "style", "noscript", "template") or _is_icon(element):
        return "sign"
    if element.tag in _DROPPED:
        return "other part"
    if element.tag == "aside":
        return None if _is_read(element) else "aside"
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    is_clutter = (
        element.tag in _CONTAINERS - {"aside"} | {"p", "span"}
        and element.tag not in ("body", "article", "main")
        and bool(_CLUTTER.search(names))
    )
    return "other part" if is_clutter else None


def _is_read(aside: HtmlElement) -> bool:
    """Return whether an aside has words of the author: no list of links, no advert."""
    names = f"{aside.get('class', '')} {aside.get('id', '')}"
    words = len(aside.text_content().split())
    linked = sum(len(link.text_content().split()) for link in aside.iter("a"))
    return words >= _ASIDE_WORDS and linked * 2 < words and not _CLUTTER.search(names)


def _is_icon(element: HtmlElement) -> bool:
    """Return whether an element is a sign, which listeners need not hear: a name in an icon font, or no word at all."""
    if element.get("aria-hidden") != "true":
        return False
    return bool(_ICON.search(element.get("class") or "")) or not re.search(r"\w", element.text_content())


def _blocks(element: HtmlElement, is_note: bool = False) -> Iterator[Block]:
    is_note = is_note or _is_note(element)
    if element.tag == "tr" and not any(child.tag in ("table", "tr") for child in element.iterdescendants()):
        yield from _row(element, is_note)
        return
    if element.tag in _BLOCKS and not any(
        child.tag in _BLOCKS | _CONTAINERS - {"td", "th"} for child in element.iterdescendants()
    ):
        yield from _block(element.tag, _text(element), is_note)
        return
    loose = element.text or ""
    for child in element:
        if child.tag in _BLOCKS | _CONTAINERS or any(below.tag in _BLOCKS for below in child.iterdescendants()):
            yield from _block("p", loose, is_note)
            yield from _blocks(child, is_note)
            loose = child.tail or ""
        else:
            loose += _inline(child, loose) + (child.tail or "")
    yield from _block("p", loose, is_note)


def _is_note(element: HtmlElement) -> bool:
    """Return whether all in an element stands beside the text: captions, asides, the notes at its end."""
    if element.tag in ("figcaption", "aside") or element.get("role") in ("doc-footnote", "doc-endnotes", "doc-endnote"):
        return True
    return element.tag in ("ol", "ul", "div", "section") and bool(
        _NOTES.search(f"{element.get('class', '')} {element.get('id', '')}")
    )


def _row(row: HtmlElement, is_note: bool) -> Iterator[Block]:
    """Yield a table's row as one block, or the blocks of its only cell: pages are laid out by tables, too."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    texts = [re.sub(r"\s+", " ", " ".join(_cell_texts(cell))).strip() for cell in cells]
    filled = [text for text in texts if text]
    if len(filled) > 1:
        yield Block((" | ".join(filled),), "note" if is_note else "row", structured=True)
        return
    for cell in cells:
        yield from _blocks(cell, is_note)


def _cell_texts(cell: HtmlElement) -> Iterator[str]:
    for block in _blocks(cell):
        yield from block.lines


def _block(tag: str, text: str, is_note: bool = False) -> Iterator[Block]:
    text = re.sub(r"\s+", " ", text).strip()
    if text:
        is_head = bool(re.fullmatch(r"h[1-6]", tag))
        kind = "head" if is_head else "note" if is_note else "item" if tag == "li" else "text"
        yield Block((text,), kind, structured=True, level=int(tag[1]) if is_head else 0)  # type: ignore[arg-type]


def _text(element: HtmlElement, before: str = "") -> str:
    """Return the text of an element, with a space for a line break and for the end of a table cell."""
    if element.tag == "br":
        return " "
    text = element.text or ""
    for child in element:
        text += _inline(child, before + text) + (" " if child.tag in ("td", "th") else "") + (child.tail or "")
    return text


def _inline(child: HtmlElement, before: str) -> str:
    """Return the text of an element in a line, nothing for the mark of a footnote."""
    if child.get("role") in ("doc-noteref", "doc-backlink"):
        return ""
    text = _text(child, before)
    if child.tag == "sup":
        return "" if _is_noted(child) or is_raised_mark(before.rstrip("\n"), text) else text
    is_mark = child.tag == "a" and re.fullmatch(r"\[?(?:\d{1,3}|[*†‡↩^])\]?", text.strip())
    return (
        ""
        if is_mark and _NOTE_LINK.search(f"{child.get('class', '')} {child.get('href', '')}".replace("#", " "))
        else text
    )


def _is_noted(sup: HtmlElement) -> bool:
    """Return whether a raised text is or has a link to a place in the page."""
    links = [*sup.iter("a"), *sup.iterancestors("a")]
    return any("#" in (link.get("href") or "") for link in links) or bool(_NOTE_LINK.search(sup.get("class") or ""))
