"""Every text of a brief is printed, or left out by the form's rule; what is printed nowhere is a warning of `check`."""

import json
from pathlib import Path

import pytest

import reportgen
from reportgen import brand as brands, deck
from reportgen.audit.brief_places import BriefPlaces
from reportgen.audit.decks.expected_slides import list_printed as list_printed_in_deck
from reportgen.audit.memos.expected_pages import expect_body, list_printed
from reportgen.brief import load_brief
from reportgen.brief.traced_brief import list_texts
from reportgen.cli import main
from reportgen.deck.left_out import LEFT_OUT
from reportgen.input.model_validation import parse_path
from reportgen.markup.templates import template_folders
from reportgen.memo.expected_memo import build_expected_memo
from reportgen.memo.profiles import PROFILES
from reportgen.pipeline.coverage import NO_RULE, TECHNICAL, measure_coverage
from reportgen.text.trace import find_paths
from tests.conftest import BUNDLED, INIT, ROOT

BRIEFS = {
    "bundled": BUNDLED,
    "init": INIT,
    "korean": ROOT / "tests/briefs/korean/brief.yaml",
    "arabic": ROOT / "tests/briefs/arabic/brief.yaml",
}
LETTER = (612.0, 792.0)
FORMS = Path(__file__).parent.parent / "docs" / "forms.md"


def memo_prints(brief, profile: str) -> set[str]:
    memo, places = build_expected_memo(brief, profile, LETTER), BriefPlaces(brief)
    return list_printed(memo, expect_body(memo, places).regions, places)


@pytest.mark.parametrize("name", BRIEFS)
@pytest.mark.parametrize("profile", PROFILES)
def test_each_form_prints_every_text_or_leaves_it_out_by_its_rule(name, profile):
    brief = load_brief(BRIEFS[name])
    if PROFILES[profile].missing(brief):
        with pytest.raises(reportgen.BriefError):
            build_expected_memo(brief, profile, LETTER)
        return
    printed, rules = memo_prints(brief, profile), {"memo": PROFILES[profile].leaves_out}
    whole = measure_coverage(brief, {"memo": printed}, rules)
    assert whole.unexplained == ()
    by_words: dict[str, set[str]] = {}
    for path, text in list_texts(brief):
        by_words.setdefault(brief.plain(text), set()).add(path)
    for text in whole.texts:  # the printing of each text deleted in turn
        if text.documents["memo"] == "" and not text.key.startswith("marking"):
            twins = next(paths for paths in by_words.values() if text.key in paths)
            left = measure_coverage(brief, {"memo": printed - twins}, rules)
            why = next(each.documents["memo"] for each in left.texts if each.key == text.key)
            assert why, text.key
            assert text.key in left.unprinted
            if not any(rule.covers(text.key) for rule in PROFILES[profile].leaves_out):
                assert why == NO_RULE


@pytest.mark.parametrize("name", BRIEFS)
def test_the_deck_and_its_notes_print_every_text_or_leave_it_out_by_its_rule(name):
    brief = load_brief(BRIEFS[name])
    brand = brands.load(brief.folder)
    theme = deck.load_theme(brand)
    compiled = deck.compile_brief(brief, brand, template_folders(brief.folder), theme)
    printed, rules = list_printed_in_deck(compiled, theme, BriefPlaces(brief)), {"deck": LEFT_OUT}
    assert measure_coverage(brief, {"deck": printed}, rules).unexplained == ()
    without = printed - {"bottom_line"}
    assert ("deck", "bottom_line") in measure_coverage(brief, {"deck": without}, rules).unexplained


def test_templates_print_no_path_that_the_brief_lacks():
    brief = load_brief(BUNDLED)
    paths = find_paths(deck.compose_html(brief, template_folders(brief.folder)))
    assert len(paths) > 100
    for path in paths:
        keys = parse_path(path)
        assert brief.document.places.get(keys) or brief.document.places.get(keys[:-1]), path


