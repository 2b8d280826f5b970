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
from reportgen.system.errors import FitError, UsageError

from ..conftest import BUNDLED


def slides_of(path):
    brief = load_brief(path)
    brand = brands.load(path.parent)
    theme, folders = build_default(brand), template_folders(path.parent)
    return brief, deck.fit_deck(deck.compile_brief(brief, brand, folders, theme), theme, theme.adapt_brand(brand))


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
        ("statement", "Why now", "A decision before April 1 could save a year"),
        ("chart-left", "Build", "Long ships are 42 percent of all calls"),
        ("bullets", "Manage", "The fishing cooperative wants a survey first"),
        ("decision", "Decide", "We recommend two decisions, the first by February 28, 2026"),
        ("sources", "Sources", "This briefing draws on one source; leads and deadlines are our judgment"),
    ]


def test_judgments_say_whose_they_are_and_how_sure(small):
    _, made = small
    assert "We judge, with moderate confidence, that a survey begun now costs no season." in said(made.slides[3])


def test_a_chart_without_a_takeaway_has_the_whole_width(write_brief):
    path = write_brief(('    takeaway: ["${long-ships} of all calls already need the longer basin."]\n', ""))
    assert [slide.layout for slide in slides_of(path)[1].slides if slide.id == "calls"] == ["chart-full"]


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


def test_the_bundled_deck_has_ten_to_twelve_slides_and_each_exhibit_once(bundled):
    brief, made = bundled
    assert 10 <= len(made.slides) <= 12
    shown = [name for section in brief.sections for name in section.exhibits if brief.exhibits[name].only != "memo"]
    assert [slide.id for slide in made.slides][1:-2] == shown


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
            words = said(slide, "title", "source", "subtitle", *beside, *(f"label-{n}" for n in (1, 2, 3))).split()
            assert len(words) <= 40, (slide.id, len(words))


def test_notes_tell_the_point_and_then_the_words_it_rests_on(bundled):
    brief, made = bundled
    for slide in made.slides:
        if slide.id in brief.exhibits:
            spoken = [paragraph.text for paragraph in slide.notes if not paragraph.text.startswith("Evidence: ")]
            evidence = [paragraph.text for paragraph in slide.notes if paragraph.text.startswith("Evidence: ")]
            assert 80 <= len(" ".join(spoken).split()) <= 170, slide.id
            assert len(evidence) == len(brief.exhibit_quotes(brief.exhibits[slide.id]))
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
    ]


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


def test_the_last_slide_explains_the_signs_that_the_deck_has(bundled, small):
    explained = [
        " ".join(said(slide) for slide in made.slides if slide.layout == "sources") for _, made in (bundled, small)
    ]
    assert "“<” reads “less than.”" in explained[0]
    assert "Hatched bars" not in explained[1]
