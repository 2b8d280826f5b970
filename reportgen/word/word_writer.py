"""Write a memo as a .docx file. Values in, bytes out: the same memo is the same bytes, on any day and system.

python-docx keeps the package: its parts, their relations and types, pictures, headers and properties. Styles, lists, notes and
the body are XML of ours (`oxml/`), because it has no objects for notes, bookmarks, fields, columns and letters from right
to left.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree
from msgspec import Struct

from reportgen.system.seals import seal_archive
from reportgen.word.oxml.body_xml import BodyWriter
from reportgen.word.oxml.drawing_xml import PictureFiles, digest
from reportgen.word.oxml.elements import build, serialize, twips
from reportgen.word.oxml.fonts_xml import build_fonts_table
from reportgen.word.oxml.margins_xml import build_footer, build_header
from reportgen.word.oxml.notes_xml import build_footnotes
from reportgen.word.oxml.numbering_xml import build_numbering
from reportgen.word.oxml.properties_xml import build_custom_properties, build_program_properties, build_settings
from reportgen.word.oxml.styles_xml import Looks, build_styles
from reportgen.word.oxml.theme_xml import change_theme
from reportgen.word.word_values import WordMemo

if TYPE_CHECKING:
    from docx.document import Document

DAY = (1980, 1, 1, 0, 0, 0)  # the earliest date that a ZIP archive can hold
UNIX = 3  # the system that zipfile names everywhere but on Windows
TEMPLATE_LEFTOVERS = ("thumbnail", "stylesWithEffects", "webSettings", "customXml")
"""Parts of python-docx's template that say nothing about a memo, by the last word of their relation."""
CONTENT = "application/vnd.openxmlformats-officedocument"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
HEAD_ROOM, FOOT_ROOM = 23.0, 20.0  # points between a page's edge and what runs on every page


class Sheet(Struct, frozen=True):
    """The paper of a memo and its margins, in points."""

    width: float
    height: float
    left: float
    right: float
    top: float = 42.0
    bottom: float = 46.0


class Running(Struct, frozen=True):
    """The texts that run on every page: those around the page's number, the memo's title and kind, and its marking."""

    title: str
    kind: str
    page: tuple[str, str, str]
    marking: tuple[str, ...]
    footer: str = ""
    """The house's line below the title."""


class FileProperties(Struct, frozen=True):
    """The properties that a file states of itself."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    created: datetime
    custom: Mapping[str, str]
    status: str = ""


class Drawing(Struct, frozen=True):
    """A picture's file for every program, and its SVG for those that show one; b"" where there is none."""

    bitmap: bytes
    svg: bytes = b""


class WordJob(Struct, frozen=True):
    """Everything that a file is written from."""

    memo: WordMemo
    looks: Looks
    sheet: Sheet
    running: Running
    properties: FileProperties
    drawings: Mapping[str, Drawing]


def write_memo(job: WordJob) -> bytes:
    """Return the .docx file."""
    import docx

    document = docx.Document()
    _drop_leftovers(document)
    package = _Package(document)
    pictures = {name: package.add_picture(drawing) for name, drawing in job.drawings.items()}
    body = BodyWriter(job.looks, job.sheet.width - job.sheet.left - job.sheet.right, package.link, pictures)
    section = _build_section(job, _write_margins(job, document, body))
    _replace(document.element.body, [*body.write_blocks(job.memo.blocks), section])
    if ground := job.looks.ground:
        document.element.insert(0, build("w:background", color=ground))
    package.replace_root(document.part.part_related_by(f"{RELATIONS}/styles"), build_styles(job.looks))
    package.replace_root(document.part.part_related_by(f"{RELATIONS}/numbering"), build_numbering(job.memo.lists))
    package.replace_blob("fontTable", serialize(build_fonts_table(job.looks)))
    package.replace_blob("theme", change_theme(package.read_blob("theme"), job.looks))
    package.replace_root(
        document.part.part_related_by(f"{RELATIONS}/settings"), build_settings(job.looks, bool(job.memo.notes))
    )
    if job.memo.notes:
        notes, links = build_footnotes(job.memo.notes, body)
        package.add_part("/word/footnotes.xml", f"{CONTENT}.wordprocessingml.footnotes+xml", "footnotes", notes, links)
    package.name_program()
    package.add_custom_properties(build_custom_properties(job.properties.custom))
    _set_properties(document, job.properties)
    for part in document.part.package.iter_parts():
        if hasattr(part, "_element"):
            _clean_names(part._element)
    target = BytesIO()
    document.save(target)
    return seal_archive(_fix_times(target.getvalue()))


