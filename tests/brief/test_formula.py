"""Formulas never claim more than their facts: the result has the bound that follows from theirs."""

import pytest
from hypothesis import assume, given, strategies as st

from reportgen.brief.facts.formula import FormulaError, evaluate
from reportgen.text.numbers import NBSP, SIGNS, PartialDate, Quantity, Spread, Unit, count_decimals


def fact(value, unit="", bound="exactly", spread=None):
    decimals = count_decimals(value) if isinstance(value, int | float) else 0
    return Quantity(value, Unit(unit), bound, decimals, spread=spread)


def day(text):
    return fact(PartialDate.parse(text), "date")


FACTS = {
    "sma-ask": fact(5, "US$ billion"),
    "sma-now": fact(1, "US$ billion", "a little less than"),
    "share": fact(15, "%", "a little less than"),
    "about": fact(3, "US$ billion", "about"),
    "more": fact(2, "US$ billion", "more than"),
    "most": fact(2, "US$ billion", "at most"),
    "third": fact(3, "US$ billion"),
    "start": fact(PartialDate.parse("2021-01-20"), "date"),
    "month-end": fact(PartialDate.parse("2021-01-31"), "date"),
    "unyeared": fact(PartialDate.parse("--11-03"), "date"),
    "left": fact(16, "months", "a little less than"),
    "none": fact(0, "US$ billion"),
}


@pytest.mark.parametrize(
    ("formula", "prose"),
    [
        ("sma-ask / sma-now", "more than five times"),
        ("100 - share", "more than 85 percent"),
        ("start + left", "before January 20, 2021"),
        ("sma-ask - sma-now", "more than $4 billion"),
        ("sma-ask + sma-now", "less than $6 billion"),
        ("2 * sma-now", "less than $2 billion"),
        ("sma-now / 2", "less than $0.5 billion"),
        ("sma-now / sma-ask", "less than 0.2 times"),
        ("sma-ask + about", "about $8 billion"),
        ("sma-ask / most", "at least 2.5 times"),
        ("sma-ask / third", "about 1.7 times"),
        ("sma-ask / more", "less than 2.5 times"),
        ("(sma-ask - third) / 2", "$1 billion"),
        ("1 / sma-now * third", None),
    ],
)
def test_bounds_and_units_follow(formula, prose):
    if prose is None:
        with pytest.raises(FormulaError):
            evaluate(formula, FACTS)
        return
    expected = "before May 20, 2022" if formula == "start + left" else prose
    assert evaluate(formula, FACTS).prose.replace(NBSP, " ") == expected


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("sma-now + more", "contradict each other"),
        ("sma-now - about", "contradict each other"),
        ("sma-ask + share", "different units"),
        ("start + left * " + "9" * 400, "only whole years or months can be added to a date"),
        ("sma-ask / share", "no unit"),
        ("sma-ask / none", "zero"),
        ("start * 2", "multiplied"),
        ("start + sma-ask", "whole years or months"),
        ("unyeared + left", "not exact enough"),
        ("month-end + 1", "whole years or months"),
        ("sma-ask +", "too early"),
        ("(sma-ask", "not closed"),
        ("sma-ask sma-now", "not expected"),
        ("sma-ask ^ 2", "no place"),
        ("__import__('os')", "no place"),
    ],
)
def test_a_formula_without_a_valid_result_is_refused(formula, says):
    with pytest.raises(FormulaError, match=says):
        evaluate(formula, FACTS)


UNITS = {
    "before": fact(48, "%"),
    "after": fact(51.5, "%"),
    "deficit": fact(3.2, "% of GDP"),
    "deficit-now": fact(5.6, "% of GDP"),
    "exports": fact(40, "US$ billion"),
    "exports-now": fact(50, "US$ billion"),
    "aid": fact(500, "US$ million"),
    "fees": fact(3, "€ million"),
    "begin": day("2019-03"),
    "end": day("2021-09"),
    "first": day("2021-01-20"),
    "same-day": day("2023-01-20"),
    "soon": day("2021-03-01"),
    "later": day("2023-04-05"),
    "old": day("2007"),
    "new": day("2025"),
    "decade": day("1980s"),
    "agreed": fact(12, "states"),
    "states": fact(27, "states"),
    "women": fact(9, "women"),
    "staff": fact(30, "people"),
    "half-year": fact(6, "months"),
    "two-years": fact(2, "years"),
    "points": fact(3.5, "percentage points"),
    "range": fact(4, "US$ billion", spread=Spread(3, 5, has_centre=False)),
    "other-range": fact(7, "US$ billion", spread=Spread(6, 8, has_centre=False)),
    "interval": fact(45, "%", "about", Spread(40, 60, interval="interquartile range")),
    "ice": fact(42, "Gt", spread=Spread(39, 45, margin=3)),
    "snow": fact(10, "Gt", spread=Spread(9, 11, margin=1)),
    "limit": fact(2, "US$ billion", "less than"),
}


