"""Proof pictures: the boxes stand where the deck has them, only in the copy, and failures are reported."""

import shutil
from io import BytesIO

import pptx
import pytest

from reportgen.deck.proof import office, slide_pictures
from reportgen.system.errors import ExitCode, FileError

SLIDES = """
<section id="a" data-layout="chart-left"><h2>Demands were more than five times the contribution</h2>
  <figure data-slot="chart" data-exhibit="sma"/><p data-slot="takeaway">The gap stalls the talks.</p>
  <p data-slot="source">Source: an article, ¶5.</p></section>
<section id="b" data-layout="table"><h2>Both sides have to plan</h2><table data-slot="table" data-widths="1 2">
  <thead><tr><th>Track</th><th>Opening</th></tr></thead><tbody><tr><th>Leaders</th><td>A path</td></tr>
  <tr><th>Officials</th><td>Talks</td></tr></tbody></table></section>
<section id="c" data-layout="timeline"><h2>The window opens</h2><figure data-slot="timeline" data-exhibit="window"/></section>
"""
drawing = pytest.mark.skipif(
    not all(map(shutil.which, office.PACKAGES)), reason="LibreOffice and poppler draw the slides"
)


@pytest.fixture(scope="module")
def outlines(fitted, theme, brand):
    return slide_pictures.find_outlines(fitted(SLIDES), theme, brand)


def tagged(outlines, name):
    return next(each for each in outlines if each.tag.startswith(f"{name} · "))


def test_a_tag_says_the_size_and_how_full_the_box_is(outlines, fitted, theme):
    title = tagged(outlines[0], "title")
    assert title.tag.split(" · ")[1] == "28 pt"
    assert title.tag.endswith(" %")
    slot = fitted(SLIDES).slides[0].slots[0]
    assert title.box == (slot.box or theme.layouts["chart-left"]["title"].box)


def test_every_row_of_a_table_and_every_label_of_a_drawing_has_an_outline(outlines, fitted):
    table = fitted(SLIDES).slides[1].slots[1]
    heights = [each.box.height for each in outlines[1] if each.box.height in table.content.heights]
    assert sorted(heights) == sorted(table.content.heights)
    label = next(each for each in outlines[2] if (each.box.width, each.box.height) == (120 * 12_700, 17 * 12_700))
    assert not label.tag


def test_footer_date_and_number_are_outlined_too(outlines, theme):
    boxes = [each.box for each in outlines[0]]
    places = theme.layouts["chart-left"]
    assert all(places[name].box in boxes for name in ("footer", "date", "slide-number"))
    assert places["marking"].box not in boxes


def test_a_full_box_is_stronger_and_an_estimated_one_is_dashed(outlines):
    from reportgen.deck.fit.fit_report import BoxFit

    box = outlines[0][0].box

    def fit(fill, status):
        return BoxFit(1, "a", None, "title", "title", 1, 28.0, 24.0, fill, status)

    quiet, full = (
        slide_pictures._outline_slot("title", box, fit(60.0, "proven")),
        slide_pictures._outline_slot("title", box, fit(96.0, "proven")),
    )
    assert (quiet.color, quiet.dash) == (slide_pictures.QUIET, "solid")
    assert full.color == slide_pictures.STRONG
    assert full.weight > quiet.weight
    estimated = slide_pictures._outline_slot("title", box, fit(60.0, "estimated"))
    assert estimated.dash == "dash"
    assert estimated.tag == "title · 28 pt · 60 % · estimated"


def test_the_boxes_are_in_the_copy_alone(written, outlines):
    data = written(SLIDES)
    copy = pptx.Presentation(BytesIO(slide_pictures.add_outlines(data, outlines)))
    for slide, found in zip(copy.slides, outlines, strict=True):
        boxes = [(each.left, each.top, each.width, each.height) for each in slide.shapes if each.name == "box"]
        assert boxes == [(each.box.x, each.box.y, each.box.width, each.box.height) for each in found]
    assert not [
        each for slide in pptx.Presentation(BytesIO(data)).slides for each in slide.shapes if each.name == "box"
    ]


@drawing
def test_pictures_are_made_of_every_slide_and_older_ones_go(fitted, written, theme, brand, tmp_path):
    from PIL import Image

    folder = tmp_path / "proof"
    folder.mkdir()
    for name in ("x-04.png", "x-notes.png", "xy-04.png"):
        (folder / name).write_bytes(b"older")
    made = slide_pictures.draw_proof(fitted(SLIDES), theme, written(SLIDES), folder, brand, "x")
    assert [path.name for path in made] == ["x-01.png", "x-02.png", "x-03.png"]
    assert sorted(path.name for path in folder.iterdir()) == [
        "x-01.png",
        "x-02.png",
        "x-03.png",
        "x-notes.png",
        "xy-04.png",
    ]
    with Image.open(made[0]) as picture:
        assert abs(picture.width - 1280) < 3
        colors = {color for _, color in picture.convert("RGB").getcolors(1 << 20)}
    assert tuple(bytes.fromhex(slide_pictures.QUIET)) in colors


def test_a_missing_program_is_reported_with_its_package(brand, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileError) as caught:
        slide_pictures.draw_slides(b"", tmp_path / "proof", brand)
    (told,) = caught.value.diagnostics
    assert caught.value.code == ExitCode.FILE == 7
    assert told.message == "pictures of slides need soffice and pdftoppm"
    assert told.hint == "install them: apt install libreoffice-impress-nogui poppler-utils"
    assert not (tmp_path / "proof").exists()


def program(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 0", "LibreOffice wrote no .pdf file"),
        ("echo 'no space left' >&2; exit 3", "soffice failed (3): no space left"),
        ("sleep 60", "soffice was stopped after 1 seconds"),
    ],
)
def test_a_failing_office_is_reported_and_leaves_nothing(brand, tmp_path, monkeypatch, script, message):
    tools = tmp_path / "tools"
    tools.mkdir()
    program(tools, "soffice", script)
    program(tools, "pdftoppm", "exit 0")
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setattr(office, "TIMEOUT", 0.5)
    monkeypatch.setattr(office, "TIMEOUT_PER_DECK", 0.5)
    with pytest.raises(FileError) as caught:
        slide_pictures.draw_slides(b"no deck", tmp_path / "proof", brand)
    assert [told.message for told in caught.value.diagnostics] == [message]
    assert not (tmp_path / "proof").exists()


def test_a_face_that_is_not_here_is_drawn_by_one_of_the_same_widths(brand, tmp_path):
    written = office.build_font_config(brand, tmp_path)
    assert "<family>Georgia</family><prefer><family>Gelasio</family></prefer>" in written
    assert '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>' in written
    assert all(f"<dir>{font.path.parent}</dir>" in written for font in brand.fonts)
