"""`draft`: a first brief from articles, in which nothing is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from reportgen import BriefError, FileError, UsageError, check, draft_brief, load_brief, render_deck, render_memo
from reportgen.cli import main
from tests.drafting.articles import FERRY, KOREAN, PAGE


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def draft(tmp_path: Path, name: str = "ferry.md", text: str = FERRY):
    """Draft a brief of an article, and write it."""
    drafted = draft_brief([write(tmp_path, name, text)])
    for path, data in drafted.files.items():
        path.write_bytes(data)
    return drafted, yaml.safe_load(drafted.path.read_text(encoding="utf-8"))


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run a command in the test's folder."""

    def run_command(*arguments: str) -> Done:
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        code = main(list(arguments))
        return Done(code, *capsys.readouterr())

    return run_command


def test_facts_have_what_the_text_states(tmp_path: Path) -> None:
    _, brief = draft(tmp_path)
    facts = [{key: value for key, value in fact.items() if key != "quote"} for fact in brief["facts"].values()]
    assert {"value": 2.4, "unit": "million passengers", "as_of": "2023"} in facts
    assert {"value": 1.9, "unit": "million passengers", "as_of": "2019"} in facts or {
        "value": 1.9,
        "unit": "million",
        "as_of": "2019",
    } in facts
    assert {"value": 6.5, "unit": "%"} in facts
    assert {"value": 40, "unit": "%", "bound": "about", "attributed_to": "auditor general"} in facts
    assert {
        "value": 85,
        "unit": "US$ million",
        "status": "forecast",
        "condition": "if no new vessel is ordered",
    } in facts
    assert {"low": 60, "high": 75, "unit": "US$ million"} in facts
    assert any(str(fact.get("value")) == "2025-06-30" for fact in facts)


def test_source_is_as_the_file_states_it(tmp_path: Path) -> None:
    _, brief = draft(tmp_path)
    (source,) = brief["sources"].values()
    assert source["author"] == "Mara Quint"
    assert source["title"] == "The Ferry Fleet Is Older Than Its Passengers Think"
    assert source["published"] == "March 4, 2024"


def test_page_states_its_publication_in_its_head(tmp_path: Path) -> None:
    _, brief = draft(tmp_path, "wells.html", PAGE)
    (source,) = brief["sources"].values()
    assert source == {
        "author": "Ines Okafor",
        "title": "Wells run dry in the valley",
        "publisher": "The Valley Post",
        "published": source["published"],
        "url": "https://valleypost.example/wells",
        "file": "wells.html",
    }
    assert str(source["published"]) == "2024-05-02"
    assert brief["language"] == "en-GB"


def test_check_finds_gaps_alone(tmp_path: Path) -> None:
    drafted, _ = draft(tmp_path)
    report = check(load_brief(drafted.path))
    assert {finding.rule for finding in report.findings} == {"gap"}
    assert len(report.findings) == len(drafted.gaps)
    assert len(report.verified) == drafted.quotes


def test_every_text_is_the_article_or_a_gap(tmp_path: Path) -> None:
    _, brief = draft(tmp_path)
    words = " ".join(FERRY.split())
    for topic in brief["topics"]:
        assert topic["title"] in words or topic["title"].startswith("TODO: ")
        for point in topic["points"]:
            quoted = point[1 : point.rindex("”")].replace("\\$", "$")
            assert quoted in words
    for exhibit in brief["exhibits"].values():
        assert exhibit["title"].startswith("TODO: ")
        for item in exhibit.get("events", []):
            assert item["title"] in words or item["title"][:1].lower() + item["title"][1:] in words


def test_advice_is_the_articles_own(tmp_path: Path) -> None:
    _, brief = draft(tmp_path)
    (advice,) = brief["recommendations"]
    assert advice["title"].startswith(
        "“The council should order two vessels before the subsidy ends on June 30, 2025.”"
    )
    assert advice["lead"] == "The council"


def test_numbers_carry_charts(tmp_path: Path) -> None:
    _, brief = draft(tmp_path)
    kinds = {exhibit["kind"]: exhibit for exhibit in brief["exhibits"].values()}
    assert [bar["label"] for bar in kinds["column"]["bars"]] == ["2019", "2023"]
    assert [part["label"] for part in kinds["share"]["parts"]] == ["Hulls", "Engines", "Docks"]
    assert [event["title"][:11] for event in kinds["timeline"]["events"]] == [
        "The authori",
        "The state t",
        "The council",
    ]
    placed = [name for topic in brief["topics"] for name in topic.get("exhibits", [])]
    assert sorted(placed) == sorted(brief["exhibits"])


