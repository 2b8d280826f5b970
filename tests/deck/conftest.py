"""Fixtures of the deck's tests: our brand and theme, exhibits with given drawings, and the pipeline's steps in one call."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

import pptx
import pytest

from reportgen import brand as brands, deck
from reportgen.charts.base import Chart, Exhibit
from reportgen.charts.scene import (
    NativeChart,
    NativePoint,
    NativeSeries,
    Scene,
    SceneDot,
    SceneLine,
    SceneRect,
    SceneText,
)
from reportgen.deck.theme import build_default
from reportgen.deck.values import Deck, Properties

PROPERTIES = Properties(
    title="A title",
    author="An author",
    created=datetime(2020, 12, 1),
    subject="A subject",
    footer="A footer",
    date="December 1, 2020",
)
BARS = NativeChart(
    "bar",
    "clustered",
    ("Reported demand", "Contribution"),
    (
        NativeSeries(
            "US$ billion",
            (
                NativePoint(5.0, "$5 bn", '"$"#,##0" bn"', "signal"),
                NativePoint(1.0, "<$1 bn", '"<$"#,##0" bn"', "accent", "open"),
            ),
        ),
    ),
    minimum=0.0,
)
LINE = NativeChart(
    "line",
    "clustered",
    ("2017", "2018", "2019"),
    (
        NativeSeries(
            "Share", (NativePoint(10.0), NativePoint(None), NativePoint(15.0, "15%", '#,##0"%"', texture="open"))
        ),
    ),
)
STACK = NativeChart(
    "column",
    "percent",
    ("A", "B"),
    (
        NativeSeries(
            "Yes", (NativePoint(60.0, "60%", '#,##0"%"'), NativePoint(40.0, "40%", '#,##0"%"')), label_role="paper"
        ),
        NativeSeries("No", (NativePoint(40.0), NativePoint(60.0)), "quiet"),
        NativeSeries("Base", (NativePoint(1.0), NativePoint(1.0)), hidden=True),
    ),
    legend=True,
)


class Drawn(Chart):
    """An exhibit with a given drawing."""

    drawing: NativeChart | Scene

    def describe(self) -> str:
        return "Five and less than one."

    def native(self, width, height, brand):
        return self.drawing


class Undrawn(Exhibit):
    """An exhibit that is not drawn."""

    def describe(self) -> str:
        return "A table."


SCENE = Scene(
    500,
    200,
    (
        SceneLine(0, 100, 500, 100, "ink", 1.5),
        SceneRect(100, 90, 200, 20, "accent", "open", "Time left"),
        SceneDot(100, 100, 12, "signal"),
        SceneText(60, 120, 120, 17, "January 20, 2021", 14, "ink", True, "center"),
        SceneLine(300, 140, 320, 60, "signal", 1, True),
    ),
)
EXHIBITS: Mapping[str, Exhibit] = {
    "sma": Drawn(title="x", drawing=BARS),
    "line": Drawn(title="x", drawing=LINE),
    "stack": Drawn(title="x", drawing=STACK),
    "window": Drawn(title="x", drawing=SCENE),
    "matrix": Undrawn(title="x"),
}


@pytest.fixture(scope="session")
def brand():
    return brands.load()


@pytest.fixture(scope="session")
def theme(brand):
    return build_default(brand)


@pytest.fixture(scope="session")
def compiled(brand, theme):
    """Slides' HTML -> Deck."""

    def compile_slides(slides: str, properties: Properties = PROPERTIES) -> Deck:
        return deck.compile_deck(f"<main>{slides}</main>", "slides.html", properties, EXHIBITS, theme, brand)

    return compile_slides


@pytest.fixture(scope="session")
def fitted(compiled, theme, brand):
    def fit_slides(slides: str, properties: Properties = PROPERTIES) -> Deck:
        return deck.fit_deck(compiled(slides, properties), theme, brand)

    return fit_slides


