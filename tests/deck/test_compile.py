"""Strict HTML -> Deck: nothing is lost, and all errors are reported at once with their places."""

import pytest

from reportgen.deck.values import Paragraph, Run, TableContent, Text
from reportgen.system.errors import TemplateError

POINT = '<section id="a" data-layout="bullets"><h2>Title</h2><div data-slot="body">{}</div></section>'


def body(deck):
    return next(slot.content for slot in deck.slides[0].slots if slot.name == "body")


def faults(compiled, slides):
    with pytest.raises(TemplateError) as caught:
        compiled(slides)
    return [str(diagnostic) for diagnostic in caught.value.diagnostics]


def test_a_slide_has_what_its_section_declares(compiled):
    slide = compiled(
        '<section id="a" data-layout="bullets" data-section="Now"><h2>The <em>title</em></h2>'
        '<div data-slot="body"><p>Text</p></div><aside class="notes"><p>Say it.</p></aside></section>'
    ).slides[0]
    assert (slide.id, slide.layout, slide.section, slide.title) == ("a", "bullets", "Now", "The title")
    assert [slot.name for slot in slide.slots] == ["title", "body"]
    assert slide.notes == (Paragraph((Run("Say it."),)),)


def test_inline_markup_becomes_runs_and_white_space_collapses(compiled):
    found = body(compiled(POINT.format(
        "<p> A <strong>bold <em>both</em></strong>\n x<sup>2</sup> "
        '<a href="https://example.org">link</a> <span class="fact" data-fact="sma">five\u00a0times</span> '
        '<span class="signal">red</span> </p>'
    )))  # fmt: skip
    assert found.paragraphs[0].runs == (
        Run("A "),
        Run("bold ", bold=True),
        Run("both", bold=True, italic=True),
        Run(" x"),
        Run("2", superscript=True),
        Run(" "),
        Run("link", href="https://example.org"),
        Run(" "),
        Run("five\u00a0times", fact="sma"),
        Run(" "),
        Run("red", role="signal"),
    )


def test_a_break_stands_alone_and_takes_the_spaces_beside_it(compiled):
    found = body(compiled(POINT.format("<p>one <br/> two</p>")))
    assert found.paragraphs[0].runs == (Run("one"), Run("\n"), Run("two"))


def test_lists_have_two_levels_and_may_be_numbered(compiled):
    found = body(compiled(POINT.format("<ul><li>a<ul><li>b</li></ul></li></ul><ol><li>c</li></ol>")))
    assert [(p.text, p.level, p.list) for p in found.paragraphs] == [
        ("a", 0, "bullet"),
        ("b", 1, "bullet"),
        ("c", 0, "number"),
    ]


def test_slots_come_in_reading_order_whatever_order_they_are_written_in(compiled):
    slide = compiled(
        '<section id="a" data-layout="chart-left"><p data-slot="source">s</p><p data-slot="takeaway">t</p>'
        '<figure data-slot="chart" data-exhibit="sma"/><h2>Title</h2></section>'
    ).slides[0]
    assert [slot.name for slot in slide.slots] == ["title", "chart", "takeaway", "source"]


def test_alternative_text_says_the_finding_and_then_the_numbers(compiled):
    slide = compiled(
        '<section id="a" data-layout="chart-left"><h2>Demands rose</h2><figure data-slot="chart" data-exhibit="sma"/></section>'
    ).slides[0]
    assert slide.slots[1].content.alt == "Demands rose. Five and less than one."


def test_a_table_has_shares_that_sum_to_one(compiled):
    slide = compiled(
        '<section id="a" data-layout="table"><h2>T</h2><table data-slot="table" data-widths="1 3"><thead><tr><th>A</th><th>B</th></tr></thead>'
        '<tbody><tr><th>r</th><td data-mark="need" class="number">5</td></tr></tbody></table></section>'
    ).slides[0]
    table = slide.slots[1].content
    assert isinstance(table, TableContent)
    assert table.widths == (0.25, 0.75)
    assert (table.rows[0][0].header, table.rows[0][1].mark, table.rows[0][1].number) == (True, "need", True)


def test_stacked_slots_share_out_the_column_when_fewer_are_used(compiled, theme):
    slides = "".join(
        f'<section id="n{n}" data-layout="big-numbers"><h2>T</h2>'
        + "".join(f'<p data-slot="number-{k}">{k}</p>' for k in range(1, n + 1))
        + "</section>"
        for n in (1, 2, 3)
    )
    one, two, three = (slide.slots[1:] for slide in compiled(slides).slides)
    boxes = theme.boxes("big-numbers")
    whole = boxes["number-3"].bottom - boxes["number-1"].y
    grown = (whole + boxes["heading"].height) / whole  # there is no heading either
    assert abs(three[0].box.height - grown * boxes["number-1"].height) <= 2
    assert one[0].box.height > two[0].box.height > three[0].box.height
    assert two[0].box.y < two[1].box.y


def test_an_exhibit_takes_the_room_of_a_takeaway_that_is_not_there(compiled, theme):
    figure = '<section id="{0}" data-layout="chart-full"><h2>T</h2><figure data-slot="chart" data-exhibit="sma"/>{1}</section>'
    deck = compiled(figure.format("a", "") + figure.format("b", '<p data-slot="takeaway">x</p>'))
    alone, accompanied = (slide.slots[1].box for slide in deck.slides)
    boxes = theme.boxes("chart-full")
    assert accompanied.bottom == boxes["chart"].bottom
    assert boxes["chart"].y - accompanied.y == boxes["heading"].height  # there is no heading either
    assert alone.y + alone.height == boxes["takeaway"].y + boxes["takeaway"].height


