"""Labels of native charts that would meet: those at lines' ends are moved apart."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from reportgen import brand as brands
from reportgen.charts.scene import NativeChart, NativePoint, NativeSeries
from reportgen.deck.charts.chart_labels import measure_labels, require_room
from reportgen.deck.charts.number_labels import drop_units
from reportgen.deck.charts.plot_layout import plot_chart
from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.chart_xml import ChartXml
from reportgen.deck.palette import OUR_PALETTE
from reportgen.system.errors import FitError

BRAND = brands.load()
WIDTH, HEIGHT = 560.0, 300.0


def lines(*ends: float) -> NativeChart:
    series = tuple(
        NativeSeries(f"Line {number}", (NativePoint(10.0), NativePoint(end, f"Line {number} {end:g}", '"x"')))
        for number, end in enumerate(ends, 1)
    )
    return NativeChart("line", "clustered", ("2019", "2020"), series, minimum=0.0, maximum=100.0, step=50.0)


def find_places(chart: NativeChart) -> list[float]:
    """Return how far the label of each series stands above the plot's foot, in points."""
    plotted = plot_chart(chart, WIDTH, HEIGHT, BRAND)
    scale = plotted.plot_height / 100
    return [
        series.points[-1].value * scale - plotted.plot.shifts.get((index, len(chart.categories) - 1), 0.0) * HEIGHT
        for index, series in enumerate(chart.series)
    ]


@given(st.lists(st.floats(0, 100, allow_nan=False), min_size=2, max_size=10))
def test_no_two_labels_at_lines_ends_meet(ends):
    chart = lines(*ends)
    require_room(chart, WIDTH, HEIGHT, BRAND)
    size = plot_chart(chart, WIDTH, HEIGHT, BRAND).plot.size
    places = sorted(find_places(chart))
    assert all(above - below >= size for below, above in pairwise(places))
    assert places[0] >= -size
    assert not [label for label in measure_labels(chart, WIDTH, HEIGHT, BRAND) if label.needed > label.room]


@given(st.lists(st.integers(0, 20), min_size=2, max_size=5, unique=True))
def test_labels_keep_the_order_of_their_lines(steps):
    ends = [5.0 * step for step in steps]
    places = find_places(lines(*ends))
    assert sorted(range(len(ends)), key=ends.__getitem__) == sorted(range(len(ends)), key=places.__getitem__)


def test_labels_with_room_stay_at_their_lines():
    assert not plot_chart(lines(10, 50, 90), WIDTH, HEIGHT, BRAND).plot.shifts


def test_a_moved_label_is_moved_in_the_file():
    chart = lines(50, 51)
    plotted = plot_chart(chart, WIDTH, HEIGHT, BRAND)
    xml = ChartXml(chart, plotted.plot, {}, {}, "en-US", Paint(OUR_PALETTE), "rId1").build_part().decode()
    moved = [float(each) for each in re.findall(r'<c:manualLayout><c:x val="0"/><c:y val="(-?[\d.]+)"/>', xml)]
    assert sorted(moved) == [round(each, 4) for each in sorted(plotted.plot.shifts.values())]
    assert moved[0] > 0 > moved[1], "the lower line's label moves down"


def columns(count: int, unit: str = "bn") -> NativeChart:
    points = tuple(
        NativePoint(20.0 + at, f"$2{at % 10}.0 {unit}" if at < 10 else f"${20 + at}.0 {unit}", f'"$"#,##0.0" {unit}"')
        for at in range(count)
    )
    years = tuple(str(2001 + at) for at in range(count))
    return NativeChart("column", "clustered", years, (NativeSeries("Exports", points),), unit="US$ billion")


def test_numbers_alone_need_less_room_and_keep_their_formats():
    chart = columns(12)
    with pytest.raises(FitError):
        require_room(chart, WIDTH, HEIGHT, BRAND)
    bare = drop_units(chart)
    require_room(bare, WIDTH, HEIGHT, BRAND)
    first = bare.series[0].points[0]
    assert (first.label, first.format_code) == ("20.0", "#,##0.0")


@pytest.mark.parametrize(
    ("label", "code", "bare"),
    [
        ("<$5 bn", '"<$"#,##0" bn"', "<5"),
        ("$5 bn\u00a0\u00a0reported", '"$"#,##0" bn\u00a0\u00a0reported"', "$5 bn\u00a0\u00a0reported"),
        ("about five", '"about five"', "about five"),
    ],
)
def test_a_bound_and_words_of_its_own_stay_with_a_number(label, code, bare):
    chart = NativeChart("column", "clustered", ("a",), (NativeSeries("s", (NativePoint(5.0, label, code),)),))
    assert drop_units(chart).series[0].points[0].label == bare


def test_a_line_keeps_its_name():
    chart = lines(50, 80)
    assert drop_units(chart) is chart


def test_of_years_in_a_row_every_second_is_named_where_there_is_no_room_for_all():
    chart = drop_units(columns(16))
    assert plot_chart(chart, WIDTH, HEIGHT, BRAND).plot.every == 2
    assert plot_chart(columns(5), WIDTH, HEIGHT, BRAND).plot.every == 1
    named = replace(chart, categories=tuple(f"Port {number}" for number in range(16)))
    assert plot_chart(named, WIDTH, HEIGHT, BRAND).plot.every == 1, "names of places have no order to fill them in"


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 400)), min_size=2, max_size=5))
def test_a_remark_over_a_column_stands_above_the_labels_of_its_neighbors(pairs):
    series = tuple(
        NativeSeries(
            name,
            tuple(
                NativePoint(
                    float(pair[index]),
                    f"{pair[index]}\u00a0\u00a0a new carrier since last spring" if index == 0 else f"{pair[index]}",
                )
                for pair in pairs
            ),
        )
        for index, name in enumerate(("Long", "Short"))
    )
    chart = NativeChart("column", "clustered", tuple(f"{2015 + n}" for n in range(len(pairs))), series, legend=True)
    plotted = plot_chart(chart, WIDTH, HEIGHT, BRAND)
    scale = plotted.plot_height / (plotted.plot.maximum - plotted.plot.minimum)
    for at, (own, other) in enumerate(pairs):
        foot = own * scale - plotted.plot.shifts.get((0, at), 0.0) * HEIGHT
        assert foot >= other * scale + plotted.plot.size or foot + plotted.plot.size <= other * scale
        assert foot + plotted.plot.size <= plotted.plot_height + 1
