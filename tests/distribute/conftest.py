"""Fixtures: the validator, and finished files of several briefs, each built once a session."""

import gc
import os
import shutil
import subprocess
from functools import cache

import numpy as np
import pytest

from reportgen.cli import main
from reportgen.distribution.editions import edition
from reportgen.pipeline.documents import make_documents, make_handout
from tests.conftest import BUNDLED, INIT, ROOT
from tests.documents import Documents, documents_of
from tests.test_markings import FULL
from tests.verapdf import verapdf

__all__ = ["verapdf"]

BRIEFS = {
    "bundled": BUNDLED,
    "small": INIT,
    "korean": ROOT / "tests" / "briefs" / "korean" / "brief.yaml",
    "arabic": ROOT / "tests" / "briefs" / "arabic" / "brief.yaml",
}


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The files of a brief by its name in BRIEFS; "marked" is the small one with every marking."""

    @cache
    def of(name: str) -> Documents:
        if name != "marked":
            return documents_of(BRIEFS[name])
        path = tmp_path_factory.mktemp("marked") / "brief.yaml"
        path.write_text(INIT.read_text(encoding="utf-8") + FULL, encoding="utf-8")
        return Documents(path)

    return of


def as_somebody(action):
    """Return an action's text, run as a user who is subject to permissions, as root is not."""
    if os.geteuid():
        return action()
    inside, outside = os.pipe()
    if (child := os.fork()) == 0:
        gc.disable()  # veraPDF's Java would collect with it, and wait for a thread that is not here
        try:
            os.setuid(65534)
            os.write(outside, action().encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(outside)
    with os.fdopen(inside) as stream:
        return stream.read()


@pytest.fixture
def pixels(tmp_path):
    """A PDF's pages as grey pixels, 72 a inch times two, as poppler draws them."""
    if not shutil.which("pdftoppm"):
        pytest.skip("poppler draws the pages")

    def drawn(data: bytes) -> list[np.ndarray]:
        (tmp_path / "drawn.pdf").write_bytes(data)
        subprocess.run(["pdftoppm", "-r", "144", "-gray", tmp_path / "drawn.pdf", tmp_path / "page"], check=True)
        pages = []
        for path in sorted(tmp_path.glob("page*.pgm")):
            _, size, _, body = path.read_bytes().split(b"\n", 3)
            width, height = map(int, size.split())
            pages.append(np.frombuffer(body, dtype=np.uint8).reshape(height, width))
            path.unlink()
        return pages

    return drawn


LIST = """name,organization,email,documents,salutation,copy number
Ada Example,Harbor Board,ada@example.org,all,Dear Ada,
Bo Example,Treasury,bo@example.org,memo,,7
Office of Works,Town,,deck memo,,
"""


_FINISHED = {}


def make_once(brief, output_dir, check, options, workers=None):
    """`make_documents`, whose result depends on nothing but what lies beside the brief: each state is made once a session."""
    state = options, contents_of(brief.folder)
    if state not in _FINISHED:
        _FINISHED[state] = make_documents(brief, output_dir, check, options, workers)
    return _FINISHED[state]


def make_handout_once(brief, paper, theme, workers=None):
    """`make_handout`, once a session likewise."""
    state = paper, theme, contents_of(brief.folder)
    if state not in _FINISHED:
        _FINISHED[state] = make_handout(brief, paper, theme, workers)
    return _FINISHED[state]


def contents_of(folder):
    """Return what documents may depend on: the files beside a brief but lists of people and certificates, by their names."""
    files = (path for path in folder.iterdir() if path.suffix not in (".csv", ".pem") and path.is_file())
    return tuple(sorted((path.name, path.read_bytes()) for path in files))


@pytest.fixture
def place(tmp_path, write_brief, monkeypatch):
    """Return a function that distributes a brief with its article and list, and returns the exit code."""
    monkeypatch.setattr(edition, "make_documents", make_once)
    monkeypatch.setattr(edition, "make_handout", make_handout_once)
    (tmp_path / "article.txt").write_bytes((ROOT / "templates" / "init" / "article.txt").read_bytes())
    brief, people = write_brief(), tmp_path / "recipients.csv"
    people.write_text(LIST, encoding="utf-8")

    def run(*options: str, out: str = "out") -> int:
        return main(["distribute", str(brief), "--to", str(people), "--output-dir", str(tmp_path / out), *options])

    run.brief, run.people, run.out = brief, people, tmp_path / "out"
    return run
