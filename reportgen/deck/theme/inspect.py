"""What a house's theme is, in words and as a drawing of letters: its layouts, their places, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.theme.house import House
from reportgen.deck.theme.layout_map import Target
from reportgen.deck.theme.placeholders import LayoutPart
from reportgen.deck.theme.slot_placement import INCH
from reportgen.deck.theme.theme_colors import contrast, shaded
from reportgen.deck.theme.theme_values import Placeholder
from reportgen.deck.values import Box

COLUMNS, ROWS = 64, 14  # of a drawn slide
KINDS = {"obj": "content", "tbl": "table", "dt": "date", "ftr": "footer", "sldNum": "number", "ctrTitle": "title",
         "subTitle": "subtitle", "pic": "picture"}  # fmt: skip
NOT_FILLED = ("pic", "media", "dgm", "clipArt")


def described(house: House, brand: Brand, chosen: Mapping[str, Target]) -> str:
    """The whole report; `chosen` is what stands for our layouts."""
    return "\n".join([*_head(house, brand), "", *_layouts(house), *_mapping(house, chosen)]) + "\n"


def _head(house: House, brand: Brand) -> Iterator[str]:
    slide = house.slide
    yield f"{house.file}: {_inches(slide.width)} × {_inches(slide.height)} in, {_shape(slide)}, {len(house.layouts)} layouts"
    for use, family in (("titles", house.faces.major), ("text", house.faces.minor)):
        yield f"  {use}: {family}, {_measured(family, brand)}"
    palette = house.palette
    for role, shade in palette.items():
        color = shaded(house.colors[shade.slot], shade)
        change = (
            ""
            if shade.mod == 100 and not shade.off
            else f", luminance {shade.mod} %" + (f" + {shade.off} %" if shade.off else "")
        )
        yield f"  {role:<9} {color}  {shade.slot}{change}; contrast {contrast(color, house.colors['bg1']):.1f}"


def _measured(family: str, brand: Brand) -> str:
    file = fonts.find_face(brand, family)
    if file.substitute:
        return (
            f"not on this machine: measured by {file.path.stem} with 5 % more, so its boxes are estimated, not proven"
        )
    return "measured" if file.family == family else f"measured by {file.family}, which has the same widths"


def _layouts(house: House) -> Iterator[str]:
    for number, part in enumerate(house.layouts, 1):
        yield f"{number}. {part.sheet.name or '(no name)'}"
        yield from (f"   {line}" for line in drawing(part, house.slide))
        for each in part.placeholders:
            yield f"   {_place(each)}"
        if not part.placeholders:
            yield "   no placeholders"
        yield ""


def _place(each: Placeholder) -> str:
    box = each.box
    size = each.levels[0].size
    type_ = f", {size:g} pt" if size and each.type not in NOT_FILLED else ""
    turned = "" if each.upright else ", its text does not stand upright: not used"
    return (
        f"{each.key:>4}  {KINDS.get(each.type, each.type):<9} {_inches(box.x)}, {_inches(box.y)}; "
        f"{_inches(box.width)} × {_inches(box.height)} in{type_}  “{each.slot}”{turned}"
    )


def drawing(part: LayoutPart, slide: Box) -> list[str]:
    """The layout's places as boxes of letters, each with its number or name and what it holds."""
    canvas = [[" "] * COLUMNS for _ in range(ROWS)]
    _frame(canvas, 0, 0, COLUMNS - 1, ROWS - 1, "")
    for each in sorted(part.placeholders, key=lambda each: -each.box.width * each.box.height):
        left, right = (_cell(x, slide.width, COLUMNS) for x in (each.box.x, each.box.x + each.box.width))
        top, bottom = (_cell(y, slide.height, ROWS) for y in (each.box.y, each.box.y + each.box.height))
        _frame(
            canvas,
            left,
            top,
            max(right, left + 1),
            max(bottom, top + 1),
            f"{each.key} {KINDS.get(each.type, each.type)}",
        )
    return ["".join(row) for row in canvas]


def _cell(length: int, whole: int, cells: int) -> int:
    return min(cells - 2, max(0, round(length / max(1, whole) * (cells - 1))))


def _frame(canvas: list[list[str]], left: int, top: int, right: int, bottom: int, words: str) -> None:
    for x in range(left, right + 1):
        canvas[top][x] = canvas[bottom][x] = "─"
    for y in range(top, bottom + 1):
        canvas[y][left] = canvas[y][right] = "│"
    for y, x, corner in ((top, left, "┌"), (top, right, "┐"), (bottom, left, "└"), (bottom, right, "┘")):
        canvas[y][x] = corner
    line = (top + bottom) // 2
    for at, letter in enumerate(words[: max(0, right - left - 1)]):
        canvas[line][left + 1 + at] = letter


def _mapping(house: House, chosen: Mapping[str, Target]) -> Iterator[str]:
    if house.ready:
        yield "Has our layouts: " + ", ".join(house.ready)
    if not chosen:
        return
    yield "For our layouts stand, each in a copy that also has the places it lacks:"
    for name, target in chosen.items():
        held = ", ".join(f"{slot} in {key}" for slot, key in target.slots.items())
        added = [
            row.name for row in LAYOUTS[name].slots if row.name not in target.slots and row.kind != "furniture"
        ]  # fmt: skip
        more = f"; added: {', '.join(added)}" if added else ""
        yield f"  {name:<12} {target.layout.sheet.name}: {held}{more}"


def _inches(length: int) -> str:
    return f"{length / INCH:.2f}".rstrip("0").rstrip(".")


def _shape(slide: Box) -> str:
    ratio = slide.width / max(1, slide.height)
    known = {"16:9": 16 / 9, "4:3": 4 / 3, "16:10": 1.6}
    return next((name for name, value in known.items() if abs(ratio - value) < 0.01), f"{ratio:.2f}:1")
