"""The Word memo that a brief compiles to, as lines with their trace; nothing is drawn or written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.edits.edit_values import Line
from reportgen.markup.templates import template_folders
from reportgen.memo.profiles import COPIES, PROFILES
from reportgen.pdf.paper import PAPERS
from reportgen.text.trace import Piece
from reportgen.word import BRIEF, COPY, FINGERPRINT, FORM, PAPER, find_fingerprint
from reportgen.word.oxml.box_xml import OPEN
from reportgen.word.word_job import convert_markup, start_memo
from reportgen.word.word_trace import BookmarkNames, group_by_paths
from reportgen.word.word_values import Box, Break, Content, Paragraph, Picture, Text, iter_paragraphs

if TYPE_CHECKING:
    from reportgen.brief.model import Brief


class ExpectedMemo(Struct, frozen=True):
    """A memo as it should be. `margins` are the lines of headers and footers, without the numbers of pages."""

    title: str
    lines: tuple[Line, ...]
    designation: tuple[Line, ...]
    margins: tuple[str, ...]
    other_brief: str = ""
    """The brief that the file names, where it is not this one."""
    is_older: bool = False
    """The file was built from other words than those of the brief as it is."""


def expect_memo(brief: Brief, custom: Mapping[str, str]) -> ExpectedMemo:
    """Return the memo of a brief in the form and on the paper that a file's own properties name."""
    from reportgen import brand as brands

    brand = brands.load(brief.folder)
    profile = custom.get(FORM) if custom.get(FORM) in PROFILES else None
    paper = custom.get(PAPER) if custom.get(PAPER) in PAPERS else None
    copy = custom.get(COPY, "") if custom.get(COPY) in COPIES else ""
    markup, _, form = start_memo(brief, brand, template_folders(brief.folder), paper, profile, copy)
    memo, _ = convert_markup(markup, brand, form.measure)
    names = BookmarkNames()
    designation = tuple(line for each in memo.designation for line in _list_lines(each, "footer", names))
    body = [line for each in iter_paragraphs(memo.blocks) for line in _list_lines(each, "text", names)]
    for number, note in memo.notes.items():
        body += [line for each in note for line in _list_lines(each, f"note {number}", names)]
    running = markup.running
    page = "".join(running[key] for key in ("page", "of", "pages"))
    foot = f"{running['title']} {page} {running.get('footer', '')}".rstrip()
    margins = (running["kind"], foot, *brief.marks.lines)
    slug, fingerprint = custom.get(BRIEF, ""), custom.get(FINGERPRINT, "")
    is_other = bool(slug) and slug != brief.slug
    is_older = bool(fingerprint) and fingerprint != find_fingerprint(markup)
    return ExpectedMemo(brief.title, tuple(body), designation, margins, slug if is_other else "", is_older)


def _list_lines(paragraph: Paragraph, place: str, names: BookmarkNames) -> Iterator[Line]:
    """Yield a paragraph as a line, and the alternative texts of the pictures in it."""
    text, trace, bookmarks = "", list[Piece](), list[str]()
    pictures: list[Picture] = []
    for paths, contents in group_by_paths(paragraph):
        if paths:
            bookmarks.append(names.take(paths))
        for content in contents:
            words = _words_of(content)
            if paths and words:
                trace.append(Piece(len(text), len(text) + len(words), paths))
            text += words
            if isinstance(content, Picture):
                pictures.append(content)
    if text.strip():
        yield Line(text, place, tuple(trace), bookmarks=tuple(bookmarks))
    for picture in pictures:
        if picture.alternative:
            trace = [Piece(0, len(picture.alternative), picture.paths)] if picture.paths else []
            yield Line(picture.alternative, f"{place}, alternative text", tuple(trace), "description")


def _words_of(content: Content) -> str:
    match content:
        case Text():
            return content.words
        case Break():
            return " "
        case Box():
            return OPEN
    return ""
