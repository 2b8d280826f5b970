"""Runs and paragraphs of the deck, as HTML."""

import re

from hypothesis import given, strategies as st
from lxml import etree

from reportgen.deck.values import Paragraph, Run
from reportgen.handout.prose import render_heading, render_paragraphs, render_runs

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=60)
RUNS = st.builds(
    Run, TEXTS, bold=st.booleans(), italic=st.booleans(), superscript=st.booleans(),
    href=st.sampled_from([None, "https://example.org/?a=1&b=2"]), role=st.sampled_from([None, "signal"]), fact=st.sampled_from([None, "a"]),
)  # fmt: skip
PARAGRAPHS = st.builds(
    Paragraph, st.lists(RUNS, max_size=4).map(tuple), st.sampled_from([0, 1]), st.sampled_from(["", "bullet", "number"])
)


def text_of(html: str) -> str:
    return "".join(str(text) for text in etree.fromstring(f"<div>{html}</div>").itertext())


@given(st.lists(RUNS, max_size=5))
def test_no_letter_of_a_run_is_lost_or_read_as_markup(runs):
    assert text_of(render_runs(runs)) == "".join(run.text for run in runs)


@given(st.lists(PARAGRAPHS, max_size=12))
def test_no_letter_of_a_list_is_lost_and_all_come_in_order(paragraphs):
    found, meant = text_of(render_paragraphs(paragraphs)), "".join(paragraph.text for paragraph in paragraphs)
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", meant)


def test_what_a_run_means_is_kept():
    assert render_runs([Run("5", superscript=True, bold=True)]) == "<strong><sup>5</sup></strong>"
    assert (
        render_runs([Run("a & b", href="https://e.org/?x=1&y=2")])
        == '<a href="https://e.org/?x=1&amp;y=2">a &amp; b</a>'
    )
    assert (
        render_runs([Run("$1", fact="sma", role="signal")])
        == '<span class="signal"><span class="fact" data-fact="sma">$1</span></span>'
    )
    assert render_runs([Run("one"), Run("\n"), Run("two")]) == "one<br/>two"


def test_lists_nest_and_end_where_their_kind_does():
    items = [
        Paragraph((Run("a"),), 0, "bullet"),
        Paragraph((Run("b"),), 1, "number"),
        Paragraph((Run("c"),), 0, "number"),
        Paragraph((Run("d"),)),
    ]
    assert (
        render_paragraphs(items).replace("\n", "")
        == "<ul><li>a<ol><li>b</li></ol></li></ul><ol><li>c</li></ol><p>d</p>"
    )


def test_an_item_of_the_second_level_without_a_first_is_still_an_item():
    assert render_paragraphs([Paragraph((Run("a"),), 1, "bullet")]) == "<ul><li>a</li></ul>"


def test_only_long_words_of_several_runs_may_be_broken_anywhere():
    assert "torn" not in render_runs([Run("x" * 90)])
    assert "torn" not in render_runs([Run("a word"), Run(" and another", bold=True)])
    assert (
        render_runs([Run("see ("), Run("x" * 40, italic=True)])
        == f'see <span class="torn">(</span><em><span class="torn">{"x" * 40}</span></em>'
    )


def test_a_heading_does_not_end_with_one_short_word_on_its_last_line():
    assert render_heading([Paragraph((Run("Plan before Moon leaves"),))]) == "Plan before Moon\xa0leaves"
    assert render_heading([Paragraph((Run("One"),)), Paragraph((Run("two"),))]) == "One two"
