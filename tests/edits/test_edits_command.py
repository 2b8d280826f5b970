"""`reportgen edits` lists edits on stdout, and writes the brief only when it is told to."""

import io
import json
import os
import sys

import pytest

from reportgen.cli import main
from tests.conftest import INIT
from tests.edits.test_deck_copies import replace

pytestmark = pytest.mark.alone


@pytest.fixture
def folder(tmp_path, small, monkeypatch):
    """A brief and two returned decks: one with a clean edit and a changed fact, and one that contradicts it."""
    (tmp_path / "brief.yaml").write_bytes(INIT.read_bytes())
    (tmp_path / "article.txt").write_bytes((INIT.parent / "article.txt").read_bytes())
    for name, words in (("one.pptx", "sail on"), ("two.pptx", "go on")):
        file = small.open("deck")
        replace(file, "now go elsewhere", words)
        if name == "one.pptx":
            replace(file, "$30\xa0million", "$35 million")
            replace(file, "the pilots expect", "all pilots expect", "notes")
        (tmp_path / name).write_bytes(file.data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_list(folder, capsys):
    before = (folder / "brief.yaml").read_bytes()
    assert main(["edits", "brief.yaml", "one.pptx", "two.pptx"]) == 0
    text = capsys.readouterr().out
    assert "[1] brief.yaml:" in text
    assert "in one.pptx, slide 2, “body”" in text
    assert "by hand: the fact dredging is a little less than $30 million in the source" in text
    assert "conflict: [" in text
    assert "4 edits in 2 copies; 1 clean; " in text
    assert (folder / "brief.yaml").read_bytes() == before


def test_json(folder, capsys):
    assert main(["edits", "brief.yaml", "one.pptx", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    first = next(each for each in report["edits"] if each["clean"])
    assert {"key", "file", "line", "old", "new", "copies", "check", "kind", "question", "conflicts"} <= set(first)
    assert report["files"][0]["kind"] == "deck"


def test_all_clean_writes_what_check_passes_and_nothing_else(folder, capsys):
    before = (folder / "brief.yaml").read_bytes()
    assert main(["edits", "brief.yaml", "one.pptx", "two.pptx", "--apply", "--all-clean"]) == 0
    assert "1 edit written into brief.yaml" in capsys.readouterr().out
    assert (folder / "brief.yaml").read_bytes() == before.replace(b"the pilots expect", b"all pilots expect")


def test_one_by_one(folder, capsys, monkeypatch):
    answers = io.StringIO("what\nn\ny\n")
    answers.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", answers)
    before = (folder / "brief.yaml").read_bytes()
    assert main(["edits", "brief.yaml", "one.pptx", "--apply"]) == 0
    shown = capsys.readouterr()
    assert "take it? y, n or q:" in shown.err
    assert (folder / "brief.yaml").read_bytes() == before.replace(b"the pilots expect", b"all pilots expect")


def test_a_late_copy_is_carried_over_to_the_brief_as_it_is(folder, capsys):
    (folder / "sent.yaml").write_bytes((folder / "brief.yaml").read_bytes())
    now = (
        (folder / "brief.yaml").read_text("utf-8")
        .replace("Decide on the turning basin before ${season}.", "Before ${season}, decide on the basin.")
        .replace("the pilots expect", "all pilots expect")
        .replace("bottom_line:", "subtitle: A second thought\nbottom_line:")
    )  # fmt: skip
    (folder / "brief.yaml").write_text(now, "utf-8")
    arguments = ["edits", "brief.yaml", "one.pptx", "--base", "sent.yaml"]
    assert main([*arguments, "--format", "json"]) == 0
    edits = json.loads(capsys.readouterr().out)["edits"]
    assert [(each["key"], each["after"], each["applicable"]) for each in edits] == [
        ("bottom_line", "35", False), ("bottom_line", "sail on", True),
    ]  # fmt: skip
    assert main([*arguments, "--apply", "--all-clean"]) == 0
    assert (folder / "brief.yaml").read_text("utf-8") == now.replace("now go elsewhere", "sail on")


def test_words_that_were_changed_meanwhile_are_a_question(folder, capsys):
    (folder / "sent.yaml").write_bytes((folder / "brief.yaml").read_bytes())
    now = (folder / "brief.yaml").read_text("utf-8").replace("now go elsewhere", "moor elsewhere")
    (folder / "brief.yaml").write_text(now, "utf-8")
    assert main(["edits", "brief.yaml", "two.pptx", "--base", "sent.yaml"]) == 0
    assert "the brief says something else there since the copy went out: “Decide on" in capsys.readouterr().out


def test_the_end_of_the_answers_stops(folder, monkeypatch):
    answers = io.StringIO("y\nq\n")
    answers.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", answers)
    before = (folder / "brief.yaml").read_bytes()
    assert main(["edits", "brief.yaml", "one.pptx", "--apply"]) == 0
    assert (folder / "brief.yaml").read_bytes() == before.replace(b"now go elsewhere", b"sail on")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--all-clean"], 2, "--all-clean needs --apply"),
        (["--apply"], 2, "nobody is at the terminal to choose the edits"),
        (["missing.pptx"], 7, "missing.pptx"),
        (["brief.yaml"], 7, "neither a PowerPoint deck nor a Word document"),
    ],
)
def test_what_is_refused(folder, capsys, monkeypatch, arguments, code, message):
    monkeypatch.setattr(sys, "stdin", open(os.devnull, encoding="utf-8"))  # noqa: SIM115
    assert main(["edits", "brief.yaml", "one.pptx", *arguments]) == code
    assert message in capsys.readouterr().err
