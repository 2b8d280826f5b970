"""A brief is loaded, or refused with all of its problems, each with its place."""

import json
import re

import jsonschema
import pytest

from reportgen.brief import load_brief
from reportgen.input.yamlfile import read_yaml
from reportgen.system.errors import ExitCode, ReportgenError
from tests.conftest import BUNDLED, INIT, ROOT
from tools.schema import schema


def problems(path):
    with pytest.raises(ReportgenError) as caught:
        load_brief(path)
    assert caught.value.code == ExitCode.BRIEF
    return [str(found).replace(f"{path}:", "") for found in caught.value.diagnostics]


def line_of(path, words):
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if words in line)


def test_the_bundled_brief_prints_each_fact_as_the_article_bounds_it():
    brief = load_brief(BUNDLED)
    said = {name: quantity.prose.replace("\u00a0", " ") for name, quantity in brief.quantities.items()}
    assert said["sma-now"] == "a little less than $1 billion"
    assert said["sma-ratio"] == "more than five times"
    assert said["others-share"] == "more than 85 percent"
    assert said["moon-exit"] == "before May 20, 2022"
    assert said["samsung-share"] == "a little less than 15 percent"


def test_a_derived_fact_rests_on_the_quotes_of_its_facts():
    brief = load_brief(BUNDLED)
    assert brief.fact_quotes("moon-exit") == ("window",)
    assert brief.citations("${sma-ratio} as much. [@window]") == ("sma-ask", "window")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("${season}. Dredging", "${saison}. Dredging", 'bottom_line: no fact "saison"\n  hint: did you mean "season"?'),
        ("[@survey]", "[@surveys]", 'topics[1].points[0]: no quote "surveys"\n  hint: did you mean "survey"?'),
        ("exhibits: [calls]", "exhibits: [cals]", 'topics[0].exhibits[0]: no exhibit "cals"\n  hint: did you mean "calls"?'),
        ("slug: harbor", "slug: My Harbor", "slug: a slug names files"),
        ("date: 2026-02-10", "date: 10.2.2026", 'date: expected a date, got "10.2.2026"\n  hint: write it as 2021-01-20'),
        ("date: 2026-02-10", "date: 2026-02-30", "date: 2026-02-30 is not in the calendar"),
        ("language: en-US", "langage: en-US", 'unknown key langage\n  hint: did you mean "language"?'),
        ("kind: friction", "kind: frction", 'did you mean "friction"?'),
        ("kind: share", "kind: pie", 'exhibits.calls.kind: there is no kind "pie"'),
        ("bound: about,", "bound: around,", "a little more than; got \"around\"\n  hint: write `about`, as the quote means it"),
        ("bound: about,", "bound: nearly,", "hint: write `a little less than` or `about`, as the quote means it"),
        ("bound: about,", "bound: No  more than,", "hint: write `at most`, as the quote means it"),
        ("bound: about,", "bound: at leats,", "hint: write `at least`, as the quote means it"),
        ("bound: about,", "bound: precisely,", "hint: write the bound that the quote states; leave `bound` out if it states none"),
        ("bound: about,", "bound: 5,", "bound: expected one of exactly, less than"),
        ("{formula: 100 - long-ships}", "{formula: 100 - longships}", 'facts.rest.formula: no fact "longships"\n  hint: did you mean "long-ships"?'),
        ("{formula: 100 - long-ships}", "{formula: rest + 1}", "defined by itself"),
        ("{formula: 100 - long-ships}", "{formula: dredging - long-ships}", "different units"),
        ("{formula: 100 - long-ships}", "{formula: 100 - long-ships, value: 3}", "either a value or a formula"),
        ("value: 42,", "low: 42,", 'facts.long-ships: a range needs both ends, and this one has only `low`\n  hint: a number with one limit is a value with a bound: value: 42, bound: at least'),
        ("value: 42,", "low: 44, high: 42,", "the range is upside down: low 44, high 42\n  hint: low: 42, high: 44"),
        ("value: 42,", "low: 42, high: 42,", "both ends of the range are 42"),
        ("value: 42,", "value: 50, low: 42, high: 44,", "the value 50 is outside its range, 42 to 44"),
        ("value: 42,", 'value: "42",', '"42" is text, not a number\n  hint: write it without quotes and commas: 42'),
        ("value: 42,", 'low: "28,000", high: 36000,', '"28,000" is text, not a number\n  hint: write it without quotes and commas: 28000'),
        ("value: 42,", 'value: "28-36",', '"28-36" is a range, not one number\n  hint: give its ends: low: 28, high: 36'),
        ("value: 42,", 'value: "2019-2021",', '"2019-2021" is a range, not one number\n  hint: give two dates as two facts'),
        ("value: 42,", "value: 42, margin: 43,", "the margin 43 is larger than its value 42\n  hint: if the source says so, give both ends: low: -1, high: 85"),
        ("value: 42,", "margin: 3,", "a margin needs the value"),
        ("value: 42,", "value: 42, interval: quartiles,", "says what the ends are, but there are none"),
        ("value: 42,", 'value: "42 percent",', 'expected a number alone, got "42 percent"\n  hint: the unit is a field of its own, one for both ends of a range: unit: "percent"'),
        ("value: 42,", 'low: 3 million, high: 5 billion,', 'facts.long-ships.high: expected a number alone, got "5 billion"'),
        ("value: 42,", 'value: "٤٢",', 'is in digits that this program does not read\n  hint: write 42'),
        ("value: 42,", 'value: "四十二",', 'is in digits that this program does not read\n  hint: write it in the digits 0 to 9'),
        ("{formula: 100 - long-ships}", "{formula: 100 - long-ships, margin: 3}", "a fact with a formula has no `margin`"),
        ("value: 42,", "value: .nan,", "finite"),
        ("value: 42,", 'value: "soon",', "is not a date"),
        ("quote: share}", "quote: shar}", 'facts.long-ships.quote: no quote "shar"'),
        ("source: author, paragraph: 1", "source: autor, paragraph: 1", 'quotes.share.source: no source "autor"'),
        ("title: The harbor should", "title: 2026 # The harbor should", 'title: expected text, got the number 2026\n  hint: put it in quotes: "2026"'),
        ("to: Harbor commission", "to: 7", "to: expected a text or a list of texts"),
        ("from: Planning staff", "", "from is missing"),
        ("value: rest}", "value: rset}", 'no fact "rset"\n  hint: did you mean "rest"?'),
        ("label: Shorter", 'label: "${shorter}"', 'no fact "shorter"'),
        ("label: Shorter", 'label: "Shorter [@share]"', "a label cannot cite a quote"),
        ("the ships that now", "the [ships](file:///etc/passwd) that now", "not an address that a link may have"),
    ],
)  # fmt: skip
def test_each_problem_is_reported_with_its_place_and_a_hint(write_brief, old, new, says):
    path = write_brief((old, new))
    found = problems(path)
    assert any(says in problem for problem in found), found
    assert all(re.match(r"\d+:\d+: error: ", problem) for problem in found)
    assert len(found) <= 2, found  # no avalanche after one problem


