"""The models of a brief's evidence: sources, quotes of their words, and the facts that the quotes state."""

import re
from typing import Annotated, Any, Self

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
from reportgen.text.languages import LANGUAGE, load_labels
from reportgen.text.numbers import BoundWords, PartialDate, Status, find_print_problem

LanguageTag = Annotated[str, Field(pattern=LANGUAGE)]


class Source(Model):
    """A text that the brief draws on."""

    template_extras = ("name", "cited_as", "reference")

    author: Annotated[Typographic, Field(description="The author, as the full reference prints the name.")]
    title: Annotated[Typographic, Field(description="The source's title.")]
    publisher: Annotated[Typographic | None, Field(description="Who published it.")] = None
    published: Annotated[
        Plain | None,
        BeforeValidator(lambda value: str(value) if isinstance(value, int) else value),
        Field(
            description="When it appeared, as exactly as the source says. Years that a quote names in passing are counted from it."
        ),
    ] = None
    short: Annotated[
        Typographic | None, Field(description="The name in notes and source lines. Default: the author's last name.")
    ] = None
    url: Annotated[
        str | None,
        Field(pattern=r"^https?://\S+$", description="The full address, beginning with `https://` or `http://`."),
    ] = None
    file: Annotated[
        Plain | None,
        Field(
            description="The file with its text, in the brief's folder. It may be absent, and no document contains it."
        ),
    ] = None
    note: Annotated[
        Text | None, Field(description="What a reader should know about it: undated, opinion, second hand.")
    ] = None
    language: Annotated[
        LanguageTag | None, Field(description="The language that it is written in. Default: the brief's.")
    ] = None

    @property
    def name(self) -> str:
        return self.short or self.author.split()[-1]

    @property
    def cited_as(self) -> str:
        """The source as notes cite it: Stangarone (2020)."""
        year = re.search(r"\d{4}", self.published or "")
        return f"{self.name} ({year[0]})" if year else self.name

    @property
    def _date(self) -> str | None:
        """The date of publication as the brief's language writes it; what is no date, as given."""
        try:
            return PartialDate.parse(self.published or "").format(self._language)
        except ValueError:
            return self.published

    @property
    def reference(self) -> str:
        """The full reference in one line of plain text: Author, “Title,” publisher, date."""
        words = load_labels(self._language)
        comma = words.marks.comma
        more = comma.join(part for part in (self.publisher, self._date) if part)
        if not words.marks.stop_inside:
            return f"{words.reference.format(author=self.author, title=self.title, more=comma + more if more else '')}."
        closed = self.title.endswith((".", "?", "!"))
        title = f"{self.title}{'' if closed else ',' if more else '.'}"
        return words.reference.format(author=self.author, title=title, more=f" {more}." if more else "")


class Quote(Model):
    """Verbatim words of a source."""

    source: Annotated[SourceId, Field(description="The id of the source.")]
    text: Annotated[
        Plain, Field(description="The source's words. An ellipsis (…) leaves words out; [brackets] replace some.")
    ]
    paragraph: Annotated[int | None, Field(ge=1, description="The body paragraph of the source, counted from 1.")] = (
        None
    )
    speaker: Annotated[Typographic | None, Field(description="Who says it, if not the source's author.")] = None
    language: Annotated[
        LanguageTag | None, Field(description="The language of these words. Default: the source's.")
    ] = None


def _parse_fact_value(value: Any) -> float | PartialDate:
    if isinstance(value, str):
        return PartialDate.parse(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise problem(
            f"expected a number or a date, got {describe_value(value)}",
            "write dates as 2021-01-20, 2021-01, 1980s or --11-03",
        )
    if reason := find_print_problem(value):
        raise problem(reason, ANOTHER_UNIT)
    return value


FactValue = Annotated[float | PartialDate, PlainValidator(_parse_fact_value, json_schema_input_type=float | str)]


class Fact(Model):
    """A named number or date with all that is known about it, or a formula over other facts."""

    value: Annotated[
        FactValue | None,
        Field(
            description="A number, or a date as text: `2021-01-20`, `2021-01`, `1980s`, or `--11-03` for a day without a year. "
            "A fact has either a value or a formula."
        ),
    ] = None
    formula: Annotated[
        Plain | None,
        Field(
            description="A calculation over other facts' ids, with `+ - * /` and parentheses. A minus sign needs a space on both "
            "sides. Units and bounds carry over to the result."
        ),
    ] = None
    unit: Annotated[
        str,
        Field(
            description="What is counted: `%`, `times`, `rank`, a currency (`US$ million`, `EUR`), or a plural noun such as `months`. "
            "A date needs none."
        ),
    ] = ""
    bound: Annotated[
        BoundWords, Field(description="How the source limits the number. Every document prints it with the number.")
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
    quote: Annotated[QuoteIds, Field(description="The id of the quote that says it, or several ids.")] = []
    words: Annotated[Plain | None, Field(description="What text prints instead of the number's own words.")] = None
    label: Annotated[Plain | None, Field(description="What charts print instead of the number's short form.")] = None
    note: Annotated[
        Text | None, Field(description="A caveat for anyone who uses the number. No document prints it.")
    ] = None

    @model_validator(mode="after")
    def _check_value_or_formula(self) -> Self:
        if (self.value is None) == (self.formula is None):
            raise ValueError("give either a value or a formula")
        if self.formula and self.bound != "exactly":
            raise ValueError("a formula's bound follows from its facts: leave `bound` out")
        return self
