"""The deck of a brief: its slides, their words, and the speaker's notes."""

import re
from datetime import datetime
from io import BytesIO

import pptx
import pytest

from reportgen import brand as brands, deck
from reportgen.brief.loader import load_brief
from reportgen.deck.theme import build_default
from reportgen.deck.values import Drawing, TableContent, runs_of
from reportgen.markup.templates import template_folders
from reportgen.system.errors import BriefError, FitError, UsageError

from ..conftest import BUNDLED, INIT


def slides_of(path):
    brief = load_brief(path)
    brand = brands.load(path.parent)
    theme, folders = build_default(brand), template_folders(path.parent)
    return brief, deck.fit_deck(deck.compile_brief(brief, brand, folders, theme), theme, theme.adapt_brand(brand))


def slide_called(made, name):
    return next(slide for slide in made.slides if slide.id == name)


def words(slide, name):
    content = next(slot.content for slot in slide.slots if slot.name == name)
    return " ".join(paragraph.text for paragraph in content.paragraphs)


@pytest.fixture
def small(write_brief):
    return slides_of(write_brief())


@pytest.fixture(scope="module")
def bundled():
    return slides_of(BUNDLED)


def said(slide, *without):
    return " ".join(
        "".join(run.text for run in runs_of(slot.content)) for slot in slide.slots if slot.name not in without
    )


def test_a_small_brief_becomes_a_slide_for_each_of_its_parts(small):
    _, made = small
    assert [(slide.layout, slide.section, slide.title.replace("\u00a0", " ")) for slide in made.slides] == [
        ("cover", "Opening", "The harbor should plan for longer ships"),
        ("bottom-line", "Opening", "Bottom line"),
        ("bullets", "Why now", "A decision before April 1 could save a year"),
        ("decision", "Decide", "We recommend two decisions, the first by February 28, 2026"),
        ("section", "Backup", "Backup"),
        ("chart-left", "Build", "Long ships are 42 percent of all calls"),
        ("bullets", "Manage", "The fishing cooperative wants a survey first"),
        ("sources", "Sources", "This briefing draws on one source"),
    ]


def test_judgments_say_whose_they_are_and_how_sure(small):
    _, made = small
    assert "We judge, with moderate confidence, that a survey begun now costs no season." in said(made.slides[6])


def test_a_chart_without_a_takeaway_has_the_whole_width(write_brief):
    path = write_brief(('    takeaway: ["${long-ships} of all calls already need the longer basin."]\n', ""))
    assert [slide.layout for slide in slides_of(path)[1].slides if slide.id == "calls"] == ["chart-full"]


def test_a_chart_that_needs_the_width_has_its_takeaway_below_it(write_brief):
    bars = ", ".join(f"{{label: '{year}', value: {year - 1990}.5}}" for year in range(2009, 2023))
    old = "    parts:\n      - {label: More than 220 meters, value: long-ships, highlight: true}\n      - {label: Shorter, value: rest}\n"
    chart = f"    unit: US$ billion\n    bars: [{bars}]\n"
    _, made = slides_of(write_brief(("kind: share", "kind: column"), (old, chart)))
    (slide,) = [each for each in made.slides if any(isinstance(slot.content, Drawing) for slot in each.slots)]
    assert slide.layout == "chart-full"
    assert "already need the longer basin" in words(slide, "takeaway")
    assert "(2 of 2)" not in " ".join(each.title for each in made.slides)


def test_the_creation_time_is_the_briefs_date_or_the_environments(small, monkeypatch):
    brief, _ = small
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert deck.collect_properties(brief).created == datetime(2026, 2, 10)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert deck.collect_properties(brief).created == datetime(1970, 1, 2)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        deck.collect_properties(brief)


def test_an_exhibit_of_the_memo_alone_has_no_slide(write_brief):
    _, made = slides_of(write_brief(("    kind: share\n", "    kind: share\n    only: memo\n")))
    assert "calls" not in [slide.id for slide in made.slides]


def test_a_template_beside_the_brief_replaces_ours(write_brief):
    path = write_brief()
    own = path.parent / "templates" / "deck" / "briefing.html"
    own.parent.mkdir(parents=True)
    own.write_text(
        '<main><section id="only" data-layout="statement"><h2>{{ brief.title | inline }}</h2></section></main>'
    )
    _, made = slides_of(path)
    assert [slide.id for slide in made.slides] == ["only"]


