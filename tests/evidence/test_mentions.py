"""The grammar of numbers: text read as numbers with kind, unit and bound."""

import itertools
import re
import time

import pytest
from hypothesis import given, strategies as st

from reportgen.evidence.number_grammar import number_mentions as grammar
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.text.languages.english_numbers import MONTHS
from reportgen.text.numbers import NumberFormat, PartialDate, Unit


def read(text: str):
    """(kind, value, unit or noun, bounds) of every number."""
    return [
        (
            found.kind,
            found.value.iso
            if isinstance(found.value, PartialDate)
            else found.value
            if found.high is None
            else (found.value, found.high),
            found.unit,
            "|".join(sorted(found.bounds)),
        )
        for found in find_mentions(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an 8.2 percent increase", [("percent", 8.2, "%", "exactly")]),
        ("a little less than $1 billion", [("money", 1e9, "US$", "a little less than")]),
        ("just under $1bn", [("money", 1e9, "US$", "a little less than")]),
        ("€3.5 million", [("money", 3.5e6, "€", "exactly")]),
        ("5 trillion won", [("money", 5e12, "₩", "exactly")]),
        ("USD 3m or 40 dollars", [("money", 3e6, "US$", "exactly"), ("money", 40, "US$", "exactly")]),
        ("$1–5 billion", [("money", (1e9, 5e9), "US$", "exactly")]),
        ("15 to 20 percent", [("percent", (15, 20), "%", "exactly")]),
        ("between 5 and 10 percent", [("percent", (5, 10), "%", "exactly")]),
        ("three percentage points", [("points", 3, "percentage points", "exactly")]),
        ("for a one year deal", [("count", 1, "year", "exactly")]),
        ("a one-year deal", [("count", 1, "year", "exactly")]),
        ("over the next two decades", [("count", 20, "year", "exactly")]),
        ("over two decades", [("count", 20, "year", "exactly")]),
        ("over 200 ships", [("count", 200, "", "more than")]),
        (
            "10 months after the 2019 agreement",
            [("count", 10, "month", "exactly"), ("date", "2019", "date", "exactly")],
        ),
        ("at least 28,500 troops", [("count", 28500, "", "at least")]),
        ("40 or more", [("count", 40, "", "at least")]),
        ("two hundred and five men", [("count", 205, "", "exactly")]),
        ("twenty-one ships", [("count", 21, "", "exactly")]),
        ("the fourth largest share", [("rank", 4, "rank", "exactly")]),
        ("the second-biggest and the 3rd", [("rank", 2, "rank", "exactly"), ("rank", 3, "rank", "exactly")]),
        ("more than five times", [("times", 5, "times", "more than")]),
        ("twice as many, a 3.5-fold rise", [("times", 2, "times", "exactly"), ("times", 3.5, "times", "exactly")]),
        ("more than a third of the time", [("share", 1 / 3, "share", "more than")]),
        ("two in five calls", [("share", 0.4, "share", "exactly")]),
        ("on January 20, 2021,", [("date", "2021-01-20", "date", "exactly")]),
        ("20 January 2021", [("date", "2021-01-20", "date", "exactly")]),
        ("on Nov. 3", [("date", "--11-03", "date", "exactly")]),
        ("before May 2022", [("date", "2022-05", "date", "less than")]),
        ("in the early 1980s", [("date", "1980s", "date", "exactly")]),
        ("since 2018", [("date", "2018", "date", "at least|exactly")]),
        ("those aged 15-64", [("count", (15, 64), "year", "exactly")]),
        ("nearly 40 ships", [("count", 40, "", "a little less than|about")]),
        ("5G, COVID-19, F-35, G20 and World War II", [("name", 0.0, "", "exactly")] * 5),
        ("Imports:$18.4 Billion-3.5%", [("money", 18.4e9, "US$", "exactly"), ("percent", 3.5, "%", "exactly")]),
        # signs
        ("growth was -3.2 percent", [("percent", -3.2, "%", "exactly")]),
        ("minus $6 billion, then −$7bn", [("money", -6e9, "US$", "exactly"), ("money", -7e9, "US$", "exactly")]),
        ("negative growth of 2 percent", [("percent", -2, "%", "exactly")]),
        ("a result of $(1.2) million", [("money", -1.2e6, "US$", "exactly")]),
        ("a loss of $(1.2) million", [("money", 1.2e6, "US$", "exactly")]),
        ("a fee ($5 million)", [("money", 5e6, "US$", "exactly")]),
        ("twelve (12) months", [("count", 12, "month", "exactly")]),
        ("ten minus 3", [("count", 10, "", "exactly"), ("count", 3, "", "exactly")]),
        ("pre-2010 plans", [("date", "2010", "date", "exactly")]),
        ("−5 to −3 °C", [("count", (-5, -3), "°C", "exactly")]),
        # units
        ("a 2.5GW plant at 50mph", [("count", 2.5, "GW", "exactly"), ("count", 50, "mph", "exactly")]),
        (
            "1.38pc, 5pp and 300bps",
            [
                ("percent", 1.38, "%", "exactly"),
                ("points", 5, "percentage points", "exactly"),
                ("points", 300, "basis points", "exactly"),
            ],
        ),
        ("€78m, 20k users", [("money", 78e6, "€", "exactly"), ("count", 20000, "", "exactly")]),
        (
            "1.1°C, 10 µg/m3, 580 GtCO2",
            [("count", 1.1, "°C", "exactly"), ("count", 10, "μg/m3", "exactly"), ("count", 580, "GtCO2", "exactly")],
        ),
        ("12 deaths per 100,000 people", [("count", 12, "", "exactly")]),
        (
            "a 40-mile road, 5 m wide and 5m tall",
            [("count", 40, "mile", "exactly"), ("count", 5, "m", "exactly"), ("count", 5, "m", "exactly")],
        ),
        (
            "RM5 million, R$3bn, C$2, CHF 4",
            [
                ("money", 5e6, "MYR", "exactly"),
                ("money", 3e9, "BRL", "exactly"),
                ("money", 2, "CAD", "exactly"),
                ("money", 4, "CHF", "exactly"),
            ],
        ),
        ("78 cents or 40 Swiss francs", [("money", 78, "US$ cent", "exactly"), ("money", 40, "CHF", "exactly")]),
        ("it weighs 150 pounds and costs 20 pounds", [("count", 150, "lb", "exactly"), ("money", 20, "£", "exactly")]),
        ("4 x 10^6 km", [("count", 4e6, "km", "exactly")]),
        (
            "3½ years, 1/2 mile, two and a half days",
            [("count", 3.5, "year", "exactly"), ("count", 0.5, "mile", "exactly"), ("count", 2.5, "day", "exactly")],
        ),
        # ranges, margins, lists
        ("from 91 to 86 percent", [("percent", 91, "%", "exactly"), ("percent", 86, "%", "exactly")]),
        ("rose from 40 to 50 percent", [("percent", 40, "%", "exactly"), ("percent", 50, "%", "exactly")]),
        ("ranges from 40 to 50 percent", [("percent", (40, 50), "%", "exactly")]),
        ("two or three weeks", [("count", (2, 3), "week", "exactly")]),
        (
            "3, 5 and 8 percent",
            [("percent", 3, "%", "exactly"), ("percent", 5, "%", "exactly"), ("percent", 8, "%", "exactly")],
        ),
        ("12 of 27 states", [("count", 12, "", "exactly"), ("count", 27, "", "exactly")]),
        (
            "from 5.5 in 2007 to 2.4 in 2025",
            [
                ("count", 5.5, "", "exactly"),
                ("date", "2007", "date", "exactly"),
                ("count", 2.4, "", "exactly"),
                ("date", "2025", "date", "exactly"),
            ],
        ),
        ("under 296 hp (224 kW)", [("count", 296, "hp", "less than"), ("count", 224, "kW", "less than")]),
        ("Sept. 20-24", [("date", "--09-20", "date", "exactly"), ("date", "--09-24", "date", "exactly")]),
        # spaces between thousands, and other characters that look alike
        (
            "438 000 deaths and 12\u202f000 injuries",
            [("count", 438000, "", "exactly"), ("count", 12000, "", "exactly")],
        ),
        ("1\u00a0250\u00a0000 people", [("count", 1250000, "", "exactly")]),
        ("from 9 000 to 12 500 tonnes", [("count", (9000, 12500), "t", "exactly")]),
        ("Deaths 310 480", [("count", 310, "", "exactly"), ("count", 480, "", "exactly")]),
        ("in 2019 500 people left", [("date", "2019", "date", "exactly"), ("count", 500, "", "exactly")]),
        (
            "a loss of −3\u00a0percent, a gain of ‑2 percent",
            [("percent", -3, "%", "exactly"), ("percent", -2, "%", "exactly")],
        ),
        # metres and millions
        ("the sea rises by 0.28 to 0.55 m", [("count", (0.28, 0.55), "m", "exactly")]),
        (
            "a depth of 40m, a fine of €40m and 2m cars",
            [("count", 40, "m", "exactly"), ("money", 4e7, "€", "exactly"), ("count", 2e6, "", "exactly")],
        ),
        ("14–21 cm and 5 to 10 km", [("count", (14, 21), "cm", "exactly"), ("count", (5, 10), "km", "exactly")]),
        (
            "580 Tg CH4, 12 Mt CO2-eq, 30 Gt yr-1",
            [("count", 580, "TgCH4", "exactly"), ("count", 12, "MtCO2e", "exactly"), ("count", 30, "Gt", "exactly")],
        ),
        # changes and ranges
        ("pay rose by 6 cents to $25", [("money", 6, "US$ cent", "exactly"), ("money", 25, "US$", "exactly")]),
        ("revised from +212 to +243 jobs", [("count", 212, "", "exactly"), ("count", 243, "", "exactly")]),
        ("between -4% and +11%", [("percent", (-4, 11), "%", "exactly")]),
        ("the index fell 0.4 per cent to 13,176", [("percent", 0.4, "%", "exactly"), ("count", 13176, "", "exactly")]),
        ("grew in 2013 to 410 million tonnes", [("date", "2013", "date", "exactly"), ("count", 4.1e8, "t", "exactly")]),
        ("mining (-6,000) lost jobs", [("count", -6000, "", "exactly")]),
        # bounds
        ("edged up to 63 percent", [("percent", 63, "%", "exactly")]),
        ("more than the 3.8 percent of last year", [("percent", 3.8, "%", "exactly")]),
        (
            "now exceeds $1 trillion, not to exceed $2 trillion",
            [("money", 1e12, "US$", "more than"), ("money", 2e12, "US$", "at most")],
        ),
        ("the law caps fees at $2,000", [("money", 2000, "US$", "at most|exactly")]),
        ("jurisdiction over 1,600 prisoners", [("count", 1600, "", "exactly")]),
        # years and dates
        (
            "Since 2000 cases have doubled.",
            [("date", "2000", "date", "at least|exactly"), ("times", 2, "times", "exactly")],
        ),
        ("up two meters by 2300.", [("count", 2, "m", "exactly"), ("date", "2300", "date", "at most|exactly")]),
        ("on 7/31/13 and 3/4/2013", [("date", "2013-07-31", "date", "exactly"), ("name", 0.0, "", "exactly")]),
        ("It was 3.5. January was cold.", [("count", 3.5, "", "exactly")]),
        ("double-digit growth", []),
        # vague numbers, periods, names
        ("tens of thousands of people", [("count", 1e4, "", "about|at least|more than")]),
        ("hundreds of millions of dollars", [("money", 1e8, "US$", "about|at least|more than")]),
        (
            "half a million, twenty-eight thousand six hundred",
            [("count", 5e5, "", "exactly"), ("count", 28600, "", "exactly")],
        ),
        ("FY2024, FY24, fiscal year 2024", [("date", "2024", "date", "exactly")] * 3),
        ("Q3 2024, the third quarter of 2024, 3Q 2024", [("date", "2024", "date", "exactly")] * 3),
        ("in the spring of 2024", [("date", "2024", "date", "exactly")]),
        ("more than 2000 people in 2000", [("count", 2000, "", "more than"), ("date", "2000", "date", "exactly")]),
        ("Section 427, Title 39, Route 66, Boeing 737, COP26, type 2", [("name", 0.0, "", "exactly")] * 6),
        ("at 5 p.m., call 202-555-0100, 24/7", [("name", 0.0, "", "exactly")] * 3),
        ("net zero, zero tolerance, a zero-emission bus", []),
        ("a dispute over $5 million", [("money", 5e6, "US$", "exactly")]),
        ("for over two years", [("count", 2, "year", "more than")]),
        ("10 years or more", [("count", 10, "year", "at least")]),
        ("one of them, a second reason, the third man", []),
        ("the May elections may come", []),
    ],
)
def test_numbers_are_read(text, expected):
    assert read(text) == expected


