"""Fixtures of the audit's tests: the finished files of the bundled brief and the small one, built once."""

import io
from dataclasses import dataclass
from pathlib import Path

import pptx
import pytest

from reportgen.audit import audit
from reportgen.brief import load_brief
from reportgen.pipeline.kinds import KINDS
from tests.conftest import BUNDLED, INIT


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


def made(path: Path) -> Finished:
    brief = load_brief(path)
    return Finished(brief, KINDS["memo"].render(brief), KINDS["deck"].render(brief))


@pytest.fixture(scope="session")
def bundled() -> Finished:
    return made(BUNDLED)


@pytest.fixture(scope="session")
def small() -> Finished:
    return made(INIT)


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
