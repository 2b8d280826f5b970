"""Findings name the key of the brief, its file, line and column; a slide that was moved or deleted is one finding."""

import io
import json

import pptx
import pytest
from pptx.chart.data import CategoryChartData

from reportgen.audit.decks.moved import find_longest_rise
from reportgen.cli import main
from tests.audit.conftest import replace, shape


def delete_slide(file, number: int) -> None:
    slides = file.slides._sldIdLst
    file.part.drop_rel(slides[number - 1].rId)
    slides.remove(slides[number - 1])


def move_slide(file, number: int, to: int) -> None:
    slides = file.slides._sldIdLst
    slide = slides[number - 1]
    slides.remove(slide)
    slides.insert(to - 1, slide)


def slide_of(file, text: str) -> int:
    """Return the number of the slide whose title has this text."""
    titles = [slide.shapes.title.text for slide in file.slides]
    return next(at for at, title in enumerate(titles, 1) if text in title)


def line_of(brief, words: str) -> int:
    return next(at for at, line in enumerate(brief.document.text.splitlines(), 1) if words in line)


def test_a_finding_says_where_in_the_brief_its_text_is(bundled, tmp_path, capsys):
    def change(file):
        replace(shape(file, slide_of(file, "Reported initial"), "title").text_frame, "five", "nine")

    target = tmp_path / "deck.pptx"
    target.write_bytes(bundled.changed_deck(change))
    assert main(["audit", bundled.brief.document.file, str(target), "--format", "json"]) == 4
    (found,) = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    line = line_of(bundled.brief, "title: Reported initial U.S. demands")
    place = {"file": bundled.brief.document.file, "line": line, "column": 12, "key": "exhibits.sma.title"}
    assert found["brief"] == place
    assert main(["audit", bundled.brief.document.file, str(target)]) == 4
    assert f"(…{line}:12: exhibits.sma.title)".replace("…", f"{place['file']}:") in capsys.readouterr().err


def test_a_hint_names_the_place_of_the_fact_whose_number_differs(bundled):
    def change(file):
        replace(shape(file, slide_of(file, "The window opens"), "title").text_frame, "16", "17")

    (found,) = bundled.audited(bundled.changed_deck(change)).findings
    assert found.brief.key in ("exhibits.window.title", "why_now.title")
    fact = f"{bundled.brief.document.file}:{line_of(bundled.brief, '  moon-left: {value')}:14: facts.moon-left"
    assert found.hint == f"the number is a fact: {fact}"


def test_words_of_a_template_have_no_place_in_the_brief(bundled):
    def change(file):
        replace(shape(file, len(file.slides), "title").text_frame, "one source", "one sauce")

    assert [finding.brief for finding in bundled.audited(bundled.changed_deck(change)).findings] == [None]


def test_a_charts_value_and_label_have_the_place_of_their_row(bundled):
    def change(file):
        chart = next(each for slide in file.slides for each in slide.shapes if each.name == "chart: sma").chart
        data = CategoryChartData()
        data.categories = ["A number", *list(chart.plots[0].categories)[1:]]
        data.add_series(chart.series[0].name, [9.0, *list(chart.series[0].values)[1:]])
        chart.replace_data(data)

    keys = {finding.brief.key for finding in bundled.audited(bundled.changed_deck(change)).findings if finding.brief}
    assert {"exhibits.sma.bars[0].label", "exhibits.sma.bars[0].value"} <= keys


@pytest.mark.parametrize("number", [1, 4, 12])
def test_a_deleted_slide_is_one_finding(bundled, number):
    report = bundled.audited(bundled.changed_deck(lambda file: delete_slide(file, number)))
    assert [(finding.kind, finding.place.slide) for finding in report.findings] == [("missing", number)]
    assert report.findings[0].brief is not None


@pytest.mark.parametrize(("number", "to"), [(3, 8), (8, 3), (5, 6), (1, 12)])
def test_a_moved_slide_is_one_finding(bundled, number, to):
    report = bundled.audited(bundled.changed_deck(lambda file: move_slide(file, number, to)))
    assert [finding.kind for finding in report.findings] == ["order"]
    titles = [slide.shapes.title.text for slide in pptx.Presentation(io.BytesIO(bundled.deck)).slides]
    assert any(titles[at - 1] in report.findings[0].message for at in {number, (number + to) // 2, to})


def test_a_moved_shape_is_no_damage(bundled):
    def change(file):
        for name in ("timeline: window", "source"):
            moved = shape(file, slide_of(file, "The window opens"), name)
            moved.top += 60_000

    report = bundled.audited(bundled.changed_deck(change))
    assert report.passed
    assert {finding.kind for finding in report.findings} == {"look"}


def test_another_page_number_is_reported_still(bundled):
    def change(file):
        number = shape(file, 4, "slide-number")
        number._element.find(".//{*}fld/{*}t").text = "9"

    assert [finding.kind for finding in bundled.audited(bundled.changed_deck(change)).findings] == ["number"]


@pytest.mark.parametrize(
    ("numbers", "rise"),
    [([], set()), ([0, 1, 2], {0, 1, 2}), ([1, 2, 0], {1, 2}), ([2, 0, 1], {0, 1}), ([3, 2, 1], {1}), ([0, 9, 1, 2], {0, 1, 2})],
)  # fmt: skip
def test_the_slides_that_were_not_moved(numbers, rise):
    assert find_longest_rise(numbers) == rise
