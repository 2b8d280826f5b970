"""Sizes come from measured text; text that does not fit is an error with the box, the excess and the words to cut."""

import pytest

from reportgen.deck.fit.fitting import fit_deck
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.text import text_box
from reportgen.system.errors import ExitCode, FitError

WORD = "alliance "


def bullets(words: int, title: str = "A title", name: str = "a") -> str:
    return (
        f'<section id="{name}" data-layout="bullets"><h2>{title}</h2><p data-slot="body">{WORD * words}</p></section>'
    )


def size(deck, slot, slide=0):
    return next(each.content.size for each in deck.slides[slide].slots if each.name == slot)


def test_text_takes_the_largest_size_that_fits(fitted):
    assert size(fitted(bullets(10)), "body") == 20
    assert size(fitted(bullets(150)), "body") == 18


def test_more_words_never_make_the_type_larger(fitted):
    sizes = [size(fitted(bullets(words)), "body") for words in range(100, 165, 5)]
    assert sizes == sorted(sizes, reverse=True)
    assert set(sizes) == {20, 18}


def test_titles_take_two_lines_at_most(fitted, theme, brand):
    deck = fitted(bullets(1, "The next administration should turn the Korea alliance " * 2))
    assert size(deck, "title") in (28, 26, 24)
    title = deck.slides[0].slots[0].content
    width, _ = theme.layouts["bullets"]["title"].text_area()
    assert (
        text_box.measure_text(
            title.paragraphs, theme.layouts["bullets"]["title"].levels, title.size, width, brand
        ).count
        == 2
    )


def test_a_title_never_leaves_a_word_alone_on_its_last_line(fitted, theme, brand):
    placeholder = theme.layouts["bullets"]["title"]
    for length in range(60, 84):
        title = ("Demands were more than five times what Seoul has contributed so far and " * 2)[:length].strip()
        slot = fitted(bullets(1, title)).slides[0].slots[0]
        width, _ = placeholder.text_area(slot.box)
        lines = text_box.measure_text(
            slot.content.paragraphs, placeholder.levels, slot.content.size, width, brand
        ).lines[0]
        assert len(lines) == 1 or len(lines[-1].split()) > 1, lines
        assert " ".join(lines) == title


def test_a_balanced_title_does_not_end_its_first_line_in_a_hyphen(fitted, theme, brand):
    title = "Quad and Japan tensions call for quiet brokering, not an anti-China bloc"
    slot = fitted(bullets(1, title)).slides[0].slots[0]
    width, _ = theme.layouts["bullets"]["title"].text_area(slot.box)
    lines = text_box.measure_text(
        slot.content.paragraphs, theme.layouts["bullets"]["title"].levels, slot.content.size, width, brand
    ).lines[0]
    assert lines[-1].endswith("anti-China bloc")


def test_all_boxes_that_do_not_fit_are_reported_at_once(compiled, theme, brand):
    deck = compiled(bullets(400, WORD * 40) + bullets(5, name="b") + bullets(300, name="c"))
    with pytest.raises(FitError) as caught:
        fit_deck(deck, theme, brand)
    assert caught.value.code == ExitCode.FIT
    told = [str(diagnostic) for diagnostic in caught.value.diagnostics]
    assert [line.split(": the")[0].split(": at")[0].partition("error: ")[2] for line in told] == [
        'slide "a", box "title"', 'slide "a", box "body"', 'slide "c", box "body"',
    ]  # fmt: skip
    assert "at 24 pt, the smallest size" in told[0]
    assert told[0].startswith("slides.html:1:45")


def test_cutting_the_words_that_it_asks_for_makes_it_fit(compiled, theme, brand):
    with pytest.raises(FitError) as caught:
        fit_deck(compiled(bullets(200)), theme, brand)
    words = int(caught.value.diagnostics[0].hint.split()[2])
    fit_deck(compiled(bullets(200 - words)), theme, brand)
    with pytest.raises(FitError):
        fit_deck(compiled(bullets(200 - words + 1)), theme, brand)


