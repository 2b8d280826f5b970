"""Slopes: lines between two times, labelled at both ends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.charts.scene import SceneLine
from reportgen.charts.style import Style
from reportgen.deck.charts.chart_labels import require_room
from tests.charts.samples import BRAND, MEASURE, SLOPES, collisions, make, refused, texts

STYLE = Style.memo(BRAND)


def test_each_line_has_its_value_at_the_left_and_its_name_and_value_at_the_right() -> None:
    scene = make(SLOPES).scene(MEASURE, STYLE)
    printed = {text.text: text for text in texts(scene)}
    assert {"$116.0\u00a0bn", "China $252.0\u00a0bn", "Japan $136\u00a0bn", "2010", "2020"} <= set(printed)
    assert printed["China $252.0\u00a0bn"].role == "signal"
    drawn = [item for item in scene.items if isinstance(item, SceneLine) and item.weight > 1]
    china, japan = (next(line for line in drawn if line.role == role) for role in ("signal", "quiet"))
    assert china.y1 - china.y2 > japan.y1 - japan.y2 > 0


def test_the_slide_says_what_the_memo_says() -> None:
    chart = make(SLOPES)
    native = chart.native(600, 300, BRAND)
    labels = {point.label.replace("\u00a0\u00a0", " ") for series in native.series for point in series.points}
    heads = {*native.categories}
    assert labels | heads == set(chart.scene(MEASURE, STYLE).texts)
    assert native.is_slope
    assert [series.role for series in native.series] == ["signal", "quiet", "quiet"]


def test_many_labels_are_numbers_alone() -> None:
    rows = [{"label": f"State {n}", "from": n, "to": 2 * n} for n in range(1, 12)]
    assert "State 3 6" in make(SLOPES, slopes=rows).scene(MEASURE, STYLE).texts


def test_the_alternative_text_is_written_from_the_data() -> None:
    assert make(SLOPES).describe().startswith("Slope chart. China: 2010, $116.0 billion; 2020, $252.0 billion.")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(-50, 999), st.integers(-50, 999)), min_size=1, max_size=16))
def test_no_label_meets_anything_in_memo_or_deck(pairs) -> None:
    rows = [{"label": f"State {n}", "from": a, "to": b} for n, (a, b) in enumerate(pairs)]
    chart = make(SLOPES, slopes=rows)
    assert collisions(chart.scene(MEASURE, STYLE)) == []
    require_room(chart.native(560, 330, BRAND), 560, 330, BRAND)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"to": 2010}, 'both ends are called "2010" (name two times)'),
        ({"slopes": []}, "at least 1 item"),
        ({"slopes": [SLOPES["slopes"][0]] * 2}, 'two slopes are called "China"'),
        ({"highlight": "Chine"}, 'did you mean "China"?'),
        ({"unit": "%"}, "one drawing, two units"),
        ({"slopes": [{"label": "A", "from": "much", "to": 2}]}, 'no fact "much"'),
    ],
)
def test_what_cannot_be_drawn_is_refused(more, message) -> None:
    assert message in refused(SLOPES, **more)
