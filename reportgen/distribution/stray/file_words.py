"""The words of a stray file: by page of a PDF, slide of a deck, part of a mail; and what else in it may tell one copy.

Reading is plain and in this process. Everything that has words is read, hidden or not: whoever alters a stamp rarely
alters it everywhere.
"""

from __future__ import annotations

import email
import email.policy
import re
import zipfile
from collections.abc import Iterator, Mapping
from email.utils import getaddresses
from html.parser import HTMLParser
from io import BytesIO

from msgspec import Struct
from msgspec.structs import replace

from reportgen.distribution import encryption
from reportgen.distribution.manifest import digest
from reportgen.distribution.stamping.pdf_stamp import MARK
from reportgen.distribution.stray.stamp_search import find_stamps
from reportgen.system.errors import FileError, Location

DEEPEST = 4  # mails in mails, archives in archives
MOST_MEMBERS = 200
_HEADER = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.DOTALL)
_MAIL = re.compile(rb"^(?:Message-ID|MIME-Version|Received|Subject|From|To):", re.IGNORECASE | re.MULTILINE)
_GUID = re.compile(rb'creationId [^>]*\bid="\{([0-9A-Fa-f-]{36})\}"')
_ENCODINGS = ("utf-8", "cp949", "cp1256", "cp1252")
_MESSAGE_IDS = re.compile(r"<[^<>\s]+>")


class Passage(Struct, frozen=True):
    """Words that stand together, and where."""

    place: str
    text: str


class StrayFile(Struct, frozen=True):
    """A file, or one in a mail or archive. `pages` are the places that have a stamp in every copy of ours.

    `painted` are letters of a PDF as they are drawn, where programs are given others.
    """

    place: str
    sha256: str
    passages: tuple[Passage, ...] = ()
    pages: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    painted: tuple[Passage, ...] = ()
    title: str = ""
    is_document: bool = False
    marks: tuple[Passage, ...] = ()
    """The hidden marks of stamps, as 32 hexadecimal digits."""
    addresses: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()

    def at(self, place: str) -> str:
        """Return a place in words that say which file of several it is in."""
        return ", ".join(part for part in (self.place, place) if part)


def read_stray(data: bytes, name: str, environment: Mapping[str, str]) -> list[StrayFile]:
    """Return a file and those in it. Raises FileError for one that cannot be read, EvidenceError for a wrong password."""
    return list(_read(data, name, "", environment, DEEPEST))


def _read(data: bytes, name: str, place: str, environment: Mapping[str, str], depth: int) -> Iterator[StrayFile]:
    sha256 = digest(data)
    opened = encryption.decrypt(data, environment)
    label = f"{name}: {place}" if place else name
    if opened.startswith(b"PK\x03\x04"):  # first, as an archive's first member may be a PDF
        yield from _read_archive(opened, label, StrayFile(place, sha256), environment, depth)
    elif _is_mail(opened):
        yield from _read_mail(opened, name, StrayFile(place, sha256), environment, depth)
    elif b"%PDF-" in opened[:1024]:
        yield _read_pdf(opened, label, StrayFile(place, sha256))
    else:
        yield StrayFile(place, sha256, (Passage("", _decode(opened)),))


def _read_pdf(data: bytes, name: str, file: StrayFile) -> StrayFile:
    from reportgen.pdf.reading.pdf_reader import read_pdf

    pdf = read_pdf(data, name)
    pages: dict[int, list[str]] = {number: [] for number in range(1, pdf.pages + 1)}
    for span in pdf.spans:
        pages.setdefault(span.page, []).append(span.text)
    passages = [Passage(f"page {number}", "\n".join(texts)) for number, texts in pages.items()]
    hidden = [(each.page, each.text) for each in (*pdf.alternatives, *pdf.expansions)]
    hidden += [(each.page, each.text) for each in pdf.spoken]
    hidden += [(each.page, words) for each in pdf.parts.annotations for words in each.words]
    hidden += [(each.page, each.value) for each in pdf.parts.fields]
    passages += [Passage(f"page {page}, not painted", words) for page, words in hidden]
    passages += [Passage(f"property {key}", value) for key, value in pdf.properties.items()]
    return replace(
        file,
        passages=tuple(passages),
        pages=tuple(f"page {number}" for number in range(1, pdf.pages + 1)),
        painted=tuple(Passage(f"page {each.page}, as painted", each.painted) for each in pdf.spoken),
        title=pdf.properties.get("Title", ""),
        is_document=True,
        marks=tuple(_read_marks(data)),
    )


def _read_marks(data: bytes) -> Iterator[Passage]:
    """Yield the hidden marks in the forms that a PDF's pages draw."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                for form in page.resources.get("/XObject", {}).values():
                    if MARK in form:
                        yield Passage(f"page {number}", bytes(form[MARK]).hex())
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError):
        return


def _read_archive(
    data: bytes, name: str, file: StrayFile, environment: Mapping[str, str], depth: int
) -> Iterator[StrayFile]:
    """Read a deck, a Word document, an OpenDocument file, or a packet in one file."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
            if "word/document.xml" in members:
                yield replace(file, passages=tuple(_read_word(archive, members)))
                return
            if "content.xml" in members and "mimetype" in members:
                texts = [
                    _read_open_document(archive.read(name)) for name in ("content.xml", "styles.xml") if name in members
                ]
                yield replace(file, passages=tuple(Passage("", text) for text in texts))
                return
            if "[Content_Types].xml" not in members:
                if depth == 0 or len(members) > MOST_MEMBERS:
                    raise FileError(f"an archive of {len(members)} files", Location(name), "name one file of it")
                yield file
                for member in members:
                    place = file.at(member)
                    yield from _read(archive.read(member), name.partition(": ")[0], place, environment, depth - 1)
                return
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileError(f"a damaged archive: {error}", Location(name)) from None
    yield _read_deck(data, name, file)