@pytest.fixture(scope="session")
def written(fitted, theme, brand):
    """Slides' HTML -> bytes of a .pptx file."""

    def write_slides(slides: str, properties: Properties = PROPERTIES) -> bytes:
        return deck.write_deck(fitted(slides, properties), theme, brand)

    return write_slides


@pytest.fixture(scope="session")
def opened(written):
    """Slides' HTML -> the file as python-pptx reads it."""

    def open_slides(slides: str, properties: Properties = PROPERTIES):
        return pptx.Presentation(BytesIO(written(slides, properties)))

    return open_slides


EVERY_LAYOUT = """
<section id="cover" data-layout="cover" data-section="Opening"><h2>From old deals to new work</h2>
  <p data-slot="subtitle">A briefing</p><aside class="notes"><p>Welcome.</p></aside></section>
<section id="sma" data-layout="chart-left" data-section="Now"><h2>Demands were more than five times the contribution</h2>
  <p data-slot="subtitle">US$ billion</p><figure data-slot="chart" data-exhibit="sma"/>
  <div data-slot="takeaway"><p>The gap <strong>stalls</strong> the talks.</p><ul><li>one</li></ul></div>
  <p data-slot="source">Source: an article, ¶5.</p>
  <aside class="notes"><p>Say the point first.</p><p>Then see <a href="https://example.org/notes">the notes</a>.</p></aside></section>
<section id="line" data-layout="chart-right" data-section="Now"><h2>A line</h2>
  <figure data-slot="chart" data-exhibit="line"/><p data-slot="takeaway">It rises.</p></section>
<section id="stack" data-layout="chart-full" data-section="Now"><h2>A stack</h2>
  <figure data-slot="chart" data-exhibit="stack"/><p data-slot="takeaway">Parts of a whole.</p></section>
<section id="window" data-layout="timeline" data-section="Next"><h2>The window opens on January 20, 2021</h2>
  <figure data-slot="timeline" data-exhibit="window"/></section>
<section id="matrix" data-layout="table" data-section="Next"><h2>Both sides have to plan</h2>
  <table data-slot="table" data-exhibit="matrix" data-widths="2 3 3"><thead><tr><th>Track</th><th>Opening</th><th>Share</th></tr></thead>
  <tbody><tr><th>Leaders</th><td data-mark="opening">A direct path</td><td class="number">17%</td></tr>
  <tr><th>Officials</th><td data-mark="obstacle">Talks are stalled</td><td class="number">8%</td></tr></tbody></table></section>
<section id="numbers" data-layout="big-numbers" data-section="Next"><h2>Trade makes Seoul reluctant</h2>
  <p data-slot="number-1">$136 billion</p><div data-slot="label-1"><p><strong>goods exported</strong></p></div>
  <p data-slot="number-2">17%</p><p data-slot="label-2">of revenue</p></section>
<section id="points" data-layout="bullets" data-section="Next"><h2>Points to make</h2>
  <div data-slot="body"><ul><li>First, with <em>emphasis</em>, <a href="https://example.org">a link</a> and H<sub>2</sub>O
  <ul><li>Second level</li></ul></li></ul><ol><li>Numbered</li></ol><p>A last line<br/>broken.</p></div></section>
<section id="part" data-layout="section" data-section="Next"><h2>Manage friction</h2></section>
<section id="say" data-layout="statement" data-section="Next"><h2>Settle first</h2></section>
<section id="decide" data-layout="decision" data-section="Decide"><h2>One decision</h2>
  <table data-slot="table"><thead><tr><th>Action</th><th>By</th></tr></thead><tbody><tr><th>Conclude</th><td>April</td></tr></tbody></table></section>
<section id="sources" data-layout="sources" data-section="Sources"><h2>One source</h2>
  <div data-slot="body"><p>An author, “An article.”</p></div><p data-slot="limits">Nothing else was read.</p></section>
"""
"""A slide in each layout."""


@pytest.fixture(scope="session")
def every_layout() -> str:
    return EVERY_LAYOUT
