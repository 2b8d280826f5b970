"""Fixtures of the tests of Word files: each form of the bundled brief, and one of each language, written once."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from reportgen import api
from reportgen.audit import audit
from reportgen.memo.profiles import PROFILES
from tests.conftest import BUNDLED, INIT, ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"
MARKING = """
marking:
  banner: CUI//SP-PRVCY
  designation: {controlled_by: [Department of X], categories: PRVCY, contact: desk@example.gov}
"""


@dataclass(frozen=True)
class Written:
    """A brief with its memo as a Word file."""

    brief: object
    form: str
    data: bytes

    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def root(self, part: str = DOCUMENT) -> etree._Element:
        return etree.fromstring(self.parts()[part])

    def change(self, part: str, *replacements: tuple[str, str]) -> bytes:
        """Return the file with some XML of a part replaced."""
        parts = self.parts()
        text = parts[part].decode()
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new, 1)
        return pack({**parts, part: text.encode()})

    def edit(self, change, part: str = DOCUMENT) -> bytes:
        """Return the file after a function has changed the tree of a part."""
        root = self.root(part)
        change(root)
        return pack({**self.parts(), part: etree.tostring(root)})

    def audited(self, data: bytes | None = None, name: str = "memo.docx"):
        return audit(self.brief, self.data if data is None else data, name)


def pack(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def write(path: Path, form: str | None = None) -> Written:
    brief = api.load_brief(path)
    return Written(brief, form or brief.profile, api.render_word(brief, profile=form))


@pytest.fixture(scope="session")
def written(tmp_path_factory) -> dict[str, Written]:
    """Return the bundled brief in every form, the briefs of other languages, and a marked one, by name."""
    found = {form: write(BUNDLED, form) for form, profile in PROFILES.items()}
    for language in ("arabic", "korean"):
        found[language] = write(ROOT / "tests" / "briefs" / language / "brief.yaml")
    path = tmp_path_factory.mktemp("marked") / "brief.yaml"
    path.write_text(INIT.read_text(encoding="utf-8") + MARKING, encoding="utf-8")
    found["marked"] = write(path, "info")
    return found


NAMES = (*PROFILES, "arabic", "korean", "marked")


@pytest.fixture(params=NAMES)
def each(request, written) -> Written:
    """Return each of them in turn."""
    return written[request.param]


@pytest.fixture(scope="session")
def info(written) -> Written:
    return written["info"]
