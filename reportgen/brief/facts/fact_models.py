"""The models of a brief's facts: numbers and dates that quotes state, formulas over them, and values on which sources differ."""

import re
import unicodedata
from typing import Annotated, Any, Self, get_args

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from reportgen.input.field_types import (
    ANOTHER_UNIT,
    DateText,
    Model,
    Plain,
    QuoteIds,
    SourceId,
    Text,
    Typographic,
    describe_value,
    problem,
)
from reportgen.text.numbers import BoundWords, PartialDate, Status, Unit, find_print_problem

_AMOUNT = re.compile(r"\s*([-−+]?[\d.,]+)\s*(\S.*)", re.DOTALL)


def _parse_fact_value(value: Any) -> float | PartialDate:
    if isinstance(value, str):
        if found := _find_unreadable(value):
            raise found
        return PartialDate.parse(value)
    return _parse_number(value, "a number or a date", "write dates as 2021-01-20, 2021-01, 1980s or --11-03")


def _parse_end(value: Any) -> float:
    if isinstance(value, str):
        raise _find_unreadable(value) or problem(
            f"expected a number, got {describe_value(value)}", "give two dates as two facts"
        )
    return _parse_number(value, "a number")


def _parse_number(value: Any, expected: str, hint: str | None = None) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise problem(f"expected {expected}, got {describe_value(value)}", hint)
    if reason := find_print_problem(value):
        raise problem(reason, ANOTHER_UNIT)
    return value


def _find_unreadable(text: str) -> Exception | None:
    """Return the problem of a number that is written in another script, or with its unit; None for a date."""
    if any(char.isnumeric() and not char.isascii() for char in text):
        digits = "".join(str(unicodedata.digit(char, char)) for char in text)
        hint = f"write {digits}" if digits.isascii() else "write it in the digits 0 to 9"
        return problem(f"{describe_value(text)} is in digits that this program does not read", hint)
    if re.fullmatch(r"[-−+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d{1,3}|\d{5,})", text.strip()):
        digits = text.strip().replace(",", "").replace("−", "-").removeprefix("+")
        return problem(f"{describe_value(text)} is text, not a number", f"write it without quotes and commas: {digits}")
    ends = re.fullmatch(r"\s*([\d.,]+)\s*(?:-|–|—|to)\s*([\d.,]+)\s*", text)
    if ends and not re.fullmatch(r"\d{4}-\d\d", text.strip()):
        low, high = (end.replace(",", "") for end in ends.groups())
        years = re.fullmatch(r"\d{4}\D+\d{4}", text.strip())
        hint = "give two dates as two facts" if years else f"give its ends: low: {low}, high: {high}"
        return problem(f"{describe_value(text)} is a range, not one number", hint)
    found = _AMOUNT.fullmatch(text)
    if found and not re.match(r"[-\ds]", found[2]):
        return problem(
            f"expected a number alone, got {describe_value(text)}",
            f'the unit is a field of its own, one for both ends of a range: unit: "{found[2].strip()}"',
        )
    return None


def _read_bound(value: Any) -> Any:
    """Refuse words that are no bound of ours, and name those that they mean; a near spelling of "exactly" may mean "nearly"."""
    known = get_args(BoundWords)
    if not isinstance(value, str) or value in known:
        return value
    from difflib import get_close_matches

    from reportgen.text.bound_phrases import BOUNDS

    words = " ".join(value.lower().split())
    meant = BOUNDS.get(words) or tuple(get_close_matches(words, known, n=1, cutoff=0.8))
    hint = "write the bound that the quote states; leave `bound` out if it states none"
    if meant:
        hint = f"write {' or '.join(f'`{each}`' for each in meant)}, as the quote means it"
    raise problem(f'expected one of {", ".join(known)}; got "{value}"', hint)


Bound = Annotated[BoundWords, BeforeValidator(_read_bound, json_schema_input_type=BoundWords)]
"""The words by which a source limits a number."""

