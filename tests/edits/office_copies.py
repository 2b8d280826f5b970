"""Copies of decks and Word memos as colleagues edit them: words, paragraphs, comments and values, tracked or not.

The files are changed as XML, so that nothing but the edit is another program's.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
AUTHOR, TIME = "Ann Lee", "2026-11-30T14:05:00Z"


@dataclass(frozen=True)
class Passage:
    """A paragraph of a file: its part and number there, its words, and where it stands."""

    part: str
    index: int
    text: str
    room: str
    """ "text", "cell", "notes" or "note"."""


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


class OfficeCopy:
    """A file whose paragraphs can be edited; `data` is the file as it is now."""

    paragraph = run = text = ""

    def __init__(self, data: bytes) -> None:
        self.parts = unpack(data)
        self.roots: dict[str, etree._Element] = {}

    def root(self, part: str) -> etree._Element:
        if part not in self.roots:
            self.roots[part] = etree.fromstring(self.parts[part])
        return self.roots[part]

    @property
    def data(self) -> bytes:
        changed = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in self.roots.items()
        }
        return pack(self.parts | changed)

    def save_as(self, author: str, time: str) -> None:
        """Let the properties say who saved the file last."""
        root = self.root("docProps/core.xml")
        for name, value in (("lastModifiedBy", author), ("modified", time)):
            element = next((each for each in root if etree.QName(each).localname == name), None)
            if element is not None:
                element.text = value

    def elements(self, part: str) -> list[etree._Element]:
        return list(self.root(part).iter(self.paragraph))

    def pieces(self, paragraph: etree._Element) -> list[etree._Element]:
        """Return the elements that hold a paragraph's words, without those of fields and of paragraphs inside it."""
        found, depth = [], 0
        for element in paragraph.iter():
            if element.tag == f"{W}fldChar":
                depth += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType"), 0)
            elif element.tag == self.text and not depth and next(element.iterancestors(self.paragraph)) is paragraph:
                found.append(element)
        return found

    def words(self, paragraph: etree._Element) -> str:
        return "".join(each.text or "" for each in self.pieces(paragraph))

    def passages(self) -> Iterator[Passage]:
        for part in self.list_parts():
            for index, element in enumerate(self.elements(part)):
                if words := self.words(element).strip():
                    yield Passage(part, index, self.words(element), self.room(part, element))
                    assert words

    def list_parts(self) -> list[str]:
        raise NotImplementedError

    def room(self, part: str, element: etree._Element) -> str:
        raise NotImplementedError

    def replace(self, passage: Passage, start: int, end: int, new: str) -> None:
        """Replace some characters of a paragraph: the new ones look like those before them."""
        at = 0
        is_placed = False
        for piece in self.pieces(self.elements(passage.part)[passage.index]):
            text = piece.text or ""
            low, high = max(start - at, 0), min(end - at, len(text))
            is_here = not is_placed and start <= at + len(text) and (low < high or start == end)
            if low < high or is_here:
                piece.text = text[:low] + (new if is_here else "") + text[max(low, high) :]
                piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                is_placed = is_placed or is_here
            at += len(text)
        assert is_placed

    def add_after(self, passage: Passage, words: str) -> None:
        """Add a paragraph that looks like the one before it."""
        element = self.elements(passage.part)[passage.index]
        new = copy.deepcopy(element)
        pieces = self.pieces(new)
        pieces[0].text = words
        for child in list(new):
            if child is not pieces[0].getparent() and not child.tag.endswith("}pPr"):
                new.remove(child)
        element.addnext(new)

    def remove(self, passage: Passage) -> None:
        element = self.elements(passage.part)[passage.index]
        element.getparent().remove(element)

    def move(self, passage: Passage, after: Passage) -> None:
        """Move a paragraph behind another one."""
        elements = self.elements(passage.part)
        elements[after.index].addnext(elements[passage.index])


