"""What the documentation says is so."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pptx
import pytest

from reportgen.brief import load_brief
from reportgen.cli import parser
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def run(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )


@pytest.fixture(scope="module")
def readme_brief(tmp_path_factory):
    """The brief that the README shows, as a file."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "brief.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    return folder


def test_the_commands_of_the_readme_work(tmp_path):
    shutil.copy(Path(pptx.__file__).parent / "templates/default.pptx", tmp_path / "agency.pptx")
    lines = [line.removeprefix("$ reportgen ") for block in blocks("console") for line in block.splitlines()]
    assert len(lines) >= 2
    for line in lines:
        done = run(*shlex.split(line), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "build" / "harbor-memo.pdf").is_file()
    assert (tmp_path / "build" / "harbor-deck.pptx").is_file()


def test_the_brief_of_the_readme_builds_in_the_brand_of_the_readme(readme_brief):
    (readme_brief / "_brand.yml").write_text(blocks("yaml")[1], encoding="utf-8")
    done = run("build", "--no-check", cwd=readme_brief)  # its article is not here
    assert done.returncode == 0, done.stderr


def test_the_marking_of_the_readme_is_one(write_brief):
    marks = load_brief(write_brief(add=f"\n{blocks('yaml')[2]}")).marks
    assert marks.lines == ("CUI//SP-PRVCY", "EMBARGOED UNTIL January 20, 2021, 6:00 a.m. EST")
    assert "Distribution/Dissemination Control: B" in marks.block


def test_the_brief_of_the_readme_lacks_nothing_but_its_article(readme_brief):
    done = run("check", cwd=readme_brief)
    assert done.returncode == 4
    assert done.stderr.count("error: ") == 1
    assert "was ever verified" in done.stderr


def test_the_python_of_the_readme_runs(readme_brief):
    done = subprocess.run(
        [sys.executable, "-c", blocks("python")[0]],
        cwd=readme_brief,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr.decode()


def test_the_table_of_commands_is_whole():
    commands = next(action for action in parser()._actions if action.choices).choices
    assert set(re.findall(r"^\| `reportgen (\w+)", README, re.MULTILINE)) == set(commands)


def test_the_pictures_are_there():
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 3
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_each_room_stands_in_the_architecture():
    rooms = {
        path.name if path.suffix else f"{path.name}/"
        for path in (ROOT / "reportgen").iterdir()
        if not path.name.startswith("_") and path.suffix in ("", ".py")
    }
    listed = set(re.findall(r"`([a-z]+(?:\.py|/))`", ARCHITECTURE))
    assert rooms - listed == set()


def test_each_module_that_the_documents_name_exists():
    for text in (ARCHITECTURE, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        for name in re.findall(r"`(?:reportgen/)?([a-z]+/[a-z_]+\.py)`", text):
            assert (ROOT / "reportgen" / name).is_file(), name


def test_the_version_has_its_place_in_the_changelog():
    from reportgen import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
