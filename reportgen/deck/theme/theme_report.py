"""The report of `theme inspect`: a custom theme's layouts and placeholders in words and as character drawings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brand.contrast import contrast_ratio, format_color
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.theme.colors.role_shades import resolve_shade
from reportgen.deck.theme.layout_matching import Target
from reportgen.deck.theme.placeholders import LayoutPart
from reportgen.deck.theme.slot_placement import INCH
from reportgen.deck.theme.theme_file import ThemeFile
from reportgen.deck.theme.theme_values import Placeholder
from reportgen.deck.values import Box

COLUMNS, ROWS = 64, 14  # characters of a drawing
KINDS = {"obj": "content", "tbl": "table", "dt": "date", "ftr": "footer", "sldNum": "number", "ctrTitle": "title",
         "subTitle": "subtitle", "pic": "picture"}  # fmt: skip
NOT_FILLED = ("pic", "media", "dgm", "clipArt")


def describe_theme(theme: ThemeFile, brand: Brand, chosen: Mapping[str, Target]) -> str:
    """Return the whole report; `chosen` are the theme's layouts for the deck's."""
    return "\n".join([*_head(theme, brand), "", *_layouts(theme), *_mapping(theme, chosen)]) + "\n"


def _head(theme: ThemeFile, brand: Brand) -> Iterator[str]:
    slide = theme.slide
    yield f"{theme.file}: {_inches(slide.width)} × {_inches(slide.height)} in, {_aspect_ratio(slide)}, {len(theme.layouts)} layouts"
    for use, family in (("titles", theme.faces.major), ("text", theme.faces.minor)):
        yield f"  {use}: {family}, {_measuring_font(family, brand)}"
    palette = theme.palette
    for role, shade in palette.items():
        color = resolve_shade(theme.colors, shade)
        offset = f" + {shade.off} %" if shade.off else ""
        change = f", luminance {shade.mod} %{offset}" if offset or shade.mod != 100 else ""
        yield f"  {role:<9} {format_color(color)}  {shade.slot}{change}; contrast {contrast_ratio(color, theme.colors['bg1']):.1f}"


def _measuring_font(family: str, brand: Brand) -> str:
    file = fonts.find_face(brand, family)
    if file.substitute:
        return f"not installed here: measured with {file.path.stem} plus 5 %, so boxes are estimates"
    return "measured" if file.family == family else f"measured with {file.family}, which has the same widths"


def _layouts(theme: ThemeFile) -> Iterator[str]:
    for number, part in enumerate(theme.layouts, 1):
        yield f"{number}. {part.sheet.name or '(no name)'}"
        described = [_describe_placeholder(each) for each in part.placeholders] or ["no placeholders"]
        yield from (f"   {line}" for line in (*_draw_layout(part, theme.slide), *described))
        yield ""


def _describe_placeholder(each: Placeholder) -> str:
    box = each.box
    size = each.levels[0].size
    type_ = f", {size:g} pt" if size and each.type not in NOT_FILLED else ""
    turned = "" if each.upright else ", rotated text: not used"
    return (
        f"{each.key:>4}  {KINDS.get(each.type, each.type):<9} {_inches(box.x)}, {_inches(box.y)}; "
        f"{_inches(box.width)} × {_inches(box.height)} in{type_}  “{each.slot}”{turned}"
    )


def _draw_layout(part: LayoutPart, slide: Box) -> list[str]:
    """Draw the layout's placeholders as boxes of characters, each with its key and type."""
    canvas = [[" "] * COLUMNS for _ in range(ROWS)]
    _draw_box(canvas, 0, 0, COLUMNS - 1, ROWS - 1, "")
    for each in sorted(part.placeholders, key=lambda each: -each.box.area):
        left, right = (_cell(x, slide.width, COLUMNS) for x in (each.box.x, each.box.right))
        top, bottom = (_cell(y, slide.height, ROWS) for y in (each.box.y, each.box.bottom))
        label = f"{each.key} {KINDS.get(each.type, each.type)}"
        _draw_box(canvas, left, top, max(right, left + 1), max(bottom, top + 1), label)
    return ["".join(row) for row in canvas]


def _cell(length: int, whole: int, cells: int) -> int:
    return min(cells - 2, max(0, round(length / max(1, whole) * (cells - 1))))


def _draw_box(canvas: list[list[str]], left: int, top: int, right: int, bottom: int, words: str) -> None:
    for x in range(left, right + 1):
        canvas[top][x] = canvas[bottom][x] = "─"
    for y in range(top, bottom + 1):
        canvas[y][left] = canvas[y][right] = "│"
    for y, x, corner in ((top, left, "┌"), (top, right, "┐"), (bottom, left, "└"), (bottom, right, "┘")):
        canvas[y][x] = corner
    line = (top + bottom) // 2
    for at, letter in enumerate(words[: max(0, right - left - 1)]):
        canvas[line][left + 1 + at] = letter


def _mapping(theme: ThemeFile, chosen: Mapping[str, Target]) -> Iterator[str]:
    if theme.deck_layouts:
        yield "Already has these layouts of the deck: " + ", ".join(theme.deck_layouts)
    if not chosen:
        return
    yield "Copied for the deck's layouts, with the placeholders that they lack added:"
    for name, target in chosen.items():
        matched = ", ".join(f"{slot} in {key}" for slot, key in target.slots.items())
        rows = (row for row in LAYOUTS[name].slots if row.kind != "furniture")
        added = [row.name for row in rows if row.name not in target.slots]
        more = f"; added: {', '.join(added)}" if added else ""
        yield f"  {name:<12} {target.layout.sheet.name}: {matched}{more}"


def _inches(length: int) -> str:
    return f"{length / INCH:.2f}".rstrip("0").rstrip(".")


def _aspect_ratio(slide: Box) -> str:
    ratio = slide.width / max(1, slide.height)
    known = {"16:9": 16 / 9, "4:3": 4 / 3, "16:10": 1.6}
    return next((name for name, value in known.items() if abs(ratio - value) < 0.01), f"{ratio:.2f}:1")
