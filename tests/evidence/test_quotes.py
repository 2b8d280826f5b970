"""Quotes are found however they are typeset, and never if a word differs."""

import pytest
from hypothesis import assume, given, strategies as st

from reportgen.evidence.bare_words import hash_words, strip_typography
from reportgen.evidence.matching.quote_match import SearchableText
from reportgen.evidence.sources.paragraphs import Paragraph, number_paragraphs
from reportgen.evidence.sources.text_blocks import split_blocks

SOURCE = SearchableText(
    number_paragraphs(
        split_blocks(
            "The reported U.S. demand — “a rise from a little less than $1 billion to $5 billion” — was not\n"
            "withdrawn. It could, officials say, re\nopen old wounds in the long-\nterm, 8.2-percent deal of 1,200 pages.\n\n"
            "Moon won’t leave before 2022; those aged 15–64 agree. It could end there."
        )
    )
)


@pytest.mark.parametrize(
    "quote",
    [
        'The reported U.S. demand — "a rise from',
        "the reported US demand -- “a rise",
        "a rise from a little less than $1 billion",
        "to $5 billion—was not withdrawn",
        "It could, officials say, re-open old wounds",
        "it could officials say reopen old wounds",
        "old wounds in the long-term",
        "in the longterm, 8.2-percent deal",
        "8.2 percent deal of 1200 pages",
        "Moon won't leave before 2022",
        "those aged 15-64 agree",
        "The reported U.S. demand … was not withdrawn",
        "The reported U.S. demand [...] was not withdrawn",
        "[T]he reported U.S. demand",
        "those aged 15–64 [sic] agree",
        "Moon [will not] leave before 2022",
        "[He] won’t leave before 2022",
        "  a   rise\u00a0from ",
        "long\u00adterm",
        "deal of 1,200 pages. Moon won’t leave",
    ],
)
def test_a_quote_is_found_however_it_is_typeset(quote):
    assert SOURCE.find(quote)


@pytest.mark.parametrize(
    ("quote", "differs"),
    [
        ("a rise from a little more than $1 billion", "“more” where the source has “less”"),
        ("a rise from a little less than $2 billion", "“$2” where the source has “$1”"),
        ("in the long-term, 9.2-percent deal", "“9.2-percent” where the source has “8.2-percent”"),
        ("was withdrawn. It could", "the source also has “not”"),
        ("those aged 15–65 agree", "“15–65” where the source has “15–64”"),
        ("officials said, re-open old", "“said” where the source has “say”"),
        ("The alleged U.S. demand", "“alleged” where the source has “reported”"),
    ],
)
def test_a_changed_word_is_a_miss_and_is_named(quote, differs):
    assert SOURCE.find(quote) is None
    nearest = SOURCE.find_nearest(quote)
    assert nearest is not None
    assert [str(difference) for difference in nearest.differences] == [differs]


@pytest.mark.parametrize(
    "quote",
    [
        "1 billion to $5 billion",
        "5 billion",
        "2 percent deal",
        "old wound",
        "ended there",
        "U.S. deman",
        "[$3] billion … gone",
        "…",
        "… …",
        "[…]",
        "",
    ],
)
def test_parts_of_words_and_numbers_are_not_found(quote):
    assert SOURCE.find(quote) is None


def test_the_paragraph_that_is_asked_for_is_preferred():
    assert SOURCE.find("It could").paragraph == 1
    assert SOURCE.find("It could", prefer=2).paragraph == 2


def test_the_words_under_an_ellipsis_are_returned():
    assert SOURCE.find("The reported … was not withdrawn").left_out[0].startswith("us demand a rise")
    assert SOURCE.find("Moon won’t leave before 2022").passage == "Moon won’t leave before 2022"


WORDS = [
    "a", "the", "of", "could", "5", "8.2", "2019", "demand",
    "rise", "billion", "percent", "long-term", "won’t", "U.S.", "$1",
]  # fmt: skip
words = st.lists(st.sampled_from(WORDS), min_size=3, max_size=25)


@given(words, st.data())
def test_every_run_of_words_is_found_and_no_other(text, data):
    source = SearchableText([Paragraph(1, " ".join(text))])
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    run = text[start:end]
    assert source.find(" ".join(run))
    changed = [*run]
    changed[data.draw(st.integers(0, len(run) - 1))] = "granite"
    assert source.find(" ".join(changed)) is None


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_text_can_be_searched_for(source, quote):
    SearchableText([Paragraph(1, source)]).find(quote)


@given(st.text(max_size=60))
def test_bare_words_keep_their_places(text):
    stream = strip_typography(text)
    assert len(stream.text) == len(stream.offsets)
    assert list(stream.offsets) == sorted(stream.offsets)
    assert stream.text == stream.text.strip(" ~")


def test_the_hash_is_of_the_words_alone():
    assert hash_words("It’s a “long-term”\nrise, 8.2 percent.") == hash_words('it\'s a "long-term" rise 8.2 percent')
    for other in (
        "It’s a long-term rise, 9.2 percent",
        "It’s a long-term fall, 8.2 percent",
        "It’s a … rise",
        "It’s a [long-term] rise, 8.2 percent",
    ):
        assert hash_words("It’s a long-term rise, 8.2 percent") != hash_words(other)


@given(words)
def test_a_changed_digit_changes_the_hash(text):
    whole = " ".join(text)
    assume(any(char.isdigit() for char in whole))
    at = next(index for index, char in enumerate(whole) if char.isdigit())
    assert hash_words(whole) != hash_words(whole[:at] + str((int(whole[at]) + 1) % 10) + whole[at + 1 :])
