"""A template is compiled once, and again when its text has changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.markup.templates import load_template, render_template
from reportgen.system.errors import TemplateError

ROOT = Path(__file__).parent.parent.parent
BRIEF = ROOT / "data" / "us-korea-2020" / "brief.yaml"


def test_a_changed_template_is_compiled_anew(tmp_path):
    template = tmp_path / "page.html"
    for text in ("one {{ word }}", "two {{ word }}", "two {{ word }}"):
        template.write_text(text, encoding="utf-8")
        os.utime(template, (0, 0))
        assert render_template("page.html", [tmp_path], {}, word="x") == text.replace("{{ word }}", "x")


def test_the_limit_on_steps_holds_for_each_filling_of_a_template(tmp_path):
    (tmp_path / "letter.txt").write_text("{% for each in many %}{% endfor %}{{ word }}", encoding="utf-8")
    fill = load_template("letter.txt", [tmp_path], {}, escape=False)
    for word in "abc":
        assert fill(word=word, many=tuple(range(150_000))) == word
    with pytest.raises(TemplateError, match="200,000 steps"):
        fill(word="d", many=tuple(range(200_001)))
    assert fill(word="e", many=()) == "e"


@pytest.fixture(scope="module")
def compiled_modules(tmp_path_factory) -> Path:
    """A folder of compiled code as a first deck leaves it, without that of templates: other modules are compiled once."""
    folder = tmp_path_factory.mktemp("compiled")
    deck_of(folder, BRIEF)
    for code in cached_codes(folder):
        code.unlink()
    return folder / "code"


@pytest.fixture
def place(tmp_path, compiled_modules) -> Path:
    """A folder for a deck, and beside it the compiled modules."""
    shutil.copytree(compiled_modules, tmp_path / "code", copy_function=os.link)
    return tmp_path


def deck_of(folder: Path, brief: Path, **environment: str) -> bytes:
    target = folder / "deck.pptx"
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = inherited | {"PYTHONPYCACHEPREFIX": str(folder / "code")} | environment
    words = [sys.executable, "-m", "reportgen", "deck", str(brief), "-o", str(target)]
    subprocess.run(words, check=True, env=environment, cwd=ROOT, capture_output=True)
    return target.read_bytes()


def cached_codes(folder: Path) -> list[Path]:
    return sorted((folder / "code").rglob("*.html*.pyc"))


def test_the_code_of_our_templates_is_cached_like_that_of_modules(place):
    assert cached_codes(place) == []
    first = deck_of(place, BRIEF)
    codes = cached_codes(place)
    assert [code.name.partition(".")[0] for code in codes] == ["briefing", "deck", "front"]
    dates = [code.stat().st_mtime_ns for code in codes]
    assert deck_of(place, BRIEF) == first
    assert [code.stat().st_mtime_ns for code in codes] == dates


def test_damaged_code_is_compiled_again(place):
    first = deck_of(place, BRIEF)
    for code in cached_codes(place):
        code.write_bytes(code.read_bytes()[:-100] + bytes(100))
    damaged = [code.read_bytes() for code in cached_codes(place)]
    assert deck_of(place, BRIEF) == first
    assert all(code.read_bytes() != data for code, data in zip(cached_codes(place), damaged, strict=True))


def test_code_of_templates_beside_a_brief_is_not_cached_nor_any_where_python_caches_none(place):
    beside = place / "brief"
    shutil.copytree(BRIEF.parent, beside)
    shutil.copytree(ROOT / "templates", beside / "templates", ignore=shutil.ignore_patterns("__pycache__"))
    deck_of(place, beside / BRIEF.name)
    deck_of(place, BRIEF, PYTHONDONTWRITEBYTECODE="1")
    assert cached_codes(place) == []
