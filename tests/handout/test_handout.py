"""The finished handout: its words, its drawings, its pages, its standards."""

import io
from collections import Counter

import pikepdf
import pytest
from msgspec.structs import replace

from reportgen import handout
from reportgen.brief.marks import Marks
from reportgen.deck.values import Drawing, Paragraph, Run, TableCell, TableContent, Text
from reportgen.system.errors import BriefError, TemplateError, UsageError
from tests.handout.conftest import Maker, letters, opened, printed, said_by

LINE = "The harbor master told the commission that the basin has to be dredged before the season begins. "
PAPERS = ["letter", "a4"]


def paragraphs_of(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Run(text),)) for text in texts)


def rows(count: int) -> tuple[tuple[TableCell, ...], ...]:
    return tuple(
        tuple(
            TableCell((Run(text),)) for text in (f"{n}", f"Action {n} of many", "State", f"July {n}", f"Decision {n}")
        )
        for n in range(1, count + 1)
    )


def with_rows(slide, count: int):
    return tuple(
        replace(slot, content=replace(slot.content, rows=rows(count)))
        if isinstance(slot.content, TableContent)
        else slot
        for slot in slide.slots
    )


def inside(pdf: bytes) -> bool:
    """Return True if all words are on their pages, with some margin."""
    found = opened(pdf)
    return all(span.box[0] > 20 and span.box[2] < found.size[0] - 20 and span.box[1] > 15 for span in found.spans)


def test_every_word_of_the_deck_is_there_in_its_order(bundled, bundled_pdf):
    text, at = printed(bundled_pdf), 0
    for slide in bundled.deck.slides:
        for words in said_by(slide):
            assert letters(words) in text, f"{slide.id}: {words}"
        at = text.index(letters(slide.title), at)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_bundled_handout_is_short_and_no_page_is_nearly_empty(bundled_on, paper):
    found = opened(bundled_on[paper])
    assert 8 <= found.pages <= 12
    for page in range(1, found.pages + 1):
        lowest = min(span.box[1] for span in found.spans if span.page == page and span.role != "Artifact")
        most_empty = 0.7 if page == found.pages else 0.6  # the last page holds what is left
        assert lowest < found.size[1] * most_empty
    assert found.size[0] == pytest.approx({"letter": 612, "a4": 595.28}[paper], abs=0.1)


@pytest.mark.parametrize("standard", ["PDF/A-3a", "PDF/UA-1"])
def test_it_passes_on_either_paper_and_where_entries_run_over_pages(bundled, bundled_on, verapdf, tmp_path, standard):
    for paper, pdf in bundled_on.items():
        path = tmp_path / f"{paper}.pdf"
        path.write_bytes(pdf)
        assert verapdf.check(path, standard).failures == ()


def test_no_entry_is_split_by_a_page(bundled, bundled_pdf):
    pages = {}
    for span in opened(bundled_pdf).spans:
        pages.setdefault(letters(span.text), span.page)
    times = Counter(letters(words) for slide in bundled.deck.slides for words in said_by(slide))
    for slide in bundled.deck.slides[1:]:
        own = {letters(words) for words in said_by(slide) if len(words) > 20 and times[letters(words)] == 1}
        assert len({pages[words] for words in own if words in pages}) <= 1, slide.id


def test_each_drawing_is_there_once_with_its_alternative_text(bundled, bundled_pdf):
    drawn = [
        slot.content.alt for slide in bundled.deck.slides for slot in slide.slots if isinstance(slot.content, Drawing)
    ]
    assert len(drawn) > 3
    assert [" ".join(each.text.split()) for each in opened(bundled_pdf).alternatives] == [
        " ".join(alt.split()) for alt in drawn
    ]


def test_a_drawing_shown_on_two_slides_is_drawn_once(bundled):
    """The second slide adds its words and uses the same picture; nothing is drawn again."""
    from reportgen.handout.slide_entries import build_view
    from reportgen.text.languages.english import ENGLISH

    twice = replace(bundled.deck, slides=(*bundled.deck.slides, replace(bundled.slide("sma"), id="again")))
    assert len(build_view(twice, bundled.brief, bundled.brand, ENGLISH, {}).charts) == 5
    alone = bundled.of_slides(bundled.slide("sma"), twice.slides[-1])
    assert len(build_view(alone, bundled.brief, bundled.brand, ENGLISH, {}).charts) == 1
    assert len(opened(bundled.pdf(alone)).alternatives) == 2


