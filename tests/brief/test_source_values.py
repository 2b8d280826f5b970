"""Facts on which sources differ: every value with its source in texts, ranges, formulas and notes."""

import json

import pytest

from reportgen.brief import load_brief
from reportgen.evidence import check
from reportgen.memo.attachments import format_evidence
from reportgen.system.errors import BriefError
from reportgen.text.numbers import NBSP

EARLY, LATE = "The pier can carry 580 tons of cargo a day.", "The pier can carry 500 tons of cargo a day."
BRIEF = """\
title: The pier
slug: pier
date: 2024-03-01
language: {language}
to: Readers
from: Writers
sources:
  early: {{author: Harbor Office, title: The Pier, published: "2018", file: early.txt}}
  late: {{author: Harbor Office, title: The Pier Again, published: "2023", file: late.txt}}
quotes:
  e: {{source: early, paragraph: 1, text: {early}}}
  l: {{source: late, paragraph: 1, text: {late}}}
  m: {{source: late, paragraph: 1, text: cargo a day}}
facts:
  load: {fact}
{facts}
bottom_line: {text}
topics: [{{kind: immediate, title: The pier and its load, points: ["{text}"]{exhibits}}}]
{more}
"""
FACT = "{unit: tons, values: [{value: 580, quote: e, name: 2018 report}, {value: 500, quote: l, name: 2023 report}]}"
TEXT = "The pier can carry ${load}."


def load(tmp_path, fact=FACT, facts="", text=TEXT, exhibits="", more="", language="en-US"):
    (tmp_path / "early.txt").write_text(EARLY, encoding="utf-8")
    (tmp_path / "late.txt").write_text(LATE, encoding="utf-8")
    words = {"early": json.dumps(EARLY), "late": json.dumps(LATE)}
    content = BRIEF.format(fact=fact, facts=facts, text=text, exhibits=exhibits, more=more, language=language, **words)
    (tmp_path / "brief.yaml").write_text(content, encoding="utf-8")
    return load_brief(tmp_path / "brief.yaml")


def refuse(tmp_path, **parts):
    """Return the only diagnostic of a brief that is refused."""
    with pytest.raises(BriefError) as refused:
        load(tmp_path, **parts)
    (found,) = refused.value.diagnostics
    return found


def prints(brief, text=TEXT):
    return brief.plain(text).replace(NBSP, " ")


def test_a_text_prints_every_value_with_its_source(tmp_path):
    brief = load(tmp_path)
    assert prints(brief) == "The pier can carry 580 tons (2018 report) or 500 tons (2023 report)."
    assert prints(brief, "${load.late}; ${load.early:short}") == "500 tons; 580 tons"


def test_sources_are_named_as_they_are_cited(tmp_path):
    fact = "{unit: tons, values: [{value: 580, quote: e}, {value: 500, quote: l, attributed_to: the port}]}"
    assert prints(load(tmp_path, fact), "${load}") == "580 tons (Harbor Office, 2018) or 500 tons (the port)"
    korean = load(tmp_path, fact.replace("tons", "톤"), language="ko-KR")
    assert prints(korean, "${load}") == "580톤(Harbor Office, 2018) 또는 500톤(the port)"


def test_ranges_bounds_and_dates_may_differ(tmp_path):
    fact = "{unit: tons, values: [{low: 3, high: 5, quote: e, name: A}, {value: 6, bound: at most, quote: l, name: B}, {value: 7, quote: m, name: C}]}"
    assert prints(load(tmp_path, fact), "${load}") == "3–5 tons (A), at most six tons (B) or seven tons (C)"
    dates = "{values: [{value: 2020-05, quote: e, name: A}, {value: '2021', quote: l, name: B}]}"
    assert prints(load(tmp_path, dates), "In ${load}") == "In May 2020 (A) or 2021 (B)"


def test_each_value_is_held_to_its_own_quote(tmp_path):
    findings = check(load(tmp_path, FACT.replace("500", "510"))).findings
    (found,) = (item for item in findings if item.rule == "fact-value")
    assert found.message.replace(NBSP, " ") == 'the fact "load.late" is 510 tons, the quote says 500 tons'
    assert found.path == ("facts", "load", "values", 1, "value")
    assert not [item for item in check(load(tmp_path)).findings if item.severity == "error"]


