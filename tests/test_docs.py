"""The documentation is true: its commands run, its examples are valid, its lists are complete, its links lead somewhere."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pptx
import pytest
from pydantic import create_model

from reportgen.brand.brandfile import BrandFile
from reportgen.brief import load_brief
from reportgen.brief.argument import Section
from reportgen.brief.model import Brief
from reportgen.charts import AnyExhibit
from reportgen.cli import build_parser
from reportgen.distribution.recipients.columns import COLUMNS
from reportgen.evidence import check
from reportgen.input.field_types import Model
from reportgen.input.yamlfile import parse_yaml
from reportgen.memo.profiles import PROFILES
from reportgen.pipeline.documents import build
from reportgen.system.errors import ExitCode
from tests.conftest import INIT, ROOT

DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
GENERATED = {"reference.md", "rules.md"}  # each has tests of its own
PAGES = {"README.md": README, **{name: text for name, text in DOCS.items() if name not in {*GENERATED, "api.md"}}}


def blocks(text, language):
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def run(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "REPORTGEN_CACHE_DIR": os.environ["REPORTGEN_CACHE_DIR"]},
    )


# The commands that the pages show


@pytest.fixture
def desk(tmp_path):
    """A folder as a reader of the pages has it: the starter brief, and a house's template."""
    shutil.copytree(INIT.parent, tmp_path / "my-brief")
    shutil.copy(Path(pptx.__file__).parent / "templates/default.pptx", tmp_path / "agency.pptx")
    return tmp_path


@pytest.mark.parametrize("page", [name for name, text in PAGES.items() if "```console" in text])
def test_the_commands_of_a_page_work(page, desk):
    if page in ("README.md", "first-brief.md"):
        shutil.rmtree(desk / "my-brief")  # `init` writes it
    lines = [line for block in blocks(PAGES[page], "console") for line in block.splitlines()]
    assert lines
    assert all(line.startswith("$ reportgen ") for line in lines)
    for line in lines:
        script = f'reportgen() {{ "{sys.executable}" -m reportgen "$@"; }}\n{line.removeprefix("$ ")}'
        done = subprocess.run(
            ["/bin/sh", "-c", script],
            cwd=desk,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(ROOT), "PATH": "", "REPORTGEN_CACHE_DIR": os.environ["REPORTGEN_CACHE_DIR"]},
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"


def test_the_first_commands_build_both_documents(tmp_path):
    assert run("init", "my-brief", cwd=tmp_path).returncode == 0
    assert run("build", "my-brief/brief.yaml", cwd=tmp_path).returncode == 0
    for name in ("harbor-memo.pdf", "harbor-deck.pptx"):
        assert (tmp_path / "build" / name).is_file()
        assert f"`build/{name}`" in README


# The brief of the README, and the YAML of the pages


