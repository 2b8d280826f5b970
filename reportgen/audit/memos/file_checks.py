"""Compare what a memo's file does, carries and tells programs with what the brief compiles to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.audit.audit_report import Place, ReportBuilder
from reportgen.audit.word_stream import plain_words
from reportgen.pdf.chart_svg import has_joining_letters
from reportgen.pdf.paper import PAPERS

if TYPE_CHECKING:
    from reportgen.memo.expected_memo import ExpectedMemo
    from reportgen.pdf.reading.document_parts import DocumentParts, Link, Sheet, Target
    from reportgen.pdf.reading.pdf_reader import Pdf

NEAR = 20.0  # points between a link and the place that leads to it
ANNOTATIONS = {
    "Text": "a comment", "FreeText": "a text box", "Stamp": "a stamp", "Highlight": "highlighting",
    "StrikeOut": "words struck out", "Underline": "underlining", "Squiggly": "underlining", "Ink": "handwriting",
    "Redact": "a mark for redaction", "FileAttachment": "an attached file", "Popup": "a comment's window",
    "Caret": "a mark of insertion", "Link with a drawing": "a link with a drawing of its own",
}  # fmt: skip
"""Kinds of annotations in words; others are named as they are."""


def check_file(memo: ExpectedMemo, pdf: Pdf, is_stamped: bool, report: ReportBuilder) -> None:
    """Report whatever the file does or carries beyond the brief, and what it no longer tells."""
    parts = pdf.parts
    for number, sheet in enumerate(parts.sheets, 1):
        for message in _find_page_faults(sheet, parts.sheets[0]):
            report.add("hidden", f"the page {message}", Place(page=number))
    _check_page_order(pdf, report)
    for action in parts.actions:
        words = f": {action.words}" if action.words else ""
        place = Place(page=action.page or None)
        report.add("program", f"the file {action.does} {action.starts}{words}", place, after=action.words)
    for extra in parts.extras:
        report.add("program", f"the file has {extra}", Place())
    _check_annotations(parts, report)
    _check_boxes(memo, parts, report)
    _check_links(memo, pdf, report)
    _check_attachments(memo, parts, report)
    _check_telling(memo, pdf, report)
    if parts.denied:
        report.add("hidden", f"the file is encrypted: its readers may not {', '.join(parts.denied)}", Place())
    if parts.revisions > 1 + is_stamped:
        message = "the file keeps an earlier revision below what it shows; only what it shows is compared"
        report.add("look", message, Place(), "note")


def _find_page_faults(sheet: Sheet, first: Sheet) -> Iterator[str]:
    left, low, right, high = sheet.media
    if not any(abs(right - left - paper.width) < 1 and abs(high - low - paper.height) < 1 for paper in PAPERS.values()):
        yield f"is {right - left:.0f} × {high - low:.0f} pt, which is no paper of memos"
    elif sheet.media != first.media:
        yield "has another size than the first"
    if any(abs(a - b) > 1 for a, b in zip(sheet.media, sheet.visible, strict=True)):
        yield "is cropped: a part of it is not shown"
    if sheet.rotation:
        yield f"is turned by {sheet.rotation} degrees"
    if sheet.unit != 1:
        yield f"is shown {sheet.unit:g} times as large"
    if sheet.is_repeated:
        yield "is shown twice"


def _check_page_order(pdf: Pdf, report: ReportBuilder) -> None:
    """Report pages without text, and pages that come in another order than their tags."""
    for page in sorted(set(range(1, pdf.pages + 1)) - {span.page for span in pdf.spans}):
        report.add("added", "the brief has no such empty page", Place(page=page))
    pages = [span.page for span in pdf.spans if span.role not in ("", "Artifact")]
    if any(after < before for before, after in pairwise(pages)):
        report.add("order", "the pages are in another order than the text on them", Place())


def _check_annotations(parts: DocumentParts, report: ReportBuilder) -> None:
    for annotation in parts.annotations:
        if not annotation.words:
            name = ANNOTATIONS.get(annotation.kind, f"an annotation of the kind {annotation.kind}")
            place = Place(page=annotation.page, shape="annotation")
            report.add("added", f"{name} has been added to the page", place)


def _check_boxes(memo: ExpectedMemo, parts: DocumentParts, report: ReportBuilder) -> None:
    """Compare the fields with those of the form, and report ticked and filled ones, and fields of other kinds."""
    boxes = [field for field in parts.fields if field.kind == "Btn"]
    names = Counter(field.name for field in parts.fields if field.kind in ("Btn", "Tx"))
    expected = Counter((*memo.boxes, *memo.blanks))
    for field in parts.fields:
        place = Place(page=field.page, shape="form field")
        if field.kind not in ("Btn", "Tx"):
            report.add("added", f"a form field “{field.name}” has been added", place, after=field.value)
        elif field.is_ticked:
            report.add("added", f"a box is ticked: {field.name}", place, after=field.name)
        elif field.kind == "Tx" and field.value.strip():
            report.add("added", f"a field is filled in: {field.name}: “{field.value}”", place, after=field.value)
        elif field.is_hidden:
            report.add("hidden", f"the box “{field.name}” is hidden", place, before=field.name)
    for name, count in (names - expected).items():
        report.add("added", f"the brief has no such box: {name}" + f" ({count} times)" * (count > 1), Place())
    for name in expected - names:
        report.add("missing", f"the box “{name}” is missing", Place(), before=name)
    usual = Counter(field.appearance for field in boxes).most_common(1)
    for field in boxes:
        if not field.is_ticked and (field.appearance != usual[0][0] or "Off" in field.states):
            place = Place(page=field.page, shape="form field")
            report.add("look", f"the box “{field.name}” is drawn otherwise than the others", place, "error")


def _check_links(memo: ExpectedMemo, pdf: Pdf, report: ReportBuilder) -> None:
    """Compare the links with the brief's: their targets, the words that they stand on, and where places are."""
    parts = pdf.parts
    words: dict[str, list[str]] = {}
    for href, text in memo.anchors:
        words.setdefault(href, []).append(text)
    found = set()
    for link, under in zip(parts.links, pdf.link_words, strict=True):
        href = link.uri or f"#{link.target.name}"
        found.add(href)
        place = Place(page=link.page, shape="link")
        if href not in words:
            target = link.uri or (f"page {link.target.page}" if link.target.page else "nowhere")
            report.add("link", f"a link leads to {target}", place, after=target)
        elif not link.uri and not _is_near_its_return(link, parts):
            report.add("link", f"the link to “{link.target.name}” leads elsewhere", place)
        elif not _stands_on(link, under, words[href], memo.direction):
            report.add("link", f"the link to {href.lstrip('#')} stands on other words", place)
    if pdf.tagged:
        for href in sorted(words.keys() - found):
            report.add("link", f"the link to {href.lstrip('#')} is missing", Place(), before=href)