def test_parts_of_periods():
    assert [(found.value.iso, found.part) for found in find_mentions("mid-2021 and the early 1980s")] == [
        ("2021", "mid"),
        ("1980s", "early"),
    ]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("about 45% (40–60%, interquartile range)", [{"value": 45, "centre": None}, {"value": 40, "high": 60, "centre": 45, "interval": "interquartile range"}]),
        ("1.09 [0.95 to 1.20] °C", [{"value": 1.09, "unit": "°C"}, {"value": 0.95, "high": 1.2, "centre": 1.09, "unit": "°C"}]),
        ("42 ± 3 Gt a year", [{"value": 42, "margin": 3, "unit": "Gt", "per": "year"}]),
        ("480 crashes in 2019 and 520 in 2020", [{"noun": "crashes in"}, {}, {"value": 520, "noun": "crashes in", "is_implied": True}, {}]),
        ("12 deaths per 100,000 people", [{"per": "100000 people"}]),
        ("34% (95% CI 12-46)", [{"value": 34}, {"value": 95}, {"value": 12, "high": 46, "centre": 34, "unit": "%", "interval": "95% CI"}]),
        ("2.1 days [95% CI: 1.2, 3.4]", [{"value": 2.1}, {"value": 95}, {"value": 1.2, "high": 3.4, "centre": 2.1, "unit": "day"}]),
        ("4 percent (90% confidence interval of 3 to 5)", [{"value": 4}, {"value": 90}, {"value": 3, "high": 5, "interval": "90% confidence interval"}]),
        ("64·2% (26·5 to 83·8)", [{"value": 64.2}, {"value": 26.5, "high": 83.8, "unit": "%", "centre": 64.2}]),
        ("48 percent, with a margin of error of 3 points", [{"value": 48, "margin_apart": 3, "margin": None}, {"value": 3}]),
        ("52 percent support, plus or minus 3", [{"value": 52, "margin_apart": 3}, {"value": 3, "kind": "points"}]),
        ("2023–24 and FY 2023/24", [{"value": PartialDate(2023), "high": PartialDate(2024)}] * 2),
        ("over the next decade", [{"value": 10, "unit": "year", "is_silent": True}]),
        ("H1 2024", [{"part": "H1"}]),
    ],
)  # fmt: skip
def test_what_else_a_number_has(text, fields):
    found = find_mentions(text)
    assert [
        {name: getattr(mention, name) for name in each} for mention, each in zip(found, fields, strict=True)
    ] == fields


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    found = find_mentions(text)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert all(first.end <= second.start or first.start < second.start for first, second in itertools.pairwise(found))