def test_the_rules_are_in_the_documentation():
    page = " ".join(FORMS.read_text(encoding="utf-8").split())
    for profile in PROFILES.values():
        assert f"## {profile.name}" in page
    for rule in (*LEFT_OUT, *(rule for profile in PROFILES.values() for rule in profile.leaves_out)):
        assert rule.why in page, rule.why


@pytest.fixture
def edited(tmp_path):
    """The folder of the brief of `init` with a text that only a template of its own leaves out."""
    (tmp_path / "brief.yaml").write_bytes(INIT.read_bytes())
    (tmp_path / "article.txt").write_bytes(INIT.with_name("article.txt").read_bytes())
    return tmp_path


def leave_out(folder: Path, template: str, words: str) -> None:
    """Write a template of the brief's own without some words of ours."""
    text = (ROOT / "templates" / template).read_text(encoding="utf-8")
    assert words in text
    target = folder / "templates" / template
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace(words, ""), encoding="utf-8")


def test_check_warns_of_a_text_that_is_printed_nowhere(edited, capsys):
    assert main(["check", str(edited / "brief.yaml"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    leave_out(edited, "macros/memo.html", "<p>{{ brief.bottom_line | cited }}</p>")
    leave_out(edited, "deck/briefing.html", "{{ front.bottom_line(brief) }}")
    assert main(["check", str(edited / "brief.yaml"), "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["rule"], found["severity"]) == ("unprinted", "warning")
    assert found["message"] == "bottom_line is printed in no document"
    line = next(at for at, line in enumerate(INIT.read_text().splitlines(), 1) if line.startswith("bottom_line:"))
    assert found["line"] == line
    assert [each.rule for each in reportgen.check(load_brief(edited / "brief.yaml")).findings] == ["unprinted"]


def test_a_template_that_is_broken_leaves_check_as_it_was(edited, capsys):
    (edited / "templates" / "memo").mkdir(parents=True)
    (edited / "templates" / "memo" / "info.html").write_text("{% for %}")
    assert main(["check", str(edited / "brief.yaml"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_build_says_what_is_left_out_and_lists_all(edited, capsys):
    brief, table = str(edited / "brief.yaml"), edited / "coverage.json"
    words = ["build", brief, "--output-dir", str(edited / "out"), "--profile", "onepage"]
    assert main([*words, "--coverage", str(table)]) == 0
    assert "left out: one-page memo: 1 judgment, " in capsys.readouterr().err
    found = json.loads(table.read_text(encoding="utf-8"))
    assert found["documents"] == ["one-page memo", "deck"]
    texts = {text["key"]: text for text in found["texts"]}
    assert texts["bottom_line"]["printed"] == ["one-page memo", "deck"]
    judged = next(text for key, text in texts.items() if ".judgments[" in key)
    assert judged["left_out"]["one-page memo"] == "has room for what we found"
    assert set(texts) == {path for path, _ in list_texts(load_brief(brief)) if not TECHNICAL.match(path)}
    assert main([*words, "--coverage", str(edited / "coverage.txt"), "--no-check", "--overwrite"]) == 0
    lines = (edited / "coverage.txt").read_text(encoding="utf-8").splitlines()
    assert any(line.split() == ["bottom_line", "one-page", "memo,", "deck"] for line in lines)


def test_the_table_replaces_no_input_and_belongs_to_one_brief(edited, capsys):
    brief = str(edited / "brief.yaml")
    before = (edited / "brief.yaml").read_bytes()
    assert main(["build", brief, "--output-dir", str(edited / "out"), "--coverage", brief]) == 2
    assert main(["build", brief, brief, "--output-dir", str(edited / "out"), "--coverage", str(edited / "c.txt")]) == 2
    assert "--coverage names one file" in capsys.readouterr().err
    assert (edited / "brief.yaml").read_bytes() == before