@pytest.mark.parametrize(
    ("formula", "unit", "prose"),
    [
        ("after - before", "", "3.5 percentage points"),
        ("after - before", "basis points", "350 basis points"),
        ("before + points", "", "51.5 percent"),
        ("deficit-now - deficit", "", "2.4 percentage points of GDP"),
        ("100 - before - 10", "", "42 percent"),
        ("(exports-now - exports) / exports", "%", "25 percent"),
        ("exports-now / exports - 1", "%", "25 percent"),
        ("100 * exports / exports-now", "%", "80 percent"),
        ("100 * exports / exports-now", "", "80 percent"),
        ("(after - before) / before", "%", "about 7.3 percent"),
        ("before * exports", "", "$19.2 billion"),
        ("(100 + before) * exports", "", "$59.2 billion"),
        ("exports + aid", "", "$40.5 billion"),
        ("exports + aid", "US$ million", "$40,500 million"),
        ("exports / staff", "US$ million per person", "about $1,333.3 million per person"),
        ("agreed / states", "%", "about 44.4 percent"),
        ("women / staff", "%", "30 percent"),
        ("two-years + half-year", "months", "30 months"),
        ("end - begin", "", "about 30 months"),
        ("end - begin", "years", "about 2.5 years"),
        ("new - old", "", "about 18 years"),
        ("soon - first", "", "40 days"),
        ("same-day - first", "", "24 months"),
        ("same-day - first", "years", "two years"),
        ("later - first", "", "about 27 months"),
        ("later - first", "days", "805 days"),
        ("old + two-years", "", "2009"),
        ("range + exports", "", "$43–45 billion"),
        ("exports - range", "", "$35–37 billion"),
        ("range + other-range", "", "$9–13 billion"),
        ("range / exports", "%", "7.5–12.5 percent"),
        ("exports / range", "", "8.0–13.4 times"),
        ("range + limit", "", "less than $7 billion"),
        ("range - limit", "", "more than $1 billion"),
        ("100 - interval", "", "about 55 percent (40–60 percent, interquartile range)"),
        ("ice + snow", "", "52 ± 4 Gt"),
        ("ice * 2", "", "84 ± 6 Gt"),
        ("ice / snow", "", "4.2 times (3.5–5.0 times)"),
    ],
)
def test_units_ranges_and_dates_follow(formula, unit, prose):
    assert evaluate(formula, UNITS, unit).prose.replace(NBSP, " ") == prose


@pytest.mark.parametrize(
    ("formula", "unit", "says"),
    [
        ("after - before", "%", "percentage points, not percent"),
        ("exports-now - exports", "%", 'not in "%"'),
        ("exports-now - exports", "€ billion", "not in"),
        ("exports / exports-now", "US$ billion", "a ratio"),
        ("exports + fees", "", "different units"),
        ("deficit + before", "", "different units"),
        ("1 + before", "", "1 beside a percentage"),
        ("agreed / staff", "", "no unit"),
        ("exports * aid", "", "no unit"),
        ("begin - end", "", "is before"),
        ("end - old", "", "2007 has no month"),
        ("end - decade", "", "not exact enough"),
        ("end + begin", "", "cannot be added"),
        ("end + range", "", "whole years or months"),
        ("end - begin", "US$", "not in"),
        ("first + half-year", "months", "a date"),
    ],
)
def test_what_cannot_be_computed_is_refused(formula, unit, says):
    with pytest.raises(FormulaError, match=says):
        evaluate(formula, UNITS, unit)


ends = st.lists(st.integers(1, 50), min_size=2, max_size=2, unique=True).map(sorted)


@given(ends, ends, st.sampled_from("+-*/"), st.data())
def test_a_range_holds_every_result_of_its_facts(left, right, sign, data):
    facts = {
        name: fact(sum(pair) / 2, "", spread=Spread(*pair, has_centre=False))
        for name, pair in (("a", left), ("b", right))
    }
    a, b = data.draw(st.floats(*left)), data.draw(st.floats(*right))
    result = evaluate(f"a {sign} b", facts, precision=4)
    true = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[sign]
    assert result.spread.low - 1e-6 <= true <= result.spread.high + 1e-6


positive = st.floats(0.01, 1e6).map(lambda value: round(value, 2)).filter(lambda value: value > 0)
bounds = st.sampled_from([bound for bound in SIGNS if bound != "about"])


def possible(quantity, data):
    """Some value that the quantity's bound allows."""
    factor = data.draw(st.floats(0.2, 0.99))
    return {"=": quantity.value, "<": quantity.value * factor, "≤": quantity.value * factor}.get(
        quantity.sign, quantity.value / factor
    )


@given(positive, bounds, positive, bounds, st.sampled_from("+-*/"), st.data())
def test_whatever_the_facts_allow_the_result_allows(left, left_bound, right, right_bound, sign, data):
    facts = {"a": fact(left, "", left_bound), "b": fact(right, "", right_bound)}
    try:
        result = evaluate(f"a {sign} b", facts, precision=4)
    except FormulaError:
        assume(False)
    a, b = possible(facts["a"], data), possible(facts["b"], data)
    true = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[sign]
    slack = 1e-9 * max(1, abs(true))
    if result.sign in ("<", "≤"):
        assert true <= result.value + slack
    elif result.sign in (">", "≥"):
        assert true >= result.value - slack
    else:
        assert abs(true - result.value) <= 0.0001 + slack
