"""Read the parts of a PDF that pages do not paint: links, annotations, form fields, actions, attachments, page boxes.

Everything is returned as plain values, for the audit to judge. Trees are followed to a limit, so a file whose objects refer
to themselves ends too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.pdf.reading.letters import name_of

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage

DEEPEST = 50  # levels of trees of names, pages, fields and bookmarks
HIDDEN = 0b100010  # flags of an annotation: hidden, and not shown on screen
MOST = 20_000  # entries of such a tree
EXTRAS = {
    "OCProperties": "layers that can be hidden", "Collection": "a portfolio, which shows attached files first",
    "PageLabels": "page labels", "Threads": "article threads", "Requirements": "requirements of the viewer",
    "Perms": "signed permissions", "SpiderInfo": "web capture", "URI": "a base address of links",
}  # fmt: skip
"""Entries of the catalog that change what a reader sees or may do, in words."""
ACTIONS = {
    "JavaScript": "runs JavaScript", "Launch": "starts a program", "SubmitForm": "sends data", "URI": "opens a web address",
    "ImportData": "imports data", "GoToR": "opens another file", "GoToE": "opens an embedded file",
    "Named": "runs a command of the viewer", "GoTo": "goes to a place", "Hide": "hides something",
    "SetOCGState": "shows or hides layers", "ResetForm": "resets the form", "Rendition": "plays media",
    "Movie": "plays a film", "Sound": "plays a sound", "RichMediaExecute": "runs rich media", "Trans": "changes pages",
    "GoTo3DView": "turns a 3D model", "Thread": "follows a thread",
}  # fmt: skip


class Target(Struct, frozen=True):
    """A place that a link or a bookmark leads to: its name, its page (0 if there is none), and how high it is (pt)."""

    name: str = ""
    page: int = 0
    y: float | None = None


class Link(Struct, frozen=True):
    """A link on a page: its box, and a web address or a place in the document."""

    page: int
    box: tuple[float, float, float, float]
    uri: str = ""
    target: Target = Target()
    words: str = ""
    """Its description for screen readers."""


class Annotation(Struct, frozen=True):
    """An annotation that is neither a link nor a form field, with its words and who wrote them."""

    page: int
    kind: str
    words: tuple[str, ...] = ()
    author: str = ""


class Field(Struct, frozen=True):
    """A form field on a page; `kind` is Btn, Tx, Ch or Sig, `appearance` all states that are drawn.

    `name` is what screen readers say, `key` its own name or that of its group, and `state` the appearance that it has now.
    """

    page: int
    kind: str
    name: str
    value: str
    is_ticked: bool
    is_hidden: bool
    states: frozenset[str] = frozenset()
    appearance: bytes = b""
    key: str = ""
    state: str = ""


class Action(Struct, frozen=True):
    """Something that the file does, in words, and what starts it; page 0 is the document."""

    page: int
    starts: str
    does: str
    words: str = ""


class Attachment(Struct, frozen=True):
    """An attached file; viewers list it only if the tree of names does, which `is_listed` says."""

    name: str
    data: bytes
    about: str = ""
    is_listed: bool = True


class Bookmark(Struct, frozen=True):
    title: str
    page: int


class Sheet(Struct, frozen=True):
    """A page's boxes (left, low, right, high, in points), its rotation and unit; `is_repeated` if it is shown twice."""

    media: tuple[float, ...]
    visible: tuple[float, ...]
    rotation: int = 0
    unit: float = 1.0
    is_repeated: bool = False


