"""Lines with links and emoji are counted as LibreOffice breaks them."""

from hypothesis import given, strategies as st

from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.text_xml import TextSetting, build_paragraph
from reportgen.deck.text import link_runs, text_box
from reportgen.deck.values import EMU_PER_POINT, Paragraph, Run
from reportgen.fonts import overhang

HREF = "https://example.org"


def lines(theme, brand, *runs, width=237.0):
    level = theme.layouts["bullets"]["body"].levels[0]
    return text_box.measure_paragraph(Paragraph(runs), level, 12.0, width, brand).lines


def test_a_line_ends_only_between_the_pieces_of_a_link():
    runs = [Run("see "), Run("W" * 30, href=HREF), Run(" and so on")]
    assert link_runs.find_line_ends(runs) == (4, 16, 28, 34, 35, 39, 42, 44)
    assert link_runs.find_line_ends([Run("see this and that")]) == ()


@given(st.lists(st.tuples(st.text("ab W/-港", min_size=1), st.booleans()), min_size=1, max_size=4))
def test_lines_may_end_where_the_pieces_that_are_written_do(made):
    runs = [Run(text, href=HREF if link else None) for text, link in made]
    found = link_runs.find_line_ends(runs)
    assert not found or found[-1] == sum(len(text) for text, _ in made)
    assert list(found) == sorted(set(found))


def test_a_long_word_that_is_a_link_takes_a_line_for_each_of_its_pieces(theme, brand):
    word = "W" * 60
    assert len(lines(theme, brand, Run(word))) < 5
    assert (
        len(lines(theme, brand, Run(word, href=HREF))) == 5
    )  # twelve letters each; two pieces are wider than the line


def test_a_long_word_is_cut_whatever_stands_in_it():
    """A quotation mark before an address, or an accent in a name, is no reason to leave it in one piece."""
    for word in (
        "«Https://example.org/a/long/way?id=666631046»",
        "“Https://example.org”",
        "Überübertragungsgesellschaft",
    ):
        parts = [run.text for run in link_runs.split_run(Run(f"see {word} now", href=HREF))]
        assert "".join(parts) == f"see {word} now"
        assert max(map(len, parts)) <= 13


def test_no_letter_is_cut_off_from_what_joins_it():
    for word in ("e\u0301" * 9, "\u0627\u0644\u0645\u0641\u0627\u0648\u0636\u0627\u062a\u0648\u0627\u0644\u0645\u0641"):
        assert [run.text for run in link_runs.split_run(Run(word, href=HREF))] == [word]
    marked = "https://example.org/e\u0301te\u0301/und/so/weiter"
    assert not any(run.text.startswith("\u0301") for run in link_runs.split_run(Run(marked, href=HREF)))


def test_no_piece_of_a_link_is_read_in_both_directions():
    """LibreOffice draws a link as one piece: of Hangul before an Arabic comma it drew only the comma, outside the box."""
    for word, parts in (
        ("한미동맹،", ["한미동맹", "،"]),
        ("«reactor»،", ["«reactor»", "،"]),
        ("م2003", ["م", "2003"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("مُدَّة", ["مُدَّة"]),
    ):
        assert [run.text for run in link_runs.split_run(Run(word, href=HREF))] == parts
        assert [run.text for run in link_runs.split_run(Run(word))] == [word]


def test_a_short_link_breaks_as_its_words_do(theme, brand):
    text = "Demands were more than five times what Seoul has contributed so far"
    assert lines(theme, brand, Run(text, href=HREF)) == lines(theme, brand, Run(text))


def test_half_an_emoji_finds_room_beside_the_line(theme):
    level = theme.layouts["bullets"]["body"].levels[0]
    setting = TextSetting("en-US", str, Paint(theme.palette), 20.0)
    assert overhang.measure_sides("no emoji → 港口", rtl=False) == (0, 0)
    written = build_paragraph(Paragraph((Run("a ship 🚢 and words"),), list="bullet"), level, setting)
    assert f'marR="{round(overhang.HALF_EMOJI * 20 * EMU_PER_POINT)}"' in written
    assert "marR" not in build_paragraph(Paragraph((Run("a ship and words"),), list="bullet"), level, setting)


def test_a_text_with_emoji_breaks_that_much_earlier(theme, brand):
    words = "a fleet of ships and words " * 6
    at = [len(lines(theme, brand, Run(words + end), width=300 - kept)) for end, kept in (("🚢", 0), ("W", 0.7 * 12))]
    assert at[0] == at[1]
