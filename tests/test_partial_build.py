"""A deck that cannot be made does not keep the memo from being written, and is said."""

import pytest

import reportgen
from reportgen.cli import main
from tests.conftest import INIT

LONG = "title: Long ships are ${long-ships} of all calls\n    subtitle"
TOO_LONG = "title: " + "Long ships are a part of all of the calls of that year " * 12 + "\n    subtitle"


@pytest.fixture
def brief(write_brief, tmp_path):
    """Write the small brief beside its article."""
    (tmp_path / "article.txt").write_bytes((INIT.parent / "article.txt").read_bytes())
    return write_brief


@pytest.fixture
def theme(tmp_path):
    path = tmp_path / "house.pptx"
    path.write_bytes(b"no theme at all")
    return path


def test_a_theme_that_is_none_leaves_the_memo(brief, theme, tmp_path, capsys):
    path = brief()
    assert main(["build", str(path), "--output-dir", str(tmp_path / "out"), "--theme", str(theme)]) == 6
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["harbor-memo.pdf"]
    said = capsys.readouterr()
    assert "harbor-memo.pdf" in said.out
    assert "the theme is not a PowerPoint file" in said.err
    assert "warning: the memo was written, the deck was not" in said.err


def test_slides_that_do_not_fit_leave_the_memo_and_an_earlier_deck(brief, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["build", str(brief()), "--output-dir", str(out)]) == 0
    deck = (out / "harbor-deck.pptx").read_bytes()
    path = brief((LONG, TOO_LONG))
    assert main(["build", "--no-check", str(path), "--output-dir", str(out)]) == 5
    assert (out / "harbor-deck.pptx").read_bytes() == deck
    assert f"{out / 'harbor-deck.pptx'} is of an earlier build" in capsys.readouterr().err


def test_the_library_raises_after_the_memo_was_written(brief, theme, tmp_path):
    with pytest.raises(reportgen.TemplateError, match="not a PowerPoint file"):
        reportgen.build(brief(), tmp_path / "out", theme=theme)
    assert (tmp_path / "out/harbor-memo.pdf").is_file()
    (outcome,) = reportgen.build_all([brief()], tmp_path / "all", theme=theme)
    assert outcome.build
    assert isinstance(outcome.error, reportgen.TemplateError)


def test_a_packet_is_never_given_without_its_deck(brief, theme, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("name,email,documents\nAda Lind,ada@example.org,memo deck\n")
    assert (
        main(
            [
                "distribute",
                str(brief()),
                "--to",
                str(people),
                "--output-dir",
                str(tmp_path / "packets"),
                "--theme",
                str(theme),
            ]
        )
        != 0
    )
    assert not list(tmp_path.glob("packets/**/*.pdf"))
