"""The publication of an article, as its file states it: author, title, publisher, date, address and language. Nothing is guessed."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from reportgen.evidence.sources.source_text import decode
from reportgen.system.errors import FileError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b(?:{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}|{_MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d)\b"
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽ]"
_NAME = rf"{_CAPITAL}[\w.’'-]+(?: (?:{_CAPITAL}[\w.’'-]+|{_CAPITAL}\.?|(?:de|van|von|der|bin|al|el|of|and|the)(?= ))){{0,6}}"
_BYLINE = re.compile(rf"(?i:by|authors?|written by|statement of|testimony of|remarks by)[:\s]\s*(?P<name>{_NAME})")
_DATELINE = re.compile(rf"[A-Z][^.!?]{{0,60}}?(?P<date>{_DATE.pattern})\s?\)?\s?(?:[—–(-]|\. )")
_KEYED = re.compile(
    r"[#>*\s]*\**(?P<key>title|author|authors|byline|publisher|published|date|source|url|link|language)\**\s*:\s*\**\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+[^\s.,;)\]>\"'”’]")
_AUTHOR_MARK = re.compile(r"(?:\A|[\s_-])(?:author|byline)(?:[\s_-](?:name|link))?(?:\Z|\s)", re.IGNORECASE)
_DATE_MARK = re.compile(r"publish|pubdate|posted|entry|datecreated", re.IGNORECASE)
_KEYS = {"authors": "author", "byline": "author", "date": "published", "link": "url"}
_HEAD_LINES = 12
_JUNK = re.compile(
    r"(?:microsoft word|untitled|document\d*|powerpoint presentation|layout 1|print|\S+\.(?:docx?|pdf|indd|qxd|rtf|pptx?))\b|\A\W*\Z|\A\S{20,}\Z",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:admin|administrator|user|microsoft.*|owner|unknown|root|python-docx|hp|dell|staff)\Z|\A\W*\Z|@|\A\S+\d\S*\Z|https?:",
    re.IGNORECASE,
)


class Publication(Struct, frozen=True):
    """The statements of a file on its publication; empty where it states nothing."""

    author: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""


def read_publication(path: Path, data: bytes) -> Publication:
    """Return what a file states of its author, title, publisher, date, address and language.

    Parameters
    ----------
    path
        The file; its name's ending tells text from HTML.
    data
        The file's bytes.
    """
    if b"%PDF-" in data[:1024]:
        return _read_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _read_docx(data)
    start = data[:1024].lstrip().lower()
    if path.suffix.lower() in (".html", ".htm", ".xhtml") or start.startswith((b"<!doctype html", b"<html")):
        return _read_html(data)
    try:
        return read_head(decode(data, path.name).splitlines())
    except FileError:  # whose place the reader of its text reports
        return Publication()


def complete(stated: Publication, lines: list[str]) -> Publication:
    """Return a publication with what the first lines of its text state where the file's properties are silent."""
    head = read_head(lines)
    missing = {
        name: value
        for name in Publication.__struct_fields__
        if not getattr(stated, name) and (value := getattr(head, name))
    }
    return replace(stated, **missing)


def read_head(lines: list[str]) -> Publication:
    """Return what the first lines of a text state: lines with a key, a byline, a date, an address; the first line is the title."""
    found: dict[str, str] = {}
    head = [line.strip() for line in lines if line.strip()][:_HEAD_LINES]
    titles: list[str] = []
    for line in head:
        if keyed := _KEYED.fullmatch(line):
            key, value = keyed["key"].lower(), keyed["value"].strip(" *\"'")
            key = "url" if _URL.fullmatch(value) else "publisher" if key == "source" else _KEYS.get(key, key)
            found.setdefault(key, value)
            continue
        bare = re.sub(r"\A[#>*_\s]+|[*_\s]+\Z", "", line)
        if line.startswith("# "):
            found.setdefault("title", bare)
            continue
        if len(bare.split()) > 30 or re.search(r"[.!?:][”\"]?\Z", bare):
            if len(bare.split()) > 8:
                if dateline := _DATELINE.match(bare):
                    found.setdefault("published", dateline["date"])
                break  # the text begins
            continue
        if (byline := _BYLINE.match(bare)) and "author" not in found:
            found["author"] = byline["name"]
        date = _DATE.search(bare)
        if url := _URL.search(bare):
            found.setdefault("url", url[0])
        elif (
            date
            and len(bare.split()) <= 12
            and (date.end() == len(bare) or not date.start())
            and (titles or "title" in found)
        ):
            found.setdefault("published", date[0])
        elif not byline and not re.fullmatch(rf"[-\s]*|(?:[A-Z][a-z]+day,? )?{_DATE.pattern}", bare):
            titles.append(bare)
    if titles and "title" not in found:
        found["title"] = titles[0]
        if len(titles) > 1 and _is_title_case(titles[1]) and lines[0].strip() and len(titles[0].split()) < 10:
            found["title"] += f" {titles[1]}"  # a title that was set in two lines
    return _clean(found)


