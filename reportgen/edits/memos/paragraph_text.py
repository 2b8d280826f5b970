"""A paragraph of a Word document: its words in segments, each as it stood, inserted or deleted, with bookmarks and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from lxml import etree
from msgspec import Struct, field

from reportgen.edits.edit_values import Revision

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
State = Literal["", "ins", "del", "gone"]
"""Words as they stood, inserted, deleted, or inserted and deleted again."""
TRACKED: dict[str, State] = {f"{W}ins": "ins", f"{W}moveTo": "ins", f"{W}del": "del", f"{W}moveFrom": "del"}
COUNTED = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "NOTEREF", "SEQ")
"""Fields whose words are numbers that Word counts."""
SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "", f"{W}ptab": " "}


class Segment(Struct, frozen=True):
    """Words in one state, with the author and the time of the tracked change."""

    text: str
    state: State = ""
    author: str = ""
    time: str = ""


class ParagraphText(Struct):
    """The words of a paragraph. `mark` says whether its end was inserted or deleted; `bookmarks` are names with their places."""

    segments: list[Segment] = field(default_factory=list)
    mark: State = ""
    mark_author: str = ""
    mark_time: str = ""
    bookmarks: list[tuple[str, int, int]] = field(default_factory=list)
    comments_started: list[str] = field(default_factory=list)
    comments_ended: list[str] = field(default_factory=list)
    comments_pointed: list[str] = field(default_factory=list)
    comment_places: dict[str, list[int]] = field(default_factory=dict)
    boxes: list[etree._Element] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words before the tracked changes."""
        return "".join(each.text for each in self.segments if each.state in ("", "del"))

    @property
    def final(self) -> str:
        """The words with the tracked changes accepted."""
        return "".join(each.text for each in self.segments if each.state in ("", "ins"))

    @property
    def kind(self) -> Literal["", "added", "deleted"]:
        """The state of all words of the paragraph, if they have one: added or deleted."""
        states = {each.state for each in self.segments if each.text.strip() and each.state != "gone"}
        if states == {"ins"}:
            return "added"
        return "deleted" if states == {"del"} else ""

    @property
    def first_author(self) -> tuple[str, str]:
        """The author and the time of the first tracked change."""
        return next(((each.author, each.time) for each in self.segments if each.state in ("ins", "del")), ("", ""))

    @property
    def revisions(self) -> Iterator[Revision]:
        """The tracked changes, by their places in `text`."""
        at = 0
        for each in self.segments:
            if each.state == "ins":
                yield Revision(at, at, each.text, each.author, each.time)
            elif each.state == "del":
                yield Revision(at, at + len(each.text), "", each.author, each.time)
            at += len(each.text) if each.state in ("", "del") else 0

    def join(self, after: ParagraphText) -> ParagraphText:
        """Return this paragraph and the one after it as the one that they were."""
        shift = len(self.text)
        return ParagraphText(
            [*self.segments, *after.segments], after.mark, after.mark_author, after.mark_time,
            [*self.bookmarks, *((name, start + shift, end + shift) for name, start, end in after.bookmarks)],
            [*self.comments_started, *after.comments_started], [*self.comments_ended, *after.comments_ended],
            [*self.comments_pointed, *after.comments_pointed], self.comment_places | after.comment_places,
            [*self.boxes, *after.boxes], [*self.descriptions, *after.descriptions],
        )  # fmt: skip

    def marked(self, comment: str) -> str:
        """Return the words that a comment is on."""
        places = self.comment_places.get(comment, [])
        text = "".join(each.text for each in self.segments)
        if comment in self.comments_started:
            return text[places[0] : places[1] if len(places) > 1 else len(text)]
        return text[: places[0]] if places and comment in self.comments_ended else "" if places else text


def read_paragraph(element: etree._Element) -> ParagraphText:
    """Return the words of a paragraph."""
    found = ParagraphText()
    mark = next((each for each in element.iterfind(f"{W}pPr/{W}rPr/*") if each.tag in TRACKED), None)
    if mark is not None:
        found.mark, found.mark_author, found.mark_time = (
            TRACKED[mark.tag],
            mark.get(f"{W}author", ""),
            mark.get(f"{W}date", ""),
        )
    _ParagraphReader(found).read(element, ())
    return found