@pytest.fixture(scope="module")
def readme_brief(tmp_path_factory):
    """The brief that the README shows, as a file."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "brief.yaml").write_text(blocks(README, "yaml")[0], encoding="utf-8")
    return folder


def test_the_brief_of_the_readme_builds_in_the_brand_of_the_themes_page(readme_brief):
    (readme_brief / "_brand.yml").write_text(blocks(DOCS["themes.md"], "yaml")[0], encoding="utf-8")
    done = run("build", "--no-check", cwd=readme_brief)  # its article is not here
    assert done.returncode == 0, done.stderr


def test_the_brief_of_the_readme_lacks_nothing_but_its_article(readme_brief):
    done = run("check", cwd=readme_brief)
    assert done.returncode == 4
    assert done.stderr.count("error: ") == 1
    assert "was ever verified" in done.stderr


def test_the_marking_of_its_page_is_one(write_brief):
    marks = load_brief(write_brief(add=f"\n{blocks(DOCS['markings.md'], 'yaml')[1]}")).marks
    assert marks.lines == ("CUI//SP-PRVCY", "EMBARGOED UNTIL January 20, 2021, 6:00 a.m. EST")
    assert "Distribution/Dissemination Control: B" in marks.block


YAML = [
    pytest.param(block, id=f"{name}-{number}")
    for name, text in PAGES.items()
    if name not in ("README.md", "exhibits.md", "data.md")  # whose blocks are built
    for number, block in enumerate(blocks(text, "yaml"), 1)
]


@pytest.mark.parametrize("block", YAML)
def test_the_yaml_of_the_pages_is_valid(block):
    document = parse_yaml(block, "the block")
    assert document.problems == ()
    if document.data.keys() <= BrandFile.model_fields.keys():
        BrandFile.model_validate(document.data)
        return
    keys = {info.alias or name: (name, info, model) for model in (Section, Brief) for name, info in model.model_fields.items()}  # fmt: skip
    for key, value in document.data.items():
        name, info, model = keys[key]
        create_model("OneKey", __base__=Model, **{name: (model.__annotations__[name], info)}).model_validate(
            {key: value}
        )


def test_the_exhibits_of_their_page_are_all_kinds_and_build(tmp_path):
    parts = [parse_yaml(block, "the block").data for block in blocks(DOCS["exhibits.md"], "yaml")]
    exhibits = {name: exhibit for part in parts for name, exhibit in part["exhibits"].items()}
    brief = parse_yaml(INIT.read_text(encoding="utf-8"), "brief.yaml").data
    brief["facts"] |= {name: fact for part in parts for name, fact in part.get("facts", {}).items()}
    brief |= {"exhibits": exhibits, "topics": [{"kind": "opportunity", "title": "All", "exhibits": [*exhibits]}]}
    (tmp_path / "brief.yaml").write_text(json.dumps(brief), encoding="utf-8")
    build(tmp_path / "brief.yaml", tmp_path, check=False)
    kinds = {
        kind
        for model in AnyExhibit.__origin__.__args__
        for kind in model.model_fields["kind"].annotation.__args__
    }  # fmt: skip
    assert {exhibit["kind"] for exhibit in exhibits.values()} == kinds
    assert (
        set(re.findall(r"`([a-z]+)`", " ".join(re.findall(r"^## (.*)$", DOCS["exhibits.md"], re.MULTILINE)))) == kinds
    )


def test_the_chart_of_the_page_on_data_is_drawn_from_its_file(tmp_path):
    part = parse_yaml(blocks(DOCS["data.md"], "yaml")[0], "the block").data
    (tmp_path / "trade.csv").write_text(blocks(DOCS["data.md"], "csv")[0], encoding="utf-8")
    shutil.copy(INIT.parent / "article.txt", tmp_path)
    brief = parse_yaml(INIT.read_text(encoding="utf-8"), "brief.yaml").data
    for key in ("sources", "facts", "exhibits"):
        brief[key] = brief.get(key, {}) | part[key]
    points = ["Exports were ${exports} in 2021, imports ${imports}, a gap of ${gap}."]
    brief["topics"].append({"kind": "friction", "title": "Trade grows", "points": points, "exhibits": ["trade"]})
    (tmp_path / "brief.yaml").write_text(json.dumps(brief), encoding="utf-8")
    loaded = load_brief(tmp_path / "brief.yaml")
    assert (
        loaded.plain(points[0]).replace("\u00a0", " ")
        == "Exports were $12.5 billion in 2021, imports $14.0 billion, a gap of $1.5 billion."
    )
    assert loaded.locators(loaded.fact_quotes("exports")) == "Customs Office (2022), trade.csv, B5"
    assert [str(finding.diagnostic) for finding in check(loaded).findings] == []


# Lists that are complete


def _commands(whole):
    """Each command with its parser, "theme inspect" as one."""
    for name, each in next(action for action in whole._actions if action.choices).choices.items():
        inner = [action for action in each._actions if isinstance(action, argparse._SubParsersAction)]
        if inner:
            yield from ((f"{name} {below}", found) for below, found in inner[0].choices.items())
        else:
            yield name, each


COMMANDS = dict(_commands(build_parser()))


def _section(text, heading):
    return text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def _first_column(text):
    """The words in backticks in the first cells of tables."""
    cells = re.findall(r"^\|((?:\\\||[^|\n])*)\|", text, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_the_readme_is_short():
    assert README.count("\n") <= 150


def test_the_table_of_commands_is_complete():
    listed = {
        " ".join(re.findall(r"[a-z]+", row)) for row in re.findall(r"^\| `reportgen ([a-z ]+)", README, re.MULTILINE)
    }
    assert listed == set(COMMANDS)


def test_the_page_of_commands_has_each_command():
    assert set(re.findall(r"^## `reportgen ([a-z ]+)`", DOCS["commands.md"], re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_of_commands_has_each_option(name):
    section = _section(DOCS["commands.md"], f"`reportgen {name}`")
    options = {string for action in COMMANDS[name]._actions for string in action.option_strings} - {"-h", "--help"}
    assert {option.split(" ")[0] for option in _first_column(section)} == options


def test_the_page_of_commands_has_the_exit_codes():
    codes = re.findall(r"^\| (\d+) \|", _section(DOCS["commands.md"], "Exit codes"), re.MULTILINE)
    assert [int(code) for code in codes] == [*ExitCode]


def test_the_page_of_commands_has_our_environment_variables():
    used = {
        name
        for path in (ROOT / "reportgen").rglob("*.py")
        for name in re.findall(r'"(REPORTGEN_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    listed = _first_column(_section(DOCS["commands.md"], "Environment variables"))
    assert {name for name in listed if name.startswith("REPORTGEN_")} == used


def test_the_forms_of_the_memo_are_complete():
    assert _first_column(_section(DOCS["memo.md"], "Forms")) == set(PROFILES)


def test_the_columns_of_the_list_are_complete():
    listed = _first_column(_section(DOCS["distribute.md"], "The list of recipients"))
    assert {name.replace(" ", "_") for name in listed} == set(COLUMNS)


def test_the_templates_are_complete():
    names = {name for name in _first_column(DOCS["templates.md"]) if "/" in name}
    templates = ROOT / "templates"
    assert all(list(templates.glob(name)) for name in names)
    found = {path for name in names for path in templates.glob(name)} | {templates / "memo/base.html"}
    assert found == {path for path in templates.rglob("*.*") if path.parent.name not in ("init", "__pycache__")}


# Links and names


def _anchors(text):
    """The anchors of a page's headings."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