def _is_title_case(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words)


def _clean(found: dict[str, Any]) -> Publication:
    """Return the stated values that are what they should be."""
    if isinstance(found.get("author"), str):
        found["author"] = re.sub(r"\A(?:[Bb]y|BY)\s+", "", found["author"])
    values = {
        key: " ".join(str(value).split())
        for key, value in found.items()
        if key in Publication.__struct_fields__ and value
    }
    if _JUNK.search(values.get("title", "-")):
        values.pop("title", None)
    if _NO_AUTHOR.search(values.get("author", "someone")):
        values.pop("author", None)
    if not re.fullmatch(r"https?://\S+", values.get("url", "")):
        values.pop("url", None)
    if not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})*", values.get("language", "")):
        values.pop("language", None)
    return Publication(**values)


def _read_html(data: bytes) -> Publication:
    """Read a page's metadata: JSON-LD, citation, Dublin Core and Open Graph tags, its title, its byline, its canonical address."""
    from lxml import etree, html

    from reportgen.evidence.sources.html_blocks import find_encoding

    try:
        page = html.fromstring(data, parser=html.HTMLParser(encoding=find_encoding(data)))
    except (etree.ParserError, ValueError):
        return Publication()
    tags: dict[str, list[str]] = {}
    for tag in page.iter("meta"):
        names = (
            f"{tag.get('property', '')} {tag.get('name', '')} {tag.get('itemprop', '')}".lower()
            .replace("dcterm:", "dc.")
            .replace("dc:", "dc.")
        )
        for name in names.split() if tag.get("content", "").strip() else ():
            tags.setdefault(name, []).append(tag.get("content", "").strip())
    linked = _read_linked_data(page)

    def first(*names: str) -> str:
        return next((tags[name][0] for name in names if name in tags), "")

    authors = linked.get("author") or next(
        (tags[name] for name in ("citation_author", "dc.creator", "author", "article:author", "parsely-author", "byl") if any(not _NO_AUTHOR.search(each) for each in tags.get(name, []))),
        [],
    ) or _find_byline(page)  # fmt: skip
    times = [each for each in page.iter("time") if each.get("datetime")]
    marked = [
        each
        for each in times
        if len(times) == 1
        or _DATE_MARK.search(f"{each.get('itemprop', '')} {each.get('class', '')} {each.get('pubdate', '')}")
    ]
    time = marked[0].get("datetime", "") if marked else ""
    canonical = next((each.get("href", "") for each in page.iter("link") if each.get("rel") == "canonical"), "")
    date = linked.get("date") or first(
        "article:published_time", "citation_publication_date", "citation_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "date", "pubdate", "datepublished", "parsely-pub-date", "sailthru.date",
    ) or time  # fmt: skip
    return _clean(
        {
            "author": _join_names(authors),
            "title": linked.get("title")
            or first("citation_title", "dc.title", "og:title", "twitter:title", "parsely-title")
            or _find_title(page),
            "publisher": linked.get("publisher")
            or first("og:site_name", "citation_publisher", "dc.publisher", "citation_journal_title"),
            "published": _write_date(str(date)),
            "url": canonical or first("og:url", "citation_public_url"),
            "language": (page.get("lang") or first("og:locale", "dc.language")).replace("_", "-"),
        }
    )


