"""A memo's PDF beside the HTML that its brief composes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.audit.align import Alignment, Region, align, drawn
from reportgen.audit.audit_report import AuditReport, Draft, Place
from reportgen.audit.copy_stamps import unstamped_pdf
from reportgen.audit.judge import judge
from reportgen.audit.memos.expected_pages import blocks
from reportgen.audit.origins import Mark, Origins
from reportgen.audit.word_stream import bare
from reportgen.pdf.reading.pdf_reader import HiddenText, Pdf, Span

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.memo.expected_memo import ExpectedMemo

NAMES = {
    "P": "paragraph", "TD": "cell", "TH": "head cell", "H1": "title", "H2": "heading", "H3": "heading", "Figure": "chart", "Note": "note",
    "LBody": "note", "Caption": "caption", "Artifact": "running text", "": "text",
}  # fmt: skip
MARKED = 2  # so often the marking stands on a page: at its head and at its foot


def audit_memo(brief: Brief, written: Pdf, name: str) -> AuditReport:
    """What a PDF says that was read, against the brief."""
    pdf, stamps = unstamped_pdf(written)
    printed, alignment = _nearest(brief, pdf)
    draft, origins = Draft(name), Origins(brief)
    judge(alignment, origins, draft, Place(page=1))
    stamps.judge(brief, origins, draft)
    _running(printed, pdf, origins, draft)
    _described(printed, pdf, origins, draft)
    _properties(printed, pdf, origins, draft)
    _attached(printed, pdf, draft)
    for box in pdf.ticked:
        draft.finding("added", f"a box is ticked: {box.text}", Place(box.page, shape="box"), "warning", after=box.text)
    draft.unread += pdf.unread
    if not pdf.tagged:
        draft.unread.append("the file has no structure tags: its order of reading is that of drawing")
    return draft.report("memo")


def _nearest(brief: Brief, pdf: Pdf) -> tuple[ExpectedMemo, Alignment]:
    """The memo's form that the file has: the brief's own, or, if that differs, the one that differs least."""
    from reportgen.memo.expected_memo import build_expected_memo
    from reportgen.memo.profiles import PROFILES

    best: tuple[ExpectedMemo, Alignment] | None = None
    for profile in dict.fromkeys([brief.profile, *PROFILES]):
        if PROFILES[profile].missing(brief):
            continue
        printed = build_expected_memo(brief, profile, pdf.size)
        page = blocks(printed)
        alignment = align(page.regions, _flow(pdf, printed), any_order=not pdf.tagged)
        alignment = alignment.without_repeated(page.heads)
        if best is None or _differing(alignment) < _differing(best[1]):
            best = printed, alignment
        if not alignment.changes:
            break
    assert best is not None
    return best


def _differing(alignment: Alignment) -> int:
    return sum(change.last - change.first + change.stop - change.start for change in alignment.changes)


def _flow(pdf: Pdf, printed: ExpectedMemo) -> list[Region]:
    """The file's text but for what runs on every page."""
    return [Region(span.text, _place(span)) for span in pdf.spans if not _is_running(span, pdf, printed)]


def _place(span: Span) -> Place:
    return Place(page=span.page, shape=NAMES.get(span.role, span.role))


def _is_running(span: Span, pdf: Pdf, printed: ExpectedMemo) -> bool:
    if span.role == "Artifact":
        return True
    return not pdf.tagged and bare(span.text) in {bare(text) for text in printed.running(span.page, pdf.pages)}


def _running(printed: ExpectedMemo, pdf: Pdf, origins: Origins, draft: Draft) -> None:
    """Heads, feet and page numbers: each one must be one that the page should have, with this page's number."""
    for page in range(1, pdf.pages + 1):
        spans = [span for span in pdf.spans if span.page == page and _is_running(span, pdf, printed)]
        expected = printed.running(page, pdf.pages)
        while spans:
            text, taken = _running_text(spans, expected)
            nearest = max(expected, key=lambda each: _likeness(each, text))
            kind = "marking" if nearest in printed.marks.lines else "running text"
            mark = Mark(0, len(nearest), "structural", kind)
            place = _place(spans[0])
            judge(align([Region(nearest, Place(), (mark,))], [Region(text, place)]), origins, draft, place)
            del spans[:taken]
    for page in range(1, pdf.pages + 1):
        said = [bare(span.text) for span in pdf.spans if span.page == page]
        for line in printed.marks.lines:
            times = sum(_within(bare(line), text) for text in said)
            if times < MARKED:
                where = "is missing" if not times else "stands only once: it belongs at the head and at the foot"
                draft.finding("missing", f"the marking “{line}” {where}", Place(page=page), before=line)