def test_what_does_not_fit_points_into_the_brief(write_brief):
    long = "This takeaway is far too long for the place that it has, even on a slide of its own. " * 30
    path = write_brief(("${long-ships} of all calls already need the longer basin.", long))
    with pytest.raises(FitError) as caught:
        slides_of(path)
    (told,) = caught.value.diagnostics
    assert told.where.file == str(path)
    assert "takeaway" in path.read_text().splitlines()[told.where.line - 1]
    assert 'slide "calls", box "body"' in told.message


def test_an_exhibit_named_like_a_slide_of_ours_is_no_trouble(write_brief):
    path = write_brief(("  calls:\n", "  sources:\n"), ("exhibits: [calls]", "exhibits: [sources]"))
    assert [slide.id for slide in slides_of(path)[1].slides][-1] == "_sources"


def test_the_bundled_deck_has_a_front_of_six_and_at_most_eighteen_slides(bundled):
    brief, made = bundled
    names = [slide.id for slide in made.slides]
    assert names[:6] == ["_cover", "_bottom-line", "window", "_options", "_exhibits", "_decisions"]
    assert (names[6], names[-1]) == ("_backup", "_sources")
    assert len(names) <= 18
    shown = [name for section in brief.sections for name in section.exhibits if brief.exhibits[name].only != "memo"]
    assert ["window", *names[7:-1]] == shown


def test_the_second_slide_says_the_bottom_line_its_numbers_and_what_is_asked(bundled):
    brief, made = bundled
    slide = slide_called(made, "_bottom-line")
    assert words(slide, "body") == brief.plain(brief.bottom_line)
    assert [words(slide, f"number-{place}") for place in (1, 2, 3)] == ["<16\u00a0months", ">5×", "$136 billion"]
    assert words(slide, "ask").startswith("Asked today Conclude a multiyear SMA (State, Defense; April\u00a030, 2021)")


def test_options_stand_with_their_costs_who_objects_and_the_dissent(bundled):
    brief, made = bundled
    slide = slide_called(made, "_options")
    assert slide.title == "We recommend: Settle early on a multiyear SMA, at a modest rise"
    shown = said(slide)
    for option in brief.options:
        for text in (option.title, *option.implications, option.cost, option.objection):
            assert brief.plain(text) in shown
    assert words(slide, "dissent") == f"The case against, as we see it: {brief.plain(brief.dissent[0].text)}"


def test_two_highlights_stand_side_by_side(bundled):
    slide = slide_called(bundled[1], "_exhibits")
    drawings = [slot.content.exhibit for slot in slide.slots if isinstance(slot.content, Drawing)]
    assert (slide.layout, drawings) == ("two-charts", ["sma", "samsung"])


def test_one_highlight_moves_to_the_front_with_what_follows_from_it(write_brief):
    _, made = slides_of(write_brief(("recommendations:\n", "highlights: [calls]\nrecommendations:\n")))
    names = [slide.id for slide in made.slides]
    assert names == ["_cover", "_bottom-line", "_topic-1", "_exhibits", "_decisions", "_backup", "_topic-3", "_sources"]
    assert "already need the longer basin" in said(slide_called(made, "_exhibits"))


def test_decisions_for_today_come_first_and_are_told_from_the_others(write_brief):
    path = write_brief(("    lead: Commission\n", "    lead: Commission\n    today: true\n"))
    slide = slide_called(slides_of(path)[1], "_decisions")
    assert slide.title == "We ask for one decision today; one more is for information"
    (table,) = (slot.content for slot in slide.slots if isinstance(slot.content, TableContent))
    first_two = [["".join(run.text for run in cell.runs) for cell in row[:2]] for row in table.rows]
    assert first_two == [["Decision today", "Decide on the turning basin"], ["Information", "Commission the survey"]]


def test_a_topic_with_an_exhibit_loses_neither_finding_nor_points_nor_judgments(bundled):
    brief, made = bundled
    for topic in brief.topics:
        printed = " ".join(said(slide) for slide in made.slides)
        noted = " ".join(paragraph.text for slide in made.slides for paragraph in slide.notes)
        assert brief.plain(topic.title) in printed
        for text in (*topic.points, *(judgment.text for judgment in topic.judgments)):
            assert brief.plain(text) in noted or brief.plain(text) in printed


