"""Numbers in the texts of many fields: what `check` says of a sentence about a source paragraph."""

import json
import os
from pathlib import Path

import pytest
import yaml

from reportgen.brief import load_brief
from reportgen.evidence import check
from reportgen.text.numbers import NBSP

FILE = Path(os.environ.get("REPORTGEN_CASES", Path(__file__).with_name("number_cases.yaml")))
CASES = [(group, case) for group, cases in yaml.safe_load(FILE.read_text(encoding="utf-8")).items() for case in cases]
ACCEPTED = ("acronym", "unused")  # rules on the whole brief, of which a case shows one sentence


def write_brief(case, folder: Path) -> Path:
    """Write a brief of one sentence. Facts without words of their own quote the whole source."""
    (folder / "article.txt").write_text(case["source"] + "\n", encoding="utf-8")
    quotes, facts = {"q": case["source"]}, {}
    for name, fact in case["facts"].items():
        facts[name] = dict(fact)
        if "formula" not in fact:
            facts[name]["quote"] = f"q-{name}" if "quote" in fact else "q"
            quotes |= {f"q-{name}": fact["quote"]} if "quote" in fact else {}
    brief = {
        "title": "A case", "slug": "case", "date": "2026-01-15", "to": "Readers", "from": "Writers",
        "sources": {"s": {"author": "Ada Example", "title": "An Article", "published": "2025", "file": "article.txt"}},
        "quotes": {name: {"source": "s", "paragraph": 1, "text": text} for name, text in quotes.items()},
        "facts": facts,
        "bottom_line": case["text"],
        "topics": [{"kind": "immediate", "title": "What was found", "points": [case["text"]]}],
    }  # fmt: skip
    path = folder / "brief.yaml"
    path.write_text(json.dumps(brief, ensure_ascii=False).replace('"2026-01-15"', "2026-01-15"), encoding="utf-8")
    return path


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}-{case['text'][:40]}" for group, case in CASES])
def test_a_sentence_about_a_paragraph(group, case, tmp_path):  # the group is for the reader
    brief = load_brief(write_brief(case, tmp_path))
    findings = [item for item in check(brief).findings if item.rule not in ACCEPTED or item.severity == "error"]
    told = [f"{item.message} [{item.rule}]" for item in findings]
    if case["expect"] == "clean":
        assert told == []
    else:
        assert case["expect"] in [item.rule for item in findings if item.severity == "error"], told
    assert case.get("prints", "") in brief.plain(case["text"]).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("language", "source", "low", "high", "is_right"),
    [
        ("ko", "비용은 30억 달러에서 50억 달러 사이이다.", 3, 5, True),
        ("ko", "비용은 30억 달러에서 50억 달러 사이이다.", 2, 5, False),
        ("ar", "تبلغ الكلفة بين 3 و5 مليارات دولار.", 3, 5, True),
        ("ar", "تبلغ الكلفة بين 3 و5 مليارات دولار.", 3, 6, False),
        ("ar", "تبلغ الكلفة بين 13 و5 مليارات دولار.", 3, 5, False),
    ],
)
def test_a_range_is_found_in_words_that_are_not_read(language, source, low, high, is_right, tmp_path):
    case = {"source": source, "facts": {"a": {"low": low, "high": high, "unit": "US$ billion"}}, "text": "${a}"}
    path = write_brief(case, tmp_path)
    text = path.read_text(encoding="utf-8").replace('"slug"', f'"language": "{language}", "slug"')
    path.write_text(text.replace('"author"', f'"language": "{language}", "author"'), encoding="utf-8")
    rules = [item.rule for item in check(load_brief(path)).findings if item.severity == "error"]
    assert ("fact-value" not in rules) == is_right
