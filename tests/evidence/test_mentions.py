"""The grammar of numbers: text read as numbers with kind, unit and bound."""

import itertools
import re

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
        ("those aged 15-64", [("count", (15, 64), "", "exactly")]),
        ("nearly 40 ships", [("count", 40, "", "a little less than|about")]),
        ("5G, COVID-19, F-35, G20 and World War II", [("name", 0.0, "", "exactly")] * 5),
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
        patch.setattr(grammar, "KINDS", [(kind, re.compile(""), pattern) for kind, _, pattern in grammar.KINDS])
        thorough = find_mentions.__wrapped__(text)
    assert find_mentions.__wrapped__(text) == thorough
