"""Two states of a brief: each change is told once, and what only the file's form changes is none."""

import json
import re
from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.brief import load_brief
from reportgen.changes import compare_snapshots
from reportgen.changes.change_values import join_pieces, mark_pieces
from reportgen.changes.pairing import find_moved
from reportgen.changes.states.brief_snapshot import take_snapshot
from reportgen.changes.states.snapshot import Text, decode_snapshot, encode_snapshot
from reportgen.changes.word_diff import Facts, diff_texts
from reportgen.input.yamlfile import read_yaml
from tests.conftest import BUNDLED, INIT, ROOT

SEASON = "- The dredging season begins on ${season}; a decision before it could save a year. [@season]"
COOPERATIVE = "- The cooperative fears for its spawning grounds and “has asked for a survey first.” [@survey]"


def actions(changes):
    return [(change.action, change.spot.path) for change in changes.texts]


def test_the_same_brief_has_no_changes(compare):
    changes = compare()
    assert changes.is_empty
    assert changes.summarize() == "no words or numbers changed"


@pytest.mark.parametrize(
    "replacement",
    [
        ("title: Commission the survey", 'title: "Commission the survey"'),
        ("# The argument.", "# The argument, section by section."),
        ("bottom_line: >-\n  Decide", "bottom_line: >-\n  Decide\n "),
        ("could save a year. [@season]", "could save a year.\n      [@season]"),
        ("kind: opportunity\n    title:", "title:"),
    ],
    ids=["quotes", "comment", "wrapping", "line", "order"],
)
def test_what_only_the_file_has_otherwise_is_no_change(compare, replacement):
    old, new = replacement
    if new == "title:":  # a key that stands after another one now
        old = "- kind: opportunity\n    title: Long ships are ${long-ships} of all calls\n"
        new = "- title: Long ships are ${long-ships} of all calls\n    kind: opportunity\n"
    assert compare((old, new)).is_empty


def test_a_number_is_told_once_with_its_evidence_and_every_place_that_prints_it(compare):
    changes = compare(("value: 42, unit", "value: 44, unit"), ("42 percent of all", "44 percent of all"))
    share, rest = changes.changed_numbers
    assert (share.fact, share.old, share.new) == ("long-ships", "42 percent", "44 percent")
    assert [passage.words[:10] for passage in (*share.old_evidence, *share.new_evidence)] == [
        "42 percent",
        "44 percent",
    ]
    assert "¶1" in share.new_evidence[0].place
    assert {spot.path for spot in share.spots} >= {
        "topics[0].title",
        "topics[0].points[0]",
        "exhibits.calls.title",
        "exhibits.calls.takeaway[0]",
    }
    assert any(spot.path.startswith("exhibits.calls.value:More than 220 meters") for spot in share.spots)
    assert all(spot.line for spot in share.spots)
    assert (rest.fact, rest.old, rest.new) == ("rest", "58 percent", "56 percent")
    assert changes.texts == ()  # the quote is shown with the number


def test_a_rewording_marks_the_words_that_went_and_came(compare):
    (change,) = compare(("fears for its spawning grounds", "worries about its spawning grounds")).texts
    assert change.action == "reworded"
    assert change.new.path == "topics[1].points[0]"
    assert change.new.section == "The fishing cooperative wants a survey first"
    assert mark_pieces(change.pieces).startswith("The cooperative [-fears for-]{+worries about+} its spawning grounds")


def test_a_text_that_moved_is_neither_added_nor_removed(compare):
    changes = compare(
        (f"      {COOPERATIVE}\n", ""),
        (SEASON, f"{SEASON}\n    {COOPERATIVE}"),
        ("    points:\n    judgments", "    judgments"),
    )
    assert actions(changes) == [("moved", "why_now.points[1]")]
    assert changes.texts[0].old.path == "topics[1].points[0]"


def test_the_order_of_recommendations_is_one_move(compare):
    first = "  - title: Commission the survey\n    act: That you authorize the planning staff to commission the survey that the fishing cooperative has asked for.\n    lead: Planning staff\n    deadline: 2026-02-28\n    decide: Who pays for it\n"
    second = "  - title: Decide on the turning basin\n    act: That you put the turning basin on the commission’s agenda before the dredging season begins.\n    lead: Commission\n    deadline: 2026-03-31\n    decide: Size of the basin\n"
    changes = compare((first + second, second + first))
    assert [action for action, _ in actions(changes)] == ["moved"]


def test_what_was_added_and_removed_is_told_by_its_title(compare):
    changes = compare(
        ("recommendations:\n", "recommendations:\n  - {title: Ask the pilots for a forecast, lead: Harbor master}\n"),
        (f"    points:\n      {COOPERATIVE}\n", ""),
    )
    assert actions(changes) == [("removed", "topics[1].points[0]"), ("added", "recommendations[0]")]
    assert changes.texts[1].pieces[0].words == "Ask the pilots for a forecast"
    assert changes.texts[1].parts == (("lead[0]", "", "Harbor master"),)


