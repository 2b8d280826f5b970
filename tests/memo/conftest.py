"""Share the validator, the bundled memo, and a way from a brief's text to its memo."""

import io
from functools import cache
from pathlib import Path

import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar

from reportgen import brand, memo
from reportgen.brief import load_brief
from reportgen.markup.templates import template_folders
from reportgen.memo.profiles import PROFILES
from reportgen.pdf.typesetting import typeset
from tests.conftest import BUNDLED
from tests.documents import documents_of, workers
from tests.verapdf import verapdf

__all__ = ["verapdf"]

DECIDED = """
decider: The harbor commission

purpose: To choose whether the survey comes first.

options:
  - title: Survey first
    recommended: true
    implications: [It answers the fishing cooperative., It costs no season.]
  - title: Dredge at once
    implications: ["It saves a year, and the trust of the cooperative is lost."]

dissent: [{by: The harbor master, text: A survey can be begun while the basin is dredged.}]

"""
"""The parts that the small brief needs for the forms action and decision, separated by empty lines."""


def memo_of(path: Path, **options: str) -> bytes:
    """Return the memo of a brief's file, as the command line makes it."""
    brief = load_brief(path)
    plan = memo.plan_memo(brief, brand.load(path.parent), template_folders(path.parent), **options)
    return typeset(plan, brief, workers()).result()


@cache
def words_of(pdf: bytes) -> str:
    """Return a PDF's text with single spaces."""
    return " ".join(extract_text(io.BytesIO(pdf)).split())


PAPER = 612.0  # the width of a letter page, in points


def chars(item):
    if isinstance(item, LTChar):
        yield item
    elif hasattr(item, "__iter__"):
        for part in item:
            yield from chars(part)


def outside(pdf, profile):
    """Return the letters to the right of the text's measure."""
    edge = (PAPER + PROFILES[profile].measure) / 2 + 1
    found = (char for page in extract_pages(io.BytesIO(pdf)) for char in chars(page))
    return "".join(char.get_text() for char in found if char.x1 > edge and char.get_text().strip())


@pytest.fixture(scope="session")
def bundled_memo() -> bytes:
    return documents_of(BUNDLED).memo()


@pytest.fixture(scope="session")
def bundled_words(bundled_memo) -> str:
    return words_of(bundled_memo)