FactValue = Annotated[float | PartialDate, PlainValidator(_parse_fact_value, json_schema_input_type=float | str)]
FactNumber = Annotated[float, PlainValidator(_parse_end, json_schema_input_type=float)]


class SourceValue(Model):
    """The value that one source gives, where several differ. What it leaves out is as the fact says."""

    value: Annotated[FactValue | None, Field(description="The number, or a date as text.")] = None
    low: Annotated[FactNumber | None, Field(description="The lower end of a range, with `high`.")] = None
    high: Annotated[FactNumber | None, Field(description="The upper end of the range.")] = None
    margin: Annotated[FactNumber | None, Field(description="How far the value may be off.")] = None
    interval: Annotated[Plain | None, Field(description="What the ends or the margin are.")] = None
    unit: Annotated[str | None, Field(description="The unit, if it is not the fact's.")] = None
    bound: Annotated[Bound, Field(description="How the source limits the number.")] = "exactly"
    status: Annotated[Status | None, Field(description="How the number is known.")] = None
    as_of: Annotated[DateText | None, Field(description="When the number was true.")] = None
    attributed_to: Annotated[
        Typographic | None, Field(description="Whose number it is, if the source takes it from somebody else.")
    ] = None
    condition: Annotated[Plain | None, Field(description="On what the number depends.")] = None
    base: Annotated[Plain | None, Field(description="What the number is compared with.")] = None
    quote: Annotated[QuoteIds, Field(description="The id of the quote that says it, or several ids.")] = []
    name: Annotated[
        Typographic | None,
        Field(
            description="What text prints in brackets after the number: 2018 report. Default: `attributed_to`, or the source as it is cited."
        ),
    ] = None

    @model_validator(mode="after")
    def _check_value(self) -> Self:
        ends = (self.low, self.high, self.margin)
        if self.value is None and all(end is None for end in ends):
            raise problem("one of the values has neither a value nor a range", "add value:, or low: and high:")
        if any(end is not None for end in ends):
            _check_range(self.value, *ends)
        if not self.quote:
            raise problem("one of the values has no quote", "add quote: with the id of the words that say it")
        return self


