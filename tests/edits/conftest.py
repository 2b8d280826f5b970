"""The finished files of two briefs, rendered once, and edits of copies of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen import brand as brands
from reportgen.brief import load_brief
from reportgen.edits import Edit
from reportgen.edits.returned_file import read_returned
from reportgen.edits.several_copies import join_copies
from reportgen.edits.verdicts import judge_edits
from reportgen.markup.templates import template_folders
from reportgen.pipeline.kinds import KINDS
from reportgen.word import render_word
from tests.conftest import BUNDLED, INIT
from tests.edits.office_copies import DocxCopy, PptxCopy


@dataclass(frozen=True)
class Sent:
    """A brief with the deck and the Word memo that went out."""

    brief: object
    deck: bytes
    memo: bytes

    def open(self, kind: str) -> PptxCopy | DocxCopy:
        return PptxCopy(self.deck) if kind == "deck" else DocxCopy(self.memo)

    def read(self, *copies: bytes) -> list[Edit]:
        """Return the edits of some copies, as `read_edits` does, but in this process."""
        return read_copies(self.brief, *copies)


def read_copies(brief, *copies: bytes) -> list[Edit]:
    found = [edit for number, data in enumerate(copies, 1) for edit in read_returned(brief, data, f"copy{number}")[1]]
    return judge_edits(brief, join_copies(found))


def send(path: Path) -> Sent:
    brief = load_brief(path)
    return Sent(
        brief,
        KINDS["deck"].render(brief),
        render_word(brief, brands.load(brief.folder), template_folders(brief.folder)),
    )


@pytest.fixture(scope="session")
def bundled() -> Sent:
    return send(BUNDLED)


@pytest.fixture(scope="session")
def small() -> Sent:
    return send(INIT)
