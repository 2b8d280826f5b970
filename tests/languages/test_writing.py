"""Numbers and dates as Korean and Arabic write them; charts, text and workbooks say the same."""

import datetime

import pytest
from hypothesis import given, strategies as st

from reportgen.charts.layout.ticks import choose_ticks
from reportgen.deck.charts.number_labels import format_as_excel
from reportgen.pdf.paper import find_paper
from reportgen.text.numbers import (
    NBSP,
    SIGNS,
    PartialDate,
    Quantity,
    Unit,
    count_decimals,
    format_long_date,
    format_short_date,
)
from reportgen.text.stamp_text import parse_stamp


def quantity(language, value, unit="", bound="exactly", **more):
    return Quantity(value, Unit(unit), bound, count_decimals(value), language=language, **more)


def spaced(text):
    return text.replace(NBSP, " ")


KOREAN = [
    (1, "US$ billion", "a little less than", "10억 달러에 조금 못 미치는 수준", "10억 달러 미만", '0"0억 달러 미만"'),
    (46, "US$ billion", "exactly", "460억 달러", "460억 달러", '0"0억 달러"'),
    (1.26, "US$ billion", "about", "약 12.6억 달러", "약 12.6억 달러", '"약 12.6억 달러"'),
    (1500, "US$ billion", "exactly", "1조 5,000억 달러", "1조 5,000억 달러", '"1조 5,000억 달러"'),
    (2, "US$ trillion", "exactly", "2조 달러", "2조 달러", '#,##0"조 달러"'),
    (3, "€ million", "at least", "300만 유로 이상", "300만 유로 이상", '0"00만 유로 이상"'),
    (1200, "₩", "exactly", "1,200원", "1,200원", '#,##0"원"'),
    (8.2, "%", "at most", "8.2% 이하", "8.2% 이하", '#,##0.0"% 이하"'),
    (5, "times", "more than", "5배 초과", "5배 초과", '#,##0"배 초과"'),
    (3, "rank", "exactly", "3위", "3위", '#,##0"위"'),
    (16, "개월", "about", "약 16개월", "약 16개월", '"약 "#,##0"개월"'),
    (-6, "US$ billion", "exactly", "−60억 달러", "−60억 달러", '0"0억 달러"'),
]
ARABIC = [
    (1, "US$ billion", "a little less than", "أقل بقليل من مليار دولار", "دون 1 مليار دولار", '"دون "#,##0" مليار دولار"'),
    (2, "US$ billion", "more than", "أكثر من ملياري دولار", "فوق 2 مليار دولار", '"فوق "#,##0" مليار دولار"'),
    (5, "US$ billion", "exactly", "5 مليارات دولار", "5 مليارات دولار", '#,##0" مليارات دولار"'),
    (1.26, "US$ billion", "about", "نحو 1.26 مليار دولار", "نحو 1.26 مليار دولار", '"نحو "#,##0.00" مليار دولار"'),
    (15, "€ million", "at least", "15 مليون يورو على الأقل", "15 مليون يورو فأكثر", '#,##0" مليون يورو فأكثر"'),
    (7, "US$", "exactly", "7 دولارات", "7 دولارات", '#,##0" دولارات"'),
    (8.2, "%", "at most", "8.2 في المائة على الأكثر", "حتى 8.2%", '"حتى "#,##0.0"%"'),
    (5, "times", "more than", "أكثر من 5 أضعاف", "فوق 5 أضعاف", '"فوق "#,##0" أضعاف"'),
    (3, "rank", "exactly", "المرتبة الثالثة", "المرتبة 3", '"المرتبة "#,##0'),
    (16, "شهر", "about", "نحو 16 شهرًا", "نحو 16 شهرًا", '"نحو "#,##0" شهرًا"'),
    (1, "سنة", "exactly", "سنة واحدة", "1 سنة", '#,##0" سنة"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "value", "unit", "bound", "prose", "short", "excel"),
    [("ko", *row) for row in KOREAN] + [("ar-EG", *row) for row in ARABIC],
)
def test_a_quantity_is_written_as_its_language_does(language, value, unit, bound, prose, short, excel):
    made = quantity(language, value, unit, bound)
    assert (spaced(made.prose), spaced(made.short), spaced(made.excel)) == (prose, short, excel)


def test_the_number_and_its_unit_never_part_at_a_line_end():
    assert quantity("ko", 5, "US$ billion").prose == f"50억{NBSP}달러"
    assert quantity("ar", 5, "US$ billion").prose == f"5{NBSP}مليارات{NBSP}دولار"


def test_words_and_label_of_a_fact_stand_before_all():
    made = quantity("ko", 5, "US$ billion", words="반백억 달러", label="50억불")
    assert (made.prose, made.short, made.excel) == ("반백억 달러", "50억불", '"50억불"')


units = st.sampled_from(["", "%", "US$ billion", "€ million", "₩", "US$ thousand", "times", "개월", "شهر"])
values = st.integers(0, 10**7) | st.floats(0, 1e6).map(lambda value: round(value, 2))


@given(st.sampled_from(["ko", "ar"]), values, units, st.sampled_from(sorted(SIGNS)))
def test_a_workbook_prints_the_label(language, value, unit, bound):
    made = quantity(language, value, unit, bound)
    assert format_as_excel(value, made.excel) == made.short


@pytest.mark.parametrize(
    ("language", "written", "prose", "short", "before"),
    [
        ("ko", "2021-01-20", "2021년 1월 20일", "2021년 1월 20일", "2021년 1월 20일 전"),
        ("ko", "2021-01", "2021년 1월", "2021년 1월", "2021년 1월 전"),
        ("ko", "2021", "2021년", "2021년", "2021년 전"),
        ("ko", "1980s", "1980년대", "1980년대", "1980년대 전"),
        ("ko", "--11-03", "11월 3일", "11월 3일", "11월 3일 전"),
        ("ar", "2021-01-20", "20 يناير 2021", "20 يناير 2021", "قبل 20 يناير 2021"),
        ("ar-SY", "2021-04", "نيسان 2021", "نيسان 2021", "قبل نيسان 2021"),
        ("ar", "2021", "عام 2021", "2021", "قبل عام 2021"),
        ("ar", "1980s", "ثمانينيات القرن العشرين", "ثمانينيات القرن العشرين", "قبل ثمانينيات القرن العشرين"),
        ("ar", "2010s", *["العقد الثاني من القرن الحادي والعشرين"] * 2, "قبل العقد الثاني من القرن الحادي والعشرين"),
        ("ar", "--11-03", "3 نوفمبر", "3 نوفمبر", "قبل 3 نوفمبر"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(language, written, prose, short, before):
    date = PartialDate.parse(written)
    made = Quantity(date, Unit("date"), language=language)
    assert (spaced(made.prose), spaced(made.short)) == (prose, short)
    assert spaced(Quantity(date, Unit("date"), "less than", language=language).prose) == before


def test_days_in_heads_and_tables():
    day = datetime.date(2021, 4, 30)
    assert [spaced(format_long_date(day, tag)) for tag in ("ko", "ar")] == ["2021년 4월 30일", "30 أبريل 2021"]
    assert [spaced(format_short_date(day, 2021, tag)) for tag in ("ko", "ar")] == ["4월 30일", "30 أبريل"]
    assert [spaced(format_short_date(day, None, tag)) for tag in ("ko", "ar")] == ["2021년 4월 30일", "30 أبريل 2021"]


def test_an_axis_of_time_names_its_months():
    found = [tick.text for tick in choose_ticks(2021.0, 2021.5, None, lambda each: len(each) < 5, "ko")]
    assert found[:2] == ["2021년 1월", "3월"]


@pytest.mark.parametrize(
    ("tag", "long", "short", "paper"),
    [
        ("en-US", "March 5, 2024", "Mar 5, 2024", "letter"), ("en", "March 5, 2024", "Mar 5, 2024", "letter"),
        ("en-CA", "March 5, 2024", "Mar 5, 2024", "letter"), ("fr", "March 5, 2024", "Mar 5, 2024", "letter"),
        ("en-GB", "5 March 2024", "5 Mar 2024", "a4"), ("en-AU", "5 March 2024", "5 Mar 2024", "a4"),
    ],
)  # fmt: skip
def test_english_outside_north_america_has_the_day_first_and_a4(tag, long, short, paper):
    day = datetime.date(2024, 3, 5)
    assert format_long_date(day, tag).replace(NBSP, " ") == long
    assert format_short_date(day, None, tag).replace(NBSP, " ") == short
    assert find_paper(None, tag).name == paper
    assert find_paper("a4", tag).name == "a4"
    stamp = parse_stamp(f"Version 2 · {format_long_date(day, tag)}")
    assert stamp
    assert stamp.version == 2
