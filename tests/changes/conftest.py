"""Two states of the small brief: as `init` writes it, and with some of its words replaced."""

from pathlib import Path

import pytest

from reportgen.brief import load_brief
from reportgen.changes import compare_snapshots
from reportgen.changes.states.brief_snapshot import take_snapshot
from reportgen.pipeline.kinds import KINDS
from tests.conftest import INIT

EDITED = (
    ("date: 2026-02-10", "date: 2026-03-02"),
    ("value: 30, unit", "value: 35, unit"),
    ("less than $30 million", "less than $35 million"),
    ("The cooperative fears for its spawning grounds", "The cooperative fears for its nursery grounds"),
    ("title: Commission the survey", "title: Publish the survey"),
)


@pytest.fixture
def edit(tmp_path):
    """Write the small brief with words replaced into a folder of its own; returns its path."""

    def write(*replacements: tuple[str, str], folder: str = "new") -> Path:
        text = INIT.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text, f"the small brief does not have {old!r}"
            text = text.replace(old, new)
        path = tmp_path / folder / "brief.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def compare(edit):
    """Return the changes that some replacements are."""

    def run(*replacements: tuple[str, str]):
        return compare_snapshots(take_snapshot(load_brief(INIT)), take_snapshot(load_brief(edit(*replacements))))

    return run


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """The memos and decks of both states, by "old" and "new": the paths of one PDF and one deck each."""
    folder = tmp_path_factory.mktemp("finished")
    files = {}
    for name, replacements in (("old", ()), ("new", EDITED)):
        text = INIT.read_text(encoding="utf-8")
        for old, new in replacements:
            text = text.replace(old, new)
        (folder / name).mkdir()
        path = folder / name / "brief.yaml"
        path.write_text(text, encoding="utf-8")
        brief = load_brief(path)
        for kind in KINDS.values():
            files[name, kind.name] = folder / name / kind.file_name(brief.slug)
            files[name, kind.name].write_bytes(kind.render(brief))
    return files
