"""Big numbers: one to three figures, each with its label and one line of meaning."""

from typing import Annotated, Literal

from msgspec.structs import replace
from pydantic import Field

from reportgen.charts.amounts import describe_quantity
from reportgen.charts.base import Exhibit
from reportgen.charts.scene import Figure
from reportgen.input.field_types import Amount, Label, Model, Text

MOST_FIGURES = 3


class BigNumber(Model):
    """A number that can stand alone."""

    value: Annotated[Amount, Field(description="A fact's id, or a number.")]
    label: Annotated[Label, Field(description="What the number counts, and of when.")]
    meaning: Annotated[Text | None, Field(description="What it means for the reader, in one line.")] = None
    highlight: Annotated[bool, Field(description="`true` for the number that makes the point.")] = False


class Numbers(Exhibit):
    """Numbers printed large, in the words of the evidence."""

    template_names = (*Exhibit.template_names, "figures")

    kind: Annotated[Literal["number"], Field(description="The kind of exhibit.")]
    numbers: Annotated[
        list[BigNumber],
        Field(alias="figures", min_length=1, max_length=MOST_FIGURES, description="One to three numbers."),
    ]

    def figures(self) -> tuple[Figure, ...]:
        """Return the figures as printed; `meaning` is inline text of the brief."""
        return tuple(self._set_figure(number) for number in self.numbers)

    def _set_figure(self, number: BigNumber) -> Figure:
        """Print a number large; the interval around it is too long for that and follows its label."""
        value, label = number.value, number.label
        printed, spread = value.prose, value.spread
        key = "value"
        if spread and spread.has_centre and spread.margin is None and not value.words:
            printed = replace(value, spread=None).prose
            ends = replace(value, bound="exactly", spread=replace(spread, has_centre=False, interval="")).prose
            more = f" ({self.marks.comma.join(part for part in (ends, spread.interval) if part)})"
            label = number.trace(label + more, "label", key)
        return Figure(
            number.trace(printed, key), label, number.meaning or "", "signal" if number.highlight else "accent"
        )

    def describe(self) -> str:
        """Write "$136 billion in goods exported to China."; a label with a capital comes before its number."""
        return " ".join(
            f"{describe_quantity(number.value, self.words)} {number.label}."
            if number.label[0].islower()
            else f"{number.label}: {describe_quantity(number.value, self.words)}."
            for number in self.numbers
        )
