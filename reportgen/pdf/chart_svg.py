"""Charts as SVG for documents on paper: the only module that draws with matplotlib. Text stays text, in the memo's typeface.

`draw_svg` gives the same bytes for the same chart on any machine and in any run, and `cache_key` identifies all that they
depend on. The figure has its final size, so nothing is scaled afterwards: 8.5 points in a chart are 8.5 points on paper.

matplotlib keeps its settings and fonts in the process, so one lock guards them while a chart is drawn.
"""

from __future__ import annotations

import hashlib
import io
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.charts import paint
from reportgen.charts.base import Chart
from reportgen.charts.style import Style
from reportgen.pdf.glyphs import GlyphError, suggest_fonts
from reportgen.system.errors import Diagnostic

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_lock = threading.RLock()
SALT = "reportgen"  # what matplotlib makes its ids from, in place of a random number
DOTS = 220  # an inch, in a bitmap: as many as Word keeps in a file that it saves
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


def cache_key(chart: Chart, brand: Brand, width: float) -> str:
    """Return a hash of all that a drawing depends on: the scene, the colours, the font files, and the code that draws."""
    style = Style.memo(brand)
    scene = chart.orient(chart.scene(width, style))
    faces = [*_faces(brand), *(file for face in (style.regular, style.bold) for file in (face, *face.others))]
    used = [(face.family, face.weight, face.italic, _bytes_of(face.path)) for face in faces]
    made_from = (scene, sorted(brand.colors.items()), used, fonts.list_paper_families(brand, brand.sans), _drawn_by())
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


@cache
def _bytes_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _drawn_by() -> tuple[str, ...]:
    """Return hashes of matplotlib's version, read and not imported, and of the code of our drawing modules."""
    matplotlib = find_spec("matplotlib")
    assert matplotlib, "a dependency"
    measuring = sorted(Path(fonts.__file__).parent.glob("*.py"))
    files = (Path(str(matplotlib.origin)).with_name("_version.py"), __file__, paint.__file__, *measuring)
    return tuple(_bytes_of(Path(str(file))) for file in files)


def import_matplotlib() -> tuple[Any, ...]:
    """Return what draws: rc_context, rcParams, rcParamsDefault, FigureCanvasSVG and Figure, imported late."""
    from matplotlib import rc_context, rcParams, rcParamsDefault
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    return rc_context, rcParams, rcParamsDefault, FigureCanvasSVG, Figure


def draw_svg(chart: Chart, brand: Brand, width: float, outlines: bool = False) -> bytes:
    """Draw a chart, `width` points wide; with `outlines`, its letters are shapes, as programs without its typefaces need.

    Raises GlyphError for characters that its typefaces lack.
    """
    _, rcParams, _, FigureCanvasSVG, _ = import_matplotlib()  # noqa: N806  # as they are called
    with _drawing(chart, brand, width) as figure:
        texts = [text.get_text() for text in figure.axes[0].texts]
        if outlines or any(map(has_joining_letters, texts)):
            rcParams["svg.fonttype"] = "path"
        target = io.BytesIO()
        FigureCanvasSVG(figure).print_svg(target, metadata=NO_METADATA)
    return target.getvalue()


def draw_png(chart: Chart, brand: Brand, width: float) -> bytes:
    """Draw a chart, `width` points wide, as a bitmap for programs that show no SVG. Raises GlyphError."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with _drawing(chart, brand, width) as figure:
        figure.set_dpi(DOTS)
        target = io.BytesIO()
        FigureCanvasAgg(figure).print_png(target, metadata={"Software": None})
    return target.getvalue()


@contextmanager
def _drawing(chart: Chart, brand: Brand, width: float) -> Iterator[Figure]:
    """Yield a chart's figure, drawn and not written; meanwhile matplotlib has our settings."""
    rc_context, rcParams, rcParamsDefault, _, Figure = import_matplotlib()  # noqa: N806  # as they are called
    with _lock, rc_context({**_differences(rcParams, rcParamsDefault), **_settings(brand)}):
        _register(_faces(brand))
        figure = Figure(figsize=(width / 72, chart.height(width, brand) / 72), dpi=72)
        figure.patch.set_visible(False)
        ax = figure.add_axes((0, 0, 1, 1))
        chart.draw(ax, brand)
        _require_glyphs(chart, ax, brand)
        yield figure


def has_joining_letters(text: str) -> bool:
    """Return whether a text has letters that run from right to left, and so join.

    WeasyPrint sets the text of an SVG letter by letter, which tears them apart. matplotlib shapes them; so such a chart
    has its letters as outlines, and its words in its alternative text alone.
    """
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _differences(current: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return matplotlib's own defaults where a matplotlibrc or the host has changed them, but for those of windows."""
    windows = ("backend", "interactive", "toolbar", "webagg", "tk", "date.epoch")
    return {
        name: value
        for name, value in defaults.items()
        if not name.startswith(windows) and dict.__getitem__(current, name) != value  # type: ignore[index]  # it is a dict
    }


def _settings(brand: Brand) -> dict[str, Any]:
    """Return the settings of our drawings."""
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": SALT,
        "font.family": list(fonts.list_paper_families(brand, brand.sans)),
        "text.color": brand.colors["ink"],
        "axes.unicode_minus": False,
        "path.simplify": False,
    }


def _faces(brand: Brand) -> tuple[FontFile, ...]:
    """Return the nearest font file for each family and weight that may be drawn, named as that very weight."""
    style = Style.memo(brand)
    return tuple(
        replace(fonts.find_face(brand, family, weight=weight), family=family, weight=weight)
        for family in fonts.list_paper_families(brand, brand.sans)
        for weight in dict.fromkeys((style.regular.weight, style.bold.weight))
    )


@cache
def _register(files: tuple[FontFile, ...]) -> None:
    """Register the brand's font files with matplotlib, once a process, under the names that the brand gives them."""
    from matplotlib.font_manager import FontEntry, fontManager

    for file in files:
        style = "italic" if file.italic else "normal"
        fontManager.ttflist.append(FontEntry(str(file.path), name=file.family, style=style, weight=file.weight))


def _require_glyphs(chart: Chart, ax: Axes, brand: Brand) -> None:
    """Raise GlyphError for a character that neither the chart's face nor its fallbacks have: it would be an empty box."""
    face = Style.memo(brand).regular
    found = {
        char: label for label in (text.get_text() for text in ax.texts) for char in fonts.find_missing(face, label)
    }
    if found:
        char, label = next(iter(found.items()))
        message = f'the chart "{chart.title}" has the character "{char}" (U+{ord(char):04X}) in "{label}"'
        raise GlyphError("".join(found), Diagnostic(message, hint=suggest_fonts(char)))