def test_tables_are_tables_with_headers_and_captions(bundled_pdf):
    roles = [(span.role, span.text) for span in opened(bundled_pdf).spans]
    assert ("TH", "To be decided") in roles
    assert ("TH", "Conclude a multiyear SMA") in roles
    assert ("TD", "State, Defense") in roles
    assert ("Caption", "Table of 7 rows") in roles
    with pikepdf.open(io.BytesIO(bundled_pdf)) as document:
        heads = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"]
    assert {str(head.A.Scope) for head in heads} == {"/Column", "/Row"}


def test_evidence_is_gathered_under_one_label_and_questions_stand_out(bundled):
    from reportgen.handout.slide_entries import build_view
    from reportgen.text.languages.english import ENGLISH

    entries = build_view(bundled.deck, bundled.brief, bundled.brand, ENGLISH, {}).entries
    by_slide = dict(zip((slide.id for slide in bundled.deck.slides), entries, strict=True))
    assert [note.kind for note in by_slide["sma"].notes] == ["said", "evidence"]
    assert [note.kind for note in by_slide["_sources"].notes] == ["asked", "said"] * 3


def test_the_heading_of_each_slide_is_a_bookmark(bundled, bundled_pdf):
    marks = [letters(each.title) for each in opened(bundled_pdf).parts.bookmarks]
    assert marks == [letters(slide.title) for slide in bundled.deck.slides]


def test_a_marking_stands_on_every_page_and_none_does_without(bundled, bundled_pdf):
    marked = replace(
        bundled.deck,
        slides=bundled.deck.slides[:6],
        properties=replace(bundled.deck.properties, marks=Marks(('CUI // "DRAFT" \\ </style>',))),
    )
    found = opened(bundled.pdf(marked))
    assert found.pages > 2
    for page in range(1, found.pages + 1):
        marks = [
            span
            for span in found.spans
            if span.page == page and letters('CUI//"DRAFT"\\</style>') in letters(span.text)
        ]
        assert len(marks) >= 2
    assert "CUI" not in printed(bundled_pdf)


def test_pages_are_numbered_and_named(bundled_pdf):
    found = opened(bundled_pdf)
    for page in range(1, found.pages + 1):
        assert any(span.text == f"page {page} of {found.pages}" for span in found.spans if span.page == page)
    assert printed(bundled_pdf).count(letters("Briefing notes · December 1, 2020")) == found.pages - 1


def test_the_same_deck_gives_the_same_bytes(bundled, bundled_pdf):
    assert bundled.pdf_drawn_anew() == bundled_pdf


@pytest.mark.parametrize("count", [1, 60])
def test_a_table_of_any_length_is_printed_whole_and_its_head_on_each_page(bundled, count):
    slide = bundled.slide("_decisions")
    pdf = bundled.pdf(bundled.of_slides(bundled.slide("_sources"), replace(slide, slots=with_rows(slide, count))))
    text = printed(pdf)
    assert all(letters(f"Decision {n}") in text for n in range(1, count + 1))
    found = opened(pdf)
    pages = {span.page for span in found.spans if span.text.startswith("Decision ")}
    assert pages == {span.page for span in found.spans if span.text == "To be decided"}
    assert inside(pdf)


def test_pages_of_notes_for_one_slide_are_printed_whole(bundled):
    notes = paragraphs_of(*(f"Note {n}. {LINE * 4}" for n in range(40)))
    pdf = bundled.pdf(bundled.of_slides(replace(bundled.slide("sma"), notes=notes), bundled.slide("_sources")))
    text = printed(pdf)
    assert all(letters(note.text) in text for note in notes)
    assert inside(pdf)


def test_a_long_list_of_points_is_printed_whole(bundled):
    body = Text(tuple(Paragraph((Run(f"Point {n}. {LINE}"),), level=n % 2, list="bullet") for n in range(90)))
    slots = tuple(
        replace(slot, content=body) if slot.name == "body" else slot for slot in bundled.slide("_sources").slots
    )
    text = printed(bundled.pdf(bundled.of_slides(replace(bundled.slide("_sources"), slots=slots))))
    assert all(letters(f"Point {n}. {LINE}") in text for n in range(90))


def test_hostile_words_are_words(bundled):
    nasty = "<script>alert(1)</script> {{ 7*7 }} {% if %} & \"q\" 'r' ]]> <!-- </section>"
    slide = bundled.slide("sma")
    slots = tuple(
        replace(slot, content=Text(paragraphs_of(nasty))) if isinstance(slot.content, Text) else slot
        for slot in slide.slots
    )
    text = printed(bundled.pdf(bundled.of_slides(replace(slide, slots=slots, notes=paragraphs_of(nasty)))))
    assert text.count(letters(nasty)) == len([slot for slot in slots if isinstance(slot.content, Text)]) + 1


