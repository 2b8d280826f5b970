"""Areas: series stacked over time, each named where it ends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.charts.scene import ScenePolygon
from reportgen.charts.style import Style
from reportgen.deck.charts.chart_labels import require_room
from tests.charts.samples import AREAS, BRAND, MEASURE, SIDE, collisions, make, refused

STYLE = Style.memo(BRAND)


def areas(scene) -> list[ScenePolygon]:
    return [item for item in scene.items if isinstance(item, ScenePolygon)]


def test_each_area_stands_on_the_one_before_and_is_true_to_scale() -> None:
    coal, gas, _ = (area.points for area in areas(make(AREAS).scene(MEASURE, STYLE)))
    assert coal[:5] == gas[5:][::-1]
    heights = [lower[1] - upper[1] for upper, lower in zip(gas[:5], gas[5:][::-1], strict=True)]
    assert [height / heights[0] for height in heights] == pytest.approx([value / 34 for value in (34, 32, 35, 38, 40)])


def test_the_slide_has_the_same_areas_colors_names_and_axis() -> None:
    chart = make(AREAS)
    native, scene = chart.native(560, 330, BRAND), chart.scene(MEASURE, STYLE)
    require_room(native, 560, 330, BRAND)
    assert [(each.name, each.role) for each in native.series] == [(each.name, each.role) for each in areas(scene)]
    assert {each.name for each in native.series} <= set(scene.texts)
    assert native.legend
    assert {f"{tick:g}%" for tick in (native.minimum, native.step, native.maximum)} <= set(scene.texts)
    assert chart.describe().startswith("Stacked area chart. Coal: 2016, 30 percent; 2017, 28 percent")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(0, 100), min_size=6, max_size=6), min_size=1, max_size=5))
def test_no_name_meets_anything(table) -> None:
    series = [{"name": f"Region {n}", "values": values} for n, values in enumerate(table)]
    chart = make(AREAS, x=[f"{year}" for year in range(2015, 2021)], series=series)
    for width in (SIDE, MEASURE):
        assert collisions(chart.scene(width, STYLE)) == []


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"series": [{"name": "A", "values": [1, 2, -3, 4, 5]}]}, "it is negative (use kind: line"),
        ({"series": [{"name": "A", "values": [1, 2, None, 4, 5]}]}, 'the area "A" has a gap'),
        ({"series": [{"name": f"{n}", "values": [1] * 5} for n in range(6)]}, "6 areas are too many"),
        ({"x": [1990, 2000, 2010, 2015, 2020]}, "the dates of areas must be even"),
        ({"forecast_from": 2019}, "an area chart has no `forecast_from`"),
    ],
)
def test_what_cannot_be_drawn_is_refused(more, message) -> None:
    assert message in refused(AREAS, **more)
