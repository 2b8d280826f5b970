"""A number is printed with its unit and its bound, the same in prose, in a chart's label and in Excel."""

import re

import pytest
from hypothesis import given, strategies as st

from reportgen.text.numbers import NBSP, SIGNS, PartialDate, Quantity, Spread, Unit, count_decimals


def quantity(value, unit="", bound="exactly", **more):
    return Quantity(value, Unit(unit), bound, count_decimals(value), **more)


@pytest.mark.parametrize(
    ("amount", "prose", "short", "excel"),
    [
        (quantity(1, "US$ billion", "a little less than"), "a little less than $1 billion", "<$1 bn", '"<$"#,##0" bn"'),
        (quantity(5, "US$ billion"), "$5 billion", "$5 bn", '"$"#,##0" bn"'),
        (quantity(8.2, "%"), "8.2 percent", "8.2%", '#,##0.0"%"'),
        (quantity(15, "%", "a little less than"), "a little less than 15 percent", "<15%", '"<"#,##0"%"'),
        (quantity(5, "times", "more than"), "more than five times", ">5×", '">"#,##0"×"'),
        (quantity(16, "months", "about"), "about 16 months", "≈16 months", '"≈"#,##0" months"'),
        (quantity(1, "months"), "one month", "1 month", '#,##0" month"'),
        (quantity(4, "rank"), "fourth", "4th", '0"th"'),
        (quantity(12, "rank"), "12th", "12th", '0"th"'),
        (quantity(1234567, "people"), "1,234,567 people", "1,234,567 people", '#,##0" people"'),
        (quantity(-6, "US$ billion"), "−$6 billion", "−$6 bn", '"$"#,##0" bn"'),
        (quantity(-3.5, "%"), "−3.5 percent", "−3.5%", '#,##0.0"%"'),
        (quantity(2, "EUR million", "at least"), f"at least EUR{NBSP}2 million", f"≥EUR{NBSP}2 m", f'"≥EUR{NBSP}"#,##0" m"'),
    ],
)  # fmt: skip
def test_it_prints_as_people_write_it(amount, prose, short, excel):
    assert amount.prose.replace(NBSP, " ") == prose.replace(NBSP, " ")
    assert amount.short.replace(NBSP, " ") == short.replace(NBSP, " ")
    assert amount.excel.replace(NBSP, " ") == excel.replace(NBSP, " ")