class PptxCopy(OfficeCopy):
    paragraph, run, text = f"{A}p", f"{A}r", f"{A}t"

    def list_parts(self) -> list[str]:
        names = [name for name in self.parts if re.fullmatch(r"ppt/(slides|notesSlides)/[^/]+\.xml", name)]
        return sorted(names, key=lambda name: (len(name), name))

    def room(self, part: str, element: etree._Element) -> str:
        if "notes" in part:
            body = next(element.iterancestors(f"{P}sp")).find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            return "notes" if body is not None and body.get("type") == "body" else "furniture"
        if next(element.iterancestors(f"{A}tc"), None) is not None:
            return "cell"
        holder = next(element.iterancestors(f"{P}sp"), None)
        mark = holder.find(f"{P}nvSpPr/{P}nvPr/{P}ph") if holder is not None else None
        return "furniture" if mark is not None and mark.get("type") in ("ftr", "dt", "sldNum") else "text"

    def chart_values(self) -> list[tuple[str, int, str]]:
        """Return each drawn number: its part, its number there, and its text."""
        return [
            (part, index, each.text or "")
            for part in sorted(self.parts)
            if re.fullmatch(r"ppt/charts/chart\d+\.xml", part)
            for index, each in enumerate(self.root(part).iterfind(f".//{C}val//{C}v"))
        ]

    def set_chart_value(self, part: str, index: int, value: str) -> None:
        list(self.root(part).iterfind(f".//{C}val//{C}v"))[index].text = value

    def chart_names(self) -> list[tuple[str, int, str]]:
        return [
            (part, index, each.text or "")
            for part in sorted(self.parts)
            if re.fullmatch(r"ppt/charts/chart\d+\.xml", part)
            for index, each in enumerate(self.root(part).iterfind(f".//{C}cat//{C}v"))
        ]

    def set_chart_name(self, part: str, index: int, name: str) -> None:
        """Rename a category in every series."""
        root = self.root(part)
        old = list(root.iterfind(f".//{C}cat//{C}v"))[index].text
        for each in root.iterfind(f".//{C}cat//{C}v"):
            if each.text == old:
                each.text = name

    def slides(self) -> list[str]:
        """Return the parts of the slides in order."""
        relations = {each.get("Id"): each.get("Target") for each in self.root("ppt/_rels/presentation.xml.rels")}
        listed = self.root("ppt/presentation.xml").iterfind(f"{P}sldIdLst/{P}sldId")
        return [f"ppt/{relations[each.get(f'{R}id')]}" for each in listed]

    def move_slide(self, number: int, to: int) -> None:
        listed = self.root("ppt/presentation.xml").find(f"{P}sldIdLst")
        slide = listed[number - 1]
        listed.remove(slide)
        listed.insert(to - 1, slide)

    def remove_slide(self, number: int) -> None:
        listed = self.root("ppt/presentation.xml").find(f"{P}sldIdLst")
        identity = listed[number - 1].get(f"{R}id")
        listed.remove(listed[number - 1])
        relations = self.root("ppt/_rels/presentation.xml.rels")
        relations.remove(next(each for each in relations if each.get("Id") == identity))

    def comment(self, number: int, words: str, x: int = 10, y: int = 10) -> None:
        """Add a classic comment to a slide, at a point of the grid of 576 to the inch."""
        slide = self.slides()[number - 1]
        name = slide.rpartition("/")[2]
        space = P.strip("{}")
        self.parts["ppt/commentAuthors.xml"] = (
            f'<p:cmAuthorLst xmlns:p="{space}"><p:cmAuthor id="0" name="{AUTHOR}" initials="A" lastIdx="1" clrIdx="0"/>'
            "</p:cmAuthorLst>"
        ).encode()
        self.parts[f"ppt/comments/comment{number}.xml"] = (
            f'<p:cmLst xmlns:p="{space}"><p:cm authorId="0" dt="2026-11-30T14:05:00" idx="1"><p:pos x="{x}" y="{y}"/>'
            f"<p:text>{words}</p:text></p:cm></p:cmLst>"
        ).encode()
        self.relate("ppt/_rels/presentation.xml.rels", "commentAuthors", "commentAuthors.xml")
        self.relate(f"ppt/slides/_rels/{name}.rels", "comments", f"../comments/comment{number}.xml")
        kinds = "application/vnd.openxmlformats-officedocument.presentationml."
        self._declare("/ppt/commentAuthors.xml", f"{kinds}commentAuthors+xml")
        self._declare(f"/ppt/comments/comment{number}.xml", f"{kinds}comments+xml")

    def relate(self, part: str, kind: str, target: str) -> None:
        etree.SubElement(
            self.root(part), f"{RELATIONS}Relationship", Id=f"rIdX{kind}", Target=target,
            Type=f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}",
        )  # fmt: skip

    def _declare(self, part: str, kind: str) -> None:
        etree.SubElement(self.root("[Content_Types].xml"), f"{TYPES}Override", PartName=part, ContentType=kind)