def _is_near_its_return(link: Link, parts: DocumentParts) -> bool:
    """Say whether a link leads to a page that has its target; notes and citations, which link to each other, are close."""
    kind, _, number = link.target.name.partition("-")
    back = {"note": "cite", "cite": "note"}.get(kind)
    returns = [other for other in parts.links if back and other.target.name == f"{back}-{number}"]
    if not returns:
        return link.target.page > 0
    return any(_is_near(link.target, other) for other in returns)


def _is_near(target: Target, link: Link) -> bool:
    return target.page == link.page and (target.y is None or abs(target.y - link.box[3]) < NEAR)


def _stands_on(link: Link, under: str, texts: Sequence[str], direction: str) -> bool:
    """Say whether a link is on words of its own, and described by its number where it leads to a note.

    Words from right to left are painted in another order.
    """
    told = "".join(char for char in link.words if char.isdigit())
    number = link.target.name.rpartition("-")[2]
    if told and number.isdigit() and told != number:
        return False
    shown, own = "".join(plain_words(under)), ["".join(plain_words(text)) for text in texts]
    return any(
        set(shown) <= set(text) if direction == "rtl" or has_joining_letters(text) else shown in text for text in own
    )


def _check_attachments(memo: ExpectedMemo, parts: DocumentParts, report: ReportBuilder) -> None:
    """Report attached files that the brief does not have, that differ from its evidence and data, or that are missing."""
    names = [attachment.name for attachment in parts.attachments if attachment.is_listed]
    for attachment in parts.attachments:
        name = attachment.name
        place = Place(shape=f"attachment {name}")
        if name not in memo.attachments:
            report.add("added", f"the brief has no attachment {name}", place)
        elif attachment.data != memo.attachments[name]:
            report.add("text", f"the attachment {name} differs from what the brief says", place)
        elif attachment.is_listed and plain_words(attachment.about) != plain_words(memo.descriptions[name]):
            report.add("text", f"the attachment {name} is described otherwise", place, after=attachment.about)
        elif attachment.is_listed and names.count(name) > 1:
            report.add("added", f"two attachments are named {name}", place)
    for name in sorted(memo.required - set(names)):
        report.add("missing", f"the attachment {name} is missing", Place(shape=f"attachment {name}"))


def _check_telling(memo: ExpectedMemo, pdf: Pdf, report: ReportBuilder) -> None:
    """Report what screen readers and printers are no longer told: tags, languages, colours; and what they are told besides."""
    parts = pdf.parts
    if not pdf.tagged:
        report.add("missing", "the tags are missing, which screen readers follow", Place())
    elif not parts.is_marked:
        report.add("missing", "the file does not say that it is tagged: screen readers ignore its tags", Place())
    if parts.language.casefold() != memo.language.casefold() and parts.language.split("-")[0] != memo.language:
        told = parts.language or "not given"
        report.add("language", f"the file's language is {told}; the brief's is {memo.language}", Place(), after=told)
    for language in sorted(pdf.languages - memo.languages - {parts.language}):
        report.add("language", f"a passage is tagged as {language}, a language that the brief does not name", Place())
    if not parts.has_output_intent:
        report.add("missing", "the output intent is missing, which says how colours are printed", Place())
    for expansion in pdf.expansions:
        place = Place(page=expansion.page, shape="tag")
        report.add("added", f"screen readers are told “{expansion.text}”", place, after=expansion.text)