def test_the_place_is_that_of_the_words_at_fault(write_brief):
    path = write_brief(("would bring\n  ${fees} a year", "would bring\n  ${fes} a year"))
    (found,) = problems(path)
    assert found.startswith(f"{line_of(path, '${fes}')}:3: ")


def test_all_problems_are_reported_at_once_in_the_order_of_the_file(write_brief):
    path = write_brief(
        ("slug: harbor", "slug: H"),
        ("language: en-US", "language: no"),
        ("lead: Commission", "led: Commission"),
        ("value: rest", "value: rset"),
    )
    found = problems(path)
    lines = [int(problem.split(":")[0]) for problem in found]
    assert len(found) >= 5
    assert lines == sorted(lines)


def test_an_exhibit_that_nothing_shows_is_reported(write_brief):
    (found,) = problems(write_brief(("    exhibits: [calls]\n", "")))
    assert 'the exhibit "calls" is not shown' in found


def test_an_exhibit_is_shown_once(write_brief):
    (found,) = problems(write_brief(("exhibits: [calls]", "exhibits: [calls, calls]")))
    assert 'the exhibit "calls" is shown twice' in found


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "5\n"])
def test_yaml_that_is_not_a_brief_is_refused(tmp_path, text):
    path = tmp_path / "brief.yaml"
    path.write_text(text)
    assert "expected keys and values" in problems(path)[0]


def test_text_in_every_script_is_accepted(write_brief):
    brief = load_brief(
        write_brief(("to: Harbor commission", "to: [한국어, العربية, 日本語, ไทย, Ελληνικά, Кириллица, עברית, 🚢]"))
    )
    assert len(brief.to) == 8


def test_the_schema_in_assets_is_current():
    assert (ROOT / "assets" / "brief.schema.json").read_text(encoding="utf-8") == schema(), "run `make schema`"


def test_the_schema_accepts_our_briefs():
    checker = jsonschema.Draft202012Validator(json.loads(schema()))
    for path in (BUNDLED, INIT):
        assert list(checker.iter_errors(read_yaml(path).data)) == []