def test_number_and_unit_never_part_at_a_line_end():
    assert f"1{NBSP}billion" in quantity(1, "US$ billion").prose


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2021-01-20", "January 20, 2021"),
        ("2021-01", "January 2021"),
        ("2016", "2016"),
        ("1980s", "1980s"),
        ("--11-03", "November 3"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(text, printed):
    date = PartialDate.parse(text)
    assert str(date).replace(NBSP, " ") == printed
    assert date.iso == text


@pytest.mark.parametrize("text", ["2021-02-30", "2021-13", "yesterday", "20-01-2021", "", "--02-31"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match="date|calendar"):
        PartialDate.parse(text)


def test_a_bounded_date_says_before():
    left = Quantity(PartialDate.parse("2022-05-20"), Unit("date"), "less than")
    assert left.prose.replace(NBSP, " ") == left.short.replace(NBSP, " ") == "before May 20, 2022"


def test_own_words_replace_what_is_printed():
    decade = Quantity(PartialDate.parse("1980s"), Unit("date"), words="the early 1980s", label="early 1980s")
    assert (decade.prose, decade.short, decade.excel) == ("the early 1980s", "early 1980s", '"early 1980s"')


def spread(unit, low=None, high=None, value=None, margin=None, bound="exactly", interval="", decimals=0, language="en"):
    ends = (value - margin, value + margin) if margin is not None else (low, high)
    centre = sum(ends) / 2 if value is None else value
    more = Spread(*ends, value is not None, margin, interval)
    return Quantity(centre, Unit(unit), bound, decimals, spread=more, language=language)


@pytest.mark.parametrize(
    ("amount", "prose", "between", "start", "short"),
    [
        (spread("US$ billion", 3, 5), "$3–5 billion", "$3 billion and $5 billion", "$3 billion to $5 billion", "$3–5 bn"),
        (spread("years", 3, 5), "3–5 years", "three and five years", "three to five years", "3–5 years"),
        (spread("homes", 28000, 36000), "28,000–36,000 homes", "28,000 and 36,000 homes", "28,000 to 36,000 homes", "28,000–36,000 homes"),
        (spread("%", -3, 5), "−3 to 5 percent", "−3 and 5 percent", "−3 to 5 percent", "−3 to 5%"),
        (spread("US$ billion", -3, 5), "−$3 billion to $5 billion", "−$3 billion and $5 billion", "−$3 billion to $5 billion", "−$3 bn to $5 bn"),
        (spread("rank", 3, 5), "3rd to 5th", "3rd and 5th", "3rd to 5th", "3rd to 5th"),
        (spread("%", 3, 5, bound="about"), "about 3–5 percent", "about 3 and 5 percent", "about 3 to 5 percent", "≈3–5%"),
    ],
)  # fmt: skip
def test_a_range_prints_as_the_word_before_it_asks(amount, prose, between, start, short):
    forms = (amount.prose, amount.prose_after("between"), amount.prose_after("from"), amount.short)
    assert tuple(form.replace(NBSP, " ") for form in forms) == (prose, between, start, short)
    assert amount.excel.replace(NBSP, " ") == f'"{short}"'


@pytest.mark.parametrize(
    ("amount", "prose", "short"),
    [
        (
            spread("%", 40, 60, 45, bound="about", interval="interquartile range"),
            "about 45 percent (40–60 percent, interquartile range)",
            "≈45% (40–60%)",
        ),
        (spread("°C", 0.95, 1.2, 1.09, decimals=2), "1.09 °C (0.95–1.20 °C)", "1.09 °C (0.95–1.20 °C)"),
        (spread("Gt", value=42, margin=3), "42 ± 3 Gt", "42 ± 3 Gt"),
        (spread("US$ million", value=42, margin=3), "$42 ± 3 million", "$42 ± 3 m"),
    ],
)
def test_an_interval_stands_behind_its_value(amount, prose, short):
    assert amount.prose.replace(NBSP, " ") == amount.prose_after("from").replace(NBSP, " ") == prose
    assert amount.short.replace(NBSP, " ") == short


@pytest.mark.parametrize(
    ("amount", "prose"),
    [
        (spread("US$ billion", 3, 5, language="ko"), "30억 달러~50억 달러"),
        (spread("개월", 3, 5, language="ko"), "3~5개월"),
        (spread("%", 40, 60, 45, language="ko"), "45%(40~60%)"),
        (spread("%", value=42, margin=3, language="ko"), "42 ± 3%"),
        (spread("US$ billion", 3, 5, language="ar"), "3 إلى 5 مليارات دولار"),
        (spread("%", 40, 60, 45, language="ar"), "45 في المائة (40 إلى 60 في المائة)"),
        (spread("سنة", 3, 12, language="ar"), "3 إلى 12 سنة"),
    ],
)
def test_ranges_in_other_languages(amount, prose):
    assert amount.prose.replace(NBSP, " ") == prose


@pytest.mark.parametrize(
    ("amount", "prose", "short"),
    [
        (quantity(78, "cents"), "78 cents", "78 cents"),
        (quantity(1, "deaths per 100,000 people"), "one death per 100,000 people", "1 death per 100,000 people"),
        (quantity(5.6, "% of GDP"), "5.6 percent of GDP", "5.6% of GDP"),
        (quantity(2, "°C"), "2 °C", "2 °C"),
        (quantity(5, "mph"), "5 mph", "5 mph"),
        (quantity(3, "µg/m3"), "3 µg/m3", "3 µg/m3"),
        (quantity(2, "percentage points"), "two percentage points", "2 percentage points"),
    ],
)
def test_units_of_many_fields(amount, prose, short):
    assert (amount.prose.replace(NBSP, " "), amount.short.replace(NBSP, " ")) == (prose, short)


numbers = st.floats(-1e12, 1e12).map(lambda value: round(value, 3)) | st.integers(-(10**9), 10**9)
units = st.sampled_from(["", "%", "US$ billion", "US$", "€ million", "times", "months", "tense sets of talks"])


@given(numbers, units, st.sampled_from(sorted(SIGNS)))
def test_no_printed_form_loses_the_bound_or_the_digits(value, unit, bound):
    amount = quantity(value, unit, bound)
    digits = f"{abs(value):,.{amount.decimals}f}"
    assert digits in amount.short
    assert amount.short.startswith("" if bound == "exactly" else SIGNS[bound])
    assert bound == "exactly" or amount.prose.startswith(f"{bound} ")


@given(
    st.integers(0, 10**9) | st.floats(0, 1e9).map(lambda value: round(value, 2)), units, st.sampled_from(sorted(SIGNS))
)
def test_excel_prints_the_short_form(value, unit, bound):
    amount = quantity(value, unit, bound)
    decimals = len(amount.excel.partition(".")[2].partition('"')[0])
    printed = re.sub(r"#,##0(\.0+)?", f"{value:,.{decimals}f}", amount.excel).replace('"', "")
    assert printed == amount.short
