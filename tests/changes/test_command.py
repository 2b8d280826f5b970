"""`reportgen changes` on the command line."""

import json

import pytest

from reportgen.cli import main
from reportgen.system.errors import ExitCode
from tests.conftest import BUNDLED, INIT


def test_it_prints_numbers_with_their_evidence_and_texts_with_marks(edit, capsys):
    new = edit(("value: 30, unit", "value: 35, unit"), ("a survey begun now", "a study begun now"))
    assert main(["changes", str(INIT), str(new.parent)]) == ExitCode.OK
    printed = capsys.readouterr().out
    assert "dredging: a little less than $30 million → a little less than $35 million" in printed
    assert "¶2" in printed
    assert "brief.yaml:48: bottom_line" in printed or "bottom_line" in printed
    assert "a [-survey-]{+study+} begun now costs no season" in printed


def test_json_has_every_change(edit, capsys):
    new = edit(("value: 30, unit", "value: 35, unit"), ("a survey begun now", "a study begun now"))
    assert main(["changes", str(INIT), str(new), "--format", "json"]) == ExitCode.OK
    found = json.loads(capsys.readouterr().out)
    assert [number["fact"] for number in found["numbers"]] == ["dredging"]
    (text,) = found["texts"]
    assert (text["action"], text["new"]["path"]) == ("reworded", "topics[1].judgments[0].text")
    assert found["old"]["date"] == "2026-02-10"


def test_nothing_changed_is_said(edit, capsys):
    assert main(["changes", str(INIT), str(edit())]) == ExitCode.OK
    assert "no words or numbers changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("make", "code", "message"),
    [
        (lambda _folder: BUNDLED, ExitCode.OK, "two different briefs"),
        (lambda folder: folder / "nothing.yaml", ExitCode.FILE, "there is no such file"),
        (lambda folder: folder, ExitCode.FILE, "a folder without"),
        (lambda _folder: INIT.parent / "recipients.csv", ExitCode.FILE, "not a document"),
    ],
)
def test_what_cannot_be_compared_is_said(make, code, message, tmp_path, capsys):
    assert main(["changes", str(INIT), str(make(tmp_path))]) == code
    assert message in capsys.readouterr().err
