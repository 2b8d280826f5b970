"""Numbers of one drawing: brought to one unit, checked, and told in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from reportgen.charts.scene import NativePoint, Role, Texture
from reportgen.input.field_types import problem
from reportgen.system.errors import did_you_mean
from reportgen.text.languages import load_labels
from reportgen.text.languages.label_fields import ChartLabels
from reportgen.text.numbers import NBSP, BoundWords, PartialDate, Quantity, Unit

FLIPPED: dict[BoundWords, BoundWords] = {
    "exactly": "exactly",
    "about": "about",
    "less than": "more than",
    "a little less than": "a little more than",
    "at most": "at least",
    "more than": "less than",
    "a little more than": "a little less than",
    "at least": "at most",
}


def find_common_unit(quantities: Iterable[Quantity], unit: str | None) -> Unit:
    """The one unit of a drawing; numbers typed without a unit take it. ValueError when units are mixed."""
    names = dict.fromkeys(quantity.unit.name for quantity in quantities if quantity.unit.name)
    if unit is not None:
        names = {unit: None} | names
    if len(names) > 1:
        listed = " and ".join(f'"{name}"' for name in names)
        raise problem(f"one drawing, two units: {listed}", "draw them apart, or convert one with a formula")
    return Unit(next(iter(names), ""))


def convert_to_unit(values: Sequence[Quantity | None], unit: Unit, decimals: int | None) -> tuple[Quantity | None, ...]:
    """The quantities in the drawing's unit; typed numbers print `decimals`, facts their own precision."""

    def convert(quantity: Quantity | None) -> Quantity | None:
        if quantity is None or (quantity.fact and quantity.unit.name):
            return quantity
        shown = quantity.decimals if quantity.fact or decimals is None else decimals
        return replace(quantity, unit=unit, decimals=shown)

    return tuple(convert(value) for value in values)


def find_shared_decimals(quantities: Iterable[Quantity]) -> int | None:
    """As many decimals as the most precise typed number has; None (each its own) when that is more than one."""
    most = max((quantity.decimals for quantity in quantities if quantity.fact is None), default=0)
    return most if most <= 1 else None


def check_numbers(quantities: Iterable[Quantity]) -> None:
    """ValueError for a date where a number is drawn."""
    for quantity in quantities:
        if isinstance(quantity.value, PartialDate):
            raise problem(f"{quantity.short} is a date, not an amount", "dates go into a timeline")


def check_names(names: Sequence[str], what: str) -> None:
    """ValueError for names that stand twice, as nothing could then refer to them."""
    for name in names:
        if names.count(name) > 1:
            raise problem(f'two {what} are called "{name}"', words=name)


def check_known(name: str | None, known: Sequence[str], what: str) -> None:
    """ValueError for a name that names nothing."""
    if name is not None and name not in known:
        raise problem(f'{what} "{name}" names nothing that is drawn', did_you_mean(name, known), name)


def describe_unit(unit: Unit, language: str) -> str | None:
    """The unit as the line under a title says it: "US$ billion", "Percent"."""
    words = load_labels(language).charts
    known = {"%": words.percent, "times": words.times, "": None}
    if unit.name in known:
        return known[unit.name]
    name = unit.format(language)
    return name[:1].upper() + name[1:]


def compute_remainder(whole: float, parts: Sequence[Quantity]) -> Quantity:
    """What is left of the whole, with the bound that follows: less than 15 of 100 leaves more than 85."""
    bounds = dict.fromkeys(part.bound for part in parts if part.bound != "exactly")
    signs = {part.sign for part in parts} - {"="}
    if len(bounds) == 1:
        bound = FLIPPED[next(iter(bounds))]
    elif signs and signs <= {"<", "≤"}:
        bound = "more than"
    elif signs and signs <= {">", "≥"}:
        bound = "less than"
    else:
        bound = "about" if signs else "exactly"
    decimals = max(part.decimals for part in parts)
    value = round(whole - sum(part.number for part in parts), decimals)
    status = "forecast" if any(part.status == "forecast" for part in parts) else "inferred"
    return replace(Quantity(value, parts[0].unit, bound, decimals, status=status), language=parts[0].language)  # type: ignore[arg-type]


def describe_quantity(quantity: Quantity | None, words: ChartLabels) -> str:
    """A value as alternative text says it."""
    if quantity is None:
        return words.no_figure
    text = quantity.prose.replace(NBSP, " ")
    forecast = quantity.status == "forecast" and words.forecast not in text
    return f"{text} ({words.forecast})" if forecast else text


def choose_texture(quantity: Quantity) -> Texture:
    return "open" if quantity.open else "solid"


def make_native_point(quantity: Quantity | None, role: Role, more: str = "") -> NativePoint:
    """A value as a native chart has it; `more` follows its number in the label."""
    if quantity is None:
        return NativePoint(None)
    after = f"{NBSP}{NBSP}{more}" if more else ""
    code = add_words_to_code(quantity.excel, after=after)
    return NativePoint(quantity.number, quantity.short + after, code, role, choose_texture(quantity))


def add_words_to_code(code: str, before: str = "", after: str = "") -> str:
    """An Excel format code that prints words around the number, so that a label stays bound to its cell."""
    before, after = before.replace('"', "”"), after.replace('"', "”")
    if before:
        code = f'"{before}' + (code[1:] if code.startswith('"') else f'"{code}')
    if after:
        code = (code[:-1] if code.endswith('"') else f'{code}"') + f'{after}"'
    return code


def choose_series_roles(highlights: Sequence[bool]) -> list[Role]:
    """A colour for each series: signal for the point being made, and then greys; else the accent and greys."""
    quiet: list[Role] = ["quiet", "hairline", "secondary", "ink", "accent"]
    if not any(highlights):
        quiet = ["accent", *quiet[:-1]]
    rest = iter(quiet)
    return ["signal" if highlight else next(rest) for highlight in highlights]


def choose_ink(role: Role, texture: Texture) -> Role:
    """The colour in which a label is legible on a part of this colour."""
    return "paper" if texture == "solid" and role in ("accent", "signal", "secondary", "ink") else "ink"
