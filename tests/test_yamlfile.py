"""What YAML mangles is reported, each trap with its place and its own hint."""

import pytest

from reportgen.input.yamlfile import MAX_VALUES, parse_yaml, read_yaml
from reportgen.system.errors import ReportgenError


def diagnose(text):
    """Return the diagnostics for a text: its problems, or the error that ended the reading."""
    try:
        return [str(problem) for problem in parse_yaml(text, "b.yaml").problems]
    except ReportgenError as error:
        return [str(problem) for problem in error.diagnostics]


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("a: no", "b.yaml:1:4", "true or false"),
        ("b: 1\na: yes # comment", "b.yaml:2:4", "true or false"),
        ("a: 12:30", "b.yaml:1:4", "750"),
        ("t: this: that", "b.yaml:1:8", "a colon and a space inside a text begin a new key"),
        ("t: Korea #2 is", "b.yaml:1:10", "begins a comment"),
        ("c: #123456", "b.yaml:1:4", "begins a comment"),
        ("t: [@x]", "b.yaml:1:5", "begins with [@quote]"),
        ("t: [@x] was", "b.yaml:1:5", "begins with [@quote]"),
        ("x: >5\ny: 1", "b.yaml:1:4", "quote the value"),
        ("x: > 5", "b.yaml:1:6", "cannot begin with"),
        ("x: *foo* bar", "b.yaml:1:8", "alias"),
        ("x: `y`", "b.yaml:1:4", "cannot begin with this character"),
        ('x: "\\x01abc"', "b.yaml:1:5", "U+0001"),
        ('x: "ab\\ufffe"', "b.yaml:1:7", "U+FFFE"),
        ('x: "\\ud83d"', "b.yaml:1", "surrogate"),
        ("a: \x07", "b.yaml:1:4", "U+0007"),
        ("a:\n\t- x", "b.yaml:2:1", "no tabs"),
        ("a: 1\na: 2", "b.yaml:2:1", 'the key "a" is repeated'),
        ("x: !!python/object:os.system 1", "b.yaml:1:4", "data only"),
        ("a: &a [*a]", "b.yaml:1:4", "contains itself"),
        ("a: 'abc", "b.yaml:1:4", "not closed"),
        ('a: "x" y', "b.yaml:1:8", "after its closing quotation mark"),
        ("a: 012", "b.yaml:1:4", "disagree"),
        ("", "b.yaml:1:1", "is empty"),
        ("# only a comment\n", "b.yaml:1:1", "is empty"),
        ("? [a, b]\n: c", "b.yaml:1:3", "plain text"),
    ],
)
def test_each_trap_has_its_hint(text, place, says):
    found = diagnose(text)
    assert len(found) == 1, found
    assert found[0].startswith(place), found
    assert says in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "a: 5  # percent",
        "a: text # a comment",
        'a: "no"',
        "a: nothing",
        "a: 'x: y'",
        "a: >-\n  one: two #3\n",
        "a: 1.5\nb: true\nc: ~",
    ],
)
def test_good_yaml_has_no_problems(text):
    assert diagnose(text) == []


def test_scalars_follow_the_core_schema():
    assert parse_yaml("a: 1\nb: 1.5\nc: true\nd: ~\ne: 2021-01-20\nf: 1e3", "b").data == {
        "a": 1, "b": 1.5, "c": True, "d": None, "e": "2021-01-20", "f": 1000.0,
    }  # fmt: skip


def test_anchors_that_explode_are_stopped():
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join(f'*a{n - 1}' for _ in range(10))}]\n" for n in range(1, 9)
    )
    (found,) = diagnose(bomb)
    assert f"more than {MAX_VALUES:,} values" in found


def test_deep_nesting_is_refused():
    (found,) = diagnose("[" * 5000 + "]" * 5000)
    assert "b.yaml" in found


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [(b"a: \xff", 3, "not UTF-8"), (b"a: x\n" * 600_000, 7, "at most 2 MB"), (None, 7, "no such file")],
)
def test_files_that_cannot_be_read(tmp_path, content, code, says):
    path = tmp_path / "b.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReportgenError, match=says) as caught:
        read_yaml(path)
    assert caught.value.code == code


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(ReportgenError, match="is a folder"):
        read_yaml(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "b.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: one\r\nb: two\r\n")
    assert read_yaml(path).data == {"a": "one", "b": "two"}