values = st.one_of(st.integers(2, 999_999), st.decimals(0, 9999, places=1).map(float))
bounds = st.sampled_from(
    ["exactly", "less than", "a little less than", "at most", "about", "at least", "more than", "a little more than"]
)


@given(values, bounds, st.sampled_from(["%", "US$ billion", "€", "months", "times", "ships"]))
def test_printed_numbers_are_read_back(value, bound, unit):
    decimals = 0 if isinstance(value, int) else 1
    text = "It was " + NumberFormat(Unit(unit), bound, decimals).prose(value) + " then."
    (found,) = find_mentions(text)
    if value == 1 and unit == "ships":
        return
    scale = 1e9 if unit == "US$ billion" else 1
    assert found.value == pytest.approx(round(value, 1) * scale)
    assert bound in found.bounds


@given(st.dates(min_value=__import__("datetime").date(1600, 1, 1), max_value=__import__("datetime").date(2100, 1, 1)))
def test_printed_dates_are_read_back(day):
    date = PartialDate(day.year, day.month, day.day)
    assert [found.value for found in find_mentions(f"on {date}")] == [date]
    assert [found.value for found in find_mentions(f"on {day.day} {MONTHS[day.month - 1]} {day.year}.")] == [date]
    assert [found.value for found in find_mentions(date.iso)] == [date]