def test_a_word_wider_than_the_page_stays_on_it(bundled):
    runs = (Run("(", bold=True), Run("W" * 300, italic=True), Run("Q" * 300), Run(")"), Run(" and "), Run("M" * 300))
    long = (Paragraph(runs),)
    slide = bundled.slide("sma")
    slots = tuple(replace(slot, content=Text(long)) if isinstance(slot.content, Text) else slot for slot in slide.slots)
    table = bundled.slide("_decisions")
    wide = tuple((TableCell(runs),) * 5 for _ in range(2))
    cells = tuple(
        replace(slot, content=replace(slot.content, rows=wide)) if isinstance(slot.content, TableContent) else slot
        for slot in table.slots
    )
    pdf = bundled.pdf(bundled.of_slides(replace(slide, slots=slots, notes=long), replace(table, slots=cells)))
    assert inside(pdf)
    assert "w" * 300 + "q" * 300 in printed(pdf)


def test_a_deck_without_exhibits_without_cover_and_without_notes(small):
    slides = tuple(replace(slide, notes=()) for slide in small.deck.slides if slide.id not in ("_cover", "calls"))
    pdf = small.pdf(replace(small.deck, slides=slides))
    text = printed(pdf)
    assert opened(pdf).pages <= 2
    assert letters(small.deck.properties.title) in text
    assert all(letters(words) in text for slide in slides for words in said_by(slide))


def test_points_take_the_right_column_where_there_are_no_notes(small):
    pdf = small.pdf(small.with_slide("_sources", notes=()))
    left, right = (
        next(span for span in opened(pdf).spans if span.text.startswith(words))
        for words in ("A. N. Author", "Basis and")
    )
    assert right.box[0] > left.box[2]
    assert right.box[3] > left.box[3]  # beside the source's own heading


def test_thirty_recommendations(write_brief):
    more = "".join(f"  - {{title: Do the thing of number {n}, lead: Staff, decide: Whether}}\n" for n in range(28))
    maker = Maker(write_brief(("\n# Charts, tables", f"{more}\n# Charts, tables")))
    pdf = maker.pdf()
    text = printed(pdf)
    assert all(letters(f"Do the thing of number {n}") in text for n in range(28))
    assert opened(pdf).pages <= 3


def test_links_go_where_they_say(small):
    runs = (Run("See "), Run("the report", href="https://example.org/?a=1&b=2"), Run("."))
    pdf = small.pdf(small.with_slide("_cover", notes=(Paragraph(runs),)))
    assert [link.uri for link in opened(pdf).parts.links] == ["https://example.org/?a=1&b=2"]


def test_a_slide_has_the_numbers_that_the_finished_deck_gives_it(small):
    slides = []
    for slide in small.deck.slides:
        parts = 3 if slide.id == "calls" else 1
        slides += [
            replace(slide, id=slide.id if n == 1 else f"{slide.id}--{n}", part=(n, parts)) for n in range(1, parts + 1)
        ]
    numbers = handout.number_slides(replace(small.deck, slides=tuple(slides)))
    assert numbers["calls"] == "6–8"
    text = printed(small.pdf(numbers=numbers))
    assert letters("Slides 6–8") in text
    assert letters("Slide 9") in text
    assert numbers[small.deck.slides[-1].id] == str(len(slides))


def test_a_template_beside_the_brief_overrides_ours(write_brief):
    path = write_brief()
    own = path.parent / "templates" / "handout" / "notes.html"
    own.parent.mkdir(parents=True)
    own.write_text(
        '<html lang="en"><head><title>Ours</title></head><body><h2>Our own handout</h2>'
        "{% for entry in entries %}<p>{{ entry.title }}</p>{% endfor %}</body></html>"
    )
    maker = Maker(path)
    pdf = maker.pdf()
    assert letters("Our own handout") in printed(pdf)
    assert all(letters(slide.title) in printed(pdf) for slide in maker.deck.slides[1:])
    assert not opened(pdf).alternatives  # a chart that the template does not show is not drawn
    own.write_text('<html lang="en"><head><title>Ours</title></head><body><script>1</script></body></html>')
    with pytest.raises(TemplateError, match="<script> does not exist in a handout"):
        Maker(path).pdf()


def test_a_character_that_no_font_has_is_an_error_at_its_place(write_brief):
    path = write_brief(("from: Planning staff", "from: Planning staff\nsubtitle: Ships ꙮ"))
    with pytest.raises(BriefError) as caught:
        Maker(path).pdf()
    (found,) = caught.value.diagnostics
    assert "ꙮ" in found.message
    assert found.where is not None
    assert found.where.line


def test_no_such_paper(small):
    with pytest.raises(UsageError, match='there is no paper "legal"'):
        small.pdf(paper="legal")