class DocxCopy(OfficeCopy):
    paragraph, run, text = f"{W}p", f"{W}r", f"{W}t"

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.changes = 900

    def list_parts(self) -> list[str]:
        return [name for name in ("word/document.xml", "word/footnotes.xml") if name in self.parts]

    def room(self, part: str, element: etree._Element) -> str:
        if "footnotes" in part:
            return "note"
        return "cell" if next(element.iterancestors(f"{W}tc"), None) is not None else "text"

    def tracked(self, kind: str) -> etree._Element:
        self.changes += 1
        return etree.Element(f"{W}{kind}", {f"{W}id": str(self.changes), f"{W}author": AUTHOR, f"{W}date": TIME})

    def track(self, passage: Passage, start: int, end: int, new: str) -> None:
        """Replace some characters of a paragraph as Word tracks it: the old ones are struck, the new ones inserted."""
        paragraph = self.elements(passage.part)[passage.index]
        at = 0
        last: etree._Element | None = None
        for piece in self.pieces(paragraph):
            text = piece.text or ""
            low, high = max(start - at, 0), min(end - at, len(text))
            if low < high or (start == end and last is None and start <= at + len(text)):
                last = self._strike(piece, low, max(low, high))
            at += len(text)
        assert last is not None
        if new:
            inserted = self.tracked("ins")
            run = copy.deepcopy(last if last.tag == self.run else last.find(self.run))
            for child in list(run):
                if child.tag != f"{W}rPr":
                    run.remove(child)
            etree.SubElement(run, self.text).text = new
            run[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            inserted.append(run)
            last.addnext(inserted)

    def _strike(self, piece: etree._Element, low: int, high: int) -> etree._Element:
        """Split a run at the struck characters, and return what stands before the words to insert."""
        run, text = piece.getparent(), piece.text or ""

        def part(words: str, tag: str) -> etree._Element:
            new = copy.deepcopy(run)
            for child in list(new):
                if child.tag != f"{W}rPr":
                    new.remove(child)
            etree.SubElement(new, f"{W}{tag}").text = words
            new[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            return new

        parts = [part(text[:low], "t")] if low else []
        struck: etree._Element | None = None
        if low < high:
            struck = self.tracked("del")
            struck.append(part(text[low:high], "delText"))
            parts.append(struck)
        elif not parts:
            parts.append(part("", "t"))
        result = parts[-1]
        if text[high:]:
            parts.append(part(text[high:], "t"))
        for each in reversed(parts):
            run.addnext(each)
        run.getparent().remove(run)
        return result

    def track_added(self, passage: Passage, words: str) -> None:
        """Add a tracked paragraph behind another one."""
        element = self.elements(passage.part)[passage.index]
        new = etree.Element(self.paragraph)
        if (look := element.find(f"{W}pPr")) is not None:
            new.append(copy.deepcopy(look))
            for each in new[0].findall(f"{W}sectPr"):
                new[0].remove(each)
        inserted = self.tracked("ins")
        etree.SubElement(etree.SubElement(inserted, self.run), self.text).text = words
        new.append(inserted)
        self.mark_end(new, "ins")
        element.addnext(new)

    def track_removed(self, passage: Passage) -> None:
        """Strike out a paragraph with its end."""
        self.track(passage, 0, len(passage.text), "")
        self.mark_end(self.elements(passage.part)[passage.index], "del")

    def mark_end(self, paragraph: etree._Element, kind: str) -> None:
        look = paragraph.find(f"{W}pPr")
        if look is None:
            look = etree.Element(f"{W}pPr")
            paragraph.insert(0, look)
        run = look.find(f"{W}rPr")
        if run is None:
            run = etree.SubElement(look, f"{W}rPr")
        run.insert(0, self.tracked(kind))

    def comment(self, passage: Passage, start: int, end: int, words: str) -> None:
        """Comment on some characters of a paragraph."""
        space = W.strip("{}")
        self.parts["word/comments.xml"] = (
            f'<w:comments xmlns:w="{space}"><w:comment w:id="7" w:author="{AUTHOR}" w:date="{TIME}" w:initials="A">'
            f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment></w:comments>"
        ).encode()
        etree.SubElement(
            self.root("word/_rels/document.xml.rels"), f"{RELATIONS}Relationship", Id="rIdComments", Target="comments.xml",
            Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
        )  # fmt: skip
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
        etree.SubElement(
            self.root("[Content_Types].xml"), f"{TYPES}Override", PartName="/word/comments.xml", ContentType=kind
        )
        at = 0
        pieces = self.pieces(self.elements(passage.part)[passage.index])
        for piece in pieces:
            text = piece.text or ""
            if start < at + len(text):
                run = piece.getparent()
                run.addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": "7"}))
                run.addnext(etree.Element(f"{W}commentRangeEnd", {f"{W}id": "7"}))
                mark = etree.Element(self.run)
                etree.SubElement(mark, f"{W}commentReference", {f"{W}id": "7"})
                run.getnext().addnext(mark)
                return
            at += len(text)