class DocumentParts(Struct, frozen=True):
    """All parts of a document. `extras` are other things in the catalog, in words; `language` and `has_output_intent` are the catalog's."""

    sheets: tuple[Sheet, ...] = ()
    links: tuple[Link, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    fields: tuple[Field, ...] = ()
    actions: tuple[Action, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    places: Mapping[str, Target] = {}
    extras: tuple[str, ...] = ()
    language: str = ""
    has_output_intent: bool = False
    is_marked: bool = True
    """True where the catalog says that the content is tagged: screen readers ignore the tags otherwise."""
    denied: tuple[str, ...] = ()
    """The permissions that an encrypted file denies its readers."""
    revisions: int = 1


def read_parts(document: PDFDocument, pages: list[PDFPage], data: bytes) -> DocumentParts:
    """Return everything about a document that is not painted on its pages."""
    return _PartsReader(document, pages).read(data)


def decode(value: Any) -> str:
    """Decode a PDF text string."""
    from pdfminer.utils import decode_text

    return decode_text(value) if isinstance(value, bytes) else str(value)


class _PartsReader:
    def __init__(self, document: PDFDocument, pages: list[PDFPage]) -> None:
        from pdfminer.pdftypes import PDFStream, resolve1

        self.document, self.pages, self.get, self.stream_type = document, pages, resolve1, PDFStream
        self.catalog = document.catalog
        self.numbers = {page.pageid: number for number, page in enumerate(pages, 1)}
        self.links: list[Link] = []
        self.annotations: list[Annotation] = []
        self.fields: list[Field] = []
        self.actions: list[Action] = []
        self.places: dict[str, Target] = {}

    def read(self, data: bytes) -> DocumentParts:
        self._read_places()
        self._read_catalog_actions()
        for number, page in enumerate(self.pages, 1):
            self._read_additional(page.attrs, number, "when the page opens or closes")
            for annotation in self._list(page.annots):
                if isinstance(annotation, dict):
                    self._read_annotation(annotation, number)
        bookmarks = tuple(self._bookmarks())
        extras = [words for key, words in EXTRAS.items() if self.get(self.catalog.get(key))]
        form = self._dict(self.catalog.get("AcroForm"))
        if "XFA" in form:
            extras.append("an XFA form")
        if form and not self.fields and (self._list(form.get("Fields")) or "XFA" not in form):
            extras.append("a form without boxes on its pages")
        return DocumentParts(
            sheets=tuple(self._sheets()),
            links=tuple(self.links),
            annotations=tuple(self.annotations),
            fields=tuple(self.fields),
            actions=tuple(self.actions),
            attachments=tuple(self._attachments()),
            bookmarks=bookmarks,
            places=self.places,
            extras=tuple(extras),
            language=decode(self.get(self.catalog.get("Lang", b""))),
            has_output_intent=bool(self._list(self.catalog.get("OutputIntents"))),
            is_marked=self.get(self._dict(self.catalog.get("MarkInfo")).get("Marked")) is True,
            denied=tuple(self._denied()),
            revisions=data.count(b"%%EOF") - (b"/Linearized" in data[:2048]),
        )

    def _dict(self, value: Any) -> dict[str, Any]:
        value = self.get(value)
        return value if isinstance(value, dict) else {}

    def _list(self, value: Any) -> list[Any]:
        value = self.get(value)
        return [self.get(item) for item in value[:MOST]] if isinstance(value, list) else []

    def _names(self, tree: Any) -> Iterator[tuple[Any, Any]]:
        """Yield the entries of a tree of names."""
        stack, seen = [tree], 0
        while stack and seen < MOST:
            node = self._dict(stack.pop())
            seen += 1
            pairs = self.get(node.get("Names"))
            if isinstance(pairs, list):
                yield from zip(pairs[::2], pairs[1::2], strict=False)
            kids = self.get(node.get("Kids"))
            stack += reversed(kids) if isinstance(kids, list) else []

    # Places

    def _read_places(self) -> None:
        names = self._dict(self.catalog.get("Names"))
        for name, place in self._names(names.get("Dests")):
            key = decode(self.get(name))
            self.places[key] = self._place(place, key)
        for name, place in self._dict(self.catalog.get("Dests")).items():
            self.places[name] = self._place(place, name)

    def _place(self, place: Any, name: str = "") -> Target:
        place = self.get(place)
        if isinstance(place, dict):
            place = self.get(place.get("D"))
        if not isinstance(place, list) or not place:
            return Target(name)
        page = self.numbers.get(getattr(place[0], "objid", None), 0)
        if not page and isinstance(place[0], int):
            page = place[0] + 1
        y = self.get(place[3]) if len(place) > 3 and name_of(place[1]) == "XYZ" else None
        return Target(name, page, float(y) if isinstance(y, int | float) else None)

    def _target(self, value: Any) -> Target:
        value = self.get(value)
        name = decode(value) if isinstance(value, bytes) else name_of(value)
        return self.places.get(name, Target(name)) if name else self._place(value)

    # Actions

    def _read_catalog_actions(self) -> None:
        opening = self.get(self.catalog.get("OpenAction"))
        if isinstance(opening, dict):
            self._add_action(opening, 0, "when the file opens")
        elif opening and self._place(opening).page != 1:
            self.actions.append(Action(0, "when the file opens", "goes to a place beyond the first page"))
        self._read_additional(self.catalog, 0, "when the file is saved, printed or closed")
        for name, script in self._names(self._dict(self.catalog.get("Names")).get("JavaScript")):
            self._add_action(self._dict(script) or {"S": None}, 0, "when the file opens", decode(self.get(name)))

    def _read_additional(self, owner: Mapping[str, Any], page: int, starts: str) -> None:
        for action in self._dict(owner.get("AA")).values():
            self._add_action(self._dict(action), page, starts)

    def _add_action(self, action: Mapping[str, Any], page: int, starts: str, words: str = "") -> None:
        """Add an action and those that follow it."""
        stack, seen = [action], 0
        while stack and seen < DEEPEST:
            each = self._dict(stack.pop())
            seen += 1
            kind = name_of(self.get(each.get("S")))
            told = next((self.get(each[key]) for key in ("URI", "F", "JS", "N") if key in each), b"")
            told = self.get(told.get("UF", told.get("F", b""))) if isinstance(told, dict) else told
            text = decode(told) if isinstance(told, bytes) else name_of(told)
            self.actions.append(Action(page, starts, ACTIONS.get(kind, f"does “{kind}”"), words or text[:80]))
            following = self.get(each.get("Next"))
            stack += following if isinstance(following, list) else [following] if following else []

    # Annotations

    def _read_annotation(self, annotation: dict[str, Any], page: int) -> None:
        kind = name_of(self.get(annotation.get("Subtype")))
        self._read_additional(annotation, page, "when a form field or a link is used")
        if kind == "Link":
            self._read_link(annotation, page)
        elif kind == "Widget":
            self._read_field(annotation, page)
        else:
            author = decode(self.get(annotation.get("T", b"")))
            words = [decode(self.get(annotation[key])) for key in ("Contents", "RC") if key in annotation]
            self.annotations.append(Annotation(page, kind, tuple(text for text in words if text.strip()), author))

    def _read_link(self, annotation: dict[str, Any], page: int) -> None:
        action = self._dict(annotation.get("A"))
        kind = name_of(self.get(action.get("S")))
        if action and (kind not in ("URI", "GoTo") or "Next" in action):
            self._add_action(action, page, "when a link is used")
        if "PA" in annotation:
            self._add_action(self._dict(annotation["PA"]), page, "when a link is used")
        if "AP" in annotation:
            self.annotations.append(Annotation(page, "Link with a drawing"))
        uri = decode(self.get(action["URI"])) if kind == "URI" and "URI" in action else ""
        target = self._target(annotation.get("Dest", action.get("D") if kind == "GoTo" else None))
        words = decode(self.get(annotation.get("Contents", b"")))
        self.links.append(Link(page, self._box(annotation), uri, target, words))

    def _box(self, annotation: dict[str, Any]) -> tuple[float, float, float, float]:
        edges = [float(edge) if isinstance(edge, int | float) else 0.0 for edge in self._list(annotation.get("Rect"))]
        left, low, right, high = (edges + [0.0] * 4)[:4]
        return min(left, right), min(low, high), max(left, right), max(low, high)

    def _read_field(self, annotation: dict[str, Any], page: int) -> None:
        parent = self._dict(annotation.get("Parent"))

        def inherited(key: str) -> Any:
            return self.get(annotation.get(key, parent.get(key)))

        for holder in (annotation, parent):
            if "A" in holder:
                self._add_action(self._dict(holder["A"]), page, "when a form field is used")
        self._read_additional(parent, page, "when a form field or a link is used")
        state = name_of(self.get(annotation.get("AS")))
        drawn = self._dict(self._dict(annotation.get("AP")).get("N"))
        value = inherited("V")
        text = decode(value) if isinstance(value, bytes) else name_of(value)
        painted = b"|".join(
            stream.get_data() for stream in map(self.get, drawn.values()) if isinstance(stream, self.stream_type)
        )
        name = decode(self.get(annotation.get("TU", annotation.get("T", parent.get("T", b"")))))
        self.fields.append(
            Field(
                page,
                name_of(inherited("FT")),
                name,
                text if text != "Off" else "",
                state not in ("", "Off"),
                bool(flags & HIDDEN) if isinstance(flags := self.get(annotation.get("F", 0)), int) else False,
                frozenset(drawn),
                painted,
                decode(self.get(annotation.get("T", parent.get("T", b"")))),
                state,
            )
        )

    # The rest

    def _attachments(self) -> Iterator[Attachment]:
        """Yield the attached files by their specifications, those that only the catalog associates last."""
        names = self._dict(self.catalog.get("Names"))
        specs = [self._dict(spec) for _, spec in self._names(names.get("EmbeddedFiles"))]
        associated = [spec for spec in self._list(self.catalog.get("AF")) if isinstance(spec, dict)]
        known: set[tuple[str, bytes]] = set()
        for spec, is_listed in [*((spec, True) for spec in specs), *((spec, False) for spec in associated)]:
            files = self._dict(spec.get("EF"))
            stream = self.get(files.get("UF", files.get("F")))
            name = decode(self.get(spec.get("UF", spec.get("F", b""))))
            data = stream.get_data() if isinstance(stream, self.stream_type) else b""
            if is_listed or (name, data) not in known:
                yield Attachment(name, data, decode(self.get(spec.get("Desc", b""))), is_listed)
            known.add((name, data))

    def _bookmarks(self) -> Iterator[Bookmark]:
        item = self._dict(self.catalog.get("Outlines")).get("First")
        stack, seen = [item], 0
        while stack and seen < MOST:
            node = self._dict(stack.pop())
            seen += 1
            if not node:
                continue
            action = self._dict(node.get("A"))
            if action and (name_of(self.get(action.get("S"))) != "GoTo" or "Next" in action):
                self._add_action(action, 0, "when a bookmark is used")
            target = self._target(node.get("Dest", action.get("D")))
            yield Bookmark(decode(self.get(node.get("Title", b""))), target.page)
            stack += [node.get("Next"), node.get("First")]

    def _sheets(self) -> Iterator[Sheet]:
        shown = self._leaves()
        for page in self.pages:
            unit = self.get(page.attrs.get("UserUnit", 1.0))
            crop = page.cropbox if "CropBox" in page.attrs else page.mediabox
            yield Sheet(
                tuple(map(float, page.mediabox)), tuple(map(float, crop)), page.rotate,
                float(unit) if isinstance(unit, int | float) else 1.0, shown.count(page.pageid) > 1,
            )  # fmt: skip

    def _leaves(self) -> list[Any]:
        """Return the ids of the pages in the page tree, a page that is in it twice twice."""
        leaves, stack, seen = [], [self.catalog.get("Pages")], 0
        while stack and seen < MOST:
            reference = stack.pop()
            seen += 1
            kids = self.get(self._dict(reference).get("Kids"))
            if isinstance(kids, list):
                stack += kids
            else:
                leaves.append(getattr(reference, "objid", None))
        return leaves

    def _denied(self) -> Iterator[str]:
        """Yield what the readers of an encrypted file may not do."""
        if not self.document.encryption:
            return
        bits = int(self._dict(self.document.encryption[1]).get("P", 0))
        for bit, words in ((3, "print"), (5, "copy text"), (10, "have it read aloud"), (12, "print well")):
            if not bits >> (bit - 1) & 1:
                yield words
