"""The fit report: every box with its measured fit."""

import json

import pytest
from msgspec.structs import replace

from reportgen.deck.fit import fit_report
from reportgen.deck.fit.fitting import fit_deck
from reportgen.deck.layouts import LAYOUTS, OPENING

from .test_fit import bullets


@pytest.fixture(scope="module")
def report(fitted, theme, brand):
    """Slides' HTML -> their boxes."""

    def of(slides: str):
        return fit_report.measure_boxes(fitted(slides), theme, brand)

    return of


def test_every_box_of_every_slide_is_reported_furniture_too(report, fitted, every_layout):
    deck, fits = fitted(every_layout), report(every_layout)
    for number, slide in enumerate(deck.slides, 1):
        boxes = [fit.box for fit in fits if fit.number == number]
        assert boxes[: len(slide.slots)] == [slot.name for slot in slide.slots]
        assert set(boxes[len(slide.slots) :]) == {
            row.name
            for row in LAYOUTS[slide.layout].slots
            if row.kind == "furniture" and row.name not in ("marking", *OPENING)
        }


def test_every_box_has_its_lines_its_size_and_its_fill(report, every_layout):
    for fit_ in report(every_layout):
        assert fit_.lines > 0, fit_
        assert 0 < (fit_.fill or 1) <= 102, fit_  # a scene's labels are laid out to the point
        assert fit_.size is None or fit_.size >= (fit_.smallest or 0)
        assert fit_.status == "proven"


def test_a_title_is_as_full_as_its_lines(report):
    by_box = {each.box: each for each in report(bullets(10, title="One line"))}
    assert (by_box["title"].lines, by_box["title"].fill) == (1, 50)
    assert by_box["body"].kind == "text"


def test_words_of_other_scripts_are_estimated(report):
    by_box = {each.box: each for each in report(bullets(3, title="A 漢字").replace("</p>", "😀</p>"))}
    assert [by_box[name].status for name in ("title", "body", "footer")] == ["estimated", "estimated", "proven"]


def test_words_in_a_face_that_stands_in_for_another_are_estimated(compiled, theme, brand):
    substituted = replace(
        brand, fonts=tuple(replace(file, substitute=file.family == "Carlito") for file in brand.fonts)
    )
    deck = fit_deck(compiled(bullets(3)), theme, substituted)
    by_box = {each.box: each.status for each in fit_report.measure_boxes(deck, theme, substituted)}
    assert by_box == {
        "title": "proven",
        "body": "estimated",
        "footer": "estimated",
        "date": "estimated",
        "slide-number": "estimated",
    }


def test_parts_say_which_they_are(report):
    items = "".join(f"<li>{'alliance ' * 20}</li>" for _ in range(15))
    fits = report(
        f'<section id="a" data-layout="bullets"><h2>T</h2><div data-slot="body"><ul>{items}</ul></div></section>'
    )
    assert {each.part for each in fits} == {(1, 3), (2, 3), (3, 3)}
    assert "3 of 3" in fit_report.format_table(fits)


def test_the_table_is_readable_and_sums_up(report, every_layout):
    fits = report(every_layout)
    *_, last = lines = fit_report.format_table(fits).splitlines()
    assert max(map(len, lines)) <= 100
    fullest = max((each for each in fits if each.kind not in ("title", "furniture")), key=lambda each: each.fill or 0)
    assert last == (
        f"{len(fits)} boxes on 12 slides: all proven; fullest: slide {fullest.number} {fullest.box} {fullest.fill:.0f} %"
    )


def test_the_same_as_json(report):
    told = json.loads(fit_report.encode_report(report(bullets(10)), ".json"))
    assert told["summary"].startswith("5 boxes on 1 slide: all proven")
    assert told["boxes"][1] == {
        "number": 1, "slide": "a", "box": "body", "kind": "text", "lines": 1, "size": 20, "smallest": 18,
        "fill": pytest.approx(7.5, abs=0.1), "status": "proven",
    }  # fmt: skip
