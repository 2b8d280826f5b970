"""Units: names and symbols, dimension and size; numbers that say the same in different units."""

import pytest

from reportgen.evidence.fact_match import is_same_number
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.text.numbers import Quantity, Unit
from reportgen.text.units import find_measure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("km", "kilometres"), ("km", "KM"), ("GW", "gigawatts"), ("sq ft", "square feet"), ("m2", "square metres"), ("µg/m3", "μg/m³"), ("°C", "degrees Celsius"),
        ("GtCO2", "Gt of CO2"), ("GtCO2e", "gigatonnes of CO2e"), ("kWh", "kilowatt-hours"), ("tonnes", "metric tons"), ("mph", "miles per hour"), ("b/d", "barrels per day"),
        ("t/ha", "tonnes per hectare"), ("ppm", "parts per million"), ("Mbps", "Mbit/s"),
    ],
)  # fmt: skip
def test_names_of_one_unit(one, other):
    first, second = find_measure(one), find_measure(other)
    assert first is not None
    assert second is not None
    assert (first.dimension, first.factor) == (second.dimension, pytest.approx(second.factor))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MW", "mW"), ("GW", "GWh"), ("Mt", "mt"), ("t", "ton"), ("Mt", "MtCO2"), ("GtCO2", "GtC"), ("°C", "°F"), ("GB", "Gb/s"), ("hp", "kW"), ("m", "m2"), ("month", "week"),
    ],
)  # fmt: skip
def test_units_that_differ(one, other):
    first, second = find_measure(one), find_measure(other)
    assert first is not None
    assert second is not None
    assert (first.dimension, first.factor) != (second.dimension, second.factor)


@pytest.mark.parametrize(
    "word", ["homes", "in", "a", "percent", "million", "bps", "TV", "second-hand", "", "/", "per hour", "bar of soap"]
)
def test_words_that_are_no_unit(word):
    assert find_measure(word) is None


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1.2, "thousand km", "1,200 km"), (1200, "km", "1.2 million metres"), (2.5, "GW", "2,500 MW"), (2500, "MW", "2.5GW"), (0.5, "Mt", "500,000 tonnes"),
        (78, "cents", "78 cents"), (0.78, "US$", "78 cents"), (2, "years", "24 months"), (10, "years", "a decade"), (0.25, "percentage points", "25 basis points"),
        (300, "basis points", "300bps"), (5.6, "% of GDP", "5.6 percent of GDP"), (12, "deaths per 100,000 people", "12 deaths per 100,000 people"),
        (42, "Gt", "42 Gt a year"), (42, "Gt/year", "42 Gt per year"), (150, "lb", "150 pounds"), (150, "£", "150 pounds"), (3, "BRL million", "R$3 million"), (20, "AUD", "A$20"),
    ],
)  # fmt: skip
def test_a_fact_and_its_quote_may_use_different_units(value, unit, text):
    quantity = Quantity(value, Unit(unit))
    assert any(is_same_number(mention, quantity) for mention in find_mentions(f"It was {text}.")) == (
        text != "a decade"
    )


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (2.5, "GW", "2.5 MW"), (12, "deaths per 1,000 people", "12 deaths per 100,000 people"), (150, "£", "It weighs 150 pounds"), (150, "lb", "It costs 150 pounds"),
        (5.6, "% of GDP", "5.6 percent of exports"), (3.5, "%", "3.5 percentage points"), (5, "tonnes", "5 tons"), (3.2, "%", "-3.2 percent"), (3, "%", "3-5 percent"), (5, "%", "3-5 percent"),
        (3, "Gt", "42 ± 3 Gt"), (300, "percentage points", "300 basis points"),
    ],
)  # fmt: skip
def test_other_units_are_not_the_same(value, unit, text):
    quantity = Quantity(value, Unit(unit))
    assert not any(is_same_number(mention, quantity) for mention in find_mentions(text))