class _Package:
    """The parts of a file, as python-docx keeps them."""

    def __init__(self, document: Document) -> None:
        self.document, self.part = document, document.part
        self.drawings = 0

    def link(self, address: str) -> str:
        """Return the id of the relation to an address."""
        return str(self.part.relate_to(address, f"{RELATIONS}/hyperlink", is_external=True))

    def add_picture(self, drawing: Drawing) -> PictureFiles:
        """Add a picture's files to the document."""
        bitmap, _ = self.part.get_or_add_image(BytesIO(drawing.bitmap))
        if not drawing.svg:
            return PictureFiles(str(bitmap), "", (digest(drawing.bitmap),))
        self.drawings += 1
        svg = self.add_part(f"/word/media/drawing{self.drawings}.svg", "image/svg+xml", "image", drawing.svg)
        return PictureFiles(str(bitmap), svg, (digest(drawing.bitmap), digest(drawing.svg)))

    def add_part(
        self,
        name: str,
        content_type: str,
        relation: str,
        data: bytes | etree._Element,
        links: Mapping[str, str] | None = None,
    ) -> str:
        """Add a part to the document, and return the id of the relation to it; `links` are addresses by the ids of theirs."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        blob = data if isinstance(data, bytes) else serialize(data)
        part = Part(PackURI(name), content_type, blob, self.part.package)
        for identity, address in (links or {}).items():
            part.rels.add_relationship(f"{RELATIONS}/hyperlink", address, identity, is_external=True)
        return str(self.part.relate_to(part, f"{RELATIONS}/{relation}"))

    def replace_root(self, part: Any, root: etree._Element) -> None:
        """Let a part of the template hold XML of ours."""
        _replace(part.element, list(root))

    def replace_blob(self, kind: str, data: bytes) -> None:
        """Let a part of the template that python-docx keeps as bytes hold ours."""
        self.part.part_related_by(f"{RELATIONS}/{kind}")._blob = data

    def read_blob(self, kind: str) -> bytes:
        """Return the bytes of a part of the template."""
        return bytes(self.part.part_related_by(f"{RELATIONS}/{kind}").blob)

    def name_program(self) -> None:
        """Say which program has written the file; the template says that Word did."""
        part = self.part.package.part_related_by(f"{RELATIONS}/extended-properties")
        part._blob = serialize(build_program_properties())

    def add_custom_properties(self, root: etree._Element) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        content_type = f"{CONTENT}.custom-properties+xml"
        part = Part(PackURI("/docProps/custom.xml"), content_type, serialize(root), self.part.package)
        self.part.package.relate_to(part, f"{RELATIONS}/custom-properties")


def _build_section(job: WordJob, references: list[etree._Element]) -> etree._Element:
    """Return the properties of the document's section, with the references to what runs on its pages."""
    sheet = job.sheet
    return build(
        "w:sectPr",
        *references,
        build("w:pgSz", w=twips(sheet.width), h=twips(sheet.height)),
        build(
            "w:pgMar",
            top=twips(sheet.top),
            right=twips(sheet.right),
            bottom=twips(sheet.bottom),
            left=twips(sheet.left),
            header=twips(HEAD_ROOM),
            footer=twips(FOOT_ROOM),
            gutter=0,
        ),
        build("w:titlePg"),
        build("w:bidi") if job.looks.is_rtl else None,
    )


def _write_margins(job: WordJob, document: Document, body: BodyWriter) -> list[etree._Element]:
    """Write what runs on every page, and return the references to it."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    running, measure = job.running, job.sheet.width - job.sheet.left - job.sheet.right
    parts = (
        (section.header, build_header(running.kind, running.marking)),
        (section.first_page_header, build_header("", ())),
        (section.footer, build_footer(running.title, running.page, running.marking, measure, running.footer)),
        (
            section.first_page_footer,
            [
                *(body.write_paragraph(each) for each in job.memo.designation),
                *build_footer(running.title, running.page, running.marking, measure, running.footer),
            ],
        ),
    )
    for part, paragraphs in parts:
        part.is_linked_to_previous = False
        _replace(part._element, paragraphs)
    references = [each for each in section._sectPr if str(each.tag).endswith(("headerReference", "footerReference"))]
    return sorted(references, key=lambda each: str(each.tag).endswith("footerReference"))


def _replace(element: etree._Element, children: list[etree._Element]) -> None:
    """Let an element hold these children and no others; python-docx parses them again as its own."""
    from docx.oxml.parser import parse_xml

    for child in list(element):
        element.remove(child)
    for child in children:
        element.append(parse_xml(etree.tostring(child)))


def _clean_names(root: etree._Element) -> None:
    """Drop the template's declarations of namespaces; Word refuses a file that may ignore one which is not declared."""
    if IGNORABLE in root.attrib:
        del root.attrib[IGNORABLE]
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r", "mc"])
    if "w14" in root.nsmap and "mc" in root.nsmap:
        root.set(IGNORABLE, "w14")
    else:
        etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])


def _drop_leftovers(document: Document) -> None:
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for identity, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in TEMPLATE_LEFTOVERS:
                del relations[identity]


def _set_properties(document: Document, properties: FileProperties) -> None:
    core = document.core_properties
    core.title, core.author, core.subject = properties.title, properties.author, properties.subject
    core.keywords, core.language = properties.keywords, properties.language
    if properties.status:
        core.content_status = properties.status
    core.comments = core.category = ""
    core.last_modified_by = properties.author
    core.created = core.modified = properties.created.replace(tzinfo=None)
    core.revision = 1


def _fix_times(data: bytes) -> bytes:
    """Return an archive with the same files, none of which says when it was written."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w") as archive:
        for name in source.namelist():
            entry = ZipInfo(name, DAY)
            entry.compress_type = ZIP_STORED if name.endswith((".png", ".jpg", ".jpeg")) else ZIP_DEFLATED
            entry.create_system = UNIX
            archive.writestr(entry, source.read(name))
    return target.getvalue()