LINKED = {"README.md": README, "CONTRIBUTING.md": CONTRIBUTING, **{f"docs/{name}": text for name, text in DOCS.items()}}


@pytest.mark.parametrize("page", LINKED)
def test_each_link_leads_somewhere(page):
    folder = (ROOT / page).parent
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", LINKED[page])):
        if target.startswith("http"):
            continue
        file, _, anchor = target.partition("#")
        path = folder / file if file else ROOT / page
        assert path.is_file(), target
        if anchor:
            assert anchor in _anchors(path.read_text(encoding="utf-8")), target


def test_each_page_is_linked_from_the_readme():
    assert set(re.findall(r"\(docs/([a-z-]+\.md)", README)) == {*DOCS, "api.md"}


def test_each_room_stands_in_the_architecture():
    rooms = {
        path.name if path.suffix else f"{path.name}/"
        for path in (ROOT / "reportgen").iterdir()
        if not path.name.startswith("_") and path.suffix in ("", ".py")
    }
    listed = set(re.findall(r"`([a-z]+(?:\.py|/))`", ARCHITECTURE))
    assert rooms - listed == set()


def test_each_module_that_the_documents_name_exists():
    for text in (ARCHITECTURE, CONTRIBUTING):
        for name in re.findall(r"`(?:reportgen/)?([a-z]+/[a-z_]+\.py)`", text):
            assert (ROOT / "reportgen" / name).is_file() or (ROOT / name).is_file(), name


def test_each_target_that_contributors_are_told_of_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)", CONTRIBUTING):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_version_has_its_place_in_the_changelog():
    from reportgen import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