def _read_word(archive: zipfile.ZipFile, members: list[str]) -> Iterator[Passage]:
    for member in members:
        if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml", member):
            yield Passage("" if member == "word/document.xml" else member, _read_xml(archive.read(member), member))


def _read_open_document(data: bytes) -> str:
    from reportgen.deck import package

    root = package.parse(data)
    return "\n".join("".join(map(str, each.itertext())) for each in root.iter("{*}p"))


def _read_deck(data: bytes, name: str, file: StrayFile) -> StrayFile:
    """Read each slide and notes page from its XML: all text counts, in whatever shape it stands."""
    from reportgen.deck.view.deck_view import resolve_deck

    deck = resolve_deck(data, name)
    slides = {slide.part: f"slide {slide.number}" for slide in deck.slides}
    notes = {slide.notes_part: f"notes of slide {slide.number}" for slide in deck.slides if slide.notes_part}
    passages = [Passage(f"property {key}", value) for key, value in deck.properties.items()]
    marks: list[Passage] = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for member in archive.namelist():
            if member in slides or member in notes:
                place, part = (slides | notes)[member], archive.read(member)
                passages.append(Passage(place, _read_xml(part, member)))
                marks += [Passage(place, found.decode().replace("-", "").lower()) for found in _GUID.findall(part)]
            elif re.fullmatch(
                r"ppt/(slides|notesSlides|slideLayouts|slideMasters|comments|diagrams)/[^/]+\.xml", member
            ):
                passages.append(Passage(member, _read_xml(archive.read(member), member)))
    return replace(
        file,
        passages=tuple(passages),
        pages=tuple(slides.values()),
        notes=tuple(notes.values()),
        title=deck.properties.get("title", ""),
        marks=tuple(marks),
        is_document=True,
    )


def _read_xml(data: bytes, name: str) -> str:
    """Return the paragraphs of a part's XML, and the texts that stand for pictures and shapes."""
    from reportgen.deck import package

    root = package.parse(data, name)
    lines = []
    for paragraph in root.iter("{*}p"):
        breaks = {"t": None, "br": "\n", "tab": " ", "cr": "\n"}
        tags = ((each.tag.rpartition("}")[2], each.text) for each in paragraph.iter() if isinstance(each.tag, str))
        lines.append("".join((text or "") if tag == "t" else breaks[tag] or "" for tag, text in tags if tag in breaks))
    lines += [value for each in root.iter() for key in ("descr", "title") if (value := each.get(key))]
    return "\n".join(lines)


def _is_mail(data: bytes) -> bool:
    head = _HEADER.match(data)
    return bool(head and len(_MAIL.findall(head[0])) >= 2)


def _read_mail(
    data: bytes, name: str, file: StrayFile, environment: Mapping[str, str], depth: int
) -> Iterator[StrayFile]:
    if depth == 0:
        raise FileError("mails in mails in mails", Location(name), "name one of them")
    mail = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \r\n"), policy=email.policy.compat32)
    addresses, message_ids, texts = [], [], []
    inside: list[StrayFile] = []
    for part in mail.walk():
        values = [str(value) for key in ("To", "Cc", "Bcc", "Resent-To") for value in part.get_all(key, [])]
        addresses += [address for _, address in getaddresses(values)]
        message_ids += [
            found
            for key in ("Message-ID", "References", "In-Reply-To")
            for value in part.get_all(key, [])
            for found in _MESSAGE_IDS.findall(str(value))
        ]
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or part.get_content_maintype() in ("image", "audio", "video"):
            continue
        kind, title = part.get_content_type(), part.get_filename() or ""
        if part.get_content_maintype() == "text" and not title:
            text = _decode(content, part.get_content_charset())
            texts.append(Passage("letter", _strip_tags(text) if kind == "text/html" else text))
        elif title or part.get_content_maintype() == "application":
            place = file.at(f"attachment {title or len(inside) + 1}")
            inside += _read(content, name, place, environment, depth - 1)
    yield replace(
        file, passages=tuple(texts), addresses=tuple(addresses), message_ids=tuple(dict.fromkeys(message_ids))
    )
    yield from inside


def _decode(data: bytes, charset: str | None = None) -> str:
    """Return a text in the encoding that it states, or else the first in which it has a stamp."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    texts = []
    for encoding in (*([charset] if charset else []), *_ENCODINGS):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding in (charset, "utf-8") or find_stamps(text):
            return _strip_tags(text) if re.match(r"\s*<(!doctype html|html)\b", text, re.IGNORECASE) else text
        texts.append(text)
    return data.decode("utf-8", errors="replace")


def _strip_tags(text: str) -> str:
    parser = _TagStripper()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)


class _TagStripper(HTMLParser):
    """Collects the words of HTML, with a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's interface
        if tag in ("br", "div", "li", "p", "table", "td", "tr"):
            self.parts.append("\n")
