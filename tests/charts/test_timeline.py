"""Timelines: true to scale or in order only, one layout for both media, no label over another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.charts.scene import SceneDot, SceneLine, SceneRect, SceneText
from reportgen.charts.style import Style
from reportgen.system.errors import FitError
from tests.charts.samples import BRAND, MEASURE, SIDE, TALKS, WINDOW, collisions, make, rects, refused, texts

STYLE = Style.memo(BRAND)
TITLES = st.lists(st.text("abcdefghijklmnop", min_size=1, max_size=14), min_size=1, max_size=10).map(" ".join)
DAYS = st.dates(min_value=__import__("datetime").date(1900, 1, 1), max_value=__import__("datetime").date(2100, 12, 31))
DATES = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda day: str(day)[:7]),
    DAYS.map(lambda day: str(day.year)),
    DAYS.map(lambda day: f"{day.year // 10}0s"),
)


def dots(scene):
    return [item for item in scene.items if isinstance(item, SceneDot)]


def words(scene):
    return [text.text.replace("\u00a0", " ") for text in texts(scene)]


def test_the_axis_is_true_to_scale() -> None:
    election, sworn_in, leaves = dots(make(WINDOW).scene(MEASURE, STYLE))
    days = (78, 78 + 485)
    assert (leaves.x - election.x) / (sworn_in.x - election.x) == pytest.approx(days[1] / days[0], rel=0.01)


def test_a_date_known_as_a_bound_is_hollow_and_says_so() -> None:
    scene = make(WINDOW).scene(MEASURE, STYLE)
    assert [dot.texture for dot in dots(scene)] == ["solid", "solid", "open"]
    assert "Before May 20, 2022" in words(scene)
    assert rects(scene)[-1].texture == "open"


def test_a_decade_is_a_stretch_and_its_early_years_the_beginning_of_it() -> None:
    events = [
        {"date": "fertility", "title": "Fertility falls"},
        {"date": "1990s", "title": "Nineties"},
        {"date": "2020", "title": "End"},
    ]
    early, nineties = rects(make({"kind": "timeline", "events": events}).scene(MEASURE, STYLE))
    assert early.texture == nineties.texture == "open"
    assert nineties.width / early.width == pytest.approx(2.5)


def test_a_span_ends_with_its_year_but_a_forecast_with_its_mark() -> None:
    spans = [
        {"from": "2000", "to": "2010", "title": "Exact"},
        {"from": "2000", "to": "2010", "title": "Expected", "forecast": True},
    ]
    exact, expected = rects(make({"kind": "timeline", "spans": spans}).scene(MEASURE, STYLE))
    assert exact.width / expected.width == pytest.approx(1.1)
    assert (exact.texture, expected.texture) == ("solid", "open")


def test_events_are_sorted_and_flags_say_date_title_and_note() -> None:
    events = [{"date": "2020", "title": "Second"}, {"date": "2019-03", "title": "First", "note": "a note"}]
    scene = make({"kind": "timeline", "events": events}).scene(MEASURE, STYLE)
    assert [word for word in words(scene) if not word.isdigit() or word == "2020"][:5] == [
        "March 2019",
        "First",
        "a note",
        "2020",
        "Second",
    ]


def test_a_break_leaves_out_time_and_shows_that_it_does() -> None:
    events = [
        {"date": "1950-01-01", "title": "A"},
        {"date": "1951-01-01", "title": "B"},
        {"date": "2020-01-01", "title": "C"},
    ]
    keys = {"kind": "timeline", "events": events}
    whole = dots(make(keys).scene(MEASURE, STYLE))
    scene = make(keys, **{"break": {"from": "1955", "to": "2015"}}).scene(MEASURE, STYLE)
    broken = dots(scene)
    assert broken[1].x - broken[0].x > 4 * (whole[1].x - whole[0].x)
    assert [item for item in scene.items if isinstance(item, SceneLine) and item.x1 != item.x2 and item.y1 != item.y2]


def test_today_and_the_deadline_stand_out() -> None:
    events = [
        {"date": "2021-01-20", "title": "Today", "mark": "today"},
        {"date": "2021-04-30", "title": "Sign", "mark": "deadline"},
    ]
    chart = make({"kind": "timeline", "events": events})
    scene = chart.scene(MEASURE, STYLE)
    assert [dot.role for dot in dots(scene)] == ["signal"]
    assert any(isinstance(item, SceneLine) and item.weight == 2 for item in scene.items)
    bold = {item.role for item in scene.items if isinstance(item, SceneText) and item.bold}
    assert bold == {"ink"}, "in grey the signal is lighter than ink"
    assert "Sign (deadline)" in chart.describe()


def test_order_only_has_equal_steps_and_says_so() -> None:
    chart = make(TALKS)
    scene = chart.scene(MEASURE, STYLE)
    steps = [after.x - before.x for before, after in zip(dots(scene), dots(scene)[1:], strict=False)]
    assert steps == pytest.approx([steps[0]] * 3)
    assert "In order; distances are not to scale." in words(scene)
    assert any(isinstance(item, SceneLine) and item.dashed for item in scene.items)
    assert not collisions(scene)
    assert chart.describe() == (
        "Timeline, in order, not to scale. 2018: Talks begin; Undated: Hanoi Summit; 2019: Agreement; "
        "10 months after expiry: Unresolved. Not finished."
    )


@pytest.mark.parametrize("keys", [WINDOW, TALKS])
def test_the_deck_has_the_same_words_and_marks_in_the_same_order(keys: dict) -> None:
    chart = make(keys)
    memo, slide = chart.scene(MEASURE, STYLE), chart.native(860, 320, BRAND)
    said = [event["title"] for event in keys["events"]]
    assert [word for word in words(memo) if word in said] == [word for word in words(slide) if word in said] == said
    assert [(dot.role, dot.texture) for dot in dots(memo)] == [(dot.role, dot.texture) for dot in dots(slide)]
    assert all(12 <= text.size <= 18 for text in texts(slide))
    assert slide.height == 320
    assert not collisions(slide)


def test_a_timeline_too_high_for_its_slide_is_refused() -> None:
    events = [{"date": f"2021-01-{day:02}", "title": f"Event number {day}"} for day in range(1, 15)]
    with pytest.raises(FitError, match="the slide has 100"):
        make({"kind": "timeline", "events": events}).native(860, 100, BRAND)


def test_events_hang_on_both_sides_where_one_side_is_too_high() -> None:
    events = [{"date": f"2021-01-{day:02}", "title": f"Event number {day}"} for day in range(1, 15)]
    chart = make({"kind": "timeline", "events": events})
    one_side, slide = chart.native(860, 600, BRAND), chart.native(860, 200, BRAND)
    axis = next(item.y1 for item in slide.items if isinstance(item, SceneLine) and item.y1 == item.y2)
    named = [text for text in texts(slide) if text.text.startswith("Event")]
    below = [text for text in named if text.y > axis]
    assert len(named) == 14
    assert len(below) == 7
    foot = next(item.y1 for item in one_side.items if isinstance(item, SceneLine) and item.y1 == item.y2)
    assert not [text for text in texts(one_side) if text.text.startswith("Event") and text.y > foot]
    assert not collisions(slide)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(TITLES, DATES), min_size=2, max_size=12, unique_by=(lambda pair: pair[0], lambda pair: pair[1])),
    st.sampled_from([MEASURE, 300.0, 187.2]),
)
def test_labels_never_meet_and_no_leader_crosses_one(pairs: list[tuple[str, str]], width: float) -> None:
    chart = make({"kind": "timeline", "events": [{"title": title, "date": date} for title, date in pairs]})
    assert collisions(chart.scene(width, STYLE)) == []
    assert collisions(chart.lay_out(width, STYLE, both_sides=True)) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(TITLES, st.integers(1950, 2020), st.integers(1, 60)),
        min_size=1,
        max_size=6,
        unique_by=lambda row: row[0],
    )
)
def test_spans_never_meet(rows: list[tuple[str, int, int]]) -> None:
    spans = [{"from": str(start), "to": str(start + years), "title": title} for title, start, years in rows]
    scene = make({"kind": "timeline", "spans": spans}).scene(MEASURE, STYLE)
    assert collisions(scene) == []
    assert len([item for item in scene.items if isinstance(item, SceneRect)]) == len(rows)


@settings(max_examples=40, deadline=None)
@given(st.lists(TITLES, min_size=1, max_size=7, unique=True))
def test_ordered_events_never_meet(titles: list[str]) -> None:
    chart = make(
        {"kind": "timeline", "scale": "ordinal", "events": [{"title": title, "when": "Undated"} for title in titles]}
    )
    assert collisions(chart.scene(MEASURE, STYLE)) == []


def test_the_alternative_text_says_every_date() -> None:
    assert make(WINDOW).describe() == (
        "Timeline, true to scale. November 3, 2020: Election; January 20, 2021: Inauguration; "
        "Before May 20, 2022: Moon leaves office; from January 20, 2021 to before May 20, 2022: The window."
    )


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"kind": "timeline"}, "there is no data to draw"),
        ({"kind": "timeline", "events": [{"date": "election", "title": "Vote"}]}, '"Vote" has a date without a year: November\u00a03 (give its year, or use scale: ordinal'),
        ({"kind": "timeline", "events": [{"title": "Vote"}]}, '"Vote" has no date'),
        ({"kind": "timeline", "events": [{"date": "exports", "title": "Vote"}]}, "is not a date"),
        ({"kind": "timeline", "events": [{"date": "sworn-inn", "title": "Vote"}]}, 'no fact "sworn-inn" (did you mean "sworn-in"?)'),
        ({"kind": "timeline", "events": [{"date": "2021-02-30", "title": "Vote"}]}, "is not in the calendar"),
        ({"kind": "timeline", "events": [{"date": "2021-02-03", "title": "Vote"}]}, "needs two different dates"),
        ({"kind": "timeline", "spans": [{"from": "2021", "to": "2019", "title": "Back"}]}, '"Back" ends before it begins'),
        ({**TALKS, "spans": WINDOW["spans"]}, "spans and breaks need dates"),
        ({**TALKS, "events": [{"date": "2019", "title": "A"}, {"date": "2018", "title": "B"}]}, '"B" comes before "A"'),
        ({**WINDOW, "break": {"from": "2021-02-01", "to": "2021-01-01"}}, "the break ends before it begins"),
        ({**WINDOW, "break": {"from": "2020-12-01", "to": "2021-02-01"}}, 'the break hides "Inauguration"'),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(keys: dict, message: str) -> None:
    assert message in refused(keys)


def test_steps_with_words_too_long_for_their_columns_stand_one_below_the_other() -> None:
    titles = [f"Internationalization {number}" for number in range(7)]
    chart = make({"kind": "timeline", "scale": "ordinal", "events": [{"title": title} for title in titles]})
    scene = chart.scene(SIDE, STYLE)
    assert collisions(scene) == []
    assert [text.text for text in texts(scene)][:7] == titles
    assert len({text.x for text in texts(scene)[:7]}) == 1
