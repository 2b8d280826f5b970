"""Each text that a template prints carries its path in the brief, and templates do not notice."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from markupsafe import Markup

import reportgen
from reportgen.brief.traced_brief import list_texts, trace_brief
from reportgen.markup.subset import Element, Grammar, names, parse
from reportgen.markup.templates import render_template
from reportgen.text.trace import find_paths, mark, read_marks, strip_marks

BRIEF = Path(__file__).parent.parent.parent / "data" / "us-korea-2020" / "brief.yaml"


@pytest.fixture(scope="module")
def brief():
    return reportgen.load_brief(BRIEF)


def fill_in(tmp_path, brief, template: str) -> str:
    (tmp_path / "page.html").write_text(template, encoding="utf-8")
    filters = {"inline": brief.markup, "plain": brief.plain, "day": str}
    return render_template("page.html", [tmp_path], filters, brief=brief)


def test_a_traced_brief_is_equal_to_its_brief(brief):
    assert trace_brief(brief).model_dump() == brief.model_dump()


def test_every_text_of_a_brief_has_its_path(brief):
    texts = dict(list_texts(brief))
    assert texts["topics[2].title"] == brief.topics[2].title
    assert texts["exhibits.sma.bars[0].label"] == brief.exhibits["sma"].bars[0].label
    assert texts["exhibits.five-g.rows[1].cells[0].text"] == brief.exhibits["five-g"].rows[1].cells[0].text
    assert texts["recommendations[0].deadline"] == str(brief.recommendations[0].deadline)
    assert not any(path.endswith((".kind", ".only", ".source", ".exhibits[0]")) for path in texts)
    assert len(texts) == len(list(list_texts(brief)))


@pytest.mark.parametrize(
    ("template", "words", "paths"),
    [
        ("{{ brief.title }}", None, "title"),
        ("{{ brief.title | inline }}", None, "title"),
        ("{{ brief.title | plain | upper }}", None, "title"),
        ('{{ brief.to | join("; ") }}', None, "to[0]"),
        ("{{ brief.title ~ brief.subtitle }}", None, "title subtitle"),
        ('{{ "{a}.".format(a=brief.title) }}', None, "title"),
        ("{% set x %}{{ brief.title | inline }}{% endset %}<b>{{ x }}</b>", None, "title"),
        ('{{ brief.recommendations[0].deadline | day }}', None, "recommendations[0].deadline"),
        ("{{ (brief.sources.values() | list)[0].reference }}", None,
         "sources.stangarone.author sources.stangarone.title sources.stangarone.published"),
        ("{{ brief.title + brief.subtitle }}", None, ""),
        ("{{ brief.title | plain | length }}", None, ""),
        ("{{ brief.title | plain | truncate(9) }}", None, "title"),
        ('{{ "yes" if brief.title | inline == brief.topics[0].title | inline else "no" }}', "no", ""),
        ('{{ "yes" if brief.title | inline == brief.title | plain else "no" }}', "yes", ""),
    ],
)  # fmt: skip
def test_the_path_is_beside_the_text(tmp_path, brief, template, words, paths):
    marked, plain = fill_in(tmp_path, trace_brief(brief), template), fill_in(tmp_path, brief, template)
    assert strip_marks(marked) == plain
    assert words in (None, plain)
    assert find_paths(plain) == ()
    assert find_paths(marked) == tuple(paths.split())


def test_a_text_is_escaped_once(tmp_path, write_brief):
    brief = reportgen.load_brief(write_brief(("title: ", "title: A < B & C ")))
    marked = fill_in(
        tmp_path, brief, '<p title="{{ brief.title | plain }}">{{ brief.title }}{{ brief.title | inline }}</p>'
    )
    assert strip_marks(marked).count("A &lt; B &amp; C") == 3
    element = parse(marked, "page.html", Grammar("page", "p", {"p": Element(attributes=names("title"), text=True)}))
    assert element.get("title") == strip_marks(element.get("title"))


def test_a_mark_outside_of_words_is_no_text(tmp_path):
    grammar = Grammar("page", "p", {"p": Element()})
    assert parse(f"<p>{mark('', 'title')}</p>", "page.html", grammar).tag == "p"
    with pytest.raises(reportgen.TemplateError, match='"words"'):
        parse(f"<p>{mark('words', 'title')}</p>", "page.html", grammar)


def test_the_place_of_an_error_does_not_count_marks():
    grammar = Grammar("page", "p", {"p": Element(names("b"), text=True)})
    for bad in ("<b/>", "<c>"):
        places = []
        for text in ("words", mark("words", "topics[2].points[0]")):
            with pytest.raises(reportgen.TemplateError) as error:
                parse(f"<p>{text}{bad}</p>", "page.html", grammar)
            places.append([str(each.where) for each in error.value.diagnostics])
        assert places[0] == places[1]


@given(st.lists(st.tuples(st.text(alphabet="ab <é한"), st.sampled_from(["", "title", "topics[0].points[1]", "a b"]))))
def test_marks_are_read_as_they_were_written(parts):
    text, pieces = read_marks("".join(mark(words, origin) for words, origin in parts))
    assert text == "".join(words for words, _ in parts)
    assert [(text[each.start : each.end], each.origin) for each in pieces] == [
        (words, origin) for words, origin in parts if words and origin
    ]


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_text_that_was_cut_keeps_its_words(start, end):
    marked = f"one {mark('two', 'title')} three {mark('four', 'topics[0].title')}"
    text, _ = read_marks(marked[start:end])
    assert text == strip_marks(marked[start:end])


def test_markup_stays_markup():
    assert isinstance(mark(Markup("<b>x</b>"), "title"), Markup)
    assert not isinstance(mark("x", "title"), Markup)
