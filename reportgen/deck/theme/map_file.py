"""The map of a theme (YAML): which of its layouts to copy for each of the deck's. `theme inspect` writes it, people edit it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from msgspec.structs import astuple
from pydantic import Field

from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.theme import slot_placement
from reportgen.deck.theme.layout_matching import Target, content_places, find_area
from reportgen.deck.theme.placeholders import LayoutPart
from reportgen.deck.values import Box
from reportgen.input.field_types import Model, Plain
from reportgen.input.model_validation import validate
from reportgen.input.yamlfile import Document, read_yaml
from reportgen.system.errors import BriefError, Diagnostic, Location, ReportgenError, TemplateError, did_you_mean

Inches = Annotated[float, Field(ge=0, le=60)]


class LayoutMap(Model):
    """The entry of one of the deck's layouts: the theme's layout, its placeholders for slots, the area for the other slots."""

    layout: Annotated[int | str, Field(description="Its name, or its number where names are not unique")]
    slots: dict[Plain, int | str] = {}
    area: Annotated[list[Inches] | None, Field(min_length=4, max_length=4, description="left, top, width, height")] = (
        None
    )


class MapFile(Model):
    """The theme's file, relative to the map, and an entry for each layout; a layout that is left out is matched anew."""

    theme: Plain
    layouts: dict[Plain, LayoutMap] = {}


def load_map(path: Path) -> tuple[MapFile, Document]:
    """Read a map, with the place of each value. Raise TemplateError with every fault."""
    try:
        document = read_yaml(path)
        validate(MapFile, document)
        return MapFile.model_validate(document.data), document
    except BriefError as error:
        raise TemplateError(error.diagnostics) from None


def is_map(path: Path) -> bool:
    """Return whether a file is a map, however much people have edited it."""
    try:
        data = read_yaml(path).data
    except ReportgenError:
        return False
    return isinstance(data, dict) and {"theme"} <= data.keys() <= MapFile.model_fields.keys()


def resolve_targets(
    entries: MapFile, document: Document, layouts: Sequence[LayoutPart], slide: Box
) -> dict[str, Target]:
    """Return a map's targets in this theme. Raise TemplateError with every layout, slot or placeholder that is missing."""
    faults: list[Diagnostic] = []
    found = {}
    for name, entry in entries.layouts.items():
        where = document.places.get(("layouts", name))
        part = _find_layout(entry.layout, layouts)
        if name not in LAYOUTS:
            faults.append(Diagnostic(f'layouts: there is no layout "{name}"', where, did_you_mean(name, LAYOUTS)))
        elif part is None:
            hint = did_you_mean(str(entry.layout), [each.sheet.name for each in layouts])
            faults.append(Diagnostic(f'layouts.{name}: the theme has no layout "{entry.layout}"', where, hint))
        else:
            entry_faults = _find_faults(name, entry, part, where)
            faults += entry_faults
            if not entry_faults:
                found[name] = _build_target(entry, part, slide)
    if faults:
        raise TemplateError(faults)
    return found


def _find_layout(layout: int | str, layouts: Sequence[LayoutPart]) -> LayoutPart | None:
    if isinstance(layout, int):
        return layouts[layout - 1] if 0 < layout <= len(layouts) else None
    return next((each for each in layouts if each.sheet.name == layout), None)


def _find_faults(name: str, entry: LayoutMap, part: LayoutPart, where: Location | None) -> list[Diagnostic]:
    known = LAYOUTS[name].fillable
    indices = {each.key: each for each in part.upright}
    faults = [
        Diagnostic(f'layouts.{name}: the layout has no slot "{slot}"', where, did_you_mean(slot, known))
        for slot in entry.slots if slot not in known
    ]  # fmt: skip
    listed = ", ".join(f"{key} ({each.type})" for key, each in indices.items())
    faults += [
        Diagnostic(f'layouts.{name}: "{part.sheet.name}" has no placeholder {index}', where, f"it has {listed}")
        for index in entry.slots.values() if str(index) not in indices
    ]  # fmt: skip
    if part.title is None:
        hint = "choose a layout that has a title: screen readers find slides by their titles"
        faults.append(Diagnostic(f'layouts.{name}: "{part.sheet.name}" has no title placeholder', where, hint))
    if len(set(entry.slots.values())) < len(entry.slots):
        faults.append(Diagnostic(f"layouts.{name}: two slots have the same placeholder", where))
    return faults


def _build_target(entry: LayoutMap, part: LayoutPart, slide: Box) -> Target:
    assert part.title is not None
    slots = {"title": part.title.key} | {slot: str(index) for slot, index in entry.slots.items()}
    if entry.area:
        return Target(part, slots, Box(*(round(each * slot_placement.INCH) for each in entry.area)))
    places = content_places(part)
    named = [each for each in places if each.key in slots.values()]
    return Target(part, slots, find_area(part, part.title, named or places, slide))


def format_map(theme: str, chosen: Mapping[str, Target], layouts: Sequence[LayoutPart]) -> str:
    """Return a map as YAML, with comments on how to edit it."""
    lines = [
        "# The theme's layout for each of the deck's. Edit this file, then use it: reportgen deck --theme THIS_FILE",
        "# slots: the deck's slots and the theme's placeholders, by the numbers (or names) that `theme inspect` lists.",
        "# area: left, top, width and height in inches, shared by the slots that are not named; they are added to a copy",
        "# of the layout. A layout that is left out here is chosen automatically.",
        f"theme: {_quote(theme)}",
        "layouts:",
    ]
    for name, target in chosen.items():
        area = ", ".join(f"{each / slot_placement.INCH:.2f}" for each in astuple(target.area))
        slots = ", ".join(
            f"{slot}: {key if key.isdigit() else _quote(key)}" for slot, key in target.slots.items() if slot != "title"
        )
        lines += [
            f"  {name}:",
            f"    layout: {_reference(target.layout, layouts)}",
            f"    slots: {{{slots}}}",
            f"    area: [{area}]",
        ]
    return "\n".join(lines) + "\n"


def _reference(part: LayoutPart, layouts: Sequence[LayoutPart]) -> str:
    """Return a layout's name, or its number if the name is empty or not unique."""
    names = [each.sheet.name for each in layouts]
    name = part.sheet.name
    return _quote(name) if name and names.count(name) == 1 else f"{layouts.index(part) + 1} # {name}"


def _quote(text: str) -> str:
    """Return a YAML string in double quotes, whose escapes are JSON's."""
    return json.dumps(text, ensure_ascii=False)
