"""An edit of a YAML file changes its own place and nothing else."""

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.input.edits import Insert, Remove, Replace
from reportgen.input.yaml_splice import splice, write_scalar
from reportgen.input.yamlfile import parse_yaml
from reportgen.system.errors import BriefError
from tests.conftest import BUNDLED

BRIEF = """\
# A brief of ours.
sources:
  lee: {author: Ann Lee, title: "Ports: a study", published: "2024"}   # the article
quotes:
  # flow, then block
  cost: {source: lee, text: "about $9 million"}
  fees:   # with a comment
    source: lee
    text: >-
      a fee that is
      long
    paragraph: 3
  season: {source: lee, paragraph: 4,
    text: 'the season''s end'}
facts:
  old: {value: 3, unit: ports, quote: cost}

  cost: {value: 9, unit: US$ million, quote: cost}  # a fact
points:
- one
- two: {a: 1}
- three
"""


def spliced(text: str, *edits) -> str:
    return splice(text, "b.yaml", edits)[0]


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (Replace(("quotes", "fees", "paragraph"), 12), "    paragraph: 3\n", "    paragraph: 12\n"),
        (Replace(("quotes", "season", "paragraph"), 5), "paragraph: 4,", "paragraph: 5,"),
        (Replace(("sources", "lee", "title"), 'Ports "now"'), '"Ports: a study"', '"Ports \\"now\\""'),
        (Replace(("quotes", "season", "text"), "it's over"), "'the season''s end'", "'it''s over'"),
        (Replace(("sources", "lee", "author"), "Lee, Ann"), "Ann Lee", '"Lee, Ann"'),
        (Replace(("points", 0), "yes"), "- one", '- "yes"'),
        (
            Replace(("quotes", "fees", "text"), "another fee that is long too"),
            "a fee that is\n      long\n",
            "another fee that is long too\n",
        ),
        (
            Insert(("quotes", "cost"), "page", 14, after="source"),
            "cost: {source: lee, text",
            "cost: {source: lee, page: 14, text",
        ),
        (
            Insert(("quotes", "fees"), "page", 14, after="source"),
            "    source: lee\n    text",
            "    source: lee\n    page: 14\n    text",
        ),
        (
            Insert(("quotes", "fees"), "section", "3.2", after="text"),
            "      long\n",
            '      long\n    section: "3.2"\n',
        ),
        (
            Insert(("quotes", "season"), "speaker", "Ann Lee"),
            "'the season''s end'}",
            "'the season''s end', speaker: Ann Lee}",
        ),
        (Insert((), "slug", "ports"), "- three\n", "- three\nslug: ports\n"),
        (Remove(("facts", "old")), "  old: {value: 3, unit: ports, quote: cost}\n", ""),
        (Remove(("facts", "cost")), "  cost: {value: 9, unit: US$ million, quote: cost}  # a fact\n", ""),
        (
            Remove(("quotes", "fees")),
            "  fees:   # with a comment\n    source: lee\n    text: >-\n      a fee that is\n      long\n    paragraph: 3\n",
            "",
        ),
        (Remove(("quotes", "season", "paragraph")), "paragraph: 4,\n    text", "\n    text"),
        (Remove(("points", 1)), "- two: {a: 1}\n", ""),
        (Remove(("points", 1, "two", "a")), "- two: {a: 1}\n", ""),
        (Remove(("points", 2)), "- three\n", ""),
    ],
)  # fmt: skip
def test_only_the_place_of_an_edit_changes(edit, old, new):
    assert BRIEF.count(old) == 1
    assert spliced(BRIEF, edit) == BRIEF.replace(old, new)
    windows = BRIEF.replace("\n", "\r\n")
    assert spliced(windows, edit) == BRIEF.replace(old, new).replace("\n", "\r\n")


def test_the_last_entry_takes_its_key_along():
    assert spliced("a: 1\nb:\n  c: {d: 2}\n", Remove(("b", "c", "d"))) == "a: 1\n"
    assert spliced("a: 1\nb: {c: [5]}", Remove(("b", "c", 0))) == "a: 1"


def test_a_file_without_a_last_line_end_stays_without():
    assert spliced("a: 1\nb: 2", Insert((), "c", 3)) == "a: 1\nb: 2\nc: 3"
    assert spliced("a: 1\nb: 2", Remove(("b",))) == "a: 1"


def test_each_edit_sees_those_before_it():
    text, changes = splice(BRIEF, "b.yaml", [Remove(("facts", "old")), Insert(("facts", "cost"), "bound", "about")])
    assert "quote: cost, bound: about}  # a fact" in text
    assert [f"{change.where}: {change.what}" for change in changes] == [
        "b.yaml:16:3: facts.old removed",
        "b.yaml:17:39: facts.cost.bound: about added",
    ]


