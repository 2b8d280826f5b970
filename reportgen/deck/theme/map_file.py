"""The map of a theme (YAML): which of its layouts stands for each of ours. Written by `theme inspect`, edited by people."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.theme import slot_placement
from reportgen.deck.theme.layout_map import Target, area_of, places_of, title_of, upright
from reportgen.deck.theme.placeholders import LayoutPart
from reportgen.deck.values import Box
from reportgen.input.field_types import Model, Plain
from reportgen.input.model_validation import validate
from reportgen.input.yamlfile import Document, read_yaml
from reportgen.system.errors import BriefError, Diagnostic, TemplateError, did_you_mean

Inches = Annotated[float, Field(ge=0, le=60)]


class LayoutMap(Model):
    """One of our layouts: the theme's that stands for it, its placeholders for our slots, the room for the others."""

    layout: Annotated[int | str, Field(description="Its name, or its number where names are not unique")]
    slots: dict[Plain, int | str] = {}
    area: Annotated[list[Inches] | None, Field(min_length=4, max_length=4, description="left, top, width, height")] = (
        None
    )


class MapFile(Model):
    """The theme's file, beside the map, and what is mapped; our layouts that are left out are proposed."""

    theme: Plain
    layouts: dict[Plain, LayoutMap] = {}


def load(path: Path) -> tuple[MapFile, Document]:
    """A map with the places of all that it says. TemplateError with every fault."""
    try:
        document = read_yaml(path)
        validate(MapFile, document)
        return MapFile.model_validate(document.data), document
    except BriefError as error:
        raise TemplateError(error.diagnostics) from None


def targets(written: MapFile, document: Document, theirs: Sequence[LayoutPart], slide: Box) -> dict[str, Target]:
    """What a map says, for this theme. TemplateError with every layout, slot or placeholder that there is not."""
    faults: list[Diagnostic] = []
    found = {}
    for name, entry in written.layouts.items():
        where = document.places.get(("layouts", name))
        part = _called(entry.layout, theirs)
        if name not in LAYOUTS:
            faults.append(Diagnostic(f'layouts: "{name}" is no layout of ours', where, did_you_mean(name, LAYOUTS)))
        elif part is None:
            hint = did_you_mean(str(entry.layout), [each.sheet.name for each in theirs])
            faults.append(Diagnostic(f'layouts.{name}: the theme has no layout "{entry.layout}"', where, hint))
        else:
            told = list(_faults(name, entry, part, document))
            faults += told
            if not told:
                found[name] = _target(entry, part, slide)
    if faults:
        raise TemplateError(faults)
    return found


def _called(layout: int | str, theirs: Sequence[LayoutPart]) -> LayoutPart | None:
    if isinstance(layout, int):
        return theirs[layout - 1] if 0 < layout <= len(theirs) else None
    return next((each for each in theirs if each.sheet.name == layout), None)


def _faults(name: str, entry: LayoutMap, part: LayoutPart, document: Document) -> Sequence[Diagnostic]:
    where = document.places.get(("layouts", name))
    ours = LAYOUTS[name].fillable
    indices = {each.key: each for each in upright(part)}
    faults = [
        Diagnostic(f'layouts.{name}: our layout has no slot "{slot}"', where, did_you_mean(slot, ours))
        for slot in entry.slots if slot not in ours
    ]  # fmt: skip
    listed = ", ".join(f"{key} ({each.type})" for key, each in indices.items())
    faults += [
        Diagnostic(f'layouts.{name}: "{part.sheet.name}" has no placeholder {index}', where, f"it has {listed}")
        for index in entry.slots.values() if str(index) not in indices
    ]  # fmt: skip
    if title_of(part) is None:
        hint = "a title is how a listener finds the slide: choose a layout that has one"
        faults.append(Diagnostic(f'layouts.{name}: "{part.sheet.name}" has no title placeholder', where, hint))
    if len(set(entry.slots.values())) < len(entry.slots):
        faults.append(Diagnostic(f"layouts.{name}: a placeholder stands for two slots", where))
    return faults


def _target(entry: LayoutMap, part: LayoutPart, slide: Box) -> Target:
    title = title_of(part)
    assert title is not None
    slots = {"title": title.key} | {slot: str(index) for slot, index in entry.slots.items()}
    named = [each for each in places_of(part) if each.key in slots.values()]
    area = _emu(entry.area) if entry.area else area_of(part, title, named or places_of(part), slide)
    return Target(part, slots, area)


def _emu(inches: Sequence[float]) -> Box:
    left, top, width, height = (round(each * slot_placement.INCH) for each in inches)
    return Box(left, top, width, height)


def written(theme: str, chosen: Mapping[str, Target], theirs: Sequence[LayoutPart]) -> str:
    """A map as YAML, with a word on how to edit it."""
    lines = [
        "# Which layout of the theme stands for each of ours. Edit it, then use it: reportgen deck --theme THIS_FILE",
        "# slots: our slots and the theme's placeholders, by the numbers (or names) that `theme inspect` lists.",
        "# area: left, top, width and height in inches, shared by the slots that are not named; they are added to a copy",
        "# of the layout. A layout that is left out here is chosen anew.",
        f"theme: {_quoted(theme)}",
        "layouts:",
    ]
    for name, target in chosen.items():
        area = ", ".join(
            f"{each / slot_placement.INCH:.2f}"
            for each in (target.area.x, target.area.y, target.area.width, target.area.height)
        )
        slots = ", ".join(
            f"{slot}: {key if key.isdigit() else _quoted(key)}" for slot, key in target.slots.items() if slot != "title"
        )
        lines += [
            f"  {name}:",
            f"    layout: {_reference(target.layout, theirs)}",
            f"    slots: {{{slots}}}",
            f"    area: [{area}]",
        ]
    return "\n".join(lines) + "\n"


def _reference(part: LayoutPart, theirs: Sequence[LayoutPart]) -> str:
    """A layout's name, or its number where others have the same name, or it has none."""
    names = [each.sheet.name for each in theirs]
    name = part.sheet.name
    return _quoted(name) if name and names.count(name) == 1 else f"{theirs.index(part) + 1} # {name}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