def test_another_id_is_a_rename(compare):
    renamed = compare(("long-ships", "share-of-long-ships"))
    assert [(n.action, n.old_fact, n.fact) for n in renamed.numbers] == [
        ("renamed", "long-ships", "share-of-long-ships")
    ]
    assert renamed.texts == ()
    changes = compare(("exhibits: [calls]", "exhibits: [harbor-calls]"), ("  calls:\n", "  harbor-calls:\n"))
    assert actions(changes) == [("renamed", "exhibits.harbor-calls")]


def test_a_number_that_a_text_states_itself_is_a_number(compare):
    changes = compare(("Calls last year, percent", "Calls last year, 12 ports"))
    assert [change.action for change in changes.texts] == ["reworded"]
    changes = compare(("deadline: 2026-03-31", "deadline: 2026-04-15"))
    (number,) = changes.changed_numbers
    assert (number.old, number.new) == ("March 31, 2026", "April 15, 2026")
    assert number.spots[0].path == "recommendations[1].deadline"


@pytest.mark.parametrize(
    ("replacement", "part"),
    [
        (("confidence: moderate", "confidence: low"), ("confidence", "moderate", "low")),
        (("lead: Commission\n", "lead: Commission\n    today: true\n"), ("today", "", "yes")),
        (("- kind: friction", "- kind: immediate"), ("kind", "friction", "immediate")),
    ],
)
def test_what_an_item_says_of_itself_is_a_change(compare, replacement, part):
    (change,) = compare(replacement).texts
    assert (change.action, change.parts) == ("changed", (part,))


def test_other_evidence_of_the_same_words_is_a_change(compare):
    (change,) = compare(("could save a year. [@season]", "could save a year. [@survey]")).texts
    assert change.action == "changed"
    assert change.parts[0][0] == "evidence"
    assert "season" in change.parts[0][1]
    assert "survey" in change.parts[0][2]


def test_how_a_number_is_known_is_a_change_of_it(compare):
    (number,) = compare(
        ("value: 9, unit: US$ million, bound: about", "value: 9, unit: US$ million, bound: about, status: forecast")
    ).numbers
    assert (number.action, number.fact) == ("changed", "fees")
    assert ("status", "stated", "forecast") in number.parts


def test_two_different_briefs_are_called_so():
    changes = compare_snapshots(take_snapshot(load_brief(INIT)), take_snapshot(load_brief(BUNDLED)))
    (warning,) = changes.warnings
    assert "two different briefs" in warning.message


def test_an_old_state_that_is_the_newer_one_is_called_so(edit):
    newer = take_snapshot(load_brief(edit(("date: 2026-02-10", "date: 2026-03-02"))))
    (warning,) = compare_snapshots(newer, take_snapshot(load_brief(INIT))).warnings
    assert "2026-03-02" in warning.message


def test_a_snapshot_survives_being_stored():
    snapshot = take_snapshot(load_brief(BUNDLED))
    assert decode_snapshot(encode_snapshot(snapshot)) == snapshot
    assert decode_snapshot(b"{}") is None
    assert decode_snapshot(encode_snapshot(snapshot).replace(b'"format"', b'"x"')) in (None, snapshot)


WORDS = st.lists(
    st.sampled_from(["the", "harbor", "plans", "for", "long", "ships", "42", "percent,", "calls;", "a", "year."]),
    max_size=14,
)


@given(WORDS, WORDS)
@settings(max_examples=200)
def test_pieces_hold_the_new_text_and_every_word_of_the_old_one(old, new):
    before, after = Text(" ".join(old)), Text(" ".join(new))
    pieces = diff_texts(before, after, Facts())
    assert join_pieces(pieces, "old") == after.words
    kept = re.findall(r"\w+", join_pieces(pieces, "new"))
    assert kept == re.findall(r"\w+", before.words)


@given(st.permutations(range(7)))
def test_the_items_that_did_not_move_are_in_order(order):
    pairs = list(enumerate(order))
    kept = [position for index, (_, position) in enumerate(pairs) if index not in find_moved(pairs)]
    assert kept == sorted(kept)
    runs = [[*run] for size in range(8) for run in combinations(order, size) if [*run] == sorted(run)]
    assert len(kept) == max(map(len, runs))


@pytest.mark.parametrize(
    "path", [BUNDLED, *sorted((ROOT / "tests" / "briefs").glob("*/brief.yaml"))], ids=lambda path: path.parent.name
)
def test_each_point_of_a_brief_in_any_language_is_found_when_it_goes(path, tmp_path):
    """Delete each point in turn: exactly that one is reported."""
    data = json.loads(json.dumps(read_yaml(path).data, default=str))
    old = take_snapshot(load_brief(path))
    for number, topic in enumerate(data["topics"]):
        for index in range(len(topic["points"])):
            copy = json.loads(json.dumps(data))
            del copy["topics"][number]["points"][index]
            target = tmp_path / "brief.yaml"
            target.write_text(json.dumps(copy, ensure_ascii=False), encoding="utf-8")
            changes = compare_snapshots(old, take_snapshot(load_brief(target)))
            assert actions(changes) == [("removed", f"topics[{number}].points[{index}]")]