def test_table_under_years_is_drawn_with_its_cells_as_facts(tmp_path: Path) -> None:
    drafted, brief = draft(tmp_path, "wells.html", PAGE)
    (exhibit,) = brief["exhibits"].values()
    assert exhibit["categories"] == ["2012", "2022"]
    assert [series["name"] for series in exhibit["series"]] == ["North", "South"]
    drawn = [brief["facts"][name]["value"] for series in exhibit["series"] for name in series["values"]]
    assert drawn == [110, 140, 95, 170]
    assert {finding.rule for finding in check(load_brief(drafted.path)).findings} == {"gap"}


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("Loans fell from $5 billion in 2019 to $4 billion in 2021 and $3 billion in 2023.", ["2019", "2021", "2023"]),
        (
            "Shares were 40 percent in Chile, 35 percent in Peru and 12 percent in Bolivia.",
            ["Chile", "Peru", "Bolivia"],
        ),
        ("Loans fell from $5 billion to $4 billion between 2019 and 2023.", None),
        ("The bank paid $5 million in 2019 and $4 million, $3 million of it in fines, in 2019.", None),
        ("Shares were 40 percent in May, 35 percent in June and 12 percent in July.", None),
    ],
)
def test_chart_is_proposed_only_where_each_number_has_its_own_name(
    tmp_path: Path, sentence: str, labels: list[str] | None
) -> None:
    _, brief = draft(tmp_path, "bank.txt", f"The bank and its loans were old news to everybody here.\n\n{sentence}\n")
    drawn = [[bar["label"] for bar in exhibit["bars"]] for exhibit in brief.get("exhibits", {}).values()]
    assert drawn == ([labels] if labels else [])


def test_draft_is_refused_until_its_gaps_are_filled_and_printed_with_draft(tmp_path: Path) -> None:
    drafted, _ = draft(tmp_path)
    with pytest.raises(BriefError, match="gap"):
        render_memo(load_brief(drafted.path))
    brief = load_brief(drafted.path, draft=True)
    assert render_memo(brief).startswith(b"%PDF")
    assert render_deck(brief).startswith(b"PK")


def test_ranks_are_explained_and_the_rest_is_kept_as_comments(tmp_path: Path) -> None:
    names = [f"{first}{second}" for first in "aeiou" for second in "bdfglmnprstvz"]
    more = "".join(
        f"\nThe m{name}ner of the {name}ton pier told visitors about its {name}ry and its birds.\n" for name in names
    )
    drafted, brief = draft(tmp_path, text=FERRY + more)
    first = drafted.path.read_text(encoding="utf-8").partition("# ----- Further sentences, in order of rank.")
    assert "85 million by 2027" in next(iter(brief["quotes"].values()))["text"]
    assert "# 2 numbers" in first[0]
    assert first[2].count("\n# ") > 20


def test_summary_says_where_to_start(tmp_path: Path, run: Callable[..., Done]) -> None:
    write(tmp_path, "ferry.md", FERRY)
    done = run("draft", "ferry.md")
    assert done.returncode == 0, done.stderr
    line = (tmp_path / "brief.yaml").read_text(encoding="utf-8").splitlines()
    start = next(number for number, text in enumerate(line, 1) if text.startswith("bottom_line:"))
    assert f"gaps; start with bottom_line (brief.yaml:{start})" in done.stdout
    assert "reportgen build --draft brief.yaml" in done.stderr


def test_existing_brief_is_not_overwritten(tmp_path: Path, run: Callable[..., Done]) -> None:
    draft(tmp_path)
    before = (tmp_path / "brief.yaml").read_bytes()
    done = run("draft", "ferry.md")
    assert done.returncode == 7
    assert "already exists, and is not overwritten" in done.stderr
    assert (tmp_path / "brief.yaml").read_bytes() == before


def test_articles_are_copied_into_the_folder(tmp_path: Path) -> None:
    article = write(tmp_path / "in", "ferry.md", FERRY)
    drafted = draft_brief([article], folder=tmp_path / "out")
    assert drafted.files[tmp_path / "out" / "ferry.md"] == article.read_bytes()


def test_same_article_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "ferry.md", FERRY)
    write(tmp_path, "ferry-copy.md", FERRY)
    drafted = draft_brief([tmp_path])
    assert any("the same article as" in note for note in drafted.notes)
    assert len(yaml.safe_load(drafted.files[drafted.path])["sources"]) == 1


