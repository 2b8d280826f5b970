"""Formulas never claim more than their facts: the result has the bound that follows from theirs."""

import pytest
from hypothesis import assume, given, strategies as st

from reportgen.brief.formula import FormulaError, evaluate
from reportgen.text.numbers import NBSP, SIGNS, PartialDate, Quantity, Unit, count_decimals


def fact(value, unit="", bound="exactly"):
    return Quantity(value, Unit(unit), bound, count_decimals(value) if isinstance(value, int | float) else 0)


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
