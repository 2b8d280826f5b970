"""The models of a brief's sources, and of the quotes of their words."""

import codecs
import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, model_validator

from reportgen.brief.citing.citations import Citation, SourceParts, cite_sources
from reportgen.brief.citing.locators import PUBLISHED
from reportgen.input.field_types import Model, Plain, SourceId, Text, Typographic, problem
from reportgen.input.tables import is_data_file
from reportgen.text.languages import LANGUAGE, load_labels
from reportgen.text.numbers import parse_written_date

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
