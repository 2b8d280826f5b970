"""Read the words of one paragraph after another: runs, fields, links, boxes, pictures and the marks of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from operator import itemgetter

from lxml import etree

from reportgen.charts.scene import MARKS
from reportgen.evidence.sources.docx_blocks import is_hidden, is_white
from reportgen.word.house_styles import style_id
from reportgen.word.oxml.box_xml import OPEN
from reportgen.word.oxml.drawing_xml import read_digests
from reportgen.word.oxml.elements import name
from reportgen.word.reading.word_file import Box, Link, Mark, PictureText, Remark
from reportgen.word.reading.word_package import Relation
from reportgen.word.word_trace import read_bookmark_name, read_note_anchor

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PRINTED = {
    name(f"w:{tag}"): text
    for tag, text in {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "ptab": " "}.items()
}
BLIPS = (name("a:blip"), name("asvg:svgBlip"))
"""The elements that show a file."""
SYMBOL = "\ufffd"  # a letter of a typeface of its own, which may look like anything
GONE = frozenset({name("w:del"), name("w:moveFrom")})
INSERTED = frozenset({name("w:ins"), name("w:moveTo")})
SIGNS = frozenset(mark.sign for mark in MARKS.values())
SIGN_STYLES = frozenset(style_id(each) for each in ("Sign", "Sign Against"))
NOTE_NUMBER = "NOTEREF"
"""The field that repeats a note's number."""
COUNTED = ("PAGE", "NUMPAGES", "SECTIONPAGES")
"""The fields whose words depend on where pages end."""
RUNNING = ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "MACROBUTTON", "DATABASE", "EMBED")
"""The fields that fetch or run something."""
_ADDRESS = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]*)"')


def read_value(element: etree._Element, path: str) -> str:
    """Return the value of an element below another, as "w:pPr/w:pStyle", or ""."""
    found = element.find("/".join(name(each) for each in path.split("/")))
    return found.get(name("w:val"), "") if found is not None else ""


class _Field:
    """A field: its code, and where in the paragraph its words begin once they do."""

    def __init__(self) -> None:
        self.code = ""
        self.start: int | None = None

    @property
    def kind(self) -> str:
        return self.code.split()[0].upper() if self.code.split() else ""


