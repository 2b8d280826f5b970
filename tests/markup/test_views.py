"""Templates read listed names alone, and the list is in docs/templates.md."""

import re
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from reportgen.brief.loader import load_brief
from reportgen.brief.model import Brief
from reportgen.charts.base import Exhibit
from reportgen.distribution.editions.edition import Document, Edition
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.handout.slide_entries import Entry, Note, Part
from reportgen.markup.sandbox import FILTER_NAMES, METHODS
from reportgen.markup.templates import render_template
from reportgen.markup.views import Function, View, freeze
from reportgen.memo.memo_html import MemoExhibit
from reportgen.system.errors import TemplateError
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
BRIEF = ROOT / "data" / "us-korea-2020" / "brief.yaml"


def walk(value, seen):
    """Yield all that can be reached from a value by the names that a template has."""
    yield value
    if isinstance(value, View):
        for name in value:
            yield from walk(getattr(value, name), seen)
    elif isinstance(value, MappingProxyType):
        for item in value.values():
            yield from walk(item, seen)
    elif isinstance(value, tuple):
        for item in value:
            yield from walk(item, seen)


def test_nothing_but_plain_values_can_be_reached_from_a_brief():
    kinds = {type(value).__name__ for value in walk(freeze(load_brief(BRIEF)), set())}
    plain = {"View", "Function", "tuple", "mappingproxy", "str", "int", "float", "bool", "NoneType", "date"}
    assert kinds <= plain | {"PartialDate"}


def test_a_view_cannot_be_changed():
    view = freeze(load_brief(BRIEF))
    with pytest.raises(AttributeError, match="cannot be changed"):
        view.title = "another"
    with pytest.raises(TypeError):
        view.facts["sma-now"] = 1


@pytest.mark.parametrize("value", [object(), Path("/etc/passwd"), open, re.compile("a"), {1, 2}, b"bytes"])
def test_a_value_that_lists_nothing_is_refused(value):
    if callable(value):
        assert isinstance(freeze(value), Function)  # ours to pass: templates reach no function but those that we list
    else:
        with pytest.raises(TypeError):
            freeze(value)


def render(folder, text, **context):
    (folder / "page.html").write_text(text, encoding="utf-8")
    return render_template("page.html", [folder], {}, **context)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ view.name }}", "Ministry"),
        ("{{ day.year }}-{{ day.month }}", "2026-2"),
        ("{% for key, value in pairs.items() %}{{ key }}={{ value }};{% endfor %}", "a=1;b=2;"),
        ("{{ pairs.a + pairs['b'] }}", "3"),
        ("{{ words | join(', ') }} {{ words[0] ~ '!' }}", "one, two one!"),
        ("{{ '{a} of {0}'.format('x', a=2) }}", "2 of x"),
        ("{{ '<' ~ 1 }}", "&lt;1"),
        (
            "{% set n = namespace(at=0) %}{% for w in words %}{% set n.at = n.at + loop.index %}{% endfor %}{{ n.at }}",
            "3",
        ),
        ("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m('a') ~ m('b') }}", "[a][b]"),
        ("{{ words | map('upper') | join }}", "ONETWO"),
        ("{{ words.nothing is defined }} is not printed as {{ 'a word' }}", None),
        ("{{ 'x' if view.none is defined else 'y' }}", "y"),
        ("{{ view.name.replace('i', 'I').split('I') | join('-') }}", "M-n-stry"),
        ("{% for w in cycler('a', 'b').next() %}{{ w }}{% endfor %}", "a"),
        ("{{ words | sort(reverse=true) | first }}", "two"),
    ],
)
def test_ordinary_templates_work(tmp_path, text, printed):
    context = {
        "view": View("office", {"name": "Ministry"}), "day": date(2026, 2, 10), "pairs": {"a": 1, "b": 2}, "words": ["one", "two"],
    }  # fmt: skip
    if printed is None:
        with pytest.raises(TemplateError):
            render(tmp_path, text, **context)
    else:
        assert render(tmp_path, text, **context) == printed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "\n{{ view.nmae }}",
            "page.html:2: error: not allowed in a template: office has no attribute 'nmae': did you mean \"name\"?",
        ),
        ("{{ words }}", "a list is printed as a whole: use | join"),
        ("{{ none }}", "page.html:1: error: None is printed: write the words"),
        ("{{ view.empty }}", "nothing is printed"),
        ("{% include 'no.html' %}", 'page.html:1: error: there is no template "no.html"'),
        ("{{ 'x' | center(9) }}", "No filter named 'center'"),
    ],
)
def test_what_is_refused_is_said_with_its_place(tmp_path, text, says):
    view = View("office", {"name": "Ministry", "empty": None})
    with pytest.raises(TemplateError) as caught:
        render(tmp_path, text, view=view, words=["one"])
    assert says in str(caught.value)


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_followed(tmp_path):
    outside, folder = tmp_path / "secret.html", tmp_path / "templates"
    folder.mkdir()
    outside.write_text("secret", encoding="utf-8")
    (folder / "inner.html").write_text("inner", encoding="utf-8")
    (folder / "out.html").symlink_to(outside)
    (folder / "in.html").symlink_to("inner.html")
    assert render_template("in.html", [folder], {}) == "inner"
    with pytest.raises(TemplateError, match="leads out of"):
        render_template("out.html", [folder], {})
    whole = tmp_path / "whole"
    whole.mkdir()
    (whole / "templates").symlink_to(folder)
    with pytest.raises(TemplateError, match="leads out of"):
        render_template("in.html", [whole / "templates"], {})


@pytest.mark.parametrize("kind", [Exhibit, MemoExhibit, Entry, Part, Note, Recipient, Edition, Document])
def test_every_listed_name_is_on_the_page(kind):
    assert [name for name in kind.template_names if f"`{name}`" not in PAGE] == []


def test_every_extra_name_of_the_brief_filter_and_method_is_on_the_page():
    names = {*Brief.template_extras, *FILTER_NAMES, *(name for names in METHODS.values() for name in names)}
    assert sorted(name for name in names if not re.search(rf"`{name}[`(]", PAGE)) == []