def test_formulas_take_one_value(tmp_path):
    brief = load(tmp_path, facts="  double: {formula: load.late * 2}")
    assert prints(brief, "${double}") == "1,000 tons"
    found = refuse(tmp_path, facts="  double: {formula: load * 2}")
    assert found.message == 'facts.double.formula: the sources of "load" differ, so nothing follows from it'
    assert found.hint == "choose one: load.early or load.late"


def test_a_range_chart_draws_from_the_least_to_the_largest(tmp_path):
    chart = "exhibits: {c: {kind: range, title: The reports differ, ranges: [{label: Load, value: load}]}}"
    brief = load(tmp_path, exhibits=", exhibits: [c]", more=chart)
    (row,) = brief.exhibits["c"].drawn
    assert (row.low.number, row.high.number, row.centre) == (500, 580, None)
    assert brief.source_line(brief.exhibits["c"]) == "Harbor Office (2018), ¶1; Harbor Office (2023), ¶1"


@pytest.mark.parametrize(
    "chart",
    [
        "{kind: bar, title: Loads, bars: [{label: Load, value: load}]}",
        "{kind: number, title: Loads, figures: [{value: load, label: Load}]}",
    ],
)
def test_other_charts_ask_for_one_value(tmp_path, chart):
    found = refuse(tmp_path, exhibits=", exhibits: [c]", more=f"exhibits: {{c: {chart}}}")
    assert 'the sources of "load" differ, so there is no one value to draw' in found.message
    assert found.hint == "choose one: load.early or load.late; kind: range draws all of them"
    load(tmp_path, exhibits=", exhibits: [c]", more=f"exhibits: {{c: {chart.replace(': load', ': load.late')}}}")


def test_the_reason_is_given_with_the_evidence(tmp_path):
    why = "the second report counts lighter cranes"
    brief = load(tmp_path, FACT[:-1] + f", why: {why}}}")
    assert brief.explain_differences(("e", "l")) == (f"The sources differ: {why}.",)
    assert brief.explain_differences(("e",)) == ()
    facts = json.loads(format_evidence(brief))["facts"]
    assert facts["load"]["values"] == ["load.early", "load.late"]
    assert facts["load"]["why"] == why
    assert facts["load.late"]["value"] == 500


V = "values: [{value: 580, quote: e}, {value: 500, quote: l}]"


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ("{unit: tons, values: [{value: 580, quote: e}]}", "facts.load: `values` has one value, and no other that differs from it"),
        ("{unit: tons, values: []}", "facts.load: `values` is empty"),
        (f"{{unit: tons, value: 580, {V}}}", "facts.load: give either `values` or `value`, not both"),
        (f"{{unit: tons, quote: e, {V}}}", "facts.load: give either `values` or `quote`, not both"),
        (f"{{unit: tons, bound: about, {V}}}", "facts.load: each of the values has its own bound"),
        (f"{{unit: tons, {V.replace('quote: l', 'quote: e')}}}", 'facts.load: two of the values rest on the quote "e"'),
        (f"{{unit: tons, {V.replace(', quote: l', '')}}}", "facts.load.values[1]: one of the values has no quote"),
        (f"{{unit: tons, {V.replace('value: 500, ', '')}}}", "facts.load.values[1]: one of the values has neither a value nor a range"),
        (f"{{unit: tons, {V.replace('500', '580')}}}", "facts.load: two of the values are the same, so these sources agree"),
        (f"{{unit: tons, {V.replace('value: 500', 'value: 500, unit: days')}}}", 'facts.load: the values measure different things: "tons" and "days"'),
        (f"{{unit: tons, {V.replace('value: 500', 'value: 2021-05')}}}", 'facts.load: the values measure different things: "tons" and a date'),
        ("{value: 580, unit: tons, quote: e, why: nobody knows}", "facts.load: `why` says why sources differ, and there are no `values`"),
    ],
)  # fmt: skip
def test_what_is_no_disagreement_is_refused_once_with_its_place(tmp_path, fact, message):
    found = refuse(tmp_path, fact=fact)
    assert found.message == message
    assert (found.where.line, bool(found.hint)) == (15, True)


def test_units_of_one_kind_may_differ(tmp_path):
    fact = FACT.replace("unit: tons", "unit: tonnes").replace("value: 500", "value: 500000, unit: kg")
    assert prints(load(tmp_path, fact), "${load}") == "580 tonnes (2018 report) or 500,000 kg (2023 report)"


def test_an_unknown_value_is_reported(tmp_path):
    with pytest.raises(BriefError, match='no fact "load.lat"'):
        load(tmp_path, text="The pier can carry ${load.lat}.")
