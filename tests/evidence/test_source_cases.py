"""Briefs on two sources: what `check` says where the sources differ, and where a sentence names one and cites the other."""

import json
import os
from pathlib import Path

import pytest
import yaml

from reportgen.brief import load_brief
from reportgen.evidence import check

FILE = Path(os.environ.get("REPORTGEN_SOURCE_CASES", Path(__file__).with_name("source_cases.yaml")))
CASES = [(group, case) for group, cases in yaml.safe_load(FILE.read_text(encoding="utf-8")).items() for case in cases]
RULES = ("disagreement", "named-source", "source-name")


def write_brief(case, folder: Path) -> Path:
    """Write a brief on the two texts of a case. A fact's `quote` is `a`, `b`, both, or words of the first."""
    quotes, facts = {name: {"source": name, "paragraph": 1, "text": case[name]} for name in "ab"}, {}
    for name, fact in case["facts"].items():
        facts[name] = dict(fact)
        if isinstance(words := fact.get("quote"), str) and words not in quotes:
            quotes[f"q-{name}"] = {"source": "a", "paragraph": 1, "text": words}
            facts[name]["quote"] = f"q-{name}"
    authors, years = (
        case.get("authors", ["Harbor Office", "Island Planning Bureau"]),
        case.get("years", ["2018", "2023"]),
    )
    sources = {}
    for name, author, year in zip("ab", authors, years, strict=True):
        (folder / f"{name}.txt").write_text(case[name] + "\n", encoding="utf-8")
        sources[name] = {"author": author, "title": f"Paper {name}", "published": year, "file": f"{name}.txt"}
    brief = {
        "title": "A case", "slug": "case", "date": "2026-01-15", "to": "Readers", "from": "Writers",
        "sources": sources, "quotes": quotes, "facts": facts, "bottom_line": "Read on.",
        "topics": [{"kind": "immediate", "title": "What was found", "points": case["say"]}],
    }  # fmt: skip
    path = folder / "brief.yaml"
    path.write_text(json.dumps(brief, ensure_ascii=False).replace('"2026-01-15"', "2026-01-15"), encoding="utf-8")
    return path


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}-{case['say'][0][:40]}" for group, case in CASES])
def test_two_sources(group, case, tmp_path):  # the group is for the reader
    found = [item for item in check(load_brief(write_brief(case, tmp_path))).findings if item.rule in RULES]
    told = {f"{'~' if item.severity == 'warning' else ''}{item.rule}": item.message for item in found}
    assert list(told) == ([] if case["expect"] == "clean" else [case["expect"]]), told