def test_article_in_another_language_gives_what_its_rules_allow(tmp_path: Path) -> None:
    drafted, brief = draft(tmp_path, "예산.txt", KOREAN)
    assert brief["language"] == "ko"
    assert any("in ko: numbers are taken where they are written in digits" in note for note in drafted.notes)
    assert all(quote["text"] in KOREAN for quote in brief["quotes"].values())
    assert {finding.rule for finding in check(load_brief(drafted.path)).findings} <= {"gap"}


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("table.csv", b"a,b\n1,2\n", "a data file, which no draft is made from"),
        ("latin.txt", b"The caf\xe9 opened in 2020 and closed in 2021.", "is not UTF-8"),
        ("head.md", b"# Only a heading\n", "has no paragraphs"),
    ],
)
def test_bad_articles_are_refused(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FileError, match=message):
        draft_brief([tmp_path / name])


def test_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="the folder has no article"):
        draft_brief([tmp_path])


def test_articles_in_several_folders_need_a_folder(tmp_path: Path) -> None:
    paths = [write(tmp_path / "a", "ferry.md", FERRY), write(tmp_path / "b", "wells.html", PAGE)]
    with pytest.raises(UsageError, match="several folders"):
        draft_brief(paths)
    assert len(yaml.safe_load(draft_brief(paths, folder=tmp_path).files[tmp_path / "brief.yaml"])["sources"]) == 2


REPORT = """\
# Ferry report

The Strait Ferry Authority carried 2.1 million passengers in 2023, a count by the state shows. A new boat would take three years to build.
"""


def test_into_adds_a_source_and_touches_nothing_else(tmp_path: Path, run: Callable[..., Done]) -> None:
    draft(tmp_path)
    path = tmp_path / "brief.yaml"
    edited = path.read_text(encoding="utf-8").replace(
        'to: "TODO: who reads it"', "to:   'The  council'  # decided on Monday"
    )
    path.write_text(edited, encoding="utf-8")
    write(tmp_path, "report.md", REPORT)
    done = run("draft", "report.md", "--into", "brief.yaml")
    assert done.returncode == 0, done.stderr
    new = path.read_text(encoding="utf-8")
    old = edited.splitlines()
    kept = iter(new.splitlines())
    assert all(any(line == other for other in kept) for line in old)
    assert set(yaml.safe_load(new)["sources"]) == {"quint", "report"}
    assert "is 2.4 million, the new article has 2.1 million" in done.stdout
    assert {finding.severity for finding in check(load_brief(path)).findings if finding.rule != "gap"} <= {"warning"}


def test_into_refuses_an_article_that_the_brief_has(tmp_path: Path) -> None:
    draft(tmp_path)
    with pytest.raises(UsageError, match="has this article already"):
        draft_brief([tmp_path / "ferry.md"], into=tmp_path / "brief.yaml")


def test_into_knows_an_article_in_a_folder_of_its_own(tmp_path: Path) -> None:
    draft(tmp_path)
    path = tmp_path / "brief.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("file: ferry.md", "file: texts/ferry.md"), encoding="utf-8"
    )
    (tmp_path / "texts").mkdir()
    (tmp_path / "ferry.md").rename(tmp_path / "texts" / "ferry.md")
    write(tmp_path, "copy.md", (tmp_path / "texts" / "ferry.md").read_text(encoding="utf-8"))
    with pytest.raises(UsageError, match="has this article already"):
        draft_brief([tmp_path / "copy.md"], into=path)


def test_into_says_where_a_brief_is_not_utf_8(tmp_path: Path, run: Callable[..., Done]) -> None:
    write(tmp_path, "report.md", REPORT)
    (tmp_path / "brief.yaml").write_bytes("title: café\n".encode("latin-1"))
    done = run("draft", "report.md", "--into", "brief.yaml")
    assert done.returncode != 0
    assert "brief.yaml:1:11: error: byte 0xe9 is not UTF-8" in done.stderr


def test_prompt_has_paragraphs_facts_and_keys(tmp_path: Path, run: Callable[..., Done]) -> None:
    write(tmp_path, "ferry.md", FERRY)
    done = run("draft", "ferry.md", "--prompt")
    assert done.returncode == 0, done.stderr
    assert "] The Strait Ferry Authority carried 2.4 million passengers in 2023" in done.stdout
    assert "bottom_line: at most 60 words" in done.stdout
    assert '{value: 6.5, unit: "%"}' in done.stdout
    assert not (tmp_path / "brief.yaml").exists()
