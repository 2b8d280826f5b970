"""The labels on stacked bars: one that is larger than its part is readable on any ground and stays off the names."""

import pytest
from lxml import etree

from reportgen.charts.scene import NativeChart, NativePoint, NativeSeries
from reportgen.deck.charts import stacks
from reportgen.deck.charts.chart_labels import measure_labels
from reportgen.deck.charts.number_labels import find_text_labels
from reportgen.deck.charts.plot_layout import lay_out_plot
from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.chart_xml import ChartXml

FRAME = 560.0, 320.0
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def chart(first: float, kind: str = "bar") -> NativeChart:
    """Two stacks; the first one's first part is as asked."""

    def point(value: float, name: str) -> NativePoint:
        return NativePoint(value, f"${value:.0f} bn{stacks.SEPARATOR}{name}", '"$"#,##0" bn"')

    series = (
        NativeSeries("Lock", (point(first, "Lock"), point(26, "Lock")), label_role="paper"),
        NativeSeries("Dam", (point(115, "Dam"), point(60, "Dam")), "quiet"),
    )
    return NativeChart(kind, "stacked", ("Nevertheless", "On quota"), series)


def parts(drawn, brand):
    return list(stacks.lay_out_stacks(drawn, lay_out_plot(drawn, *FRAME, brand), *FRAME, brand))


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_the_parts_of_a_stack_follow_one_another_and_are_as_long_as_their_numbers(brand, kind):
    first, second, *others = parts(chart(30, kind), brand)
    assert (first.start, second.start) == (0, pytest.approx(first.length))
    assert second.length == pytest.approx(first.length * 115 / 30)
    assert [(part.index, part.at) for part in others] == [(0, 1), (1, 1)]


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_a_label_larger_than_the_first_part_begins_at_the_axis(brand, kind):
    wide, narrow = (parts(chart(first, kind), brand)[0] for first in (60, 2))
    assert not wide.spilled
    assert not wide.based
    assert narrow.spilled
    assert narrow.based
    assert narrow.middle - narrow.along / 2 >= 0


def test_no_label_of_a_stack_reaches_over_the_axis_to_the_names(brand):
    for first in range(1, 40):
        labels = measure_labels(chart(first), *FRAME, brand)
        assert all(label.needed <= label.room for label in labels), first


def test_words_larger_than_their_part_stand_on_a_ground_of_their_own(brand, theme):
    drawn = chart(2)
    plot, found = lay_out_plot(drawn, *FRAME, brand), parts(drawn, brand)
    spilled = {(part.index, part.at): part.based for part in found if part.spilled}
    xml = ChartXml(
        drawn, plot, find_text_labels(drawn, found), spilled, "en-US", Paint(theme.palette), "rId1"
    ).build_part()
    small, large = (
        series.find(f"{C}dLbls/{C}dLbl") for series in etree.fromstring(xml).iter(f"{C}ser")
    )  # of the first stack
    assert (small.find(f"{C}dLblPos").get("val"), large.find(f"{C}dLblPos").get("val")) == ("inBase", "ctr")
    assert small.find(f"{C}spPr/{A}solidFill") is not None
    assert large.find(f"{C}spPr/{A}noFill") is not None


def test_a_label_that_is_written_has_the_lines_that_were_measured(brand, theme):
    drawn = chart(2)
    found = parts(drawn, brand)
    xml = ChartXml(
        drawn,
        lay_out_plot(drawn, *FRAME, brand),
        find_text_labels(drawn, found),
        {},
        "en-US",
        Paint(theme.palette),
        "rId1",
    )
    written = next(etree.fromstring(xml.build_part()).iter(f"{C}rich"))
    assert written.find(f"{A}bodyPr").get("wrap") == "none"  # else programs break them at a fifth of the chart's width
    assert ["".join(each.itertext()) for each in written.iter(f"{A}p")] == ["$2 bn", "Lock"]
