"""Big numbers: one to three figures, each with its label and one line of meaning."""

from typing import Annotated, Literal

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
        return tuple(
            Figure(number.value.prose, number.label, number.meaning or "", "signal" if number.highlight else "accent")
            for number in self.numbers
        )

    def describe(self) -> str:
        """Write "$136 billion in goods exported to China."; a label with a capital comes before its number."""
        return " ".join(
            f"{describe_quantity(number.value, self.words)} {number.label}."
            if number.label[0].islower()
            else f"{number.label}: {describe_quantity(number.value, self.words)}."
            for number in self.numbers
        )
