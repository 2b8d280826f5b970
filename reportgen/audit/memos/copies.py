"""Tell the principal's copy of a memo from the others: it has no last page with who drafted, approved and cleared it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportgen.audit.word_stream import plain_words
from reportgen.text.languages import load_labels

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

PRINCIPAL = "principal"


def find_copy(brief: Brief, texts: Iterable[str]) -> str:
    """Return which copy a file is: the principal's where none of its texts is the heading of the last page.

    The page is made to be detached, so a file without it is whole. One that lost only the heading shows the rest as added.
    """
    if not (brief.drafted_by or brief.approved_by or brief.clearances or brief.clearance):
        return ""
    heading = plain_words(load_labels(brief.language).clearances.heading_page)
    return "" if any(plain_words(text) == heading for text in texts) else PRINCIPAL
