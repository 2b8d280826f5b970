"""The models of a brief's evidence: sources, quotes of their words, and the facts that the quotes state."""

import codecs
import re
import unicodedata
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, PrivateAttr, model_validator

from reportgen.brief.citing.citations import Citation, SourceParts, cite_sources
from reportgen.brief.citing.locators import PUBLISHED
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
from reportgen.input.tables import is_data_file
from reportgen.text.languages import LANGUAGE, load_labels
from reportgen.text.numbers import BoundWords, PartialDate, Status, find_print_problem, parse_written_date

LanguageTag = Annotated[str, Field(pattern=LANGUAGE)]


def _check_encoding(name: str) -> str:
    try:
        if not codecs.lookup(name)._is_text_encoding:  # not hex, nor zip
            raise LookupError
    except LookupError:
        raise problem(f'there is no encoding "{name}"', "such as utf-8, utf-16, windows-1252 or iso-8859-2") from None
    return name


def _write_whole_number(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Source(Model):
    """A text or a data file that the brief draws on."""

    template_extras = ("name", "shortest", "cited_as", "reference")

    author: Annotated[Typographic, Field(description="The author, as the full reference prints the name.")]
    title: Annotated[Typographic, Field(description="The source's title.")]
    publisher: Annotated[Typographic | None, Field(description="Who published it.")] = None
    published: Annotated[
        Plain | None,
        BeforeValidator(_write_whole_number),
        Field(
            description="When it appeared, as exactly as the source says. Years that a quote names in passing are counted from it."
        ),
    ] = None
    short: Annotated[
        Typographic | None,
        Field(
            description="The name in notes and source lines. Default: the authors' family names, or an institution's whole name."
        ),
    ] = None
    url: Annotated[
        str | None,
        Field(pattern=r"^https?://\S+$", description="The full address, beginning with `https://` or `http://`."),
    ] = None
    file: Annotated[
        Plain | None,
        Field(
            description="The file with its text, or its data (.xlsx, .csv, .tsv), in the brief's folder. It may be absent, and "
            "no document contains it."
        ),
    ] = None
    note: Annotated[
        Text | None, Field(description="What a reader should know about it: undated, opinion, second hand.")
    ] = None
    language: Annotated[
        LanguageTag | None, Field(description="The language that it is written in. Default: the brief's.")
    ] = None
    sheet: Annotated[
        Plain | None,
        Field(
            description="The sheet of a workbook that cells are in, where their address names none. Default: the only one."
        ),
    ] = None
    decimal: Annotated[
        Literal["point", "comma"] | None,
        Field(
            description="The decimal sign of numbers that a data file has as text. Default: the one that its numbers prove."
        ),
    ] = None
    separator: Annotated[
        Literal["comma", "semicolon", "tab", "pipe"] | None,
        Field(description="What separates the fields of a CSV file. Default: the sign that splits its rows evenly."),
    ] = None
    encoding: Annotated[
        Plain | None,
        AfterValidator(_check_encoding),
        Field(description="The encoding of a CSV file, such as `windows-1252`. Default: UTF-8, or UTF-16."),
    ] = None
    negative: Annotated[
        Literal["parentheses"] | None,
        Field(description="`parentheses` if the data file writes negative numbers as text in parentheses: (12)."),
    ] = None

    @model_validator(mode="after")
    def _check_data_keys(self) -> Self:
        if not is_data_file(self.file):
            given = [key for key in ("sheet", "decimal", "separator", "encoding", "negative") if getattr(self, key)]
            if given:
                raise problem(f"`{given[0]}` is for data files", "its file: ends in .xlsx, .csv or .tsv")
        return self

    _citation: Citation | None = PrivateAttr(default=None)

    @property
    def citation(self) -> Citation:
        """The name and year in notes; the brief's other sources decide whether the year has a letter."""
        if self._citation is None:
            parts = SourceParts(self.author, self.short, self.published)
            self._citation = cite_sources({"": parts}, self._language)[""]
        return self._citation

    @property
    def name(self) -> str:
        return self.trace(self.citation.name, "short" if self.short else "author")

    @property
    def shortest(self) -> str:
        """The source in a few letters: Stangarone, or Doe 2023a among others of that name."""
        return self._cite(self.citation.shortest)

    @property
    def cited_as(self) -> str:
        """The source as notes cite it: Stangarone (2020)."""
        return self._cite(self.citation.cited_as)

    def _cite(self, words: str) -> str:
        return self.trace(words, "short" if self.short else "author", "published")

    @property
    def _date(self) -> str | None:
        """The date of publication as the brief's language writes it; what is no date, as given."""
        day = parse_written_date(self.published or "")
        return day.format(self._language) if day else self.published

    @property
    def reference(self) -> str:
        """The full reference in one line of plain text: Author, “Title,” publisher, date."""
        return self.trace(self._reference, "author", "title", "publisher", "published")

    @property
    def _reference(self) -> str:
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

    template_extras = ("cell",)

    source: Annotated[SourceId, Field(description="The id of the source.")]
    text: Annotated[
        Plain, Field(description="The source's words. An ellipsis (…) leaves words out; [brackets] replace some.")
    ]
    page: Annotated[
        str | None,
        BeforeValidator(_write_whole_number, json_schema_input_type=int | str),
        Field(
            pattern=r"^(?:[A-Za-z]{1,2}[-.]?)?\d{1,5}(?:[-–]\d{1,5})?$|^[ivxlcIVXLC]{1,8}$",
            description="The page of the publication, as it prints its number: 14, or `14-15`.",
        ),
    ] = None
    section: Annotated[
        Plain | None,
        BeforeValidator(_write_whole_number, json_schema_input_type=int | str),
        Field(description='The section of the publication: its number, in quotation marks ("3.2"), or its heading.'),
    ] = None
    table: Annotated[
        str | None,
        BeforeValidator(_write_whole_number, json_schema_input_type=int | str),
        Field(pattern=r"^[A-Za-z]{0,2}[-.]?\d[\w.-]{0,8}$", description="The number of the table that has it: 4, A.2."),
    ] = None
    timestamp: Annotated[
        str | None,
        Field(
            pattern=r"^(?:\d{1,2}:)?\d{1,2}:\d{2}$",
            description='When it is said in a recording, in quotation marks: "12:04", "1:12:04".',
        ),
    ] = None
    paragraph: Annotated[
        int | None,
        Field(
            ge=1,
            description="The body paragraph of the source, counted from 1 as `reportgen source` lists them. Printed where "
            "no other place is given.",
        ),
    ] = None
    speaker: Annotated[Typographic | None, Field(description="Who says it, if not the source's author.")] = None
    language: Annotated[
        LanguageTag | None, Field(description="The language of these words. Default: the source's.")
    ] = None

    @property
    def published_places(self) -> dict[str, str]:
        """The places of the publication that the brief states, by their keys."""
        return {kind: value for kind in PUBLISHED if (value := getattr(self, kind))}

    @property
    def cell(self) -> str | None:
        """The cells of a data file that a fact or a chart takes its numbers from; None for words."""
        return None

    @property
    def evidence(self) -> str:
        """The words that back what the brief says."""
        return self.text


class CellQuote(Quote):
    """A citation of cells: `text` is what one of them contains, and empty for several. The brief's file has none of these."""

    address: str = ""
    file: str = ""
    labels: tuple[str, ...] = ()
    """The headings and labels beside the cells: what the table says of its numbers."""
    number: str = ""
    """The number in the words of a sentence, with its unit."""

    @property
    def cell(self) -> str | None:
        return self.address

    @property
    def evidence(self) -> str:
        """The table in words: "Exports; North: $11.5 billion in 2020"."""
        if not self.number:
            return "; ".join(self.labels)
        years = [label for label in self.labels if re.fullmatch(r"(?:1[5-9]|20)\d\d(?:-\d\d){0,2}", label)]
        words = "; ".join(label for label in self.labels if label not in years)
        said = " in ".join([self.number, *years])
        return f"{words}: {said}" if words else said

    @property
    def place(self) -> tuple[str, ...]:
        """The file, the sheet and the cells, as notes name them: trade.xlsx, Sheet1, B7."""
        sheet, _, cells = self.address.rpartition("!")
        name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        return tuple(part for part in (self.file, name, cells) if part)


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


FactValue = Annotated[float | PartialDate, PlainValidator(_parse_fact_value, json_schema_input_type=float | str)]
FactNumber = Annotated[float, PlainValidator(_parse_end, json_schema_input_type=float)]


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
        if self.formula and self.value is not None:
            raise problem("give either a value or a formula, not both", "leave one of them out")
        if self.formula and ends:
            raise problem(
                f"a fact with a formula has no `{ends[0]}`", "a formula's range follows from its facts: leave it out"
            )
        if self.formula and self.bound != "exactly":
            raise ValueError("a formula's bound follows from its facts: leave `bound` out")
        if self.formula is None and self.value is None and not ends:
            raise problem("a fact needs a value, a range (low and high), a formula or a cell", "give one of them")
        if ends:
            self._check_range()
        elif self.interval:
            raise problem("`interval` says what the ends are, but there are none", "add low and high, or margin")
        return self

    def _check_range(self) -> None:
        """Raise for ends or a margin that make no range around the value."""
        value, low, high, margin = self.value, self.low, self.high, self.margin
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
