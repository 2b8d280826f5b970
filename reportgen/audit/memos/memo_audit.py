"""The audit of a memo's PDF: everything that it says is compared with the HTML that its brief composes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.audit.align import Alignment, Region, align
from reportgen.audit.audit_report import AuditReport, Place, ReportBuilder
from reportgen.audit.comparison import compare, report_alignment
from reportgen.audit.copy_stamps import split_pdf_stamps
from reportgen.audit.memos.expected_pages import expect_body
from reportgen.audit.origins import Origins
from reportgen.audit.word_stream import plain_words
from reportgen.pdf.reading.pdf_reader import HiddenText, Pdf, Span

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.memo.expected_memo import ExpectedMemo

ROLES = {
    "P": "paragraph", "TD": "cell", "TH": "head cell", "H1": "title", "H2": "heading", "H3": "heading", "Figure": "chart",
    "Note": "note", "LBody": "note", "Caption": "caption", "Artifact": "running text", "": "text",
}  # fmt: skip
"""The words for the roles of structure tags."""
MARKED = 2  # times that a marking appears on a page: at its head and at its foot


def audit_memo(brief: Brief, pdf: Pdf, report: ReportBuilder) -> AuditReport:
    """Return the audit of a PDF that has been read; `report` is still empty."""
    pdf, stamps = split_pdf_stamps(pdf)
    memo, alignment = _nearest_profile(brief, pdf)
    origins = Origins(brief)
    report_alignment(alignment, origins, report, Place(page=1))
    stamps.check(brief, origins, report)
    audit = _MemoAudit(memo, pdf, origins, report)
    audit.check_running_texts()
    audit.check_markings()
    audit.check_hidden_texts()
    audit.check_properties()
    audit.check_attachments()
    for box in pdf.ticked:
        report.add("added", f"a box is ticked: {box.text}", Place(box.page, shape="box"), "warning", after=box.text)
    report.unread += pdf.unread
    if not pdf.tagged:
        report.unread.append("the file has no structure tags: it is read in drawing order")
    return report.build("memo")


def _nearest_profile(brief: Brief, pdf: Pdf) -> tuple[ExpectedMemo, Alignment]:
    """Return the memo in the file's form: the brief's own where it is identical, else the one that differs least."""
    from reportgen.memo.expected_memo import build_expected_memo
    from reportgen.memo.profiles import PROFILES

    candidates: list[tuple[ExpectedMemo, Alignment]] = []
    for profile in dict.fromkeys([brief.profile, *PROFILES]):
        if PROFILES[profile].missing(brief):
            continue
        memo = build_expected_memo(brief, profile, pdf.size)
        body = expect_body(memo)
        flow = [Region(span.text, _place_of(span)) for span in pdf.spans if not _is_running(span, pdf, memo)]
        alignment = align(body.regions, flow, any_order=not pdf.tagged).without_repeats(body.heads)
        candidates.append((memo, alignment))
        if not alignment.changes:
            break
    return min(candidates, key=lambda candidate: _changed_words(candidate[1]))


def _changed_words(alignment: Alignment) -> int:
    return sum(change.last - change.first + change.stop - change.start for change in alignment.changes)


def _place_of(span: Span) -> Place:
    return Place(page=span.page, shape=ROLES.get(span.role, span.role))


def _is_running(span: Span, pdf: Pdf, memo: ExpectedMemo) -> bool:
    """Say whether a text is one that runs on every page, by its tag or else by its words."""
    if span.role == "Artifact":
        return True
    if pdf.tagged:
        return False
    return plain_words(span.text) in {plain_words(text) for text in memo.running(span.page, pdf.pages)}


class _MemoAudit:
    """A file and the memo that it should be; each method compares what is not in the flow of the text."""

    def __init__(self, memo: ExpectedMemo, pdf: Pdf, origins: Origins, report: ReportBuilder) -> None:
        self.memo, self.pdf, self.origins, self.report = memo, pdf, origins, report

    def check_running_texts(self) -> None:
        """Compare each head, foot and page number with the nearest one that its page should have."""
        for page in range(1, self.pdf.pages + 1):
            spans = [span for span in self.pdf.spans if span.page == page and _is_running(span, self.pdf, self.memo)]
            expected = self.memo.running(page, self.pdf.pages)
            while spans:
                text, count = _next_running_text(spans, expected)
                nearest = max(expected, key=lambda each: _likeness(each, text))
                kind = "marking" if nearest in self.memo.marks.lines else "running text"
                place = _place_of(spans[0])
                self._compare([Region.structural(nearest, kind)], [Region(text, place)], place)
                del spans[:count]

    def check_markings(self) -> None:
        """Report each page on which a marking is not at the head and the foot."""
        for page in range(1, self.pdf.pages + 1):
            texts = [f" {' '.join(plain_words(span.text))} " for span in self.pdf.spans if span.page == page]
            for line in self.memo.marks.lines:
                times = sum(f" {' '.join(plain_words(line))} " in text for text in texts)
                if times < MARKED:
                    fault = "is missing" if not times else "appears only once: it belongs at the head and the foot"
                    self.report.add("missing", f"the marking “{line}” {fault}", Place(page=page), before=line)

    def check_hidden_texts(self) -> None:
        """Compare alternative texts in the order of the document, bookmarks, comments and links."""
        memo, pdf = self.memo, self.pdf
        if memo.alternatives and not pdf.alternatives:
            self.report.unread.append("the file has no alternative texts to compare")
        elif len(pdf.alternatives) == len(memo.alternatives):
            for expected, found in zip(memo.alternatives, pdf.alternatives, strict=True):
                self._compare_hidden([Region.drawn(expected)], found, "alternative text")
        else:
            found_texts = [
                Region(found.text, Place(found.page, shape="alternative text")) for found in pdf.alternatives
            ]
            self._compare(
                [Region.drawn(text) for text in memo.alternatives], found_texts, Place(shape="alternative texts")
            )
        if pdf.bookmarks:
            bookmarks = [Region(text, Place(shape="bookmark")) for text in pdf.bookmarks]
            self._compare([Region(text) for text in memo.headings], bookmarks, Place(shape="bookmarks"))
        for annotation in pdf.annotations:
            self._compare_hidden([], annotation, "comment")
        for link in pdf.links:
            if link.text not in memo.links:
                place = Place(link.page, shape="link")
                self.report.add("text", f"a link leads to {link.text}", place, "warning", after=link.text)

    def check_attachments(self) -> None:
        """Report attached evidence and data that differ from the brief's. A file of another name is left unread."""
        for name, data in self.pdf.attachments.items():
            if name not in self.memo.attachments:
                self.report.unread.append(f"the attachment {name}")
            elif data != self.memo.attachments[name]:
                place = Place(shape=f"attachment {name}")
                self.report.add("text", f"the attachment {name} differs from what the brief says", place)
        if not self.pdf.attachments:
            self.report.unread.append("the file has no attachments to compare")
            return
        for name in sorted(self.memo.required - set(self.pdf.attachments)):
            place = Place(shape=f"attachment {name}")
            self.report.add("missing", f"the attachment {name} is missing", place)

    def check_properties(self) -> None:
        """Compare the file's properties, and report a marking that they lack."""
        for key, text in self.pdf.properties.items():
            expected = self.memo.properties.get(key.removeprefix("xmp:"))
            if expected is not None:
                place = Place(shape=f"property {key}")
                region = Region.structural(expected, "marking") if key == "xmp:Rights" else Region(expected)
                self._compare([region], [Region(text, place)], place)
        rights = self.memo.marks.rights
        for key in ("Keywords", "xmp:Keywords", "xmp:Rights") if rights else ():
            if self.memo.properties[key.removeprefix("xmp:")] and key not in self.pdf.properties:
                self.report.add("missing", "the marking is missing", Place(shape=f"property {key}"), before=rights)

    def _compare(self, expected: Sequence[Region], actual: Sequence[Region], place: Place) -> None:
        compare(expected, actual, self.origins, self.report, place)

    def _compare_hidden(self, expected: Sequence[Region], found: HiddenText, name: str) -> None:
        place = Place(found.page, shape=name)
        self._compare(expected, [Region(found.text, place)], place)


def _next_running_text(spans: Sequence[Span], expected: Sequence[str]) -> tuple[str, int]:
    """Return the next running text and its number of lines: as many as make an expected one, else one."""
    for count in range(1, len(spans) + 1):
        text = " ".join(span.text for span in spans[:count])
        if any(plain_words(text) == plain_words(each) for each in expected):
            return text, count
    return spans[0].text, 1


def _likeness(left: str, right: str) -> float:
    ours, theirs = plain_words(left), plain_words(right)
    return len(set(ours) & set(theirs)) / max(1, len(set(ours) | set(theirs))) - (0 if ours == theirs else 0.001)
