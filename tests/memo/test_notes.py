"""The numbers and words of notes, and the beginning of judgments."""

import io

import pikepdf
import pytest
from markupsafe import Markup

from reportgen.brief import load_brief
from reportgen.brief.argument import Judgment
from reportgen.memo.endnotes import Endnotes
from reportgen.memo.line_breaks import tie_last_word
from reportgen.text.languages import load_labels
from reportgen.text.languages.english import ENGLISH

PLACES = (
    ("share: {source: author, paragraph: 1", 'share: {source: author, paragraph: 1, page: 14, section: "3.2"'),
    ("cost: {source: author, paragraph: 2", "cost: {source: author, page: 15-16, table: 4"),
    ("fees: {source: author, paragraph: 2", "fees: {source: author, page: 15-16, table: 4"),
)


WITH_WORDS = ("language: en-US", "language: en-US\nnotes: quotes")


@pytest.fixture
def notes(write_brief):
    return Endnotes(load_brief(write_brief(WITH_WORDS)), ENGLISH)


@pytest.fixture
def short_notes(write_brief):
    return Endnotes(load_brief(write_brief(*PLACES)), ENGLISH)


def test_a_paragraph_without_quotes_has_no_note(notes):
    assert notes.cite("Words only.", None) == ""
    assert notes.entries() == []


def test_numbers_are_given_in_order_and_again_for_the_same_quotes(notes):
    first, second, again = notes.cite("A [@share]"), notes.cite("B [@cost; @fees]"), notes.cite("C [@share]")
    assert 'id="cite-1" href="#note-1" title="Note 1">1<' in first
    assert 'id="cite-2" href="#note-2" title="Note 2">2<' in second
    assert 'href="#note-1" title="Note 1">1<' in again
    assert "id=" not in again


def test_a_note_that_has_all_the_quotes_serves_a_paragraph_with_fewer(notes):
    notes.cite("A [@cost; @fees]")
    assert ">1<" in notes.cite("B [@fees]")
    assert len(notes.entries()) == 1


def test_facts_are_cited_by_their_quotes(notes):
    notes.cite("It costs ${dredging}.")
    assert "a little less than $30 million" in notes.entries()[0]


def test_a_note_names_source_and_paragraph_once_for_quotes_that_share_them(notes):
    notes.cite("A [@cost; @fees; @season]")
    entry = notes.entries()[0]
    assert entry.count("Author") == 1
    assert entry.count("¶2") == 1
    assert "¶3: “" in entry


def test_notes_print_the_place_in_the_publication_instead_of_our_count(write_brief):
    notes = Endnotes(load_brief(write_brief(WITH_WORDS, *PLACES)), ENGLISH)
    notes.cite("A [@share; @cost; @fees; @season]")
    entry = notes.entries()[0]
    assert "Author, sec. 3.2, p. 14: “42 percent" in entry
    assert entry.count("pp. 15–16, table 4: “") == 1
    assert "¶3: “" in entry
    assert "¶1" not in entry
    for language, printed in {
        "ar": {"share": ("القسم 3.2", "ص 14"), "cost": ("ص 15–16", "الجدول 4")},
        "ko": {"share": ("3.2절", "14쪽"), "cost": ("15–16쪽", "표 4")},
    }.items():
        other = load_brief(write_brief(("language: en", f"language: {language}"), *PLACES))
        assert {name: other.places(name) for name in printed} == printed


def test_words_that_an_earlier_note_has_are_not_repeated(notes):
    notes.cite("A [@share]")
    notes.cite("B [@share; @survey]")
    assert "¶1: as in note 1; ¶3: “has asked" in notes.entries()[1]


def test_short_notes_name_source_and_place_without_the_words(short_notes):
    short_notes.cite("A [@share; @cost; @fees; @season]")
    assert short_notes.entries() == ["Author, sec. 3.2, p. 14, pp. 15–16, table 4, ¶3."]


def test_a_short_note_serves_every_paragraph_that_rests_on_its_places(short_notes):
    short_notes.cite("A [@cost]")
    assert ">1<" in short_notes.cite("B [@fees]")
    assert short_notes.entries() == ["Author, pp. 15–16, table 4."]


def test_words_of_a_source_are_escaped(write_brief):
    path = write_brief(WITH_WORDS, ('text: "has asked for a survey first"', 'text: "has asked for <a> survey & more"'))
    notes = Endnotes(load_brief(path), ENGLISH)
    notes.cite("A [@survey]")
    assert "&lt;a&gt; survey &amp; more" in notes.entries()[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("“a”", "“a.”"), ("“a.”", "“a.”"), ("“a?”", "“a?”"), ("as in note 1", "as in note 1."), ("so.", "so.")],
)
def test_a_note_ends_with_one_full_stop_inside_the_quotation(text, expected):
    assert ENGLISH.marks.end_sentence(text) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "We judge that"),
        ({"confidence": "moderate"}, "We judge, with moderate confidence, that"),
        ({"likelihood": "likely"}, "We judge that it is likely that"),
        (
            {"confidence": "low", "likelihood": "roughly even chance"},
            "We judge, with low confidence, that there is a roughly even chance that",
        ),
    ],
)
def test_how_a_judgment_begins(values, expected):
    assert ENGLISH.introduce(Judgment(text="x", **values)) == expected


def test_a_language_without_labels_gets_english_ones():
    assert load_labels("de-AT") is ENGLISH


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Close a multiyear SMA first", "Close a multiyear SMA\xa0first"),
        ("One", "One"),
        ("A long extraordinarily", "A long extraordinarily"),
        ("Ask <em>now</em>", "Ask <em>now</em>"),
    ],
)
def test_a_short_last_word_is_not_left_alone(title, expected):
    assert tie_last_word(Markup(title)) == Markup(expected)


def test_links_to_and_from_notes_can_be_clicked_and_say_where_they_lead(bundled_memo):
    with pikepdf.open(io.BytesIO(bundled_memo)) as document:
        found = [item for page in document.pages for item in page.get("/Annots", []) if "/Dest" in item]
        links = {str(item.Dest): (str(item.Contents), [float(edge) for edge in item.Rect]) for item in found}
    forth = {name: link for name, link in links.items() if name.startswith("note-")}
    back = {name: link for name, link in links.items() if name.startswith("cite-")}
    assert len(forth) == len(back) > 5
    assert [said for said, _ in forth.values()] == [f"Note {number}" for number in range(1, len(forth) + 1)]
    assert {said for said, _ in back.values()} == {"Back to the text"}
    for _, (left, bottom, right, top) in links.values():
        assert right - left > 2
        assert 5 < top - bottom < 12
