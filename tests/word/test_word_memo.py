"""The memo as a Word file: what it says, where that comes from, and that python-docx and the same bytes agree."""

import io
import zipfile

import docx
import pytest
from lxml import etree

from reportgen import api, brand
from reportgen.markup.templates import template_folders
from reportgen.memo.profiles import PROFILES
from reportgen.word import compose_word
from reportgen.word.word_trace import NOTES_PLACE, bookmark_name, list_bookmarks
from tests.conftest import BUNDLED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def brief():
    return api.load_brief(BUNDLED)


@pytest.fixture(scope="module")
def files(brief):
    return {profile: api.render_word(brief, profile=profile) for profile in PROFILES}


@pytest.fixture(params=list(PROFILES))
def profile(request):
    return request.param


def compose(brief, profile):
    return compose_word(brief, brand.load(brief.folder), template_folders(brief.folder), profile=profile)


def test_every_text_of_the_brief_is_in_a_bookmark_of_its_path(brief, files, profile):
    names = list_bookmarks(compose(brief, profile))
    archive = zipfile.ZipFile(io.BytesIO(files[profile]))
    parts = [etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")]
    found = [mark.get(f"{W}name") for part in parts for mark in part.iter(f"{W}bookmarkStart")]
    assert sorted(name for name in found if name.startswith("rg_") and name != NOTES_PLACE) == sorted(names)
    assert names[bookmark_name("bottom_line")] == "bottom_line"


def test_python_docx_opens_it(files, profile):
    document = docx.Document(io.BytesIO(files[profile]))
    assert document.core_properties.title == "The U.S.–Korea partnership: from old deals to new work"
    assert any("multiyear Special Measures Agreement" in paragraph.text for paragraph in document.paragraphs)


def test_the_same_brief_is_the_same_bytes(brief, files):
    assert api.render_word(brief, profile="info") == files["info"]
