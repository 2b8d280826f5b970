"""The lock: what was verified counts without the text, an edited quote does not, and a failing check touches nothing."""

import json
from datetime import date
from pathlib import Path

import pytest

from reportgen.brief import load_brief
from reportgen.evidence import LOCK_NAME, assign_sources, check
from reportgen.system.errors import FileError, UsageError
from tests.conftest import BUNDLED

from .conftest import ARTICLE, BRIEF

DAY = date(2024, 3, 1)


def checked(folder: Path, **changes):
    return check(load_brief(folder / "brief.yaml"), **changes)


@pytest.fixture
def locked(folder: Path) -> Path:
    """A folder with a brief and its lock, without the article."""
    lock = checked(folder, today=DAY).lock
    assert lock is not None
    (folder / LOCK_NAME).write_bytes(lock)
    (folder / "article.txt").rename(folder / "elsewhere.txt")
    return folder


def edit(folder: Path, old: str, new: str) -> None:
    assert old in BRIEF
    (folder / "brief.yaml").write_text(BRIEF.replace(old, new), encoding="utf-8")


def messages(report) -> list[str]:
    return [finding.message for finding in report.findings]


def test_without_the_text_quotes_count_as_verified_on_the_day(locked):
    report = checked(locked)
    assert report.passed
    assert report.lock is None
    assert report.summary() == "5 quotes verified on 2024-03-01; no findings"
    assert {(item.quote, item.paragraph, item.on) for item in report.verified} >= {("mayor", 3, "2024-03-01")}


def test_the_lock_holds_no_word_of_the_article(locked):
    text = (locked / LOCK_NAME).read_text(encoding="utf-8")
    assert "passengers" not in text
    assert "Mayor" not in text
    assert set(json.loads(text)) == {"about", "version", "sources", "quotes", "names"}


def test_the_same_evidence_gives_the_same_bytes(folder):
    first, second = checked(folder, today=DAY).lock, checked(folder, today=DAY).lock
    assert first == second
    (folder / LOCK_NAME).write_bytes(first)
    assert checked(folder, today=date(2025, 1, 1)).lock is None, "nothing new: the day of the verification stays"


def test_the_typography_of_a_quote_may_change(locked):
    edit(locked, '"we do not rule out the multiyear lease"', '"We do not rule out the multiyear lease."')
    assert checked(locked).passed


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("7.5 percent more", "7.6 percent more", 'the quote "riders" was edited after it was verified on 2024-03-01'),
        ("paragraph: 3, speaker", "paragraph: 2, speaker", 'the quote "mayor" was found in ¶3, not in ¶2'),
        (
            "speaker: Mayor Lin",
            "speaker: Mayor Lynn",
            'the quote "mayor" was edited after it was verified on 2024-03-01',
        ),
        ("  mayor: {", "  major: {", 'the quote "major" was never verified'),
        (
            "the harbor office",
            "the harbor master",
            'that the fact "cost" comes from the harbor master was never verified',
        ),
    ],
)
def test_an_edited_quote_is_an_error_until_it_is_verified_again(locked, old, new, message):
    edit(locked, old, new)
    if "major" in new:
        text = (locked / "brief.yaml").read_text().replace("[@mayor]", "[@major]")
        (locked / "brief.yaml").write_text(text)
    assert message in messages(checked(locked))
    assert checked(locked).lock is None


def test_without_text_and_lock_there_is_one_error(folder):
    (folder / "article.txt").unlink()
    report = checked(folder)
    assert 'none of the 5 quotes from "example" was ever verified' in messages(report)
    assert sum("verified" in message for message in messages(report)) == 2  # the quotes, and whose number it is
    assert report.lock is None


def test_a_failing_check_gives_no_lock(folder):
    edit(folder, "7.5 percent more", "7.6 percent more")
    assert checked(folder).lock is None
    edit(folder, "${growth} more", "9 percent more")
    assert checked(folder).lock is None


def test_a_silenced_quote_is_not_verified(folder):
    text = BRIEF.replace("7.5 percent more", "7.6 percent more").replace("value: 7.5", "value: 7.6")
    (folder / "brief.yaml").write_text(text + "\nsilence: [{rule: quote, reason: I know better}]\n", encoding="utf-8")
    report = checked(folder)
    assert [item.finding.rule for item in report.silenced] == ["quote"]
    assert report.lock is None


def test_another_text_is_verified_anew(locked):
    (locked / "article.txt").write_text(ARTICLE + "\nA last paragraph.\n", encoding="utf-8")
    report = checked(locked, today=date(2025, 5, 5))
    assert report.passed
    assert json.loads(report.lock)["sources"]["example"]["verified"] == "2025-05-05"


def test_the_text_may_be_named(locked):
    brief = load_brief(locked / "brief.yaml")
    path = str(locked / "elsewhere.txt")
    assert assign_sources(brief, [path]) == assign_sources(brief, [f"example={path}"]) == {"example": Path(path)}
    report = check(brief, assign_sources(brief, [path]), today=DAY)
    assert all(item.on is None for item in report.verified)
    with pytest.raises(UsageError, match="no source"):
        check(brief, {"exampel": Path(path)})
    with pytest.raises(FileError, match="no such file"):
        check(brief, {"example": locked / "none.txt"})


def test_the_source_must_be_named_where_there_are_two(folder):
    second = "\n  other: {author: B, title: Other, published: '2024'}\nquotes:"
    edit(folder, "\nquotes:", second)
    with pytest.raises(UsageError, match="--source example="):
        assign_sources(load_brief(folder / "brief.yaml"), ["a.txt"])


def test_a_source_may_not_lead_out_of_the_folder(folder):
    edit(folder, "file: article.txt", "file: ../article.txt")
    with pytest.raises(FileError, match="outside the brief's folder"):
        checked(folder)


@pytest.mark.parametrize(
    "text", ["", "{}", "not json", '{"version": 1}', '{"version": 1, "sources": [], "quotes": 5, "names": {}}']
)
def test_a_damaged_lock_is_refused(locked, text):
    (locked / LOCK_NAME).write_text(text)
    with pytest.raises(FileError, match="is damaged"):
        checked(locked)


def test_a_newer_lock_is_refused(locked):
    (locked / LOCK_NAME).write_text('{"version": 2}')
    with pytest.raises(FileError, match="version 2; this program reads version 1"):
        checked(locked)


def test_pages_that_could_not_be_read_are_noted(folder):
    from .test_sources import page, pdf_bytes

    lines = list(ARTICLE.replace("“", '"').replace("”", '"').split("\n"))
    (folder / "article.pdf").write_bytes(pdf_bytes([page(1, *lines[4:]), []]))
    report = check(load_brief(folder / "brief.yaml"), {"example": folder / "article.pdf"})
    assert report.notes == (f"{folder / 'article.pdf'}: no text on page 2; it was not searched",)


def test_the_bundled_brief_verifies_without_its_article():
    report = check(load_brief(BUNDLED))
    assert report.passed
    assert report.findings == ()
    assert {item.on for item in report.verified} != {None}
    assert len(report.as_dict()["quotes"]) == len(load_brief(BUNDLED).quotes)
    json.dumps(report.as_dict())
