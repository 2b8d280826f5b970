"""The names beside the points of a native scatter chart: where each stands, and which have no room."""

from __future__ import annotations

from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.charts.layout.points.point_labels import place_names
from reportgen.charts.scene import NativeChart
from reportgen.deck.charts.plot_layout import plot_chart
from reportgen.system.errors import FitError

DOT = 9.0  # points: a marker with the room around it
INSET = 6.0  # PowerPoint's margins at the sides of a label


def place_point_names(chart: NativeChart, width: float, height: float, brand: Brand) -> NativeChart:
    """Return the chart with a side for each name that has room; the others are left out, but for the highlighted ones."""
    plotted = plot_chart(chart, width, height, brand)
    axis, plot = chart.x_axis, plotted.plot
    assert axis is not None
    assert plot.minimum is not None
    assert plot.maximum is not None
    series = chart.series[0]
    across, down = (
        plotted.plot_width / (axis.maximum - axis.minimum),
        plotted.plot_height / (plot.maximum - plot.minimum),
    )
    places = [
        ((float(x) - axis.minimum) * across, (plot.maximum - (point.value or 0.0)) * down)
        for x, point in zip(chart.categories, series.points, strict=True)
    ]
    line = fonts.measure_line_height(plotted.bold, plot.size)
    sizes = [(fonts.measure_width(plotted.bold, point.label or "", plot.size) + INSET, line) for point in series.points]
    flags = [point.role == "signal" for point in series.points]
    area = (1.0, 0.0, plotted.plot_width + plotted.width * (1 - plot.area[0] - plot.area[2]), plotted.plot_height)
    points = []
    for point, side in zip(series.points, place_names(places, sizes, flags, area, DOT), strict=True):
        if side is None and point.role == "signal":
            message = f'there is no room beside the point of "{point.label}" for its name'
            raise FitError(message, hint="shorten the names, or highlight fewer points")
        points.append(replace(point, side=side or "", label=point.label if side else None))
    return replace(chart, series=(replace(series, points=tuple(points)),))
