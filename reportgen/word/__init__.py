"""The memo as a Word file: what an office edits with tracked changes, made from the same HTML as the PDF.

Four steps, with plain values between them: the composed HTML (`memo/`) is converted (`conversion.py`) to paragraphs, tables
and notes (`word_values.py`), which are written as XML (`oxml/`) in the house's styles (`house_styles.py`) into a package
(`word_writer.py`). `word_trace.py` names the bookmark of each text of the brief.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.word.word_values import WordMemo

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief.model import Brief
    from reportgen.memo.memo_html import MemoMarkup
    from reportgen.pdf.typesetting import Workers

__all__ = ["compose_word", "find_fingerprint", "render_word"]

BRIEF, FINGERPRINT, FORM, PAPER = "reportgen brief", "reportgen fingerprint", "reportgen form", "reportgen paper"
COPY = "reportgen copy"
"""The names of a file's own properties: the brief's slug, what its memo says, its form, its paper and its copy."""


def render_word(
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str | None = None,
    profile: str | None = None,
    workers: Workers | None = None,
    copy: str = "",
) -> bytes:
    """Return the memo as the bytes of a .docx file.

    Parameters
    ----------
    folders
        Folders of templates; the first that has a file wins.
    paper, profile
        Names of the paper size and of the form; the brief's own form by default.
    workers
        Who draws charts, and the cache of drawn ones; without them, charts are drawn in this process.
    copy
        "principal" for a memo without its last page, with who drafted, approved and cleared it.

    Raises
    ------
    BriefError
        when a part that the form needs is missing, and for characters that no font can draw.
    UsageError, TemplateError
        for an unknown form or paper, and for a template that cannot be filled in.
    """
    from reportgen.word.word_job import plan_word
    from reportgen.word.word_writer import write_memo

    return write_memo(plan_word(brief, brand, folders, paper, profile, workers, copy))


def compose_word(
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str | None = None,
    profile: str | None = None,
    copy: str = "",
) -> WordMemo:
    """Return the memo's paragraphs, tables and notes before they are written, each text with its paths in the brief.

    Nothing is drawn: `word.word_trace.list_bookmarks` of it tells which bookmark of a file holds which text.
    """
    from reportgen.word.word_job import convert_markup, start_memo

    markup, _, form = start_memo(brief, brand, folders, paper, profile, copy)
    return convert_markup(markup, brand, form.measure)[0]


def find_fingerprint(markup: MemoMarkup) -> str:
    """Return a short hash of all that a memo says and where in the brief it comes from: it differs in another edition."""
    return hashlib.sha256(markup.traced_html.encode()).hexdigest()[:16]