def _running_text(spans: Sequence[Span], expected: Sequence[str]) -> tuple[str, int]:
    """The next running text and of how many lines it is: of as many as make one that is expected, else of one."""
    for count in range(1, len(spans) + 1):
        text = " ".join(span.text for span in spans[:count])
        if any(bare(text) == bare(each) for each in expected):
            return text, count
    return spans[0].text, 1


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _likeness(left: str, right: str) -> float:
    ours, theirs = bare(left), bare(right)
    return len(set(ours) & set(theirs)) / max(1, len(set(ours) | set(theirs))) - (0 if ours == theirs else 0.001)


def _described(printed: ExpectedMemo, pdf: Pdf, origins: Origins, draft: Draft) -> None:
    """Alternative texts in the order of the document, bookmarks, links and comments."""
    if printed.alternatives and not pdf.alternatives:
        draft.unread.append("the file has no alternative texts to compare")
    elif len(pdf.alternatives) == len(printed.alternatives):
        for expected, found in zip(printed.alternatives, pdf.alternatives, strict=True):
            _one(drawn(expected), found, "alternative text", origins, draft)
    else:
        places = [Region(found.text, Place(found.page, shape="alternative text")) for found in pdf.alternatives]
        alignment = align([drawn(text) for text in printed.alternatives], places)
        judge(alignment, origins, draft, Place(shape="alternative texts"))
    if pdf.bookmarks:
        found_marks = [Region(text, Place(shape="bookmark")) for text in pdf.bookmarks]
        alignment = align([Region(text, Place()) for text in printed.headings], found_marks)
        judge(alignment, origins, draft, Place(shape="bookmarks"))
    for annotation in pdf.annotations:
        _one(Region("", Place()), annotation, "comment", origins, draft)
    known = set(printed.links)
    for link in pdf.links:
        if link.text not in known:
            draft.finding(
                "text", f"a link leads to {link.text}", Place(link.page, shape="link"), "warning", after=link.text
            )


def _attached(printed: ExpectedMemo, pdf: Pdf, draft: Draft) -> None:
    """The evidence and the data inside the file must be those of the brief; a file of another name is for others to read."""
    for name, data in pdf.attachments.items():
        place = Place(shape=f"attachment {name}")
        if name not in printed.attachments:
            draft.unread.append(f"the attachment {name}")
        elif data != printed.attachments[name]:
            draft.finding("text", f"the attachment {name} is not what the brief says", place)
    if not pdf.attachments:
        draft.unread.append("the file has no attachments to compare")
        return
    for name in sorted(printed.required - set(pdf.attachments)):
        draft.finding("missing", f"the attachment {name} is missing", Place(shape=f"attachment {name}"))


def _one(expected: Region, found: HiddenText, name: str, origins: Origins, draft: Draft) -> None:
    place = Place(found.page, shape=name)
    judge(align([expected], [Region(found.text, place)]), origins, draft, place)


def _properties(printed: ExpectedMemo, pdf: Pdf, origins: Origins, draft: Draft) -> None:
    for key, text in pdf.properties.items():
        expected = printed.properties.get(key.removeprefix("xmp:"))
        if expected is not None:
            place = Place(shape=f"property {key}")
            marks = (Mark(0, len(expected), "structural", "marking"),) if key == "xmp:Rights" else ()
            judge(align([Region(expected, Place(), marks)], [Region(text, place)]), origins, draft, place)
    for key in ("Keywords", "xmp:Keywords", "xmp:Rights") if printed.marks.rights else ():
        if printed.properties[key.removeprefix("xmp:")] and key not in pdf.properties:
            draft.finding(
                "missing", "the marking is missing", Place(shape=f"property {key}"), before=printed.marks.rights
            )
