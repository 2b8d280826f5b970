"""Labels of native charts that would meet: those at lines' ends are moved apart."""

import re
from itertools import pairwise

from hypothesis import given, strategies as st

from reportgen import brand as brands
from reportgen.charts.scene import NativeChart, NativePoint, NativeSeries
from reportgen.deck.charts.chart_labels import measure_labels, require_room
from reportgen.deck.charts.plot_layout import plot_chart
from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.chart_xml import ChartXml
from reportgen.deck.palette import OUR_PALETTE

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
        series.points[-1].value * scale - plotted.plot.shifts.get(index, 0.0) * HEIGHT
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
