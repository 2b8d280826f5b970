"""Fixtures of the audit's tests: the finished files of the bundled brief and the small one, built once."""

import io
from dataclasses import dataclass
from pathlib import Path

import pptx
import pytest

from reportgen.audit import audit
from reportgen.audit.decks import deck_audit
from reportgen.audit.decks.expected_file import OURS, expect_file
from tests.conftest import BUNDLED, INIT
from tests.documents import documents_of


@dataclass(frozen=True)
class Finished:
    """A brief with its memo and its deck."""

    brief: object
    memo: bytes
    deck: bytes

    def audited(self, data: bytes, name: str = "file"):
        return audit(self.brief, data, name)

    def changed_deck(self, change) -> bytes:
        """Return the deck, changed and saved with python-pptx."""
        file = pptx.Presentation(io.BytesIO(self.deck))
        change(file)
        return saved(file)


def content(report) -> list:
    """Return the findings about the file's words, without those of lint about its looks."""
    return [finding for finding in report.findings if finding.kind != "lint"]


def saved(file) -> bytes:
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def finished_of(path: Path) -> Finished:
    documents = documents_of(path)
    return Finished(documents.brief, documents.memo(), documents.deck)


@pytest.fixture(scope="session")
def bundled() -> Finished:
    return finished_of(BUNDLED)


@pytest.fixture(scope="session")
def small() -> Finished:
    return finished_of(INIT)


@pytest.fixture(scope="session", autouse=True)
def expectations():
    """What the decks of these two briefs should be is worked out once: half an audit's time, and it does not depend on the file."""
    briefs = [documents_of(path).brief for path in (BUNDLED, INIT)]
    kept = {}

    def expect_once(brief, brand, data, found, name, theme):
        if theme or found.theme[0] != OURS or not any(brief is each for each in briefs):
            return expect_file(brief, brand, data, found, name, theme)
        state = id(brief), found.theme, found.program.startswith("LibreOffice")
        if state not in kept:
            kept[state] = expect_file(brief, brand, data, found, name, theme)
        return kept[state]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deck_audit, "expect_file", expect_once)
        yield


@pytest.fixture(scope="session", params=["bundled", "small"])
def finished(request) -> Finished:
    return request.getfixturevalue(request.param)


def shape(file, slide: int, name: str):
    """Return a shape by the number of its slide and its name."""
    return next(each for each in file.slides[slide - 1].shapes if each.name == name)


def replace(frame, old: str, new: str) -> None:
    """Replace words in a run of a text frame."""
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            if old in run.text:
                run.text = run.text.replace(old, new)
                return
    raise AssertionError(f"no run has {old!r}")
