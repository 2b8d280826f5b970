"""Labels on stacked bars: one that is larger than its segment is readable on any ground and stays off the names."""

import pytest
from lxml import etree

from reportgen.charts.scene import NativeChart, NativePoint, NativeSeries
from reportgen.deck.charts.chart_labels import measure_labels
from reportgen.deck.charts.number_labels import find_text_labels
from reportgen.deck.charts.plot_layout import SEPARATOR, plot_chart
from reportgen.deck.charts.stacks import lay_out_stacks
from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.chart_xml import ChartXml

FRAME = 560.0, 320.0
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def chart(first: float, kind: str = "bar") -> NativeChart:
    """Return a chart of two stacks whose first segment has the value `first`."""

    def point(value: float, name: str) -> NativePoint:
        return NativePoint(value, f"${value:.0f} bn{SEPARATOR}{name}", '"$"#,##0" bn"')

    series = (
        NativeSeries("Lock", (point(first, "Lock"), point(26, "Lock")), label_role="paper"),
        NativeSeries("Dam", (point(115, "Dam"), point(60, "Dam")), "quiet"),
    )
    return NativeChart(kind, "stacked", ("Nevertheless", "On quota"), series)


def segments(drawn, brand):
    return list(lay_out_stacks(plot_chart(drawn, *FRAME, brand)))


def chart_xml(drawn, found, overflowing, theme, brand):
    plot, labels = plot_chart(drawn, *FRAME, brand).plot, find_text_labels(drawn, found)
    xml = ChartXml(drawn, plot, labels, overflowing, "en-US", Paint(theme.palette), "rId1")
    return etree.fromstring(xml.build_part())


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_the_segments_of_a_stack_follow_one_another_and_are_as_long_as_their_numbers(brand, kind):
    first, second, *others = segments(chart(30, kind), brand)
    assert (first.start, second.start) == (0, pytest.approx(first.length))
    assert second.length == pytest.approx(first.length * 115 / 30)
    assert [(each.series, each.category) for each in others] == [(0, 1), (1, 1)]


def test_negative_segments_reach_from_zero_to_the_other_side(brand):
    drawn = chart(-30)
    negative, positive = segments(drawn, brand)[:2]
    assert negative.start == pytest.approx(0)
    assert positive.start == pytest.approx(negative.length)
    assert positive.length == pytest.approx(negative.length * 115 / 30)


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_a_label_larger_than_the_first_segment_begins_at_the_axis(brand, kind):
    wide, narrow = (segments(chart(first, kind), brand)[0] for first in (60, 2))
    assert not wide.overflowing
    assert not wide.at_base
    assert narrow.overflowing
    assert narrow.at_base
    assert narrow.middle - narrow.along / 2 >= 0


def test_no_label_of_a_stack_reaches_over_the_axis_to_the_names(brand):
    for first in range(1, 40):
        labels = measure_labels(chart(first), *FRAME, brand)
        assert all(label.needed <= label.room for label in labels), first


def test_words_larger_than_their_segment_stand_on_a_ground_of_their_own(brand, theme):
    drawn = chart(2)
    found = segments(drawn, brand)
    overflowing = {(each.series, each.category): each.at_base for each in found if each.overflowing}
    xml = chart_xml(drawn, found, overflowing, theme, brand)
    small, large = (series.find(f"{C}dLbls/{C}dLbl") for series in xml.iter(f"{C}ser"))  # of the first stack
    assert (small.find(f"{C}dLblPos").get("val"), large.find(f"{C}dLblPos").get("val")) == ("inBase", "ctr")
    assert small.find(f"{C}spPr/{A}solidFill") is not None
    assert large.find(f"{C}spPr/{A}noFill") is not None


def test_a_label_that_is_written_has_the_lines_that_were_measured(brand, theme):
    drawn = chart(2)
    written = next(chart_xml(drawn, segments(drawn, brand), {}, theme, brand).iter(f"{C}rich"))
    assert written.find(f"{A}bodyPr").get("wrap") == "none"  # else programs break them at a fifth of the chart's width
    assert ["".join(each.itertext()) for each in written.iter(f"{A}p")] == ["$2 bn", "Lock"]
