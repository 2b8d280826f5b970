"""Charts as SVG for the memo: the only place that knows matplotlib. Text stays text, in the memo's own typeface.

    chart, brand, width -> svg() -> bytes      the same bytes for the same chart, whatever the machine or the run

The figure has its final size, so nothing is scaled afterwards: 8.5 points in a chart are 8.5 points on paper.
`key()` says all that makes those bytes, for whoever keeps them.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
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
from reportgen.pdf.quickstart import undocumented
from reportgen.system.errors import Diagnostic

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SALT = "reportgen"  # what matplotlib makes its ids from, in place of a random number
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


def key(chart: Chart, brand: Brand, width: float) -> str:
    """Says all that makes a drawing: what is drawn where, colours, the files of the typefaces, and who draws it."""
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
    """matplotlib by the file that tells its version, which is read and not imported; our modules by their code."""
    matplotlib = find_spec("matplotlib")
    assert matplotlib, "a dependency"
    measuring = sorted(Path(fonts.__file__).parent.glob("*.py"))
    files = (Path(str(matplotlib.origin)).with_name("_version.py"), __file__, paint.__file__, *measuring)
    return tuple(_bytes_of(Path(str(file))) for file in files)


@cache
def imported() -> tuple[Any, ...]:
    """The parts of matplotlib that draw: imported when they are needed, and no sooner."""
    with undocumented():
        from matplotlib import rc_context, rcParams
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    return rc_context, rcParams, FigureCanvasSVG, Figure


def svg(chart: Chart, brand: Brand, width: float) -> bytes:
    """The chart, `width` points wide. GlyphError for what its faces cannot draw."""
    rc_context, rcParams, FigureCanvasSVG, Figure = imported()  # noqa: N806  # as they are called
    _register(_faces(brand))
    with rc_context(_settings(brand)):
        figure = Figure(figsize=(width / 72, chart.height(width, brand) / 72), dpi=72)
        figure.patch.set_visible(False)
        ax = figure.add_axes((0, 0, 1, 1))
        chart.draw(ax, brand)
        _require_glyphs(chart, ax, brand)
        if any(map(joins, (text.get_text() for text in ax.texts))):
            rcParams["svg.fonttype"] = "path"
        target = io.BytesIO()
        FigureCanvasSVG(figure).print_svg(target, metadata=NO_METADATA)
    return target.getvalue()


def joins(text: str) -> bool:
    """Whether a text has letters that run from right to left, and so join.

    WeasyPrint sets the text of an SVG letter by letter, which tears them apart. matplotlib shapes them; so such a chart
    has its letters as outlines, and its words in its alternative text alone.
    """
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _settings(brand: Brand) -> dict[str, Any]:
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": SALT,
        "font.family": list(fonts.list_paper_families(brand, brand.sans)),
        "text.color": brand.colors["ink"],
        "axes.unicode_minus": False,
        "path.simplify": False,
    }


def _faces(brand: Brand) -> tuple[FontFile, ...]:
    """For each family that may draw, and each weight that is drawn, the nearest file as one of that very weight."""
    style = Style.memo(brand)
    return tuple(
        replace(fonts.find_face(brand, family, weight=weight), family=family, weight=weight)
        for family in fonts.list_paper_families(brand, brand.sans)
        for weight in dict.fromkeys((style.regular.weight, style.bold.weight))
    )


@cache
def _register(files: tuple[FontFile, ...]) -> None:
    """Tell matplotlib of the brand's files, once a process, by the names that the brand gives them."""
    from matplotlib.font_manager import FontEntry, fontManager

    for file in files:
        style = "italic" if file.italic else "normal"
        fontManager.ttflist.append(FontEntry(str(file.path), name=file.family, style=style, weight=file.weight))


def _require_glyphs(chart: Chart, ax: Axes, brand: Brand) -> None:
    """GlyphError for what neither the chart's face nor its fallbacks can draw: it would be an empty box."""
    face = Style.memo(brand).regular
    found = {
        char: label for label in (text.get_text() for text in ax.texts) for char in fonts.find_missing(face, label)
    }
    if found:
        char, label = next(iter(found.items()))
        message = f'the chart "{chart.title}" has the character "{char}" (U+{ord(char):04X}) in "{label}"'
        raise GlyphError("".join(found), Diagnostic(message, hint=suggest_fonts(char)))