PIECES = st.sampled_from([
    "5", "five", "twenty", "twenty-one", "two-thirds", "2.5", "½", "1,500", "hundred", "a", "several", "dollars",
    "Won", "cent", "percentage", "points", "basis", "pp", "in", "out", "of", "dozen", "dozens", "billion",
    "millions", "4th", "first", "third", "%", "per", "percent", "x", "×", "times", "fold", "twice", "-largest",
    "place", "century", "May", "January", "2019", "1980s", "2020-05", "US$", "€", "KRW", "COVID-19", "World", "War",
    "II", "people", "-", ".", ",",
])  # fmt: skip


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "-", "\u00a0"])), max_size=10))
def test_the_quick_patterns_lose_no_number(pieces):
    text = "".join(piece + space for piece, space in pieces)
    with pytest.MonkeyPatch.context() as patch:
        every = [(re.compile(""), patterns) for _, patterns in grammar.KINDS]
        patch.setattr(grammar, "KINDS", every)
        patch.setattr(grammar, "KINDS_IN_WORDS", every)
        thorough = find_mentions.__wrapped__(text)
    assert find_mentions.__wrapped__(text) == thorough


@pytest.mark.parametrize(
    "piece", ["1,234", "1-", "one-", "12:30", "±5", "5 a ", "1/2 ", "one hundred and ", "Q1", "5-a-", "1 000 "]
)
def test_long_texts_of_numbers_take_no_long_time(piece):
    begin = time.perf_counter()
    find_mentions.__wrapped__(piece * 3000)
    assert (
        time.perf_counter() - begin < 5
    )  # each took a fraction of a second; where time grew with the square, half a minute