@pytest.mark.parametrize(
    ("text", "edit", "says"),
    [
        ("a: &x {b: 1}\nc: *x\n", Replace(("a", "b"), 2), "a cannot be changed here: it is shared by an anchor"),
        ("a: &x {b: 1}\nc: *x\n", Replace(("c", "b"), 2), "shared by an anchor"),
        ("a: {b: &x 1}\n", Replace(("a", "b"), 2), "a.b cannot be changed here: it has an anchor or a tag"),
        ("a: {b: {d: &x 1}, c: 2}\n", Remove(("a", "b")), "it has an anchor (&) or an alias (*)"),
        ("a: {b: 1}\n", Replace(("a", "c"), 2), "a.c cannot be changed here: it is not there"),
        ("a: {b: 1}\n", Replace(("a",), 2), "it is not a single value"),
        ("a: [1]\n", Insert(("a",), "b", 2), "it has no keys"),
        ("a:\n- b: 1\n  c: 2\n", Remove(("a", 0, "b")), "it does not begin a line"),
        ("? a\n: b\n", Insert((), "c", 2), "change it by hand"),
        ("a: >+\n  text\n\nb: 1\n", Replace(("a",), "new"), "block of text"),
    ],
)
def test_what_cannot_be_spliced_is_refused_with_its_place(text, edit, says):
    with pytest.raises(BriefError) as error:
        splice(text, "b.yaml", [edit])
    assert says in str(error.value)
    assert str(error.value).startswith("b.yaml:")


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"]), min_size=1
    )
)
def test_every_text_is_written_so_that_it_reads_the_same(value):
    for style in (None, "'", '"'):
        for in_flow, frame in ((True, "[{}]"), (False, "- {}")):
            document = parse_yaml(frame.format(write_scalar(value, style, in_flow)), "b")
            assert document.data == [value]
            assert document.problems == ()


keys = st.sampled_from(["alpha", "b-c", "gamma", "delta", "x1"])
leaves = st.one_of(st.integers(0, 999), st.sampled_from(["a text", "it's: odd", "# no", "two\nlines", ""]))
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.dictionaries(keys, inner, min_size=1, max_size=4), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def write(value, draw, indent: int = 0) -> str:
    """A value as YAML in a layout that is drawn: flow or block, with comments and blank lines."""
    pad = " " * indent
    comment = draw(st.sampled_from(["", "  # why", ""]))
    if isinstance(value, dict) and not draw(st.booleans()):
        lines = []
        for key, inner in value.items():
            lines += draw(st.sampled_from([[], [], [f"{pad}# about {key}"], [""]]))
            lines.append(f"{pad}{key}:" + nested(inner, draw, indent, comment))
        return "\n".join(lines)
    if isinstance(value, list) and not draw(st.booleans()):
        return "\n".join(f"{pad}-" + nested(inner, draw, indent, comment) for inner in value)
    return pad + flow(value, draw)


def nested(inner, draw, indent: int, comment: str) -> str:
    text = write(inner, draw, indent + 2)
    if isinstance(inner, dict | list) and not text.lstrip().startswith(("{", "[")):
        return comment + "\n" + text
    return " " + text.lstrip(" ") + comment


def flow(value, draw) -> str:
    gap = draw(st.sampled_from([" ", "  ", " "]))
    if isinstance(value, dict):
        return "{" + f",{gap}".join(f"{key}: {flow(inner, draw)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + f",{gap}".join(flow(inner, draw) for inner in value) + "]"
    return write_scalar(value, draw(st.sampled_from([None, '"'])), in_flow=True)


def paths(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths(inner, (*path, key))


def holders(value, path):
    for part in path:
        yield value
        value = value[part]


@settings(max_examples=150)
@given(st.dictionaries(keys, values, min_size=1, max_size=4), st.data())
def test_bytes_elsewhere_are_identical(value, data):
    text = write(value, data.draw) + data.draw(st.sampled_from(["", "\n", "\n# the end\n"]))
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    assert parse_yaml(text, "b").data == value
    path = data.draw(st.sampled_from([path for path in paths(value) if path]))
    inner = value
    for part in path:
        inner = inner[part]
    edit = data.draw(
        st.sampled_from(
            [Remove(path)]
            + ([Replace(path, 1234), Replace(path, "new: words")] if not isinstance(inner, dict | list) else [])
            + (
                [Insert(path, "added", 7), Insert(path, "added", "a: b", after=next(iter(inner)))]
                if isinstance(inner, dict)
                else []
            )
        )
    )
    refused = None
    try:
        new, (change,) = splice(text, "b", [edit])
    except BriefError as error:
        refused = str(error)
    if refused is not None:  # all there is, or a key that begins a line with a dash
        assert isinstance(edit, Remove)
        assert all(len(each) == 1 for each in holders(value, path)) or "it does not begin a line" in refused
        return
    assert new == text[: change.start] + change.new + text[change.end :]
    if isinstance(edit, Insert):
        assert change.start == change.end
    elif isinstance(edit, Replace):
        assert change.start == change.end or parse_yaml(f"- {text[change.start : change.end]}", "b").data == [inner]
    else:
        assert not text[change.start : change.end].lstrip("\r\n, ").startswith("#"), "a comment above the entry stays"
        assert not text[change.start : change.end].rstrip("\r\n").endswith("# the end")


def test_the_bundled_brief_can_be_edited_everywhere():
    text = BUNDLED.read_text(encoding="utf-8")
    document = parse_yaml(text, "brief.yaml")
    for name in list(document.data["quotes"])[:12]:
        path = ("quotes", name, "paragraph")
        new, (change,) = splice(text, "brief.yaml", [Replace(path, 99)])
        assert text[change.start : change.end] == str(document.data["quotes"][name]["paragraph"])
        assert new.splitlines()[change.where.line - 1].count("paragraph: 99") == 1
