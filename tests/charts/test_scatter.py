"""Scatter charts: points between two axes, with names where there is room."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.charts.scene import SceneDot
from reportgen.charts.style import Style
from reportgen.deck.charts.point_names import place_point_names
from tests.charts.samples import BRAND, MEASURE, SCATTER, SIDE, collisions, make, refused, texts

STYLE = Style.memo(BRAND)
NAMES = ["South Korea", "Japan", "China", "India", "Australia"]


def dots(scene) -> list[SceneDot]:
    return [item for item in scene.items if isinstance(item, SceneDot)]


def test_points_are_true_to_scale_and_named() -> None:
    scene = make(SCATTER).scene(MEASURE, STYLE)
    printed = {text.text: text for text in texts(scene)}
    assert set(NAMES) <= set(printed)
    assert printed["South Korea"].role == "signal"
    assert {"Military spending, percent of GDP", "GDP per person, US$ thousand"} <= set(printed)
    japan, china, india, australia, korea = dots(scene)
    assert (japan.x - china.x) / (australia.x - china.x) == pytest.approx((40.2 - 10.3) / (55.1 - 10.3))
    assert (japan.y - china.y) / (japan.y - india.y) == pytest.approx((1.7 - 0.9) / (2.9 - 0.9))
    assert korea.role == "signal"
    assert not collisions(scene)


def test_the_slide_has_the_same_points_axes_and_names() -> None:
    chart = make(SCATTER)
    native = place_point_names(chart.native(560, 330, BRAND), 560, 330, BRAND)
    points = native.series[0].points
    assert [(float(x), point.value) for x, point in zip(native.categories, points, strict=True)] == [
        (point["x"], point["y"]) for point in SCATTER["points"]
    ]
    assert [point.label for point in points] == NAMES == list(native.point_names)
    assert native.titles == ("GDP per person, US$ thousand", "Military spending, percent of GDP")
    drawn = chart.scene(MEASURE, STYLE).texts
    assert {f"{native.minimum:.1f}", f"{native.maximum:.1f}", f"{native.x_axis.maximum:.0f}"} <= set(drawn)


def test_the_alternative_text_has_every_number() -> None:
    said = make(SCATTER).describe()
    assert said.startswith("Scatter chart. GDP per person, Military spending. South Korea: $31.8 thousand, 2.7")
    assert all(str(point[side]) in said for point in SCATTER["points"] for side in ("x", "y"))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(-20, 100), st.integers(-20, 100)), min_size=2, max_size=40))
def test_no_name_meets_anything(places) -> None:
    points = [{"label": f"State {n}", "x": x, "y": y} for n, (x, y) in enumerate(places)]
    chart = make(SCATTER, points=points)
    for width in (SIDE, MEASURE):
        assert collisions(chart.scene(width, STYLE)) == []
    place_point_names(chart.native(560, 330, BRAND), 560, 330, BRAND)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"points": SCATTER["points"][:1]}, "at least 2 items"),
        ({"points": [{"label": f"{n}", "x": n, "y": n} for n in range(10_000)]}, "at most 300"),
        ({"points": [{"label": "A", "x": "sworn-in", "y": 1}, {"label": "B", "x": 2, "y": 1}]}, "is a date"),
        ({"points": [{"label": "A", "x": "exports", "y": 1}, {"label": "B", "x": 2, "y": 1}]}, "`x` has two units"),
        ({"highlight": "Jappan"}, 'did you mean "Japan"?'),
        ({"x_title": ""}, "at least 1"),
    ],
)
def test_what_cannot_be_drawn_is_refused(more, message) -> None:
    assert message in refused(SCATTER, **more)
