"""Each character of a YAML text is found in its source, whatever its style, and can be replaced there."""

import pytest
import yaml
from hypothesis import given, strategies as st

from reportgen.input.edits import Amend, Cut, apply_cuts
from reportgen.input.scalar_source import map_scalar
from reportgen.input.yaml_splice import splice
from reportgen.input.yamlfile import parse_yaml
from tests.conftest import BUNDLED, INIT

STYLES = r"""
folded: >-
  one two
  three

  four

    further in
    still
  back  # no comment
literal: |
  one
    two

  three
plain: one
  two

  three   # a comment
single: 'it''s one

  two'
double: "caf\u00e9 \
   joined
   folded\n kept \"so\""
flow: {a: one two, b: "x, y", c: [one, 'two']}
list:
- >
  - item
  - item
"""


def read_scalars(text: str):
    pending, seen = [yaml.compose(text)], set()
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield text[node.start_mark.index : node.end_mark.index], node
        else:
            pending += [each for pair in node.value for each in (pair if isinstance(pair, tuple) else (pair,))]


@pytest.mark.parametrize(
    "text", [STYLES, BUNDLED.read_text("utf-8"), INIT.read_text("utf-8"), STYLES.replace("\n", "\r\n")]
)
def test_every_scalar_is_read_as_the_parser_reads_it(text):
    for source, node in read_scalars(text):
        value = node.value.rstrip("\n") if node.style in ("|", ">") else node.value
        assert "".join(char for char, _ in map_scalar(source, node.style)) == value


@pytest.mark.parametrize(
    ("path", "old", "new", "before", "after"),
    [
        (("folded",), "two", "2", "one two\n", "one 2\n"),
        (("folded",), " three", "", "two\n  three\n", "two\n"),
        (("folded",), "two three", "2 and 3", "two\n  three", "2 and 3"),
        (("literal",), "two", "2 # 3", "    two\n", "    2 # 3\n"),
        (("plain",), "two", "2", "plain: one\n  two", "plain: one\n  2"),
        (("single",), "it's", "it's not", "'it''s one", "'it''s not one"),
        (("double",), "café", "“café”\\", '"caf\\u00e9 ', '"“café”\\\\ '),
        (("flow", "a"), "two", "2", "{a: one two,", "{a: one 2,"),
        (("flow", "b"), "y", "z", '"x, y"', '"x, z"'),
        (("flow", "c", 1), "two", "2's", "'two'", "'2''s'"),
    ],
)
def test_some_characters_are_replaced_and_no_others(path, old, new, before, after):
    value = parse_yaml(STYLES, "f").data
    for part in path:
        value = value[part]
    start = value.index(old)
    text, changes = splice(STYLES, "f", [Amend(path, (Cut(start, start + len(old), new),))])
    assert text == STYLES.replace(before, after, 1)
    assert len(changes) == 1


def test_a_text_that_its_style_cannot_write_is_quoted():
    text, _ = splice("a: one two\nb: 1\n", "f", [Amend(("a",), (Cut(4, 7, "2: three"),))])
    assert text == 'a: "one 2: three"\nb: 1\n'


def test_several_cuts_of_one_text():
    text, _ = splice("a: one two three\n", "f", [Amend(("a",), (Cut(0, 3, "1"), Cut(8, 13, "3"), Cut(13, 13, "!")))])
    assert text == "a: 1 two 3!\n"


@given(st.data())
def test_the_rest_of_the_file_stays_byte_for_byte(data):
    path = data.draw(st.sampled_from([("folded",), ("literal",), ("plain",), ("single",), ("double",), ("flow", "a")]))
    value = parse_yaml(STYLES, "f").data
    for part in path:
        value = value[part]
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, min(len(value), start + 9)))
    cut = Cut(start, end, data.draw(st.text("ab ’-", max_size=5)))
    wanted = apply_cuts(value, [cut])
    if wanted != " ".join(wanted.split()) and "\n" not in wanted:
        return  # spaces at an end are no text
    try:
        text, (change,) = splice(STYLES, "f", [Amend(path, (cut,))])
    except Exception as error:
        assert "cannot be changed here" in str(error)  # noqa: PT017  # refused, and nothing is lost
        return
    assert text[: change.start] == STYLES[: change.start]
    assert text.endswith(STYLES[change.end :])
    found = parse_yaml(text, "f").data
    for part in path:
        found = found[part]
    assert found == wanted