def test_a_finding_too_long_for_a_title_is_in_the_notes_and_the_exhibits_own_title_stays(write_brief):
    long = "This finding is far too long to be the title of any slide that people are to read from afar " * 3
    path = write_brief(
        ("    title: Long ships are ${long-ships} of all calls\n    points", f"    title: {long}\n    points")
    )
    slide = slide_called(slides_of(path)[1], "calls")
    assert slide.title == "Long ships are 42\u00a0percent of all calls"
    assert slide.notes[0].text == long.strip()


def test_slides_without_content_are_left_out(write_brief):
    text = INIT.read_text(encoding="utf-8")
    why, decisions = (
        text[text.index(f"{key}:") : text.index(f"\n{after}")]
        for key, after in (("why_now", "# The argument"), ("recommendations", "# Charts"))
    )
    _, made = slides_of(write_brief((why, ""), (decisions, "")))
    assert [slide.id for slide in made.slides] == ["_cover", "_bottom-line", "_backup", "calls", "_topic-2", "_sources"]


def test_a_full_deck_keeps_one_sequence(write_brief):
    _, made = slides_of(write_brief(add="deck: full\n"))
    assert [slide.id for slide in made.slides] == [
        "_cover", "_bottom-line", "_topic-1", "calls", "_topic-3", "_decisions", "_sources",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("budget", "count", "left"),
    [(16, 16, "five-g"), (15, 15, "five-g"), (13, 13, "samsung"), (10, 10, "_findings-friction")],
)
def test_a_budget_leaves_out_the_divider_then_exhibits_then_drawings(tmp_path, bundled, budget, count, left):
    brief, _ = bundled
    path = tmp_path / "brief.yaml"
    path.write_text(BUNDLED.read_text(encoding="utf-8") + f"slides: {budget}\n", encoding="utf-8")
    _, made = slides_of(path)
    assert len(made.slides) == count
    slide = slide_called(made, left)
    noted = " ".join(paragraph.text for each in made.slides for paragraph in each.notes)
    assert slide
    for topic in brief.topics:
        assert all(brief.plain(text) in noted for text in (*topic.points, *(each.text for each in topic.judgments)))


def test_a_budget_that_cannot_be_kept_is_refused_with_what_to_cut(write_brief):
    path = write_brief(add="slides: 3\n")
    with pytest.raises(FitError) as caught:
        slides_of(path)
    (fault,) = caught.value.diagnostics
    line = path.read_text(encoding="utf-8").splitlines().index("slides: 3") + 1
    assert (fault.message, fault.where.line) == ("the deck has 7 slides, and `slides` allows 3", line)
    assert fault.hint == "cut 4 slides: join topics, or shorten the texts that continue on another slide"


def test_a_key_number_must_be_a_fact(write_brief):
    with pytest.raises(BriefError) as caught:
        load_brief(write_brief(add="key_numbers: [fee]\n"))
    (fault,) = caught.value.diagnostics
    assert (fault.message, fault.hint) == ('key_numbers[0]: no fact "fee"', 'did you mean "fees"?')


def test_key_numbers_are_the_bottom_lines_facts_with_their_quotes(write_brief):
    brief = load_brief(write_brief())
    assert [(figure.number, figure.label) for figure in brief.key_figures] == [
        ("<$30\u00a0m", "“dredging it would cost a little less than $30 million”"),
        ("≈$9\u00a0m", "“about $9 million a year in fees”"),
    ]


def test_every_title_is_a_sentence_of_two_lines_at_most_and_none_comes_twice(bundled):
    titles = [slide.title for slide in bundled[1].slides]
    assert len(set(titles)) == len(titles)


def test_an_exhibits_slide_has_a_source_and_at_most_forty_words_beside_it_and_its_title(bundled):
    brief, made = bundled
    for slide in made.slides:
        if slide.id in brief.exhibits:
            source = next(slot for slot in slide.slots if slot.name == "source")
            assert "".join(run.text for run in runs_of(source.content)).startswith("Source: ")
            beside = [slot.name for slot in slide.slots if isinstance(slot.content, Drawing | TableContent)]
            beside_it = said(
                slide, "title", "source", "subtitle", "kicker", "heading", *beside, *(f"label-{n}" for n in (1, 2, 3))
            ).split()
            assert len(beside_it) <= 40, (slide.id, len(beside_it))