class Fact(Model):
    """A named number or date with all that is known about it, or a formula over other facts."""

    value: Annotated[
        FactValue | None,
        Field(
            description="A number, or a date as text: `2021-01-20`, `2021-01`, `1980s`, or `--11-03` for a day without a year. "
            "A fact has a value, a range (`low` and `high`) or a formula."
        ),
    ] = None
    low: Annotated[
        FactNumber | None,
        Field(
            description="The lower end of a range or interval, with `high`. Without a `value`, the fact is the range itself: 3–5 percent."
        ),
    ] = None
    high: Annotated[FactNumber | None, Field(description="The upper end of the range or interval.")] = None
    margin: Annotated[
        FactNumber | None, Field(description="How far the value may be off, in the same unit: the 3 of 42 ± 3 Gt.")
    ] = None
    interval: Annotated[
        Plain | None,
        Field(
            description="What the ends or the margin are, in the source's words: interquartile range. Printed after them."
        ),
    ] = None
    formula: Annotated[
        Plain | None,
        Field(
            description="A calculation over other facts' ids, with `+ - * /` and parentheses. A minus sign needs a space on both "
            "sides. Units and bounds carry over to the result."
        ),
    ] = None
    cell: Annotated[
        Plain | None,
        Field(
            description="The cell of a data file that the value is read from: `Sheet1!B7`, or `B7`. A `value` beside it is compared "
            "with the cell."
        ),
    ] = None
    source: Annotated[SourceId | None, Field(description="The data file that the cell is in, by its source's id.")] = (
        None
    )
    scale: Annotated[
        float | None,
        Field(
            gt=0,
            description="What the cell's number is multiplied by: 0.001 for a table in millions and a fact in billions.",
        ),
    ] = None
    unit: Annotated[
        str,
        Field(
            description="What is counted: `%`, `times`, `rank`, a currency (`US$ million`, `EUR`), or a plural noun such as `months`. "
            "A date needs none; `date` reads a cell such as 2019 as a year."
        ),
    ] = ""
    bound: Annotated[
        Bound, Field(description="How the source limits the number. Every document prints it with the number.")
    ] = "exactly"
    precision: Annotated[
        int | None, Field(ge=0, le=6, description="How many decimals are printed. Default: as written.")
    ] = None
    as_of: Annotated[DateText | None, Field(description="When the number was true.")] = None
    attributed_to: Annotated[
        Typographic | None, Field(description="Whose number it is, if the source takes it from somebody else.")
    ] = None
    status: Annotated[
        Status,
        Field(
            description="How the number is known: `stated` by the source, `reported` (others say so), a `forecast`, or `inferred` by us."
        ),
    ] = "stated"
    condition: Annotated[
        Plain | None,
        Field(
            description="On what the number depends, in the quote's words: if all pledges are kept. No document prints it: "
            "each text that prints the number has to say it. Default: read from the quote."
        ),
    ] = None
    base: Annotated[
        Plain | None,
        Field(
            description="What the number is compared with, in the quote's words: from 2010 levels. Each text that prints the "
            "number has to say it. Default: read from the quote."
        ),
    ] = None
    quote: Annotated[QuoteIds, Field(description="The id of the quote that says it, or several ids.")] = []
    words: Annotated[Plain | None, Field(description="What text prints instead of the number's own words.")] = None
    label: Annotated[Plain | None, Field(description="What charts print instead of the number's short form.")] = None
    values: Annotated[
        list[SourceValue],
        Field(
            description="What several sources say, where they differ, instead of one `value`. Text prints all of them with their sources; "
            "`${id.source}` prints one."
        ),
    ] = []
    why: Annotated[
        Text | None,
        Field(description="Why the sources differ, in a sentence. The memo's notes and the slide's notes print it."),
    ] = None
    note: Annotated[
        Text | None, Field(description="A caveat for anyone who uses the number. No document prints it.")
    ] = None

    @model_validator(mode="after")
    def _check_cell(self) -> Self:
        if self.cell is None:
            if self.source or self.scale:
                key = "source" if self.source else "scale"
                raise problem(f"`{key}` belongs to a cell, and there is none", "add cell: Sheet1!B7")
        elif self.formula:
            raise problem("give either a cell or a formula, not both", "make the cell a fact of its own")
        elif self.low is not None or self.high is not None:
            raise problem("a cell is one number, not a range", "make its ends two facts")
        elif self.source is None:
            raise problem("a cell needs the data file that it is in", "add source: with the id of a source")
        return self

    @model_validator(mode="after")
    def _check_value_or_formula(self) -> Self:
        ends = [name for name in ("low", "high", "margin") if getattr(self, name) is not None]
        if self.values or self.why is not None or "values" in self.model_fields_set:
            check_values(self)
            return self
        if self.formula and self.value is not None:
            raise problem("give either a value or a formula, not both", "leave one of them out")
        if self.formula and ends:
            raise problem(
                f"a fact with a formula has no `{ends[0]}`", "a formula's range follows from its facts: leave it out"
            )
        if self.formula and self.bound != "exactly":
            raise ValueError("a formula's bound follows from its facts: leave `bound` out")
        if self.formula is None and self.value is None and not ends:
            raise problem(
                "a fact needs a value, a range (low and high), a formula or a cell",
                "give one of them; several sources that differ are `values`",
            )
        if ends:
            _check_range(self.value, self.low, self.high, self.margin)
        elif self.interval:
            raise problem("`interval` says what the ends are, but there are none", "add low and high, or margin")
        return self


_ALONE = (
    "value", "low", "high", "margin", "interval", "formula", "cell", "source", "scale", "quote", "attributed_to", "words", "label",
)  # fmt: skip
"""The fields that a fact with `values` cannot have: each value has its own, or none."""


