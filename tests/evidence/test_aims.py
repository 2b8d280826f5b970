"""Marks that a recommendation sets: a bound beside a fact there says what is wanted, elsewhere what is so."""

import json

import pytest

from reportgen.brief import load_brief
from reportgen.evidence import check
from tests.evidence.test_number_cases import write_brief

CASE = {
    "source": "Deaths on the ring road reached 48 deaths in 2019.",
    "facts": {"a": {"value": 48, "unit": "deaths"}},
    "text": "Deaths on the ring road reached ${a} in 2019. [@q]",
}


@pytest.mark.parametrize(
    ("action", "is_clean"),
    [
        ("Ask for a plan that brings the toll back below ${a}.", True),
        ("Keep the toll under ${a}.", True),
        ("Explain why the toll was below ${a}.", False),
        ("Keep in mind that more than ${a} were counted.", False),
        ("Keep the toll at 1${a}.", False),
    ],
)
def test_a_recommendation_may_set_a_fact_as_its_mark(action, is_clean, tmp_path):
    path = write_brief(CASE, tmp_path)
    decision = f'{{"title": "Ask", "action": {json.dumps(action)}, "lead": "Readers", "deadline": 2026-03-31}}'
    text = path.read_text(encoding="utf-8").removesuffix("}")
    path.write_text(f'{text}, "recommendations": [{decision}]}}', encoding="utf-8")
    rules = [finding.rule for finding in check(load_brief(path)).findings if finding.severity == "error"]
    assert ("raw-number" not in rules) == is_clean, rules


def test_a_point_may_not(tmp_path):
    path = write_brief(CASE | {"text": "The plan kept the toll below ${a}. [@q]"}, tmp_path)
    assert "raw-number" in [finding.rule for finding in check(load_brief(path)).findings]
