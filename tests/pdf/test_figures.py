"""The memo's charts: small, stable SVG whose text stays text, drawn true to scale through matplotlib's axes."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, strategies as st
from matplotlib.figure import Figure
from msgspec.structs import replace

from reportgen.charts.style import Style
from reportgen.pdf import chart_svg
from reportgen.pdf.drawings import load_or_draw
from reportgen.pdf.engine import _blank
from reportgen.system.cache import Cache
from reportgen.system.errors import BriefError
from tests.charts.samples import ASK, BRAND, EVERY_CHART, MEASURE, SIDE, make

SVG = "{http://www.w3.org/2000/svg}"
SCRIPT = """
import hashlib
from reportgen.pdf import chart_svg
from tests.charts.samples import BRAND, EVERY_CHART, make
for keys in EVERY_CHART.values():
    print(hashlib.sha256(chart_svg.draw_svg(make(keys), BRAND, 468)).hexdigest())
"""


def axes(chart, width=MEASURE):
    figure = Figure(figsize=(width / 72, chart.height(width, BRAND) / 72))
    ax = figure.add_axes((0, 0, 1, 1))
    chart.draw(ax, BRAND)
    return ax


def draw_cached(chart, brand, width, cache) -> bytes:
    return load_or_draw({"a.svg": (chart, width)}, brand, cache)["a.svg"]


def labels(svg: bytes) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(SVG + "text")]


def test_bars_on_the_axes_have_the_lengths_of_their_values() -> None:
    ax = axes(make({"kind": "bar", "bars": [{"label": "a", "value": 4}, {"label": "b", "value": 1}]}))
    four, one = ax.patches
    assert four.get_width() / one.get_width() == pytest.approx(4)
    assert four.get_x() == pytest.approx(one.get_x())
    assert four.get_y() < one.get_y()  # the larger one stands above


def test_columns_on_the_axes_have_the_heights_of_their_values() -> None:
    ax = axes(make({"kind": "column", "bars": [{"label": "2019", "value": 4}, {"label": "2020", "value": 1}]}))
    four, one = ax.patches
    assert four.get_height() / one.get_height() == pytest.approx(4)
    assert four.get_x() < one.get_x()
    assert four.get_y() + four.get_height() == pytest.approx(one.get_y() + one.get_height())


@pytest.mark.parametrize("keys", EVERY_CHART.values(), ids=EVERY_CHART)
def test_text_stays_text_in_the_memos_face(keys: dict) -> None:
    chart = make(keys)
    svg = chart_svg.draw_svg(chart, BRAND, MEASURE)
    drawn = " ".join(labels(svg))
    for quantity in chart.quantities:
        if quantity.unit.kind != "date" and keys["kind"] not in ("line", "scatter", "area"):
            assert quantity.short in drawn
    assert b"Public Sans" in svg
    assert {
        element.get("style", "").split("font-size: ")[1].split(";")[0]
        for element in ET.fromstring(svg).iter(SVG + "text")
    } == {"8.5px"}


@pytest.mark.parametrize("keys", EVERY_CHART.values(), ids=EVERY_CHART)
def test_a_chart_is_small_and_has_its_final_size(keys: dict) -> None:
    svg = chart_svg.draw_svg(make(keys), BRAND, SIDE)
    root = ET.fromstring(svg)
    assert root.get("width") == "187.2pt"
    assert len(svg) < 12_000
    assert b"<image" not in svg
    assert b"dc:date" not in svg


@given(keys=st.sampled_from(list(EVERY_CHART.values())), width=st.floats(150, 600))
def test_pages_are_laid_out_with_the_size_that_a_chart_has(keys: dict, width: float) -> None:
    chart = make(keys)
    drawn, blank = (ET.fromstring(svg) for svg in (chart_svg.draw_svg(chart, BRAND, width), blank_of(chart, width)))
    assert {name: blank.get(name) for name in ("width", "height", "viewBox")} == {
        name: drawn.get(name) for name in ("width", "height", "viewBox")
    }


def blank_of(chart, width) -> bytes:
    scene = chart.scene(width, Style.memo(BRAND))
    return _blank(scene.width, scene.height)


def test_bytes_are_the_same_in_every_run() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].split()) == len(EVERY_CHART)


def test_a_dollar_sign_is_no_formula() -> None:
    assert "<$1\u00a0bn" in labels(chart_svg.draw_svg(make(ASK), BRAND, MEASURE))


def test_an_uncertain_value_is_lighter_and_dashed() -> None:
    ax = axes(make(ASK))
    now, ask = ax.patches
    assert now.get_linestyle() != "solid"
    assert now.get_facecolor() != ask.get_facecolor()


def test_a_character_that_the_face_lacks_is_an_error_that_names_it() -> None:
    chart = make({"kind": "bar", "bars": [{"label": "Seoul 서울", "value": 1}]})
    with pytest.raises(BriefError, match="U\\+C11C") as caught:
        chart_svg.draw_svg(chart, BRAND, MEASURE)
    assert 'in "Seoul 서울"' in str(caught.value)
    assert "1 more is missing: 울" in str(caught.value)


def test_a_chart_from_the_cache_is_the_chart(tmp_path) -> None:
    cache = Cache(tmp_path)
    for keys in EVERY_CHART.values():
        first, again = (draw_cached(make(keys), BRAND, MEASURE, cache) for _ in range(2))
        assert first == again == chart_svg.draw_svg(make(keys), BRAND, MEASURE)
    assert len(list(tmp_path.iterdir())) == len(EVERY_CHART)


def test_whatever_changes_a_drawing_draws_it_anew(tmp_path) -> None:
    cache = Cache(tmp_path)
    bigger = {**ASK, "bars": [{**bar, "value": 7} for bar in ASK["bars"]]}
    bold = next(font for font in BRAND.fonts if font.family == BRAND.sans and font.weight > 600)
    heavy = [replace(font, path=bold.path) if font.family == BRAND.sans else font for font in BRAND.fonts]
    brands = [BRAND, replace(BRAND, colors={**BRAND.colors, "accent": "#004000"}), replace(BRAND, sans=BRAND.serif)]
    brands.append(replace(BRAND, fonts=tuple(heavy)))
    made = [(make(ASK), brand, MEASURE) for brand in brands] + [(make(bigger), BRAND, MEASURE), (make(ASK), BRAND, 400)]
    for chart, brand, width in made * 2:
        assert draw_cached(chart, brand, width, cache) == chart_svg.draw_svg(chart, brand, width)
    assert len(list(tmp_path.iterdir())) == len(made)


def test_a_character_that_the_face_lacks_is_told_each_time(tmp_path) -> None:
    chart = make({"kind": "bar", "bars": [{"label": "Seoul 서울", "value": 1}]})
    for _ in range(2):
        with pytest.raises(BriefError, match="U\\+C11C"):
            draw_cached(chart, BRAND, MEASURE, Cache(tmp_path))


def test_drawing_leaves_matplotlibs_settings_alone() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    chart_svg.draw_svg(make(ASK), BRAND, MEASURE)
    assert dict(matplotlib.rcParams) == before


def test_charts_themselves_import_no_matplotlib() -> None:
    script = "import sys, reportgen.charts, reportgen.pdf.chart_svg; print('matplotlib' in sys.modules, 'uharfbuzz' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
