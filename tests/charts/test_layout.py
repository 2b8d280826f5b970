"""The geometry that the kinds share, asked directly."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from reportgen.charts.layout.geometry import (
    Flag,
    Reach,
    choose_round_ticks,
    fit_scale,
    spread_centres,
    stack_callouts,
    stack_flags,
)
from reportgen.charts.layout.ticks import choose_ticks
from reportgen.charts.paint import mix_colors
from reportgen.charts.scene import Scene, SceneDot, SceneLine, SceneRect, SceneText

SIZES = st.floats(1, 40)


@given(
    st.lists(
        st.tuples(st.floats(-1e3, 1e3), st.floats(0, 1e3), st.floats(0, 30), st.floats(0, 30)), min_size=1, max_size=12
    )
)
def test_a_scale_leaves_room_for_every_label(rows: list[tuple[float, float, float, float]]) -> None:
    reaches = [Reach(min(low, 0), max(low + size, 0), before, after) for low, size, before, after in rows]
    scale = fit_scale(reaches, 100, 400)
    for reach in reaches:
        assert scale(reach.low) - reach.before >= 100 - 1e-6
        assert scale(reach.high) + reach.after <= 400 + 1e-6


@given(st.lists(st.tuples(st.floats(0, 300), SIZES), min_size=1, max_size=7))
def test_spread_boxes_keep_their_order_and_their_distance(rows: list[tuple[float, float]]) -> None:
    sizes = [size for _, size in rows]
    centres = spread_centres([wanted for wanted, _ in rows], sizes, 0, 300)
    for index in range(len(rows) - 1):
        assert centres[index] + sizes[index] / 2 <= centres[index + 1] - sizes[index + 1] / 2 + 1e-6
    assert centres[0] - sizes[0] / 2 >= -1e-6
    assert centres[-1] + sizes[-1] / 2 <= 300 + 1e-6


def test_boxes_with_room_stay_where_they_want_to_be() -> None:
    assert spread_centres([10, 50, 90], [10, 10, 10], 0, 100) == [10, 50, 90]


@given(st.lists(st.builds(Flag, st.floats(0, 400), SIZES, SIZES), min_size=1, max_size=12))
def test_stacked_flags_never_meet_and_no_leader_crosses_one(flags: list[Flag]) -> None:
    check([(flag.x, flag.x + flag.width) for flag in flags], flags, stack_flags(flags, 2))


@given(st.lists(st.builds(Flag, st.floats(0, 200), SIZES, SIZES), min_size=1, max_size=6))
def test_callouts_stay_in_the_drawing_never_meet_and_no_leader_crosses_one(flags: list[Flag]) -> None:
    places = stack_callouts(flags, 200, 2)
    if places is None:
        return
    sides = [
        (flag.x - flag.width, flag.x) if left else (flag.x, flag.x + flag.width)
        for flag, (left, _) in zip(flags, places, strict=True)
    ]
    assert all(begin >= 0 and end <= 200 for begin, end in sides)
    check(sides, flags, [level for _, level in places])


def check(sides: list[tuple[float, float]], flags: list[Flag], levels: list[float]) -> None:
    for a in range(len(flags)):
        for b in range(len(flags)):
            if a == b:
                continue
            across = sides[a][0] < sides[b][1] and sides[b][0] < sides[a][1]
            assert not across or levels[a] >= levels[b] + flags[b].height or levels[b] >= levels[a] + flags[a].height
            assert not (sides[b][0] < flags[a].x < sides[b][1] and levels[b] < levels[a])


def test_callouts_without_room_are_given_up() -> None:
    assert stack_callouts([Flag(50, 60, 10)], 100, 2) is None
    assert stack_callouts([Flag(45, 50, 10), Flag(55, 50, 10)], 100, 2) is None


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 10, [0, 2.5, 5, 7.5, 10]),
        (-4.1, 6.8, [-5, 0, 5, 10]),
        (0, 0.03, [0, 0.01, 0.02, 0.03]),
        (3, 3, [1, 2, 3, 4, 5]),
    ],
)
def test_ticks_are_round_and_enclose_the_values(low: float, high: float, expected: list[float]) -> None:
    found, _ = choose_round_ticks(low, high, 4)
    assert found[0] <= low
    assert found[-1] >= high
    assert found == pytest.approx(expected)


def test_dates_under_an_axis_get_sparser_until_they_fit() -> None:
    def at_most(count: int):
        return lambda shown: len(shown) <= count

    assert [tick.text for tick in choose_ticks(2020.8, 2022.4, None, at_most(8))] == [
        "Jan 2021",
        "Apr",
        "Jul",
        "Oct",
        "Jan 2022",
        "Apr",
    ]
    assert [tick.text for tick in choose_ticks(1980, 2040, None, at_most(7))] == [
        "1980",
        "1990",
        "2000",
        "2010",
        "2020",
        "2030",
        "2040",
    ]
    assert [tick.text for tick in choose_ticks(1980, 2020, (1985, 2015), at_most(5))] == [
        "1980",
        "1985",
        "2015",
        "2020",
    ]
    assert choose_ticks(2020, 2021, None, at_most(0)) == []


def test_colours_mix_with_paper() -> None:
    assert mix_colors("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mix_colors("#12436D", "#FFFFFF", 0) == "#12436d"


def test_a_drawing_that_is_read_from_the_right_is_the_same_seen_in_a_mirror() -> None:
    items = (
        SceneText(0, 0, 30, 10, "label", 8.5),
        SceneRect(35, 0, 50, 10),
        SceneLine(35, 0, 35, 20),
        SceneDot(85, 5, 4),
    )
    turned = Scene(100, 20, items).mirror()
    text, rect, line, dot = turned.items
    assert isinstance(text, SceneText)
    assert isinstance(rect, SceneRect)
    assert isinstance(line, SceneLine)
    assert isinstance(dot, SceneDot)
    assert (text.x, text.align) == (70, "right")
    assert (rect.x, line.x1, line.x2, dot.x) == (15, 65, 65, 15)
    assert turned.mirror() == Scene(100, 20, items)
