"""The numbers of one drawing: checks, words, colours and textures."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.charts.scene import NativePoint, Role, Texture
from reportgen.input.field_types import problem
from reportgen.system.errors import did_you_mean
from reportgen.text.languages.label_fields import ChartLabels
from reportgen.text.numbers import NBSP, BoundWords, Quantity, Spread, Status

MOST_ITEMS = 120  # bars, columns or rows
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


def check_count(count: int, kind: str, most: int = MOST_ITEMS) -> None:
    """Raise for more items than one drawing can show."""
    if count > most:
        raise problem(f"{count} {kind} are too many for one drawing", f"draw at most {most}, or combine some of them")


def check_names(names: Sequence[str], kind: str) -> None:
    """Raise for repeated names, as references to them would be ambiguous."""
    for name in names:
        if names.count(name) > 1:
            raise problem(f'two {kind} are called "{name}"', words=name)


def check_known(name: str | None, known: Sequence[str], kind: str) -> None:
    """Raise for a name that names nothing."""
    if name is not None and name not in known:
        raise problem(f'{kind} "{name}" is not in the drawing', did_you_mean(name, known), name)


def compute_remainder(whole: float, parts: Sequence[Quantity]) -> Quantity:
    """Return the rest of the whole, with the bound that follows: less than 15 of 100 leaves more than 85."""
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
    status: Status = "forecast" if any(part.status == "forecast" for part in parts) else "inferred"
    return Quantity(
        value,
        parts[0].unit,
        bound,
        decimals,
        status=status,
        language=parts[0].language,
        spread=_find_rest(whole, parts),
    )


def _find_rest(whole: float, parts: Sequence[Quantity]) -> Spread | None:
    """Return the range of the rest where a part is a range."""
    spreads = [part.spread for part in parts if part.spread]
    if not spreads:
        return None
    lows, highs = (
        sum(getattr(part.spread, end) if part.spread else part.number for part in parts) for end in ("low", "high")
    )
    return Spread(whole - highs, whole - lows, all(spread.has_centre for spread in spreads))


def describe_quantity(quantity: Quantity | None, words: ChartLabels) -> str:
    """Write a value for an alternative text."""
    if quantity is None:
        return words.no_figure
    text = quantity.prose.replace(NBSP, " ")
    forecast = quantity.status == "forecast" and words.forecast not in text
    return f"{text} ({words.forecast})" if forecast else text


def choose_texture(is_open: bool) -> Texture:
    return "open" if is_open else "solid"


def make_native_point(quantity: Quantity | None, role: Role, more: str = "") -> NativePoint:
    """Convert a value for a native chart; `more` follows its number in the label."""
    if quantity is None:
        return NativePoint(None)
    after = f"{NBSP}{NBSP}{more}" if more else ""
    code = add_words_to_code(quantity.excel, after=after)
    return NativePoint(quantity.number, quantity.short + after, code, role, choose_texture(quantity.open))


def add_words_to_code(code: str, before: str = "", after: str = "") -> str:
    """Add words around the number of an Excel format code, so that the label stays bound to its cell."""
    before, after = before.replace('"', "”"), after.replace('"', "”")
    if before:
        code = f'"{before}' + (code[1:] if code.startswith('"') else f'"{code}')
    if after:
        code = (code[:-1] if code.endswith('"') else f'{code}"') + f'{after}"'
    return code


def choose_series_roles(highlights: Sequence[bool]) -> list[Role]:
    """Choose a colour for each series: signal for the point being made, else the accent; and then greys."""
    quiet: list[Role] = ["quiet", "hairline", "ink", "secondary", "accent"]  # the last but one is as dark as the signal
    if not any(highlights):
        quiet = ["accent", *quiet[:-1]]
    rest = iter(quiet)
    return ["signal" if highlight else next(rest) for highlight in highlights]


def choose_ink(role: Role, texture: Texture) -> Role:
    """Choose a legible colour for a label on a part of this colour."""
    return "paper" if texture == "solid" and role in ("accent", "signal", "secondary", "ink") else "ink"
