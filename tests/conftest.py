"""What tests share: the bundled brief, and a small one that a test changes a little."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ROOT / "data" / "us-korea-2020" / "brief.yaml"
INIT = ROOT / "templates" / "init" / "brief.yaml"


@pytest.fixture
def write_brief(tmp_path):
    """Write the small brief that `init` gives, with some of its words replaced; returns its path."""

    def write(*replacements: tuple[str, str], add: str = "") -> Path:
        text = INIT.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text, f"the small brief does not have {old!r}"
            text = text.replace(old, new)
        path = tmp_path / "brief.yaml"
        path.write_text(text + add, encoding="utf-8")
        return path

    return write
