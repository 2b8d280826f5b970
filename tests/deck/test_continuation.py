"""A slide that holds too much is split: every word is there once, and every part fits."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from reportgen import brand as brands
from reportgen.deck.fit import shares
from reportgen.deck.fit.fitting import fit_deck
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.text import text_box
from reportgen.deck.theme import build_default
from reportgen.deck.values import (
    EMU_PER_POINT,
    Deck,
    Paragraph,
    Run,
    Slide,
    Slot,
    TableCell,
    TableContent,
    Text,
    runs_of,
)
from reportgen.system.errors import FitError, Location

from .conftest import PROPERTIES

BRAND = brands.load()
THEME = build_default(BRAND)
WHERE = Location("slides.html", 1, 1)
WORD = "alliance "


def paragraph(words: int, mark: object = "", **kind) -> Paragraph:
    return Paragraph((Run(f"{WORD * words}{mark}".strip()),), **kind)


def items(count: int, words: int = 20, **kind) -> tuple[Paragraph, ...]:
    return tuple(paragraph(words, f"n{index}", **({"list": "bullet"} | kind)) for index in range(count))


def table(rows: int, words: int = 3) -> TableContent:
    cells = [(TableCell((Run(f"row{n}"),), header=True), TableCell((Run(WORD * words),))) for n in range(rows)]
    head = (TableCell((Run("Who"),), header=True), TableCell((Run("What"),), header=True))
    return TableContent(head, tuple(cells), (0.3, 0.7), "A table.")


def slide(layout: str, identity: str = "a", title: str = "A title", **slots) -> Slide:
    given = {"title": (Paragraph((Run(title),)),)} | slots
    named = {
        name.replace("_", "-"): Text(value) if isinstance(value, tuple) else value for name, value in given.items()
    }
    order = [row.name for row in LAYOUTS[layout].slots]
    found = tuple(Slot(name, named[name], WHERE) for name in order if name in named)
    return Slide(identity, layout, found, WHERE, (paragraph(3),), "Now")


def fitted(*slides: Slide) -> tuple[Slide, ...]:
    return fit_deck(Deck(PROPERTIES, slides), THEME, BRAND).slides


def refused(*slides: Slide) -> list[str]:
    with pytest.raises(FitError) as caught:
        fitted(*slides)
    return [str(each) for each in caught.value.diagnostics]


def content(of: Slide, name: str):
    return next((slot.content for slot in of.slots if slot.name == name), None)


def count(of: Slide, name: str) -> int:
    found = content(of, name)
    return 0 if found is None else len(found.rows if isinstance(found, TableContent) else found.paragraphs)


def words(slides, repeated=("title", "source")) -> Counter:
    """Return the words of all slots that no part repeats; of a table, those of its rows without the header."""
    found: Counter = Counter()
    for each in slides:
        for slot in each.slots:
            if slot.name not in repeated:
                body = replace(slot.content, header=()) if isinstance(slot.content, TableContent) else slot.content
                found.update("".join(run.text + " " for run in runs_of(body)).split())
    return found


def require_all_fit(slides) -> None:
    for each in slides:
        for slot in each.slots:
            place, row = THEME.layouts[each.layout][slot.name], LAYOUTS[each.layout].slot(slot.name)
            assert slot.content.size >= row.steps[-1]
            if isinstance(slot.content, TableContent):
                assert sum(slot.content.heights) <= (slot.box or place.box).height
                look = slot.content.widths, place.levels[0], slot.content.size, place.box.width / EMU_PER_POINT, BRAND
                rows = [text_box.measure_row(cells, *look) for cells in slot.content.all_rows]
                assert sum(map(text_box.row_height, rows)) <= (slot.box or place.box).height / EMU_PER_POINT
            else:
                width, height = place.text_area(slot.box)
                found = text_box.measure_text(slot.content.paragraphs, place.levels, slot.content.size, width, BRAND)
                assert found.height <= height
                assert found.count <= (row.max_lines or found.count)


def test_what_fits_stays_one_slide():
    (only,) = fitted(slide("bullets", body=items(3)))
    assert (only.part, only.title, only.id) == (None, "A title", "a")


def test_a_long_list_continues_with_its_title_marked_and_its_source_repeated():
    parts = fitted(
        slide("bullets", body=items(15), source=(paragraph(3, "source"),)), slide("bullets", "b", body=items(1))
    )
    assert [each.id for each in parts] == ["a", "a--2", "a--3", "b"]
    assert [each.title for each in parts[:3]] == [f"A title ({n}\u00a0of\u00a03)" for n in (1, 2, 3)]
    assert [each.part for each in parts] == [(1, 3), (2, 3), (3, 3), None]
    assert {content(each, "source").paragraphs[0].text for each in parts[:3]} == {f"{WORD * 3}source"}
    assert {each.section for each in parts} == {"Now"}
    assert max(counts := [count(each, "body") for each in parts[:3]]) - min(counts) <= 1


def test_the_mark_is_a_run_of_its_own():
    first, *_ = fitted(slide("bullets", body=items(15)))
    assert [run.text for run in content(first, "title").paragraphs[0].runs] == ["A title", " (1\u00a0of\u00a03)"]


def test_notes_stand_with_the_first_part():
    first, second, *_ = fitted(slide("bullets", body=items(15)))
    assert first.notes == (paragraph(3),)
    assert [each.text for each in second.notes] == ["Continued from “A title”; what to say stands with its first part."]


def test_ids_of_parts_never_collide_with_other_slides():
    parts = fitted(slide("bullets", body=items(12)), slide("bullets", "a--2", body=items(1)))
    assert len({each.id for each in parts}) == len(parts) == 3


def test_all_parts_have_the_largest_size_that_takes_no_more_slides():
    sizes = []
    for number in range(8, 40):
        parts = fitted(slide("bullets", body=items(number)))
        assert len({content(each, "body").size for each in parts}) == 1
        sizes.append((len(parts), content(parts[0], "body").size))
    for parts in {count for count, _ in sizes}:
        of_parts = [size for count, size in sizes if count == parts]
        assert of_parts == sorted(of_parts, reverse=True)
    assert {size for _, size in sizes} == {20, 18}


def test_a_second_level_stays_with_its_parent():
    body = tuple(paragraph(22, f"n{n}", list="bullet", level=int(n % 3 > 0)) for n in range(30))
    parts = fitted(slide("bullets", body=body))
    assert len(parts) > 2
    assert all(content(each, "body").paragraphs[0].level == 0 for each in parts)


def test_a_parent_with_more_children_than_a_slide_holds_is_split_among_them():
    body = (paragraph(3, list="bullet"), *items(30, 15, level=1))
    parts = fitted(slide("bullets", body=body))
    assert sum(count(each, "body") for each in parts) == 31


def test_a_heading_never_ends_a_part():
    heading = Paragraph((Run("A heading", bold=True),))
    parts = fitted(slide("bullets", body=tuple(each for item in items(16) for each in (heading, item))))
    assert len(parts) > 1
    assert all(content(each, "body").paragraphs[-1] != heading for each in parts)


def test_numbered_lists_continue_their_count():
    parts = fitted(slide("bullets", body=items(15, list="number")))
    starts = [{each.start for each in content(part, "body").paragraphs} for part in parts]
    assert starts == [{1}, {1 + count(parts[0], "body")}, {1 + count(parts[0], "body") + count(parts[1], "body")}]


def test_a_new_list_counts_from_one_and_a_nested_one_continues():
    numbered = shares.continue_numbering(
        [
            paragraph(1, list="number"), paragraph(1, list="number", level=1), paragraph(1, list="number", level=1),
            paragraph(1, list="number"), paragraph(1), paragraph(1, list="number"),
        ],
        {2},
    )  # fmt: skip
    assert [each.start for each in numbered] == [1, 1, 2, 2, 1, 1]


def test_a_long_table_repeats_its_header_and_its_source():
    parts = fitted(slide("decision", table=table(40), source=(paragraph(2, "source"),)))
    assert {content(each, "table").header for each in parts} == {table(1).header}
    assert all(content(each, "source") for each in parts)
    counts = [count(each, "table") for each in parts]
    assert sum(counts) == 40
    assert max(counts) - min(counts) <= 1
    assert len({content(each, "table").size for each in parts}) == 1


@pytest.mark.parametrize("rows", range(12, 60, 3))
def test_no_part_of_a_table_is_left_with_a_lone_row(rows):
    parts = fitted(slide("decision", table=table(rows)))
    assert min(count(each, "table") for each in parts) > 1


def test_a_takeaway_stands_below_the_last_part_of_its_table():
    parts = fitted(slide("table", table=table(30), takeaway=(paragraph(3),)))
    assert len(parts) > 1
    assert [bool(content(each, "takeaway")) for each in parts] == [False] * (len(parts) - 1) + [True]
    slots = [next(slot for slot in each.slots if slot.name == "table") for each in parts]
    assert slots[0].box.height > THEME.layouts["table"]["table"].box.height
    assert slots[-1].box is None
    require_all_fit(parts)


def test_words_beside_an_exhibit_continue_on_a_slide_of_points():
    parts = fitted(
        slide("chart-left", subtitle=(paragraph(2),), takeaway=items(12, 8), source=(paragraph(2, "source"),))
    )
    assert [each.layout for each in parts] == ["chart-left", "bullets"]
    assert [slot.name for slot in parts[0].slots] == ["title", "subtitle", "takeaway", "source"]
    assert [slot.name for slot in parts[1].slots] == ["title", "body", "source"]
    assert count(parts[0], "takeaway") + count(parts[1], "body") == 12
    require_all_fit(parts)


def test_a_table_and_its_takeaway_may_both_be_too_long():
    given = slide("table", table=table(30), takeaway=items(9, 12))
    parts = fitted(given)
    below = [each for each in parts if content(each, "takeaway")]
    assert [each.layout for each in parts[parts.index(below[0]) + 1 :]] == ["bullets"] * 2
    assert len(below) == 1
    assert content(below[0], "table")
    assert words(parts) == words([given])


def test_two_texts_that_are_both_too_long_continue_side_by_side():
    parts = fitted(slide("sources", body=items(40), limits=items(90)))
    assert [bool(content(each, "body")) for each in parts] == sorted(
        (bool(content(each, "body")) for each in parts), reverse=True
    )
    assert all(content(each, "limits") for each in parts)
    require_all_fit(parts)


def test_a_paragraph_alone_too_high_is_refused_with_the_words_to_cut():
    (told,) = refused(slide("bullets", body=(paragraph(3), paragraph(300), paragraph(3))))
    assert 'slide "a", box "body": at 18 pt, the smallest size, its paragraph 2 alone is' in told
    assert "hint: cut about 1" in told
    assert "words" in told


def test_all_paragraphs_and_rows_that_are_too_high_are_reported_at_once():
    told = refused(
        slide("bullets", body=(paragraph(300), paragraph(3), paragraph(300))),
        slide("decision", "b", table=table(3, words=600)),
    )
    assert [line.partition("size, its ")[2].partition(" alone")[0] for line in told] == [
        "paragraph 1", "paragraph 3", "row 1", "row 2", "row 3",
    ]  # fmt: skip


def test_a_title_that_fits_only_without_its_mark_is_refused():
    title = next(
        title
        for length in range(80, 200)
        if len(fitted_title := fitted(slide("bullets", title=(title := ("agreement " * 30)[:length].strip())))) == 1
        and refused_title(title)
        and fitted_title
    )
    (told,) = refused(slide("bullets", title=title, body=items(15)))
    assert "\u00a0of\u00a03)” is 1 line" in told
    assert told.startswith('slides.html:1:1: error: slide "a", box "title"')
    shorter = " ".join(title.split()[: -int(told.rpartition("about ")[2].split()[0])])
    assert len(fitted(slide("bullets", title=shorter, body=items(15)))) == 3


def refused_title(title: str) -> bool:
    try:
        fitted(slide("bullets", title=title, body=items(15)))
    except FitError:
        return True
    return False


@pytest.mark.parametrize("given", [slide("bullets", body=items(1000)), slide("decision", table=table(2000))])
def test_a_text_of_hundreds_of_slides_is_refused(given):
    (told,) = refused(given)
    assert "would take more than 40 slides" in told


def test_a_word_of_a_hundred_thousand_letters_is_refused_by_its_letters():
    (told,) = refused(slide("bullets", body=(Paragraph((Run("x" * 100_000),)),)))
    assert "letters" in told


texts = st.builds(
    lambda count, mark, level, kind, bold: Paragraph(
        (Run(f"{WORD * count}{mark}", bold=bold),), level if kind else 0, kind
    ),
    st.integers(1, 45),
    st.text("ab漢字、é-/ 1", max_size=12),
    st.integers(0, 1),
    st.sampled_from(["", "bullet", "number"]),
    st.booleans(),
)
bodies = st.lists(texts, min_size=1, max_size=40).map(tuple)
tables = st.builds(table, st.integers(1, 50), st.integers(0, 40))
titles = st.integers(1, 12).map(lambda count: ("agreement " * count).strip())
given_slides = st.one_of(
    st.builds(lambda body, title: slide("bullets", title=title, body=body), bodies, titles),
    st.builds(lambda body, title: slide("statement", title=title, body=body), bodies, titles),
    st.builds(lambda body, limits: slide("sources", body=body, limits=limits), bodies, bodies),
    st.builds(lambda body: slide("chart-left", takeaway=body, source=(paragraph(2),)), bodies),
    st.builds(lambda body: slide("timeline", takeaway=body), bodies),
    st.builds(lambda rows, body: slide("table", table=rows, takeaway=body), tables, bodies),
    st.builds(lambda rows, title: slide("decision", title=title, table=rows), tables, titles),
)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(given_slides)
def test_every_word_is_there_once_every_part_fits_and_fitting_again_changes_nothing(original):
    deck = deck_of(original)
    if deck is None:
        return
    assert words(deck.slides) == words([original])
    require_all_fit(deck.slides)
    for name in {slot.name for slot in original.slots} - {"title", "source"}:
        assert in_order(deck.slides, original, name) == in_order([original], original, name)
    assert fit_deck(deck, THEME, BRAND) == deck


def deck_of(original: Slide) -> Deck | None:
    """Return the parts; None where the slide is refused with the words to cut."""
    try:
        return fit_deck(Deck(PROPERTIES, (original,)), THEME, BRAND)
    except FitError as error:
        if not all("cut" in str(each.hint) for each in error.diagnostics):
            raise
    return None


def in_order(slides, original: Slide, name: str) -> list[str]:
    """Return the runs of a slot part by part, also where they continue in a slot of another layout."""
    return [
        run.text
        for each in slides
        for slot in each.slots
        if slot.name == name or (name == "takeaway" and slot.name == "body" and original.layout != each.layout)
        for run in runs_of(replace(slot.content, header=()) if isinstance(slot.content, TableContent) else slot.content)
    ]