class _ParagraphReader:
    def __init__(self, found: ParagraphText) -> None:
        self.found = found
        self.fields: list[str] = []
        """The instructions of the fields around: complex ones begin and end in runs."""
        self.in_result: list[bool] = []
        self.open_bookmarks: dict[str, tuple[str, int]] = {}

    def read(self, parent: etree._Element, changes: tuple[etree._Element, ...]) -> None:
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if tag in TRACKED:
                self.read(element, (*changes, element))
            elif tag == f"{W}r":
                self._read_run(element, changes)
            elif tag == f"{W}fldSimple":
                if _is_shown([element.get(f"{W}instr", "")]):
                    self.read(element, changes)
            elif tag == f"{W}sdt":
                if (content := element.find(f"{W}sdtContent")) is not None:
                    self.read(content, changes)
            elif tag.startswith(MATH):
                self._add("".join(str(each.text or "") for each in element.iter(f"{MATH}t")), changes)
            elif tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                self._read_bookmark(element)
            elif tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd"):
                self._read_comment(element)
            elif tag not in (f"{W}pPr", f"{W}moveFromRangeStart", f"{W}moveToRangeStart"):
                self.read(element, changes)

    def _read_run(self, run: etree._Element, changes: tuple[etree._Element, ...]) -> None:
        if run.find(f"{W}rPr/{W}webHidden") is not None:
            return
        for element in run:
            tag = element.tag
            if tag == f"{W}fldChar":
                self._read_field_mark(element.get(f"{W}fldCharType", ""))
            elif tag in (f"{W}instrText", f"{W}delInstrText"):
                if self.fields:
                    self.fields[-1] += element.text or ""
            elif tag == f"{W}commentReference":
                self.found.comments_pointed.append(element.get(f"{W}id", ""))
            elif tag in (f"{W}drawing", f"{W}pict", f"{MC}AlternateContent", f"{W}object"):
                self._read_drawing(element)
            elif self._is_visible():
                if tag in (f"{W}t", f"{W}delText"):
                    self._add(element.text or "", changes)
                elif tag in SIGNS:
                    self._add(SIGNS[tag], changes)
                elif tag == f"{W}sym":
                    self._add(_read_symbol(element), changes)

    def _read_field_mark(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append("")
            self.in_result.append(False)
        elif kind == "separate" and self.fields:
            self.in_result[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()
            self.in_result.pop()

    def _is_visible(self) -> bool:
        """Say whether words here are read: not the instructions of a field, and not what Word counts."""
        return all(self.in_result) and _is_shown(self.fields)

    def _add(self, text: str, changes: Sequence[etree._Element]) -> None:
        if not text:
            return
        states = [TRACKED[each.tag] for each in changes]
        state: State = "" if not states else "gone" if {"ins", "del"} <= set(states) else states[-1]
        author, time = (
            (changes[-1].get(f"{W}author", "").strip(), changes[-1].get(f"{W}date", "")) if changes else ("", "")
        )
        self.found.segments.append(Segment(text, state, author, time))

    def _read_bookmark(self, element: etree._Element) -> None:
        identity, at = element.get(f"{W}id", ""), len(self.found.text)
        if element.tag == f"{W}bookmarkStart":
            self.open_bookmarks[identity] = (element.get(f"{W}name", ""), at)
        elif identity in self.open_bookmarks:
            name, start = self.open_bookmarks.pop(identity)
            self.found.bookmarks.append((name, start, at))

    def _read_comment(self, element: etree._Element) -> None:
        identity = element.get(f"{W}id", "")
        is_start = element.tag == f"{W}commentRangeStart"
        (self.found.comments_started if is_start else self.found.comments_ended).append(identity)
        place = sum(len(each.text) for each in self.found.segments)
        self.found.comment_places.setdefault(identity, []).append(place)

    def _read_drawing(self, element: etree._Element) -> None:
        """Keep the text boxes of a drawing for later, and its alternative text; of two versions of it, read the first."""
        if element.tag == f"{MC}AlternateContent":
            chosen = next((each for each in element if each.tag == f"{MC}Choice"), None)
            if chosen is None:
                chosen = next(iter(element), None)
            if chosen is None:
                return
            element = chosen
        for inner in element.iter(f"{W}txbxContent"):
            if not any(above.tag == f"{W}txbxContent" for above in inner.iterancestors()):
                self.found.boxes.append(inner)
        for identity in element.iter(f"{WP}docPr"):
            if words := identity.get("descr", "").strip():
                self.found.descriptions.append(words)


def _is_shown(fields: Sequence[str]) -> bool:
    return not any(each.strip().partition(" ")[0].upper() in COUNTED for each in fields)


def _read_symbol(element: etree._Element) -> str:
    """Return a sign of a symbol font, whose codes are in the private area."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if code < 0xF000 else {0xF0FE: "☒", 0xF0A8: "☐", 0xF06F: "☐"}.get(code, "\ufffd")
