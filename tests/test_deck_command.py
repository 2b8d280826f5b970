"""`deck` and `theme inspect` with all that can be asked of them, as processes."""

import json
import shutil

import pptx
import pytest

from tests.conftest import INIT
from tests.deck import sample_themes
from tests.test_cli import run

FONTLESS = "Agency Gothic Nowhere"


@pytest.fixture
def folder(tmp_path):
    shutil.copy(INIT, tmp_path / "brief.yaml")
    (tmp_path / "agency.pptx").write_bytes(sample_themes.plain())
    return tmp_path


def test_a_house_s_theme_by_option(folder):
    done = run("deck", "brief.yaml", "--theme", "agency.pptx", "-o", "deck.pptx", cwd=folder)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
    file = pptx.Presentation(folder / "deck.pptx")
    assert file.slide_width == 9_144_000
    assert "Title and Content" in [layout.name for layout in file.slide_layouts]


def test_a_house_s_theme_by_brand_and_an_audit_that_knows_it(folder):
    elsewhere = folder / "house"
    elsewhere.mkdir()
    shutil.move(folder / "agency.pptx", elsewhere / "agency.pptx")
    (folder / "_brand.yml").write_text("defaults: {reportgen: {deck: {theme: house/agency.pptx}}}\n")
    done = run("build", "--no-check", "brief.yaml", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    deck = folder / "build" / "harbor-deck.pptx"
    assert pptx.Presentation(deck).slide_width == 9_144_000
    audited = run("audit", "brief.yaml", deck, cwd=folder)
    assert b"error" not in audited.stderr, audited.stderr.decode()


def test_a_theme_that_the_brand_names_and_that_is_not_there_is_told_with_its_line(folder):
    (folder / "_brand.yml").write_text("defaults:\n  reportgen:\n    deck: {theme: agensy.pptx}\n")
    done = run("deck", cwd=folder)
    assert done.returncode == 6
    assert b'_brand.yml:3:19: error: the theme "agensy.pptx" does not exist' in done.stderr


def test_a_map_is_a_theme(folder):
    inspected = run("theme", "inspect", "agency.pptx", "--write", "maps/agency.yml", cwd=folder)
    assert inspected.returncode == 0, inspected.stderr.decode()
    assert b"11 layouts" in inspected.stdout
    assert 'theme: "../agency.pptx"' in (folder / "maps/agency.yml").read_text()
    for theme, target in (("maps/agency.yml", "a.pptx"), ("agency.pptx", "b.pptx")):
        assert run("deck", "--theme", theme, "-o", target, cwd=folder).returncode == 0
    layouts = [
        [layout.name for layout in pptx.Presentation(folder / name).slide_layouts] for name in ("a.pptx", "b.pptx")
    ]
    assert layouts[0] == layouts[1]


@pytest.mark.parametrize(
    ("data", "says"),
    [(sample_themes.powerpoint_97(), "PowerPoint 97"), (sample_themes.without_titles(), "title placeholder")],
)
def test_what_is_no_theme_ends_with_6_and_leaves_the_earlier_deck(folder, data, says):
    (folder / "agency.pptx").write_bytes(data)
    (folder / "deck.pptx").write_bytes(b"earlier")
    build = ("deck", "--theme", "agency.pptx", "-o", "deck.pptx", "--overwrite")
    for command in (build, ("theme", "inspect", "agency.pptx")):
        done = run(*command, cwd=folder)
        assert done.returncode == 6
        assert says in done.stderr.decode()
        assert "agency.pptx" in done.stderr.decode()
    assert (folder / "deck.pptx").read_bytes() == b"earlier"


def test_the_fit_report_as_table_and_as_json(folder):
    done = run("deck", "--fit-report", "-", "-o", "deck.pptx", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert "all proven" in done.stdout.decode()
    assert run("deck", "--fit-report", "fit.json", "-o", "deck.pptx", cwd=folder).returncode == 0
    told = json.loads((folder / "fit.json").read_text())
    assert "all proven" in told["summary"]
    assert {"slide", "box", "lines", "size", "fill", "status"} <= told["boxes"][0].keys()


def test_boxes_in_a_face_that_is_not_here_are_estimated_with_one_warning(folder):
    (folder / "agency.pptx").write_bytes(sample_themes.wide(FONTLESS))
    done = run("deck", "--theme", "agency.pptx", "--fit-report", "fit.json", "-o", "deck.pptx", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr.decode().count("warning: ") == 1
    assert f"estimated, not proven: {FONTLESS} is not on this machine" in done.stderr.decode()
    boxes = json.loads((folder / "fit.json").read_text())["boxes"]
    assert {box["status"] for box in boxes} == {"estimated"}


def test_the_handout_and_the_deck_are_written_together_or_not_at_all(folder):
    done = run("deck", "--handout", "notes.pdf", "-o", "deck.pptx", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert (folder / "notes.pdf").read_bytes().startswith(b"%PDF-")
    before = (folder / "deck.pptx").read_bytes()
    (folder / "taken").write_text("a file, not a folder")
    failed = run("deck", "--theme", "agency.pptx", "--handout", "taken/notes.pdf", "-o", "deck.pptx", cwd=folder)
    assert failed.returncode == 7
    assert (folder / "deck.pptx").read_bytes() == before


def test_two_outputs_never_share_a_file(folder):
    done = run("deck", "--handout", "same.pdf", "-o", "same.pdf", cwd=folder)
    assert done.returncode == 2
    assert b"two outputs would go into one file" in done.stderr
    assert run("deck", "--fit-report", "-", "-o", "-", cwd=folder).returncode == 2
    assert run("deck", "--handout", "brief.yaml", cwd=folder).returncode == 2


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice draws the proof")
def test_the_proof_is_a_picture_of_each_slide(folder):
    done = run("deck", "--proof", "proof", "-o", "deck.pptx", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    slides = len(pptx.Presentation(folder / "deck.pptx").slides)
    assert sorted(path.name for path in (folder / "proof").iterdir()) == [
        f"harbor-{n:02}.png" for n in range(1, slides + 1)
    ]
