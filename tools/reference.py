"""Write docs/reference.md, the reference of every key of the brief: `python -m tools.reference > docs/reference.md`.

Types, defaults and meanings come from the models, the examples from assets/brief.examples.yaml. Run `make reference` after
a change of either.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from reportgen.brief import embargo, evidence_models
from reportgen.brief.argument import MarkedPoint
from reportgen.brief.clearing import clearance, status
from reportgen.brief.facts import fact_models
from reportgen.charts import AnyExhibit
from reportgen.charts.base import ColumnName, Exhibit, FromData
from reportgen.charts.kinds import line
from reportgen.charts.layout import dates
from reportgen.input.field_types import (
    Amount,
    DateText,
    Day,
    ExhibitId,
    Id,
    Label,
    Lines,
    Model,
    Plain,
    QuoteId,
    QuoteIds,
    SourceId,
    Text,
)
from tools.schema import list_models, read_examples

HEAD = """\
# Reference: every key of the brief

This page is generated from the models: change those, then run `make reference`. `reportgen schema` prints the same as a
JSON Schema, with which an editor completes and checks a brief while you write it.

An unknown key is an error, and so is a value of the wrong type; each error names its file, line and column. Examples show
one key each. Those of [the brief](#the-brief) are a valid brief together.

## Types

| type | what to write |
| --- | --- |
| text | Text with facts, citations and inline Markdown, at most 10,000 characters. See [inline syntax](#inline-syntax). |
| plain text | Text that is printed as written. |
| label | Plain text in a drawing. `${id}` prints a fact in its short form. |
| id | A name that other keys refer to: a letter, then letters, digits, `-` and `_`. |
| day | `2026-02-10` |
| date | A date as exactly as it is known: `2026-02-10`, `2026-02`, `"2026"`, `1980s`, or `--11-03` for a day without a year. |
| language tag | `en-US`, `ko`, `ar` |

### Inline syntax

| in a text | prints |
| --- | --- |
| `${dredging}` | the fact in words, with its bound: a little less than $30 million |
| `${dredging:short}` | the fact as charts print it: <$30 m |
| `[@cost]`, `[@cost; @season]` | a citation of one quote, of two |
| `*emphasis*`, `**strong**`, `CO~2~`, `10^6^` | *emphasis*, **strong**, CO₂, 10⁶ |
| `[words](https://example.org)` | a link to an https, http or mailto address |
| `[집현전]{ko}` | words in another language, marked with its tag |

### Gaps

A text that is not written yet is a gap: `"TODO: what is missing"`, in quotation marks because of its colon. [`draft`](draft.md) writes them, and editors
with the schema offer them in every text. `check` reports each gap with its line, `build` makes no documents while one is left, and
`build --draft` prints them where they stand, with DRAFT on each page and slide.

### Lists and paragraphs

Points, `basis`, `dissent`, `talking_points`, answers, and an exhibit's `notes` may have structure; every other text is one paragraph. Begin such a text with
`|`, which keeps its lines:

```yaml
points:
  - |
    Two things follow:

    - the basin turns longer ships away; [@share]
    - the work has a season:
      1. the survey comes first,
      2. dredging begins on ${season}.

    > could save a year [@season]
```

A bullet is `-` or `*`, a numbered list begins with 1, and a list has two levels at most. An empty line begins a paragraph, `>` a block
quote. Headings, tables and code are errors.

Straight quotation marks become curly; `--` and `---` become dashes. Put a text in double quotes, or on a new line after
`>-`, when it begins with a sign (`[`, `*`, `{`, `@`, `%`) or contains a colon followed by a space.
"""


class Heading(NamedTuple):
    """The heading of a model's section, and where its keys are written."""

    title: str
    place: str
    level: int = 2


HEADINGS = {
    "Brief": Heading("The brief", "The keys at the top level of `brief.yaml`."),
    "Source": Heading("Sources", "Each entry of `sources`."),
    "Quote": Heading("Quotes", "Each entry of `quotes`. [Evidence](evidence.md) says how quotes are matched."),
    "Fact": Heading("Facts", "Each entry of `facts`: a number or a date, with all that is known about it."),
    "SourceValue": Heading(
        "Values of several sources",
        "Each entry of `values` in a fact: what one of the sources says. [Evidence](evidence.md#several-sources) shows how.",
        3,
    ),
    "KeyNumber": Heading("Key numbers", "Each entry of `key_numbers`, where it is not a fact's id alone."),
    "Section": Heading("Sections", "The keys of `why_now` and of each entry of `topics`."),
    "Topic": Heading("Topics", "Each entry of `topics` has the keys of [sections](#sections), and:", 3),
    "MarkedPoint": Heading("Marked points", "Each entry of `points`, where it is not a text alone.", 3),
    "Judgment": Heading("Judgments", "Each entry of `judgments` in a section.", 3),
    "Option": Heading("Options", "Each entry of `options`."),
    "Dissent": Heading("Dissent", "Each entry of `dissent`."),
    "Recommendation": Heading("Recommendations", "Each entry of `recommendations`."),
    "Event": Heading("Key dates", "Each entry of `timeline`."),
    "Attachment": Heading(
        "Attachments", "Each entry of `attachments`. [The memo](memo.md#attachments) shows how they are listed."
    ),
    "Question": Heading("Questions", "Each entry of `questions`."),
    "Status": Heading(
        "Status", "The keys of `status`, where it is a mapping. See [status and clearances](clearances.md)."
    ),
    "Clearance": Heading("Clearances", "Each entry of `clearances`. `reportgen clear` writes them."),
    "Silence": Heading("Silenced findings", "Each entry of `silence`. [The rules](rules.md) have their names."),
    "Marking": Heading("Marking", "The keys of `marking`, where it is a mapping. See [markings](markings.md)."),
    "Designation": Heading("Designation block", "The keys of `marking.designation`.", 3),
    "Distribution": Heading("Distribution statement", "The keys of `marking.distribution`, where it is a mapping.", 3),
    "Exhibit": Heading(
        "Exhibits",
        "The keys of each entry of `exhibits`, whatever its kind. [Exhibits](exhibits.md) shows each kind whole.",
    ),
    "FromData": Heading(
        "Numbers from a data file",
        "The further keys of a bar, column, line or share chart, or of a table, whose numbers are columns of a data file. "
        "[Numbers from a spreadsheet](data.md) shows how.",
        3,
    ),
    "Bars": Heading("Bar and column charts", "The further keys of an exhibit with `kind: bar` or `kind: column`.", 3),
    "Bar": Heading("Bars", "Each entry of `bars` in a bar or column chart.", 4),
    "BarSeries": Heading("Series", "Each entry of `series` in a bar, column or line chart.", 4),
    "Annotation": Heading("Annotations", "Each entry of `annotations` in a bar, column or line chart.", 4),
    "Lines": Heading("Line charts", "The further keys of an exhibit with `kind: line`.", 3),
    "Reference": Heading("Reference levels", "Each entry of `references` in a line chart.", 4),
    "Areas": Heading(
        "Area charts",
        "The further key of an exhibit with `kind: area`. It has `x`, `series`, `unit` and `highlight` as a line chart has.",
        3,
    ),
    "Slopes": Heading("Slope charts", "The further keys of an exhibit with `kind: slope`.", 3),
    "Slope": Heading("Slopes", "Each entry of `slopes`.", 4),
    "Scatter": Heading("Scatter charts", "The further keys of an exhibit with `kind: scatter`.", 3),
    "ScatterPoint": Heading("Points", "Each entry of `points`.", 4),
    "Ranges": Heading("Range charts", "The further keys of an exhibit with `kind: range`.", 3),
    "RangeRow": Heading("Rows of a range chart", "Each entry of `ranges`.", 4),
    "Share": Heading("Share charts", "The further keys of an exhibit with `kind: share`.", 3),
    "Part": Heading("Parts", "Each entry of `parts` in a share chart.", 4),
    "Timeline": Heading("Timelines", "The further keys of an exhibit with `kind: timeline`.", 3),
    "TimelineEvent": Heading("Events", "Each entry of `events` in a timeline.", 4),
    "TimelineSpan": Heading("Spans", "Each entry of `spans` in a timeline.", 4),
    "Break": Heading("Break", "The keys of `break` in a timeline.", 4),
    "Numbers": Heading("Big numbers", "The further keys of an exhibit with `kind: number`.", 3),
    "BigNumber": Heading("Figures", "Each entry of `figures`.", 4),
    "Matrix": Heading("Matrices", "The further keys of an exhibit with `kind: matrix`.", 3),
    "MatrixRow": Heading("Rows of a matrix", "Each entry of `rows` in a matrix.", 4),
    "MatrixCell": Heading("Cells with a mark", "A cell of a matrix, where it is a mapping.", 4),
    "Rows": Heading("Tables", "The further keys of an exhibit with `kind: table`.", 3),
}
"""In the order of the page. A new model needs a row here."""

NAMES: tuple[tuple[Any, str, str], ...] = (
    (Text, "text", "texts"),
    (Plain, "plain text", "plain texts"),
    (line.XLabel, "label or year", "labels or years"),
    (Label, "label", "labels"),
    (Id, "id", "ids"),
    (SourceId, "id of a source", "ids of sources"),
    (QuoteId, "id of a quote", "ids of quotes"),
    (QuoteIds, "id of a quote, or list of ids", ""),
    (ExhibitId, "id of an exhibit", "ids of exhibits"),
    (Amount, "number, or id of a fact", "numbers or ids of facts"),
    (Day, "day", "days"),
    (DateText, "date", "dates"),
    (ColumnName, "column", "columns"),
    (dates.Moment, "date, or id of a fact", ""),
    (Lines, "plain text, or list of plain texts", ""),
    (evidence_models.LanguageTag, "language tag", ""),
    (fact_models.FactValue, "number or date", ""),
    (embargo.Embargo, "day, or time with its zone", ""),
    (status.Since, "day, or time with its zone", ""),
    (clearance.WordsHash, "hash", ""),
    (clearance.PartHashes, "hashes of parts", "hashes of parts"),
    (AnyExhibit, "[exhibit](#exhibits)", "[exhibits](#exhibits)"),
)
"""The types of fields with their names, singular and plural. An alias that extends another one stands before it."""

BUILT_IN = {
    str: ("text", "texts"),
    bool: ("`true` or `false`", ""),
    int: ("integer", "integers"),
    float: ("number", "numbers"),
}


def build_page() -> str:
    """Return the page as Markdown."""
    known = {"Exhibit": Exhibit, "FromData": FromData, "MarkedPoint": MarkedPoint, **list_models()}
    blocks = split_examples(read_examples().text)
    index = "".join(
        f"{'  ' * (heading.level - 2)}- [{heading.title}](#{make_anchor(heading.title)})\n"
        for heading in HEADINGS.values()
    )
    sections = "\n".join(format_section(known[name], heading, blocks[name]) for name, heading in HEADINGS.items())
    return f"{HEAD}\n## Contents\n\n{index}\n{sections}"


def format_section(model: type[Model], heading: Heading, example: str) -> str:
    """Return a model's section: where its keys are written, a row for each key, and an example of each."""
    rows = "".join(format_row(name, model) for name in list_own_fields(model))
    return f"""\
{"#" * heading.level} {heading.title}

{heading.place}

| key | type | default | meaning |
| --- | --- | --- | --- |
{rows}
```yaml
{example}```
"""


def list_own_fields(model: type[Model]) -> list[str]:
    """Return the names of the fields that a model has besides those of the models that it extends, or otherwise than they."""
    inherited = {name for base in model.__mro__[1:] for name in getattr(base, "model_fields", {})}
    return [name for name in model.model_fields if name not in inherited or name in vars(model)["__annotations__"]]


def format_row(name: str, model: type[Model]) -> str:
    """Return the row of the table for one key."""
    field = model.model_fields[name]
    written = name_type(get_type_hints(model, include_extras=True)[name])
    limits = format_limits(field)
    return f"| `{field.alias or name}` | {written}{limits} | {format_default(field)} | {field.description} |\n"


def format_limits(field: FieldInfo) -> str:
    """Return ", 1 to 100" for a number that has both limits."""
    found = {type(each).__name__: each for each in field.metadata}
    return f", {found['Ge'].ge} to {found['Le'].le}" if {"Ge", "Le"} <= found.keys() else ""


def format_default(field: FieldInfo) -> str:
    """Return how a field's default is written; an empty one is none."""
    if field.is_required():
        return "**required**"
    if field.default is None or field.default in ([], {}, ""):
        return "none"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def name_type(annotation: Any, plural: bool = False) -> str:
    """Return the name of a field's type."""
    if name := next((names for alias, *names in NAMES if _matches(annotation, alias)), None):
        return name[plural]
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return name_type(_find_written_type(annotation) or inner[0], plural)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(name_type(each, plural) for each in inner if each is not type(None)))
    if origin is Literal:
        words = [f"`{each}`" for each in inner]
        return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
    if origin is list:
        gaps = " (or null)" if type(None) in get_args(inner[0]) else ""
        return f"list{'s' if plural else ''} of {name_type(inner[0], plural=True)}{gaps}"
    if origin is dict:
        return f"{name_type(inner[1], plural=True)} by id"
    if annotation in BUILT_IN:
        return BUILT_IN[annotation][plural]
    title = HEADINGS[annotation.__name__].title
    return f"[{title if plural else 'mapping'}](#{make_anchor(title)})".lower()


def _matches(annotation: Any, alias: Any) -> bool:
    """Tell whether an annotation is an alias, or the alias with more after it."""
    marks, known = getattr(annotation, "__metadata__", ()), alias.__metadata__
    return len(marks) >= len(known) and all(mark is other for mark, other in zip(marks, known, strict=False))


def _find_written_type(annotation: Any) -> Any:
    """Return what a validator takes in the file, where that is more than the field holds."""
    kinds = (getattr(mark, "json_schema_input_type", None) for mark in annotation.__metadata__)
    return next((kind for kind in kinds if get_origin(kind) in (Union, types.UnionType, Literal)), None)


def split_examples(text: str) -> dict[str, str]:
    """Return the examples as they are written in the file, by model, without their indentation."""
    return {name: _dedent(body) for name, body in _find_blocks(text)}


def _find_blocks(text: str) -> Iterator[tuple[str, str]]:
    for found in re.finditer(r"^([A-Z]\w+):[^\n]*\n((?: [^\n]*\n|\n)+)", text, re.MULTILINE):
        yield found[1], found[2]


def _dedent(body: str) -> str:
    return re.sub(r"^  ", "", body.rstrip(), flags=re.MULTILINE) + "\n"


def make_anchor(title: str) -> str:
    """Return the anchor that Markdown gives a heading."""
    return title.lower().replace(" ", "-")


if __name__ == "__main__":
    print(build_page(), end="")
