"""Gaps in a document's HTML: each is in span.gap, and what only looks like one stays as it is."""

import pytest

from reportgen.brief.open_gaps import Gap
from reportgen.markup.gap_marks import mark_gaps
from reportgen.system.errors import Location

LONG = "TODO: " + "many words " * 40


def gap(words, *path):
    return Gap(path or ("to",), words, Location("brief.yaml", 1))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<td>TODO: who</td>", '<td><span class="gap">TODO: who</span></td>'),
        ("<p>TODO: who, and Ms. Lee</p>", '<p><span class="gap">TODO: who</span>, and Ms. Lee</p>'),
        ("<p>By TODO: who (2020).</p>", '<p>By <span class="gap">TODO: who</span> (2020).</p>'),
        ("<p>TODO: who is TODO: who</p>", '<p><span class="gap">TODO: who</span> is <span class="gap">TODO: who</span></p>'),
        ("<p>TODO: kind: who</p>", '<p><span class="gap">TODO: kind: who</span></p>'),
        ('<h2>TODO: who <span class="tied">knows</span></h2>', '<h2><span class="gap">TODO: who <span class="tied">knows</span></span></h2>'),
        ('<p>TODO: who <span class="tied">knows<sup>1</sup></span></p>', '<p><span class="gap">TODO: who </span><span class="tied"><span class="gap">knows</span><sup>1</sup></span></p>'),
        ("<p>TODO: A &amp; B?</p>", '<p><span class="gap">TODO: A &amp; B?</span></p>'),
        ("<p>TODO: many words many words …</p>", '<p><span class="gap">TODO: many words many words …</span></p>'),
        ("<p>“TODO: buy milk”</p>", "<p>“TODO: buy milk”</p>"),
        ("<title>TODO: who</title>", "<title>TODO: who</title>"),
        ('<input title="TODO: who"/>', '<input title="TODO: who"/>'),
        ("<p>No gap</p>", "<p>No gap</p>"),
    ],
)  # fmt: skip
def test_the_words_of_a_gap_are_marked_and_no_others(markup, expected):
    gaps = [
        gap("TODO: who"),
        gap("TODO: who", "topics", 0, "kind"),
        gap("TODO: who knows"),
        gap("TODO: A & B?"),
        gap(LONG),
    ]
    assert mark_gaps(markup, gaps) == expected