def check_values(fact: "Fact") -> None:
    """Raise for values that are no disagreement of several sources about one thing."""
    values = fact.values
    if not values and fact.why is None:
        raise problem("`values` is empty", "add what each source says, or leave it out")
    if not values:
        raise problem("`why` says why sources differ, and there are no `values`", "add values:, or make it a note")
    if beside := [name for name in _ALONE if getattr(fact, name)]:
        raise problem(
            f"give either `values` or `{beside[0]}`, not both",
            f"each of the values has its own: leave `{beside[0]}` out",
        )
    if fact.bound != "exactly":
        raise problem("each of the values has its own bound", "write `bound` beside the value that has it")
    if len(values) == 1:
        raise problem(
            "`values` has one value, and no other that differs from it",
            "add what the other source says, or write it as value:, unit: and quote:",
        )
    quotes = [quote for each in values for quote in each.quote]
    for quote in quotes:
        if quotes.count(quote) > 1:
            raise problem(f'two of the values rest on the quote "{quote}"', "one quote says one of them", quote)
    said = [(each.value, each.low, each.high, each.margin, each.bound, each.unit or fact.unit) for each in values]
    for index, one in enumerate(said):
        if one in said[:index]:
            raise problem(
                "two of the values are the same, so these sources agree",
                "give one value both quotes: quote: [a, b]",
                values[index].quote[0],
            )
    kinds = [_find_dimension(each, fact.unit) for each in values]
    for each, kind in zip(values, kinds, strict=True):
        if kind[0] != kinds[0][0]:
            raise problem(
                f"the values measure different things: {kinds[0][1]} and {kind[1]}",
                "make them two facts, or give both in units of one kind",
                each.quote[0],
            )


def _find_dimension(value: SourceValue, shared: str) -> tuple[str, str]:
    """Return what a value measures, and the words for it."""
    from reportgen.text.units import find_measure, singular

    if isinstance(value.value, PartialDate):
        return "date", "a date"
    name = value.unit if value.unit is not None else shared
    unit = Unit(name)
    shown = f'"{name}"' if name else "a bare number"
    if unit.kind == "money":
        return f"money in {unit.money[0]}", shown
    if unit.kind != "count":
        return f"{unit.kind}{unit.percent_of if unit.kind == 'percent' else ''}", shown
    bare = re.sub(r"^(?:hundred|thousand|million|billion|trillion)\b\s*(?:of )?", "", name)
    measure = find_measure(bare) if bare else None
    return (measure.dimension if measure else singular(bare.lower())), shown


def _check_range(
    value: float | PartialDate | None, low: float | None, high: float | None, margin: float | None
) -> None:
    """Raise for ends or a margin that make no range around the value."""
    if isinstance(value, PartialDate):
        raise problem("a date has no range", "give the first and the last date as two facts")
    if margin is not None:
        if low is not None or high is not None:
            raise problem("a range has ends or a margin, not both", "leave `margin` out, or `low` and `high`")
        if value is None:
            raise problem("a margin needs the value that it belongs to", "add value:")
        if margin <= 0:
            raise problem(f"the margin {margin:g} is not above zero", "write it without a sign: margin: 3")
        if margin > abs(value):
            hint = f"if the source says so, give both ends: low: {value - margin:g}, high: {value + margin:g}"
            raise problem(f"the margin {margin:g} is larger than its value {value:g}", hint)
        return
    if low is None or high is None:
        end, bound = ("high", "at most") if low is None else ("low", "at least")
        raise problem(
            f"a range needs both ends, and this one has only `{end}`",
            f"a number with one limit is a value with a bound: value: {high if low is None else low:g}, bound: {bound}",
        )
    if low > high:
        raise problem(f"the range is upside down: low {low:g}, high {high:g}", f"low: {high:g}, high: {low:g}")
    if low == high:
        raise problem(f"both ends of the range are {low:g}", f"give it as value: {low:g}")
    if value is not None and not low <= value <= high:
        raise problem(
            f"the value {value:g} is outside its range, {low:g} to {high:g}",
            "compare the quote: one of the three is wrong",
        )