CASES = {
    "unknown layout": (
        '<section id="a" data-layout="chart-lefty"><h2>T</h2></section>',
        ['slides.html:1:7: error: no layout "chart-lefty"\n  hint: did you mean "chart-left"?'],
    ),
    "unknown slot": (
        '<section id="a" data-layout="bullets"><h2>T</h2><p data-slot="bodi">x</p></section>',
        ['slides.html:1:55: error: layout "bullets" has no slot "bodi"\n  hint: did you mean "body"?'],
    ),
    "furniture is no slot": (
        '<section id="a" data-layout="bullets"><h2>T</h2><p data-slot="footer">x</p></section>',
        ['slides.html:1:55: error: layout "bullets" has no slot "footer"\n  hint: known: body, kicker, source, title'],
    ),
    "slot filled twice": (
        '<section id="a" data-layout="bullets"><h2>T</h2><p data-slot="body">x</p><p data-slot="body">y</p></section>',
        ['slides.html:1:80: error: slot "body" of slide "a" is filled twice\n  hint: combine them in one <div>'],
    ),
    "no slot": (
        '<section id="a" data-layout="bullets"><h2>T</h2><p>x</p></section>',
        [
            "slides.html:1:55: error: <p> stands outside a slot\n  hint: name one with data-slot: title, kicker, body, source"
        ],
    ),
    "unknown exhibit": (
        '<section id="a" data-layout="chart-left"><h2>T</h2><figure data-slot="chart" data-exhibit="smaa"/></section>',
        ['slides.html:1:58: error: no exhibit "smaa"\n  hint: did you mean "sma"?'],
    ),
    "wrong content": (
        '<section id="a" data-layout="chart-left"><h2>T</h2><p data-slot="chart">x</p></section>',
        ['slides.html:1:58: error: slot "chart" takes no <p>\n  hint: use <figure>'],
    ),
    "not a drawing": (
        '<section id="a" data-layout="chart-left"><h2>T</h2><figure data-slot="chart" data-exhibit="matrix"/></section>',
        [
            'slides.html:1:58: error: exhibit "matrix" is not a drawing\n  hint: write its table or its numbers into their slots'
        ],
    ),
    "empty slot": (
        '<section id="a" data-layout="bullets"><h2>T</h2><p data-slot="body"> </p></section>',
        ['slides.html:1:55: error: slot "body" is empty\n  hint: leave the element out'],
    ),
    "no title": (
        '<section id="a" data-layout="bullets"><p data-slot="body">x</p></section>',
        ['slides.html:1:7: error: slide "a" has no title\n  hint: add an <h2>: listeners find a slide by its title'],
    ),
    "same id": (
        '<section id="a" data-layout="section"><h2>T</h2></section><section id="a" data-layout="section"><h2>U</h2></section>',
        ['slides.html:1:65: error: two slides have the id "a"'],
    ),
    "section begins late": (
        '<section id="a" data-layout="section"><h2>T</h2></section><section id="b" data-layout="section" data-section="S"><h2>U</h2></section>',
        [
            "slides.html:1:7: error: slides before the first section\n  hint: give the first slide a data-section too: PowerPoint's sections cover the whole deck"
        ],
    ),
    "four levels": (
        POINT.format("<ul><li>a<ul><li>b<ul><li>c<ul><li>d</li></ul></li></ul></li></ul></li></ul>"),
        ["slides.html:1:108: error: a list nested four levels deep\n  hint: use three levels at most"],
    ),
    "widths": (
        '<section id="a" data-layout="table"><h2>T</h2><table data-slot="table" data-widths="1 2"><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></section>',
        [
            'slides.html:1:53: error: data-widths="1 2" does not match 1 column\n  hint: give one number above 0 for each column'
        ],
    ),
    "ragged": (
        '<section id="a" data-layout="table"><h2>T</h2><table data-slot="table"><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></section>',
        [
            "slides.html:1:53: error: the table has no rows, or rows of different lengths\n  hint: give each row a cell for each column"
        ],
    ),
    "mark": (
        '<section id="a" data-layout="table"><h2>T</h2><table data-slot="table"><thead><tr><th>A</th></tr></thead><tbody><tr><td data-mark="yess">1</td></tr></tbody></table></section>',
        ['slides.html:1:123: error: no mark "yess"\n  hint: did you mean "yes"?'],
    ),
    "no slides": ("", ["slides.html: error: the deck has no slides\n  hint: write a <section> for each slide"]),
}


@pytest.mark.parametrize(("slides", "expected"), CASES.values(), ids=CASES.keys())
def test_an_error_is_reported_with_its_place(compiled, slides, expected):
    assert faults(compiled, slides) == expected


def test_all_errors_are_reported_at_once(compiled):
    slides = (
        CASES["unknown layout"][0]
        + CASES["unknown slot"][0].replace('"a"', '"b"')
        + CASES["empty slot"][0].replace('"a"', '"c"')
    )
    assert len(faults(compiled, slides)) == 3


def test_every_word_of_the_html_is_in_the_deck(compiled, every_layout):
    from lxml import etree

    from reportgen.deck.values import runs_of

    deck = compiled(every_layout)
    said = "".join(run.text for slide in deck.slides for slot in slide.slots for run in runs_of(slot.content))
    said += "".join(paragraph.text for slide in deck.slides for paragraph in slide.notes)
    words = "".join(etree.fromstring(f"<main>{every_layout}</main>").itertext())
    assert sorted("".join(said.split())) == sorted("".join(words.split()))


def test_paragraphs_are_values(compiled):
    assert compiled(POINT.format("<p>x</p>")) == compiled(POINT.format("<p>x</p>"))
    assert isinstance(body(compiled(POINT.format("<p>x</p>"))), Text)
