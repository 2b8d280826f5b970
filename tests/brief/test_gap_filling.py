"""Gaps in any key of a brief: each is the one finding that it causes, and a draft prints it where it is missing."""

import json
import pickle
import random
from datetime import date

import jsonschema
import pytest

from reportgen.brief.loader import build_brief
from reportgen.evidence.checking import check_texts
from reportgen.evidence.evidence_lock import load_lock
from reportgen.input.model_validation import format_path
from reportgen.input.yamlfile import parse_yaml, read_yaml
from tests.conftest import BUNDLED, ROOT

TODAY = date(2026, 12, 1)
WORDS = "TODO: which one"


def list_values(value, path=()):
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from list_values(item, (*path, key))
    elif not (len(path) == 3 and path[0] == "quotes" and path[2] == "text"):
        yield path


DOCUMENT = read_yaml(BUNDLED, str(BUNDLED))
PATHS = list(list_values(DOCUMENT.data))


def put_gap(path, words=WORDS):
    """Return the bundled brief with a gap in the place of one value."""
    begin, end = DOCUMENT.offsets[path]
    text = DOCUMENT.text
    line = "\n" if text[end - 1] == "\n" else ""
    return text[:begin] + json.dumps(words) + line + text[end:]


def load(text, draft=True):
    return build_brief(parse_yaml(text, str(BUNDLED)), draft)


def list_findings(brief):
    return {
        (found.rule, format_path(found.path))
        for found in check_texts(brief, {}, load_lock(BUNDLED.parent), TODAY).findings
    }


@pytest.mark.parametrize("path", random.Random(7).sample(PATHS, 16), ids=format_path)
def test_a_gap_in_any_key_is_the_one_finding(path):
    assert list_findings(load(put_gap(path))) == {("gap", format_path(path))}


def test_a_brief_with_a_gap_in_any_key_is_read():
    for path in random.Random(11).sample(PATHS, 40):
        assert [gap.path for gap in load(put_gap(path)).gaps] == [path]


def test_dates_owners_and_kinds_print_their_gaps_where_they_are_missing():
    brief = load(put_gap(("recommendations", 0, "deadline"), "TODO: by when"))
    assert brief.recommendations[0].deadline is None
    assert brief.plain(brief.recommendations[0].deadline_note).startswith("TODO: by when")
    brief = load(put_gap(("topics", 0, "kind"), "TODO: what it asks"))
    assert brief.plain(brief.topics[0].points[0]).endswith("TODO: kind: what it asks")
    brief = load(f'{DOCUMENT.text}\ntimeline:\n  - {{date: "TODO: on what day", title: Talks resume}}\n')
    assert brief.timeline[0].date.format(brief.writing) == "TODO: on what day"


def test_a_brief_with_a_gap_for_its_date_travels_to_another_process():
    brief = pickle.loads(pickle.dumps(load(put_gap(("date",), "TODO: on what day"))))
    assert (brief.date.words, brief.gaps[0].path) == ("TODO: on what day", ("date",))


def test_a_fact_without_a_value_prints_its_gap_and_is_never_drawn():
    name, exhibit = next(
        (fact, exhibit)
        for exhibit, raw in DOCUMENT.data["exhibits"].items()
        for bar in raw.get("bars", [])
        if isinstance(fact := bar["value"], str)
    )
    brief = load(put_gap(("facts", name, "value"), "TODO: how many"))
    assert brief.plain(f"${{{name}}}") == "TODO: how many"
    assert brief.exhibits[exhibit].kind == "table"
    assert [brief.plain(cell) for cell in brief.exhibits[exhibit].rows[0]] == [f"facts.{name}", "TODO: how many"]


@pytest.mark.parametrize(
    "words",
    [
        "TODO: <b>who</b> & <script>alert(1)</script>",
        "TODO: {{ brief.folder }} {% for x in y %}",
        "TODO: ${nothing} and ${ and [@nobody] and [a](file:///etc/passwd)",
        "TODO: first\n\n- one\n- two\n\n> three",
        "TODO: من يقرأ؟",
        "TODO: " + "long words " * 300,
        "TODO: " + "x" * 3000,
    ],
    ids=["html", "jinja", "facts", "blocks", "right-to-left", "long", "one-word"],
)
def test_the_words_of_a_gap_are_words_alone(words):
    for path in [
        ("to",),
        ("bottom_line",),
        ("topics", 0, "title"),
        ("topics", 0, "points", 0),
        ("recommendations", 0, "lead"),
    ]:
        brief = load(put_gap(path, words))
        assert [gap.path for gap in brief.gaps] == [path]
        assert "\n" not in brief.gaps[0].message
    assert " ".join(words.split())[:30] in brief.recommendations[0].lead[0]


def test_a_gap_may_stand_for_a_whole_part():
    text = DOCUMENT.text
    for path in sorted(
        [("exhibits", "five-g"), ("quotes", "window"), ("silence", 0), ("topics", 1), ("recommendations", 2)],
        key=lambda path: -DOCUMENT.offsets[path][0],
    ):
        begin, end = DOCUMENT.offsets[path]
        rest = text[begin:end]
        tail = rest[rest.rstrip().__len__() :]
        text = f'{text[:begin]}"{WORDS}"{tail}{text[end:]}'
    brief = load(text)
    assert len(brief.gaps) == 5
    assert {rule for rule, _ in list_findings(brief)} <= {"gap", "raw-number"}
    assert brief.exhibits["five-g"].title == brief.topics[1].title == brief.recommendations[2].title == WORDS


def test_a_status_that_is_no_draft_is_not_printed_while_there_are_gaps():
    text = put_gap(("to",)).replace("\nslug:", "\nstatus: for clearance\nslug:")
    assert load(text).marks.lines[-1] == "DRAFT"


def test_the_schema_accepts_a_gap_in_the_place_of_any_value_but_the_kind_of_an_exhibit():
    validator = jsonschema.Draft202012Validator(json.loads((ROOT / "assets" / "brief.schema.json").read_text()))
    paths = [path for path in PATHS if not (path[0] == "exhibits" and path[-1] == "kind")]
    for path in random.Random(5).sample(paths, 25):
        assert validator.is_valid(parse_yaml(put_gap(path), str(BUNDLED)).data), format_path(path)
    assert not validator.is_valid(parse_yaml(put_gap(("date",), "some day"), str(BUNDLED)).data)
