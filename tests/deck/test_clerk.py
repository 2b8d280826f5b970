"""What a process beside ours makes of a deck is what we would make, and ours does it where there is none."""

import io
import os
import signal
import subprocess
import sys
import zipfile
from datetime import datetime

import pytest

from reportgen import brand, deck
from reportgen.beside import Beside
from reportgen.brief import load_brief
from reportgen.deck import native, shell, theme as themes
from reportgen.markup.render import template_folders
from tests.conftest import BUNDLED, ROOT
from tests.deck import houses

pytestmark = pytest.mark.alone

MADE = datetime(2021, 1, 20)


@pytest.fixture(scope="module")
def made():
    return deck.make(load_brief(BUNDLED), brand.load(), template_folders(None))


def killed():
    process = Beside(bool)
    os.kill(process.pid, signal.SIGKILL)
    os.waitpid(process.pid, 0)
    return process


@pytest.mark.parametrize("clerk", [lambda: Beside(native.library), killed], ids=["a clerk", "a clerk that has died"])
def test_a_deck_is_the_same(made, clerk):
    assert made.compiled.charts
    with_clerk = deck.make(load_brief(BUNDLED), brand.load(), template_folders(None), clerk=clerk())
    assert with_clerk.data == made.data


def test_a_chart_that_was_not_foreseen_has_its_workbook(made):
    first, *others = made.compiled.charts
    assert others
    book = native.books(others, MADE, Beside(native.library))
    assert [book(chart) for chart in (first, *others)] == [native.workbook(chart, MADE) for chart in (first, *others)]


def test_a_command_makes_the_same_on_one_core(tmp_path):
    pinned = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    for name, before in (("one", pinned), ("all", "")):
        arguments = ["deck", "-q", str(BUNDLED), "-o", str(tmp_path / name)]
        script = f"{before}from reportgen.cli import main; raise SystemExit(main({arguments}))"
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "all").read_bytes()


def test_a_house_s_films_stay_what_they_are():
    house = themes.of(houses.with_media(300_000), "house.pptx")
    ours, with_clerk = (
        deck.make(load_brief(BUNDLED), brand.load(), template_folders(None), house, clerk).data
        for clerk in (None, Beside(shell.library))
    )
    assert with_clerk == ours
    with zipfile.ZipFile(io.BytesIO(ours)) as archive:
        assert archive.read("ppt/media/film.png") == house.parts["ppt/media/film.png"]