def test_notes_tell_the_point_and_then_the_words_it_rests_on(bundled):
    brief, made = bundled
    for slide in made.slides:
        if slide.id in brief.exhibits:
            spoken = [paragraph.text for paragraph in slide.notes if not paragraph.text.startswith("Evidence: ")]
            evidence = [paragraph.text for paragraph in slide.notes if paragraph.text.startswith("Evidence: ")]
            assert 80 <= len(" ".join(spoken).split()) <= 240, slide.id
            topic = next(section for section in brief.sections if slide.id in section.exhibits)
            said_too = brief.citations(*topic.points) if topic.exhibits[0] == slide.id else ()
            assert len(evidence) == len({*brief.exhibit_quotes(brief.exhibits[slide.id]), *said_too})
            assert all(re.fullmatch(r"Evidence: “.*” \(.*Stangarone ¶\d+\)", line) for line in evidence)


def test_every_recommendation_stands_in_the_decision_table(bundled):
    brief, made = bundled
    table = next(
        slot.content
        for slide in made.slides
        if slide.layout == "decision"
        for slot in slide.slots
        if slot.name == "table"
    )
    assert ["".join(run.text for run in row[1].runs) for row in table.rows] == [
        brief.plain(r.title) for r in brief.recommendations
    ]  # those for today are the first two


def test_every_chart_of_the_bundled_deck_is_native(bundled):
    brief, _ = bundled
    brand = brands.load(BUNDLED.parent)
    file = pptx.Presentation(BytesIO(deck.render_deck(brief, brand, template_folders(BUNDLED.parent))))
    shapes = [shape for slide in file.slides for shape in slide.shapes]
    assert not [shape for shape in shapes if shape.shape_type is not None and shape.shape_type.name == "PICTURE"]
    names = {shape.name for shape in shapes}
    for slide in file.slides:
        for shape in slide.shapes:
            if shape.name.partition(":")[0] in ("chart", "timeline", "table"):
                assert shape._element._nvXxPr.cNvPr.get("descr"), shape.name
    assert {"chart: sma", "chart: samsung", "timeline: window", "table: north-korea"} <= names


@pytest.mark.parametrize(("language", "side", "other"), [("en-US", "r", None), ("ar", "l", "r")])
def test_the_heads_of_columns_of_numbers_stand_over_them(write_brief, language, side, other):
    chart = "    kind: share\n    title: Long ships are ${long-ships} of all calls\n    subtitle: Calls last year, percent\n"
    parts = "    parts:\n      - {label: More than 220 meters, value: long-ships, highlight: true}\n"
    table = "    kind: table\n    title: Costs\n    header: [Item, Cost]\n    rows: [[Survey, '2'], [Zone, '31']]\n    numeric: [Cost]\n"
    path = write_brief(
        (chart + parts + "      - {label: Shorter, value: rest}\n", table), ("language: en-US", f"language: {language}")
    )
    brief, brand = load_brief(path), brands.load(path.parent)
    data = deck.render_deck(brief, brand, template_folders(path.parent), build_default(brand))
    tables = [
        shape.table for slide in pptx.Presentation(BytesIO(data)).slides for shape in slide.shapes if shape.has_table
    ]
    found = next(table for table in tables if table.cell(0, 0).text == "Item")
    aligned = [[cell.text_frame.paragraphs[0]._p.pPr.get("algn") for cell in row.cells] for row in found.rows]
    assert aligned == [[other, side]] * 3


def test_each_exhibit_explains_the_signs_that_it_has_itself(bundled, small, write_brief):
    def explained(made, name):
        return " ".join(said(slide) for slide in made.slides if slide.id == name)

    bounds = "Lighter: bounds. “<” reads “less than.”"
    assert bounds in explained(bundled[1], "sma")
    assert "forecasts" not in explained(bundled[1], "sma")
    assert "measured values" not in " ".join(said(slide) for slide in small[1].slides)
    rough = slides_of(write_brief(("long-ships: {value: 42, ", "long-ships: {value: 42, bound: about, ")))[1]
    assert "Lighter: rough figures." in explained(rough, "calls")
    assert "reads" not in explained(rough, "calls")


def test_an_essential_point_stands_beside_the_exhibit_and_others_in_the_notes(write_brief):
    old = "      - Last year ${long-ships} of all calls were by ships of more than 220 meters. [@share]"
    brief = load_brief(
        write_brief((old, f"{old}\n      - {{text: 'Only ${{rest}} are shorter. [@share]', essential: true}}"))
    )
    html = deck.compose_html(brief, template_folders(brief.folder))
    slide = html.split('id="calls"')[1].split("</section>")[0]
    beside, notes = slide.split("<aside")
    assert "are shorter" in beside.split('data-slot="takeaway"')[1]
    assert "are shorter" not in notes
    assert "Last year" in notes
