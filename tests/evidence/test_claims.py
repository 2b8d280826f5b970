"""Claims of titles, takeaways, the bottom line and points: what `check` says of a sentence that is more than its evidence."""

import json
import os
from pathlib import Path

import pytest
import yaml

from reportgen.brief import load_brief
from reportgen.evidence import check

FILE = Path(os.environ.get("REPORTGEN_CLAIMS", Path(__file__).with_name("claim_cases.yaml")))
CASES = [(group, case) for group, cases in yaml.safe_load(FILE.read_text(encoding="utf-8")).items() for case in cases]
RULES = {"absolute", "cause", "deed", "denial", "direction", "drama", "name", "opposite", "unreal"}


def write_brief(case, folder: Path) -> Path:
    """Write a brief with one sentence at the place that the case names, by default the title of its section."""
    (folder / "article.txt").write_text("\n\n".join(case["source"]) + "\n", encoding="utf-8")
    quotes = {
        f"q{index}": {"source": "s", "paragraph": index + 1, "text": text} for index, text in enumerate(case["source"])
    }
    cited = " ".join(f"{text} [@q{index}]" for index, text in enumerate(case["source"]))
    place, text = case.get("at", "title"), case["text"]
    section = {
        "kind": "immediate",
        "title": text if place == "title" else "A finding",
        "points": [text if place == "point" else cited],
        "judgments": [{"text": text}] if place == "judgment" else [],
        "exhibits": ["e"] if place == "takeaway" else [],
    }
    brief = {
        "title": "A case", "slug": "case", "date": "2026-01-15", "to": "Readers", "from": "Writers",
        "subject": text if place == "subject" else "A case",
        "sources": {"s": {"author": "Ada Example", "title": "An Article", "published": "2025", "file": "article.txt"}},
        "quotes": quotes,
        "bottom_line": text if place == "bottom_line" else "Read on.",
        "topics": [section],
        "recommendations": [{"title": text, "lead": "Staff"}] if place == "recommendation" else [],
        "talking_points": [text] if place == "talking_point" else [],
        "exhibits": {"e": {"kind": "table", "title": "A table", "header": ["A", "B"], "rows": [["a", "b"]], "quotes": list(quotes), "takeaway": [text]}} if place == "takeaway" else {},
    }  # fmt: skip
    path = folder / "brief.yaml"
    path.write_text(json.dumps(brief, ensure_ascii=False).replace('"2026-01-15"', "2026-01-15"), encoding="utf-8")
    return path


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}-{case['text'][:40]}" for group, case in CASES])
def test_a_claim_about_its_evidence(group, case, tmp_path):  # the group is for the reader
    found = [item for item in check(load_brief(write_brief(case, tmp_path))).findings if item.rule in RULES]
    reported = [f"{item.message} [{item.rule}]" for item in found]
    if case["expect"] == "clean":
        assert reported == []
    else:
        severity = case.get("severity")
        assert case["expect"] in [item.rule for item in found if severity in (None, item.severity)], reported


DRAWN = {"kind": "bar", "bars": [{"label": "Aldham", "value": "aldham"}, {"label": "Osk", "value": "osk"}, {"label": "Orrin", "value": "orrin"}]}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Aldham has the most piers", []),
        ("Osk has the most piers", ["direction"]),
        ("Orrin has the fewest piers", []),
        ("Aldham has the fewest piers", ["direction"]),
        ("Osk has more piers than Orrin", []),
        ("Orrin has more piers than Osk", ["direction"]),
        ("Osk has the second most piers", []),
    ],
)
def test_a_title_about_the_items_of_its_chart(title, expected, tmp_path):
    case = {"source": ["Aldham has 9 piers, Osk has 7, and Orrin has 3."], "text": "Piers of three towns"}
    path = write_brief(case, tmp_path)
    brief = json.loads(path.read_text(encoding="utf-8").replace("2026-01-15", '"2026-01-15"'))
    brief["facts"] = {
        name: {"value": value, "unit": "piers", "quote": "q0"}
        for name, value in (("aldham", 9), ("osk", 7), ("orrin", 3))
    }
    brief["topics"][0]["exhibits"] = ["e"]
    brief["exhibits"] = {"e": DRAWN | {"title": title}}
    path.write_text(json.dumps(brief, ensure_ascii=False).replace('"2026-01-15"', "2026-01-15"), encoding="utf-8")
    found = {item.rule for item in check(load_brief(path)).findings if item.rule in RULES}
    assert found & {"direction"} == set(expected)
    assert expected or not found