class Paragraphs:
    """Reads paragraphs in order, and collects what stands in them besides words."""

    def __init__(
        self, relations: Mapping[str, Relation], hidden_styles: frozenset[str], raised_styles: Mapping[str, str]
    ) -> None:
        self.relations, self.hidden_styles, self.raised_styles = relations, hidden_styles, raised_styles
        self.pictures: list[PictureText] = []
        self.links: list[Link] = []
        self.boxes: list[Box] = []
        self.hidden: list[Remark] = []
        self.languages: set[str] = set()
        self.programs: list[str] = []
        self.tracked = 0
        self._notes: dict[tuple[str, str], int] = {}
        self._fields: list[_Field] = []
        self._open: dict[str, tuple[str, int]] = {}
        self._begin("")

    def _begin(self, place: str) -> None:
        self._text, self._place, self._position, self._note = "", place, "", 0
        self._marks: list[Mark] = []
        self._text_boxes: list[etree._Element] = []
        self._open = {identity: (each, 0) for identity, (each, _) in self._open.items()}
        for field in self._fields:
            field.start = 0 if field.start is not None else None

    def list_notes(self, kind: str) -> Iterator[tuple[str, int]]:
        """Yield the ids and numbers of the notes of a kind, "footnote" or "endnote", in the order of their numbers."""
        notes = sorted(self._notes.items(), key=itemgetter(1))
        yield from ((identity, number) for (each, identity), number in notes if each == kind)

    def read(self, element: etree._Element, place: str) -> tuple[str, tuple[Mark, ...], tuple[etree._Element, ...]]:
        """Return a paragraph's words, its bookmarks, and the text boxes that hang on it."""
        self._begin(place)
        self._walk(element)
        for each, start in self._open.values():
            if start < len(self._text):
                self._marks.append(Mark(each, start, len(self._text)))
        marks = tuple(sorted(self._marks, key=lambda mark: (mark.start, mark.end)))
        return self._text, marks, tuple(self._text_boxes)

    def _walk(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == name("w:r"):
                self._read_run(child)
            elif tag in GONE:
                self.tracked += 1
            elif tag == name("w:bookmarkStart"):
                self._note = read_note_anchor(child.get(name("w:name"), "")) or self._note
                if bookmark := read_bookmark_name(child.get(name("w:name"), "")):
                    self._open[child.get(name("w:id"), "")] = bookmark, len(self._text)
            elif tag == name("w:bookmarkEnd"):
                self._end_bookmark(child.get(name("w:id"), ""))
            elif tag == name("w:hyperlink"):
                self._read_link(child)
            elif tag == name("w:sdt"):
                self._read_control(child)
            elif tag == name("w:fldSimple"):
                self._read_simple_field(child)
            elif tag == f"{MC}AlternateContent":
                self._read_alternatives(child)
            elif tag != name("w:pPr"):
                self.tracked += tag in INSERTED
                self._walk(child)

    def _end_bookmark(self, identity: str) -> None:
        bookmark, start = self._open.pop(identity, ("", 0))
        if bookmark:
            self._marks.append(Mark(bookmark, start, len(self._text)))

    def _read_run(self, run: etree._Element) -> None:
        if is_hidden(run, self.hidden_styles) or is_white(run):
            words = "".join(str(text.text or "") for text in run.iter(name("w:t")))
            if words.strip():
                self.hidden.append(Remark(words, place=self._place))
            return
        if (look := run.find(f"{name('w:rPr')}/{name('w:lang')}")) is not None:
            self.languages |= {str(value) for value in look.attrib.values()}
        words = "".join(str(text.text or "") for text in run.iter(name("w:t")))
        if read_value(run, "w:rPr/w:rStyle") in SIGN_STYLES and words.strip() in SIGNS:
            return
        self._set_apart(run)
        for child in run:
            self._read_run_part(child)

    def _set_apart(self, run: etree._Element) -> None:
        """Add a space where raised or lowered letters begin or end: the 2 of CO₂ and a note's number are words of their own."""
        position = read_value(run, "w:rPr/w:vertAlign")
        position = position or self.raised_styles.get(read_value(run, "w:rPr/w:rStyle"), "")
        is_code = any(field.start is None for field in self._fields) or run.find(name("w:fldChar")) is not None
        if position != self._position and not is_code:
            self._add(" ")
            self._position = position

    def _read_run_part(self, child: etree._Element) -> None:
        tag = child.tag
        if tag == name("w:fldChar"):
            self._step_field(child.get(name("w:fldCharType"), ""))
        elif tag == name("w:instrText"):
            if self._fields:
                self._fields[-1].code += child.text or ""
        elif tag in (name("w:footnoteReference"), name("w:endnoteReference")):
            kind = etree.QName(child).localname.removesuffix("Reference")
            self._add(f" {self._number_note((kind, child.get(name('w:id'), '')))} ")
        elif tag in (name("w:drawing"), name("w:pict"), name("w:object")):
            self._read_drawing(child)
        elif tag == f"{MC}AlternateContent":
            self._read_alternatives(child)
        elif tag == name("w:t"):
            self._add((child.text or "").replace(OPEN, ""))
        elif tag == name("w:sym"):
            self._add(SYMBOL)
        else:
            self._add(PRINTED.get(str(tag), ""))

    def _number_note(self, identity: tuple[str, str]) -> int:
        """Return the number that a note had when the file was written; one that was added since has a new one.

        Programs count notes anew when one is added or deleted, and those behind it are still what they were.
        """
        if identity not in self._notes:
            is_known = self._note and self._note not in self._notes.values()
            self._notes[identity] = self._note if is_known else max(self._notes.values(), default=0) + 1
            self._note = 0
        return self._notes[identity]

    def _add(self, words: str) -> None:
        if not any(field.start is None or field.kind in COUNTED for field in self._fields):
            self._text += words

    def _step_field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(_Field())
        elif step == "separate" and self._fields:
            self._fields[-1].start = len(self._text)
            self._add(" " if self._fields[-1].kind == NOTE_NUMBER else "")
        elif step == "end" and self._fields:
            self._add(" " if self._fields[-1].kind == NOTE_NUMBER else "")
            field = self._fields.pop()
            self._judge_field(field.code)
            if (address := _ADDRESS.search(field.code)) and field.start is not None:
                target = f"#{address[1]}" if "\\l" in field.code else address[1]
                self.links.append(Link(target, self._text[field.start :]))

    def _read_simple_field(self, element: etree._Element) -> None:
        code = element.get(name("w:instr"), "")
        self._judge_field(code)
        if (code.split() or [""])[0].upper() not in COUNTED:
            self._walk(element)

    def _judge_field(self, code: str) -> None:
        if (code.split() or [""])[0].upper() in RUNNING:
            self.programs.append(f"a field that fetches or runs something: {' '.join(code.split())}")

    def _read_link(self, element: etree._Element) -> None:
        start = len(self._text)
        self._walk(element)
        relation = self.relations.get(element.get(name("r:id"), ""))
        target = relation.target if relation else f"#{element.get(name('w:anchor'), '')}"
        self.links.append(Link(target, self._text[start:]))

    def _read_control(self, element: etree._Element) -> None:
        checkbox = element.find(f"{name('w:sdtPr')}/{name('w14:checkbox')}")
        content = element.find(name("w:sdtContent"))
        if checkbox is None:
            if content is not None:
                self._walk(content)
            return
        state = checkbox.find(name("w14:checked"))
        is_ticked = state is not None and state.get(name("w14:val")) in ("1", "true")
        label = read_value(element, "w:sdtPr/w:alias") or read_value(element, "w:sdtPr/w:tag")
        self.boxes.append(Box(label, is_ticked))

    def _read_alternatives(self, element: etree._Element) -> None:
        """Read the first of several forms of the same content."""
        choice = element.find(f"{MC}Choice")
        chosen = choice if choice is not None else element.find(f"{MC}Fallback")
        for child in chosen if chosen is not None else ():
            self._read_run_part(child)

    def _read_drawing(self, element: etree._Element) -> None:
        for label in element.iter(name("wp:docPr")):
            if element.find(f".//{name('w:txbxContent')}") is None:
                files = [each.get(name("r:embed"), "") for tag in BLIPS for each in element.iter(tag)]
                targets = (self.relations[each].target for each in files if each in self.relations)
                digests = read_digests(label.get("name", ""))
                self.pictures.append(PictureText(label.get("descr", ""), self._place, tuple(targets), digests))
        for box in element.iter(name("w:txbxContent")):
            if next(box.iterancestors(f"{MC}Fallback"), None) is None:
                self._text_boxes.append(box)