def _words(element: HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _find_title(page: HtmlElement) -> str:
    """Return a page's title without the name of its site: the heading that it has, else the longest of its parts."""
    title = " ".join((page.findtext(".//title") or "").split())
    headings = [words for each in page.iter("h1", "h2") if (words := _words(each))]
    inside = [words for words in headings if words in title and len(words.split()) > 2]
    if inside:
        return max(inside, key=len)
    return max(re.split(r"\s(?:[|»·]|[-–—]|::)\s", title), key=len) or (headings[0] if headings else "")


def _find_byline(page: HtmlElement) -> list[str]:
    """Return the name in the first element that is marked as an author's: by `rel`, `itemprop`, or a class of that name."""
    for element in page.iter("a", "span", "p", "div", "address", "li", "td"):
        marks = (
            f"{element.get('rel', '')} {element.get('itemprop', '')} {element.get('class', '')} {element.get('id', '')}"
        )
        if not _AUTHOR_MARK.search(marks):
            continue
        words = re.sub(
            r"\A(?:(?:written |posted |published )?(?:by|par|von|por|di)\b:?\s)+",
            "",
            _words(element),
            flags=re.IGNORECASE,
        )
        if found := re.match(_NAME, words):
            name = found[0]
            if 2 <= len(name.split()) <= 5 and len(words) < 120:
                return [name]
    return []


def _read_linked_data(page: HtmlElement) -> dict[str, Any]:
    """Return what the JSON-LD of a page says of its article."""
    for script in page.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            kind = str(item.get("@type", ""))
            if re.search(r"Article|Report|BlogPosting|Legislation|ScholarlyWork", kind):
                names = [_name(each) for each in _listed(item.get("author"))]
                return {
                    "author": [name for name in names if name], "title": item.get("headline") if isinstance(item.get("headline"), str) else "",
                    "publisher": _name(item.get("publisher")), "date": item.get("datePublished") if isinstance(item.get("datePublished"), str) else "",
                }  # fmt: skip
    return {}


def _items(data: object) -> Iterator[dict[str, Any]]:
    for item in _listed(data):
        if isinstance(item, dict):
            yield item
            yield from (each for each in _listed(item.get("@graph")) if isinstance(each, dict))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: object) -> str:
    named = value.get("name") if isinstance(value, dict) else value
    return named if isinstance(named, str) else ""


def _join_names(names: list[str]) -> str:
    """Return names as a reference prints them: A, B and C; "Doe, Jane" is turned."""
    kept = [
        name for name in dict.fromkeys(" ".join(name.split()) for name in names) if name and not _NO_AUTHOR.search(name)
    ]
    turned = [
        " ".join(name.split(", ")[::-1])
        if re.fullmatch(r"[^,]+, [^,]+", name) and len(kept) > 0 and len(name.split()) <= 4
        else name
        for name in kept
    ]
    return " and ".join(filter(None, (", ".join(turned[:-1]), turned[-1]))) if turned else ""


def _write_date(text: str) -> str:
    """Return the day of a time stamp; a date that is written otherwise as it is."""
    day = re.match(r"\d{4}(?:[-/]\d\d(?:[-/]\d\d)?)?(?!\d)", text.strip())
    return day[0].replace("/", "-") if day else text if _DATE.fullmatch(text.strip()) else ""


def _read_docx(data: bytes) -> Publication:
    """Read a Word file's properties: title and creator. Its day of creation is not that of its publication."""
    from lxml import etree

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            raw = package.read("docProps/core.xml")
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return Publication()
    dc = "{http://purl.org/dc/elements/1.1/}"
    return _clean(
        {
            "title": root.findtext(f"{dc}title"),
            "author": root.findtext(f"{dc}creator"),
            "publisher": root.findtext(f"{dc}publisher"),
            "language": root.findtext(f"{dc}language"),
        }
    )


def _read_pdf(data: bytes) -> Publication:
    """Read a PDF's information dictionary: title and author."""
    from reportgen.system.limited_process import run_limited

    return _clean(run_limited(read_pdf_properties, data, file="the PDF", seconds=20.0, memory=1_000_000_000))


def read_pdf_properties(data: bytes) -> dict[str, str]:
    """Return the title and author of a PDF's information dictionary, where the parser can read it."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.utils import decode_text

    try:
        information = PDFDocument(PDFParser(BytesIO(data))).info
    except Exception:  # a parser of strangers' files raises anything, and the properties are a convenience
        return {}
    found = {}
    for entry in information:
        for key in ("Title", "Author"):
            if isinstance(value := entry.get(key), bytes):
                found[key.lower()] = decode_text(value)
    return found