def table(rows: int, words: int = 3) -> str:
    body = "".join(f"<tr><th>Row {n}</th><td>{WORD * words}</td></tr>" for n in range(rows))
    return (
        '<section id="t" data-layout="decision"><h2>T</h2><table data-slot="table">'
        f"<thead><tr><th>A</th><th>B</th></tr></thead><tbody>{body}</tbody></table></section>"
    )


def test_tables_shrink_to_twelve_points_and_no_further(fitted, compiled, theme, brand):
    assert [size(fitted(table(rows)), "table") for rows in (10, 11, 12, 13)] == [16, 14, 14, 12]
    with pytest.raises(FitError, match="at 12 pt, the smallest size, its row 1 alone is"):
        fit_deck(compiled(table(1, words=700)), theme, brand)


def test_a_tables_rows_are_as_high_as_their_text_and_stay_in_the_slot(fitted, theme):
    content = fitted(table(5, words=30)).slides[0].slots[1].content
    assert len(content.heights) == 6
    assert sum(content.heights) <= theme.layouts["decision"]["table"].box.height
    assert content.heights[1] > content.heights[0]


def test_no_slot_is_smaller_than_the_last_row_can_read():
    least = {"title": 24, "body": 18, "takeaway": 18, "table": 12, "source": 10}
    for layout in LAYOUTS.values():
        for row in layout.slots:
            if row.name in least and layout.name != "sources":
                assert min(row.steps) >= least[row.name], (layout.name, row.name)


def test_bold_and_italic_words_are_measured_in_their_own_face(theme, brand, compiled):
    levels = theme.layouts["bullets"]["body"].levels
    plain, bold = (
        compiled(f'<section id="a" data-layout="bullets"><h2>T</h2><p data-slot="body">{text}</p></section>')
        .slides[0]
        .slots[1]
        .content
        for text in ("Measure this whole sentence " * 8, "Measure <strong>this whole sentence</strong> " * 8)
    )
    counts = [
        [text_box.measure_text(each.paragraphs, levels, 20, width, brand).count for width in range(200, 700, 5)]
        for each in (plain, bold)
    ]
    assert counts[0] != counts[1]
    assert all(a <= b for a, b in zip(*counts, strict=True))


def test_fitting_twice_changes_nothing(fitted, theme, brand, every_layout):
    deck = fitted(every_layout)
    assert fit_deck(deck, theme, brand) == deck


def test_a_footer_that_takes_two_lines_is_reported_once(compiled, theme, brand):
    from msgspec.structs import replace

    from .conftest import PROPERTIES

    with pytest.raises(FitError) as caught:
        fit_deck(compiled(bullets(5) + bullets(5, name="b"), replace(PROPERTIES, footer=WORD * 30)), theme, brand)
    (told,) = caught.value.diagnostics
    assert told.message.startswith('slide "a", box "footer": "alliance alliance')
    assert told.hint == "shorten it to about 22 words"


def test_a_footer_may_take_a_smaller_step_and_as_many_lines_as_its_box_has(compiled, theme, brand):
    from msgspec.structs import replace

    from .conftest import PROPERTIES

    def sizes(words: int, height: int = 228_600):
        footer = theme.layouts["bullets"]["footer"]
        taller = replace(footer, box=replace(footer.box, height=height))
        changed = replace(theme, layouts={**theme.layouts, "bullets": {**theme.layouts["bullets"], "footer": taller}})
        deck = fit_deck(compiled(bullets(5), replace(PROPERTIES, footer=(WORD * words).strip())), changed, brand)
        return deck.furniture_sizes["bullets", "footer"]

    assert [sizes(words) for words in (5, 18, 19, 21)] == [10, 10, 9, 8]
    assert sizes(30, height=400_000) == 10


def test_characters_that_the_face_lacks_take_an_em(fitted, compiled, theme, brand):
    levels = theme.layouts["bullets"]["body"].levels
    chinese = compiled(bullets(0).replace("></p>", ">" + "漢" * 100 + "</p>")).slides[0].slots[1].content
    assert text_box.measure_text(chinese.paragraphs, levels, 20, 20.0 * 25 + 3, brand).count == 4
